/** What would be said at any moment: the calendar told ahead, and one question through the whole flow. Stores nothing. */
import { type Answer, type Conversation, emptyMemory, type Instant, type Item, type Message } from '../conversation.js';
import { openingWords } from '../policy/opening-words.js';
import { type DutyPreview, previewDuty } from '../policy/schedule-preview.js';
import type { Shop } from '../shop/shop.js';
import type { Away } from '../storage/storage.js';
import { answer, type Moment } from './answer.js';

export interface PreviewQuestion {
  readonly at: Instant;
  /** How far the changes are told. */
  readonly days: number;
  /** What a buyer writes then, in a conversation of its own; left out: the calendar alone. */
  readonly text?: string | undefined;
  /** The product page from which the buyer came, by its id in the shop's file. */
  readonly itemId?: string | undefined;
}

export interface Preview extends DutyPreview {
  /** The switch that was taken into account. */
  readonly away?: Away;
  /** When a person answers, in the words of a reply: 明早9点. Empty on duty, and where it is not known. */
  readonly openingWords: string;
  /** On duty, where the shop lets the bot step in: after so long a wait for an agent. */
  readonly stepInSeconds?: number;
  readonly answer?: Answer;
  /** On duty, where the shop lets the bot step in: what goes out when no agent has answered in time. */
  readonly stepIn?: Answer;
}

/** The switches to take into account; one of now holds for a moment to come as far as its end is not before it. */
export type Switches = Pick<Moment, 'away' | 'lowered'>;

export function preview(shop: Shop, { away, lowered }: Switches, { at, days, text, itemId }: PreviewQuestion): Preview {
  const { hours, timeZone, bot } = shop.parameters;
  const told = previewDuty(hours, timeZone, away, at, days);
  const common = {
    ...told,
    // An absence that is over by then is no news.
    ...(away !== undefined && (away.until ?? Number.POSITIVE_INFINITY) > at && { away }),
    ...(told.duty.onDuty && bot.stepIn !== undefined && { stepInSeconds: bot.stepIn.afterSeconds }),
    openingWords: openingWords(told.duty.nextOpening, at, timeZone, 'zh'),
  };
  if (text === undefined) return common;
  const message = asked(shop, text, itemId, at);
  const conversation: Conversation = {
    shop: shop.id,
    id: 'preview',
    connector: 'preview',
    buyer: message.buyer,
    // As it stands once the message is in: wordings are chosen by it.
    version: 1,
    memory: emptyMemory,
  };
  const first = answer({ conversation, messages: [message] }, shop, { now: at, away, lowered, id: 'preview' });
  const { memory, dueAt } = first.change;
  if (bot.stepIn === undefined || memory.waiting === undefined || dueAt === undefined) return { ...common, answer: first.answer };
  const waiting = { conversation: { ...conversation, version: 2, memory }, messages: [], waiting: [message] };
  const second = answer(waiting, shop, { now: dueAt, away, lowered, id: 'preview_step_in' });
  return { ...common, answer: first.answer, stepIn: second.answer };
}

function asked(shop: Shop, text: string, itemId: string | undefined, at: Instant): Message {
  const product = shop.parameters.products.find((one) => one.id === itemId);
  const item: Item | undefined = product && { id: product.id, title: product.title, priceYuan: product.priceYuan };
  return {
    shop: shop.id,
    connector: 'preview',
    id: 'preview_message',
    conversation: 'preview',
    buyer: { id: 'preview' },
    author: 'buyer',
    type: 'text',
    text,
    sentAt: at,
    receivedAt: at,
    ...(item !== undefined && { item }),
  };
}
