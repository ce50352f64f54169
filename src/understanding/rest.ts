/**
 * What a buyer said beside what was understood. A pattern finds its words wherever they stand; what stands beside them may
 * turn their meaning (如果今天不发我就不要了) or name goods that nobody here sells (湿巾质量如何). Words that say nothing of the
 * matter (我, 请问, 一下, 快递) do not count.
 */
import type { Slots } from '../conversation.js';
import { type Automaton, noOutput } from './aho-corasick.js';
import type { Candidate } from './candidates.js';
import { dozenIn } from './dozens.js';
import type { Model } from './model.js';
import type { Folded } from './normalise.js';
import { numeralCharacters } from './numbers.js';
import { measureAt } from './offer.js';
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
  let left = takeOver(plain, length);
  for (const { start, end } of stretches) left -= fillSpan(start, end);
  return left;
}

/** How many units are neither plain nor in a find of these candidates. */
export function besideFinds({ length }: Folded, plain: Uint8Array, candidates: readonly Candidate[]): number {
  let left = takeOver(plain, length);
  for (let at = 0; at < candidates.length; at++) {
    const { matches } = candidates[at]!;
    for (let k = 0; k < matches.length; k++) left -= fillSpan(matches[k]!.start, matches[k]!.end);
  }
  return left;
}

// Per unit whether it is accounted for. Reused by the next text, as the scan's own is.
let known = new Uint8Array(256);

/** Begins with what is plain. @returns how many units are left */
function takeOver(plain: Uint8Array, length: number): number {
  if (known.length < length) known = new Uint8Array(length * 2);
  let left = 0;
  for (let i = 0; i < length; i++) {
    const isPlain = plain[i]!;
    known[i] = isPlain;
    left += 1 - isPlain;
  }
  return left;
}

/** By hand: of a few units that is several times as fast as `fill`. @returns how many of them were left until now */
function fillSpan(start: number, end: number): number {
  let filled = 0;
  for (let i = start; i < end; i++) {
    filled += 1 - known[i]!;
    known[i] = 1;
  }
  return filled;
}

function fillSpans(spans: readonly number[]): number {
  let filled = 0;
  for (let i = 0; i < spans.length; i += 2) filled += fillSpan(spans[i]!, spans[i + 1]!);
  return filled;
}

/** What was read of the words without the tables: a bare M or XL, and how many pieces. */
interface ReadBeside {
  readonly string: string;
  readonly slots: Pick<Slots, 'size' | 'quantity'>;
  readonly measures: readonly string[];
  /** Words by which a matter is left. */
  readonly left: readonly { readonly start: number; readonly end: number }[];
}

/** What restBeyond asks of a model. */
type Words = Pick<Model, 'rules' | 'fillers'> & {
  /** Goods that are no other matter here. */
  readonly goods: Automaton | undefined;
};

/**
 * What nothing accounts for, in the buyer's own spelling and parted by 、, where it is more than `most` units. Stops looking
 * as soon as it is no more.
 * @param isFound by number whether the intent was found
 */
export function restBeyond(
  most: number,
  text: string,
  folded: Folded,
  { finds, facets, slots, plain }: Scan,
  isFound: Uint8Array,
  { rules, fillers, goods }: Words,
  beside: ReadBeside,
): string | undefined {
  let left = takeOver(plain, folded.length);
  for (let at = 0; at < finds.length && left > most; at++) {
    const rule = rules[finds[at]!.rule]!;
    if (rule.does === 'find' && isFound[rule.intent] === 1) left -= fillSpans(finds[at]!.spans);
  }
  for (let at = 0; at < facets.length && left > most; at++) {
    const rule = rules[facets[at]!.rule]!;
    if (rule.does === 'facet' && isFound[rule.intent] === 1) left -= fillSpans(facets[at]!.spans);
  }
  for (let at = 0; at < slots.length && left > most; at++) left -= fillSpan(slots[at]!.start, slots[at]!.end);
  for (let at = 0; at < beside.left.length && left > most; at++) left -= fillSpan(beside.left[at]!.start, beside.left[at]!.end);
  if (left > most) left -= fill(folded, fillers);
  if (left > most && goods !== undefined) left -= fill(folded, goods);
  if (left > most) left -= fillRead(folded, beside);
  return left > most ? unknownWords(text, folded) : undefined;
}

function unknownWords(text: string, { start, end, length }: Folded): string {
  let words = '';
  for (let i = 0; i < length && words.length < mostShown; i++) {
    if (known[i] === 1) continue;
    words += (words !== '' && known[i - 1] === 1 ? '、' : '') + text.slice(start[i]!, end[i]!);
  }
  return words;
}

function fill({ units, length }: Folded, fillers: Automaton): number {
  let filled = 0;
  let state = 0;
  for (let i = 0; i < length; i++) {
    state = fillers.step(state, units[i]!);
    // The longest word that ends here comes first.
    const longest = fillers.outputs[fillers.outputsAt(state)]!;
    if (longest !== noOutput) filled += fillSpan(i + 1 - fillers.lengths[longest]!, i + 1);
  }
  return filled;
}

function fillRead(folded: Folded, { string, slots: { size, quantity }, measures }: ReadBeside): number {
  const ofSize = size === undefined ? 0 : fillSize(folded, size.toLowerCase());
  return quantity === undefined ? ofSize : ofSize + fillPieces(string, measures);
}

const numerals = new RegExp(`\\d{1,7}|[${numeralCharacters}]{1,9}`, 'g');

/** 三十个, 100顶: the tables know numbers of digits alone, and no measure words. */
function fillPieces(string: string, measures: readonly string[]): number {
  let filled = 0;
  // From one find to the next by hand: `matchAll` makes a pattern anew for each text.
  for (let one = numerals.exec(string); one !== null; one = numerals.exec(string)) {
    const end = numerals.lastIndex;
    const measure = measureAt(string.slice(end, end + 2), measures);
    if (measure !== undefined) filled += fillSpan(one.index, end + measure.length);
  }
  const dozen = dozenIn(string);
  return dozen === undefined ? filled : filled + fillSpan(dozen.start, dozen.end);
}

function fillSize({ units, length }: Folded, size: string): number {
  let filled = 0;
  for (let i = 0; i + size.length <= length; i++) {
    let k = 0;
    while (k < size.length && units[i + k] === size.charCodeAt(k)) k++;
    if (k === size.length) filled += fillSpan(i, i + k);
  }
  return filled;
}
