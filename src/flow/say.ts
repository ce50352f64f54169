/** From a decision to what is said: composed, checked, and held where it cannot be said for sure. Pure. */
import type { CheckContext } from '../compliance/rule.js';
import { type Composed, type ComposedText, type ComposeInput, compose } from '../composing/compose.js';
import type { Fact } from '../composing/facts.js';
import type { Action, Conversation, Decision, Instant, Reason, Reply, Understanding } from '../conversation.js';
import type { BotMode } from '../policy/bot-mode.js';
import { type Allowed, moreCautious } from '../policy/decide.js';
import type { Haggled } from '../policy/haggling.js';
import { isOrderingAccount, orderToTell } from '../policy/order-facts.js';
import type { Duty } from '../policy/schedule.js';
import { reason } from '../reasons.js';
import { facts } from '../shop/facts.js';
import type { Shop } from '../shop/shop.js';
import { checkReply } from './check-reply.js';
import type { Heard } from './heard.js';

/** Everything that what is said depends on, beside the decision. */
export interface Scene {
  readonly shop: Shop;
  readonly conversation: Conversation;
  readonly heard: Heard;
  readonly haggling: Haggled | undefined;
  readonly duty: Duty;
  /** An agent is there and will answer. */
  readonly isAttended: boolean;
  readonly mode: BotMode;
  /** When a person answers, in words. */
  readonly opening: string;
  readonly now: Instant;
  /** Id of the Answer; ids of its replies are made from it. */
  readonly id: string;
}

export interface Said {
  readonly action: Action;
  readonly replies: readonly Reply[];
  readonly open: readonly string[];
  readonly because: readonly Reason[];
  /** Shadow mode off duty: the replies are those that would have gone out. */
  readonly isWatching?: boolean;
}

