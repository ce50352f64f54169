/** A conversation as the desk is told it: put together once, for whoever of the shop looks. */

import { isVisitorPlace } from '../connectors/web-visitor.js';
import type { Answer, Instant, Reason } from '../conversation.js';
import { type Clocks, clocksOf } from '../desk/clocks.js';
import { shownState } from '../desk/delivery-state.js';
import { draftsOf } from '../desk/drafts.js';
import { undelivered } from '../desk/undelivered.js';
import { urgencyOf } from '../desk/urgency.js';
import { isOrderingAccount } from '../policy/order-facts.js';
import { becauseWords, type Language, reasonWords } from '../reasons.js';
import type { BuyerCard, DeskLine, DeskView, ReplyDelivery } from '../storage/desk.js';
import type { DeskConversationOnTheWire } from './desk-schemas.js';
import type { ShopAtWork } from './flow-port.js';

/** What a conversation is looked at with. */
export interface DeskGround {
  readonly shop: ShopAtWork;
  readonly haltedAt: Instant | undefined;
  readonly language: Language;
  readonly now: Instant;
  /** Position of the last message that who looks has seen. */
  readonly seen: number;
  /** When the stock of a product last became another; without one, of any. */
  readonly stockChangedAt: (product?: string) => Instant | undefined;
  /** What would be answered if the buyer wrote no more. */
  readonly foreseen?: Answer | undefined;
}

type Line = DeskConversationOnTheWire['lines'][number];

export function deskOnTheWire(view: DeskView, ground: DeskGround): DeskConversationOnTheWire {
  const { conversation, desk, seq, card } = view;
  const { foreseen } = ground;
  const answers = foreseen === undefined ? view.answers : [...view.answers, foreseen];
  const { memory, buyer } = conversation;
  const { desk: targets, timeZone } = ground.shop.parameters;
  const clocks = clocksOf(memory, targets, timeZone);
  const lines = view.lines.map((line) => lineOnTheWire(line, conversation.id, ground.haltedAt));
  const failed = undelivered(lines);
  const isClosed =
    desk.closed !== undefined &&
    desk.holder === undefined &&
    clocks === undefined &&
    (failed === undefined || failed.id === desk.closed.undelivered);
  const failedAt = failed === undefined || isClosed ? undefined : Date.parse(failed.at);
  const urgency = urgencyOf(clocks, targets, view.lines.at(-1)?.at ?? 0, ground.now, failedAt);
  const { humanSpokeAt, item, order } = memory;
  const { knowledge, stockTemplates } = ground.shop;
  const stockChangedAt = ground.stockChangedAt(item?.id);
  const drafts = draftsOf(answers, { humanSpokeAt, haltedAt: ground.haltedAt, knowledge, stockChangedAt, stockTemplates });
  const isOwner = isOrderingAccount(memory, buyer.id);
  return {
    id: conversation.id,
    seq,
    connector: conversation.connector,
    state: isClosed ? 'closed' : 'open',
    buyer: { id: buyer.id, ...(buyer.name !== undefined && { name: buyer.name }), ...cardOnTheWire(card) },
    ...(item !== undefined && { item }),
    ...(order !== undefined && {
      order: {
        id: order.id,
        ...(order.status !== undefined && { status: order.status }),
        ...(isOwner !== undefined && { isOrderingAccount: isOwner }),
      },
    }),
    ...(desk.holder !== undefined && { holder: { ...desk.holder, since: iso(desk.holder.since) } }),
    ...(desk.note !== undefined && { note: { ...desk.note, at: iso(desk.note.at) } }),
    ...(isClosed && { closed: { by: desk.closed!.by, at: iso(desk.closed!.at) } }),
    ...(clocks !== undefined && { clocks: clocksOnTheWire(clocks) }),
    urgency: {
      level: urgency.level,
      because: becauseWords(urgency.because, ground.language),
      reasons: reasonsOf(urgency.because),
    },
    unread: unreadOf(view.lines, ground.seen),
    intents: answers.at(-1)?.understanding.intents.map((intent) => intent.id) ?? [],
    lines,
    hasEarlier: view.hasEarlier,
    drafts: drafts.standing.map(({ answer, reply }) => ({
      id: reply.id,
      answerId: answer.id,
      text: reply.text,
      characters: reply.characters,
      intents: [...reply.intents],
      template: reply.template,
      findings: [...reply.findings],
      because: becauseWords(answer.because, ground.language),
      reasons: reasonsOf(answer.because),
      open: openBeside(answer, drafts.open).filter((id) => !reply.intents.includes(id)),
      at: iso(answer.at),
      ...(answer === foreseen && { provisional: true }),
    })),
    draftsPending: conversation.firstUnansweredAt !== undefined,
    withdrawn: drafts.withdrawn.map(({ id, because }) => ({
      id,
      because: reasonWords(because, ground.language),
      code: because.code,
    })),
  };
}

