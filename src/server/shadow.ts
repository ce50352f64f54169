/** The report of shadow mode: what the bot would have sent, to be read before it is switched to auto. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { shadowSummary, wouldBe } from '../flow/shadow-report.js';
import { becauseWords, type Language } from '../reasons.js';
import type { ShadowAnswer } from '../storage/storage.js';
import { bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { bearerProblems, invalidProblem, type RouteDescription, shopParams } from './route-description.js';
import type { ShadowAnswerOnTheWire, ShadowReportOnTheWire } from './shadow-wire.js';
import { shadowReport } from './talk-examples.js';

export const shadowRoute = {
  method: 'GET',
  url: '/v1/shops/:shop/shadow',
  schema: {
    params: shopParams,
    querystring: z.object({
      since: z.iso
        .datetime({ offset: true })
        .optional()
        .meta({
          description: 'from when on; default: all that is stored',
          examples: ['2026-11-11T20:00:00+08:00'],
        }),
      after: z
        .string()
        .regex(/^\d{0,15}$/, 'is no cursor')
        .optional()
        .meta({ description: 'the `cursor` of the page before' }),
      order: z
        .enum(['oldest', 'newest'])
        .default('oldest')
        .meta({ description: 'which comes first; pages go on in the same order' }),
      limit: z.coerce.number().int().min(1).max(500).default(100).meta({ description: 'the most answers a page' }),
    }),
  },
  docs: {
    id: 'getShadow',
    tag: 'shop',
    summary: 'Read what the bot would have said',
    description:
      "Answers made in shadow mode, oldest first (or `order=newest`): the buyer's words, what mode `auto` would have done and why, the texts, and what a person of the shop wrote next. The first page (without `after`) carries a summary over the whole time.",
    security: 'bearer',
    answers: { 200: { description: 'a page of the report', schema: 'ShadowReport', example: shadowReport } },
    problems: { ...bearerProblems, 404: { codes: ['not_found'], when: 'there is no such shop' }, 422: invalidProblem },
  },
} as const satisfies RouteDescription;

export function openShadow(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, config } = deps;
  const { method, url, schema } = shadowRoute;
  app.route<{ Params: z.output<typeof shopParams>; Querystring: z.output<typeof schema.querystring> }>({
    method,
    url,
    schema,
    onRequest: bearer(deps, 'read'),
    async handler(request): Promise<ShadowReportOnTheWire> {
      const { since, after = '', order, limit } = request.query;
      const from = since === undefined ? 0 : Date.parse(since);
      if (from < 0)
        throw new InvalidRequest([{ field: 'query since', problem: 'is too early', mend: 'name a moment after 1970' }]);
      const { shop } = request.params;
      const rows =
        order === 'oldest'
          ? await storage.shadowAnswers(shop, from, Number(after), limit)
          : await storage.newestShadowAnswers(shop, from, after === '' ? undefined : Number(after), limit);
      return {
        ...(after === '' && { summary: await shadowSummary(storage, shop, from) }),
        answers: rows.map((row) => shadowOnTheWire(row, config.language)),
        cursor: String(rows.at(-1)?.position ?? after),
      };
    },
  });
}

/** One answer of shadow mode as it is told. */
export function shadowOnTheWire({ answer, agent }: ShadowAnswer, language: Language): ShadowAnswerOnTheWire {
  return {
    id: answer.id,
    conversation: answer.conversation,
    at: new Date(answer.at).toISOString(),
    said: answer.understanding.text,
    intents: answer.understanding.intents.map(({ id, confidence, ask }) => ({ id, confidence, ask })),
    action: wouldBe(answer),
    because: becauseWords(answer.because, language),
    reasons: [...answer.because],
    replies: answer.replies.map(({ kind, text, template, findings }) => ({ kind, text, template, findings: [...findings] })),
    open: [...answer.open],
    ...(agent !== undefined && { agent: { ...agent, at: new Date(agent.at).toISOString() } }),
  };
}
