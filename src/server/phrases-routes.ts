/** The routes of quick phrases as data. */
import { z } from 'zod';
import { encodings } from '../csv.js';
import { phraseFormats } from '../phrases/formats.js';
import { example, exported, filled, imported } from './phrases-examples.js';
import {
  phraseBulkSchema,
  phraseChangeSchema,
  phraseOrderSchema,
  phrasePreviewRequestSchema,
  phraseRequestSchema,
  phraseUseRequestSchema,
} from './phrases-schemas.js';
import { bearerProblems, bodyProblems, invalidProblem, type RouteDescription, shopParams } from './route-description.js';

const url = '/v1/shops/:shop/phrases';
const noShop = { codes: ['not_found'], when: 'there is no such shop' } as const;
const noPhrase = { codes: ['not_found'], when: 'there is no such shop or phrase' } as const;
const phraseParams = shopParams.extend({ id: z.string().min(1).max(128) });
const agent = z
  .string()
  .min(1)
  .max(128)
  .optional()
  .meta({ description: "id of the user whose own phrases stand beside the shop's; `*`: everybody's. Default: who asks" });
const flag = z.enum(['true', 'false']).transform((word) => word === 'true');
const override = flag.optional().meta({
  description:
    '`true`: enables it in spite of findings, which is audited; those of severity `block` take an owner, a lead or an `admin` token',
});

const writeProblems = {
  ...bearerProblems,
  400: bodyProblems[400],
  404: noPhrase,
  409: { codes: ['conflict'], when: 'the code belongs to another phrase (`phrase`), or the shop is full' },
  415: bodyProblems[415],
  422: { codes: ['invalid', 'finding'], when: 'a field is wrong, a variable is not known, or the text breaks a rule' },
} as const;
const staleProblems = {
  412: { codes: ['stale'], when: 'the phrase was changed since the revision of `If-Match`: `phrase` is how it is now' },
  428: { codes: ['precondition_required'], when: '`If-Match` is missing' },
} as const;

