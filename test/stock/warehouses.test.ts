/** Stock of one variant that lies in several places. */
import { expect, it } from 'vitest';
import type { StockRow } from '../../src/stock/rows.js';
import { summed } from '../../src/stock/warehouses.js';

const variants = new Map<string, object>();
const variantOf = ({ product }: StockRow) => {
  if (product === undefined || product === 'unknown') return undefined;
  if (!variants.has(product)) variants.set(product, {});
  return variants.get(product);
};
const row = (line: number, warehouse: string | undefined, its: Partial<StockRow>): StockRow => ({
  line,
  product: 'p',
  ...(warehouse !== undefined && { warehouse }),
  ...its,
});

it.each<[string, NonNullable<StockRow['stock']>[], NonNullable<StockRow['stock']>]>([
  ['counts', [3, 4, 0], 7],
  ['none anywhere', [0, 'out'], 'out'],
  ['none here, some there', ['out', 4], 4],
  ['some that are not counted', ['in', 4], 'in'],
  ['few here, none there', ['low', 0], 'low'],
  ['few in both, which may be many', ['low', 'low'], 'in'],
  ['none that is known, elsewhere nobody knows', [0, 'unknown'], 'unknown'],
  ['some here, elsewhere nobody knows', [4, 'unknown'], 'in'],
])('adds up %s', (_, levels, sum) => {
  const rows = levels.map((stock, at) => row(at + 1, `w${at}`, { stock }));
  expect(summed(rows, variantOf)).toEqual([row(1, 'w0', { stock: sum })]);
});

it('is as old as the oldest, and as unknown as the one of which nobody says when', () => {
  expect(summed([row(1, 'a', { stock: 1, asOf: 20 }), row(2, 'b', { stock: 1, asOf: 10 })], variantOf)).toMatchObject([
    { stock: 2, asOf: 10 },
  ]);
  const [mixed] = summed([row(1, 'a', { stock: 1, asOf: 20 }), row(2, 'b', { stock: 1 })], variantOf);
  expect([mixed!.stock, mixed!.asOf]).toEqual([2, undefined]);
});

it('is not taken by half', () => {
  const rows = [row(1, 'a', { stock: 5 }), row(2, 'b', { problem: 'tells no stock' })];
  expect(summed(rows, variantOf)).toEqual([row(1, 'a', { problem: 'line 2: tells no stock' })]);
});

it('leaves rows alone that are told twice, of another variant, or without a warehouse', () => {
  const rows = [
    row(1, 'a', { stock: 5 }),
    row(2, 'a', { stock: 6 }),
    row(3, 'a', { stock: 1, product: 'q' }),
    row(4, undefined, { stock: 2 }),
    row(5, 'a', { stock: 3, product: 'unknown' }),
  ];
  expect(summed(rows, variantOf)).toEqual(rows);
});
