/** Checks a text before it goes out: what an agent types, a quick phrase, a line of another tool. Nothing is stored or sent. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { judge } from '../compliance/verdict.js';
import type { Finding, Item } from '../conversation.js';
import { itemInView } from '../flow/heard.js';
import { isOrderingAccount, orderNamed } from '../policy/order-facts.js';
import { bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { sendProblem } from './problem.js';
import { bearerProblems, invalidProblem, type RouteDescription, routed, shopParams } from './route-description.js';
import { checkRequestSchema, type checkResultSchema } from './wire-schemas.js';

export const postCheckRoute = {
  method: 'POST',
  url: '/v1/shops/:shop/check',
  schema: { params: shopParams, body: checkRequestSchema },
  docs: {
    id: 'postCheck',
    tag: 'chat',
    summary: 'Check a text before it goes out',
    description: [
      "What an agent types, held against the platform's rules and the shop's own terms. Nothing is stored or sent.",
      'Name the `conversation` it goes to, so that facts of an order are judged by whether its buyer is the account that ordered;',
      'or say it by `orderingAccount`, which wins. With neither, only what may be said to nobody is found.',
    ].join('\n'),
    security: 'bearer',
    body: {
      schema: 'CheckRequest',
      examples: {
        text: { text: '亲，开发票要加6个点哦' },
        inConversation: { text: '您的包裹昨天已经发出了', context: { conversation: 'c-1' } },
      },
    },
    answers: {
      200: {
        description: 'all findings, the gravest rule first; none: it may be sent',
        schema: 'CheckResult',
        example: {
          verdict: 'stop',
          points: 6,
          findings: [
            {
              rule: 'invoice',
              severity: 'points',
              points: 6,
              words: '开发票要加6个点',
              start: 2,
              end: 10,
              because: '开发票不能向买家收税点、邮费或任何费用',
              wording: '亲，发票可以开的，不另收费用，您把抬头和税号告诉我就好',
              replacement: { start: 2, end: 11, text: '发票可以开的，不另收费用，您把抬头和税号告诉我就好' },
              english: { because: 'nothing may be charged for an invoice: no tax, no postage, no fee' },
            },
          ],
        },
      },
    },
    problems: {
      ...bearerProblems,
      400: { codes: ['not_json'], when: 'the body is not JSON' },
      404: { codes: ['not_found'], when: 'there is no such shop or conversation' },
      413: { codes: ['too_large'], when: 'the body is larger than 64 KiB' },
      415: { codes: ['media_type'], when: 'the body is not application/json' },
      422: invalidProblem,
    },
  },
} as const satisfies RouteDescription;

export function openCheck(app: FastifyInstance, deps: ServerDeps): void {
  const { flow, storage } = deps;
  app.route<{ Params: z.output<typeof shopParams>; Body: z.output<typeof checkRequestSchema> }>({
    ...routed(postCheckRoute),
    onRequest: bearer(deps, 'connect', 'phrases', 'read'),
    async handler(request, reply) {
      const { shop } = request.params;
      const { text, context = {} } = request.body;
      let isOwner: boolean | undefined = context.orderingAccount;
      let item: Item | undefined = context.item === undefined ? undefined : { id: context.item, title: context.item };
      if (context.conversation !== undefined) {
        const turn = await storage.turn(shop, context.conversation);
        if (turn === undefined)
          return sendProblem(reply, { status: 404, code: 'not_found', detail: 'the shop has no such conversation' });
        const { memory, buyer } = turn.conversation;
        isOwner ??= isOrderingAccount(orderNamed(memory, turn.messages), buyer.id);
        item ??= itemInView(turn);
      }
      return checkedOnTheWire(flow.check(shop, text, isOwner, item));
    },
  });
}

/** A text's findings as HTTP and the command line tell them. */
export function checkedOnTheWire(findings: readonly Finding[]): z.output<typeof checkResultSchema> {
  return { ...judge(findings), findings: [...findings] };
}
