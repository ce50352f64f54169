/** Which name was meant by a misspelt one. */
import { createRequire } from 'node:module';

// By deep import only: the package root costs 0.7 s, opens database drivers and prints to stdout.
const { DamerauLevenshteinDistance: distance } = createRequire(import.meta.url)(
  'natural/lib/natural/distance/levenshtein_distance.js',
) as { DamerauLevenshteinDistance: (a: string, b: string, options: object) => number };

const mostApart = 3;

/** The name that differs least, if it differs little. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const [best] = names.map((one) => ({ one, apart: distance(name, one, {}) })).sort((a, b) => a.apart - b.apart);
  return best !== undefined && best.apart <= mostApart ? best.one : undefined;
}
