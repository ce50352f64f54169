/** Which product a buyer means and what of it can be bought. Never a guess: several candidates make none. */
import type { Instant, Item, Slots } from '../conversation.js';
import { dateWords, listWords, sizeWords } from './facts-words.js';
import type { Product, ShopParameters } from './parameters.js';

type Variant = Product['variants'][number];

/** The shop's products, prepared once: by id, and by the first two characters of everything they are called. */
export interface ProductIndex {
  readonly byId: ReadonlyMap<string, Product>;
  readonly names: ReadonlyMap<string, readonly Name[]>;
  readonly staleMilliseconds: number;
  readonly lowStock: number;
}

interface Name {
  readonly words: string;
  readonly products: readonly Product[];
}

export function indexProducts(parameters: ShopParameters): ProductIndex {
  const byWords = new Map<string, Product[]>();
  for (const product of parameters.products)
    for (const words of new Set([product.title, ...product.aliases].map((name) => name.toLowerCase())))
      byWords.set(words, [...(byWords.get(words) ?? []), product]);
  const names = new Map<string, Name[]>();
  for (const [words, products] of byWords) {
    const start = words.slice(0, 2);
    names.set(start, [...(names.get(start) ?? []), { words, products }]);
  }
  for (const group of names.values()) group.sort((a, b) => b.words.length - a.words.length);
  return {
    byId: new Map(parameters.products.map((product) => [product.id, product])),
    names,
    staleMilliseconds: parameters.bot.stockStaleHours * 3_600_000,
    lowStock: parameters.bot.lowStock,
  };
}

/** What the buyer speaks of: a product of the list, or a page that the list does not have, or nothing that is sure. */
export interface Meant {
  readonly product?: Product;
  readonly title?: string;
  /** As the page shows it now, else as the list has it. */
  readonly priceYuan?: number | undefined;
}

/**
 * The product in focus, unless the words plainly name another one; without focus the one product that the longest name
 * found belongs to. A name that several products share tells nothing by itself.
 */
export function meantProduct(index: ProductIndex, text: string, item: Item | undefined): Meant {
  const focus = item === undefined ? undefined : index.byId.get(item.id);
  const named = longestNamed(index, text.toLowerCase());
  const namesFocus = focus !== undefined && named?.products.includes(focus) === true;
  if (named === undefined || namesFocus || item?.title.toLowerCase().includes(named.words)) {
    if (focus !== undefined) return { product: focus, title: focus.title, priceYuan: item?.priceYuan ?? focus.priceYuan };
    return item === undefined ? {} : { title: item.title, priceYuan: item.priceYuan };
  }
  const only = named.products.length === 1 ? named.products[0] : undefined;
  return only === undefined ? {} : { product: only, title: only.title, priceYuan: only.priceYuan };
}

function longestNamed(index: ProductIndex, text: string): Name | undefined {
  let best: Name | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const group = index.names.get(text.slice(at, at + 2)) ?? index.names.get(text.charAt(at));
    const found = group?.find((name) => text.startsWith(name.words, at));
    if (found !== undefined && (best === undefined || found.words.length > best.words.length)) best = found;
  }
  return best;
}

export interface StockFacts {
  readonly stock: 'in' | 'low' | 'out' | 'unknown';
  readonly variant_state: 'none' | 'known' | 'not_made' | 'unknown';
  readonly colour?: string | undefined;
  readonly size?: string | undefined;
  readonly variant?: string | undefined;
  readonly stock_count?: number | undefined;
  readonly enough?: 'yes' | 'no' | 'unclear' | undefined;
  readonly restock?: string | undefined;
  readonly choices?: string | undefined;
  readonly colours_in_stock?: string | undefined;
  readonly sizes_in_stock?: string | undefined;
}

