/** Whether each reply of an intent can be said in a shop at all, and what it lacks: for the owner, before any buyer asks. */
import type { CompiledReply, IntentReplies } from './book.js';

export interface ReplyState {
  readonly reply: CompiledReply;
  /** Facts of its conditions that never have a value here: the reply is meant for other shops. */
  readonly notMet: readonly string[];
  /** Facts that it needs in all of its wordings and that never have a value here. */
  readonly missing: readonly string[];
}

/** @param possible the facts that can have a value in the shop at all */
export function replyStates({ replies }: Pick<IntentReplies, 'replies'>, possible: ReadonlySet<string>): readonly ReplyState[] {
  const lacking = (names: readonly string[]) => names.filter((name) => !possible.has(name));
  return replies.map((reply) => {
    const wordings = [...reply.texts, reply.short].map((one) => lacking(one.needed));
    return {
      reply,
      notMet: lacking(reply.when.filter(([, condition]) => condition !== false).map(([name]) => name)),
      missing: wordings.every((one) => one.length > 0) ? [...new Set(wordings.flat())] : [],
    };
  });
}