/** All that is asked: in what the draft is to, and in what has no draft. A bot that stepped in has answered some of it. */
function openBeside({ understanding, replies, open }: Answer, others: readonly string[]): readonly string[] {
  const isPartSaid = replies.some(({ delivery }) => delivery === 'send');
  const own = isPartSaid ? open : understanding.intents.map(({ id }) => id);
  const asksMore = understanding.because.some(({ code }) => /^(?:part_not_understood|several_(?:places|variants))$/.test(code));
  return [...new Set([...own, ...others, ...(asksMore ? ['none'] : [])])];
}

export function cardOnTheWire({ nickname, note, group, version }: BuyerCard) {
  return {
    ...(nickname !== undefined && { nickname }),
    ...(note !== undefined && { note }),
    ...(group !== undefined && { group }),
    version,
  };
}

/** Id of the reply that did not reach the buyer. */
export function undeliveredOf({ lines, conversation }: DeskView): string | undefined {
  return undelivered(lines.map((line) => lineOnTheWire(line, conversation.id, undefined)))?.id;
}

function lineOnTheWire(line: DeskLine, conversation: string, haltedAt: Instant | undefined): Line {
  if (line.from === 'message') {
    const { id, author, type, text } = line.message;
    return { from: author, id, position: line.position, type, text, at: iso(line.at) };
  }
  const { reply, delivery } = line;
  // Readers of the feed pass over what visitors of the web chat fetch themselves, and over what the kill switch stopped.
  const isStopped = reply.kind !== 'agent' && haltedAt !== undefined && line.at <= haltedAt;
  const isHanded = delivery.isTaken === true && !isVisitorPlace(conversation) && !isStopped;
  return {
    from: reply.kind === 'agent' ? 'desk' : 'bot',
    id: reply.id,
    type: 'text',
    text: reply.text,
    at: iso(line.at),
    kind: reply.kind,
    ...(reply.kind === 'agent' && { author: reply.author, ...(reply.retryOf !== undefined && { retryOf: reply.retryOf }) }),
    delivery: {
      state: shownState(
        delivery.state,
        delivery.receipts.map((receipt) => receipt.state),
        isHanded,
      ),
      ...because(delivery),
      ...(delivery.retriedAs !== undefined && { retriedAs: delivery.retriedAs }),
    },
  };
}

/** Why it did not go out, or why the platform did not bring it. */
function because({ because: outgoing, receipts }: ReplyDelivery): { readonly because?: string } {
  const why = outgoing ?? receipts.find(({ state }) => state === 'failed')?.error;
  return why === undefined ? {} : { because: why };
}

/** Of the lines shown: what the buyer wrote since somebody of the shop spoke, and since who looks has looked. */
function unreadOf(lines: readonly DeskLine[], seen: number): number {
  let unread = 0;
  for (const line of lines) {
    if (line.from === 'reply') unread = line.reply.kind === 'agent' ? 0 : unread;
    else if (line.message.author === 'agent') unread = 0;
    else if (line.message.author === 'buyer' && line.position > seen) unread += 1;
  }
  return unread;
}

function clocksOnTheWire(clocks: Clocks): NonNullable<DeskConversationOnTheWire['clocks']> {
  const { since, messages, isForPerson, averageBy, firstAnswerBy, ruleBy } = clocks;
  return {
    since: iso(since),
    messages,
    forPerson: isForPerson,
    averageBy: iso(averageBy),
    ...(firstAnswerBy !== undefined && { firstAnswerBy: iso(firstAnswerBy) }),
    ...(ruleBy !== undefined && { ruleBy: iso(ruleBy) }),
  };
}

function reasonsOf(because: readonly Reason[]): DeskConversationOnTheWire['urgency']['reasons'] {
  return because.map(({ code, values }) => (values === undefined ? { code } : { code, values: { ...values } }));
}

export function iso(at: Instant): string {
  return new Date(at).toISOString();
}
