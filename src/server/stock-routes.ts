/** The routes of stock as data, and how it is told. */
import { z } from 'zod';
import { encodings } from '../csv.js';
import { stockOutcomes, stockSkips } from '../stock/take.js';
import { bearerProblems, invalidProblem, type RouteDescription, shopParams } from './route-description.js';

const url = '/v1/shops/:shop/stock';
const noShop = { codes: ['not_found'], when: 'there is no such shop' } as const;
const flag = z.enum(['true', 'false']).transform((word) => word === 'true');
const utc = z.iso.datetime().meta({ description: 'UTC' });
const level = z
  .union([z.number().int().min(0), z.enum(['in', 'low', 'out', 'unknown'])])
  .meta({ description: 'pieces, or what is known of them' });

/** Rows told of one import; the numbers are of all. */
export const mostRowsTold = 500;

const asOf = z
  .union([z.literal('now'), z.iso.datetime({ offset: true })])
  .optional()
  .meta({ description: 'when it was counted, for rows that do not say it themselves; `now`: this moment' });
const dryRun = flag.optional().meta({ description: '`true`: only says what would happen' });

export const stockRowSchema = z
  .object({
    product: z.union([z.string(), z.number()]).optional().meta({ description: 'id as in the settings' }),
    colour: z.string().optional(),
    size: z.union([z.string(), z.number()]).optional(),
    options: z.string().optional().meta({ description: 'colour and size in one: `雾蓝;M`' }),
    sku: z
      .union([z.string(), z.number()])
      .optional()
      .meta({ description: 'of the variant in the settings, instead of its names' }),
    warehouse: z
      .union([z.string(), z.number()])
      .optional()
      .meta({ description: 'rows of one variant in several warehouses are added up: name all that have it in one table' }),
    count: z.union([z.number(), z.string()]).optional().meta({ description: 'pieces; below zero is none' }),
    state: z
      .string()
      .optional()
      .meta({ description: '`in`, `low`, `out`, `unknown`, or 有货, 少量, 缺货, 未知; `out` wins over a count' }),
    asOf: z.string().optional().meta({ description: 'with an offset, or in the time of the shop' }),
  })
  .meta({ description: 'one variant; of a product with one variant the product is enough' });

export const stockTableSchema = z.union([
  z.object({ asOf: z.string().optional(), rows: z.array(stockRowSchema) }),
  z.array(stockRowSchema),
  z.string().meta({ description: 'a CSV' }),
]);

export const stockImportResultSchema = z.object({
  dryRun: z.boolean(),
  format: z.enum(['json', 'csv']),
  added: z.number().int().meta({ description: 'variants of which nothing was imported before' }),
  changed: z.number().int(),
  unchanged: z.number().int().meta({ description: 'the same stock; it counts as counted anew' }),
  missing: z.number().int().meta({ description: 'with `PUT`: variants of the shop that the table leaves out' }),
  skipped: z.number().int(),
  stale: z
    .number()
    .int()
    .meta({ description: 'of what was taken: older than `bot.stockStaleHours`, so that buyers are not told' }),
  rows: z
    .array(
      z.object({
        line: z.number().int().optional(),
        product: z.string().optional(),
        variant: z.string().optional(),
        outcome: z.enum(stockOutcomes),
        before: level.optional(),
        stock: level.optional(),
        why: z.enum(stockSkips).optional(),
        because: z.string().optional(),
      }),
    )
    .meta({ description: `all but those that stay as they were, at most ${mostRowsTold}` }),
  rowsLeftOut: z.number().int().meta({ description: 'how many more there are' }),
});

export const stockListSchema = z.object({
  at: utc.meta({ description: 'the moment at which it stands so; `stale` is reckoned from it' }),
  rows: z.array(
    z.object({
      product: z.string(),
      title: z.string(),
      colour: z.string().optional(),
      size: z.string().optional(),
      sku: z.string().optional(),
      stock: level,
      asOf: utc.optional().meta({ description: 'absent: the settings do not say when, and are taken to be current' }),
      source: z.enum(['settings', 'import']),
      stale: z.boolean().meta({ description: 'too old to be told to buyers' }),
    }),
  ),
});

