/** Who speaks in a conversation: what an agent's word means for the bot. Pure. */
import type { Instant, Memory } from '../conversation.js';

/** An agent wrote: the bot keeps still for the shop's set time, nobody waits, and two misunderstandings are forgiven. */
export function afterAgentWord(memory: Memory, now: Instant, keepStillMinutes: number): Memory {
  const { waiting, ...rest } = memory;
  return { ...rest, humanSpokeAt: now, humanUntil: now + keepStillMinutes * 60_000, misunderstood: 0 };
}

/** Whether an agent holds the conversation at this moment. */
export function isHeldByAgent(memory: Memory, now: Instant): boolean {
  return memory.humanUntil !== undefined && memory.humanUntil > now;
}