/** Composes what was decided and checks it; what cannot be said for sure becomes a holding reply off duty. */
export function say(decision: Decision, scene: Scene): Said {
  const { shop, duty, mode, isAttended } = scene;
  const { understanding, memory, item } = scene.heard;
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
  const buyer = scene.conversation.buyer.id;
  const asksOfAnother = understanding.intents.some((one) => shop.intents.get(one.id)?.othersOrder === true);
  const order = orderToTell(memory, buyer, understanding.slots, asksOfAnother);
  // The bot steps in: agents are there, but none is free.
  const isBusy = duty.onDuty && !isAttended;
  const factsBy = (byAgent: boolean) =>
    facts({
      parameters: shop.parameters,
      understanding,
      ...(item === undefined ? {} : { item }),
      ...(order === undefined ? {} : { order }),
      now: scene.now,
      opening: scene.opening,
      byAgent,
      isBusy,
      before: scene.heard.thread.lastIntents,
      trouble: scene.heard.thread.trouble,
      haggling: scene.haggling,
    });
  const known = factsBy(isDraft);
  const context = checkedAs(known.cod, asksOfAnother ? false : isOrderingAccount(memory, buyer));
  const input: ComposeInput = {
    decision,
    understanding: heard,
    facts: known,
    book: shop.book,
    limit: isDraft ? bot.draftCharacters : bot.replyCharacters,
    avoid: memory.lastTexts,
    seed: seedOf(scene.conversation.id, scene.conversation.version),
    busy: isBusy,
    forPerson: heard.intents.map(({ id }) => id).filter((id) => allowed(shop, id) === 'handoff'),
  };
  const composeAs = (as: Decision): Composed =>
    compose({ ...input, decision: isWatching && as.action === 'draft' ? { ...as, action: 'auto' } : as });
  const because: Reason[] = [];
  // An agent takes the matter in hand: words of the agent's own, never those that put the buyer off until somebody is there.
  const composed = composeAs(isDraft ? { ...decision, action: 'draft', kind: 'answer' } : decision);
  because.push(...composed.because);
  const replies = checked(composed.texts, shop, context, scene.id, delivery, because);
  // Whatever a rule finds, a hint too, is for a person to weigh.
  const isSound = composed.eligible && replies.every((reply) => reply.findings.length === 0);
  const openIntents = understanding.intents.map((intent) => intent.id);

  if (isDraft) return { action: decision.action, replies, open: composed.open, because };
  if (decision.kind === 'answer' && isSound && replies.length > 0) {
    const left =
      duty.onDuty && !isWatching
        ? draftsForLeft(composed, { ...input, facts: factsBy(true), limit: bot.draftCharacters }, shop)
        : [];
    // What a rule finds in them is for the agent to weigh, and no reason of this answer.
    const beside = checked(left, shop, context, scene.id, 'suggest', [], replies.length);
    return { action: decision.action, replies: [...replies, ...beside], open: composed.open, because, isWatching };
  }

  // Off duty and unsure is never silence: one holding reply a closed period, and the matter goes to a person.
  const action = duty.onDuty ? decision.action : moreCautious(decision.action, 'handoff');
  if (memory.heldPeriod !== undefined && memory.heldPeriod === duty.closedSince) {
    because.push(reason('held_already'));
    return { action, replies: [], open: openIntents, because };
  }
  const held = decision.kind === 'holding' ? composed : composeAs({ ...decision, action, kind: 'holding' });
  if (held !== composed) because.push(...held.because);
  const holding = checked(held.texts, shop, context, scene.id, delivery, because).filter((reply) =>
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

/** What the rules must know of this turn: cash on delivery as told of the item in question, order facts as this account may hear them. */
function checkedAs(cod: Fact | undefined, orderOwner: boolean | undefined): Turn {
  return {
    ...(cod === 'yes' || cod === 'no' ? { codEnabled: cod === 'yes' } : {}),
    ...(orderOwner === undefined ? {} : { orderOwner }),
  };
}

type Turn = Pick<CheckContext, 'codEnabled' | 'orderOwner'>;

/** @param before so many replies of the Answer have ids already */
function checked(
  texts: readonly ComposedText[],
  shop: Shop,
  context: Turn,
  answerId: string,
  delivery: Reply['delivery'],
  because: Reason[],
  before = 0,
): readonly Reply[] {
  return texts.map((one, index) => {
    const findings = checkReply(one.text, shop, context);
    for (const finding of findings) because.push(reason('finding', { rule: finding.rule }));
    return { id: `${answerId}_${before + index + 1}`, delivery, findings, ...one };
  });
}

/** The bot stepped in for agents who are there, and leaves something to them: drafts for it, which say what it did not say. */
function draftsForLeft({ texts, open }: Composed, input: ComposeInput, shop: Shop): readonly ComposedText[] {
  if (open.length === 0) return [];
  const understanding = withoutSwitchedOff(leftOf(input.understanding, open), shop);
  const decision: Decision = { ...input.decision, action: 'draft', kind: 'answer', short: false, leaves: [], apart: [] };
  const said = new Set(texts.flatMap(({ template }) => template.split('+')));
  const avoid = [...input.avoid, ...texts.map(({ text }) => text)];
  // That what is left was seen the bot has said itself.
  return compose({ ...input, decision, understanding, avoid, busy: false }).texts.filter(
    ({ kind, template }) => kind === 'answer' && template.split('+').some((one) => !said.has(one)),
  );
}

/** What was asked beside all that was understood (`none`) may belong to any of it. */
export function leftOf(understanding: Understanding, open: readonly string[]): Understanding {
  if (open.includes('none')) return understanding;
  return { ...understanding, intents: understanding.intents.filter(({ id }) => open.includes(id)) };
}

/** What the shop has switched off is not drafted either. */
function withoutSwitchedOff(understanding: Understanding, shop: Shop): Understanding {
  return { ...understanding, intents: understanding.intents.filter((intent) => allowed(shop, intent.id) !== 'off') };
}

/** The shop's word on one intent: its switch can only lower what the intent's file allows. */
export function allowed(shop: Shop, intent: string): Allowed {
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
