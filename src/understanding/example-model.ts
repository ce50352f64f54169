/**
 * A general intent engine from examples alone: one linear classifier for each intent over words, pairs of words and pieces of
 * words (text-grams.ts), calibrated on examples kept out of training, so that a confidence means what it says and what belongs
 * to no intent is rejected. Pure and deterministic: the same examples give the same model.
 */
import { openSolver, type Rows } from '../learning/linear-svm.js';
import { type Calibration, calibrated, type Judged } from './calibration.js';
import { learnGrams, rowsOf, type Vector, type Vectoriser, vectoriserOf } from './gram-vectors.js';
import type { Folded } from './normalise.js';
import type { Sample } from './own-examples.js';
import { atOnce, type Steps } from './steps.js';

export interface Guess {
  /** Index of the intent; -1 where there is none. */
  readonly intent: number;
  /** How often such a guess is right, 0 … 1. */
  readonly confidence: number;
}

export interface Guesses {
  readonly best: Guess;
  readonly second: Guess;
  /** False where the text says nothing, or is most like what belongs to no intent. */
  readonly belongs: boolean;
}

export interface ExampleModel {
  readonly guess: (text: Pick<Folded, 'units' | 'length'>) => Guesses;
  /** Below this confidence a text belongs to no intent. */
  readonly threshold: number;
}

const passes = 20;
/** Examples are kept out by quarters; a quick training tells enough of how sure the whole one is. */
const parts = 4;
const trialPasses = 8;
/** So many judged examples tell it well. */
const enoughJudged = 3000;
/** Weights nearer to zero than this change no score. */
const negligible = 1e-3;
/** Beside the margin of the best: how far it leads, and how much of the text no example holds. Chosen on held-out intents. */
const leadShare = 0.3;
const unseenShare = 1.5;
/** How soon a lead settles which of two it is. */
const leadSlope = 10;
/** The margin of what is told by nothing. */
const noMargin = -1;
/** Of the examples kept out so many stay above the threshold, which itself stays within bounds. */
const keptShare = 0.95;
const thresholdRange = [0.15, 0.6] as const;

/**
 * @param intents how many intents there are; sample.intent is 0 … intents-1
 * @param rejecting intents whose examples belong to no intent
 */
export function trainExamples(
  samples: readonly Sample[],
  intents: number,
  rejecting: ReadonlySet<number> = new Set(),
): ExampleModel {
  return atOnce(trainingExamples(samples, intents, rejecting));
}

/** The same step by step. */
export function* trainingExamples(
  samples: readonly Sample[],
  intents: number,
  rejecting: ReadonlySet<number> = new Set(),
): Steps<ExampleModel> {
  const kept = withoutRepeats(samples);
  // The last row is a text that says nothing: even a single intent must learn that not all belongs to it.
  const texts = [...kept.map(({ text }) => text), { units: new Uint16Array(0), length: 0 }];
  const vectoriser = vectoriserOf(learnGrams(texts));
  const rows = rowsOf(texts, vectoriser);
  const truths = Int32Array.from([...kept.map(({ intent }) => intent), -1]);
  yield;
  const judged = yield* judging(rows, truths, vectoriser.size, intents, rejecting);
  const solver = openSolver(rows, vectoriser.size);
  const all = Int32Array.from(truths.keys());
  const columns: { readonly places: Int32Array; readonly values: Float32Array }[] = [];
  const biases = new Float32Array(intents);
  for (let intent = 0; intent < intents; intent++) {
    const weights = solver.solve(ownRows(truths, intent), all, passes);
    biases[intent] = weights[vectoriser.size]!;
    columns.push(withoutNegligible(weights.subarray(0, vectoriser.size)));
    yield;
  }
  const calibration = calibrated(judged);
  const threshold = thresholdFor(judged, calibration);
  return guesser(vectoriser, byPlace(columns, vectoriser.size), biases, { calibration, threshold, rejecting });
}

/** One text once for each intent: a copy in training and in trial would make the trial too easy. */
function withoutRepeats(samples: readonly Sample[]): Sample[] {
  const known = new Set<string>();
  return samples.filter(({ text, intent }) => {
    const key = `${intent} ${text.units.subarray(0, text.length).join()}`;
    return !known.has(key) && known.add(key);
  });
}

function ownRows(truths: Int32Array, intent: number): Uint8Array {
  return Uint8Array.from(truths, (truth) => (truth === intent ? 1 : 0));
}

