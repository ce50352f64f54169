/** What the scan asks of each literal that it sees, in one number: a look at another place in memory costs more than all else. */
import { longestWord, type Plans } from './plans.js';

/** How such a number is laid out. */
export const literalLayout = {
  /** From the lowest bit up: what it is besides, its length, and above them where its program starts. */
  isPolite: 1,
  standsForSlot: 2,
  lengthShift: 2,
  lengthMask: longestWord,
  programShift: 11,
  /** Of a word of slots, in place of the program: the number of its row, which tells its program, its first word and what is behind its last. */
  slotFields: 3,
} as const;

const { isPolite, standsForSlot, lengthShift, programShift, slotFields } = literalLayout;

export interface Literals {
  /** By the id of the literal. */
  readonly numbers: Int32Array;
  readonly ofSlots: Int32Array;
}

export function literalsOf({ programs, wordStart, isLead }: Plans, lengths: Int32Array): Literals {
  const ofSlots: number[] = [];
  const numbers = Int32Array.from(lengths, (length, id) => {
    const isOfSlot = wordStart[id] !== wordStart[id + 1];
    const about = (length << lengthShift) | (isOfSlot ? standsForSlot : 0) | (isLead[id] === 1 ? isPolite : 0);
    if (!isOfSlot) return (programs[id]! << programShift) | about;
    ofSlots.push(programs[id]!, wordStart[id]!, wordStart[id + 1]!);
    return ((ofSlots.length / slotFields - 1) << programShift) | about;
  });
  return { numbers, ofSlots: Int32Array.from(ofSlots) };
}
