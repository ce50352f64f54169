/** Quick phrases as they are told over HTTP. */
import { z } from 'zod';
import { phraseFormats } from '../phrases/formats.js';
import { findingSchema } from './answer-wire.js';
import { faultFields } from './fault-wire.js';

const moment = z.iso.datetime({ offset: true }).meta({ examples: ['2026-11-11T00:00:00+08:00'] });
const utc = z.iso.datetime().meta({ examples: ['2026-11-10T16:00:00.000Z'] });
const words = z.string().max(20_000);
const scope = z.enum(['shop', 'agent']).meta({ description: "`shop`: everybody's; `agent`: one user's own" });

const requestFields = {
  code: words.meta({
    description: 'what is typed to find it; differs from all others of its scope, case aside',
    examples: ['fh1'],
  }),
  title: words.optional().meta({ description: 'left out: the first words of the text', examples: ['发货时间'] }),
  text: words.meta({
    description: 'Liquid with the variables of `/phrases/variables`; filled in, within `bot.draftCharacters`',
    examples: ['亲，{{ cut_off }}前付款的当天安排发出～'],
  }),
  group: words.default('').meta({ examples: ['物流'] }),
  scope: scope.optional().meta({ description: 'default: `shop` for who may change those, else `agent`' }),
  agent: z.string().min(1).max(128).optional().meta({ description: 'id of the user whose own it is; default: who asks' }),
  enabled: z.boolean().default(true),
  validFrom: moment.optional().meta({ description: 'from when on it may be used' }),
  validTo: moment.optional().meta({ description: 'from when on it may no longer be used' }),
  position: z.int().min(0).max(1_000_000_000).optional().meta({ description: 'default: behind all others' }),
};

export const phraseRequestSchema = z.strictObject(requestFields);

