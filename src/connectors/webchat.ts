/**
 * The web chat of a shop's own site: messages of visitors in, signed by the token that the server gave them. Replies wait for
 * the visitor's browser, which fetches them (server/webchat.ts); nothing is pushed.
 */
import { z } from 'zod';
import type { Instant, Message } from '../conversation.js';
import { checkValue, pathWords } from '../zod-faults.js';
import type { Connector, ConnectorFile, FieldFault, RawRequest, Received, Refusal } from './connector.js';
import { jsonFault } from './json-fault.js';
import { visitorOf, visitorPlace } from './web-visitor.js';

/** UTF-16 units: more is no chat. */
export const mostVisitorCharacters = 1000;
const mostMessages = 20;
/** What a browser kept while it was offline. */
const longestKeptSeconds = 7 * 86_400;

export const visitorMessageSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[\w-]{8,64}$/, 'an id is 8 to 64 letters, digits, _ and -')
    .meta({
      description: 'chosen by the page, new for each message; the same id again is a duplicate',
      examples: ['0f3b6c1e-…'],
    }),
  text: z
    .string()
    .trim()
    .min(1)
    .max(mostVisitorCharacters)
    .meta({ examples: ['这款包邮吗'] }),
  ageSeconds: z.number().min(0).max(longestKeptSeconds).optional().meta({
    description: 'how long ago it was written, by the clock of the page; default: just now',
  }),
  item: z.string().min(1).max(128).optional().meta({ description: 'id of the product page on which it was written' }),
});

export const visitorMessagesSchema = z.strictObject({ messages: z.array(visitorMessageSchema).min(1).max(mostMessages) });

/** The id under which a visitor's message is kept: the page's own, which other visitors may choose as well. */
export function visitorMessageId(visitor: string, id: string): string {
  return `${visitor}.${id}`;
}

/** The page's own id of a kept message. */
export function pageMessageId(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

function receive(request: RawRequest, secrets: readonly Buffer[], now: Instant): Received | Refusal {
  const { authorization } = request.headers;
  const token = /^Bearer +(\S+) *$/i.exec(String(authorization ?? ''))?.[1];
  const visitor = token === undefined ? undefined : visitorOf(request.shop, token, secrets);
  if (visitor === undefined) {
    const problem = token === undefined ? 'is missing' : 'is no visitor of this shop';
    return refusal(401, [
      { field: 'header authorization', problem, mend: 'ask for a new visitor, and send its token as Bearer' },
    ]);
  }
  const text = request.body.toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return refusal(400, [jsonFault(text) ?? { field: '', problem: 'is not JSON', mend: 'send JSON in UTF-8' }]);
  }
  const checked = checkValue(visitorMessagesSchema, parsed);
  if (!checked.ok) {
    return refusal(
      422,
      checked.faults.map(({ path, problem, mend }) => ({ field: pathWords(path), problem, mend })),
    );
  }
  const messages = checked.value.messages.map((one): Message => {
    const where = visitorPlace(visitor);
    return {
      shop: request.shop,
      connector: 'webchat',
      id: visitorMessageId(visitor, one.id),
      conversation: where,
      // Enough to tell two visitors apart on the desk.
      buyer: { id: where, name: `网页访客 ${visitor.slice(0, 4)}` },
      author: 'buyer',
      type: 'text',
      text: one.text.replace(/[\p{Cs}\0]/gu, '\uFFFD'),
      sentAt: now - Math.round((one.ageSeconds ?? 0) * 1000),
      receivedAt: now,
      ...(one.item !== undefined && { item: { id: one.item, title: one.item } }),
    };
  });
  return { refused: false, messages };
}

function refusal(status: Refusal['status'], faults: readonly FieldFault[]): Refusal {
  return {
    refused: true,
    status,
    because: faults.map(({ field, problem }) => `${field || 'the body'} ${problem}`).join('; '),
    faults,
  };
}

export const webChat: Connector = { name: 'webchat', idempotent: true, pushes: () => false, receive };

export const connector: ConnectorFile = { name: 'webchat', open: () => webChat };
