/**
 * The one place where the story is told: a turn in, its whole Answer and the conversation's next memory out. Pure: the same
 * turn, shop and moment give the same Answer. understand -> decide -> compose -> check, each with its `because`.
 */
import { check } from '../compliance/check.js';
import type { CheckContext } from '../compliance/rule.js';
import { type Composed, compose } from '../composing/compose.js';
import type { Fact } from '../composing/facts.js';
import type {
  Action,
  Answer,
  Conversation,
  Decision,
  Instant,
  Item,
  Memory,
  Message,
  Reason,
  Reply,
  Turn,
  Understanding,
} from '../conversation.js';
import { type BotMode, lowestMode } from '../policy/bot-mode.js';
import { cooldownKey, noteAnswered, timesAnswered } from '../policy/cooldown.js';
import { type Allowed, decide, moreCautious } from '../policy/decide.js';
import { type Haggled, stillKnown, withConceded } from '../policy/haggling.js';
import { openingWords } from '../policy/opening-words.js';
import { isOrderingAccount, orderNamed, orderToTell } from '../policy/order-facts.js';
import { isHeldByAgent } from '../policy/presence.js';
import { type Duty, dutyAt } from '../policy/schedule.js';
import { stepInAt, stepInBecause, steppedIn, waitsOn, withoutLast } from '../policy/step-in.js';
import { reason } from '../reasons.js';
import { facts, haggled, namedItem } from '../shop/facts.js';
import type { Shop } from '../shop/shop.js';
import type { Away, ConversationChange } from '../storage/storage.js';
import { pointsAtPage, threadAfter, threadAt } from '../understanding/thread.js';
import { understand } from '../understanding/understand.js';

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
  const messages = withoutRecalled(waited === undefined ? turn.messages : (turn.waiting ?? []));
  const before = remembered(mode === 'shadow' ? asIfSent(conversation.memory) : conversation.memory, messages);
  const thread = waited === undefined ? threadAt(before, now) : { ...waited, isFresh: true };
  const understanding = understand(spoken(messages), shop.model, {
    lastIntents: thread.lastIntents,
    lastSlots: thread.lastSlots,
    ...(thread.lastFacets === undefined ? {} : { lastFacets: thread.lastFacets }),
    isNewItem: before.item?.id !== conversation.memory.item?.id,
    today: shop.today(now),
  });
  const named = namedItem(shop.parameters, understanding.text) ?? (thread.isFresh ? before.named : undefined);
  const { named: _named, ...others } = before;
  const memory: Memory = named === undefined ? others : { ...others, named };
  const item = topicOf(memory, understanding);
  const duty = dutyAt(shop.parameters.hours, timeZone, moment.away, now);
  const opening = openingWords(duty.nextOpening, now, timeZone, 'zh');
  const haggling = haggled(shop.parameters, understanding, { ...memory, item }, now);
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
    beyond: haggling?.outcome === 'beyond' ? haggling.because.at(-1) : undefined,
  });
  const isAttended = isHeldByAgent(memory, now) || (duty.onDuty && waited === undefined);
  const said = say(decision, understanding, haggling, duty, isAttended, opening, item, memory, shop, moment, conversation, mode);
  const isSwitched = mode !== bot.mode;

  const sent = said.isWatching ? said.replies : said.replies.filter((reply) => reply.delivery === 'send');
  const isHolding = sent.some((reply) => reply.kind === 'holding');
  const isAnswer = sent.some((reply) => reply.kind === 'answer');
  const { heldPeriod, waiting: _waiting, haggling: haggledBefore, shadow: _shadow, ...rest } = memory;
  const isTold = sent.some((reply) => reply.kind === 'answer' && reply.intents.includes('haggling'));
  const hagglingNext = hagglingAfter(haggledBefore, haggling, isTold, now);
  // On duty there is no closed period that a word of patience could have been said for.
  const period = isHolding ? (duty.closedSince ?? heldPeriod) : heldPeriod;
  const waiting =
    waited === undefined
      ? waitingAfter(
          turn,
          { ...memory, lastIntents: thread.lastIntents, lastSlots: thread.lastSlots },
          messages,
          isAttended && said.action !== 'silent',
          !isAttended && said.replies.length > 0,
          shop,
          moment,
        )
      : steppedIn(waited, now);
  const next: Memory = {
    ...rest,
    ...(period === undefined ? {} : { heldPeriod: period }),
    ...(hagglingNext === undefined ? {} : { haggling: hagglingNext }),
    answered: isAnswer ? noteAnswered(memory, key, now, bot.cooldownMinutes) : memory.answered,
    // Words that were understood before count once.
    ...(waited === undefined && {
      misunderstood: misunderstoodAfter(memory, understanding, said.action),
      ...threadAfter(thread, understanding, shop.model, now),
    }),
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
      ...(mode === 'shadow' && { shadow: said.isWatching && said.action === 'draft' ? 'auto' : said.action }),
    },
    change: {
      memory: mode === 'shadow' ? keptApart(next, conversation.memory) : next,
      ...(dueAt !== undefined && { dueAt }),
    },
  };
}

