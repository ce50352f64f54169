/** Whether words lie within the words of another intent, in one look for each: however many finds there are. */
import type { Candidate } from './candidates.js';

/** Per unit: how far the finds reach behind it that start there or before, and whose they are; then the same of the others. */
export type Reach = Int32Array;

const fields = 4;
/** So many finds are looked through for less than a reach costs to make. */
const few = 12;
// Making an array costs a short text more than filling it.
let scratch = new Int32Array(256);

/**
 * @param length of the text
 * @returns holds until the next is made; undefined: the finds are so few that each look goes through them
 */
export function reachOf(candidates: readonly Candidate[], length: number): Reach | undefined {
  if (areFew(candidates)) return undefined;
  const size = length * fields;
  if (scratch.length < size) scratch = new Int32Array(size * 2);
  const reach = scratch.fill(0, 0, size);
  for (const { intent, matches } of candidates)
    for (const { start, end } of matches) take(reach, start * fields, end, intent + 1);
  for (let unit = 1; unit < length; unit++) {
    const at = unit * fields;
    const before = at - fields;
    // What ends before this unit spans nothing that starts here.
    if (reach[before]! <= unit) continue;
    take(reach, at, reach[before]!, reach[before + 1]!);
    take(reach, at, reach[before + 2]!, reach[before + 3]!);
  }
  return reach;
}

function areFew(candidates: readonly Candidate[]): boolean {
  let count = 0;
  for (let at = 0; at < candidates.length && count <= few; at++) count += candidates[at]!.matches.length;
  return count <= few;
}

/** Keeps the two that reach furthest, of two intents. */
function take(reach: Reach, at: number, end: number, owner: number): void {
  if (end > reach[at]!) {
    if (owner !== reach[at + 1]!) {
      reach[at + 2] = reach[at]!;
      reach[at + 3] = reach[at + 1]!;
    }
    reach[at] = end;
    reach[at + 1] = owner;
  } else if (end > reach[at + 2]! && owner !== reach[at + 1]!) {
    reach[at + 2] = end;
    reach[at + 3] = owner;
  }
}

/**
 * Whether one find of another intent spans all of it.
 * @param reach of these candidates
 */
export function isWithinOther(
  reach: Reach | undefined,
  candidates: readonly Candidate[],
  start: number,
  end: number,
  intent: number,
): boolean {
  if (reach === undefined) return isWithinFew(candidates, start, end, intent);
  const at = start * fields;
  return reach[reach[at + 1]! === intent + 1 ? at + 2 : at]! >= end;
}

function isWithinFew(candidates: readonly Candidate[], start: number, end: number, intent: number): boolean {
  for (let at = 0; at < candidates.length; at++) {
    const { intent: its, matches } = candidates[at]!;
    if (its === intent) continue;
    for (let k = 0; k < matches.length; k++) if (matches[k]!.start <= start && matches[k]!.end >= end) return true;
  }
  return false;
}
