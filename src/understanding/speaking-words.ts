/** Which words of a text speak most of an intent: those without which it would lie furthest from it. */
import type { Text } from './gram-vectors.js';
import { softUnit } from './normalise.js';
import type { Stretch } from './speaking-stretch.js';
import { isIdeograph, isLetter } from './text-grams.js';

/** Characters of a script without spaces that are hidden at a time: as long as most words. */
const hidden = 2;
/** Words beside those that speak most belong to them as long as they say this share of it. */
const goesOn = 0.4;
/** Of a long text its start is looked at. */
const mostWords = 40;

/** @param marginOf how far a text lies on the side of an intent */
export function speakingWords(marginOf: (text: Text, intent: number) => number, text: Text, intent: number): Stretch {
  const words = wordsOf(text);
  if (words.length === 0) return { start: 0, end: text.length };
  const units = text.units.slice(0, text.length);
  const rest = { units, length: text.length };
  const margins = words.map(({ start, end }) => {
    units.fill(softUnit, start, end);
    const margin = marginOf(rest, intent);
    units.set(text.units.subarray(start, end), start);
    return margin;
  });
  const whole = marginOf(text, intent);
  const costs = margins.map((margin) => whole - margin);
  let first = costs.indexOf(Math.max(...costs));
  let last = first;
  const least = costs[first]! * goesOn;
  while (first > 0 && costs[first - 1]! >= least) first--;
  while (last + 1 < costs.length && costs[last + 1]! >= least) last++;
  return { start: words[first]!.start, end: words[last]!.end };
}

/** Words, and of a script without spaces every two characters. */
function wordsOf({ units, length }: Text): readonly Stretch[] {
  const words: Stretch[] = [];
  for (let at = 0; at < length && words.length < mostWords; ) {
    const start = at;
    if (isIdeograph(units[at]!)) {
      const isRun = at > 0 && isIdeograph(units[at - 1]!);
      at++;
      const end = Math.min(length, start + hidden);
      if (end - start === hidden && isIdeograph(units[end - 1]!)) words.push({ start, end });
      else if (!isRun) words.push({ start, end: at });
    } else if (isLetter(units[at]!)) {
      while (at < length && isLetter(units[at]!)) at++;
      words.push({ start, end: at });
    } else at++;
  }
  return words;
}
