/** A shop's settings as a YAML file: to be kept, and to be read into a page that shows what it would change. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FaultTold } from '../fault-words.js';
import { settingsYaml } from '../shop/settings-content.js';
import { lineOfPath, parseYaml } from '../yaml-file.js';
import { actorOf, bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { sendProblem, unknownShop } from './problem.js';
import { bearerProblems, invalidProblem, type RouteDescription, routed, shopParams } from './route-description.js';

const url = '/v1/shops/:shop/settings/file';
const fileBytes = 1_048_576;
const yamlType = 'application/yaml';

export const settingsFileSchema = z.object({
  settings: z.record(z.string(), z.unknown()).meta({ description: 'as the file has them; sound, and not kept' }),
});

export const getSettingsFileRoute = {
  method: 'GET',
  url,
  schema: {
    params: shopParams,
    querystring: z.object({
      revision: z.coerce.number().int().min(1).optional().meta({ description: 'default: the one in force' }),
    }),
  },
  docs: {
    id: 'getSettingsFile',
    tag: 'shop',
    summary: 'The settings as a YAML file',
    description: 'As the owner gave them, in the order of the schema, without comments and defaults. Audited.',
    security: 'bearer',
    answers: { 200: { description: 'the file', contentType: yamlType } },
    problems: {
      ...bearerProblems,
      404: { codes: ['not_found'], when: 'there is no such shop or revision' },
      422: invalidProblem,
    },
  },
} as const satisfies RouteDescription;

export const postSettingsFileRoute = {
  method: 'POST',
  url,
  schema: { params: shopParams },
  docs: {
    id: 'postSettingsFile',
    tag: 'shop',
    summary: 'Read a YAML file of settings',
    description: 'Checked as `PUT …/settings` would check it. Nothing is kept: send what comes back with `PUT` or `PATCH`.',
    security: 'bearer',
    body: {
      schema: 'SettingsFileText',
      contentType: yamlType,
      examples: { file: 'id: demo\nname: 木禾针织\ntimeZone: Asia/Shanghai\n' },
    },
    answers: {
      200: {
        description: 'what it says',
        schema: 'SettingsFile',
        example: { settings: { id: 'demo', name: '木禾针织', shipping: { freeFromYuan: 88 } } },
      },
    },
    problems: {
      ...bearerProblems,
      404: { codes: ['not_found'], when: 'there is no such shop' },
      413: { codes: ['too_large'], when: 'the file is larger than 1 MiB' },
      422: { codes: ['invalid'], when: 'it is no YAML, or something in it is wrong: all faults with their lines' },
    },
  },
} as const satisfies RouteDescription;

const anything = z.record(z.string(), z.unknown());

/** @param app a scope of its own: here a body is a text, whatever its content type says */
export function openSettingsFile(app: FastifyInstance, deps: ServerDeps): void {
  const { knowledge, storage, now } = deps;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: fileBytes }, (_request, body, done) => done(null, body));

  app.route<{
    Params: z.output<typeof shopParams>;
    Querystring: z.output<typeof getSettingsFileRoute.schema.querystring>;
  }>({
    ...routed(getSettingsFileRoute),
    onRequest: bearer(deps, 'read'),
    async handler(request, reply) {
      const { shop } = request.params;
      const { revision } = request.query;
      const { settings } = knowledge;
      const found = await (revision === undefined ? settings.current(shop) : settings.revision(shop, revision));
      if (found === undefined) {
        return sendProblem(reply, { status: 404, code: 'not_found', detail: 'the shop has no such revision' });
      }
      const details = { what: 'settings', revision: found.number };
      await storage.audit({ shop, at: now(), by: actorOf(request), action: 'exported', details });
      return reply
        .type(`${yamlType}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${shop}-${found.number}.yaml"`)
        .send(settingsYaml(found.content, `Settings of ${shop}, revision ${found.number}`));
    },
  });

  app.route<{ Params: z.output<typeof shopParams>; Body: string | undefined }>({
    ...routed(postSettingsFileRoute),
    onRequest: bearer(deps, 'admin'),
    bodyLimit: fileBytes,
    async handler({ params, body = '' }, reply) {
      const text = body.replace(/^\uFEFF/, '');
      const read = parseYaml(text, anything, '');
      if (read.value === undefined)
        throw new InvalidRequest(
          read.faults.map(({ file: _, severity: __, path, line, ...fault }) => faultAt(path, line, fault)),
        );
      const { value } = read;
      const trial = await knowledge.trial(params.shop, () => value);
      if (trial === undefined) return unknownShop(reply);
      if ('faults' in trial)
        throw new InvalidRequest(trial.faults.map(({ path, ...fault }) => faultAt(path, lineOfPath(text, path), fault)));
      return { settings: value } satisfies z.output<typeof settingsFileSchema>;
    },
  });
}

function faultAt(field: string, line: number | undefined, fault: FaultTold) {
  return { field: line === undefined ? field : `${field} (line ${line})`.trim(), ...fault };
}
