/** Who speaks in a conversation: what an agent's word means for the bot. Pure. */
import type { Instant, Memory, MessageType, Unanswered } from '../conversation.js';

/** An agent wrote: the bot keeps still for the shop's set time, nobody waits, and two misunderstandings are forgiven. */
export function afterAgentWord(memory: Memory, now: Instant, keepStillMinutes: number): Memory {
  const { waiting: _waiting, unanswered: _unanswered, ...rest } = memory;
  return { ...rest, humanSpokeAt: now, humanUntil: now + keepStillMinutes * 60_000, misunderstood: 0 };
}

/** Whether an agent holds the conversation at this moment. */
export function isHeldByAgent(memory: Memory, now: Instant): boolean {
  return memory.humanUntil !== undefined && memory.humanUntil > now;
}

/** What is unanswered once one more message of the buyer has come in; a recall takes one back. */
export function unansweredWith(before: Unanswered | undefined, type: MessageType, now: Instant): Unanswered | undefined {
  if (type === 'recall') return withoutSome(before, 1);
  return before === undefined ? { since: now, count: 1 } : { ...before, count: before.count + 1 };
}

/** So many of the messages need no answer any more. */
export function withoutSome(before: Unanswered | undefined, count: number): Unanswered | undefined {
  return before === undefined || before.count <= count ? undefined : { ...before, count: before.count - count };
}
