/** For whoever watches the process: does it live, may it be sent requests, and its figures. */
import type { FastifyInstance } from 'fastify';
import type { ServerDeps } from './deps.js';
import { sendProblem } from './problem.js';
import type { RouteDescription } from './route-description.js';

export const healthRoute = {
  method: 'GET',
  url: '/healthz',
  schema: {},
  docs: {
    id: 'getHealth',
    tag: 'process',
    summary: 'The process lives',
    description: 'Asks nothing else: restart the process when this fails.',
    security: 'none',
    answers: { 200: { description: 'it does', schema: 'Health', example: { status: 'ok', version: '0.1.0' } } },
    problems: {},
  },
} as const satisfies RouteDescription;

export const readyRoute = {
  method: 'GET',
  url: '/readyz',
  schema: {},
  docs: {
    id: 'getReady',
    tag: 'process',
    summary: 'The process may be sent requests',
    description: 'The knowledge is loaded and the database answers.',
    security: 'none',
    answers: { 200: { description: 'it may', schema: 'Ready', example: { ready: true } } },
    problems: { 503: { codes: ['unavailable'], when: 'not yet, or no longer' } },
  },
} as const satisfies RouteDescription;

export const metricsRoute = {
  method: 'GET',
  url: '/metrics',
  schema: {},
  docs: {
    id: 'getMetrics',
    tag: 'process',
    summary: 'Figures for Prometheus',
    description:
      'Counts and durations only: no shop, no buyer, no words. It asks for no token; let your proxy keep it to yourselves if figures matter.',
    security: 'none',
    answers: { 200: { description: 'in the Prometheus text format', contentType: 'text/plain' } },
    problems: {},
  },
} as const satisfies RouteDescription;

export function openHealth(app: FastifyInstance, { storage, metrics, ready, version }: ServerDeps): void {
  app.get(healthRoute.url, async () => ({ status: 'ok', version }));
  app.get(readyRoute.url, async (_request, reply) => {
    if (ready() && (await storage.healthy())) return { ready: true };
    const problem = { status: 503, code: 'unavailable', detail: 'not ready' } as const;
    return sendProblem(reply, problem, { 'retry-after': '1' });
  });
  app.get(metricsRoute.url, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}
