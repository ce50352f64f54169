/** The stock of all shops at work: imported, read, and laid over each shop that answers. */
import type { Instant } from '../conversation.js';
import type { ShopParameters } from '../shop/parameters.js';
import { stockedShop } from '../shop/shared-knowledge.js';
import type { Shop } from '../shop/shop.js';
import { inSlices } from '../shop/slices.js';
import type { ShopStock, StockLevel, StockStorage } from '../storage/stock.js';
import type { Steps } from '../understanding/steps.js';
import { type ReadTable, readStockTable } from './rows.js';
import { type ShelfRow, shelfRows, stockedParameters, stockedProduct } from './stocked.js';
import { type Taken, type TakeOptions, takeStock } from './take.js';

/** Of a table; a shop with more sends several. */
export const mostStockRows = 50_000;

const nothing: readonly StockLevel[] = [];

export interface ImportOptions extends Omit<TakeOptions, 'now'> {
  /** Only says what would happen. */
  readonly isTrial: boolean;
}

export type Imported =
  | (Taken & { readonly format: 'json' | 'csv' })
  /** The table cannot be read. */
  | { readonly field: string; readonly problem: string; readonly mend: string };

export interface StockBook {
  /** What was imported before; to be called before a shop answers. */
  load(shops: readonly string[]): Promise<void>;
  /**
   * When what is said to be there of a product last became another; counted anew it did not. Remembered while the process lives.
   * @param product undefined, or none of the shop's: of any
   */
  changedAt(shop: string, product?: string): Instant | undefined;
  /** The shop with the stock of the moment: the very same value until either changes. */
  stocked(shop: Shop): Shop;
  /** Taken whole or not at all, and in force when it resolves. Undefined: the shop is not served. */
  import(shop: string, bytes: Uint8Array, options: ImportOptions): Promise<Imported | undefined>;
  /** Undefined: the shop is not served. */
  rows(shop: string, product?: string): Promise<readonly ShelfRow[] | undefined>;
}

export interface StockBookOptions {
  readonly storage: StockStorage;
  /** As the settings say it. Undefined: not served. */
  readonly parameters: (shop: string) => ShopParameters | undefined;
  readonly now: () => Instant;
}

interface Kept {
  readonly revision: number;
  readonly stock: ShopStock;
}

export function openStockBook({ storage, parameters, now }: StockBookOptions): StockBook {
  const stocks = new Map<string, Kept>();
  const made = new Map<string, { readonly from: Shop; readonly stock: ShopStock; readonly shop: Shop }>();

  /** By shop and product. */
  const changes = new Map<string, Map<string, Instant>>();

  function noteChanges(shop: string, { products }: ShopParameters, before: ShopStock, put: ShopStock): void {
    const mine = changes.get(shop) ?? new Map<string, Instant>();
    changes.set(shop, mine);
    for (const product of products) {
      const levels = put.get(product.id);
      if (levels === undefined) continue;
      const was = stockedProduct(product, before.get(product.id) ?? nothing).variants;
      if (stockedProduct(product, levels).variants.some(({ stock }, at) => stock !== was[at]?.stock)) mine.set(product.id, now());
    }
  }

  return {
    changedAt(shop, product) {
      const mine = changes.get(shop);
      if (mine === undefined) return undefined;
      const isOurs = product !== undefined && parameters(shop)?.products.some(({ id }) => id === product) === true;
      return isOurs ? mine.get(product) : mine.size === 0 ? undefined : Math.max(...mine.values());
    },
    async load(shops) {
      for (const shop of shops) if (!stocks.has(shop)) stocks.set(shop, await storage.stock(shop));
    },
    stocked(shop) {
      const stock = stocks.get(shop.id)?.stock;
      if (stock === undefined || stock.size === 0) return shop;
      const before = made.get(shop.id);
      if (before?.from === shop && before.stock === stock) return before.shop;
      const its = stockedParameters(shop.parameters, stock);
      const fresh = its === shop.parameters ? shop : stockedShop(shop, its);
      made.set(shop.id, { from: shop, stock, shop: fresh });
      return fresh;
    },
    async import(shop, bytes, { isTrial, ...options }) {
      const its = parameters(shop);
      if (its === undefined) return undefined;
      const table: ReadTable = await inSlices(await readStockTable(bytes, its.timeZone));
      if ('problem' in table) return table;
      const { rows, format } = table;
      if (rows.length > mostStockRows) {
        const mend = `send at most ${mostStockRows} at a time`;
        return { field: 'rows', problem: `has ${rows.length} rows`, mend };
      }
      const asOf = options.asOf ?? table.asOf;
      for (;;) {
        const kept = stocks.get(shop) ?? (await storage.stock(shop));
        const { put, result } = await inSlices(takeStock(kept.stock, rows, its, { ...options, asOf, now: now() }));
        if (isTrial || put.size === 0) return { format, ...result };
        await inSlices(stocking(its, put));
        const revision = await storage.putStock(shop, kept.revision, put);
        if (revision === undefined) {
          // Another import came between: it is decided on what that one left.
          if (stocks.get(shop) === kept || !stocks.has(shop)) stocks.set(shop, await storage.stock(shop));
          continue;
        }
        stocks.set(shop, { revision, stock: new Map([...kept.stock, ...put]) });
        noteChanges(shop, its, kept.stock, put);
        return { format, ...result };
      }
    },
    async rows(shop, product) {
      const its = parameters(shop);
      return its && shelfRows(its, (await storage.stock(shop)).stock, now(), product);
    },
  };
}

/** Made before the first question needs it. */
function* stocking({ products }: ShopParameters, put: ShopStock): Steps<void> {
  for (const product of products) {
    const levels = put.get(product.id);
    if (levels === undefined) continue;
    stockedProduct(product, levels);
    yield;
  }
}