/** Trains on three quarters and guesses the fourth, until enough examples are judged. */
function* judging(
  rows: Rows,
  truths: Int32Array,
  size: number,
  intents: number,
  rejecting: ReadonlySet<number>,
): Steps<Judged[]> {
  const judged: Judged[] = [];
  const counts = new Int32Array(intents);
  const partOf = Int32Array.from(truths, (truth) => (truth < 0 ? -1 : (truth + counts[truth]!++) % parts));
  const solver = openSolver(rows, size);
  for (let part = 0; part < parts && judged.length < enoughJudged; part++) {
    const uses = Int32Array.from([...partOf.keys()].filter((row) => partOf[row] !== part));
    // An intent of one example has nothing left to be guessed by.
    const tried = [...partOf.keys()].filter((row) => partOf[row] === part && counts[truths[row]!]! > 1);
    const isSeen = new Uint8Array(size);
    for (const row of uses) for (let i = rows.starts[row]!; i < rows.starts[row + 1]!; i++) isSeen[rows.places[i]!] = 1;
    const vectors = tried.map((row) => seenPart(rows, row, isSeen));
    const margins = new Float32Array(tried.length * intents);
    for (let intent = 0; intent < intents; intent++) {
      const weights = solver.solve(ownRows(truths, intent), uses, trialPasses);
      for (const [at, { places, values }] of vectors.entries()) {
        let margin = weights[size]!;
        for (let i = 0; i < places.length; i++) margin += weights[places[i]!]! * values[i]!;
        margins[at * intents + intent] = margin;
      }
      yield;
    }
    for (const [at, row] of tried.entries()) {
      const { best, lead, margin } = leading(margins.subarray(at * intents, (at + 1) * intents));
      if (rejecting.has(best)) continue;
      judged.push({ score: scoreOf(margin, lead, vectors[at]!.unseen), isRight: truths[row] === best });
    }
  }
  return judged;
}

/** A text as it looks to whom some of its grams are new. */
function seenPart({ starts, places, values }: Rows, row: number, isSeen: Uint8Array) {
  const seenPlaces: number[] = [];
  const seenValues: number[] = [];
  let seen = 0;
  let all = 0;
  for (let i = starts[row]!; i < starts[row + 1]!; i++) {
    const square = values[i]! * values[i]!;
    all += square;
    if (isSeen[places[i]!] !== 1) continue;
    seen += square;
    seenPlaces.push(places[i]!);
    seenValues.push(values[i]!);
  }
  const scale = seen === 0 ? 0 : Math.sqrt(all / seen);
  return { places: seenPlaces, values: seenValues.map((value) => value * scale), unseen: all === 0 ? 1 : 1 - seen / all };
}

function leading(margins: Float32Array) {
  let best = -1;
  let second = -1;
  for (let intent = 0; intent < margins.length; intent++) {
    if (best < 0 || margins[intent]! > margins[best]!) {
      second = best;
      best = intent;
    } else if (second < 0 || margins[intent]! > margins[second]!) second = intent;
  }
  const margin = best < 0 ? noMargin : margins[best]!;
  return { best, second, margin, lead: margin - (second < 0 ? noMargin : margins[second]!) };
}

function scoreOf(margin: number, lead: number, unseen: number): number {
  return margin + leadShare * lead - unseenShare * unseen;
}

/** Between two intents that are equally likely nobody is surer than one half. */
function ofTwo(lead: number): number {
  return 1 / (1 + Math.exp(-leadSlope * lead));
}

function thresholdFor(judged: readonly Judged[], { confidenceOf }: Calibration): number {
  const [lowest, highest] = thresholdRange;
  if (judged.length === 0) return highest;
  const scores = judged.map(({ score }) => score).sort((a, b) => a - b);
  return Math.min(highest, Math.max(lowest, confidenceOf(scores[Math.floor(scores.length * (1 - keptShare))]!)));
}

/** Weights by gram: which intents it speaks for or against. */
interface ByPlace {
  readonly starts: Int32Array;
  readonly intents: Uint16Array;
  readonly weights: Float32Array;
}

function withoutNegligible(weights: Float32Array) {
  const places: number[] = [];
  for (let place = 0; place < weights.length; place++) if (Math.abs(weights[place]!) > negligible) places.push(place);
  return { places: Int32Array.from(places), values: Float32Array.from(places, (place) => weights[place]!) };
}

function byPlace(columns: readonly { readonly places: Int32Array; readonly values: Float32Array }[], size: number): ByPlace {
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

interface Judgement {
  readonly calibration: Calibration;
  readonly threshold: number;
  readonly rejecting: ReadonlySet<number>;
}

function guesser(
  vectoriser: Vectoriser,
  { starts, intents, weights }: ByPlace,
  biases: Float32Array,
  judgement: Judgement,
): ExampleModel {
  const { calibration, threshold, rejecting } = judgement;
  const margins = new Float32Array(biases.length);

  function marginsOf({ places, values, length }: Vector): Float32Array {
    margins.set(biases);
    for (let i = 0; i < length; i++) {
      const value = values[i]!;
      const end = starts[places[i]! + 1]!;
      for (let at = starts[places[i]!]!; at < end; at++) margins[intents[at]!]! += weights[at]! * value;
    }
    return margins;
  }

  return {
    threshold,
    guess(text) {
      const vector = vectoriser.vectorOf(text);
      const { best, second, margin, lead } = leading(marginsOf(vector));
      const confidence = Math.min(calibration.confidenceOf(scoreOf(margin, lead, vector.unseen)), ofTwo(lead));
      // The one behind is as sure as it would be with the lead against it, and never takes what the first has.
      const behind = calibration.confidenceOf(scoreOf(margin - lead, -lead, vector.unseen));
      return {
        best: { intent: best, confidence },
        second: { intent: second, confidence: Math.min(behind, 1 - confidence) },
        belongs: best >= 0 && vector.length > 0 && !rejecting.has(best),
      };
    },
  };
}
