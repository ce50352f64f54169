/** What does not count at the edges of a clause. */
import { questionUnit, softUnit } from './normalise.js';

export interface Edges {
  /** Polite openings that do not count for `^`. */
  readonly leads: readonly string[];
  /** Closing particles that do not count for `$`. */
  readonly tails: string;
}

/** One table for all matchers of a language: shops' own ones are many. */
const tailTables = new WeakMap<Edges, Uint8Array>();

/** By unit a bit: whether it is a closing particle, a pause or a question mark. Bits, because what is smaller stays near. */
export function tailsOf(edges: Edges): Uint8Array {
  const known = tailTables.get(edges);
  if (known !== undefined) return known;
  const tails = new Uint8Array(65536 / 8);
  const add = (unit: number) => {
    tails[unit >>> 3]! |= 1 << (unit & 7);
  };
  for (const c of edges.tails) add(c.charCodeAt(0));
  add(softUnit);
  add(questionUnit);
  tailTables.set(edges, tails);
  return tails;
}

export function isTail(tails: Uint8Array, unit: number): boolean {
  return (tails[unit >>> 3]! & (1 << (unit & 7))) !== 0;
}
