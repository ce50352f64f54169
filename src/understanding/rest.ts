/**
 * What a buyer said beside what was understood. A pattern finds its words wherever they stand; what stands beside them may
 * turn their meaning (如果今天不发我就不要了) or name goods that nobody here sells (湿巾质量如何). Words that say nothing of the
 * matter (我, 请问, 一下, 快递) do not count.
 */
import type { Automaton } from './aho-corasick.js';
import type { Scan } from './matcher.js';
import type { Rule } from './model.js';
import { type Folded, hardUnit, softUnit } from './normalise.js';

const questionMark = 0x3f;
/** Enough to show an owner what was meant. */
const mostShown = 24;

export interface Rest {
  /** Units that nothing accounts for. */
  readonly count: number;
  /** They, in the buyer's own spelling, parted by 、. */
  readonly words: string;
}

/**
 * @param intents numbers of the intents that were found
 * @param fillers words that say nothing of any matter
 * @param size as it was understood; a bare M or XL is no word of the tables
 */
export function restOf(
  text: string,
  folded: Folded,
  { matches, slots, plain }: Scan,
  intents: ReadonlySet<number>,
  rules: readonly Rule[],
  fillers: Automaton,
  size: string | undefined,
): Rest {
  const known = plain.slice(0, folded.length);
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if ((rule.does !== 'find' && rule.does !== 'facet') || !intents.has(rule.intent)) continue;
    for (let i = 0; i < match.spans.length; i += 2) known.fill(1, match.spans[i]!, match.spans[i + 1]!);
  }
  for (const { start, end } of slots) known.fill(1, start, end);
  fill(known, folded, fillers);
  if (size !== undefined) fillSize(known, folded, size.toLowerCase());
  let count = 0;
  let words = '';
  for (let i = 0; i < folded.length; i++) {
    const unit = folded.units[i]!;
    if (known[i] === 1 || unit === softUnit || unit === hardUnit || unit === questionMark) continue;
    count++;
    if (words.length >= mostShown) continue;
    const isNew = i > 0 && (known[i - 1] === 1 || folded.units[i - 1]! === softUnit) && words !== '';
    words += (isNew ? '、' : '') + text.slice(folded.start[i]!, folded.end[i]!);
  }
  return { count, words };
}

function fill(known: Uint8Array, { units, length }: Folded, fillers: Automaton): void {
  let state = 0;
  for (let i = 0; i < length; i++) {
    state = fillers.step(state, units[i]!);
    // The longest word that ends here comes first.
    const first = fillers.outputStart[state]!;
    if (first < fillers.outputStart[state + 1]!) known.fill(1, i + 1 - fillers.lengths[fillers.outputs[first]!]!, i + 1);
  }
}

function fillSize(known: Uint8Array, { units, length }: Folded, size: string): void {
  for (let i = 0; i + size.length <= length; i++) {
    let k = 0;
    while (k < size.length && units[i + k] === size.charCodeAt(k)) k++;
    if (k === size.length) known.fill(1, i, i + k);
  }
}
