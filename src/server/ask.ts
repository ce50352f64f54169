/** What the shop would say to a buyer at any moment, turn by turn, as `zaima ask` tells it. Nothing is stored or sent. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AskedTurn } from '../flow/ask.js';
import { askShop } from '../flow/ask.js';
import { answerOnTheWire } from './answer-wire.js';
import { bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { shopOnTrial } from './on-trial.js';
import { bearerProblems, bodyProblems, type RouteDescription, routed, shopParams } from './route-description.js';
import { heldAnswer } from './talk-examples.js';

const words = z.string().min(1).max(4000);
/** Beyond it neither the calendar nor the database keeps moments. */
const lastYear = 2200;
const moment = z.iso
  .datetime({ offset: true })
  .refine((at) => Number(at.slice(0, 4)) >= 1970 && Number(at.slice(0, 4)) <= lastYear, {
    message: `name a moment from 1970 to ${lastYear}`,
    params: { problem: 'is too far away' },
  })
  .meta({ examples: ['2026-10-01T23:10:00+08:00'] });

const saidSchema = z
  .union([
    words,
    z.strictObject({ text: words, author: z.enum(['buyer', 'agent']).default('buyer') }),
    z.strictObject({ type: z.enum(['image', 'voice', 'video', 'card', 'sticker', 'recall']) }),
  ])
  .meta({ description: 'words of the buyer; or words of an agent; or what is no text', examples: ['寄成都多少运费'] });

const burstSchema = z
  .array(saidSchema)
  .min(1)
  .max(20)
  .meta({ description: 'short messages in a row, understood and answered together' });

export const askRequestSchema = z.strictObject({
  messages: burstSchema,
  earlier: z
    .array(z.union([words, z.strictObject({ messages: burstSchema, at: moment.optional() })]))
    .max(50)
    .default([])
    .meta({ description: 'turns before it, oldest first: a message of the buyer, or a burst with its moment (default: `at`)' }),
  at: moment.optional().meta({ description: 'when it is said; default: now' }),
  duty: z.enum(['hours', 'on', 'off']).default('hours').meta({
    description: '`hours`: as hours and the away switch say; `on`: agents are there all the same; `off`: they are away',
  }),
  item: z.string().min(1).max(128).optional().meta({ description: 'id of the product page from which the buyer writes' }),
  order: z
    .strictObject({ id: z.string().min(1).max(128), status: z.string().max(64).optional() })
    .optional()
    .meta({ description: "the buyer's own order" }),
  settings: z.record(z.string(), z.unknown()).optional().meta({
    description: 'a merge patch on the settings in force: what would be said with these, which are not kept',
  }),
});

export const postAskRoute = {
  method: 'POST',
  url: '/v1/shops/:shop/ask',
  schema: { params: shopParams, body: askRequestSchema },
  docs: {
    id: 'postAsk',
    tag: 'shop',
    summary: 'What would be said to this?',
    description:
      'One turn of a buyer through the whole story, after the turns named, at the moment named; the Answer is that of `zaima ask --json`. Nothing is stored or sent. To go on, send all turns so far as `earlier`. The kill switch counts as it stands.',
    security: 'bearer',
    body: {
      schema: 'AskRequest',
      examples: {
        burst: {
          messages: ['在吗', '开衫寄成都多少运费呀', '明天能到不'],
          at: '2026-09-29T23:10:00+08:00',
          item: 'wool-cardigan',
        },
        goesOn: { messages: ['那新疆呢'], earlier: ['寄成都多少运费'], duty: 'off' },
        unsaved: { messages: ['包邮吗'], duty: 'off', settings: { shipping: { freeFromYuan: 59 } } },
      },
    },
    answers: { 200: { description: 'the Answer with every reason', schema: 'Answer', example: heldAnswer } },
    problems: {
      ...bearerProblems,
      ...bodyProblems,
      404: { codes: ['not_found'], when: 'there is no such shop' },
    },
  },
} as const satisfies RouteDescription;

type Body = z.output<typeof askRequestSchema>;

export function openAsk(app: FastifyInstance, deps: ServerDeps): void {
  app.route<{ Params: z.output<typeof shopParams>; Body: Body }>({
    ...routed(postAskRoute),
    onRequest: bearer(deps, 'read'),
    async handler(request, reply) {
      const { messages, earlier, at, duty, item, order, settings } = request.body;
      const id = request.params.shop;
      const shop = await shopOnTrial(deps, id, settings, reply);
      if (shop === undefined) return reply;
      const now = at === undefined ? deps.now() : Date.parse(at);
      const turn = turnOf({ messages }, now);
      if (turn.messages.every(({ author }) => author === 'agent')) {
        const mend = 'write at least one message of the buyer; what an agent wrote before belongs into `earlier`';
        throw new InvalidRequest([{ field: 'messages', problem: 'holds no word of a buyer', mend }]);
      }
      if (item !== undefined && shop.parameters.products.every((product) => product.id !== item))
        throw new InvalidRequest([{ field: 'item', problem: 'is no product of the shop', mend: 'name an id of `products`' }]);
      const answered = askShop(
        {
          earlier: earlier.map((one) => (typeof one === 'string' ? turnOf({ messages: [one] }, now) : turnOf(one, now))),
          turn,
          switches: deps.flow.switches(id),
          duty,
          itemId: item,
          order: order && { id: order.id, ...(order.status !== undefined && { status: order.status }) },
        },
        deps.stock.stocked(shop),
      );
      return answerOnTheWire(answered, deps.config.language);
    },
  });
}

function turnOf({ messages, at }: { messages: Body['messages']; at?: string | undefined }, now: number): AskedTurn {
  return {
    at: at === undefined ? now : Date.parse(at),
    messages: messages.map((one) => {
      if (typeof one === 'string') return { text: one, type: 'text', author: 'buyer' };
      return 'type' in one ? { text: '', type: one.type, author: 'buyer' } : { text: one.text, type: 'text', author: one.author };
    }),
  };
}
