/** Imported stock: one row a product, so that a table of thousands of variants is some hundred writes. */
import { plainText, type Sql } from './sqlite-statement.js';
import type { ShopStock, StockLevel } from './stock.js';

export function openStock(sql: Sql) {
  const all = sql.many<{ product: string; levels: string }>('select product, levels from stock where shop = ?');
  const put = sql.write('insert or replace into stock (shop, product, levels) values (?, ?, ?)');

  function of(shop: string): ShopStock {
    return new Map(all(shop).map(({ product, levels }) => [product, JSON.parse(levels) as StockLevel[]]));
  }

  return {
    of,
    change<Result>(shop: string, decide: (stock: ShopStock) => { readonly put: ShopStock; readonly result: Result }) {
      const before = of(shop);
      const { put: changed, result } = decide(before);
      for (const [product, levels] of changed) put(shop, product, plainText(JSON.stringify(levels)));
      return { stock: changed.size === 0 ? before : new Map([...before, ...changed]), result };
    },
  };
}
