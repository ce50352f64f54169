/** A shop's settings over HTTP: read, changed and rolled back as revisions, each change on the revision that its author saw. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ChangeOutcome, ChangeRequest } from '../knowledge/settings.js';
import { mergePatch } from '../shop/merge-patch.js';
import { parameterSchema } from '../shop/parameter-schema.js';
import type { SettingsFault } from '../shop/settings-content.js';
import { changeLines, changesBetween } from '../shop/settings-diff.js';
import type { SettingsRevision } from '../storage/storage.js';
import { actorOf, bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { baseMissing, baseOf } from './if-match.js';
import { jsonParser } from './json-body.js';
import { sendProblem } from './problem.js';
import { routed, type shopParams } from './route-description.js';
import { openSettingsFile } from './settings-file.js';
import { settingsRoutes as routes } from './settings-routes.js';
import type { settingsCheckSchema, settingsRevisionSchema } from './wire-schemas.js';

type Params = z.output<typeof shopParams>;

/** What a revision is of. */
const what = 'the settings';
/** A shop with thousands of products. */
const bodyLimit = 1_048_576;

export function openSettings(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (scope) => {
    scope.addContentTypeParser('application/merge-patch+json', { parseAs: 'string', bodyLimit }, jsonParser(scope));
    openReading(scope, deps);
    openChanging(scope, deps);
  });
  app.register(async (scope) => openSettingsFile(scope, deps));
}

function openReading(app: FastifyInstance, deps: ServerDeps): void {
  const { settings } = deps.knowledge;
  const onRequest = bearer(deps, 'read');
  app.route<{ Params: Params }>({
    ...routed(routes.get),
    onRequest,
    async handler(request, reply) {
      const current = await settings.current(request.params.shop);
      if (current === undefined) return noRevision(reply);
      const tag = etag(current);
      reply.header('etag', tag);
      return request.headers['if-none-match'] === tag ? reply.code(304).send() : current.content;
    },
  });
  app.route<{ Params: Params }>({
    ...routed(routes.schema),
    onRequest,
    handler: () => parameterSchema(),
  });
  app.route<{ Params: Params; Body: Record<string, unknown> }>({
    ...routed(routes.check),
    onRequest,
    bodyLimit,
    async handler({ params, body }): Promise<z.output<typeof settingsCheckSchema>> {
      const current = await settings.current(params.shop);
      const { content, faults, hints } = settings.check(mergePatch(current?.content, body), params.shop, current?.content);
      return {
        faults: faults.map(onField),
        hints: hints.map(onField),
        changes: faults.length > 0 ? [] : [...changesBetween(current?.content, content)],
      };
    },
  });
  app.route<{ Params: Params; Querystring: z.output<typeof routes.list.schema.querystring> }>({
    ...routed(routes.list),
    onRequest,
    async handler({ params, query }) {
      const revisions = await settings.history(params.shop, query.before, query.limit);
      return { revisions: revisions.map(revisionOnTheWire) };
    },
  });
  app.route<{ Params: z.output<typeof routes.one.schema.params> }>({
    ...routed(routes.one),
    onRequest,
    async handler({ params }, reply) {
      const found = await settings.revision(params.shop, params.revision);
      return found === undefined ? noRevision(reply) : { ...revisionOnTheWire(found), settings: found.content };
    },
  });
  app.route<{ Params: Params; Querystring: z.output<typeof routes.diff.schema.querystring> }>({
    ...routed(routes.diff),
    onRequest,
    async handler({ params: { shop }, query }, reply) {
      const to = query.to === undefined ? await settings.current(shop) : await settings.revision(shop, query.to);
      const from = to && (await settings.revision(shop, query.from ?? to.parent ?? to.number));
      if (to === undefined || from === undefined) return noRevision(reply);
      const changes = changesBetween(from.content, to.content);
      return { from: from.number, to: to.number, changes, text: changeLines(changes).join('\n') };
    },
  });
}

