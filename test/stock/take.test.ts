import { describe, expect, it } from 'vitest';
import { type ShopParameters, shopSchema } from '../../src/shop/parameters.js';
import type { StockRow } from '../../src/stock/rows.js';
import { shelfRows, stockedParameters } from '../../src/stock/stocked.js';
import { type TakeOptions, takeStock } from '../../src/stock/take.js';
import type { ShopStock } from '../../src/storage/stock.js';
import { atOnce } from '../../src/understanding/steps.js';

const now = Date.parse('2026-11-22T21:30:00+08:00');
const hour = 3_600_000;
const day: string[] = [];

function shop(more: object = {}): ShopParameters {
  return shopSchema.parse({
    id: 'demo',
    name: 'demo',
    timeZone: 'Asia/Shanghai',
    hours: { weekly: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day } },
    products: [
      {
        id: 'coat',
        title: '大衣',
        priceYuan: 900,
        variants: [
          { colour: '雾蓝', size: 'M', sku: 'c-bm', stock: 5 },
          { colour: '雾蓝', size: 'XXL', stock: 5 },
          { colour: '炭灰', size: 'M', stock: 0, restock: '2027-03-08' },
        ],
      },
      { id: 'scarf', title: '围巾', priceYuan: 99, variants: [{ stock: 3 }], asOf: '2026-11-22T12:00:00+08:00', ...more },
    ],
  });
}
const parameters = shop();

function take(rows: readonly Omit<StockRow, 'line'>[], options: Partial<TakeOptions> = {}, current: ShopStock = new Map()) {
  const numbered = rows.map((row, at) => ({ line: at + 1, ...row }));
  return atOnce(takeStock(current, numbered, parameters, { now, asOf: now, ...options }));
}
const outcomes = (taken: ReturnType<typeof take>) => taken.result.rows.map(({ outcome, why }) => why ?? outcome);

