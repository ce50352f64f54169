/**
 * The second reader beside the patterns: a linear classifier over lines that broke a rule and ordinary ones, which catches
 * wordings that no pattern knows. Sentence by sentence, as it learnt from single lines. Pure and deterministic: the same
 * lines give the same reader.
 */
import { openSolver } from '../learning/linear-svm.js';
import { type Folded, fold } from './fold.js';
import { featuresOf, hashCount, sharesOf, symbolsOf } from './line-features.js';
import type { CheckContext, Rule } from './rule.js';

/** A stretch of a text, of a few clauses. Offsets are of the folded text. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Above 0 it reads like a breach, below like an ordinary line; ±1 is as sure as the lines it learnt from. */
  readonly score: number;
}

export interface LineReader {
  /** A text's stretches with their scores. Linear in the text. */
  readonly read: (folded: Folded, context: CheckContext) => readonly Stretch[];
  /** The score of any part of a text. */
  readonly score: (folded: Folded, from: number, to: number, context: CheckContext) => number;
  /** The rule whose lines are most like the stretch, and the clauses in it that speak most for a breach. */
  readonly name: (
    folded: Folded,
    stretch: Stretch,
    context: CheckContext,
  ) => { readonly rule: Rule; readonly from: number; readonly to: number };
}

/** Agents' lines are mostly shorter; a longer text is read in parts that end where a clause does. */
const longestStretch = 40;
const shortestSentence = 7;
/** Names, dates and single words are no lines: so many characters of Chinese at least. */
const fewestIdeographs = 4;
const cost = 3;
const passes = 12;
/** Rules are told apart by fewer hashes than breaches are: lines of one rule share its matter. */
const namingCount = 1 << 15;
/** The terms that lines about postage were written for. */
const writtenFor = ['新疆', '西藏', '香港', '澳门', '台湾', '海外'];

/** Everything that a reader has learnt. */
export interface LearntLines {
  /** By hash whether a line breaks a rule, and last the bias. */
  readonly weights: Float32Array;
  /** In how many lines of each rule a hash stands. */
  readonly uses: Uint16Array;
  /** How much of one use is a rule's own, and how rare it is. */
  readonly says: Float32Array;
}

/** What was learnt from the same before, or `make` is called. */
export type Keep = (from: unknown, make: () => LearntLines) => LearntLines;

export const learnAnew: Keep = (_, make) => make();

/** Learns from the rules' lines and examples. Undefined where no rule has lines. */
export function learnLines(rules: readonly Rule[], ordinary: readonly string[], keep: Keep = learnAnew): LineReader | undefined {
  const learned = rules.filter((rule) => rule.learned !== undefined);
  if (learned.length === 0) return undefined;
  const lines: string[] = [];
  const ruleAt: number[] = [];
  for (const [index, { learned: own, examples }] of learned.entries())
    for (const line of new Set([...own!.lines, ...examples.fail])) {
      lines.push(line);
      ruleAt.push(index);
    }
  for (const line of new Set([...ordinary, ...learned.flatMap(({ examples }) => examples.pass)])) lines.push(line);
  return readerOf(
    learned,
    keep([lines, ruleAt], () => learnt(lines, ruleAt, learned.length)),
  );
}

function learnt(lines: readonly string[], ruleAt: readonly number[], rules: number): LearntLines {
  const starts = new Int32Array(lines.length + 1);
  let places = new Int32Array(1 << 20);
  for (const [row, line] of lines.entries()) {
    const folded = fold(line);
    const { hashes, length } = featuresOf(symbolsOf(folded, 0, folded.text.length, writtenFor));
    const start = starts[row]!;
    if (start + length > places.length) {
      const larger = new Int32Array(places.length * 2);
      larger.set(places);
      places = larger;
    }
    places.set(hashes.subarray(0, length), start);
    starts[row + 1] = start + length;
  }
  const values = new Float32Array(starts[lines.length]!);
  for (let row = 0; row < lines.length; row++)
    values.fill(1 / Math.sqrt(starts[row + 1]! - starts[row]!), starts[row], starts[row + 1]);
  const breaks = new Uint8Array(lines.length).fill(1, 0, ruleAt.length);
  const all = Int32Array.from(lines.keys());
  const weights = openSolver({ starts, places, values }, hashCount, cost).solve(breaks, all, passes);
  return { weights, ...learntNaming(ruleAt, rules, starts, places) };
}

