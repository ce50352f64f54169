/** The routes of the web chat as data: what the script on a shop's own site calls. */
import { z } from 'zod';
import { type RouteDescription, shopParams } from './route-description.js';
import { standingSchema } from './webchat-standing.js';

const url = '/v1/shops/:shop/webchat';

export const webChatSchema = z.object({
  shop: z.string(),
  title: z.string(),
  greeting: z.string().optional(),
  hours: z.string().optional().meta({ description: 'hours of the week in words' }),
  ...standingSchema.shape,
  limits: z.object({ characters: z.number().int(), messages: z.number().int() }),
});

export const visitorTokenSchema = z.object({
  token: z.string().meta({ description: 'who has it is this visitor: keep it in this browser', examples: ['zv_…'] }),
});

const lineSchema = z.object({
  id: z.string().meta({ description: 'of the visitor’s own messages the one that the page gave' }),
  author: z.enum(['visitor', 'bot', 'agent']),
  name: z.string().optional().meta({ description: 'of the agent' }),
  text: z.string(),
  at: z.iso.datetime(),
});

export const chatLinesSchema = z.object({
  messages: z.array(lineSchema).meta({ description: 'oldest first; each id counts once' }),
  cursor: z.string().meta({ description: 'opaque; the `after` of the next call' }),
  token: z.string().optional().meta({ description: 'to be kept in place of the one that was sent' }),
  standing: standingSchema.optional().meta({ description: 'what stands over the chat; a stream tells it again when it changes' }),
});

export const receiptsRequestSchema = z.strictObject({
  replies: z.array(z.string().min(1).max(128)).min(1).max(100),
  state: z.enum(['delivered', 'read']).meta({ description: '`read`: it stood before the visitor’s eyes' }),
});

const after = z.string().max(400).optional().meta({ description: '`cursor` of the answer before; default: the newest lines' });
const limit = z.coerce.number().int().min(1).max(200).default(100);

const line = { id: 'an_0mhr…_1', author: 'bot', text: '亲，江苏8元，满95元包邮～', at: '2026-11-11T12:00:01.000Z' };
const noChat = { codes: ['not_found'], when: 'there is no such shop, or it has no web chat' } as const;
const elsewhere = { codes: ['forbidden'], when: 'the page is of a site that `webChat.origins` does not name' } as const;
const noVisitor = { codes: ['unauthorized'], when: 'no token of a visitor, or one that this shop did not sign' } as const;
const tooMany = { codes: ['too_many'], when: 'too much from this visitor or address' } as const;
const invalid = { codes: ['invalid'], when: 'a field is wrong; all faults at once, with their mends' } as const;
const cors = 'Browsers may call it from the service’s own address and from `webChat.origins`; it sets no cookie and reads none.';

const chatExample = {
  shop: 'demo',
  title: '木禾针织',
  greeting: '您好，库存、运费、发货、退换都可以直接问我～',
  hours: '周一至周五09:00-23:00',
  onDuty: true,
  answers: 'agent',
  limits: { characters: 1000, messages: 20 },
} as const;

export const webChatRoutes = {
  get: {
    method: 'GET',
    url,
    schema: { params: shopParams },
    docs: {
      id: 'getWebChat',
      tag: 'webchat',
      summary: 'Is there a chat, and what stands over it?',
      description: cors,
      security: 'none',
      answers: { 200: { description: 'how the chat begins', schema: 'WebChat', example: chatExample } },
      problems: { 403: elsewhere, 404: noChat },
    },
  },
  visitor: {
    method: 'POST',
    url: `${url}/visitors`,
    schema: { params: shopParams },
    docs: {
      id: 'postVisitor',
      tag: 'webchat',
      summary: 'Become a visitor',
      description: `Gives a token, which alone opens the chat of this visitor. To be asked when somebody first writes, not when a page is shown. ${cors}`,
      security: 'none',
      answers: { 200: { description: 'the token', schema: 'VisitorToken', example: { token: 'zv_…' } } },
      problems: { 403: elsewhere, 404: noChat, 429: tooMany },
    },
  },
  send: {
    method: 'POST',
    url: `${url}/messages`,
    schema: { params: shopParams },
    docs: {
      id: 'postVisitorMessages',
      tag: 'webchat',
      summary: 'Write',
      description:
        'Messages of a visitor. Answered when they are on disk; repeat a call whose answer was lost with the same ids: each is taken once. Answers come by the stream.',
      security: 'visitor',
      body: {
        schema: 'VisitorMessages',
        examples: { one: { messages: [{ id: '0f3b6c1e-7d0a', text: '这款包邮吗', item: 'wool-scarf' }] } },
      },
      answers: {
        200: {
          description: 'taken',
          schema: 'MessagesResult',
          example: { messages: [{ id: '0f3b6c1e-7d0a', duplicate: false }] },
        },
      },
      problems: {
        400: { codes: ['not_json'], when: 'the body is not JSON' },
        401: noVisitor,
        403: elsewhere,
        404: noChat,
        413: { codes: ['too_large'], when: 'the body is larger than 64 KiB' },
        422: invalid,
        429: tooMany,
      },
    },
  },
  look: {
    method: 'GET',
    url: `${url}/messages`,
    schema: {
      params: shopParams,
      querystring: z.object({
        after,
        limit,
        wait: z.coerce.number().min(0).max(60).default(0).meta({ description: 'seconds of long poll' }),
      }),
    },
    docs: {
      id: 'getVisitorMessages',
      tag: 'webchat',
      summary: 'What was said',
      description:
        'The chat as the visitor sees it: own words, the bot’s and agents’. With `wait` for browsers whose way to here does not stream.',
      security: 'visitor',
      answers: { 200: { description: 'the lines', schema: 'ChatLines', example: { messages: [line], cursor: 'WyIiLC…' } } },
      problems: { 401: noVisitor, 403: elsewhere, 404: noChat, 422: invalid, 429: tooMany },
    },
  },
  stream: {
    method: 'GET',
    url: `${url}/stream`,
    schema: { params: shopParams, querystring: z.object({ after, limit }) },
    docs: {
      id: 'getVisitorStream',
      tag: 'webchat',
      summary: 'What is said, at once',
      description:
        'Server-sent events, to be read by `fetch` (the token goes into a header): `data:` is as the other call answers; `:` alone is a sign of life every 20 s.',
      security: 'visitor',
      answers: { 200: { description: 'events', contentType: 'text/event-stream' } },
      problems: {
        401: noVisitor,
        403: elsewhere,
        404: noChat,
        422: invalid,
        429: tooMany,
        503: { codes: ['unavailable'], when: 'the server is about to stop' },
      },
    },
  },
  receipts: {
    method: 'POST',
    url: `${url}/receipts`,
    schema: { params: shopParams, body: receiptsRequestSchema },
    docs: {
      id: 'postVisitorReceipts',
      tag: 'webchat',
      summary: 'Tell what has arrived',
      description: 'Agents see it beside their words. Ids that are not this visitor’s count for nothing.',
      security: 'visitor',
      body: { schema: 'VisitorReceipts', examples: { read: { replies: ['an_0mhr…_1'], state: 'read' } } },
      answers: { 204: { description: 'noted' } },
      problems: {
        400: { codes: ['not_json'], when: 'the body is not JSON' },
        401: noVisitor,
        403: elsewhere,
        404: noChat,
        415: { codes: ['media_type'], when: 'the body is not application/json' },
        422: invalid,
        429: tooMany,
      },
    },
  },
} as const satisfies Readonly<Record<string, RouteDescription>>;