describe('taking stock', () => {
  it.each<[string, Omit<StockRow, 'line'>, string]>([
    ['by colour and size', { product: 'coat', colour: '雾蓝', size: 'm码', stock: 1 }, '雾蓝 M'],
    ['by a size written otherwise', { product: 'coat', colour: '雾蓝', size: '2XL', stock: 1 }, '雾蓝 XXL'],
    ['by sku alone', { sku: 'c-bm', stock: 1 }, '雾蓝 M'],
    ['by what is enough', { product: 'coat', colour: '炭灰', stock: 1 }, '炭灰 M'],
    ['by options in one cell', { product: 'coat', options: '颜色分类:雾蓝;尺码:XXL', stock: 1 }, '雾蓝 XXL'],
    ['by options in the other order', { product: 'coat', options: 'M / 炭灰', stock: 1 }, '炭灰 M'],
    ['of a product with one variant', { product: 'scarf', stock: 1 }, ''],
  ])('finds a variant %s', (_, row, variant) => {
    expect(take([row]).result.rows).toEqual([{ line: 1, product: row.product ?? 'coat', variant, outcome: 'added', stock: 1 }]);
  });

  it.each<[string, Omit<StockRow, 'line'>, string]>([
    ['no_product', { product: 'hat', stock: 1 }, 'no product "hat"'],
    ['no_variant', { product: 'coat', colour: '雾', size: 'M', stock: 1 }, 'it has: 雾蓝 M, 雾蓝 XXL, 炭灰 M'],
    ['no_variant', { sku: 'x', stock: 1 }, 'the sku "x"'],
    ['no_variant', { sku: 'c-bm', product: 'scarf', stock: 1 }, 'in product "coat"'],
    ['which_variant', { product: 'coat', stock: 1 }, 'name colour and size'],
    ['which_variant', { product: 'coat', colour: '雾蓝', stock: 1 }, 'name colour and size'],
    ['row', { stock: 1 }, 'neither product nor sku'],
    ['row', { sku: 'c-bm', problem: 'tells no stock' }, 'tells no stock'],
    ['as_of_ahead', { sku: 'c-bm', stock: 1, asOf: now + hour }, 'in the future'],
    ['older', { product: 'scarf', stock: 1, asOf: now - 10 * hour }, 'a newer count'],
  ])('skips and says %s', (why, row, because) => {
    expect(take([row])).toMatchObject({
      put: new Map(),
      result: { rows: [{ outcome: 'skipped', why, because: expect.stringContaining(because) }] },
    });
  });

  it('takes nothing that does not say when it was counted, and no variant twice', () => {
    expect(outcomes(take([{ sku: 'c-bm', stock: 1 }], { asOf: undefined }))).toEqual(['as_of_missing']);
    const twice = take([
      { sku: 'c-bm', stock: 1 },
      { product: 'coat', colour: '雾蓝', size: 'M', stock: 9 },
    ]);
    expect(outcomes(twice)).toEqual(['added', 'twice']);
    expect(twice.put.get('coat')).toEqual([{ colour: '雾蓝', size: 'M', stock: 1, asOf: now }]);
  });

  it('tells what changed; the same count once more is counted anew, an older one is skipped', () => {
    const first = take([{ sku: 'c-bm', stock: 7, asOf: now - 2 * hour }]);
    const again = take([{ sku: 'c-bm', stock: 7, asOf: now - hour }], {}, first.put);
    expect(again.result).toEqual({ rows: [], unchanged: 1, stale: 0 });
    expect(again.put.get('coat')![0]!.asOf).toBe(now - hour);
    expect(outcomes(take([{ sku: 'c-bm', stock: 9, asOf: now - 2 * hour }], {}, again.put))).toEqual(['older']);
    // The same table once more writes nothing.
    expect(take([{ sku: 'c-bm', stock: 7, asOf: now - hour }], {}, again.put).put.size).toBe(0);
    expect(take([{ sku: 'c-bm', stock: 'out' }], {}, again.put).result.rows).toEqual([
      { line: 1, product: 'coat', variant: '雾蓝 M', outcome: 'changed', before: 7, stock: 'out' },
    ]);
  });

  it('counts what is too old to be told', () => {
    expect(take([{ sku: 'c-bm', stock: 7, asOf: now - 49 * hour }]).result.stale).toBe(1);
    expect(take([{ sku: 'c-bm', stock: 7, asOf: now - 47 * hour }]).result.stale).toBe(0);
  });

  it('of a whole table: what it leaves out is unknown, or out; a row that cannot be taken is not left out', () => {
    const whole = take(
      [
        { sku: 'c-bm', stock: 7 },
        { product: 'scarf', problem: 'tells no stock' },
      ],
      { missing: 'unknown' },
    );
    expect(outcomes(whole)).toEqual(['added', 'row', 'missing', 'missing']);
    expect(whole.put.get('coat')!.map(({ stock }) => stock)).toEqual([7, 'unknown', 'unknown']);
    expect(whole.put.has('scarf')).toBe(false);
    const out = take([{ sku: 'c-bm', stock: 7 }], { missing: 'out' }, whole.put);
    expect(out.put.get('coat')!.map(({ stock }) => stock)).toEqual([7, 'out', 'out']);
    expect(out.result.rows.find(({ product }) => product === 'scarf')).toMatchObject({ outcome: 'missing', stock: 'out' });
  });
});

describe('stock in force', () => {
  it('is that of the settings under what was imported, the newer of the two; untouched products are the very same', () => {
    const { put } = take([{ sku: 'c-bm', stock: 7, asOf: now - hour }]);
    const stocked = stockedParameters(parameters, put);
    expect(stocked.products[0]!.variants).toEqual([
      { colour: '雾蓝', size: 'M', sku: 'c-bm', stock: 7, asOf: '2026-11-22T12:30:00.000Z' },
      parameters.products[0]!.variants[1],
      parameters.products[0]!.variants[2],
    ]);
    expect(stocked.products[1]).toBe(parameters.products[1]);
    expect(stockedParameters(parameters, new Map())).toBe(parameters);
    // The owner counts by hand, later than the import.
    const newer = new Map([['scarf', [{ stock: 9, asOf: now - 20 * hour }]]]);
    expect(stockedParameters(parameters, newer)).toBe(parameters);
    // A variant that the settings no longer have is nothing.
    expect(stockedParameters(parameters, new Map([['coat', [{ colour: '红', stock: 9, asOf: now }]]]))).toBe(parameters);
  });

  it('is listed with its source and whether it is told', () => {
    const { put } = take([{ sku: 'c-bm', stock: 7, asOf: now - 49 * hour }]);
    expect(shelfRows(parameters, put, now).map(({ variant: _, ...row }: any) => [row.stock, row.source, row.stale])).toEqual([
      [7, 'import', true],
      [5, 'settings', false],
      [0, 'settings', false],
      [3, 'settings', false],
    ]);
    expect(shelfRows(parameters, put, now, 'scarf')).toEqual([
      { product: 'scarf', title: '围巾', stock: 3, asOf: now - 9.5 * hour, source: 'settings', stale: false },
    ]);
  });
});