/** What is there of a product in the asked colour and size. `today` and `year` are the shop's own. */
export function stockFacts(
  index: ProductIndex,
  product: Product | undefined,
  slots: Slots,
  now: Instant,
  today: string,
): StockFacts {
  if (product === undefined || isStale(index, product, now))
    return { stock: 'unknown', variant_state: asked(slots) ? 'unknown' : 'none', colour: slots.colour, size: slots.size };
  const all = product.variants;
  const hasColours = slots.colour !== undefined && all.some((one) => one.colour !== undefined);
  const hasSizes = slots.size !== undefined && all.some((one) => one.size !== undefined);
  if ((slots.colour !== undefined && !hasColours) || (slots.size !== undefined && !hasSizes))
    return { stock: 'unknown', variant_state: 'unknown', colour: slots.colour, size: slots.size };

  const ofColour = hasColours ? sameColour(all, slots.colour) : all;
  const ofSize = hasSizes ? all.filter((one) => sizeKey(one.size) === sizeKey(slots.size)) : all;
  const meant = ofColour.filter((one) => ofSize.includes(one));
  const colour = hasColours ? (listWords(distinct(ofColour, 'colour')) ?? slots.colour) : undefined;
  const size = hasSizes ? (ofSize[0]?.size ?? slots.size) : undefined;
  // The other way to buy it: another colour in the asked size, else another size in the asked colour.
  const otherColours = distinct(
    inStock(ofSize).filter((one) => !ofColour.includes(one)),
    'colour',
  );
  const otherSizes = distinct(
    inStock(ofColour).filter((one) => !ofSize.includes(one)),
    'size',
  ).map(sizeWords);
  const choices = hasColours && otherColours.length > 0 ? otherColours : hasSizes ? otherSizes : [];
  if (meant.length === 0) return { stock: 'unknown', variant_state: 'not_made', colour, size, choices: listWords(choices) };

  const count = meant.reduce((sum, one) => sum + one.stock, 0);
  const there = inStock(meant);
  return {
    stock: count === 0 ? 'out' : count <= index.lowStock ? 'low' : 'in',
    variant_state: asked(slots) ? 'known' : 'none',
    colour,
    size,
    variant: asked(slots) ? `${colour ?? ''}${size === undefined ? '' : sizeWords(size)}` : undefined,
    stock_count: count,
    enough: enough(meant, count, slots.quantity ?? 1),
    restock: count === 0 ? restock(meant, today) : undefined,
    choices: listWords(choices),
    colours_in_stock: listWords(distinct(there, 'colour')),
    sizes_in_stock: sizesOfAllColours(there),
  };
}

/** Those of a product's alternatives that can be bought now. */
export function alternativesInStock(index: ProductIndex, product: Product, now: Instant): readonly Product[] {
  return product.alternatives
    .map((id) => index.byId.get(id))
    .filter((one) => one !== undefined)
    .filter((one) => one.id !== product.id && !isStale(index, one, now) && inStock(one.variants).length > 0);
}

function isStale(index: ProductIndex, product: Product, now: Instant): boolean {
  return product.asOf !== undefined && now - Date.parse(product.asOf) > index.staleMilliseconds;
}

function asked(slots: Slots): boolean {
  return slots.colour !== undefined || slots.size !== undefined;
}

function inStock(variants: readonly Variant[]): readonly Variant[] {
  return variants.filter((one) => one.stock > 0);
}

function distinct(variants: readonly Variant[], key: 'colour' | 'size'): string[] {
  return [...new Set(variants.map((one) => one[key]).filter((one) => one !== undefined))];
}

/** 燕麦 means 燕麦色, 蓝 means 雾蓝; but 深蓝 is not 蓝: the buyer may be more general than the shop, not the reverse. */
function sameColour(variants: readonly Variant[], colour: string | undefined): readonly Variant[] {
  const key = colourKey(colour);
  const exact = variants.filter((one) => colourKey(one.colour) === key);
  return exact.length > 0 ? exact : variants.filter((one) => colourKey(one.colour).includes(key));
}

function colourKey(colour: string | undefined): string {
  const key = (colour ?? '').toLowerCase();
  return key.length > 1 && key.endsWith('色') ? key.slice(0, -1) : key;
}

/** XXL is 2XL, m码 is M. */
function sizeKey(size: string | undefined): string {
  const key = (size ?? '').toUpperCase().replace(/(?<=.)[码号]$/, '');
  return key.replace(/^(X{2,})([SL])$/, (_, xs: string, end: string) => `${xs.length}X${end}`);
}

/** Many pieces of one colour and size are sure only where one variant has them all. */
function enough(variants: readonly Variant[], count: number, quantity: number): 'yes' | 'no' | 'unclear' {
  if (quantity > count) return 'no';
  return variants.some((one) => one.stock >= quantity) ? 'yes' : 'unclear';
}

/** The earliest day still to come; a date gone by is worth nothing. */
function restock(variants: readonly Variant[], today: string): string | undefined {
  const days = variants.map((one) => one.restock).filter((one) => one !== undefined && one >= today) as string[];
  days.sort();
  return days[0] === undefined ? undefined : dateWords(days[0], Number(today.slice(0, 4)));
}

/** Sizes may be named beside colours only where every colour has them all: else M、L of 米白、灰 would promise too much. */
function sizesOfAllColours(there: readonly Variant[]): string | undefined {
  const sizes = distinct(there, 'size');
  const colours = new Set(there.map((one) => one.colour));
  return there.length === sizes.length * colours.size ? listWords(sizes.map(sizeWords)) : undefined;
}
