/** A text parted at its pauses. */
import { type Folded, hardUnit, questionUnit, softUnit } from './normalise.js';

/** Number of the phrase that each of the first `length` units stands in; a phrase lies in one clause. */
export interface Phrases {
  readonly at: Int32Array;
  readonly length: number;
}

/** A pause beside fewer characters parts words, not thoughts. */
const shortestPhrase = 3;

// Arrays are dear to make for a short text: one is lent to each in turn.
const lent = { at: new Int32Array(256), length: 0 };

/**
 * Parts a text at its pauses: buyers part two questions by a comma or a space alone (能开发票吗，几天能到), and what belongs to
 * one must not silence the other.
 * @returns holds until the next text is parted
 */
export function phrasesIn({ units, length }: Folded): Phrases {
  if (lent.at.length < length) lent.at = new Int32Array(length * 2);
  lent.length = length;
  const { at } = lent;
  let phrase = 0;
  let before = 0;
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    if (unit === softUnit) {
      let after = 0;
      while (after < shortestPhrase && i + 1 + after < length && units[i + 1 + after] !== softUnit) after++;
      if (before >= shortestPhrase && after === shortestPhrase) phrase++;
      before = 0;
    } else before++;
    at[i] = phrase;
    if (unit === hardUnit || unit === questionUnit) phrase++;
  }
  return lent;
}

/** How many phrases there are. */
export function phraseCount({ at, length }: Phrases): number {
  return length === 0 ? 0 : at[length - 1]! + 1;
}
