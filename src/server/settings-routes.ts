/** The routes of a shop's settings as data. */
import { z } from 'zod';
import { bearerProblems, bodyProblems, invalidProblem, type RouteDescription, shopParams } from './route-description.js';
import { mergePatchSchema, rollbackRequestSchema } from './wire-schemas.js';

const url = '/v1/shops/:shop/settings';
const noShop = { codes: ['not_found'], when: 'there is no such shop' } as const;
const noRevision = { codes: ['not_found'], when: 'there is no such shop or revision' } as const;
const revisionNumber = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

const revision = {
  revision: 8,
  parent: 7,
  at: '2026-11-11T12:00:00.000Z',
  source: 'api',
  author: '控制台 (7b0c…)',
  note: '双11',
};
const changes = [{ path: 'shipping.freeFromYuan', before: 95, after: 88 }];
const changed = { description: 'in force', schema: 'SettingsChanged', example: { ...revision, changes } } as const;

const noteQuery = z.object({
  note: z.string().min(1).max(200).optional().meta({ description: 'why, for the history' }),
  author: z.string().min(1).max(100).optional().meta({ description: 'who; heard from the command line of the server alone' }),
});

const changeProblems = {
  ...bearerProblems,
  400: { codes: ['not_json'], when: 'the body is not JSON' },
  404: noShop,
  412: { codes: ['stale'], when: 'the shop was changed since the revision of `If-Match`: `changes` says what' },
  413: { codes: ['too_large'], when: 'the body is larger than 1 MiB' },
  415: { codes: ['media_type'], when: 'the body is not JSON by its content type' },
  422: invalidProblem,
  428: { codes: ['precondition_required'], when: '`If-Match` is missing' },
} as const;

/** What a shop may leave out is left out. */
const settingsExample = {
  id: 'demo',
  name: '木禾针织',
  timeZone: 'Asia/Shanghai',
  hours: { weekly: { mon: ['09:00-23:00'], tue: ['18:00-02:00'], wed: [], thu: [], fri: [], sat: [], sun: [] } },
  shipping: { table: [{ regions: ['广东', '上海'], firstKgYuan: 8, nextKgYuan: 3 }], freeFromYuan: 95 },
} as const;

/** One field of it. */
const schemaExample = {
  type: 'object',
  properties: {
    shipping: {
      type: 'object',
      title: '运费',
      titles: { zh: '运费', en: 'postage' },
      properties: {
        freeFromYuan: {
          type: 'number',
          minimum: 0,
          maximum: 1_000_000,
          multipleOf: 0.01,
          title: '包邮金额',
          titles: { zh: '包邮金额', en: 'free from this amount' },
          examples: [95],
          unit: { zh: '元', en: 'yuan' },
        },
      },
    },
  },
} as const;

