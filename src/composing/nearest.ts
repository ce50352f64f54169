/** Which name was meant by a misspelt one. */
import { createRequire } from 'node:module';

// By deep import only: the package root costs 0.7 s, opens database drivers and prints to stdout.
const { DamerauLevenshteinDistance: distance } = createRequire(import.meta.url)(
  'natural/lib/natural/distance/levenshtein_distance.js',
) as { DamerauLevenshteinDistance: (a: string, b: string, options: object) => number };

/** Slips in a long name. Of a short one at most a third of the letters may differ: nearly everything is near to three letters. */
const mostApart = 3;
const lettersPerSlip = 3;
/** What nobody would have written for a name is not measured: a caller may send as much as he likes. */
const longestName = 64;

/** The name that differs least, if it differs little; of equals the first. Capitals, `-` and `_` count for nothing. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (name.length > longestName) return undefined;
  const most = Math.min(mostApart, Math.max(1, Math.floor(name.length / lettersPerSlip)));
  const sound = plain(name);
  const [best] = names
    .filter((one) => Math.abs(one.length - name.length) <= mostApart + 2)
    .map((one) => ({ one, apart: distance(sound, plain(one), {}) }))
    .sort((a, b) => a.apart - b.apart);
  return best !== undefined && best.apart <= most ? best.one : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}
