/**
 * A general intent engine from examples alone: one linear classifier for each intent over words, pairs of words and pieces of
 * words (text-grams.ts), calibrated on examples kept out of training, so that a confidence means what it says and what belongs
 * to no intent is rejected. Pure and deterministic: the same examples give the same model.
 */
import { type Classifiers, learningClassifiers } from './example-classifiers.js';
import { ofTwo, type Told, type Trial, trying } from './example-trial.js';
import type { Text } from './gram-vectors.js';
import type { Sample } from './own-examples.js';
import type { Stretch } from './speaking-stretch.js';
import { speakingWords } from './speaking-words.js';
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
  readonly guess: (text: Text) => Guesses;
  /** The words of a text that speak most of an intent, against the next one (-1: there is none). */
  readonly stretchesOf: (text: Text, intent: number, next: number) => readonly Stretch[];
  /** Below this confidence a text belongs to no intent. */
  readonly threshold: number;
  /** What the threshold that was chosen did to what the model had not read. */
  readonly told: Told;
}

const passes = 20;
const noGuess: Guess = { intent: -1, confidence: 0 };

/**
 * @param intents how many intents there are; sample.intent is 0 … intents-1
 * @param rejecting intents whose examples belong to no intent
 * @param everyday sentences of no matter in particular, to learn from what belongs to no intent
 */
export function trainExamples(
  samples: readonly Sample[],
  intents: number,
  rejecting: ReadonlySet<number> = new Set(),
  everyday: readonly Text[] = [],
): ExampleModel {
  return atOnce(trainingExamples(samples, intents, rejecting, everyday));
}

/** The same step by step. */
export function* trainingExamples(
  samples: readonly Sample[],
  intents: number,
  rejecting: ReadonlySet<number> = new Set(),
  everyday: readonly Text[] = [],
): Steps<ExampleModel> {
  const kept = withoutRepeats(samples);
  const trial = yield* trying(kept, intents, rejecting, everyday);
  const classifiers = yield* learningClassifiers(
    kept.map(({ text }) => text),
    kept.map(({ intent }) => intent),
    intents,
    everyday,
    passes,
  );
  return guesser(classifiers, trial, rejecting);
}

/** One text once for each intent: a copy in training and in trial would make the trial too easy. */
function withoutRepeats(samples: readonly Sample[]): Sample[] {
  const known = new Set<string>();
  return samples.filter(({ text, intent }) => {
    const key = `${intent} ${text.units.subarray(0, text.length).join()}`;
    return !known.has(key) && known.add(key);
  });
}

function guesser(
  { likenessOf, leadOf }: Classifiers,
  { calibration, told }: Trial,
  rejecting: ReadonlySet<number>,
): ExampleModel {
  return {
    threshold: told.threshold,
    told,
    stretchesOf: (text, intent, next) => speakingWords((part) => leadOf(part, intent, next), text),
    guess(text) {
      const { best, second, lead, score, scoreBehind, isStrange } = likenessOf(text);
      // Where nothing is known of it, what is first is first by chance.
      if (isStrange) return { best: noGuess, second: noGuess, belongs: false };
      const confidence = Math.min(calibration.confidenceOf(score), ofTwo(lead));
      // The one behind is as sure as it would be with the lead against it, and never takes what the first has.
      const behind = Math.min(calibration.confidenceOf(scoreBehind), ofTwo(-lead));
      return {
        best: { intent: best, confidence },
        second: { intent: second, confidence: Math.min(behind, 1 - confidence) },
        belongs: best >= 0 && !rejecting.has(best),
      };
    },
  };
}
