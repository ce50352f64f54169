/** What the conversation remembers after a turn. Pure. */
import type {
  Action,
  Decision,
  Instant,
  Memory,
  Message,
  Reason,
  Reply,
  Turn,
  Unanswered,
  Understanding,
} from '../conversation.js';
import { type Haggled, stillKnown, withConceded } from '../policy/haggling.js';
import { withoutSome } from '../policy/presence.js';
import { waitsOn, withoutLast } from '../policy/step-in.js';
import { reason } from '../reasons.js';
import type { Shop } from '../shop/shop.js';
import type { Thread } from '../understanding/thread.js';

/**
 * In shadow mode the bot goes on as if its replies had been sent, or it would hold the same buyer again and again; the
 * memory of what really went out stays as it is beside it, so that nothing is missing when the mode is back.
 */
export function asIfSent(memory: Memory): Memory {
  return { ...memory, ...memory.shadow };
}

/** The memory after a turn in shadow mode: what was not sent stays apart from what was. */
export function keptApart(next: Memory, real: Memory): Memory {
  const { answered, lastTexts, heldPeriod, ...rest } = next;
  return {
    ...rest,
    answered: real.answered,
    lastTexts: real.lastTexts,
    ...(real.heldPeriod === undefined ? {} : { heldPeriod: real.heldPeriod }),
    shadow: { answered, lastTexts, ...(heldPeriod === undefined ? {} : { heldPeriod }) },
  };
}

/** The spell in which the buyer waits for an agent, after this turn. */
export function waitingAfter(
  turn: Turn,
  before: Memory['waiting'],
  thread: Thread & Pick<Memory, 'haggling'>,
  standing: readonly Message[],
  isLeft: boolean,
  isAnswered: boolean,
  shop: Shop,
  answer: string,
): Memory['waiting'] {
  const { stepIn, keepStillMinutes } = shop.parameters.bot;
  if (stepIn === undefined || isAnswered) return undefined;
  // A recall at the head of a burst takes back what was drafted for before.
  const recalls = turn.messages.findIndex((message) => message.type !== 'recall');
  const spell = withoutLast(before, recalls < 0 ? turn.messages.length : recalls);
  return isLeft ? waitsOn(spell, thread, standing, answer, keepStillMinutes) : spell;
}

/** What is remembered of the haggling; a price counts as conceded once it goes out to the buyer. */
export function hagglingAfter(
  before: Memory['haggling'],
  haggling: Haggled | undefined,
  isTold: boolean,
  now: Instant,
): Memory['haggling'] {
  if (haggling === undefined) return stillKnown(before, '', now);
  return isTold ? withConceded(haggling) : haggling.memory;
}

/** 好吧 after haggling: the buyer is of the generous kind and needs no answer. */
export function droppedBecause(memory: Memory, { intents }: Understanding, action: Action, now: Instant): readonly Reason[] {
  const isDrop = action === 'silent' && intents.length > 0 && stillKnown(memory.haggling, '', now) !== undefined;
  return isDrop ? [reason('haggling_dropped')] : [];
}

/** Turns in a row that were not understood. */
export function misunderstoodAfter(memory: Memory, understanding: Understanding, action: Action): number {
  if (understanding.intents.length > 0) return 0;
  return action === 'silent' ? memory.misunderstood : memory.misunderstood + 1;
}

/** What the buyer still waits for after this turn. */
export function unansweredAfter(
  before: Unanswered | undefined,
  standing: readonly Message[],
  decision: Decision,
  said: { readonly action: Action; readonly replies: readonly Reply[]; readonly open: readonly string[] },
): Unanswered | undefined {
  if (before === undefined) return undefined;
  // Silence of a bot that is stopped says nothing of the matter.
  if (said.action === 'silent')
    return decision.because.some(({ code }) => code === 'bot_off') ? before : withoutSome(before, standing.length);
  const isAnswered = said.replies.some((reply) => reply.delivery === 'send' && reply.kind === 'answer') && said.open.length === 0;
  if (isAnswered) return undefined;
  return said.action === 'handoff' && before.isForPerson === undefined ? { ...before, isForPerson: true } : before;
}