interface Said {
  readonly action: Action;
  readonly replies: readonly Reply[];
  readonly open: readonly string[];
  readonly because: readonly Reason[];
  /** Shadow mode off duty: the replies are those that would have gone out. */
  readonly isWatching?: boolean;
}

/**
 * In shadow mode the bot goes on as if its replies had been sent, or it would hold the same buyer again and again; the
 * memory of what really went out stays as it is beside it, so that nothing is missing when the mode is back.
 */
function asIfSent(memory: Memory): Memory {
  return { ...memory, ...memory.shadow };
}

function keptApart(next: Memory, real: Memory): Memory {
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
function waitingAfter(
  turn: Turn,
  memory: Memory,
  standing: readonly Message[],
  isLeft: boolean,
  isAnswered: boolean,
  shop: Shop,
  moment: Moment,
): Memory['waiting'] {
  const { stepIn, keepStillMinutes } = shop.parameters.bot;
  if (stepIn === undefined || isAnswered) return undefined;
  // A recall at the head of a burst takes back what was drafted for before.
  const recalls = turn.messages.findIndex((message) => message.type !== 'recall');
  const before = withoutLast(memory.waiting, recalls < 0 ? turn.messages.length : recalls);
  return isLeft ? waitsOn(before, memory, standing, moment.id, keepStillMinutes) : before;
}

/** Composes what was decided and checks it; what cannot be said for sure becomes a holding reply off duty. */
function say(
  decision: Decision,
  understanding: Understanding,
  haggling: Haggled | undefined,
  duty: Duty,
  isAttended: boolean,
  opening: string,
  item: Item | undefined,
  memory: Memory,
  shop: Shop,
  moment: Moment,
  conversation: Conversation,
  mode: BotMode,
): Said {
  if (decision.action === 'silent' || decision.kind === undefined) {
    // A bot that is stopped hears on: what it would have seen to is left to a person.
    const left = mode === 'off' ? understanding.intents.filter((intent) => allowed(shop, intent.id) !== 'silent') : [];
    return { action: 'silent', replies: [], open: left.map((intent) => intent.id), because: [] };
  }
  const { bot } = shop.parameters;
  // Where an agent is at work or the bot only watches, nothing goes out by itself, not even a holding reply.
  // Shadow mode writes what would be sent, within the limit of what is sent, and keeps it back.
  const isWatching = mode === 'shadow' && !isAttended;
  const isDraft = isAttended || (decision.action === 'draft' && !isWatching);
  const delivery = isDraft || isWatching ? 'suggest' : 'send';
  const heard = isDraft ? withoutSwitchedOff(understanding, shop) : understanding;
  if (heard.intents.length === 0 && understanding.intents.length > 0) {
    return {
      action: decision.action,
      replies: [],
      open: understanding.intents.map((one) => one.id),
      because: [reason('switched_off')],
    };
  }
  const buyer = conversation.buyer.id;
  const asksOfAnother = understanding.intents.some((one) => shop.intents.get(one.id)?.othersOrder === true);
  const order = orderToTell(memory, buyer, understanding.slots, asksOfAnother);
  const known = facts({
    parameters: shop.parameters,
    understanding,
    ...(item === undefined ? {} : { item }),
    ...(order === undefined ? {} : { order }),
    now: moment.now,
    opening,
    haggling,
  });
  const context = checkContext(shop.checkContext, known.cod, asksOfAnother ? false : isOrderingAccount(memory, buyer));
  const composeAs = (as: Decision): Composed =>
    compose({
      decision: isWatching && as.action === 'draft' ? { ...as, action: 'auto' } : as,
      understanding: heard,
      facts: known,
      book: shop.book,
      limit: isDraft ? bot.draftCharacters : bot.replyCharacters,
      avoid: memory.lastTexts,
      seed: seedOf(conversation.id, conversation.version),
      busy: duty.onDuty && !isAttended,
    });
  const because: Reason[] = [];
  const composed = composeAs(decision);
  because.push(...composed.because);
  const replies = checked(composed, shop, context, moment.id, delivery, because);
  const isSound = composed.eligible && replies.every((reply) => reply.findings.every((finding) => finding.severity === 'hint'));
  const openIntents = understanding.intents.map((intent) => intent.id);

  if (isDraft) return { action: decision.action, replies, open: composed.open, because };
  if (decision.kind === 'answer' && isSound && replies.length > 0)
    return { action: decision.action, replies, open: composed.open, because, isWatching };

  // Off duty and unsure is never silence: one holding reply a closed period, and the matter goes to a person.
  const action = duty.onDuty ? decision.action : moreCautious(decision.action, 'handoff');
  if (memory.heldPeriod !== undefined && memory.heldPeriod === duty.closedSince) {
    because.push(reason('held_already'));
    return { action, replies: [], open: openIntents, because };
  }
  const held = decision.kind === 'holding' ? composed : composeAs({ ...decision, action, kind: 'holding' });
  if (held !== composed) because.push(...held.because);
  const holding = checked(held, shop, context, moment.id, delivery, because).filter((reply) =>
    reply.findings.every((finding) => finding.severity === 'hint'),
  );
  if (holding.length === 0) because.push(reason('no_holding'));
  const isMute = holding.length === 0;
  return {
    action: isMute ? moreCautious(action, 'handoff') : action,
    replies: holding.slice(0, 1),
    open: openIntents,
    because,
    isWatching,
  };
}

/** The rules' context for this turn: cash on delivery as told of the item in question, order facts as this account may hear them. */
function checkContext(ofShop: CheckContext, cod: Fact | undefined, orderOwner: boolean | undefined): CheckContext {
  return {
    ...ofShop,
    ...(cod === 'yes' || cod === 'no' ? { codEnabled: cod === 'yes' } : {}),
    ...(orderOwner === undefined ? {} : { orderOwner }),
  };
}

function checked(
  composed: Composed,
  shop: Shop,
  context: CheckContext,
  answerId: string,
  delivery: Reply['delivery'],
  because: Reason[],
): readonly Reply[] {
  return composed.texts.map((one, index) => {
    const findings = check(one.text, context, shop.rules);
    for (const finding of findings) if (finding.severity !== 'hint') because.push(reason('finding', { rule: finding.rule }));
    return { id: `${answerId}_${index + 1}`, delivery, findings, ...one };
  });
}

/** Two stages may have the same reason. */
function eachOnce(because: readonly Reason[]): readonly Reason[] {
  return because.filter(
    (one, at) =>
      because.findIndex((other) => other.code === one.code && JSON.stringify(other.values) === JSON.stringify(one.values)) === at,
  );
}

/** A recall takes back the buyer's message before it. */
function withoutRecalled(messages: readonly Message[]): readonly Message[] {
  if (!messages.some((message) => message.type === 'recall')) return messages;
  const standing: Message[] = [];
  for (const message of messages) {
    if (message.type === 'recall') standing.pop();
    else standing.push(message);
  }
  return standing;
}

function spoken(messages: readonly Message[]): string {
  if (messages.length === 1) return messages[0]!.type === 'sticker' ? '' : messages[0]!.text;
  return messages
    .filter((message) => message.type !== 'sticker' && message.text !== '')
    .map((message) => message.text)
    .join('\n');
}

/** The focus item and order that the newest messages name. */
function remembered(memory: Memory, messages: readonly Message[]): Memory {
  let { item } = memory;
  for (const message of messages) {
    item = message.item ?? item;
  }
  const named = orderNamed(memory, messages);
  if (item === memory.item && named.order === memory.order && named.orderOf === memory.orderOf) return memory;
  if (item?.id !== memory.item?.id) {
    // Another page is another topic.
    const { named: _, ...rest } = memory;
    memory = rest;
  }
  return { ...memory, ...(item === undefined ? {} : { item }), ...named };
}

/** The product that the turn is about: the one named last, unless the words point at the page or nothing was named. */
function topicOf({ item, named }: Memory, { intents, text }: Understanding): Item | undefined {
  if (named === undefined || item === undefined) return named ?? item;
  const isCarried = intents.some((intent) => intent.by === 'context');
  return isCarried || !pointsAtPage(text) ? named : item;
}

/** What is remembered of the haggling; a price counts as conceded once it goes out to the buyer. */
function hagglingAfter(
  before: Memory['haggling'],
  haggling: Haggled | undefined,
  isTold: boolean,
  now: Instant,
): Memory['haggling'] {
  if (haggling === undefined) return stillKnown(before, '', now);
  return isTold ? withConceded(haggling) : haggling.memory;
}

/** 好吧 after haggling: the buyer is of the generous kind and needs no answer. */
function droppedBecause(memory: Memory, { intents }: Understanding, action: Action, now: Instant): readonly Reason[] {
  const isDrop = action === 'silent' && intents.length > 0 && stillKnown(memory.haggling, '', now) !== undefined;
  return isDrop ? [reason('haggling_dropped')] : [];
}

function misunderstoodAfter(memory: Memory, understanding: Understanding, action: Action): number {
  if (understanding.intents.length > 0) return 0;
  return action === 'silent' ? memory.misunderstood : memory.misunderstood + 1;
}

/** What the shop has switched off is not drafted either. */
function withoutSwitchedOff(understanding: Understanding, shop: Shop): Understanding {
  return { ...understanding, intents: understanding.intents.filter((intent) => allowed(shop, intent.id) !== 'off') };
}

/** The shop's word on one intent: its switch can only lower what the intent's file allows. */
function allowed(shop: Shop, intent: string): Allowed {
  const most = shop.intents.get(intent)?.most ?? 'draft';
  const chosen = shop.parameters.intents[intent];
  if (chosen === undefined || chosen === 'auto') return most;
  if (chosen === 'off') return most === 'handoff' || most === 'silent' ? most : 'off';
  return most === 'auto' ? 'draft' : most;
}

/** Wordings vary between conversations but not for one turn. */
function seedOf(conversation: string, version: number): number {
  let hash = 0x811c9dc5 ^ version;
  for (let i = 0; i < conversation.length; i++) hash = Math.imul(hash ^ conversation.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
