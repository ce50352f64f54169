/**
 * Columns that a shop adds to the shared n-gram model: one for each intent to which it gives examples of its own. Each is
 * a linear model over the grams of those examples alone, trained against the shared samples, so that it costs kilobytes and
 * milliseconds where a whole model costs megabytes and half a second. Where both know an intent, the surer one counts.
 */
import {
  buckets,
  eachStretch,
  epochs,
  featuresOf,
  isHard,
  isPause,
  learningRate,
  mostFeatures,
  type NgramModel,
  type Sample,
  type Scores,
  shortestAlone,
  shrink,
  startBias,
  trainingFeatures,
} from './ngrams.js';

interface Columns {
  /** Place of a bucket among the own grams. */
  readonly places: ReadonlyMap<number, number>;
  readonly idf: Float32Array;
  /** One after the other: all grams of the first column, then of the second … */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/**
 * @param own samples; their intents number the shared ones first and then the shop's own
 * @param intents how many there are in all
 */
export function withOwnExamples(base: NgramModel, own: readonly Sample[], intents: number): NgramModel {
  const targets = [...new Set(own.map((sample) => sample.intent))];
  const columns = train(base, own, targets);
  const clause = new Float32Array(intents);
  const phrase = new Float32Array(intents);
  const scores: Scores = { clause, phrase };

  function scorePart(units: Uint16Array, from: number, to: number, into: Float32Array): void {
    const { features, seen } = scratch;
    scratch.mark = scratch.mark === 0xffffffff ? 1 : scratch.mark + 1;
    const n = featuresOf({ units, length: to }, features, seen, scratch.mark, from);
    const { places, idf, weights, bias } = columns;
    let norm = 0;
    for (let f = 0; f < n; f++) {
      const value = idfOf(features[f]!);
      norm += value * value;
    }
    const scale = norm === 0 ? 0 : 1 / Math.sqrt(norm);
    for (let k = 0; k < targets.length; k++) {
      let margin = bias[k]!;
      for (let f = 0; f < n; f++) {
        const place = places.get(features[f]!);
        if (place !== undefined) margin += weights[k * idf.length + place]! * idf[place]! * scale;
      }
      const target = targets[k]!;
      into[target] = Math.max(into[target]!, 1 / (1 + Math.exp(-margin)));
    }
  }

  /** An unseen gram makes the text stranger, as in the shared model. */
  function idfOf(bucket: number): number {
    const place = columns.places.get(bucket);
    return place === undefined ? base.basis.idf[bucket]! || 1 : columns.idf[place]!;
  }

  return {
    basis: base.basis,
    score({ units, length }) {
      const shared = base.score({ units, length });
      clause.fill(0);
      clause.set(shared.clause);
      scorePart(units, 0, length, clause);
      eachStretch(units, length, isHard, (from, to) => {
        if (to - from >= shortestAlone) scorePart(units, from, to, clause);
      });
      phrase.fill(0);
      phrase.set(shared.phrase);
      for (const target of targets) phrase[target] = Math.max(phrase[target]!, clause[target]!);
      eachStretch(units, length, isPause, (from, to) => scorePart(units, from, to, phrase));
      return scores;
    },
  };
}

// One for all shops: a score is synchronous and leaves nothing behind.
const scratch = { features: new Int32Array(mostFeatures), seen: new Uint32Array(buckets), mark: 0 };

interface Row {
  /** Own grams alone, by place. */
  readonly grams: readonly number[];
  /** Over all grams of the text. */
  readonly scale: number;
  readonly truth: number;
}

function train({ basis }: NgramModel, own: readonly Sample[], targets: readonly number[]): Columns {
  const ownRows = own.map((sample) => [...trainingFeatures(sample.text)]);
  const places = new Map<number, number>();
  const counts: number[] = [];
  for (const row of ownRows) {
    for (const bucket of row) {
      const place = places.get(bucket) ?? places.size;
      places.set(bucket, place);
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  const total = basis.rows.length + own.length;
  const idf = new Float32Array(places.size);
  // What the shared samples know keeps its weight; a word of this shop alone is as rare as it is in its own examples.
  for (const [bucket, place] of places) idf[place] = basis.idf[bucket]! || Math.log((1 + total) / (1 + counts[place]!)) + 1;

  const rowOf = (row: Iterable<number>, truth: number): Row => {
    const grams: number[] = [];
    let norm = 0;
    for (const bucket of row) {
      const place = places.get(bucket);
      const value = place === undefined ? basis.idf[bucket]! : idf[place]!;
      norm += value * value;
      if (place !== undefined) grams.push(place);
    }
    return { grams, scale: norm === 0 ? 0 : 1 / Math.sqrt(norm), truth };
  };
  const rows = [
    ...basis.rows.map((row, at) => rowOf(row, basis.truths[at]!)),
    ...ownRows.map((row, at) => rowOf(row, own[at]!.intent)),
  ].filter((row) => row.grams.length > 0);

  const weights = new Float32Array(targets.length * idf.length);
  const bias = new Float32Array(targets.length).fill(startBias);
  for (const [k, target] of targets.entries()) {
    const column = weights.subarray(k * idf.length, (k + 1) * idf.length);
    bias[k] = trainColumn(rows, target, idf, column);
  }
  return { places, idf, weights, bias };
}

/** Fills the weights of one intent and returns its bias: the shared model's training (ngrams.ts), for one column. */
function trainColumn(rows: readonly Row[], target: number, idf: Float32Array, weights: Float32Array): number {
  const gradients = new Float32Array(weights.length).fill(1e-6);
  const mine = rows.filter((row) => row.truth === target).length;
  const positive = Math.min(8, Math.sqrt(rows.length / Math.max(1, mine)));
  const order = rows.map((_, at) => at);
  let bias = startBias;
  let random = 0x2545f491;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      const j = random % (i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (const at of order) {
      const { grams, scale, truth } = rows[at]!;
      let margin = bias;
      for (const place of grams) margin += weights[place]! * idf[place]! * scale;
      const isMine = truth === target;
      const error = (isMine ? positive : 1) * (1 / (1 + Math.exp(-margin)) - (isMine ? 1 : 0));
      bias = Math.min(startBias, bias - 0.02 * error);
      for (const place of grams) {
        const slope = error * idf[place]! * scale + shrink * weights[place]!;
        if (slope < 1e-4 && slope > -1e-4) continue;
        gradients[place] = gradients[place]! + slope * slope;
        weights[place] = weights[place]! - (learningRate * slope) / Math.sqrt(gradients[place]!);
      }
    }
  }
  return bias;
}
