/**
 * The one place where the story is told: a turn in, its whole Answer and the conversation's next memory out. Pure: the same
 * turn, shop and moment give the same Answer. understand -> decide -> compose -> check, each with its `because`.
 */
import { check } from '../compliance/check.js';
import { type Composed, compose } from '../composing/compose.js';
import type {
  Action,
  Answer,
  Conversation,
  Decision,
  Instant,
  Memory,
  Message,
  Reason,
  Reply,
  Turn,
  Understanding,
} from '../conversation.js';
import { cooldownKey, noteAnswered, timesAnswered } from '../policy/cooldown.js';
import { type Allowed, decide, moreCautious } from '../policy/decide.js';
import { openingWords } from '../policy/opening-words.js';
import { isHeldByAgent } from '../policy/presence.js';
import { type Duty, dutyAt } from '../policy/schedule.js';
import { reason } from '../reasons.js';
import { facts } from '../shop/facts.js';
import type { Shop } from '../shop/shop.js';
import type { Away, ConversationChange } from '../storage/storage.js';
import { threadAfter } from '../understanding/thread.js';
import { understand } from '../understanding/understand.js';

export interface Answered {
  readonly answer: Answer;
  readonly change: ConversationChange;
}

/** What answer() needs beside the turn and the shop. */
export interface Moment {
  readonly now: Instant;
  readonly away: Away | undefined;
  /** Id of the Answer; ids of its replies are made from it. */
  readonly id: string;
}

const mostTextsRemembered = 6;

export function answer(turn: Turn, shop: Shop, moment: Moment): Answered {
  const { conversation } = turn;
  const { now } = moment;
  const { bot, timeZone } = shop.parameters;
  const messages = withoutRecalled(turn.messages);
  const memory = remembered(conversation.memory, messages);

  const understanding = understand(spoken(messages), shop.model, {
    lastIntents: memory.lastIntents,
    lastSlots: memory.lastSlots,
    ...(memory.item === undefined ? {} : { item: memory.item }),
    today: shop.today(now),
  });
  const duty = dutyAt(shop.parameters.hours, timeZone, moment.away, now);
  const opening = openingWords(duty.nextOpening, now, timeZone, 'zh');
  const key = cooldownKey(conversation.buyer.id, understanding, memory.item);
  const newest = messages.at(-1);
  const decision = decide({
    understanding,
    duty,
    memory,
    now,
    types: messages.map((message) => message.type),
    newestSentAt: newest?.sentAt ?? now,
    newestReceivedAt: newest?.receivedAt ?? now,
    mode: bot.mode,
    staleMinutes: bot.staleMinutes,
    allowed: (intent) => allowed(shop, intent),
    timesAnswered: timesAnswered(memory, key, now, bot.cooldownMinutes),
  });
  const said = say(decision, understanding, duty, opening, memory, shop, moment, conversation);

  const sent = said.replies.filter((reply) => reply.delivery === 'send');
  const isHolding = sent.some((reply) => reply.kind === 'holding');
  const isAnswer = sent.some((reply) => reply.kind === 'answer');
  const { heldPeriod, ...rest } = memory;
  const period = isHolding ? duty.closedSince : heldPeriod;
  const next: Memory = {
    ...rest,
    ...(period === undefined ? {} : { heldPeriod: period }),
    answered: isAnswer ? noteAnswered(memory, key, now, bot.cooldownMinutes) : memory.answered,
    misunderstood: misunderstoodAfter(memory, understanding, said.action),
    ...threadAfter(memory, understanding, shop.model),
    lastTexts: [...memory.lastTexts, ...sent.map((reply) => reply.text)].slice(-mostTextsRemembered),
  };
  return {
    answer: {
      id: moment.id,
      conversation: conversation.id,
      action: said.action,
      because: eachOnce([...understanding.because, ...decision.because, ...said.because]),
      understanding,
      replies: said.replies,
      inReplyTo: turn.messages.map((message) => message.id),
      open: said.open,
      at: now,
      knowledge: shop.revision,
      ...(shop.settings === undefined ? {} : { settings: shop.settings }),
    },
    change: { memory: next },
  };
}

interface Said {
  readonly action: Action;
  readonly replies: readonly Reply[];
  readonly open: readonly string[];
  readonly because: readonly Reason[];
}

/** Composes what was decided and checks it; what cannot be said for sure becomes a holding reply off duty. */
function say(
  decision: Decision,
  understanding: Understanding,
  duty: Duty,
  opening: string,
  memory: Memory,
  shop: Shop,
  moment: Moment,
  conversation: Conversation,
): Said {
  if (decision.action === 'silent' || decision.kind === undefined)
    return { action: 'silent', replies: [], open: [], because: [] };
  const { bot } = shop.parameters;
  // Where an agent is at work or the bot only watches, nothing goes out by itself, not even a holding reply.
  const isAttended = duty.onDuty || isHeldByAgent(memory, moment.now);
  // Shadow mode writes what would be sent, within the limit of what is sent, and keeps it back.
  const isWatching = bot.mode === 'shadow' && !isAttended;
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
  const known = facts({
    parameters: shop.parameters,
    understanding,
    ...(memory.item === undefined ? {} : { item: memory.item }),
    ...(memory.order === undefined ? {} : { order: memory.order }),
    now: moment.now,
    opening,
  });
  const composeAs = (as: Decision): Composed =>
    compose({
      decision: isWatching && as.action === 'draft' ? { ...as, action: 'auto' } : as,
      understanding: heard,
      facts: known,
      book: shop.book,
      limit: isDraft ? bot.draftCharacters : bot.replyCharacters,
      avoid: memory.lastTexts,
      seed: seedOf(conversation.id, conversation.version),
    });
  const because: Reason[] = [];
  const composed = composeAs(decision);
  because.push(...composed.because);
  const replies = checked(composed, shop, moment.id, delivery, because);
  const isSound = composed.eligible && replies.every((reply) => reply.findings.every((finding) => finding.severity === 'hint'));
  const openIntents = understanding.intents.map((intent) => intent.id);

  if (isDraft) return { action: decision.action, replies, open: composed.open, because };
  if (decision.kind === 'answer' && isSound && replies.length > 0)
    return { action: decision.action, replies, open: composed.open, because };

  // Off duty and unsure is never silence: one holding reply a closed period, and the matter goes to a person.
  const action = moreCautious(decision.action, 'handoff');
  if (memory.heldPeriod !== undefined && memory.heldPeriod === duty.closedSince) {
    because.push(reason('held_already'));
    return { action, replies: [], open: openIntents, because };
  }
  const held = decision.kind === 'holding' ? composed : composeAs({ ...decision, action, kind: 'holding' });
  if (held !== composed) because.push(...held.because);
  const holding = checked(held, shop, moment.id, delivery, because).filter((reply) =>
    reply.findings.every((finding) => finding.severity === 'hint'),
  );
  if (holding.length === 0) because.push(reason('no_holding'));
  return { action, replies: holding.slice(0, 1), open: openIntents, because };
}

function checked(
  composed: Composed,
  shop: Shop,
  answerId: string,
  delivery: Reply['delivery'],
  because: Reason[],
): readonly Reply[] {
  return composed.texts.map((one, index) => {
    const findings = check(one.text, shop.checkContext, shop.rules);
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
  let { item, order } = memory;
  for (const message of messages) {
    item = message.item ?? item;
    order = message.order ?? order;
  }
  if (item === memory.item && order === memory.order) return memory;
  return { ...memory, ...(item === undefined ? {} : { item }), ...(order === undefined ? {} : { order }) };
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
