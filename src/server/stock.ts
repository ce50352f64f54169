/** Stock over HTTP: taken in as ERPs and spreadsheets write it, in force at once; each import is audited. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { encoded } from '../csv.js';
import { stockCsv } from '../stock/file.js';
import type { TakenRow } from '../stock/take.js';
import { actorOf, bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { unknownShop } from './problem.js';
import { routed, type shopParams } from './route-description.js';
import { mostRowsTold, stockRoutes as routes, type stockImportResultSchema, type stockListSchema } from './stock-routes.js';

type Params = z.output<typeof shopParams>;

/** 50,000 rows as a CSV. */
const tableBytes = 8_388_608;

export function openStock(app: FastifyInstance, deps: ServerDeps): void {
  const { stock, storage, flow, now } = deps;

  app.route<{ Params: Params; Querystring: z.output<typeof routes.get.schema.querystring> }>({
    ...routed(routes.get),
    onRequest: bearer(deps, 'read', 'stock', 'desk'),
    async handler(request, reply) {
      const { shop } = request.params;
      const { product, format, encoding } = request.query;
      const rows = await stock.rows(shop, product);
      if (rows === undefined) return unknownShop(reply);
      if (format === 'json') {
        const told: z.output<typeof stockListSchema> = {
          at: new Date(now()).toISOString(),
          rows: rows.map(({ asOf, ...row }) => ({
            ...row,
            ...(asOf !== undefined && { asOf: new Date(asOf).toISOString() }),
          })),
        };
        return told;
      }
      const details = { what: 'stock', format, count: rows.length };
      await storage.audit({ shop, at: now(), by: actorOf(request), action: 'exported', details });
      return reply
        .type(`text/csv; charset=${encoding}; header=present`)
        .header('content-disposition', `attachment; filename="stock-${shop}.csv"`)
        .send(await encoded(stockCsv(rows), encoding));
    },
  });

  // Here a body is the bytes of a table, whatever its content type says.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: tableBytes }, (_request, body, done) => done(null, body));
    scope.route<{ Params: Params; Querystring: z.output<typeof routes.put.schema.querystring>; Body: Buffer | undefined }>({
      ...routed(routes.put),
      onRequest: bearer(deps, 'stock'),
      bodyLimit: tableBytes,
      handler: (request, reply) => take(request, reply, request.params.shop, request.body, request.query),
    });
    scope.route<{ Params: Params; Querystring: z.output<typeof routes.patch.schema.querystring>; Body: Buffer | undefined }>({
      ...routed(routes.patch),
      onRequest: bearer(deps, 'stock'),
      bodyLimit: tableBytes,
      handler: (request, reply) => take(request, reply, request.params.shop, request.body, request.query),
    });
  });

  async function take(
    request: FastifyRequest,
    reply: FastifyReply,
    shop: string,
    body: Buffer | undefined,
    asked: z.output<typeof routes.patch.schema.querystring> & { readonly missing?: 'unknown' | 'out' },
  ): Promise<FastifyReply | z.output<typeof stockImportResultSchema>> {
    const { dryRun = false, asOf, missing } = asked;
    const imported = await stock.import(shop, body ?? Buffer.alloc(0), {
      isTrial: dryRun,
      asOf: asOf === undefined ? undefined : asOf === 'now' ? now() : Date.parse(asOf),
      missing,
    });
    if (imported === undefined) return unknownShop(reply);
    if ('problem' in imported) throw new InvalidRequest([imported]);
    const { rows, unchanged, stale, format } = imported;
    const count = (outcome: TakenRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
    const counts = { added: count('added'), changed: count('changed'), missing: count('missing'), skipped: count('skipped') };
    if (!dryRun) {
      // Drafts that rest on what changed are withdrawn at once, and then made anew.
      if (rows.some(({ outcome }) => outcome !== 'skipped')) {
        await storage.touchDesk(shop);
        await flow.redraft?.(shop);
      }
      const details = { what: 'stock', format, whole: missing !== undefined, unchanged, ...counts };
      await storage.audit({ shop, at: now(), by: actorOf(request), action: 'imported', details });
    }
    const told = rows.slice(0, mostRowsTold).map((row) => ({ ...row }));
    return { dryRun, format, ...counts, unchanged, stale, rows: told, rowsLeftOut: rows.length - told.length };
  }
}
