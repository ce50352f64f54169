import { expect, test } from 'vitest';
import type { StockLevel } from '../../src/storage/stock.js';
import type { Storage } from '../../src/storage/storage.js';
import { evening } from './samples.js';

export function stockContract(storage: () => Storage): void {
  const level = (stock: StockLevel['stock'], its: Partial<StockLevel> = {}): StockLevel => ({ stock, asOf: evening, ...its });
  const put = (shop: string, ...products: readonly (readonly [string, readonly StockLevel[]])[]) =>
    storage().changeStock(shop, () => ({ put: new Map(products), result: products.length }));

  test('comes back as it was given, for each shop its own; the last count of a product stands', async () => {
    expect(await storage().stock('tea')).toEqual(new Map());
    const levels = [level(12, { colour: '雾蓝', size: 'L' }), level('out', { colour: '𠮷色' })];
    expect(await put('tea', ['a', levels], ['b', [level(3)]])).toEqual({
      stock: new Map([
        ['a', levels],
        ['b', [level(3)]],
      ]),
      result: 2,
    });
    await put('tea', ['b', [level(0, { asOf: evening + 1 })]]);
    expect(await storage().stock('tea')).toEqual(
      new Map([
        ['a', levels],
        ['b', [level(0, { asOf: evening + 1 })]],
      ]),
    );
    expect(await storage().stock('shoes')).toEqual(new Map());
  });

  test('is decided on as it stands, one after the other; a decision that fails changes nothing', async () => {
    const more = () =>
      storage().changeStock('tea', (stock) => {
        const before = stock.get('a')?.[0]?.stock ?? 0;
        return { put: new Map([['a', [level(Number(before) + 1)]]]), result: before };
      });
    const all = await Promise.all([more(), more(), more()]);
    expect(all.map(({ result }) => result)).toEqual([0, 1, 2]);
    const failing = storage().changeStock('tea', () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await storage().stock('tea')).get('a')).toEqual([level(3)]);
  });
}
