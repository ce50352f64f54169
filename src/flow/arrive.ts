/** What a new message does to its conversation, before anything is understood. Pure; run inside the storage's transaction. */
import type { Conversation, Instant, Memory, Message } from '../conversation.js';
import { afterAgentWord, unansweredWith } from '../policy/presence.js';
import type { ConversationChange } from '../storage/storage.js';

/** However long a buyer goes on typing, the turn is answered at most so long after its first unanswered message. */
export const mostWaitSeconds = 8;

export interface ArriveSettings {
  readonly burstSeconds: number;
  readonly keepStillMinutes: number;
  /** Ids of agent messages that are our own replies coming back. */
  readonly ownEchoes: ReadonlySet<string>;
}

export function arrive(conversation: Conversation, message: Message, settings: ArriveSettings): ConversationChange {
  const now = message.receivedAt;
  if (message.author === 'buyer') {
    const firstUnansweredAt = conversation.firstUnansweredAt ?? now;
    const due = dueAt(firstUnansweredAt, now, settings.burstSeconds);
    return { firstUnansweredAt, dueAt: due, memory: heardOf(beforeThisWord(conversation.memory, now), message) };
  }
  const unchanged: ConversationChange = {
    ...(conversation.firstUnansweredAt === undefined ? {} : { firstUnansweredAt: conversation.firstUnansweredAt }),
    ...(conversation.dueAt === undefined ? {} : { dueAt: conversation.dueAt }),
    memory: conversation.memory,
  };
  // The platform's own lines never wake the bot, nor does our own voice coming back.
  if (message.author === 'system' || settings.ownEchoes.has(message.id)) return unchanged;
  // A human word: what waited is closed at once (as answered by the agent), and the bot keeps still.
  return spokenByAgent(conversation, now, settings.keepStillMinutes);
}

/** An agent wrote to the buyer, here or elsewhere. */
export function spokenByAgent(conversation: Conversation, now: Instant, keepStillMinutes: number): ConversationChange {
  return {
    ...(conversation.firstUnansweredAt === undefined ? {} : { firstUnansweredAt: conversation.firstUnansweredAt, dueAt: now }),
    memory: afterAgentWord(conversation.memory, now, keepStillMinutes),
  };
}

/** The desk counts what the buyer waits for; a buyer who takes the last word back waits for nothing. */
function heardOf({ unanswered: before, ...memory }: Memory, { type, receivedAt }: Message): Memory {
  const unanswered = unansweredWith(before, type, receivedAt);
  return unanswered === undefined ? memory : { ...memory, unanswered };
}

/** Messages are told in the order in which they were written: an agent's word of the same moment came first and is no answer to this. */
function beforeThisWord(memory: Memory, now: Instant): Memory {
  return memory.humanSpokeAt === undefined || memory.humanSpokeAt < now ? memory : { ...memory, humanSpokeAt: now - 1 };
}

function dueAt(firstUnansweredAt: Instant, now: Instant, burstSeconds: number): Instant {
  return Math.min(now + burstSeconds * 1000, firstUnansweredAt + mostWaitSeconds * 1000);
}
