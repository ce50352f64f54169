import { describe, expect, it, onTestFinished } from 'vitest';
import { shopSchema } from '../../src/shop/parameters.js';
import { openStockBook } from '../../src/stock/stock-book.js';
import { openSqlite } from '../../src/storage/sqlite.js';

const none: string[] = [];
const products = Array.from({ length: 60 }, (_, at) => ({
  id: `p${at}`,
  title: `商品${at}`,
  priceYuan: 9,
  variants: [{ stock: 1 }],
}));
const parameters = shopSchema.parse({
  id: 'demo',
  name: 'demo',
  timeZone: 'Asia/Shanghai',
  hours: { weekly: { mon: none, tue: none, wed: none, thu: none, fri: none, sat: none, sun: none } },
  products,
});

describe('imports at the same time', () => {
  it('are each taken whole, and what is in force is what is stored', async () => {
    const storage = openSqlite({ path: ':memory:' });
    onTestFinished(() => storage.close());
    const book = openStockBook({ storage, parameters: (id) => (id === 'demo' ? parameters : undefined), now: Date.now });
    await book.load(['demo']);
    const asOf = Date.now() - 1000;
    const send = (from: number, count: number, at: number) =>
      book.import('demo', Buffer.from(JSON.stringify(products.slice(from).map(({ id: product }) => ({ product, count })))), {
        isTrial: false,
        asOf: at,
      });
    await Promise.all([send(0, 10, asOf), send(20, 20, asOf + 1), send(40, 30, asOf + 2), send(0, 99, asOf - 1)]);
    const counts = (await book.rows('demo'))!.map(({ stock }) => stock);
    expect(counts).toEqual([...Array(20).fill(10), ...Array(20).fill(20), ...Array(20).fill(30)]);
    const shop = { id: 'demo', parameters } as Parameters<typeof book.stocked>[0];
    expect(book.stocked(shop).parameters.products.map(({ variants }) => variants[0]!.stock)).toEqual(counts);
    expect(book.stocked(shop)).toBe(book.stocked(shop));
    expect(await book.import('hats', Buffer.from('[]'), { isTrial: false })).toBeUndefined();
  });
});
