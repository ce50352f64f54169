/**
 * What a buyer said beside what was understood. A pattern finds its words wherever they stand; what stands beside them may
 * turn their meaning (如果今天不发我就不要了) or name goods that nobody here sells (湿巾质量如何). Words that say nothing of the
 * matter (我, 请问, 一下, 快递) do not count.
 */
import { type Automaton, noOutput } from './aho-corasick.js';
import type { Rule } from './model.js';
import type { Folded } from './normalise.js';
import type { Scan } from './scan.js';

/** Enough to show an owner what was meant. */
const mostShown = 24;

/**
 * How many units are neither plain (pauses, marks, polite openings, closing particles) nor in one of these stretches.
 * @param plain of the scan; left as it is
 */
export function unaccounted(
  { length }: Folded,
  plain: Uint8Array,
  stretches: readonly { readonly start: number; readonly end: number }[],
): number {
  const known = copied(plain, length);
  for (const { start, end } of stretches) fillSpan(known, start, end);
  return countOf(known, length);
}

// Reused by the next text, as the scan's own is.
let scratch = new Uint8Array(256);

function copied(plain: Uint8Array, length: number): Uint8Array {
  if (scratch.length < length) scratch = new Uint8Array(length * 2);
  for (let i = 0; i < length; i++) scratch[i] = plain[i]!;
  return scratch;
}

/** By hand: of a few units that is several times as fast as `fill`. */
function fillSpan(known: Uint8Array, start: number, end: number): void {
  for (let i = start; i < end; i++) known[i] = 1;
}

function fillSpans(known: Uint8Array, spans: readonly number[]): void {
  for (let i = 0; i < spans.length; i += 2) fillSpan(known, spans[i]!, spans[i + 1]!);
}

function countOf(known: Uint8Array, length: number): number {
  let count = 0;
  for (let i = 0; i < length; i++) if (known[i] === 0) count++;
  return count;
}

/**
 * What nothing accounts for, in the buyer's own spelling and parted by 、, where it is more than `most` units.
 * @param intents numbers of the intents that were found
 * @param fillers words that say nothing of any matter
 * @param size as it was understood; a bare M or XL is no word of the tables
 */
export function restBeyond(
  most: number,
  text: string,
  folded: Folded,
  { finds, facets, slots, plain }: Scan,
  intents: readonly number[],
  rules: readonly Rule[],
  fillers: Automaton,
  size: string | undefined,
): string | undefined {
  const known = copied(plain, folded.length);
  for (const { rule: number, spans } of finds) {
    const rule = rules[number]!;
    if (rule.does === 'find' && intents.includes(rule.intent)) fillSpans(known, spans);
  }
  for (const { rule: number, spans } of facets) {
    const rule = rules[number]!;
    if (rule.does === 'facet' && intents.includes(rule.intent)) fillSpans(known, spans);
  }
  for (const { start, end } of slots) fillSpan(known, start, end);
  fill(known, folded, fillers);
  if (size !== undefined) fillSize(known, folded, size.toLowerCase());
  return countOf(known, folded.length) > most ? unknownWords(known, text, folded) : undefined;
}

/**
 * Whether it says nothing but words that stand beside any matter: 是的, 什么时候, 没有了.
 * @param plain of the scan; left as it is
 */
export function saysNothing(folded: Folded, plain: Uint8Array, fillers: Automaton): boolean {
  const known = copied(plain, folded.length);
  fill(known, folded, fillers);
  return countOf(known, folded.length) === 0;
}

function unknownWords(known: Uint8Array, text: string, { start, end, length }: Folded): string {
  let words = '';
  for (let i = 0; i < length && words.length < mostShown; i++) {
    if (known[i] === 1) continue;
    words += (words !== '' && known[i - 1] === 1 ? '、' : '') + text.slice(start[i]!, end[i]!);
  }
  return words;
}

function fill(known: Uint8Array, { units, length }: Folded, fillers: Automaton): void {
  let state = 0;
  for (let i = 0; i < length; i++) {
    state = fillers.step(state, units[i]!);
    // The longest word that ends here comes first.
    const longest = fillers.outputs[fillers.outputsAt(state)]!;
    if (longest !== noOutput) fillSpan(known, i + 1 - fillers.lengths[longest]!, i + 1);
  }
}

function fillSize(known: Uint8Array, { units, length }: Folded, size: string): void {
  for (let i = 0; i + size.length <= length; i++) {
    let k = 0;
    while (k < size.length && units[i + k] === size.charCodeAt(k)) k++;
    if (k === size.length) fillSpan(known, i, i + k);
  }
}
