/** What a table of stock comes to: which variants it means, what it changes, and what cannot be taken and why. Pure. */
import type { Instant } from '../conversation.js';
import type { Product, ShopParameters } from '../shop/parameters.js';
import { sizeKey } from '../shop/size-names.js';
import type { ShopStock, StockLevel, StockState } from '../storage/stock.js';
import type { Steps } from '../understanding/steps.js';
import { rowsAStep, type StockRow } from './rows.js';
import { summed } from './warehouses.js';

type Variant = Product['variants'][number];

export const stockOutcomes = ['added', 'changed', 'missing', 'skipped'] as const;
export const stockSkips = [
  'row',
  'no_product',
  'no_variant',
  'which_variant',
  'as_of_missing',
  'as_of_ahead',
  'older',
  'twice',
] as const;
export type StockSkip = (typeof stockSkips)[number];

/** What became of a row; of what stays as it was only the number is told. */
export interface TakenRow {
  /** Absent: of what a whole table leaves out. */
  readonly line?: number;
  readonly product?: string;
  readonly variant?: string;
  readonly outcome: (typeof stockOutcomes)[number];
  readonly before?: number | StockState;
  readonly stock?: number | StockState;
  readonly why?: StockSkip;
  readonly because?: string;
}

export interface Taken {
  readonly rows: readonly TakenRow[];
  /** The same stock, counted anew or once more. */
  readonly unchanged: number;
  /** Of what is taken: counted so long ago that it is not told to buyers. */
  readonly stale: number;
}

export interface TakeOptions {
  /** What the table says of when it was counted, where a row does not. */
  readonly asOf?: Instant | undefined;
  /** The table is whole: what becomes of variants that it leaves out. Undefined: they stay as they are. */
  readonly missing?: 'unknown' | 'out' | undefined;
  readonly now: Instant;
}

/** Clocks of others may go wrong by so much; stock from further ahead would stand in the way of all that comes after it. */
const aheadMs = 5 * 60_000;

interface Found {
  readonly product: Product;
  readonly variant: Variant;
}

interface Shelf {
  readonly bySku: ReadonlyMap<string, Found>;
  readonly byId: ReadonlyMap<string, Product>;
}

const shelves = new WeakMap<readonly Product[], Shelf>();

function shelfOf(products: readonly Product[]): Shelf {
  let shelf = shelves.get(products);
  if (shelf === undefined) {
    const bySku = products.flatMap((product) =>
      product.variants.flatMap((variant) => (variant.sku === undefined ? [] : [[variant.sku, { product, variant }] as const])),
    );
    shelf = { bySku: new Map(bySku), byId: new Map(products.map((product) => [product.id, product])) };
    shelves.set(products, shelf);
  }
  return shelf;
}

/** In steps, for a server that answers meanwhile. @param parameters as the settings say it, without what was imported */
export function* takeStock(
  current: ShopStock,
  rows: readonly StockRow[],
  parameters: ShopParameters,
  options: TakeOptions,
): Steps<{ readonly put: ShopStock; readonly result: Taken }> {
  const { products, bot } = parameters;
  const { now } = options;
  const shelf = shelfOf(products);
  const levels = new Map<string, StockLevel[]>();
  const levelsOf = (product: string) => {
    const its = levels.get(product) ?? [...(current.get(product) ?? [])];
    levels.set(product, its);
    return its;
  };
  const touched = new Set<string>();
  const named = new Map<Variant, number>();
  const told: TakenRow[] = [];
  let unchanged = 0;
  let stale = 0;
  let latest: Instant | undefined;

  function put(
    { product, variant }: Found,
    stock: number | StockState,
    asOf: Instant,
  ): 'older' | 'same' | StockLevel | undefined {
    const its = levelsOf(product.id);
    const at = its.findIndex((one) => isOf(one, variant));
    const before = its[at];
    if (asOf < Math.max(before?.asOf ?? 0, settledAt(product, variant))) return 'older';
    if (before !== undefined && before.asOf === asOf && before.stock === stock) return 'same';
    const level: StockLevel = {
      ...(variant.colour !== undefined && { colour: variant.colour }),
      ...(variant.size !== undefined && { size: variant.size }),
      stock,
      asOf,
    };
    if (at < 0) its.push(level);
    else its[at] = level;
    touched.add(product.id);
    return before?.stock === stock ? 'same' : before;
  }

  const byVariant = (row: StockRow) => {
    const found = variantOf(row, shelf);
    return 'why' in found ? undefined : found.variant;
  };
  for (const [at, row] of summed(rows, byVariant).entries()) {
    if (at % rowsAStep === rowsAStep - 1) yield;
    const found = variantOf(row, shelf);
    const its = { line: row.line, ...namesOf(row, found) };
    const skip = (why: StockSkip, because: string) => told.push({ ...its, outcome: 'skipped', why, because });
    if ('why' in found) {
      skip(found.why, found.because);
      continue;
    }
    const first = named.get(found.variant);
    if (first !== undefined) {
      skip('twice', `line ${first} tells of the same variant already`);
      continue;
    }
    named.set(found.variant, row.line);
    const { stock, problem } = row;
    const asOf = row.asOf ?? options.asOf;
    if (problem !== undefined || stock === undefined) skip('row', problem ?? 'tells no stock');
    else if (asOf === undefined)
      skip('as_of_missing', 'nothing says when it was counted: give asOf in the row or for the whole table');
    else if (asOf > now + aheadMs)
      skip('as_of_ahead', `it was counted in the future (${iso(asOf)}): look at the clock and its time zone`);
    else {
      latest = Math.max(latest ?? asOf, asOf);
      const before = put(found, stock, asOf);
      if (before === 'older') {
        skip('older', 'a newer count is known');
        continue;
      }
      if (now - asOf > bot.stockStaleHours * 3_600_000) stale += 1;
      if (before === 'same') unchanged += 1;
      else if (before === undefined) told.push({ ...its, outcome: 'added', stock });
      else told.push({ ...its, outcome: 'changed', before: before.stock, stock });
    }
  }

  if (options.missing !== undefined) {
    const asOf = Math.min(now, options.asOf ?? latest ?? now);
    for (const product of products) {
      yield;
      for (const variant of product.variants) {
        if (named.has(variant)) continue;
        const before = put({ product, variant }, options.missing, asOf);
        if (before === 'older' || before === 'same') continue;
        const its = { product: product.id, variant: variantWords(variant), outcome: 'missing', stock: options.missing } as const;
        told.push({ ...its, ...(before !== undefined && { before: before.stock }) });
      }
    }
  }
  return {
    put: new Map([...touched].map((product) => [product, levels.get(product)!])),
    result: { rows: told, unchanged, stale },
  };
}

