/** What the scan asks of each literal that it sees: side by side, so that a look touches one place in memory. */
import type { Plans } from './match-plan.js';

/** Its length with what else it is, then its program. */
export const literalFields = 2;
export const literalShift = 2;
export const standsForSlot = 1;
export const isPolite = 2;

export function literalsOf({ programs, wordStart, isLead }: Plans, lengths: Int32Array): Int32Array {
  const literals = new Int32Array(lengths.length * literalFields);
  for (let id = 0; id < lengths.length; id++) {
    const marks = (wordStart[id] === wordStart[id + 1] ? 0 : standsForSlot) | (isLead[id] === 1 ? isPolite : 0);
    literals[id * literalFields] = (lengths[id]! << literalShift) | marks;
    literals[id * literalFields + 1] = programs[id]!;
  }
  return literals;
}