export const settingsRoutes = {
  get: {
    method: 'GET',
    url,
    schema: { params: shopParams },
    docs: {
      id: 'getSettings',
      tag: 'shop',
      summary: 'The settings in force',
      description: 'As the owner gave them: without defaults. `ETag` is the revision; `If-None-Match` saves the body.',
      security: 'bearer',
      answers: {
        200: { description: 'the settings', schema: 'ShopSettings', example: settingsExample },
        304: { description: 'as you have them' },
      },
      problems: { ...bearerProblems, 404: noShop },
    },
  },
  schema: {
    method: 'GET',
    url: `${url}/schema`,
    schema: { params: shopParams },
    docs: {
      id: 'getSettingsSchema',
      tag: 'shop',
      summary: 'What can be set',
      description:
        'JSON Schema (2020-12) of the settings for forms: `titles` in both languages (`title` is the Chinese one), `unit` of numbers, `choices` with what each word means, `examples`, `default` and bounds. What a page must know beside it (places, couriers, ids) the check tells.',
      security: 'bearer',
      answers: { 200: { description: 'the schema', schema: 'SettingsSchema', example: schemaExample } },
      problems: { ...bearerProblems, 404: noShop },
    },
  },
  check: {
    method: 'POST',
    url: `${url}/check`,
    schema: { params: shopParams, body: mergePatchSchema },
    docs: {
      id: 'postSettingsCheck',
      tag: 'shop',
      summary: 'Would this change be taken?',
      description:
        'A merge patch as `PATCH` takes it, with all its faults beside their fields, and what it would change. Nothing is kept.',
      security: 'bearer',
      body: { schema: 'SettingsPatch', examples: { threshold: { shipping: { freeFromYuan: 88 } } } },
      answers: {
        200: {
          description: 'its faults, and its changes where it has none',
          schema: 'SettingsCheck',
          example: {
            faults: [{ field: 'shipping.freeFormYuan', problem: 'is not a known key', mend: 'Did you mean freeFromYuan?' }],
            changes: [],
            hints: [],
          },
        },
      },
      problems: { ...bearerProblems, ...bodyProblems, 404: noShop },
    },
  },
  put: {
    method: 'PUT',
    url,
    schema: { params: shopParams, querystring: noteQuery, body: z.record(z.string(), z.unknown()) },
    docs: {
      id: 'putSettings',
      tag: 'shop',
      summary: 'Replace the settings',
      description: 'All of them: what is left out is unset. In force when the call is answered.',
      security: 'bearer',
      ifMatch: 'required',
      body: { schema: 'ShopSettings', examples: {} },
      answers: { 200: changed },
      problems: changeProblems,
    },
  },
  patch: {
    method: 'PATCH',
    url,
    schema: { params: shopParams, querystring: noteQuery, body: mergePatchSchema },
    docs: {
      id: 'patchSettings',
      tag: 'shop',
      summary: 'Change some settings',
      description: 'JSON merge patch (RFC 7396), also as `application/json`. In force when the call is answered.',
      security: 'bearer',
      ifMatch: 'required',
      body: {
        schema: 'SettingsPatch',
        contentType: 'application/merge-patch+json',
        examples: { threshold: { shipping: { freeFromYuan: 88 } }, unset: { callbackUrl: null } },
      },
      answers: { 200: changed },
      problems: changeProblems,
    },
  },
  list: {
    method: 'GET',
    url: `${url}/revisions`,
    schema: {
      params: shopParams,
      querystring: z.object({
        before: revisionNumber.optional().meta({ description: 'only older ones than this' }),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    },
    docs: {
      id: 'getSettingsRevisions',
      tag: 'shop',
      summary: 'Who changed the settings, and when',
      description: 'Newest first.',
      security: 'bearer',
      answers: { 200: { description: 'the revisions', schema: 'SettingsRevisions', example: { revisions: [revision] } } },
      problems: { ...bearerProblems, 404: noShop, 422: invalidProblem },
    },
  },
  one: {
    method: 'GET',
    url: `${url}/revisions/:revision`,
    schema: { params: shopParams.extend({ revision: revisionNumber }) },
    docs: {
      id: 'getSettingsRevision',
      tag: 'shop',
      summary: 'The settings as they once were',
      description: 'A revision never changes.',
      security: 'bearer',
      answers: {
        200: { description: 'the revision', schema: 'SettingsAt', example: { ...revision, settings: settingsExample } },
      },
      problems: { ...bearerProblems, 404: noRevision, 422: invalidProblem },
    },
  },
  diff: {
    method: 'GET',
    url: `${url}/diff`,
    schema: {
      params: shopParams,
      querystring: z.object({
        from: revisionNumber.optional().meta({ description: 'default: the one that `to` replaced' }),
        to: revisionNumber.optional().meta({ description: 'default: the one in force' }),
      }),
    },
    docs: {
      id: 'getSettingsDiff',
      tag: 'shop',
      summary: 'What differs between two revisions',
      description: 'Path by path, and as text.',
      security: 'bearer',
      answers: {
        200: {
          description: 'the differences',
          schema: 'SettingsDiff',
          example: { from: 7, to: 8, changes, text: '~ shipping.freeFromYuan: 95 → 88' },
        },
      },
      problems: { ...bearerProblems, 404: noRevision, 422: invalidProblem },
    },
  },
  rollback: {
    method: 'POST',
    url: `${url}/rollback`,
    schema: { params: shopParams, querystring: noteQuery.pick({ author: true }), body: rollbackRequestSchema },
    docs: {
      id: 'postSettingsRollback',
      tag: 'shop',
      summary: 'Go back to a revision',
      description: 'Makes a new revision with the old settings; the history stays. In force when the call is answered.',
      security: 'bearer',
      ifMatch: 'required',
      body: { schema: 'RollbackRequest', examples: { back: { revision: 7, note: '运费写错了' } } },
      answers: { 200: changed },
      problems: {
        ...bearerProblems,
        400: changeProblems[400],
        404: noRevision,
        412: changeProblems[412],
        415: changeProblems[415],
        422: invalidProblem,
        428: changeProblems[428],
      },
    },
  },
} as const satisfies Readonly<Record<string, RouteDescription>>;
