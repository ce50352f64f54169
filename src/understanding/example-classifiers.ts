/** One linear classifier for each intent over the grams of its examples: which intent a text is most like, and how much so. */
import { openSolver, type Rows } from '../learning/linear-svm.js';
import { learnGrams, rowsOf, type Text, type Vector, type Vectoriser, vectoriserOf } from './gram-vectors.js';
import type { Steps } from './steps.js';

/** What a text is most like. The object is reused by the next text. */
export interface Likeness {
  /** Number of the intent; -1 where there is none. */
  readonly best: number;
  readonly second: number;
  /** How far the best leads the second. */
  readonly lead: number;
  /** How much the text belongs to the best, the higher the more. */
  readonly score: number;
  /** The same of the second. */
  readonly scoreBehind: number;
  /** Nothing of it is known. */
  readonly isStrange: boolean;
}

export interface Classifiers {
  readonly likenessOf: (text: Text) => Likeness;
  /** How much more a text says of an intent than of another; -1: than of none. */
  readonly leadOf: (text: Text, intent: number, next: number) => number;
  /** Whether the examples share words with it and speak otherwise: it can belong to none of the intents, and tells something. */
  readonly isForeign: (text: Text) => boolean;
}

/** Weights nearer to zero than this change no score. */
const negligible = 1e-3;
/** What of a text no example holds counts against its margin. Chosen on held-out intents. */
const unseenShare = 0.8;
/** An everyday sentence of which the examples hold more than the rest may well belong to one of the intents. */
const leastUnseen = 0.2;
/** The margin of what is told by nothing. */
const noMargin = -1;

/**
 * @param texts what to learn from
 * @param truths by text the number of its intent
 * @param intents how many intents there are; those without a text are never the best
 * @param everyday sentences of no matter
 */
export function* learningClassifiers(
  texts: readonly Text[],
  truths: readonly number[],
  intents: number,
  everyday: readonly Text[],
  passes: number,
): Steps<Classifiers> {
  // The last is a text that says nothing: even a single intent must learn that not all belongs to it.
  const own = [...texts, { units: new Uint16Array(0), length: 0 }];
  const vectoriser = vectoriserOf(learnGrams(own));
  yield;
  const isForeign = (text: Text) => {
    const { length, unseen } = vectoriser.vectorOf(text);
    return length > 0 && unseen >= leastUnseen;
  };
  const outside = everyday.filter(isForeign);
  const rows = withStrangers(rowsOf(own, vectoriser), outside, vectoriser);
  const all = Int32Array.from({ length: own.length + outside.length }, (_, row) => row);
  const solver = openSolver(rows, vectoriser.size);
  const known = new Set(truths);
  const columns: Column[] = [];
  const biases = new Float32Array(intents);
  for (let intent = 0; intent < intents; intent++) {
    if (!known.has(intent)) {
      columns.push(noColumn);
      biases[intent] = Number.NEGATIVE_INFINITY;
      continue;
    }
    const isOwn = Uint8Array.from(all, (row) => (truths[row] === intent ? 1 : 0));
    const weights = solver.solve(isOwn, all, passes);
    biases[intent] = weights[vectoriser.size]!;
    columns.push(withoutNegligible(weights.subarray(0, vectoriser.size)));
    yield;
  }
  return classifiers(vectoriser, byPlace(columns, vectoriser.size), biases, isForeign);
}

/** What is foreign counts by what it shares with the examples, as it will when it is asked: so that is known to say little. */
function withStrangers(rows: Rows, texts: readonly Text[], { vectorOf }: Vectoriser): Rows {
  const starts = [...rows.starts];
  const places: number[] = [];
  const values: number[] = [];
  for (const text of texts) {
    const vector = vectorOf(text);
    for (let i = 0; i < vector.length; i++) {
      places.push(vector.places[i]!);
      values.push(vector.values[i]!);
    }
    starts.push(rows.places.length + places.length);
  }
  return {
    starts: Int32Array.from(starts),
    places: joined(rows.places, places),
    values: joined(rows.values, values),
    alone: joined(rows.alone!, new Array<number>(texts.length).fill(0)),
  };
}

