import { expect, test } from 'vitest';
import type { StockLevel } from '../../src/storage/stock.js';
import type { Storage } from '../../src/storage/storage.js';
import { evening } from './samples.js';

export function stockContract(storage: () => Storage): void {
  const level = (stock: StockLevel['stock'], its: Partial<StockLevel> = {}): StockLevel => ({ stock, asOf: evening, ...its });
  const put = (shop: string, base: number, ...products: readonly (readonly [string, readonly StockLevel[]])[]) =>
    storage().putStock(shop, base, new Map(products));

  test('comes back as it was given, for each shop its own; the last count of a product stands', async () => {
    expect(await storage().stock('tea')).toEqual({ revision: 0, stock: new Map() });
    const levels = [level(12, { colour: '雾蓝', size: 'L' }), level('out', { colour: '𠮷色' })];
    expect(await put('tea', 0, ['a', levels], ['b', [level(3)]])).toBe(1);
    expect(await put('tea', 1, ['b', [level(0, { asOf: evening + 1 })]])).toBe(2);
    const stock = new Map([
      ['a', levels],
      ['b', [level(0, { asOf: evening + 1 })]],
    ]);
    expect(await storage().stock('tea')).toEqual({ revision: 2, stock });
    expect(await storage().stock('shoes')).toEqual({ revision: 0, stock: new Map() });
  });

  test('is changed only as it was seen: of two who change it at the same time one is told so, and nothing of his is kept', async () => {
    const both = await Promise.all([put('tea', 0, ['a', [level(1)]]), put('tea', 0, ['a', [level(2)]], ['b', [level(2)]])]);
    expect(both).toEqual([1, undefined]);
    expect(await storage().stock('tea')).toEqual({ revision: 1, stock: new Map([['a', [level(1)]]]) });
    expect(await put('tea', 7, ['a', [level(3)]])).toBeUndefined();
  });
}
