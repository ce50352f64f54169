/**
 * The one place where the story is told: a turn in, its whole Answer and the conversation's next memory out. Pure: the same
 * turn, shop and moment give the same Answer. understand -> decide -> compose -> check, each with its `because`.
 */
import type { Answer, Instant, Memory, Reason, Turn } from '../conversation.js';
import { type BotMode, lowestMode } from '../policy/bot-mode.js';
import { cooldownKey, noteAnswered, timesAnswered } from '../policy/cooldown.js';
import { decide } from '../policy/decide.js';
import type { Haggled } from '../policy/haggling.js';
import { openingWords } from '../policy/opening-words.js';
import { isHeldByAgent } from '../policy/presence.js';
import { type Duty, dutyAt } from '../policy/schedule.js';
import { stepInAt, stepInBecause, steppedIn } from '../policy/step-in.js';
import { reason } from '../reasons.js';
import { haggled } from '../shop/facts.js';
import type { Shop } from '../shop/shop.js';
import type { Away, ConversationChange } from '../storage/storage.js';
import { threadAfter } from '../understanding/thread.js';
import { hear } from './heard.js';
import {
  asIfSent,
  droppedBecause,
  hagglingAfter,
  keptApart,
  misunderstoodAfter,
  unansweredAfter,
  waitingAfter,
} from './remember.js';
import { allowed, say } from './say.js';

export interface Answered {
  readonly answer: Answer;
  readonly change: ConversationChange;
}

/** What answer() needs beside the turn and the shop. */
export interface Moment {
  readonly now: Instant;
  readonly away: Away | undefined;
  /** What the kill switch lowers the bot to; undefined: as the shop's file says. */
  readonly lowered?: BotMode | undefined;
  /** Who is there, where that is asked for and not told by hours and switch. */
  readonly duty?: Duty;
  /** Id of the Answer; ids of its replies are made from it. */
  readonly id: string;
}

const mostTextsRemembered = 6;

