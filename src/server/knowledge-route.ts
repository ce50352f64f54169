/** What an owner wants to see after a change: is it in force, since when, and if not, why not. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Fault } from '../errors.js';
import { bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { unknownShop } from './problem.js';
import { bearerProblems, type RouteDescription, routed, shopParams } from './route-description.js';
import { revisionOnTheWire } from './settings.js';
import type { knowledgeStatusSchema } from './wire-schemas.js';

const example = {
  shop: 'demo',
  knowledge: '9c1d7b2f04a3e658',
  since: '2026-11-11T12:00:00.000Z',
  settings: { revision: 7, parent: 6, at: '2026-11-11T12:00:00.000Z', source: 'file', author: 'config/shops/demo.yaml' },
  file: { path: 'config/shops/demo.yaml', standing: 'in_line', revision: 7 },
  refused: [
    {
      at: '2026-11-11T12:05:00.000Z',
      faults: [
        { file: 'intents/courier.yaml', line: 12, path: 'patterns[3]', problem: 'pattern "(顺丰": …', mend: 'See the pattern …' },
      ],
    },
  ],
  warnings: [],
};

export const knowledgeRoute = {
  method: 'GET',
  url: '/v1/shops/:shop/knowledge',
  schema: { params: shopParams },
  docs: {
    id: 'getKnowledge',
    tag: 'shop',
    summary: 'Which knowledge is in force?',
    description: 'And which change of a file was refused last, with all its faults.',
    security: 'bearer',
    answers: { 200: { description: 'what is in force, and what is not', schema: 'KnowledgeStatus', example } },
    problems: { ...bearerProblems, 404: { codes: ['not_found'], when: 'there is no such shop' } },
  },
} as const satisfies RouteDescription;

export function openKnowledge(app: FastifyInstance, deps: ServerDeps): void {
  const { knowledge } = deps;
  app.route<{ Params: z.output<typeof shopParams> }>({
    ...routed(knowledgeRoute),
    onRequest: bearer(deps, 'read'),
    async handler(request, reply) {
      const id = request.params.shop;
      const status = knowledge.status(id);
      const revision = await knowledge.settings.revision(id, status?.shop.settings ?? 0);
      if (status === undefined || revision === undefined) return unknownShop(reply);
      const fileRevision = await knowledge.settings.fileRevision(id);
      const told: z.output<typeof knowledgeStatusSchema> = {
        shop: id,
        knowledge: status.shop.revision,
        since: new Date(status.since).toISOString(),
        settings: revisionOnTheWire(revision),
        file: {
          path: status.file,
          standing: status.standing,
          ...(fileRevision === undefined ? {} : { revision: fileRevision }),
        },
        refused: status.refused.map(({ at, faults, changes }) => ({
          at: new Date(at).toISOString(),
          faults: faults.map(faultOnTheWire),
          ...(changes === undefined ? {} : { changes: [...changes] }),
        })),
        warnings: status.warnings.map(faultOnTheWire),
      };
      return told;
    },
  });
}

function faultOnTheWire({ severity: _, ...fault }: Fault) {
  return fault;
}
