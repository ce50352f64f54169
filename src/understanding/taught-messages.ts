/** Messages with their matters, packed side by side: thousands of small arrays would cost ten times as much. */
import type { Text } from './gram-vectors.js';

export interface ReadMessage {
  readonly text: Text;
  /** Numbers of its intents; none: it carries no matter. */
  readonly intents: readonly number[];
}

export interface TaughtMessages {
  readonly units: Uint16Array;
  /** Where each text ends. */
  readonly ends: Int32Array;
  readonly intents: Uint16Array;
  readonly intentEnds: Int32Array;
}

export function packed(messages: readonly ReadMessage[]): TaughtMessages {
  const sum = (lengthOf: (one: ReadMessage) => number) => messages.reduce((all, one) => all + lengthOf(one), 0);
  const taught = {
    units: new Uint16Array(sum(({ text }) => text.length)),
    ends: new Int32Array(messages.length),
    intents: new Uint16Array(sum(({ intents }) => intents.length)),
    intentEnds: new Int32Array(messages.length),
  };
  let [end, intentEnd] = [0, 0];
  for (const [at, { text, intents }] of messages.entries()) {
    taught.units.set(text.units.subarray(0, text.length), end);
    taught.intents.set(intents, intentEnd);
    taught.ends[at] = end += text.length;
    taught.intentEnds[at] = intentEnd += intents.length;
  }
  return taught;
}

/** The texts one by one. */
export function* textsOf({ units, ends }: TaughtMessages): Generator<Text, void, void> {
  let from = 0;
  for (const end of ends) {
    yield { units: units.subarray(from, end), length: end - from };
    from = end;
  }
}

/** 1 for each message that carries the intent. */
export function carrying({ intents, intentEnds }: TaughtMessages, intent: number): Uint8Array {
  const carries = new Uint8Array(intentEnds.length);
  let at = 0;
  for (const [message, end] of intentEnds.entries()) for (; at < end; at++) if (intents[at] === intent) carries[message] = 1;
  return carries;
}