export const phraseChangeSchema = z
  .strictObject({
    ...requestFields,
    code: requestFields.code.optional(),
    text: requestFields.text.optional(),
    group: words.optional(),
    enabled: z.boolean().optional(),
    validFrom: moment.nullable().optional(),
    validTo: moment.nullable().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'name what is to be changed');

const base = z
  .union([z.int().min(1), z.literal('*')])
  .meta({ description: 'its revision as you saw it; `*`: whatever it is now' });

export const phraseBulkSchema = z.strictObject({
  operations: z
    .array(
      z.discriminatedUnion('op', [
        z.strictObject({ op: z.literal('create'), phrase: phraseRequestSchema }),
        z.strictObject({ op: z.literal('update'), id: z.string().min(1), revision: base, change: phraseChangeSchema }),
        z.strictObject({ op: z.literal('delete'), id: z.string().min(1), revision: base }),
      ]),
    )
    .min(1)
    .max(500),
});

export const phraseOrderSchema = z.strictObject({
  ids: z
    .array(z.string().min(1))
    .min(2)
    .max(5000)
    .refine((ids) => new Set(ids).size === ids.length, 'name each phrase once')
    .meta({ description: 'in the order that they are to have; they take the places that they have among themselves' }),
});

const values = z
  .record(z.string(), z.union([z.string().max(500), z.number(), z.boolean()]))
  .optional()
  .meta({ description: 'what the conversation knows, by variable', examples: [{ buyer_name: '小王', agent_name: '3' }] });

export const phrasePreviewRequestSchema = z.strictObject({ text: words, values });
export const phraseUseRequestSchema = z.strictObject({ values });

const variableSchema = z.object({
  name: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  source: z.enum(['shop', 'chat', 'gap']).meta({
    description: '`shop`: filled by the settings; `chat`: by the conversation; `gap`: its parameter is not set',
  }),
  parameter: z.string().optional().meta({ description: 'path in the settings that it rests on' }),
  value: z.union([z.string(), z.number(), z.boolean()]).optional().meta({ description: 'as it is now' }),
});
const missingSchema = variableSchema.pick({ name: true, title: true, parameter: true });

const assessedFields = {
  characters: z.int().meta({ description: 'of the text filled in, as the platform counts' }),
  gaps: z.array(missingSchema).meta({ description: 'variables that it needs and whose parameter the shop has not set' }),
  open: z.array(missingSchema).meta({ description: 'variables that it needs from the conversation' }),
  findings: z.array(findingSchema).meta({ description: 'of the compliance rules, in the text filled in' }),
  verdict: z.enum(['send', 'warn', 'stop']).meta({
    description: '`warn`: hints alone; `stop`: it is not enabled without `?override=true`',
  }),
};

export const phraseSchema = z.object({
  id: z.string(),
  revision: z.int().meta({ description: 'of the set when it was last changed; its `ETag`' }),
  code: z.string(),
  title: z.string(),
  text: z.string().meta({ description: 'Liquid' }),
  group: z.string(),
  scope,
  agent: z.string().optional(),
  enabled: z.boolean(),
  validFrom: utc.optional(),
  validTo: utc.optional(),
  position: z.int(),
  uses: z.int().meta({ description: 'counting moves no revision' }),
  lastUsedAt: utc.optional(),
  createdAt: utc,
  changedAt: utc,
  changedBy: z.string(),
  ...assessedFields,
});

export const phraseSetSchema = z.object({
  revision: z.int().meta({ description: 'the `since` of the next call' }),
  whole: z
    .boolean()
    .meta({ description: 'true: forget what you have, `phrases` is all; false: `phrases` and `gone` are what changed' }),
  phrases: z.array(phraseSchema).meta({ description: 'in order' }),
  gone: z
    .array(z.object({ id: z.string(), revision: z.int() }))
    .meta({ description: 'deleted, or no longer yours to see; ids that you never had count for nothing' }),
});

export const phrasesFoundSchema = z.object({
  found: z
    .array(
      z.object({
        phrase: phraseSchema,
        matches: z
          .array(z.object({ field: z.enum(['code', 'title', 'group', 'text']), start: z.int(), end: z.int() }))
          .meta({ description: 'where each word was found, in UTF-16 units' }),
      }),
    )
    .meta({ description: 'best first' }),
});

export const phraseFilledSchema = z.object({
  text: z.string().meta({ description: 'ready to be put into the composer; what is open stands as `{买家昵称}`' }),
  ...assessedFields,
  points: z.number(),
});

export const phraseBulkResultSchema = z.object({
  revision: z.int(),
  phrases: z.array(phraseSchema).meta({ description: 'created and changed, in the order of the operations' }),
});

export const phraseImportResultSchema = z.object({
  dryRun: z.boolean(),
  format: z.enum(phraseFormats),
  revision: z.int(),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  rows: z.array(
    z.object({
      line: z.int().meta({ description: 'of the CSV; place in the JSON list' }),
      code: z.string(),
      outcome: z.enum(['added', 'changed', 'unchanged', 'skipped']),
      id: z.string().optional(),
      why: z
        .enum([
          'duplicate_code',
          'exists',
          'too_long',
          'finding',
          'forbidden',
          'full',
          'row',
          'code',
          'title',
          'group',
          'text',
          'time',
        ])
        .optional(),
      because: z.string().optional(),
      faults: z
        .array(z.object({ field: z.string().meta({ description: 'column or key; empty: the row itself' }), ...faultFields }))
        .optional()
        .meta({ description: 'what is wrong with it, one by one' }),
      findings: z.array(findingSchema),
    }),
  ),
});

export const phraseRequests = {
  PhraseRequest: phraseRequestSchema,
  PhraseChange: phraseChangeSchema,
  PhraseBulk: phraseBulkSchema,
  PhraseOrder: phraseOrderSchema,
  PhrasePreviewRequest: phrasePreviewRequestSchema,
  PhraseUseRequest: phraseUseRequestSchema,
  PhraseFile: z.string().meta({ description: 'the bytes of a file, whatever its content type says' }),
} as const;

export const phraseAnswers = {
  Phrase: phraseSchema,
  PhraseSet: phraseSetSchema,
  PhrasesFound: phrasesFoundSchema,
  PhraseFilled: phraseFilledSchema,
  PhraseUsed: phraseFilledSchema.extend({ uses: z.int() }),
  PhraseVariables: z.object({
    variables: z.array(variableSchema),
    longest: z.int().meta({ description: 'what a text may come to, in characters: `bot.draftCharacters`' }),
  }),
  PhraseBulkResult: phraseBulkResultSchema,
  PhraseOrdered: z.object({ revision: z.int() }),
  PhraseImportResult: phraseImportResultSchema,
} as const;
