/**
 * Busy step-in: agents are there, but a buyer waits too long for a word. Once a waiting spell the bot speaks by itself; then
 * it keeps still until an agent has spoken. Pure: when it is due is worked out here and kept in the conversation's due time.
 */
import type { Instant, Memory, Message, Reason, Waiting } from '../conversation.js';
import { reason } from '../reasons.js';

/** What the shop allows (parameters `bot.stepIn`). */
export interface StepInRule {
  readonly afterSeconds: number;
  readonly afterMessages: number;
  readonly notBeforeSeconds: number;
  readonly with: 'busy' | 'answer';
}

/** Enough to know what is asked; a memory does not grow with the patience of a buyer. */
const mostMessages = 20;

/** A turn that was left to agents: its messages join the spell that there was, or begin one. */
export function waitsOn(
  before: Waiting | undefined,
  thread: Pick<Memory, 'lastIntents' | 'lastSlots' | 'lastFacets' | 'trouble' | 'haggling'>,
  messages: readonly Message[],
  answer: string,
  keepStillMinutes: number,
): Waiting {
  const first = messages[0]?.receivedAt ?? 0;
  if (before?.steppedInAt !== undefined) {
    // Whoever writes again long after the bot stepped in is on a new visit: the words of then help nobody now.
    if (first - before.steppedInAt <= keepStillMinutes * 60_000) return before;
  } else if (before !== undefined) {
    return { ...before, messages: [...before.messages, ...messages.map(({ id }) => id)].slice(-mostMessages), answer };
  }
  return {
    since: first,
    messages: messages.map(({ id }) => id).slice(-mostMessages),
    answer,
    lastIntents: thread.lastIntents,
    lastSlots: thread.lastSlots,
    ...(thread.lastFacets === undefined ? {} : { lastFacets: thread.lastFacets }),
    ...(thread.trouble === undefined ? {} : { trouble: thread.trouble }),
    ...(thread.haggling === undefined ? {} : { haggling: thread.haggling }),
  };
}

/** The buyer took back so many messages of the spell; undefined: nothing is left to wait for. */
export function withoutLast(waiting: Waiting | undefined, count: number): Waiting | undefined {
  if (waiting === undefined || count === 0 || waiting.steppedInAt !== undefined) return waiting;
  const messages = waiting.messages.slice(0, -count);
  return messages.length === 0 ? undefined : { ...waiting, messages };
}

/** The bot has said its word in this spell. */
export function steppedIn(waiting: Waiting, now: Instant): Waiting {
  return { ...waiting, messages: [], steppedInAt: now };
}

/**
 * When the bot is to step in; undefined: not (any more) in this spell. An agent who spoke has taken over and may be looking
 * something up, so that it is never before the end of the time for which the bot keeps still. A buyer who still waits then
 * has been forgotten.
 */
export function stepInAt(memory: Memory, rule: StepInRule): Instant | undefined {
  const { waiting, humanUntil = 0 } = memory;
  if (waiting === undefined || waiting.steppedInAt !== undefined) return undefined;
  const byTime = waiting.since + rule.afterSeconds * 1000;
  const byMessages = waiting.messages.length >= rule.afterMessages ? waiting.since + rule.notBeforeSeconds * 1000 : byTime;
  return Math.max(Math.min(byTime, byMessages), humanUntil);
}

/** Why it steps in now. */
export function stepInBecause(waiting: Waiting, rule: StepInRule, now: Instant): Reason {
  const seconds = Math.floor((now - waiting.since) / 1000);
  const messages = waiting.messages.length;
  return messages >= rule.afterMessages && seconds < rule.afterSeconds
    ? reason('step_in_messages', { messages })
    : reason('step_in_seconds', { seconds });
}
