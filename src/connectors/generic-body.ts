/** What the generic webhook takes: one message, or up to a hundred. Unknown keys are left aside, so that callers may grow. */
import { z } from 'zod';
import type { Instant, Message } from '../conversation.js';
import { checkValue, pathWords } from '../zod-faults.js';
import type { FieldFault } from './connector.js';

export const mostMessages = 100;
/** UTF-16 units. */
export const mostCharacters = 4000;

const name = (description: string, example: string) =>
  z
    .string()
    .min(1)
    .max(128)
    .meta({ description, examples: [example] });

const itemSchema = z
  .object({
    id: name("the shop's own id of the product", 'SKU-1001'),
    title: z
      .string()
      .min(1)
      .max(500)
      .meta({ examples: ['羊毛衫'] }),
    price: z
      .number()
      .min(0)
      .max(1e9)
      .optional()
      .meta({ description: 'in yuan', examples: [199] }),
    url: z
      .string()
      .max(2048)
      .optional()
      .meta({ examples: ['https://shop.example/item/1001'] }),
  })
  .meta({ description: 'the product page from which the buyer writes' });

const orderSchema = z.object({
  id: name('order number', '202611110001'),
  status: z
    .string()
    .max(64)
    .optional()
    .meta({ examples: ['已发货'], description: 'as the buyer may read it' }),
  buyerId: name(
    'account that placed the order, by default the buyer whose message names it: its facts are told to nobody else',
    'buyer-1',
  ).optional(),
});

export const genericMessageSchema = z
  .object({
    id: name("the platform's own id of the message: the same id again is a duplicate, whatever the webhook id", 'm-1'),
    conversation: name('id of the conversation', 'c-1'),
    buyer: z.object({
      id: name('id of the buyer', 'b-1'),
      name: z
        .string()
        .max(128)
        .optional()
        .meta({ examples: ['小王'] }),
    }),
    author: z.enum(['buyer', 'agent', 'system']).default('buyer').meta({
      description: 'who wrote it. An `agent` (any human of the shop) makes the bot keep still; `system` tips never wake it',
    }),
    type: z.enum(['text', 'image', 'voice', 'video', 'card', 'sticker', 'recall']).default('text').meta({
      description: 'anything but `text` goes to a person; a `recall` cancels a pending answer',
    }),
    text: z
      .string()
      .max(mostCharacters)
      .optional()
      .meta({
        description: `the words, 1 to ${mostCharacters} characters; required for type \`text\``,
        examples: ['发什么快递，到新疆多少钱'],
      }),
    sentAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({
        description: 'when it was written, with offset; default: now. A message older than 15 minutes gets a holding reply',
        examples: ['2026-11-11T20:00:00+08:00'],
      }),
    item: itemSchema.optional(),
    order: orderSchema.optional(),
  })
  .refine((message) => (message.type ?? 'text') !== 'text' || (message.text ?? '') !== '', {
    path: ['text'],
    message: `write 1 to ${mostCharacters} characters, or name another type`,
    params: { problem: 'is missing or empty' },
    // Told together with the other faults of the message; a text of the wrong kind has its own.
    when: ({ value }) => isRecord(value) && (value.text === undefined || value.text === ''),
  })
  .meta({ description: 'one message of a conversation' });

type GenericMessage = z.output<typeof genericMessageSchema>;

/** What a whole body may be; checked entry by entry below, so that every fault is told with its place. */
export const genericBodySchema = z.union([genericMessageSchema, z.array(genericMessageSchema).min(1).max(mostMessages)]);

/** The messages of a parsed body, or all its faults. */
export function readBody(
  body: unknown,
  shop: string,
  now: Instant,
): { readonly messages: readonly Message[]; readonly faults: readonly FieldFault[] } {
  if (!Array.isArray(body)) {
    const checked = genericMessageSchema.safeParse(body);
    return checked.success
      ? { messages: [toMessage(checked.data, shop, now)], faults: [] }
      : { messages: [], faults: faultsIn(body, []) };
  }
  if (body.length === 0 || body.length > mostMessages) {
    const mend = `send 1 to ${mostMessages} messages a call`;
    return { messages: [], faults: [{ field: '', problem: `has ${body.length} messages`, mend }] };
  }
  const messages: Message[] = [];
  const faults: FieldFault[] = [];
  for (const [index, entry] of body.entries()) {
    const checked = genericMessageSchema.safeParse(entry);
    if (checked.success) messages.push(toMessage(checked.data, shop, now));
    else faults.push(...faultsIn(entry, [index]));
  }
  return faults.length > 0 ? { messages: [], faults } : { messages, faults };
}

function faultsIn(entry: unknown, above: readonly PropertyKey[]): FieldFault[] {
  const checked = checkValue(genericMessageSchema, entry);
  if (checked.ok) return [];
  return checked.faults.map(({ path, problem, mend }) => ({ field: pathWords([...above, ...path]), problem, mend }));
}

function toMessage(given: GenericMessage, shop: string, now: Instant): Message {
  const { buyer, item, order } = given;
  return {
    shop,
    connector: 'generic',
    id: harmless(given.id),
    conversation: harmless(given.conversation),
    buyer: buyer.name === undefined ? { id: harmless(buyer.id) } : { id: harmless(buyer.id), name: harmless(buyer.name) },
    author: given.author,
    type: given.type,
    text: given.text === undefined ? '' : harmless(given.text),
    sentAt: given.sentAt === undefined ? now : Date.parse(given.sentAt),
    receivedAt: now,
    ...(item !== undefined && {
      item: {
        id: harmless(item.id),
        title: harmless(item.title),
        ...(item.price !== undefined && { priceYuan: item.price }),
        ...(item.url !== undefined && { url: harmless(item.url) }),
      },
    }),
    ...(order !== undefined && {
      order: {
        id: harmless(order.id),
        ...(order.status !== undefined && { status: harmless(order.status) }),
        ...(order.buyerId !== undefined && { buyerId: harmless(order.buyerId) }),
      },
    }),
  };
}

/** Halves of characters and NUL break databases and JSON readers further on. Same length, so that offsets stay true. */
function harmless(text: string): string {
  return /[\p{Cs}\0]/u.test(text) ? text.replace(/[\p{Cs}\0]/gu, '\uFFFD') : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
