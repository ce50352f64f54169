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

/** Per unit 1 where it is a closing particle, a pause or a question mark. */
export function tailsOf(edges: Edges): Uint8Array {
  const known = tailTables.get(edges);
  if (known !== undefined) return known;
  const isTail = new Uint8Array(65536);
  for (const c of edges.tails) isTail[c.charCodeAt(0)] = 1;
  isTail[softUnit] = 1;
  isTail[questionUnit] = 1;
  tailTables.set(edges, isTail);
  return isTail;
}
