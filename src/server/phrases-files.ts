/** Quick phrases as files over HTTP: imports, tried first or at once, and exports; both are audited. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { worksIn } from '../access/scopes.js';
import { encoded } from '../csv.js';
import { codedFault } from '../fault-words.js';
import { type FileRow, phraseFile, readPhraseFile } from '../phrases/formats.js';
import { mostPhrases } from '../phrases/words.js';
import { actorOf, bearer, callerOf } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { baseOf } from './if-match.js';
import { auditOverrides, mustWorkHere } from './phrases-change.js';
import { phraseRoutes as routes } from './phrases-routes.js';
import type { phraseImportResultSchema } from './phrases-schemas.js';
import { authorOf, isVisible, keepsAll, phraseShop, viewerOf } from './phrases-wire.js';
import { sendProblem, unknownShop } from './problem.js';
import { routed, type shopParams } from './route-description.js';

type Params = z.output<typeof shopParams>;

/** 5,000 phrases of 200 characters. */
const fileBytes = 4_194_304;

/** @param app a scope of its own: here a body is the bytes of a file, whatever its content type says */
export function openPhraseFiles(app: FastifyInstance, deps: ServerDeps): void {
  const { phrases, people, storage, now } = deps;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: fileBytes }, (_request, body, done) => done(null, body));

  app.route<{ Params: Params; Querystring: z.output<typeof routes.import.schema.querystring>; Body: Buffer | undefined }>({
    ...routed(routes.import),
    onRequest: bearer(deps, 'phrases', 'desk'),
    bodyLimit: fileBytes,
    async handler(request, reply) {
      const { shop: id } = request.params;
      const { dryRun = false, onExisting, override = false, agent: named } = request.query;
      if (named !== undefined) await mustWorkHere(deps, id, named, 'query agent');
      const caller = callerOf(request);
      const own = caller?.kind === 'user' && !keepsAll(request, id) ? caller.user.id : undefined;
      const agent = named ?? own;
      const base = baseOf(request, 'the phrases', true);
      const read = await readPhraseFile(request.body ?? Buffer.alloc(0), phraseShop(deps, id), now());
      if ('fault' in read) throw new InvalidRequest([{ field: '', ...read.fault }]);
      const { format } = read;
      if (read.rows.length > mostPhrases) {
        throw new InvalidRequest([{ field: '', ...codedFault('many_phrases', { has: read.rows.length, most: mostPhrases }) }]);
      }
      const rows = await withKnownAgents(read.rows, id);
      const author = authorOf(request, id, override);
      const on = base === 'any' ? undefined : base;
      const result = await phrases.importRows(id, rows, { format, agent, onExisting }, author, dryRun, on);
      if (result === undefined) return unknownShop(reply);
      if ('stale' in result) {
        const detail = `the phrases were changed meanwhile: revision ${result.stale} is in force; try it again with dryRun=true`;
        return sendProblem(reply, { status: 412, code: 'stale', detail, revision: result.stale });
      }
      const count = (outcome: string) => result.rows.filter((row) => row.outcome === outcome).length;
      const told: z.output<typeof phraseImportResultSchema> = {
        dryRun,
        format,
        revision: result.revision,
        added: count('added'),
        changed: count('changed'),
        unchanged: count('unchanged'),
        skipped: count('skipped'),
        rows: result.rows.map(({ faults, ...row }) => ({
          ...row,
          ...(faults !== undefined && { faults: [...faults] }),
          findings: [...row.findings],
        })),
      };
      if (dryRun) return told;
      const { added, changed, skipped } = told;
      const details = { what: 'phrases', format, added, changed, skipped };
      await storage.audit({ shop: id, at: now(), by: actorOf(request), action: 'imported', details });
      await auditOverrides(deps, request, result.overridden);
      return told;
    },
  });

  /** Rows that name somebody who does not work here are told so. */
  async function withKnownAgents(rows: readonly FileRow[], shop: string): Promise<readonly FileRow[]> {
    if (rows.every(({ words }) => words.agent === undefined)) return rows;
    const known = new Set((await people.list()).filter((user) => worksIn(user, shop)).map(({ id }) => id));
    return rows.map((row) =>
      row.words.agent === undefined || known.has(row.words.agent)
        ? row
        : { ...row, faults: [{ field: 'agent', ...codedFault('nobody_here', {}, 'nobody_here_row') }] },
    );
  }

  app.route<{ Params: Params; Querystring: z.output<typeof routes.export.schema.querystring> }>({
    ...routed(routes.export),
    onRequest: bearer(deps, 'read', 'phrases', 'desk'),
    async handler(request, reply) {
      const { shop: id } = request.params;
      const { format, encoding, agent } = request.query;
      const viewer = viewerOf(request, reply, id, agent);
      if (viewer === undefined) return reply;
      const { revision, phrases: all } = await phrases.set(id);
      const shown = all.filter((one) => isVisible(one, viewer));
      const text = phraseFile(shown, format, phraseShop(deps, id), now());
      const details = { what: 'phrases', format, count: shown.length };
      await storage.audit({ shop: id, at: now(), by: actorOf(request), action: 'exported', details });
      const isJson = format === 'json';
      const type = isJson ? 'application/json; charset=utf-8' : `text/csv; charset=${encoding}; header=present`;
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="phrases-${id}-${revision}.${isJson ? 'json' : 'csv'}"`)
        .send(isJson ? Buffer.from(text) : await encoded(text, encoding));
    },
  });
}
