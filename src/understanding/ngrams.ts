/**
 * A linear one-vs-rest model over hashed character 1-3-grams (and words, where words are written apart), trained from the
 * intents' examples when knowledge is compiled. It stands behind the patterns: it finds wordings that no pattern foresaw, and
 * its agreement is what makes an automatic answer safe. Pure and deterministic: the same examples give the same model.
 */
import { createRequire } from 'node:module';
import { type Folded, hardUnit, softUnit } from './normalise.js';
import { atOnce, type Steps } from './steps.js';

// By deep import only: the package root costs 0.7 s, opens database drivers and prints to stdout.
const { ngrams } = createRequire(import.meta.url)('natural/lib/natural/ngrams/ngrams_zh.js') as {
  ngrams: (sequence: readonly string[], n: number) => string[][];
};

export interface Sample {
  readonly text: Folded;
  /** Index of its intent. */
  readonly intent: number;
}

/**
 * Probabilities per intent, in the order of training; the arrays are reused by the next call. A burst's questions must not
 * dilute each other, so that the part which shows an intent best counts.
 */
export interface Scores {
  /** Of the whole text or its best clause: what the n-grams would say by themselves. */
  readonly clause: Float32Array;
  /** Of its best stretch between two pauses too: whether they second a pattern. */
  readonly phrase: Float32Array;
}

export interface NgramModel {
  readonly score: (text: Pick<Folded, 'units' | 'length'>) => Scores;
  readonly basis: NgramBasis;
}

/** What it was trained on, for the few columns that a shop adds of its own (own-ngrams.ts). */
export interface NgramBasis {
  /** Grams of each sample. */
  readonly rows: readonly Int32Array[];
  /** Intent of each sample. */
  readonly truths: readonly number[];
  /** By bucket; 0: never seen. */
  readonly idf: Float32Array;
}

const bucketBits = 16;
export const buckets = 1 << bucketBits;
const longest = 3;
export const epochs = 12;
export const learningRate = 0.5;
const samplesAStep = 100;
export const shrink = 1e-5;
export const startBias = -2;
// A message seldom gives more; what is beyond is a pasted page whose start tells the matter.
export const mostFeatures = 1024;
/** A clause of fewer units (是的, 什么时候) hangs on what was said before: its grams alone do not tell what is asked. */
export const shortestAlone = 5;
/** More questions than these nobody asks at once. */
const mostClauses = 12;
const questionMark = 0x3f;

/** Hash of up to three units: the hot path's way to name a gram. */
function bucketOf(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a, 0x85ebca6b) ^ Math.imul(c + 0x3c6e, 0xc2b2ae35);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) & (buckets - 1);
}

/** Buckets of all grams of a text, each once. Same grams as `natural` gives (asserted in its test), without the arrays. */
export function featuresOf(
  text: Pick<Folded, 'units' | 'length'>,
  into: Int32Array,
  seen: Uint32Array,
  mark: number,
  from = 0,
): number {
  let n = 0;
  let before = -1;
  let before2 = -1;
  for (let i = from; i < text.length && n + longest < into.length; i++) {
    const unit = text.units[i]!;
    if (unit === softUnit || unit === hardUnit) continue;
    n = keep(bucketOf(unit, 0, 0), into, seen, mark, n);
    if (before >= 0) n = keep(bucketOf(before, unit, 0), into, seen, mark, n);
    if (before2 >= 0) n = keep(bucketOf(before2, before, unit), into, seen, mark, n);
    before2 = before;
    before = unit;
  }
  return n;
}

function keep(bucket: number, into: Int32Array, seen: Uint32Array, mark: number, n: number): number {
  if (seen[bucket] === mark) return n;
  seen[bucket] = mark;
  into[n] = bucket;
  return n + 1;
}

/** The same buckets by way of `natural`'s n-grams: used in training, where clarity counts more than speed. */
export function trainingFeatures(text: Folded): Set<number> {
  const characters: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.units[i]!;
    if (unit !== softUnit && unit !== hardUnit) characters.push(String.fromCharCode(unit));
  }
  const found = new Set<number>();
  for (let n = 1; n <= longest; n++) {
    if (characters.length < n) break;
    for (const gram of ngrams(characters, n)) {
      const [a, b, c] = gram.map((character) => character.charCodeAt(0));
      found.add(bucketOf(a!, b ?? 0, c ?? 0));
    }
  }
  return found;
}

/**
 * Trains the model.
 * @param intents how many intents there are; sample.intent is 0 … intents-1, or -1 for a text that has none
 */
export function trainNgrams(samples: readonly Sample[], intents: number): NgramModel {
  return atOnce(trainingNgrams(samples, intents));
}