const importProblems = {
  ...bearerProblems,
  404: noShop,
  413: { codes: ['too_large'], when: 'the table is larger than 8 MiB' },
  422: { codes: ['invalid'], when: 'it is neither JSON nor a CSV with a known first line, or has more than 50,000 rows' },
} as const;
const examples = {
  json: { asOf: '2026-11-22T21:30:00+08:00', rows: [{ product: 'wool-cardigan', colour: '雾蓝', size: 'L', count: 12 }] },
  csv: '商品ID,颜色,尺码,库存,库存时间\r\nwool-cardigan,雾蓝,L,12,2026-11-22 21:30\r\n',
} as const;
const shelfExample = {
  product: 'wool-cardigan',
  title: '羊毛圆领开衫',
  colour: '雾蓝',
  size: 'L',
  stock: 12,
  asOf: '2026-11-22T13:30:00.000Z',
  source: 'import',
  stale: false,
} as const;
const counts = { dryRun: false, format: 'csv', added: 0, changed: 1, unchanged: 0, missing: 0, skipped: 1, stale: 0 } as const;
const rowExamples = [
  { line: 2, product: 'wool-cardigan', variant: '雾蓝 L', outcome: 'changed', before: 3, stock: 12 },
  {
    line: 3,
    product: 'wool-hat',
    outcome: 'skipped',
    why: 'no_product',
    because: 'the settings have no product "wool-hat"',
  },
] as const;
const answers = {
  200: {
    description: 'what became of each row',
    schema: 'StockImportResult',
    example: { ...counts, rows: rowExamples, rowsLeftOut: 0 },
  },
} as const;

export const stockRoutes = {
  get: {
    method: 'GET',
    url,
    schema: {
      params: shopParams,
      querystring: z.object({
        product: z.string().min(1).max(64).optional().meta({ description: 'of this one alone' }),
        format: z.enum(['json', 'csv']).default('json'),
        encoding: z.enum(encodings).default('utf-8').meta({ description: 'of a CSV; UTF-8 comes with a byte order mark' }),
      }),
    },
    docs: {
      id: 'getStock',
      tag: 'shop',
      summary: 'The stock in force',
      description: 'Every variant in the order of the settings, with what was imported over it. The CSV can be taken in again.',
      security: 'bearer',
      answers: {
        200: { description: 'the stock', schema: 'Stock', example: { at: '2026-10-01T01:30:00.000Z', rows: [shelfExample] } },
      },
      problems: { ...bearerProblems, 404: noShop, 422: invalidProblem },
    },
  },
  put: {
    method: 'PUT',
    url,
    schema: {
      params: shopParams,
      querystring: z.object({
        dryRun,
        asOf,
        missing: z
          .enum(['unknown', 'out'])
          .default('unknown')
          .meta({ description: 'what becomes of variants that the table leaves out; `unknown` is not told to buyers' }),
      }),
    },
    docs: {
      id: 'putStock',
      tag: 'shop',
      summary: 'Take in the whole stock',
      description: [
        'A JSON list or a CSV (UTF-8, UTF-16 or GB18030; headings in Chinese or English), recognised by what it begins with.',
        'Taken in one transaction and in force when the call is answered; no revision of the settings. Rows that cannot be taken',
        'are skipped and say why; a count older than the one that is known is one of them. The settings hold where nothing was',
        'imported, or where their `asOf` is newer.',
      ].join('\n'),
      security: 'bearer',
      body: { schema: 'StockTable', examples },
      answers,
      problems: importProblems,
    },
  },
  patch: {
    method: 'PATCH',
    url,
    schema: { params: shopParams, querystring: z.object({ dryRun, asOf }) },
    docs: {
      id: 'patchStock',
      tag: 'shop',
      summary: 'Take in some stock',
      description: 'As `PUT`; variants that the table leaves out stay as they are.',
      security: 'bearer',
      body: { schema: 'StockTable', examples },
      answers,
      problems: importProblems,
    },
  },
} as const satisfies Readonly<Record<string, RouteDescription>>;

export const stockRequests = { StockTable: stockTableSchema } as const;
export const stockAnswers = { Stock: stockListSchema, StockImportResult: stockImportResultSchema } as const;
