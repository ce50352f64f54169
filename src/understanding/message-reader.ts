/**
 * The second reader: a linear model over whole messages that the house wrote itself (`intents/messages/`), each with the
 * matters that it carries, or none, and over the intents' own examples. Patterns are sure of the words they know; this reader
 * has seen how thousands of messages sound, so that it seconds what patterns find, doubts a find in words that no such message
 * would hold, and hears matters in wordings that no pattern knows. It never speaks alone: what it adds is left to a person.
 */

import { openSolver } from '../learning/linear-svm.js';
import { type LearntGrams, learnGrams, rowsOf, type Text, type Vectoriser, vectoriserOf } from './gram-vectors.js';
import { softUnit } from './normalise.js';
import type { Steps } from './steps.js';
import { carrying, packed, type ReadMessage, type TaughtMessages, textsOf } from './taught-messages.js';

/** Enough for the last intent to settle within the tolerance; a few messages that contradict one another never do. */
const passes = 12;
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

/** Units hidden at a time: as long as most words. */
const hidden = 2;
/** A stretch goes on as long as hiding costs this share of what it costs at its worst. */
const goesOn = 0.4;
const mostLookedAt = 60;
/** A gram reaches so far beyond each of its characters; pieces of Latin words a little further, which tells little. */
const longestReach = 2;

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
  const solver = openSolver(rows, size);
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

const floatBytes = 4;

/** Rows of grams: how rare each is, then its weight for each intent. Of a message, what one gram is asked lies in one place. */
function withWeights(size: number, intents: number, weights: Int8Array) {
  const stride = floatBytes + Math.ceil(intents / floatBytes) * floatBytes;
  const floats = new Float32Array((size * stride) / floatBytes);
  const bytes = new Int8Array(floats.buffer);
  for (let place = 0; place < size; place++)
    for (let intent = 0; intent < intents; intent++)
      bytes[place * stride + floatBytes + intent] = weights[place * intents + intent]!;
  return { floats, bytes, stride };
}

/** A reader that has learnt. */
export function readerOf({ taught, hasMessages, grams, weights: learnt, steps, biases }: LearntReader): MessageReader {
  const intents = biases.length;
  const { floats, bytes: weights, stride } = withWeights(grams.hashes.length, intents, learnt);
  const vectoriser = vectoriserOf(grams, { floats, stride: stride / floatBytes });
  const { vectorOf } = vectoriser;
  const margins = new Float32Array(intents);
  const sums = new Float64Array(intents);
  const marginOf = (text: Text, intent: number): number => {
    const { places, values, length } = vectorOf(text);
    let sum = 0;
    for (let i = 0; i < length; i++) sum += values[i]! * weights[places[i]! * stride + floatBytes + intent]!;
    return sum * steps[intent]! + biases[intent]!;
  };

  return {
    hasMessages,
    basis: { taught, vectoriser },
    marginOf,
    stretchOf({ units, length }, intent) {
      const looked = Math.min(length, mostLookedAt);
      const weight = (place: number) => weights[place * stride + floatBytes + intent]!;
      const cost: number[] = [];
      // Nothing further away is part of what hiding takes.
      const near = new Uint16Array(hidden + 2 * longestReach);
      for (let at = 0; at + hidden <= looked; at++) {
        const from = Math.max(0, at - longestReach);
        const to = Math.min(looked, at + hidden + longestReach);
        near.set(units.subarray(from, to));
        const whole = vectoriser.weightOf({ units: near, length: to - from }, weight);
        near.fill(softUnit, at - from, at - from + hidden);
        cost.push(whole - vectoriser.weightOf({ units: near, length: to - from }, weight));
      }
      if (cost.length === 0) return { start: 0, end: looked };
      const worst = cost.reduce((best, one, at) => (one > cost[best]! ? at : best), 0);
      const least = cost[worst]! * goesOn;
      let [start, last] = [worst, worst];
      while (start > 0 && cost[start - 1]! >= least) start--;
      while (last + 1 < cost.length && cost[last + 1]! >= least) last++;
      return { start, end: last + hidden };
    },
    margins(text) {
      const { places, values, length } = vectorOf(text);
      sums.fill(0);
      let i = 0;
      // Four grams at a time: a sum is fetched and put back for all of them at once.
      for (; i + 4 <= length; i += 4) {
        const first = values[i]!;
        const second = values[i + 1]!;
        const third = values[i + 2]!;
        const fourth = values[i + 3]!;
        const a = places[i]! * stride + floatBytes;
        const b = places[i + 1]! * stride + floatBytes;
        const c = places[i + 2]! * stride + floatBytes;
        const d = places[i + 3]! * stride + floatBytes;
        for (let intent = 0; intent < intents; intent++)
          sums[intent]! +=
            first * weights[a + intent]! +
            second * weights[b + intent]! +
            third * weights[c + intent]! +
            fourth * weights[d + intent]!;
      }
      for (; i < length; i++) {
        const value = values[i]!;
        const from = places[i]! * stride + floatBytes;
        for (let intent = 0; intent < intents; intent++) sums[intent]! += value * weights[from + intent]!;
      }
      for (let intent = 0; intent < intents; intent++) margins[intent] = sums[intent]! * steps[intent]! + biases[intent]!;
      return margins;
    },
  };
}
