/**
 * The second reader: a linear model over whole messages that the house wrote itself (`intents/messages/`), each with the
 * matters that it carries, or none, and over the intents' own examples. Patterns are sure of the words they know; this reader
 * has seen how thousands of messages sound, so that it seconds what patterns find, doubts a find in words that no such message
 * would hold, and hears matters in wordings that no pattern knows. It never speaks alone: what it adds is left to a person.
 */

import { openSolver } from '../learning/linear-svm.js';
import { type LearntGrams, learnGrams, rowsOf, type Text, type Vectoriser, vectoriserOf } from './gram-vectors.js';
import { openRowSums } from './row-sums.js';
import { stretchFinder } from './speaking-stretch.js';
import type { Steps } from './steps.js';
import { carrying, packed, type ReadMessage, type TaughtMessages, textsOf } from './taught-messages.js';

/**
 * Margins a few hundredths apart decide whether a find is doubted, so that what is learnt must be settled finer than that: at a
 * tenth, one message more or less anywhere in the folder doubted a find in words that it has nothing to do with.
 */
const settledAt = 0.03;
const usualCost = 1;
/** Enough for the last intent to settle. */
const passes = 60;
/** The largest weight of an intent; the others are told in such steps. */
const most = 127;

/** Everything that a reader has learnt. */
export interface LearntReader {
  readonly taught: TaughtMessages;
  /** It has learnt from whole messages too. */
  readonly hasMessages: boolean;
  readonly grams: LearntGrams;
  /** Of each gram for each intent, in steps of the intent's own. */
  readonly weights: Int8Array;
  /** By intent. */
  readonly steps: Float32Array;
  readonly biases: Float32Array;
}

export interface MessageReader {
  /**
   * How far the text lies on the side of each intent: 1 as surely as the messages learnt from, 0 undecided, -1 surely not.
   * By the number of the intent; the array is reused by the next text.
   */
  readonly margins: (text: Text) => Float32Array;
  /** Of one intent alone. */
  readonly marginOf: (text: Text, intent: number) => number;
  /** Where the text speaks most of one intent: without these units it lies furthest from its side. Of a long text its start is looked at. */
  readonly stretchOf: (text: Text, intent: number) => { readonly start: number; readonly end: number };
  /** It has learnt from whole messages too. Without those that carry nothing, examples teach to hear something in everything: it then seconds, and no more. */
  readonly hasMessages: boolean;
  readonly basis: ReaderBasis;
}

/** What it has learnt from, for the intents to which a shop gives examples of its own (own-examples.ts). */
export interface ReaderBasis {
  readonly taught: TaughtMessages;
  readonly vectoriser: Vectoriser;
}

/**
 * Learns in short steps. What one message alone holds, two thirds of all grams, explains that message in training and is then
 * forgotten, since it tells no matter; an example is written to be heard by its own words.
 * @param examples the intents' own examples
 * @param messages whole messages; none: the reader has only examples to learn from
 * @param intents how many there are; those without a text are never heard
 */
export function* learningMessages(
  examples: readonly ReadMessage[],
  messages: readonly ReadMessage[],
  intents: number,
): Steps<LearntReader> {
  const taught = packed([...examples, ...messages]);
  const grams = learnGrams(textsOf(taught), examples.length);
  yield;
  const rows = rowsOf(textsOf(taught), vectoriserOf(grams));
  yield;
  const size = grams.hashes.length;
  const weights = new Int8Array(size * intents);
  const steps = new Float32Array(intents);
  const biases = new Float32Array(intents).fill(-1);
  const solver = openSolver(rows, size, usualCost, settledAt);
  const all = Int32Array.from(taught.ends.keys());
  for (let intent = 0; intent < intents; intent++) {
    const isOwn = carrying(taught, intent);
    if (!isOwn.includes(1)) continue;
    const learnt = solver.solve(isOwn, all, passes);
    biases[intent] = learnt[size]!;
    let largest = 0;
    for (let place = 0; place < size; place++) largest = Math.max(largest, Math.abs(learnt[place]!));
    steps[intent] = largest / most;
    const scale = largest === 0 ? 0 : most / largest;
    for (let place = 0; place < size; place++) weights[place * intents + intent] = Math.round(learnt[place]! * scale);
    yield;
  }
  return { taught, hasMessages: messages.length > 0, grams, weights, steps, biases };
}

/** A reader that has learnt. */
export function readerOf({ taught, hasMessages, grams, weights: learnt, steps, biases }: LearntReader): MessageReader {
  const size = grams.hashes.length;
  const intents = biases.length;
  const vectoriser = vectoriserOf(grams);
  const { vectorOf, places, values } = vectoriser;
  const { weights, stride, sumsOf, ...sums } = openRowSums(size, intents, values.length);
  for (let place = 0; place < size; place++) weights.set(learnt.subarray(place * intents, (place + 1) * intents), place * stride);
  sums.steps.set(steps);
  sums.biases.set(biases);

  return {
    hasMessages,
    basis: { taught, vectoriser },
    margins: (text) => sumsOf(places, values, vectorOf(text).length),
    marginOf(text, intent) {
      const { length } = vectorOf(text);
      // What is named in front of a loop is known there for the very array that it is, and each read of it costs a third.
      const rows = weights;
      const of = places;
      const by = values;
      let sum = 0;
      for (let i = 0; i < length; i++) sum += by[i]! * rows[(Math.imul(of[i]!, stride) + intent) | 0]!;
      return sum * steps[intent]! + biases[intent]!;
    },
    stretchOf: stretchFinder(vectoriser, (place, intent) => weights[place * stride + intent]!),
  };
}
