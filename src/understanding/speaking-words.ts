/** Which words of a text speak most of an intent: those without which another would be nearest by most. */
import type { Text } from './gram-vectors.js';
import { softUnit } from './normalise.js';
import type { Stretch } from './speaking-stretch.js';
import { isIdeograph, isLetter } from './text-grams.js';

/** Words are named that say this share of what the one says that speaks most. */
const goesOn = 0.4;
/** Of a long text its start is looked at. */
const mostWords = 40;
const mostNamed = 3;

/**
 * @param speaksOf how much more a text says of the intent than of the next one
 * @returns in their order, words beside one another as one; where there is no word the whole text
 */
export function speakingWords(speaksOf: (text: Text) => number, text: Text): readonly Stretch[] {
  const words = wordsOf(text);
  if (words.length === 0) return [{ start: 0, end: text.length }];
  const whole = speaksOf(text);
  const units = text.units.slice(0, text.length);
  const rest = { units, length: text.length };
  const costs = words.map(({ start, end }) => {
    units.fill(softUnit, start, end);
    const cost = whole - speaksOf(rest);
    units.set(text.units.subarray(start, end), start);
    return cost;
  });
  const least = Math.max(...costs) * goesOn;
  const named: Named[] = [];
  for (const [at, word] of words.entries()) {
    const cost = costs[at]!;
    const last = named.at(-1);
    if (cost < least) continue;
    if (last?.at === at - 1) named[named.length - 1] = { start: last.start, end: word.end, at, cost: Math.max(cost, last.cost) };
    else named.push({ ...word, at, cost });
  }
  const [, , third] = named.map(({ cost }) => cost).sort((a, b) => b - a);
  return named
    .filter(({ cost }) => third === undefined || cost >= third)
    .slice(0, mostNamed)
    .map(({ start, end }) => ({ start, end }));
}

interface Named extends Stretch {
  /** Number of its last word. */
  readonly at: number;
  readonly cost: number;
}

/** Words, and the characters of a script without spaces. */
function wordsOf({ units, length }: Text): readonly Stretch[] {
  const words: Stretch[] = [];
  for (let at = 0; at < length && words.length < mostWords; ) {
    const start = at;
    const isWord = isLetter(units[at]!);
    if (!isWord && !isIdeograph(units[at]!)) {
      at++;
      continue;
    }
    at++;
    while (isWord && at < length && isLetter(units[at]!)) at++;
    words.push({ start, end: at });
  }
  return words;
}
