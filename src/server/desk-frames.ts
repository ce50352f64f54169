/** What is said on /v1/desk, both ways, and the route as it is documented. */
import { z } from 'zod';
import { botModes } from '../policy/bot-mode.js';
import { deskSchema } from '../shop/desk-parameters.js';
import { awaySchema } from './away-wire.js';
import {
  agentAtDeskSchema,
  closeRequestSchema,
  deskConversationSchema,
  feedbackRequestSchema,
  handOverRequestSchema,
  retryRequestSchema,
  seenRequestSchema,
  sendRequestSchema,
  takeRequestSchema,
} from './desk-schemas.js';
import { problemSchema } from './problem.js';
import { type RouteDescription, socketProblems } from './route-description.js';

/** Conversations in one frame. */
export const conversationsPerFrame = 50;

const id = z.string().min(1).max(128);
const conversation = id;
const frameId = id.meta({ description: "the client's own: it comes back in `result` or in `inReplyTo` of an error" });
const agent = z.object({ id: z.string(), name: z.string() });

const hello = z
  .object({
    type: z.literal('hello'),
    shop: z.string().min(1).max(64).meta({ description: 'one shop a socket' }),
    since: z.number().int().min(0).optional().meta({ description: 'highest `seq` that was told before; absent: from the start' }),
    only: z.literal('phrases').optional().meta({
      description:
        'for pages beside the desk: `ready` comes at once and then `phrases.changed` alone; nobody sits down, colleagues see nobody, and no command is taken',
    }),
    phrasesRevision: z.number().int().min(0).optional().meta({
      description: 'of the phrases that the screen holds: where it is not the current one, `phrases.changed` comes at once',
    }),
  })
  .meta({ description: 'the first frame' });
const open = z
  .object({ type: z.literal('open'), conversation: conversation.optional() })
  .meta({ description: 'which conversation stands open on this screen; absent: none. Colleagues are told' });
const away = z
  .object({ type: z.literal('away'), away: z.boolean() })
  .meta({ description: 'gone for a moment, or back; an agent is away who is so on every screen. Colleagues are told' });
const typing = z.object({ type: z.literal('typing'), conversation }).meta({ description: 'at most once a second is told on' });
const seen = z.object({ type: z.literal('seen'), conversation, ...seenRequestSchema.shape });
const command = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), id: frameId, conversation, ...shape });
const take = command('take', takeRequestSchema.shape);
const handOver = command('handOver', handOverRequestSchema.shape);
const close = command('close', closeRequestSchema.shape);
const reopen = command('reopen', {});
const send = z
  .object({ ...sendRequestSchema.shape, type: z.literal('send'), id: sendRequestSchema.shape.id.unwrap(), conversation })
  .meta({ description: 'sent again with the same `id`, also after a cut, it goes out once' });
const retry = command('retry', retryRequestSchema.shape);
const feedback = command('feedback', feedbackRequestSchema.shape);

export const deskFrames = { hello, open, away, typing, seen, take, handOver, close, reopen, send, retry, feedback } as const;

export const deskClientFrameSchema = z.discriminatedUnion('type', [
  hello,
  open,
  away,
  typing,
  seen,
  take,
  handOver,
  close,
  reopen,
  send,
  retry,
  feedback,
  z.object({ type: z.literal('ping'), id: z.string().max(128).optional() }),
]);

/** What every screen holds of how the shop is set. */
const asSet = z.object({
  targets: deskSchema,
  timeZone: z.string().meta({ description: "the shop's" }),
  draftCharacters: z.number().int().meta({ description: 'what a message may have, as the platform counts' }),
  intents: z
    .record(z.string(), z.object({ zh: z.string(), en: z.string() }))
    .meta({ description: 'what the ids of intents are called' }),
  bot: z
    .enum(botModes)
    .meta({ description: 'whether the bot may answer buyers by itself now: the file of the shop, and the switches' }),
  away: awaySchema.meta({ description: 'whether the shop is set to away' }),
});

const present = agent.extend({
  online: z.boolean(),
  away: z.boolean().meta({ description: 'online, and gone for a moment' }),
  open: z.array(z.string()).meta({ description: 'conversations that stand open on the screens of this agent' }),
});

export const deskServerFrameSchema = z.discriminatedUnion('type', [
  z
    .object({
      type: z.literal('welcome'),
      shop: z.string(),
      seq: z.number().int(),
      reset: z.boolean().meta({ description: 'true: what is held from before is void; open and latest conversations follow' }),
      now: z.iso.datetime().meta({ description: "the server's clock" }),
      me: agent.extend({ isLead: z.boolean() }),
      agents: z.array(agentAtDeskSchema).meta({ description: 'who works at this desk, also who is offline' }),
      ...asSet.shape,
    })
    .meta({ description: 'answers hello' }),
  asSet
    .extend({ type: z.literal('shop') })
    .meta({ description: 'the shop is set otherwise from now on: take these in place of those of `welcome`' }),
  z
    .object({ type: z.literal('changed'), seq: z.number().int(), conversations: z.array(deskConversationSchema) })
    .meta({ description: 'conversations as they stand now: take each in place of the one held. Keep the highest `seq`' }),
  z.object({ type: z.literal('ready'), seq: z.number().int() }).meta({ description: 'all that was missed has been told' }),
  z.object({ type: z.literal('presence'), agents: z.array(present) }).meta({ description: 'of whom something changed' }),
  z
    .object({ type: z.literal('phrases.changed'), revision: z.number().int() })
    .meta({ description: "the shop's phrases, or your own, have changed: fetch what is new since the revision that you hold" }),
  z.object({ type: z.literal('typing'), conversation: z.string(), agent }),
  z.object({ type: z.literal('seen'), conversation: z.string(), position: z.number().int(), agent }),
  z
    .object({
      type: z.literal('result'),
      id: z.string().meta({ description: 'of the command' }),
      conversation: deskConversationSchema.optional(),
      reply: z.string().optional().meta({ description: 'id of what was sent' }),
      duplicate: z.boolean().optional(),
    })
    .meta({ description: 'done, and on disk' }),
  z
    .object({
      type: z.literal('error'),
      code: z.string(),
      detail: z.string(),
      faults: problemSchema.shape.faults,
      holder: problemSchema.shape.holder,
      findings: problemSchema.shape.findings,
      inReplyTo: z.string().optional(),
      retryAfterSeconds: z.number().optional(),
    })
    .meta({ description: 'a frame was not done; as in problems' }),
  z.object({ type: z.literal('pong'), id: z.string().optional() }),
]);

export const deskSocketRoute = {
  method: 'GET',
  url: '/v1/desk',
  schema: {},
  docs: {
    id: 'desk',
    tag: 'desk',
    summary: 'Sit at the desk by websocket',
    description: [
      'For people whose role may speak with buyers, by their session, or an admin token (`zaima.v1, bearer.<token>`). JSON text',
      'frames (`DeskClientFrame`, `DeskServerFrame`): first `hello` with the shop, then `welcome`, `changed` for all that changed',
      'since, `ready`, and from then on `changed` as it happens. What is told is the state of conversations, not events: after',
      'a cut say `hello` with the highest `seq`, and nothing is missed. Commands are those of the HTTP routes and get a `result`',
      'or an `error`. Who is online, types or looks is told as it happens and not kept; so is',
      'that quick phrases have changed, unless `hello` says which revision is held.',
    ].join('\n'),
    security: 'bearer',
    answers: { 101: { description: 'the socket is open' } },
    problems: socketProblems,
  },
} as const satisfies RouteDescription;
