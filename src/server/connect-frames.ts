/** What is said on /v1/connect, both ways, and the route as it is documented. */
import { z } from 'zod';
import { genericMessageSchema, mostMessages } from '../connectors/generic-body.js';
import { feedReplySchema } from '../connectors/generic-reply.js';
import { type RouteDescription, socketProblems } from './route-description.js';

/** Replies in one frame. */
export const repliesPerFrame = 100;
/** Frames of replies that are sent without a `seen`. */
export const unseenFrames = 8;
/** A socket that has not said hello by then is closed. */
export const helloSeconds = 15;

const id = z.string().min(1).max(128);
const frameId = id.meta({ description: "the client's own, of this frame: it comes back in `ack` or in `inReplyTo` of an error" });

const hello = z
  .object({
    type: z.literal('hello'),
    shop: z
      .string()
      .min(1)
      .max(64)
      .meta({ description: 'one shop a socket', examples: ['demo'] }),
    cursor: z.string().max(300).optional().meta({ description: 'where to go on; empty or absent: from the start of the feed' }),
    phrasesRevision: z.number().int().min(0).optional().meta({
      description: 'of the phrases that the client holds: where it is not the current one, `phrases.changed` comes at once',
    }),
    client: z.string().max(100).optional().meta({ description: 'name and version, for whoever looks into a fault' }),
  })
  .meta({ description: 'the first frame' });

/** As it is checked before the messages themselves are, entry by entry. */
const messages = z.object({
  type: z.literal('messages'),
  id: frameId,
  messages: z.array(z.unknown()).min(1).max(mostMessages),
});

export const receiptStates = ['sent', 'delivered', 'read', 'failed'] as const;

const receipt = z
  .object({
    type: z.literal('receipt'),
    id: frameId,
    reply: id.meta({ description: 'id of the reply' }),
    state: z.enum(receiptStates),
    at: z.iso.datetime({ offset: true }).optional().meta({ description: 'when; default: now' }),
    platformMessageId: id.optional(),
    error: z.string().max(500).optional(),
  })
  .meta({ description: 'what became of a reply; once per state, the first stands' });

const seen = z
  .object({ type: z.literal('seen'), cursor: z.string().max(300) })
  .meta({ description: `the replies up to this cursor are dealt with; without it no more than ${unseenFrames} frames come` });

const ping = z.object({ type: z.literal('ping'), id: z.string().max(128).optional() });

export const clientFrames = { hello, messages, receipt, seen } as const;

export const connectClientFrameSchema = z.discriminatedUnion('type', [
  hello,
  z
    .object({ type: z.literal('messages'), id: frameId, messages: z.array(genericMessageSchema).min(1).max(mostMessages) })
    .meta({ description: 'taken whole or not at all, in the order in which frames are sent' }),
  receipt,
  seen,
  ping,
]);

export const connectServerFrameSchema = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('welcome'),
      shop: z.string(),
      cursor: z.string().meta({ description: 'replies behind it follow' }),
      limits: z.object({
        messages: z.number().int().meta({ description: 'in one frame' }),
        frameBytes: z.number().int().meta({ description: 'of one frame; a larger one closes the socket with 1009' }),
        replies: z.number().int().meta({ description: 'in one frame' }),
        unseenFrames: z.number().int().meta({ description: 'of replies, without a `seen`' }),
      }),
    })
    .meta({ description: 'answers hello' }),
  z
    .object({
      type: z.literal('ack'),
      id: z.string().meta({ description: 'of the frame' }),
      messages: z
        .array(z.object({ id: z.string(), duplicate: z.boolean(), conflict: z.literal(true).optional() }))
        .optional()
        .meta({ description: 'in the order of the frame, as the webhook tells them' }),
    })
    .meta({ description: 'done, and on disk' }),
  z
    .object({ type: z.literal('replies'), cursor: z.string(), replies: z.array(feedReplySchema).min(1) })
    .meta({ description: 'what goes to buyers, oldest first. Store `cursor` and send `seen` once they are dealt with' }),
  z.object({ type: z.literal('phrases.changed'), revision: z.number().int() }).meta({ description: 'fetch the phrases anew' }),
  z
    .object({
      type: z.literal('error'),
      code: z.string().meta({ description: 'as in problems', examples: ['invalid'] }),
      detail: z.string(),
      faults: z.array(z.object({ field: z.string(), problem: z.string(), mend: z.string() })).optional(),
      inReplyTo: z.string().optional().meta({ description: '`id` of the frame; nothing of it was taken' }),
      cursor: z.string().optional().meta({ description: 'with `cursor_gone`: say hello again with it' }),
      retryAfterSeconds: z.number().optional().meta({ description: 'with `too_many`, `unavailable`' }),
    })
    .meta({ description: 'a frame was not done; the socket stays open unless asking again cannot mend it' }),
  z.object({ type: z.literal('pong'), id: z.string().optional() }),
]);

export const connectRoute = {
  method: 'GET',
  url: '/v1/connect',
  schema: {},
  docs: {
    id: 'connect',
    tag: 'chat',
    summary: 'Connect a chat client by websocket',
    description: [
      'Messages in, replies and changes of phrases out, on one socket a shop: `wss://…/v1/connect`, JSON text frames',
      '(`ConnectClientFrame`, `ConnectServerFrame`). A token of scope `connect` comes as `Authorization: Bearer`, or, from a',
      'browser, in the subprotocols `zaima.v1, bearer.<token>`; never in the address. First `hello`, then `welcome`; each',
      '`messages` frame gets its `ack` once the messages are on disk, by the same rules as the webhook: repeat what was not',
      'acknowledged, a known id is a duplicate. `replies` come from the same feed, at least once under stable ids, in the order',
      'of commit; after a cut say `hello` with the last cursor. Closed with 1008 (bad frames, not allowed), 1009 (too large),',
      '1012 (the server restarts), 4001 (token revoked, login over), 4008 (slow reader): come back, but after 1008 only mended.',
    ].join('\n'),
    security: 'bearer',
    answers: { 101: { description: 'the socket is open' } },
    problems: socketProblems,
  },
} as const satisfies RouteDescription;
