/** Reads runs of Latin letters in the middle of a message as syllables, or as the first letters of syllables (mend.ts). */
import { clear, countAt, inside, lastOf, longest, mayReach, need, wayAt, write } from './ways.js';
import { digit, edge, isHan, isLatin, longestSyllable, spelt, symbolOf, type Wordings } from './wordings.js';

/** What a step costs, in log-likelihood: a syllable is worth more than its letters. */
const cost = { syllable: -2, initial: 0.5, abbreviation: -2 };
const longestRun = 24;
const mostInitials = 4;

/** By the letter that they start with and their length: the characters that some letters are read as, as a list; 0 for none. */
const lists = new Uint16Array(longest * longestSyllable);
/** By letter of a run that is a known abbreviation: the characters that it stands for in its words, as a list; 0 of others. */
const ofWord = new Uint16Array(longest);
/** By letter: the least that reading the rest of the run from here on may cost. */
const leastAhead = new Float64Array(longest + 1);

/** The end of the run of letters from here on. */
export function runEnd(units: Uint16Array, from: number, length: number): number {
  let to = from;
  while (to < length && isLatin(units[to]!)) to++;
  return to;
}

/**
 * Looks up what may be read in a run, which `spell` goes by, and what ways inside it need.
 * @param needed the score that a way behind the run needs
 * @returns the least that reading all of it may cost; infinite where it cannot be read
 */
export function lookInto(
  units: Uint16Array,
  from: number,
  to: number,
  length: number,
  needed: number,
  wordings: Wordings,
): number {
  leastAhead[from] = Number.POSITIVE_INFINITY;
  if (to - from > longestRun) return Number.POSITIVE_INFINITY;
  leastAhead[to] = 0;
  const word = abbreviated(units, from, to, length, wordings);
  for (let at = to - 1; at >= from; at--) {
    let least = Number.POSITIVE_INFINITY;
    let spelling = 0;
    for (let end = at + 1; end <= to && end <= at + longestSyllable; end++) {
      spelling = spelt(spelling, units[end - 1]!);
      const list = isReadable(units, at, end, to - from) ? (wordings.byReading.get(spelling) ?? 0) : 0;
      lists[at * longestSyllable + end - at - 1] = list;
      if (list !== 0) least = Math.min(least, priceOf(end - at, to - from) + leastAhead[end]!);
    }
    ofWord[at] = word === undefined ? 0 : word[at - from]!;
    if (word !== undefined) least = Math.min(least, cost.abbreviation + leastAhead[at + 1]!);
    leastAhead[at] = least;
    clear(inside(at));
    need(inside(at), needed + least);
  }
  return leastAhead[from]!;
}

/**
 * The word that a run is an abbreviation of, as lists by letter; undefined: it is none. `by` is a word of its own in a sentence of
 * such, and stands for another beside characters; letters beside digits name a model.
 */
export function abbreviated(
  units: Uint16Array,
  from: number,
  to: number,
  length: number,
  wordings: Wordings,
): readonly number[] | undefined {
  if (to - from > longestSyllable) return undefined;
  const before = from === 0 ? edge : symbolOf(units[from - 1]!);
  const after = to === length ? edge : symbolOf(units[to]!);
  if (before === digit || after === digit || !(isHan(before) || isHan(after) || to - from === length)) return undefined;
  let spelling = 0;
  for (let at = from; at < to; at++) spelling = spelt(spelling, units[at]!);
  return wordings.abbreviations.get(spelling);
}

/** Of single letters only syllables count, or all where there are few. */
const isReadable = (units: Uint16Array, at: number, end: number, run: number) =>
  end > at + 1 || run <= mostInitials || isVowel(units[at]!);

/** Syllables of one letter. */
const isVowel = (unit: number) => unit === 0x61 || unit === 0x65 || unit === 0x6f;

const priceOf = (letters: number, run: number) => (letters === 1 && run <= mostInitials ? cost.initial : cost.syllable);

/** Every reading of a run that has been looked into. */
export function spell(from: number, to: number, wordings: Wordings): void {
  if (leastAhead[from] === Number.POSITIVE_INFINITY) return;
  for (let at = from; at < to; at++) {
    const here = at === from ? at : inside(at);
    if (countAt(here) === 0) continue;
    for (let end = at + 1; end <= to && end <= at + longestSyllable; end++) {
      const list = lists[at * longestSyllable + end - at - 1]!;
      if (list !== 0) readAs(list, here, end === to ? end : inside(end), at, end, priceOf(end - at, to - from), wordings);
    }
    if (ofWord[at] !== 0) readAs(ofWord[at]!, here, at + 1 === to ? to : inside(at + 1), at, at + 1, cost.abbreviation, wordings);
  }
}

/** Each character of a list in place of some letters, behind each way to them. */
function readAs(list: number, here: number, onward: number, from: number, to: number, price: number, wordings: Wordings): void {
  const { listed, starts } = wordings;
  const count = countAt(here);
  for (let at = starts[list]!; at < starts[list + 1]!; at++)
    for (let rank = 0; rank < count; rank++) {
      const way = wayAt(here, rank);
      if (!mayReach(onward, way, price)) break;
      write(onward, way, listed[at]!, wordings.pairOf(lastOf(way), listed[at]!), from, to, price, wordings);
    }
}