function joined<T extends Int32Array | Float32Array>(first: T, more: readonly number[]): T {
  const both = new (first.constructor as new (length: number) => T)(first.length + more.length);
  both.set(first);
  both.set(more, first.length);
  return both;
}

interface Column {
  readonly places: Int32Array;
  readonly values: Float32Array;
}

const noColumn: Column = { places: new Int32Array(0), values: new Float32Array(0) };

/** Weights by gram: which intents it speaks for or against. */
interface ByPlace {
  readonly starts: Int32Array;
  readonly intents: Uint16Array;
  readonly weights: Float32Array;
}

function withoutNegligible(weights: Float32Array): Column {
  const places: number[] = [];
  for (let place = 0; place < weights.length; place++) if (Math.abs(weights[place]!) > negligible) places.push(place);
  return { places: Int32Array.from(places), values: Float32Array.from(places, (place) => weights[place]!) };
}

function byPlace(columns: readonly Column[], size: number): ByPlace {
  const starts = new Int32Array(size + 1);
  for (const { places } of columns) for (const place of places) starts[place + 1]! += 1;
  for (let place = 0; place < size; place++) starts[place + 1]! += starts[place]!;
  const next = starts.slice();
  const intents = new Uint16Array(starts[size]!);
  const weights = new Float32Array(starts[size]!);
  for (const [intent, { places, values }] of columns.entries()) {
    for (let i = 0; i < places.length; i++) {
      const at = next[places[i]!]!++;
      intents[at] = intent;
      weights[at] = values[i]!;
    }
  }
  return { starts, intents, weights };
}

function classifiers(
  vectoriser: Vectoriser,
  { starts, intents, weights }: ByPlace,
  biases: Float32Array,
  isForeign: Classifiers['isForeign'],
): Classifiers {
  const margins = new Float32Array(biases.length);
  const likeness = { best: -1, second: -1, lead: 0, score: 0, scoreBehind: 0, isStrange: true };

  function weigh({ places, values, length }: Vector): void {
    margins.set(biases);
    for (let i = 0; i < length; i++) {
      const value = values[i]!;
      const end = starts[places[i]! + 1]!;
      for (let at = starts[places[i]!]!; at < end; at++) margins[intents[at]!]! += weights[at]! * value;
    }
  }

  /** The intents of a gram rise: the one is found by halves. */
  function weightAt(place: number, intent: number): number {
    const end = starts[place + 1]!;
    let from = starts[place]!;
    let to = end;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (intents[middle]! < intent) from = middle + 1;
      else to = middle;
    }
    return from < end && intents[from] === intent ? weights[from]! : 0;
  }

  return {
    isForeign,
    leadOf(text, intent, next) {
      const { places, values, length } = vectoriser.vectorOf(text);
      let lead = 0;
      for (let i = 0; i < length; i++) {
        const weight = weightAt(places[i]!, intent) - (next < 0 ? 0 : weightAt(places[i]!, next));
        lead += weight * values[i]!;
      }
      return lead;
    },
    likenessOf(text) {
      const vector = vectoriser.vectorOf(text);
      const against = unseenShare * vector.unseen;
      weigh(vector);
      let best = -1;
      let second = -1;
      for (let intent = 0; intent < margins.length; intent++) {
        const margin = margins[intent]!;
        if (margin === Number.NEGATIVE_INFINITY) continue;
        if (best < 0 || margin > margins[best]!) {
          second = best;
          best = intent;
        } else if (second < 0 || margin > margins[second]!) second = intent;
      }
      const margin = best < 0 ? noMargin : margins[best]!;
      const behind = second < 0 ? noMargin : margins[second]!;
      likeness.best = best;
      likeness.second = second;
      likeness.lead = margin - behind;
      likeness.score = margin - against;
      likeness.scoreBehind = behind - against;
      likeness.isStrange = vector.length === 0;
      return likeness;
    },
  };
}
