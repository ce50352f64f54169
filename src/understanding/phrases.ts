/** A text parted at its pauses. */
import { isTail } from './edges.js';
import { type Folded, hardUnit, questionUnit, softUnit } from './normalise.js';

/** Number of the phrase that each of the first `length` units stands in; a phrase lies in one clause. */
export interface Phrases {
  readonly at: Int32Array;
  readonly length: number;
}

// Named here: what is imported by name the engine looks up at each use.
const [hard, soft, question] = [hardUnit, softUnit, questionUnit];

/** A pause beside fewer characters parts words, not thoughts. */
const shortestPhrase = 3;

// Arrays are dear to make for a short text: one is lent to each in turn.
const lent = { at: new Int32Array(256), length: 0 };

/**
 * Parts a text at its pauses: buyers part two questions by a comma or a space alone (能开发票吗，几天能到), or by the particle that
 * ends the first (能开发票吗几天能到), and what belongs to one must not silence the other.
 * @param closings of the language, as bits by unit
 * @returns holds until the next text is parted
 */
export function phrasesIn({ units, length }: Folded, closings: Uint8Array): Phrases {
  if (lent.at.length < length) lent.at = new Int32Array(length * 2);
  lent.length = length;
  const { at } = lent;
  let phrase = 0;
  let before = 0;
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    at[i] = phrase;
    if (unit === soft) {
      if (before >= shortestPhrase && goesOn(units, i + 1, length)) at[i] = ++phrase;
      before = 0;
    } else if (++before >= shortestPhrase && isTail(closings, unit) && isOpened(units, i + 1, length, closings)) {
      phrase++;
      before = 0;
    }
    if (unit === hard || unit === question) phrase++;
  }
  return lent;
}

/** Whether a phrase can begin here. */
function goesOn(units: Uint16Array, from: number, length: number): boolean {
  if (from + shortestPhrase > length) return false;
  for (let i = from; i < from + shortestPhrase; i++) if (units[i] === soft) return false;
  return true;
}

/** The same right behind a particle: not by another one, nor by a mark that parts the text by itself. */
function isOpened(units: Uint16Array, from: number, length: number, closings: Uint8Array): boolean {
  if (!goesOn(units, from, length)) return false;
  const unit = units[from]!;
  return unit !== question && unit !== hard && !isTail(closings, unit);
}

/** How many phrases there are. */
export function phraseCount({ at, length }: Phrases): number {
  return length === 0 ? 0 : at[length - 1]! + 1;
}
