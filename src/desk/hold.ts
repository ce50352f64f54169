/**
 * Who holds a conversation, and who may do what to it. Pure: each verb says what becomes of the standing state, or why not.
 * They run inside the storage's transaction, so that of two agents who reach for the same conversation one finds it taken.
 */
import type { Agent, DeskState, Holder, Instant, Memory } from '../conversation.js';

/** Why something is not done to a conversation. */
export type Refusal =
  /** Somebody else holds it. */
  | { readonly code: 'held'; readonly holder: Holder }
  /** Nobody holds it, or somebody else than was named. */
  | { readonly code: 'not_held'; readonly holder?: Holder }
  /** The buyer waits: to close it would forget him. */
  | { readonly code: 'waits' }
  /** A reply did not reach the buyer: to close it would forget that. */
  | { readonly code: 'undelivered' }
  /** The id was used for another text. */
  | { readonly code: 'id_taken' }
  /** The text breaks rules. */
  | { readonly code: 'findings' }
  /** Only what failed is tried again. */
  | { readonly code: 'not_failed'; readonly state?: string }
  /** It is on its way once more. */
  | { readonly code: 'retried'; readonly as: string };

export type Held = { readonly desk: DeskState } | { readonly refused: Refusal };

/** @param from whose it is, as far as the caller knows: taking over from a colleague takes naming the colleague */
export function taken(standing: DeskState, agent: Agent, from: string | undefined, now: Instant): Held {
  const { holder } = standing;
  if (holder?.id === agent.id) return { desk: standing };
  if (holder !== undefined && holder.id !== from) return { refused: { code: 'held', holder } };
  if (holder === undefined && from !== undefined) return { refused: { code: 'not_held' } };
  const { closed: _, ...rest } = standing;
  return { desk: { ...rest, holder: { ...agent, since: now } } };
}

/**
 * @param to the agent who gets it; undefined: the queue, or the bot
 * @param mayForce who may give away what a colleague holds
 */
export function handedOver(
  standing: DeskState,
  by: Agent,
  to: Agent | undefined,
  note: string | undefined,
  mayForce: boolean,
  now: Instant,
): Held {
  const { holder, closed: _closed, note: before, ...rest } = standing;
  if (holder !== undefined && holder.id !== by.id && !mayForce) return { refused: { code: 'held', holder } };
  const left = note === undefined ? before : { text: note, by, at: now };
  return {
    desk: {
      ...rest,
      ...(to !== undefined && { holder: { ...to, since: now } }),
      ...(left !== undefined && { note: left }),
    },
  };
}

/**
 * @param force close it although the buyer waits for an answer, or a reply did not reach him
 * @param undelivered id of that reply
 */
export function closed(
  standing: DeskState,
  memory: Memory,
  by: Agent,
  force: boolean,
  mayForce: boolean,
  now: Instant,
  undelivered?: string,
): Held {
  const { holder } = standing;
  if (holder !== undefined && holder.id !== by.id && !mayForce) return { refused: { code: 'held', holder } };
  if (memory.unanswered !== undefined && !force) return { refused: { code: 'waits' } };
  if (undelivered !== undefined && !force) return { refused: { code: 'undelivered' } };
  return { desk: { closed: { by, at: now, ...(undelivered !== undefined && { undelivered }) } } };
}

/** Whoever opens it again holds it. */
export function reopened(standing: DeskState, by: Agent, now: Instant): Held {
  return standing.closed === undefined ? { desk: standing } : taken(standing, by, undefined, now);
}

/** An agent may write where nobody else holds the conversation, and holds it from then on. */
export function written(standing: DeskState, by: Agent, now: Instant): Held {
  const held = taken(standing, by, undefined, now);
  if ('refused' in held) return held;
  // The note of a hand-over has been read by whoever answers.
  const { note: _, ...rest } = held.desk;
  return { desk: rest };
}

/** The bot keeps still for the colleague who took the conversation, as after a word of hers. */
export function keptStill(memory: Memory, now: Instant, keepStillMinutes: number): Memory {
  return { ...memory, humanUntil: Math.max(memory.humanUntil ?? 0, now + keepStillMinutes * 60_000) };
}

/** The bot may speak again. */
export function givenToBot({ humanUntil: _, ...memory }: Memory): Memory {
  return memory;
}
