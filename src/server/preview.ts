/** What the shop would say at any moment: to see holidays, lunch breaks and the away switch before a buyer does. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { preview } from '../flow/preview.js';
import { bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { shopOnTrial } from './on-trial.js';
import { type PreviewOnTheWire, previewOnTheWire } from './preview-wire.js';
import { unknownShop } from './problem.js';
import { bearerProblems, bodyProblems, invalidProblem, type RouteDescription, routed, shopParams } from './route-description.js';
import { draftedAnswer } from './talk-examples.js';

/** Beyond it neither the calendar nor the database keeps moments. */
const lastYear = 2200;

export const previewRoute = {
  method: 'GET',
  url: '/v1/shops/:shop/preview',
  schema: {
    params: shopParams,
    querystring: z.object({
      at: z.iso
        .datetime({ offset: true })
        .optional()
        .meta({
          description: 'the moment, with its offset (`+` is written %2B); default: now',
          examples: ['2026-10-01T23:10:00+08:00'],
        }),
      text: z
        .string()
        .min(1)
        .max(4000)
        .optional()
        .meta({ description: 'what a buyer writes then', examples: ['可以开发票吗'] }),
      item: z.string().min(1).max(128).optional().meta({ description: 'id of the product page from which the buyer comes' }),
      days: z.coerce.number().int().min(0).max(62).default(7).meta({ description: 'how far `changes` are told' }),
      away: z.enum(['now', 'off']).default('now').meta({
        description: '`now`: with the away switch as it stands; `off`: as if it were off',
      }),
    }),
  },
  docs: {
    id: 'getPreview',
    tag: 'shop',
    summary: 'What would be said then?',
    description:
      'Who is on duty at a moment and by which rule of the calendar, when that changes, and the Answer that a buyer would get, with the kill switch as it stands. Nothing is stored or sent.',
    security: 'bearer',
    answers: {
      200: {
        description: 'the preview',
        schema: 'Preview',
        example: {
          at: '2026-10-01T15:10:00.000Z',
          onDuty: false,
          because: '国庆节放假，2026-10-02 10:00 有人回复',
          rule: { by: 'holiday', date: '2026-10-01', ranges: ['10:00-22:00'], name: '国庆节' },
          provisional: false,
          closedSince: '2026-10-01T14:00:00.000Z',
          nextOpening: { at: '2026-10-02T02:00:00.000Z', words: '明天上午10点' },
          changes: [
            { at: '2026-10-02T02:00:00.000Z', onDuty: true },
            { at: '2026-10-02T14:00:00.000Z', onDuty: false },
          ],
        },
      },
    },
    problems: {
      ...bearerProblems,
      404: { codes: ['not_found'], when: 'there is no such shop' },
      422: invalidProblem,
    },
  },
} as const satisfies RouteDescription;

const text = z
  .string()
  .min(1)
  .max(4000)
  .meta({ description: 'what a buyer writes then', examples: ['可以开发票吗'] });

export const previewRequestSchema = z.strictObject({
  at: z.iso.datetime({ offset: true }).optional().meta({ description: 'the moment, with its offset; default: now' }),
  text: text.optional(),
  item: z.string().min(1).max(128).optional().meta({ description: 'id of the product page from which the buyer comes' }),
  days: z.number().int().min(0).max(62).default(7).meta({ description: 'how far `changes` are told' }),
  away: z.enum(['now', 'off']).default('now').meta({
    description: '`now`: with the away switch as it stands; `off`: as if it were off',
  }),
  settings: z.record(z.string(), z.unknown()).optional().meta({
    description: 'a merge patch on the settings in force: what would be said with these, which are not kept',
  }),
});

/** On duty, with settings that are not saved. */
const unsavedPreview = {
  at: '2026-11-11T13:32:13.154Z',
  onDuty: true,
  because: '客服在线，给客服草稿',
  rule: { by: 'week', date: '2026-11-11', ranges: ['09:00-23:00'] },
  provisional: false,
  changes: [],
  answer: draftedAnswer,
} as const;

export const postPreviewRoute = {
  method: 'POST',
  url: '/v1/shops/:shop/preview',
  schema: { params: shopParams, body: previewRequestSchema },
  docs: {
    id: 'postPreview',
    tag: 'shop',
    summary: 'What would be said then, with other settings?',
    description: 'As `GET`, with settings that are not kept yet. Nothing is stored or sent.',
    security: 'bearer',
    body: {
      schema: 'PreviewRequest',
      examples: { unsaved: { text: '可以开发票吗', settings: { bot: { stepIn: { afterSeconds: 30 } } } } },
    },
    answers: { 200: { description: 'the preview, with the Answer', schema: 'Preview', example: unsavedPreview } },
    problems: {
      ...bearerProblems,
      ...bodyProblems,
      404: { codes: ['not_found'], when: 'there is no such shop' },
    },
  },
} as const satisfies RouteDescription;

export function openPreview(app: FastifyInstance, deps: ServerDeps): void {
  const { method, url, schema } = previewRoute;
  app.route<{ Params: z.output<typeof schema.params>; Querystring: z.output<typeof schema.querystring> }>({
    method,
    url,
    schema,
    onRequest: bearer(deps, 'read'),
    async handler(request, reply): Promise<PreviewOnTheWire | typeof reply> {
      const { at, text, item, days, away } = request.query;
      const moment = momentOf(at, 'query at', deps.now);
      const question = { at: moment, days, text, itemId: item };
      const told = deps.flow.preview(request.params.shop, question, away === 'now');
      return told === undefined ? unknownShop(reply) : previewOnTheWire(told, deps.config.language);
    },
  });
  app.route<{ Params: z.output<typeof shopParams>; Body: z.output<typeof previewRequestSchema> }>({
    ...routed(postPreviewRoute),
    onRequest: bearer(deps, 'read'),
    async handler({ params, body }, reply): Promise<PreviewOnTheWire | typeof reply> {
      const { at, text, item, days, away, settings } = body;
      const moment = momentOf(at, 'at', deps.now);
      const shop = await shopOnTrial(deps, params.shop, settings, reply);
      if (shop === undefined) return reply;
      const { away: isAway, ...switches } = deps.flow.switches(params.shop);
      const told = preview(
        deps.stock.stocked(shop),
        { ...switches, away: away === 'now' ? isAway : undefined },
        { at: moment, days, text, itemId: item },
      );
      return previewOnTheWire(told, deps.config.language);
    },
  });
}

/** @throws InvalidRequest where calendar and database keep no such moments */
function momentOf(at: string | undefined, field: string, now: () => number): number {
  const moment = at === undefined ? now() : Date.parse(at);
  const year = new Date(moment).getUTCFullYear();
  if (year >= 1970 && year <= lastYear) return moment;
  throw new InvalidRequest([{ field, problem: 'is too far away', mend: `name a moment from 1970 to ${lastYear}` }]);
}
