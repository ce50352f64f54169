/** Away-now: a switch, not a setting. While it is on nobody is on duty, whatever the hours say. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Away } from '../storage/storage.js';
import { awayOnTheWire } from './away-wire.js';
import { actorOf, bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { bearerProblems, invalidProblem, type RouteDescription, routed, shopParams } from './route-description.js';
import { awayRequestSchema } from './wire-schemas.js';

const example = {
  away: true,
  since: '2026-11-11T12:00:00.000Z',
  until: '2026-11-12T01:00:00.000Z',
  by: { id: 'u_zhou', name: '小周' },
};
const noShop = { codes: ['not_found'], when: 'there is no such shop' } as const;

export const getAwayRoute = {
  method: 'GET',
  url: '/v1/shops/:shop/away',
  schema: { params: shopParams },
  docs: {
    id: 'getAway',
    tag: 'shop',
    summary: 'Is the shop away now?',
    description: 'An absence whose `until` has passed is over.',
    security: 'bearer',
    answers: { 200: { description: 'whether, and since and until when', schema: 'Away', example } },
    problems: { ...bearerProblems, 404: noShop },
  },
} as const satisfies RouteDescription;

export const putAwayRoute = {
  method: 'PUT',
  url: '/v1/shops/:shop/away',
  schema: { params: shopParams, body: awayRequestSchema },
  docs: {
    id: 'putAway',
    tag: 'shop',
    summary: 'Go away, or come back',
    description:
      'In force when the call is answered, and told to all screens of the desk. Whoever sits there may say so; it is audited.',
    security: 'bearer',
    body: {
      schema: 'AwayRequest',
      examples: { away: { away: true, until: '2026-11-12T09:00:00+08:00' }, back: { away: false } },
    },
    answers: { 200: { description: 'how it is now', schema: 'Away', example } },
    problems: {
      ...bearerProblems,
      400: { codes: ['not_json'], when: 'the body is not JSON' },
      404: noShop,
      415: { codes: ['media_type'], when: 'the body is not application/json' },
      422: invalidProblem,
    },
  },
} as const satisfies RouteDescription;

export function openAway(app: FastifyInstance, deps: ServerDeps): void {
  const { flow, storage, now } = deps;
  app.route<{ Params: z.output<typeof shopParams> }>({
    ...routed(getAwayRoute),
    onRequest: bearer(deps, 'read'),
    handler: async (request) => awayOnTheWire(await storage.away(request.params.shop), now()),
  });
  app.route<{ Params: z.output<typeof shopParams>; Body: z.output<typeof awayRequestSchema> }>({
    ...routed(putAwayRoute),
    onRequest: bearer(deps, 'away', 'admin'),
    async handler(request) {
      const { away, until } = request.body;
      const at = now();
      if (!away && until !== undefined) {
        const mend = 'leave it out: who comes back has no end to name';
        throw new InvalidRequest([{ field: 'until', problem: 'stands beside `away: false`', mend }]);
      }
      const end = until === undefined ? undefined : Date.parse(until);
      if (away && end !== undefined && end <= at) {
        throw new InvalidRequest([{ field: 'until', problem: 'has passed', mend: 'name a moment to come, or leave it out' }]);
      }
      const { shop } = request.params;
      const { id, name } = actorOf(request);
      const wanted: Away = { since: at, ...(end !== undefined && { until: end }), by: { id, name } };
      const state = awayOnTheWire(await flow.setAway(shop, away ? wanted : undefined), at);
      const details = { away, until: state.until ?? null };
      await storage.audit({ shop, at, by: actorOf(request), action: 'away_switched', details });
      await storage.touchDesk(shop);
      return state;
    },
  });
}
