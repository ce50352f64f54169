/**
 * The second reader: a linear model over whole messages that the house wrote itself (`intents/messages/`), each with the
 * matters that it carries, or none, and over the intents' own examples. Patterns are sure of the words they know; this reader
 * has seen how thousands of messages sound, so that it seconds what patterns find, doubts a find in words that no such message
 * would hold, and hears matters in wordings that no pattern knows. It never speaks alone: what it adds is left to a person.
 */

import { openSolver, type Rows } from '../learning/linear-svm.js';
import { learnGrams, type Vectoriser } from './gram-vectors.js';
import { type Folded, softUnit } from './normalise.js';
import type { Steps } from './steps.js';

/** Enough for the last intent to settle within the tolerance; a few messages that contradict one another never do. */
const passes = 12;

export interface ReadMessage {
  readonly text: Pick<Folded, 'units' | 'length'>;
  /** Numbers of its intents; none: it carries no matter. */
  readonly intents: readonly number[];
}

export interface MessageReader {
  /**
   * How far the text lies on the side of each intent: 1 as surely as the messages learnt from, 0 undecided, -1 surely not.
   * By the number of the intent; the array is reused by the next text.
   */
  readonly margins: (text: Pick<Folded, 'units' | 'length'>) => Float32Array;
  /** Of one intent alone. */
  readonly marginOf: (text: Pick<Folded, 'units' | 'length'>, intent: number) => number;
  /** Where the text speaks most of one intent: without these units it lies furthest from its side. Of a long text its start is looked at. */
  readonly stretchOf: (
    text: Pick<Folded, 'units' | 'length'>,
    intent: number,
  ) => { readonly start: number; readonly end: number };
  /** It has learnt from whole messages too. Without those that carry nothing, examples teach to hear something in everything: it then seconds, and no more. */
  readonly hasMessages: boolean;
  readonly basis: ReaderBasis;
}

/** What it has learnt from, for the intents to which a shop gives examples of its own (own-examples.ts). */
export interface ReaderBasis {
  readonly rows: Rows;
  readonly vectoriser: Vectoriser;
  /** Intents of each row. */
  readonly intents: readonly (readonly number[])[];
}

/** Units hidden at a time: as long as most words. */
const hidden = 2;
/** A stretch goes on as long as hiding costs this share of what it costs at its worst. */
const goesOn = 0.4;
const mostLookedAt = 60;

/**
 * Learns in short steps.
 * @param intents how many there are; those without a message are never heard
 * @param hasMessages whether whole messages are among them, and not examples alone
 */
export function* learningMessages(messages: readonly ReadMessage[], intents: number, hasMessages: boolean): Steps<MessageReader> {
  const { vectoriser, rows } = learnGrams(messages.map(({ text }) => text));
  yield;
  const { size, vectorOf } = vectoriser;
  const weights = new Float32Array((size + 1) * intents);
  const solver = openSolver(rows, size);
  const all = Int32Array.from(messages.keys());
  for (let intent = 0; intent < intents; intent++) {
    const isOwn = Uint8Array.from(messages, (one) => (one.intents.includes(intent) ? 1 : 0));
    if (!isOwn.includes(1)) {
      weights[size * intents + intent] = -1;
      continue;
    }
    const learnt = solver.solve(isOwn, all, passes);
    for (let place = 0; place <= size; place++) weights[place * intents + intent] = learnt[place]!;
    yield;
  }

  const margins = new Float32Array(intents);
  const marginOf = (text: Pick<Folded, 'units' | 'length'>, intent: number): number => {
    const { places, values, length } = vectorOf(text);
    let margin = weights[size * intents + intent]!;
    for (let i = 0; i < length; i++) margin += values[i]! * weights[places[i]! * intents + intent]!;
    return margin;
  };

  return {
    hasMessages,
    basis: { rows, vectoriser, intents: messages.map((one) => one.intents) },
    marginOf,
    stretchOf({ units, length }, intent) {
      const looked = Math.min(length, mostLookedAt);
      const whole = marginOf({ units, length: looked }, intent);
      const cost: number[] = [];
      const part = units.slice(0, looked);
      for (let at = 0; at + hidden <= looked; at++) {
        part.fill(softUnit, at, at + hidden);
        cost.push(whole - marginOf({ units: part, length: looked }, intent));
        part.set(units.subarray(at, at + hidden), at);
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
      for (let intent = 0; intent < intents; intent++) margins[intent] = weights[size * intents + intent]!;
      for (let i = 0; i < length; i++) {
        const value = values[i]!;
        const from = places[i]! * intents;
        for (let intent = 0; intent < intents; intent++) margins[intent]! += value * weights[from + intent]!;
      }
      return margins;
    },
  };
}
