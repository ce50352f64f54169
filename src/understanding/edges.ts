/** What does not count at the edges of a clause. */
import { questionUnit, softUnit } from './normalise.js';

export interface Edges {
  /** Polite openings that do not count for `^`. */
  readonly leads: readonly string[];
  /** Closing particles that do not count for `$`. */
  readonly tails: string;
  /** Particles with which a phrase ends even where no mark parts it from the next. */
  readonly closings: string;
}

/** One table for all matchers of a language: shops' own ones are many. */
const tailTables = new WeakMap<Edges, Uint8Array>();
const closingTables = new WeakMap<Edges, Uint8Array>();

/** By unit a bit: whether it is a closing particle, a pause or a question mark. Bits, because what is smaller stays near. */
export function tailsOf(edges: Edges): Uint8Array {
  const known = tailTables.get(edges);
  if (known !== undefined) return known;
  const tails = bitsOf([...Array.from(edges.tails, (c) => c.charCodeAt(0)), softUnit, questionUnit]);
  tailTables.set(edges, tails);
  return tails;
}

/** By unit a bit: whether it is a particle that ends a phrase. */
export function closingsOf(edges: Edges): Uint8Array {
  const known = closingTables.get(edges);
  if (known !== undefined) return known;
  const closings = bitsOf(Array.from(edges.closings, (c) => c.charCodeAt(0)));
  closingTables.set(edges, closings);
  return closings;
}

function bitsOf(units: readonly number[]): Uint8Array {
  const bits = new Uint8Array(65536 / 8);
  for (const unit of units) bits[unit >>> 3]! |= 1 << (unit & 7);
  return bits;
}

export function isTail(tails: Uint8Array, unit: number): boolean {
  return (tails[unit >>> 3]! & (1 << (unit & 7))) !== 0;
}
