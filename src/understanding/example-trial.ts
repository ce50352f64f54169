/**
 * How sure a model of examples may be, tried on what was kept out of its training: its own examples, everyday sentences, and
 * whole intents, whose examples are then what belongs to none. From that the threshold is chosen and told.
 */
import { type Calibration, calibrated, type Judged } from './calibration.js';
import { type Classifiers, type Likeness, learningClassifiers } from './example-classifiers.js';
import type { Text } from './gram-vectors.js';
import type { Sample } from './own-examples.js';
import type { Steps } from './steps.js';

/** What a threshold does to what the model has not read. Shares are 0 to 1. */
export interface Told {
  /** How many intents have examples, but for those that stand for none. */
  readonly intents: number;
  /** How many examples they have. */
  readonly examples: number;
  readonly threshold: number;
  /** Share of the intents' own examples that stay above it. */
  readonly kept: number;
  /** Share of everyday sentences that are taken for an intent; absent where none could be tried. */
  readonly everyday?: number;
  /** Share of examples of an intent that the model does not know, taken for another; absent for fewer than three intents. */
  readonly unknown?: number;
}

export interface Trial {
  readonly calibration: Calibration;
  readonly told: Told;
}

/** A quick training tells enough of how sure the whole one is. */
const passes = 8;
/** Of few examples each is missed in training, so that less is kept out at a time. */
const parts = { few: 10, many: 4 };
const many = 1000;
/** So many judged examples tell it well. */
const enoughJudged = 3000;
/** Whole intents are kept out in so many groups; of many examples one group is enough. */
const groups = 5;
/** How soon a lead settles which of two it is. */
const leadSlope = 10;
/**
 * Of the examples kept out so many stay above the threshold, which itself stays within bounds. Of few examples each is unlike
 * the others on purpose, so that more of them fall below it than of what people say.
 */
const leastKept = { few: 0.85, many: 0.9 };
const mostKept = 0.98;
/** A wrong intent costs more than none. */
const foreignWeight = 1.5;
/** Where next to nothing could be tried, the threshold is that of most folders, which counts as much as so many examples. */
const usualThreshold = 0.55;
const asManyAs = 10;
const thresholdRange = [0.15, 0.9] as const;

/** Between two intents that are equally likely nobody is surer than one half. */
export function ofTwo(lead: number): number {
  return 1 / (1 + Math.exp(-leadSlope * lead));
}

/** A text that was kept out, as it was taken. */
interface Tried extends Judged {
  readonly lead: number;
  /** It was taken for what belongs to no intent. */
  readonly isRejected: boolean;
}

interface Tries {
  readonly own: Tried[];
  readonly everyday: Tried[];
  readonly unknown: Tried[];
}

/**
 * @param samples without repeats
 * @param rejecting intents whose examples belong to no intent
 */
export function* trying(
  samples: readonly Sample[],
  intents: number,
  rejecting: ReadonlySet<number>,
  everyday: readonly Text[],
): Steps<Trial> {
  const tries: Tries = { own: [], everyday: [], unknown: [] };
  yield* tryingParts(samples, intents, rejecting, everyday, tries);
  yield* tryingUnknown(samples, intents, rejecting, everyday, tries);
  const calibration = calibrated(tries.own.filter(({ isRejected }) => !isRejected));
  const sure = (all: readonly Tried[]) =>
    all.map(({ score, lead, isRejected }) => (isRejected ? -1 : Math.min(calibration.confidenceOf(score), ofTwo(lead))));
  const meant = samples.filter(({ intent }) => !rejecting.has(intent));
  const told = {
    intents: new Set(meant.map(({ intent }) => intent)).size,
    examples: meant.length,
    ...chosen(sure(tries.own), sure(tries.everyday), sure(tries.unknown), leastKept[sizeOf(samples)]),
  };
  return { calibration, told };
}

function sizeOf({ length }: readonly Sample[]): 'few' | 'many' {
  return length > many ? 'many' : 'few';
}