function learntNaming(ruleAt: readonly number[], rules: number, starts: Int32Array, places: Int32Array) {
  const uses = new Uint16Array(rules * namingCount);
  const all = new Int32Array(namingCount);
  for (const [row, rule] of ruleAt.entries())
    for (let i = starts[row]!; i < starts[row + 1]!; i++) {
      const place = places[i]! & (namingCount - 1);
      uses[rule * namingCount + place]! += 1;
      all[place]! += 1;
    }
  const says = Float32Array.from(all, (used) => (used === 0 ? 0 : Math.max(0, Math.log(ruleAt.length / used)) / used));
  return { uses, says };
}

function readerOf(rules: readonly Rule[], { weights, uses, says }: LearntLines): LineReader {
  const bias = weights[hashCount]!;

  function scoreOf(folded: Folded, from: number, to: number, context: CheckContext): number {
    const { hashes, length } = featuresOf(symbolsOf(folded, from, to, context.freeShipping?.excludes));
    let sum = 0;
    for (let i = 0; i < length; i++) sum += weights[hashes[i]!]!;
    return sum / Math.sqrt(length) + bias;
  }

  return {
    score: scoreOf,
    read(folded, context) {
      const stretches: Stretch[] = [];
      const { text } = folded;
      for (let from = 0; from < text.length; ) {
        const to = endOfStretch(text, from);
        if (isLine(text, from, to)) stretches.push({ from, to, score: scoreOf(folded, from, to, context) });
        from = to;
      }
      return stretches;
    },
    name(folded, stretch, context) {
      const { from, to } = stretch;
      const symbols = symbolsOf(folded, from, to, context.freeShipping?.excludes);
      const features = featuresOf(symbols);
      const { hashes, length } = features;
      let best = 0;
      let most = Number.NEGATIVE_INFINITY;
      for (let rule = 0; rule < rules.length; rule++) {
        let sum = 0;
        for (let i = 0; i < length; i++) {
          const place = hashes[i]! & (namingCount - 1);
          sum += uses[rule * namingCount + place]! * says[place]!;
        }
        if (sum <= most) continue;
        most = sum;
        best = rule;
      }
      const shares = sharesOf(features, symbols.length, weights);
      const [first, last] = heaviest(shares, symbols.length);
      return { rule: rules[best]!, ...clausesOf(folded.text, stretch, symbols.ats[first]!, symbols.ats[last + 1]!) };
    },
  };
}

function isLine(text: string, from: number, to: number): boolean {
  let ideographs = 0;
  for (let at = from; at < to && ideographs < fewestIdeographs; at++) if (text.charCodeAt(at) >= 0x4e00) ideographs += 1;
  return ideographs === fewestIdeographs;
}

/**
 * Where the stretch that begins here ends. What is no longer than a line is read as one; of more each sentence by itself, a
 * short one with the next; a long sentence as far as the last clause within reach.
 */
function endOfStretch(text: string, from: number): number {
  if (text.length <= longestStretch) return text.length;
  const reach = Math.min(text.length, from + longestStretch);
  const stop = text.slice(from + shortestSentence, reach).indexOf('.');
  if (stop >= 0) return from + shortestSentence + stop + 1;
  if (reach === text.length) return reach;
  const clause = text.slice(from, reach).lastIndexOf(',');
  return clause > 0 ? from + clause + 1 : reach;
}

/** The run of symbols with the largest sum, both ends included, the edges left out. */
function heaviest(shares: Float32Array, length: number): readonly [first: number, last: number] {
  let best: readonly [number, number] = [1, Math.max(1, length - 2)];
  let most = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let first = 1;
  for (let at = 1; at < length - 1; at++) {
    if (sum <= 0) {
      sum = 0;
      first = at;
    }
    sum += shares[at]!;
    if (sum <= most) continue;
    most = sum;
    best = [first, at];
  }
  return best;
}

/** The clauses that a run of words lies in, without the marks at their ends. */
export function clausesOf(
  text: string,
  { from, to }: Pick<Stretch, 'from' | 'to'>,
  first: number,
  last: number,
): { from: number; to: number } {
  let start = first;
  while (start > from && !isMark(text, start - 1)) start -= 1;
  let end = last;
  while (end < to && !isMark(text, end)) end += 1;
  while (end > start + 1 && isMark(text, end - 1)) end -= 1;
  while (start < end - 1 && isMark(text, start)) start += 1;
  return { from: start, to: end };
}

function isMark(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === 0x2c || unit === 0x2e;
}
