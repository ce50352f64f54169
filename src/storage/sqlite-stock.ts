/** Imported stock: one row a product, so that a table of thousands of variants is some hundred writes. */
import { plainText, type Sql } from './sqlite-statement.js';
import type { ShopStock, StockLevel } from './stock.js';

export function openStock(sql: Sql) {
  const all = sql.many<{ product: string; levels: string }>('select product, levels from stock where shop = ?');
  const put = sql.write('insert or replace into stock (shop, product, levels) values (?, ?, ?)');
  const revision = sql.one<{ revision: number }>('select revision from stock_revisions where shop = ?');
  const moveOn = sql.write('insert or replace into stock_revisions (shop, revision) values (?, ?)');
  const at = (shop: string) => revision(shop)?.revision ?? 0;

  return {
    of: (shop: string) => ({
      revision: at(shop),
      stock: new Map(all(shop).map(({ product, levels }) => [product, JSON.parse(levels) as StockLevel[]])),
    }),
    put(shop: string, base: number, stock: ShopStock): number | undefined {
      if (at(shop) !== base) return undefined;
      moveOn(shop, base + 1);
      for (const [product, levels] of stock) put(shop, product, plainText(JSON.stringify(levels)));
      return base + 1;
    },
  };
}