/** Trains without a part and judges that part, until enough are judged. */
function* tryingParts(
  samples: readonly Sample[],
  intents: number,
  rejecting: ReadonlySet<number>,
  everyday: readonly Text[],
  tries: Tries,
): Steps<void> {
  const count = parts[sizeOf(samples)];
  const counts = new Int32Array(intents);
  const partOf = samples.map(({ intent }) => (intent + counts[intent]!++) % count);
  for (let part = 0; part < count && tries.own.length < enoughJudged; part++) {
    const read = yield* learning(
      samples.filter((_, at) => partOf[at] !== part),
      intents,
      everyday.filter((_, at) => at % count !== part),
    );
    for (const [at, { text, intent }] of samples.entries()) {
      // An intent of one example has nothing left to be guessed by.
      if (partOf[at] !== part || counts[intent]! < 2) continue;
      const one = tried(read.likenessOf(text), intent, rejecting);
      (rejecting.has(intent) ? tries.everyday : tries.own).push(one);
    }
    tryEveryday(
      read,
      everyday.filter((_, at) => at % count === part),
      rejecting,
      tries,
    );
    yield;
  }
}

function tryEveryday(
  { likenessOf, isForeign }: Classifiers,
  texts: readonly Text[],
  rejecting: ReadonlySet<number>,
  tries: Tries,
) {
  for (const text of texts) if (isForeign(text)) tries.everyday.push(tried(likenessOf(text), -1, rejecting));
}

/** Trains without some intents, whose examples then belong to none. */
function* tryingUnknown(
  samples: readonly Sample[],
  intents: number,
  rejecting: ReadonlySet<number>,
  everyday: readonly Text[],
  tries: Tries,
): Steps<void> {
  const ids = [...new Set(samples.map(({ intent }) => intent))].filter((intent) => !rejecting.has(intent));
  if (ids.length < 3) return;
  const count = Math.min(groups, ids.length);
  for (let group = 0; group < count && tries.unknown.length < enoughJudged / count; group++) {
    const out = new Set(ids.filter((_, at) => at % count === group));
    const read = yield* learning(
      samples.filter(({ intent }) => !out.has(intent)),
      intents,
      everyday,
    );
    for (const { text, intent } of samples) if (out.has(intent)) tries.unknown.push(tried(read.likenessOf(text), -1, rejecting));
    yield;
  }
}

function learning(samples: readonly Sample[], intents: number, everyday: readonly Text[]): Steps<Classifiers> {
  return learningClassifiers(
    samples.map(({ text }) => text),
    samples.map(({ intent }) => intent),
    intents,
    everyday,
    passes,
  );
}

function tried({ score, lead, best, isStrange }: Likeness, truth: number, rejecting: ReadonlySet<number>): Tried {
  return { score, lead, isRight: best === truth, isRejected: best < 0 || isStrange || rejecting.has(best) };
}

/**
 * The threshold that loses least: own examples below it on one side, what is foreign above it on the other.
 * @param own how sure the model was of its own examples; -1: of no intent
 */
function chosen(
  own: readonly number[],
  everyday: readonly number[],
  unknown: readonly number[],
  leastKept: number,
): Omit<Told, 'intents' | 'examples'> {
  const [lowest, highest] = thresholdRange;
  const foreign = [everyday, unknown].filter((all) => all.length > 0);
  const rising = [...own].sort((a, b) => a - b);
  let best: number = usualThreshold;
  let most = Number.NEGATIVE_INFINITY;
  const [from, to] = [Math.floor(own.length * (1 - mostKept)), Math.floor(own.length * (1 - leastKept))];
  for (let at = from; at <= to && at < rising.length; at++) {
    const bound = Math.min(highest, Math.max(lowest, rising[at]!));
    const through = foreign.reduce((sum, all) => sum + shareFrom(all, bound), 0) / Math.max(1, foreign.length);
    const gain = shareFrom(own, bound) - foreignWeight * through;
    if (gain > most) {
      most = gain;
      best = bound;
    }
  }
  const threshold = (own.length * best + asManyAs * usualThreshold) / (own.length + asManyAs);
  return {
    threshold,
    kept: own.length === 0 ? 1 : shareFrom(own, threshold),
    ...(everyday.length === 0 ? {} : { everyday: shareFrom(everyday, threshold) }),
    ...(unknown.length === 0 ? {} : { unknown: shareFrom(unknown, threshold) }),
  };
}

function shareFrom(all: readonly number[], bound: number): number {
  return all.filter((one) => one >= bound).length / all.length;
}