/** When the settings say that it was counted; without a moment they give way to whatever is imported. */
export function settledAt(product: Product, { asOf = product.asOf }: Variant): Instant {
  return asOf === undefined ? 0 : Date.parse(asOf);
}

/** Whether a level is of this variant. */
export function isOf({ colour, size }: Pick<StockLevel, 'colour' | 'size'>, variant: Variant): boolean {
  return colour === variant.colour && size === variant.size;
}

export function variantWords({ colour, size }: Pick<Variant, 'colour' | 'size'>): string {
  return [colour, size].filter((one) => one !== undefined).join(' ');
}

type Unfound = { readonly why: StockSkip; readonly because: string };

function variantOf(row: StockRow, { bySku, byId }: Shelf): Found | Unfound {
  const { sku, product: id } = row;
  const bySkuFound = sku === undefined ? undefined : bySku.get(sku);
  if (bySkuFound !== undefined) {
    if (id === undefined || id === bySkuFound.product.id) return bySkuFound;
    return { why: 'no_variant', because: `the settings have the sku "${sku}" in product "${bySkuFound.product.id}"` };
  }
  if (id === undefined) {
    if (sku === undefined) return { why: 'row', because: 'names neither product nor sku' };
    return { why: 'no_variant', because: `no variant in the settings has the sku "${sku}"` };
  }
  const product = byId.get(id);
  if (product === undefined) return { why: 'no_product', because: `the settings have no product "${id}"` };
  const isNamed = row.colour !== undefined || row.size !== undefined || row.options !== undefined;
  const fitting = isNamed ? product.variants.filter((variant) => fits(variant, row)) : product.variants;
  if (fitting.length === 1) return { product, variant: fitting[0]! };
  const choices = product.variants.slice(0, 6).map(variantWords).join(', ');
  return fitting.length === 0
    ? { why: 'no_variant', because: `"${id}" has no such variant; it has: ${choices}` }
    : { why: 'which_variant', because: `name colour and size, or the sku, of one variant of "${id}": ${choices}` };
}

function fits(variant: Variant, { colour, size, options }: StockRow): boolean {
  if (colour !== undefined && key(colour) !== key(variant.colour)) return false;
  if (size !== undefined && sizeKey(size) !== sizeKey(variant.size)) return false;
  if (options === undefined) return true;
  // 颜色分类:雾蓝;尺码:M and 雾蓝/M alike.
  const parts = options.split(/[;；,，/|\s]+/).map((part) => part.replace(/^[^:：]*[:：]/, '').trim());
  const wanted = parts.filter((part) => part !== '');
  const its = [variant.colour, variant.size].filter((one) => one !== undefined);
  return (
    wanted.length === its.length &&
    wanted.every((one) => key(one) === key(variant.colour) || sizeKey(one) === sizeKey(variant.size))
  );
}

function key(words: string | undefined): string | undefined {
  return words?.toLowerCase();
}

function namesOf(row: StockRow, found: Found | Unfound): Pick<TakenRow, 'product' | 'variant'> {
  if ('variant' in found) return { product: found.product.id, variant: variantWords(found.variant) };
  const variant = row.options ?? (variantWords(row) || row.sku);
  return { ...(row.product !== undefined && { product: row.product }), ...(variant !== undefined && { variant }) };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
