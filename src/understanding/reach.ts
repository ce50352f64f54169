/** Whether words lie within the words of another intent, in one look for each: however many finds there are. */
import type { Candidate } from './candidates.js';

/** Per unit: how far the finds reach that start there or before, and whose they are; then the same of the others. */
export type Reach = number[];

const fields = 4;

/** @param length of the text */
export function reachOf(candidates: readonly Candidate[], length: number): Reach {
  // A plain array: making a typed one costs a short text more than filling it.
  const reach: number[] = [];
  for (let i = length * fields; i > 0; i--) reach.push(0);
  for (const { intent, matches } of candidates)
    for (const { start, end } of matches) take(reach, start * fields, end, intent + 1);
  for (let at = fields; at < reach.length; at += fields) {
    take(reach, at, reach[at - fields]!, reach[at - fields + 1]!);
    take(reach, at, reach[at - fields + 2]!, reach[at - fields + 3]!);
  }
  return reach;
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

/** Whether one find of another intent spans all of it. */
export function isWithinOther(
  reach: Reach,
  { start, end }: { readonly start: number; readonly end: number },
  intent: number,
): boolean {
  const at = start * fields;
  return reach[reach[at + 1]! === intent + 1 ? at + 2 : at]! >= end;
}
