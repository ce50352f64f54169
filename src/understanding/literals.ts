/** What the scan asks of each literal that it sees, in one number: a look at another place in memory costs more than all else. */
import type { Plans } from './match-plan.js';

/** From the lowest bit up: what it is besides, its length, and above them where its program starts. */
export const isPolite = 1;
export const standsForSlot = 2;
export const lengthShift = 2;
export const lengthMask = 511;
export const programShift = 11;
/** Of a word of slots, in place of the program: the number of its row here, which tells its program, its first word and what is behind its last. */
export const slotFields = 3;

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
