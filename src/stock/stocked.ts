/** Stock in force: what the settings say, and over it what was imported since. Pure. */
import type { Instant } from '../conversation.js';
import type { Product, ShopParameters } from '../shop/parameters.js';
import type { ShopStock, StockLevel, StockState } from '../storage/stock.js';
import { isOf, settledAt } from './take.js';

/** What was made of a product and its levels; both are replaced, never changed. */
const made = new WeakMap<readonly StockLevel[], { readonly from: Product; readonly product: Product }>();

/** A product with what was imported of it, where that is newer. */
export function stockedProduct(from: Product, levels: readonly StockLevel[]): Product {
  const before = made.get(levels);
  if (before?.from === from) return before.product;
  const variants = from.variants.map((variant) => {
    const level = levels.find((one) => isOf(one, variant));
    // Equal moments: what was imported says the same or mends it.
    if (level === undefined || level.asOf < settledAt(from, variant)) return variant;
    return { ...variant, stock: level.stock, asOf: new Date(level.asOf).toISOString() };
  });
  const product = variants.every((variant, at) => variant === from.variants[at]) ? from : { ...from, variants };
  made.set(levels, { from, product });
  return product;
}

/** The parameters as answers are to see them. A product of which nothing was imported is the very same. */
export function stockedParameters(parameters: ShopParameters, stock: ShopStock): ShopParameters {
  const products = parameters.products.map((product) => {
    const levels = stock.get(product.id);
    return levels === undefined ? product : stockedProduct(product, levels);
  });
  return products.every((product, at) => product === parameters.products[at]) ? parameters : { ...parameters, products };
}

/** A variant as it stands. */
export interface ShelfRow {
  readonly product: string;
  readonly title: string;
  readonly colour?: string;
  readonly size?: string;
  readonly sku?: string;
  readonly stock: number | StockState;
  /** Absent: the settings say nothing of when, and are taken to be current. */
  readonly asOf?: Instant;
  readonly source: 'settings' | 'import';
  /** Too old to be told to buyers. */
  readonly stale: boolean;
}

/** Every variant of the shop in the order of the settings. @param product of this one alone */
export function shelfRows(parameters: ShopParameters, stock: ShopStock, now: Instant, product?: string): readonly ShelfRow[] {
  const staleMs = parameters.bot.stockStaleHours * 3_600_000;
  const stocked = stockedParameters(parameters, stock).products;
  return parameters.products.flatMap(({ id, title, asOf: productAsOf, variants }, at) => {
    if (product !== undefined && product !== id) return [];
    return variants.map((variant, place): ShelfRow => {
      const { colour, size, sku, stock: level, asOf: own = productAsOf } = stocked[at]!.variants[place]!;
      const asOf = own === undefined ? undefined : Date.parse(own);
      return {
        product: id,
        title,
        ...(colour !== undefined && { colour }),
        ...(size !== undefined && { size }),
        ...(sku !== undefined && { sku }),
        stock: level,
        ...(asOf !== undefined && { asOf }),
        source: stocked[at]!.variants[place] === variant ? 'settings' : 'import',
        stale: asOf !== undefined && now - asOf > staleMs,
      };
    });
  });
}
