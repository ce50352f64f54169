/** Which replies a shop has switched off by leaving parameters unset, so that the owner is told before a buyer asks. */
import type { TemplateBook } from './book.js';
import { replyStates } from './reply-states.js';

/** What can never be said because parameters are not set: a whole intent, or one reply of it. */
export interface OffReply {
  readonly intent: string;
  /** Absent: no reply of the intent can ever be sent. */
  readonly reply?: string;
  /** Facts that have no value in this shop. */
  readonly missing: readonly string[];
}

/**
 * Replies that are off for every buyer, given the facts that can have a value in the shop at all. A reply whose condition
 * never holds is meant for other shops and is told only where nothing of the intent is left.
 */
export function missingParameters(book: TemplateBook, possible: ReadonlySet<string>): readonly OffReply[] {
  return [...book.intents.values()].flatMap(({ id, replies }): readonly OffReply[] => {
    const states = replyStates({ replies }, possible);
    // What is only drafted for an agent reaches no buyer.
    const sent = states.filter(({ reply }) => !reply.isDraftOnly);
    const counted = sent.length > 0 ? sent : states;
    if (counted.length > 0 && counted.every(({ notMet, missing }) => notMet.length + missing.length > 0))
      return [{ intent: id, missing: [...new Set(counted.flatMap(({ notMet, missing }) => [...notMet, ...missing]))] }];
    return states
      .filter(({ notMet, missing }) => notMet.length === 0 && missing.length > 0)
      .map(({ reply, missing }) => ({ intent: id, reply: reply.id, missing }));
  });
}
