/**
 * The second reader: a linear model over whole messages that the house wrote itself (`intents/messages/`), each with the
 * matters that it carries, or none. Patterns are sure of the words they know; this reader has seen how thousands of messages
 * sound, so that it doubts a pattern's find in words that no such message would hold, and hears matters in wordings that no
 * pattern knows. It never speaks alone: what it adds is left to a person.
 */
import { learnGrams } from './gram-vectors.js';
import { openSolver } from './linear-svm.js';
import type { Folded } from './normalise.js';

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
}

/** Learns from messages, in short steps. @param intents how many there are; those without a message are never heard */
export function* learningMessages(messages: readonly ReadMessage[], intents: number): Generator<void, MessageReader> {
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
  return {
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