export function answer(turn: Turn, shop: Shop, moment: Moment): Answered {
  const { conversation } = turn;
  const { now } = moment;
  const { bot, timeZone } = shop.parameters;
  const mode = lowestMode(bot.mode, moment.lowered);
  // No message is unanswered: the buyer waits for an agent's word, and the bot steps in.
  const waited = turn.messages.length === 0 ? conversation.memory.waiting : undefined;
  const remembered = mode === 'shadow' ? asIfSent(conversation.memory) : conversation.memory;
  const heard = hear(turn, remembered, waited, shop, now);
  const { messages, understanding, memory, thread, item } = heard;
  const duty = moment.duty ?? dutyAt(shop.parameters.hours, timeZone, moment.away, now);
  const opening = openingWords(duty.nextOpening, now, timeZone, 'zh');
  // What was haggled in the spell is heard again as a whole, and is one round.
  const haggledBefore = waited === undefined ? memory.haggling : waited.haggling;
  const haggling = haggled(shop.parameters, understanding, { ...(haggledBefore && { haggling: haggledBefore }), item }, now);
  const key = cooldownKey(conversation.buyer.id, understanding, item, haggling?.round);
  const newest = messages.at(-1);
  const decision = decide({
    understanding,
    duty,
    memory,
    now,
    types: messages.map((message) => message.type),
    newestSentAt: newest?.sentAt ?? now,
    newestReceivedAt: newest?.receivedAt ?? now,
    mode,
    staleMinutes: bot.staleMinutes,
    allowed: (intent) => allowed(shop, intent),
    timesAnswered: timesAnswered(memory, key, now, bot.cooldownMinutes),
    stepIn:
      waited === undefined || bot.stepIn === undefined
        ? undefined
        : { because: stepInBecause(waited, bot.stepIn, now), with: bot.stepIn.with },
    beyond: whyBeyond(haggling, waited !== undefined && duty.onDuty),
  });
  const isAttended = isHeldByAgent(memory, now) || (duty.onDuty && waited === undefined);
  const scene = { shop, conversation, heard, haggling, duty, isAttended, mode, opening, now, id: moment.id };
  const said = say(decision, scene);
  const isSwitched = mode !== bot.mode;

  const sent = said.isWatching ? said.replies : said.replies.filter((reply) => reply.delivery === 'send');
  const isHolding = sent.some((reply) => reply.kind === 'holding');
  const isAnswer = sent.some((reply) => reply.kind === 'answer');
  const { heldPeriod, waiting: _waiting, haggling: _haggling, shadow: _shadow, unanswered: before, trouble, ...rest } = memory;
  const unanswered = unansweredAfter(before, messages, decision, said);
  const isTold = sent.some((reply) => reply.kind === 'answer' && reply.intents.includes('haggling'));
  const hagglingNext = hagglingAfter(memory.haggling, haggling, isTold, now);
  // On duty there is no closed period that a word of patience could have been said for.
  const period = isHolding ? (duty.closedSince ?? heldPeriod) : heldPeriod;
  const waiting =
    waited === undefined
      ? waitingAfter(
          turn,
          memory.waiting,
          { ...thread, ...(memory.haggling && { haggling: memory.haggling }) },
          messages,
          isAttended && said.action !== 'silent',
          !isAttended && said.replies.length > 0,
          shop,
          moment.id,
        )
      : steppedIn(waited, now);
  const next: Memory = {
    ...rest,
    ...(period === undefined ? {} : { heldPeriod: period }),
    ...(hagglingNext === undefined ? {} : { haggling: hagglingNext }),
    ...(unanswered === undefined ? {} : { unanswered }),
    answered: isAnswer ? noteAnswered(memory, key, now, bot.cooldownMinutes) : memory.answered,
    // Words that were understood before count once.
    ...(waited === undefined
      ? {
          misunderstood: misunderstoodAfter(memory, understanding, said.action),
          ...threadAfter(thread, understanding, shop.model, now, heard.isOtherItem),
        }
      : trouble !== undefined && { trouble }),
    ...(waiting !== undefined && { waiting }),
    lastTexts: [...memory.lastTexts, ...sent.map((reply) => reply.text)].slice(-mostTextsRemembered),
  };
  const dueAt = bot.stepIn === undefined ? undefined : stepInAt(next, bot.stepIn);
  return {
    answer: {
      id: moment.id,
      conversation: conversation.id,
      action: said.action,
      because: eachOnce([
        ...understanding.because,
        ...(haggling?.because ?? droppedBecause(memory, understanding, said.action, now)),
        ...(isSwitched ? [reason('bot_switched', { mode })] : []),
        ...decision.because,
        ...said.because,
      ]),
      understanding,
      replies: said.replies,
      inReplyTo: turn.messages.map((message) => message.id),
      ...(waited !== undefined && { follows: waited.answer }),
      open: said.open,
      at: now,
      knowledge: shop.revision,
      ...(shop.settings !== undefined && { settings: shop.settings }),
      ...(mode === 'shadow' && { shadow: said.isWatching && said.action === 'draft' ? 'auto' : said.action }),
    },
    change: {
      memory: mode === 'shadow' ? keptApart(next, conversation.memory) : next,
      ...(dueAt !== undefined && { dueAt }),
    },
  };
}

/**
 * Why what is haggled for is a person's.
 * @param stepsIn for agents who are there: their drafts name what they may give, so that the bot must not refuse it
 */
function whyBeyond(haggling: Haggled | undefined, stepsIn: boolean): Reason | undefined {
  if (haggling?.outcome === 'beyond') return haggling.because.at(-1);
  return stepsIn && haggling?.agentMay === true ? reason('haggling_agents_turn') : undefined;
}

/** Two stages may have the same reason. */
function eachOnce(because: readonly Reason[]): readonly Reason[] {
  return because.filter(
    (one, at) =>
      because.findIndex((other) => other.code === one.code && JSON.stringify(other.values) === JSON.stringify(one.values)) === at,
  );
}