export const phraseRoutes = {
  list: {
    method: 'GET',
    url,
    schema: {
      params: shopParams,
      querystring: z.object({
        since: z.coerce
          .number()
          .int()
          .min(0)
          .max(Number.MAX_SAFE_INTEGER)
          .optional()
          .meta({ description: '`revision` of the set that you have: only what changed since comes' }),
        agent,
      }),
    },
    docs: {
      id: 'getPhrases',
      tag: 'phrases',
      summary: 'The quick phrases, or what changed',
      description: [
        'Without `since`: all. With it: what changed since and the ids that are `gone`; where too much was missed, the whole set',
        '(`whole: true`). `ETag` with `If-None-Match` saves the body; it also moves when settings change, as gaps and findings do.',
      ].join('\n'),
      security: 'bearer',
      answers: {
        200: {
          description: 'the set, or what changed',
          schema: 'PhraseSet',
          example: { revision: 42, whole: false, phrases: [example], gone: [{ id: '77aa…', revision: 41 }] },
        },
        304: { description: 'as you have it' },
      },
      problems: { ...bearerProblems, 404: noShop, 422: invalidProblem },
    },
  },
  search: {
    method: 'GET',
    url: `${url}/search`,
    schema: {
      params: shopParams,
      querystring: z.object({
        q: z
          .string()
          .min(1)
          .max(100)
          .meta({
            description: 'code, words, or pinyin: `fh` and `fahuo` find 发货; several words apart by blanks',
            examples: ['fh'],
          }),
        limit: z.coerce.number().int().min(1).max(100).default(20),
        all: flag.optional().meta({ description: '`true`: also phrases that are switched off or not valid now' }),
        agent,
      }),
    },
    docs: {
      id: 'searchPhrases',
      tag: 'phrases',
      summary: 'Find a phrase',
      description: 'By code, title, group, text, and pinyin initials of title and group; of the text from three letters on.',
      security: 'bearer',
      answers: {
        200: {
          description: 'best first',
          schema: 'PhrasesFound',
          example: { found: [{ phrase: example, matches: [{ field: 'title', start: 0, end: 2 }] }] },
        },
      },
      problems: { ...bearerProblems, 404: noShop, 422: invalidProblem },
    },
  },
  variables: {
    method: 'GET',
    url: `${url}/variables`,
    schema: { params: shopParams },
    docs: {
      id: 'getPhraseVariables',
      tag: 'phrases',
      summary: 'What a text may speak of',
      description: 'The facts of replies, what the conversation knows, and the shop’s own (`extra`), with their values now.',
      security: 'bearer',
      answers: {
        200: {
          description: 'all variables',
          schema: 'PhraseVariables',
          example: {
            variables: [
              {
                name: 'cut_off',
                title: { zh: '当天发货截止时间', en: 'cut-off of the day' },
                source: 'shop',
                parameter: 'dispatch.cutOff',
                value: '16:00',
              },
              { name: 'buyer_name', title: { zh: '买家昵称', en: 'name of the buyer' }, source: 'chat' },
            ],
            longest: 200,
          },
        },
      },
      problems: { ...bearerProblems, 404: noShop },
    },
  },
  preview: {
    method: 'POST',
    url: `${url}/preview`,
    schema: { params: shopParams, body: phrasePreviewRequestSchema },
    docs: {
      id: 'previewPhrase',
      tag: 'phrases',
      summary: 'See what a text comes to',
      description: 'Filled in, counted and checked; nothing is stored.',
      security: 'bearer',
      body: { schema: 'PhrasePreviewRequest', examples: { text: { text: example.text } } },
      answers: { 200: { description: 'as an agent would get it', schema: 'PhraseFilled', example: filled } },
      problems: { ...bearerProblems, ...bodyProblems, 404: noShop },
    },
  },
  one: {
    method: 'GET',
    url: `${url}/:id`,
    schema: { params: phraseParams },
    docs: {
      id: 'getPhrase',
      tag: 'phrases',
      summary: 'One phrase',
      description: '`ETag` is its revision, the `If-Match` of a change.',
      security: 'bearer',
      answers: { 200: { description: 'the phrase', schema: 'Phrase', example }, 304: { description: 'as you have it' } },
      problems: { ...bearerProblems, 404: noPhrase, 422: invalidProblem },
    },
  },
  create: {
    method: 'POST',
    url,
    schema: { params: shopParams, querystring: z.object({ override }), body: phraseRequestSchema },
    docs: {
      id: 'postPhrase',
      tag: 'phrases',
      summary: 'Add a phrase',
      description: 'For the shop (permission `phrases`), or by an agent for himself. Clients are told within a second.',
      security: 'bearer',
      body: {
        schema: 'PhraseRequest',
        examples: { shipping: { code: 'fh1', title: '发货时间', text: example.text, group: '物流' } },
      },
      answers: { 201: { description: 'added', schema: 'Phrase', example } },
      problems: { ...writeProblems, 404: noShop },
    },
  },
  change: {
    method: 'PATCH',
    url: `${url}/:id`,
    schema: { params: phraseParams, querystring: z.object({ override }), body: phraseChangeSchema },
    docs: {
      id: 'patchPhrase',
      tag: 'phrases',
      summary: 'Change a phrase',
      description: 'What is named is changed; `null` takes a time of validity out.',
      security: 'bearer',
      ifMatch: 'required',
      body: { schema: 'PhraseChange', examples: { off: { enabled: false }, until: { validTo: '2026-11-12T00:00:00+08:00' } } },
      answers: { 200: { description: 'as it is now', schema: 'Phrase', example } },
      problems: { ...writeProblems, ...staleProblems },
    },
  },
  remove: {
    method: 'DELETE',
    url: `${url}/:id`,
    schema: { params: phraseParams },
    docs: {
      id: 'deletePhrase',
      tag: 'phrases',
      summary: 'Delete a phrase',
      description: 'Clients are told that it is gone.',
      security: 'bearer',
      ifMatch: 'required',
      answers: { 204: { description: 'deleted' } },
      problems: { ...bearerProblems, 404: noPhrase, ...staleProblems, 422: invalidProblem },
    },
  },
  bulk: {
    method: 'POST',
    url: `${url}/bulk`,
    schema: { params: shopParams, querystring: z.object({ override }), body: phraseBulkSchema },
    docs: {
      id: 'bulkPhrases',
      tag: 'phrases',
      summary: 'Change many phrases at once',
      description: 'Up to 500 operations, in order: all of them or none, in one revision.',
      security: 'bearer',
      body: {
        schema: 'PhraseBulk',
        examples: {
          several: {
            operations: [
              { op: 'create', phrase: { code: 'fh3', text: '亲，您的包裹已经发出了～' } },
              { op: 'update', id: '0b8e…', revision: 42, change: { group: '物流' } },
              { op: 'delete', id: '77aa…', revision: '*' },
            ],
          },
        },
      },
      answers: { 200: { description: 'done', schema: 'PhraseBulkResult', example: { revision: 43, phrases: [example] } } },
      problems: {
        ...writeProblems,
        412: { codes: ['stale'], when: 'one was changed since the revision named: nothing was done' },
        413: { codes: ['too_large'], when: 'the body is larger than 2 MiB' },
      },
    },
  },
  reorder: {
    method: 'POST',
    url: `${url}/reorder`,
    schema: { params: shopParams, body: phraseOrderSchema },
    docs: {
      id: 'reorderPhrases',
      tag: 'phrases',
      summary: 'Put phrases in order',
      description: 'Those named take, in the order given, the places that they have among themselves; all others keep theirs.',
      security: 'bearer',
      body: { schema: 'PhraseOrder', examples: { two: { ids: ['0b8e…', '77aa…'] } } },
      answers: { 200: { description: 'in order', schema: 'PhraseOrdered', example: { revision: 43 } } },
      problems: {
        ...bearerProblems,
        ...bodyProblems,
        404: noPhrase,
        413: { codes: ['too_large'], when: 'the body is larger than 2 MiB' },
      },
    },
  },
  used: {
    method: 'POST',
    url: `${url}/:id/used`,
    schema: { params: phraseParams, body: phraseUseRequestSchema },
    docs: {
      id: 'usePhrase',
      tag: 'phrases',
      summary: 'Count a use',
      description:
        'Gives the text filled in with `values`, ready for the composer. A value under a name that is no variable is refused. Moves no revision.',
      security: 'bearer',
      body: {
        schema: 'PhraseUseRequest',
        examples: { filled: { values: { buyer_name: '小王', agent_name: '3' } }, counted: {} },
      },
      answers: { 200: { description: 'counted', schema: 'PhraseUsed', example: { ...filled, uses: 319 } } },
      problems: { ...bearerProblems, ...bodyProblems, 404: noPhrase },
    },
  },
  import: {
    method: 'POST',
    url: `${url}/import`,
    schema: {
      params: shopParams,
      querystring: z.object({
        dryRun: flag.optional().meta({ description: '`true`: only says what would happen' }),
        onExisting: z.enum(['update', 'skip']).default('update').meta({ description: 'what becomes of codes that exist' }),
        agent: z.string().min(1).max(128).optional().meta({ description: 'whose own they become; default: as the file says' }),
        override,
      }),
    },
    docs: {
      id: 'importPhrases',
      tag: 'phrases',
      summary: 'Import phrases',
      description: [
        'JSON, our CSV, or that of 千牛 (`快捷短语编码,快捷短语,快捷短语分组`), recognised by what it begins with; UTF-8, UTF-16 or',
        'GB18030. Rows that cannot be taken are skipped and say why; the rest is taken in one revision. `If-Match` with the revision',
        'of the dry run makes sure that nothing happened in between.',
      ].join('\n'),
      security: 'bearer',
      ifMatch: 'optional',
      body: {
        schema: 'PhraseFile',
        contentType: 'text/csv',
        examples: { qianniu: '快捷短语编码,快捷短语,快捷短语分组\r\nfh1,亲，付款后会尽快安排发出～,物流\r\n' },
      },
      answers: {
        200: {
          description: 'what became of each row',
          schema: 'PhraseImportResult',
          example: imported,
        },
      },
      problems: {
        ...bearerProblems,
        404: noShop,
        412: { codes: ['stale'], when: 'the set was changed since the revision of `If-Match`' },
        413: { codes: ['too_large'], when: 'the file is larger than 4 MiB' },
        422: { codes: ['invalid'], when: 'the file is none of these, or has more than 5,000 rows' },
      },
    },
  },
  export: {
    method: 'GET',
    url: `${url}/export`,
    schema: {
      params: shopParams,
      querystring: z.object({
        format: z.enum(phraseFormats).default('json'),
        encoding: z.enum(encodings).default('utf-8').meta({ description: 'of a CSV; UTF-8 comes with a byte order mark' }),
        agent,
      }),
    },
    docs: {
      id: 'exportPhrases',
      tag: 'phrases',
      summary: 'Export phrases',
      description: [
        'As a file. `qianniu` has the text as it reads in this shop now, since 千牛 knows no variables. A cell that a spreadsheet',
        'would take for a formula gets an apostrophe before it, which an import takes off again.',
      ].join('\n'),
      security: 'bearer',
      answers: {
        200: {
          description: 'the file: JSON unless `format` says otherwise',
          contentType: 'application/json',
          otherTypes: ['text/csv'],
          example: exported,
        },
      },
      problems: { ...bearerProblems, 404: noShop, 422: invalidProblem },
    },
  },
} as const satisfies Record<string, RouteDescription>;