/** The same step by step, so that a server can answer meanwhile. */
export function* trainingNgrams(samples: readonly Sample[], intents: number): Steps<NgramModel> {
  const rows: Int32Array[] = [];
  for (const sample of samples) {
    if (rows.push(Int32Array.from(trainingFeatures(sample.text))) % samplesAStep === 0) yield;
  }
  const documents = new Uint16Array(buckets);
  for (const row of rows) for (const bucket of row) documents[bucket] = documents[bucket]! + 1;
  const idf = new Float32Array(buckets);
  for (let b = 0; b < buckets; b++) idf[b] = documents[b] === 0 ? 0 : Math.log((1 + samples.length) / (1 + documents[b]!)) + 1;

  yield;
  // Only buckets that training saw have a row: the rest would be zeros.
  const rowOf = new Int32Array(buckets).fill(-1);
  let used = 0;
  for (let b = 0; b < buckets; b++) if (documents[b]! > 0) rowOf[b] = used++;
  const weights = new Float32Array(used * intents);
  const gradients = new Float32Array(used * intents).fill(1e-6);
  const bias = new Float32Array(intents).fill(startBias);
  const share = new Float32Array(intents);
  for (const sample of samples) if (sample.intent >= 0) share[sample.intent] = share[sample.intent]! + 1;
  // Rare intents are not drowned by the many samples of the others.
  const positive = Float32Array.from(share, (count) => (count === 0 ? 1 : Math.min(8, Math.sqrt(samples.length / count))));

  const order = samples.map((_, i) => i);
  const margins = new Float32Array(intents);
  let random = 0x2545f491;
  for (let epoch = 0; epoch < epochs; epoch++) {
    yield;
    for (let i = order.length - 1; i > 0; i--) {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      const j = random % (i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (const index of order) {
      const row = rows[index]!;
      let norm = 0;
      for (const bucket of row) norm += idf[bucket]! * idf[bucket]!;
      const scale = norm === 0 ? 0 : 1 / Math.sqrt(norm);
      margins.set(bias);
      for (const bucket of row) {
        const at = rowOf[bucket]! * intents;
        const value = idf[bucket]! * scale;
        for (let k = 0; k < intents; k++) margins[k] = margins[k]! + weights[at + k]! * value;
      }
      const truth = samples[index]!.intent;
      for (let k = 0; k < intents; k++) {
        const p = 1 / (1 + Math.exp(-margins[k]!));
        margins[k] = (k === truth ? positive[k]! : 1) * (p - (k === truth ? 1 : 0));
        // Never above the start: a text of unseen grams (a name, a number) says nothing for any intent.
        bias[k] = Math.min(startBias, bias[k]! - 0.02 * margins[k]!);
      }
      for (const bucket of row) {
        const at = rowOf[bucket]! * intents;
        const value = idf[bucket]! * scale;
        for (let k = 0; k < intents; k++) {
          const slope = margins[k]! * value + shrink * weights[at + k]!;
          if (slope < 1e-4 && slope > -1e-4) continue;
          const sum = gradients[at + k]! + slope * slope;
          gradients[at + k] = sum;
          weights[at + k] = weights[at + k]! - (learningRate * slope) / Math.sqrt(sum);
        }
      }
    }
  }

  const seen = new Uint32Array(buckets);
  const features = new Int32Array(mostFeatures);
  const part = new Float32Array(intents);
  const clause = new Float32Array(intents);
  const phrase = new Float32Array(intents);
  const scores: Scores = { clause, phrase };
  let mark = 0;

  /** Probabilities of units from … to, kept in `into` where they are higher. */
  function scorePart(units: Uint16Array, from: number, to: number, into: Float32Array): void {
    mark = mark === 0xffffffff ? 1 : mark + 1;
    const n = featuresOf({ units, length: to }, features, seen, mark, from);
    part.set(bias);
    let norm = 0;
    for (let f = 0; f < n; f++) {
      // An unseen gram has no weights but makes the text stranger: it counts in the length.
      const value = rowOf[features[f]!]! < 0 ? 1 : idf[features[f]!]!;
      norm += value * value;
    }
    const scale = norm === 0 ? 0 : 1 / Math.sqrt(norm);
    for (let f = 0; f < n; f++) {
      const row = rowOf[features[f]!]!;
      if (row < 0) continue;
      const value = idf[features[f]!]! * scale;
      const at = row * intents;
      for (let k = 0; k < intents; k++) part[k] = part[k]! + weights[at + k]! * value;
    }
    for (let k = 0; k < intents; k++) into[k] = Math.max(into[k]!, 1 / (1 + Math.exp(-part[k]!)));
  }

  function score({ units, length }: Pick<Folded, 'units' | 'length'>): Scores {
    clause.fill(0);
    scorePart(units, 0, length, clause);
    eachStretch(units, length, isHard, (from, to) => {
      if (to - from >= shortestAlone) scorePart(units, from, to, clause);
    });
    phrase.set(clause);
    eachStretch(units, length, isPause, (from, to) => scorePart(units, from, to, phrase));
    return scores;
  }

  return { score, basis: { rows, truths: samples.map((sample) => sample.intent), idf } };
}

/** Each stretch between two of the boundaries, up to `mostClauses`; none for a text of one stretch, which is scored as a whole. */
export function eachStretch(
  units: Uint16Array,
  length: number,
  isBoundary: (unit: number) => boolean,
  visit: (from: number, to: number) => void,
): void {
  let from = 0;
  let stretches = 0;
  for (let i = 0; i <= length && stretches < mostClauses; i++) {
    if (i < length && !isBoundary(units[i]!)) continue;
    if (i > from && !(from === 0 && i === length)) {
      visit(from, i);
      stretches++;
    }
    from = i + 1;
  }
}

/** Between two clauses. */
export function isHard(unit: number): boolean {
  return unit === hardUnit || unit === questionMark;
}

/** Between two clauses, or a pause within one. */
export function isPause(unit: number): boolean {
  return unit === softUnit || isHard(unit);
}
