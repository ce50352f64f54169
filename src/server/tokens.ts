/** The tokens of a shop. A token's secret is told once, when it is made. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Token } from '../storage/storage.js';
import { actorOf, bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { sendProblem } from './problem.js';
import { bearerProblems, invalidProblem, type RouteDescription, routed, shopParams } from './route-description.js';
import { tokenRequestSchema, type tokenSchema } from './wire-schemas.js';

const example = { id: '7b0c…', shop: 'demo', scope: 'connect', createdAt: '2026-11-11T12:00:00.000Z', note: '千牛插件' };
const noShop = { codes: ['not_found'], when: 'there is no such shop' } as const;
const url = '/v1/shops/:shop/tokens';

export const postTokenRoute = {
  method: 'POST',
  url,
  schema: { params: shopParams, body: tokenRequestSchema },
  docs: {
    id: 'postToken',
    tag: 'shop',
    summary: 'Make a token',
    description:
      '`connect` reads and acknowledges replies, `read` reads, `phrases` edits quick phrases, `admin` does everything.',
    security: 'bearer',
    body: { schema: 'TokenRequest', examples: { connector: { scope: 'connect', note: '千牛插件' } } },
    answers: {
      201: { description: 'made; the token is told this once', schema: 'NewToken', example: { ...example, token: 'zt_…' } },
    },
    problems: {
      ...bearerProblems,
      400: { codes: ['not_json'], when: 'the body is not JSON' },
      404: noShop,
      415: { codes: ['media_type'], when: 'the body is not application/json' },
      422: invalidProblem,
    },
  },
} as const satisfies RouteDescription;

export const getTokensRoute = {
  method: 'GET',
  url,
  schema: { params: shopParams },
  docs: {
    id: 'getTokens',
    tag: 'shop',
    summary: 'List the tokens',
    description: 'Without their secrets, which are not kept.',
    security: 'bearer',
    answers: { 200: { description: 'all tokens of the shop', schema: 'Tokens', example: { tokens: [example] } } },
    problems: { ...bearerProblems, 404: noShop },
  },
} as const satisfies RouteDescription;

export const deleteTokenRoute = {
  method: 'DELETE',
  url: `${url}/:id`,
  schema: { params: shopParams.extend({ id: z.string().min(1).max(128) }) },
  docs: {
    id: 'deleteToken',
    tag: 'shop',
    summary: 'Revoke a token',
    description: 'In force when the call is answered.',
    security: 'bearer',
    answers: { 204: { description: 'revoked' } },
    problems: { ...bearerProblems, 404: { codes: ['not_found'], when: 'there is no such shop or token' } },
  },
} as const satisfies RouteDescription;

export function openTokens(app: FastifyInstance, deps: ServerDeps): void {
  const { access, storage, now } = deps;
  const onRequest = bearer(deps, 'admin');
  app.route<{ Params: z.output<typeof shopParams>; Body: z.output<typeof tokenRequestSchema> }>({
    method: postTokenRoute.method,
    url,
    schema: postTokenRoute.schema,
    onRequest,
    async handler(request, reply) {
      const { token, secret } = await access.create(request.params.shop, request.body.scope, request.body.note);
      await storage.audit({
        shop: token.shop,
        at: now(),
        by: actorOf(request),
        action: 'token_added',
        subject: token.id,
        details: { scope: token.scope, note: token.note ?? null },
      });
      return reply.code(201).send({ ...tokenOnTheWire(token), token: secret });
    },
  });
  app.route<{ Params: z.output<typeof shopParams> }>({
    method: getTokensRoute.method,
    url,
    schema: getTokensRoute.schema,
    onRequest,
    handler: async (request) => ({ tokens: (await access.list(request.params.shop)).map(tokenOnTheWire) }),
  });
  app.route<{ Params: z.output<typeof deleteTokenRoute.schema.params> }>({
    ...routed(deleteTokenRoute),
    onRequest,
    async handler(request, reply) {
      const { shop, id } = request.params;
      const token = (await access.list(shop)).find((one) => one.id === id);
      if (token !== undefined && (await access.revoke(shop, id))) {
        const details = { scope: token.scope, note: token.note ?? null };
        await storage.audit({ shop, at: now(), by: actorOf(request), action: 'token_revoked', subject: id, details });
        return reply.code(204).send();
      }
      return sendProblem(reply, { status: 404, code: 'not_found', detail: 'the shop has no such token' });
    },
  });
}

function tokenOnTheWire({ id, shop, scope, createdAt, lastUsedAt, note }: Token): z.output<typeof tokenSchema> {
  return {
    id,
    shop,
    scope,
    createdAt: new Date(createdAt).toISOString(),
    ...(lastUsedAt !== undefined && { lastUsedAt: new Date(lastUsedAt).toISOString() }),
    ...(note !== undefined && { note }),
  };
}