function openChanging(app: FastifyInstance, deps: ServerDeps): void {
  const { settings } = deps.knowledge;
  const change = async (request: FastifyRequest, wanted: ChangeRequest): Promise<ChangeOutcome> => {
    const outcome = await deps.knowledge.change(wanted);
    if (outcome.outcome !== 'done') return outcome;
    const { shop, number, source } = outcome.revision;
    const by = actorOf(request);
    await deps.storage.audit({
      shop,
      at: deps.now(),
      by,
      action: 'settings_changed',
      subject: String(number),
      details: { source },
    });
    return outcome;
  };
  const onRequest = bearer(deps, 'admin');
  const write = (route: typeof routes.put | typeof routes.patch, merged: (current: unknown, sent: unknown) => unknown) =>
    app.route<{ Params: Params; Querystring: z.output<typeof route.schema.querystring>; Body: Record<string, unknown> }>({
      ...routed(route),
      onRequest,
      bodyLimit,
      async handler(request, reply) {
        const base = baseOf(request, what);
        if (base === undefined) return baseMissing(reply, what);
        const { shop } = request.params;
        const { note, author } = request.query;
        const content = (current: unknown) => merged(current, request.body);
        return told(reply, await change(request, { shop, base, settings: content, note, ...who(request, author) }));
      },
    });
  write(routes.put, (_, sent) => sent);
  write(routes.patch, mergePatch);
  app.route<{
    Params: Params;
    Querystring: z.output<typeof routes.rollback.schema.querystring>;
    Body: z.output<typeof routes.rollback.schema.body>;
  }>({
    ...routed(routes.rollback),
    onRequest,
    async handler(request, reply) {
      const base = baseOf(request, what);
      if (base === undefined) return baseMissing(reply, what);
      const { shop } = request.params;
      const { revision, note = `back to revision ${revision}` } = request.body;
      const old = await settings.revision(shop, revision);
      if (old === undefined) return noRevision(reply);
      const { author } = who(request, request.query.author);
      return told(reply, await change(request, { shop, base, settings: () => old.content, note, author, source: 'rollback' }));
    },
  });
}

function told(reply: FastifyReply, outcome: ChangeOutcome): FastifyReply {
  switch (outcome.outcome) {
    case 'done':
      return reply
        .header('etag', etag(outcome.revision))
        .send({ ...revisionOnTheWire(outcome.revision), changes: outcome.changes });
    case 'unchanged':
      return reply.header('etag', etag(outcome.revision)).send({ ...revisionOnTheWire(outcome.revision), changes: [] });
    case 'faulty':
      throw new InvalidRequest(outcome.faults.map(onField));
    case 'stale': {
      const { number, source, author } = outcome.current;
      return sendProblem(
        reply,
        {
          status: 412,
          code: 'stale',
          detail: `the shop was changed meanwhile: revision ${number} (${source}, ${author}) is in force; look at \`changes\`, then send it again on that one`,
          revision: number,
          changes: outcome.changes,
        },
        { etag: etag(outcome.current) },
      );
    }
  }
}

/** A fault of settings by the name that callers have for its place. */
function onField({ path, ...fault }: SettingsFault) {
  return { field: path, ...fault };
}

export function revisionOnTheWire(revision: SettingsRevision): z.output<typeof settingsRevisionSchema> {
  const { number, parent, at, source, author, note } = revision;
  return {
    revision: number,
    ...(parent !== undefined && { parent }),
    at: new Date(at).toISOString(),
    source,
    author,
    ...(note !== undefined && { note }),
  };
}

function etag({ number }: SettingsRevision): string {
  return `"${number}"`;
}

/** Who changes it; of the command line on this machine the account that it names. */
function who(request: FastifyRequest, author: string | undefined): { source: 'api' | 'cli'; author: string } {
  const { kind, id, name } = actorOf(request);
  if (kind === 'cli') return { source: 'cli', author: author ?? 'cli' };
  return { source: 'api', author: kind === 'user' || name === id ? name : `${name} (${id})` };
}

function noRevision(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, { status: 404, code: 'not_found', detail: 'the shop has no such revision' });
}
