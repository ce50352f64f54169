/** Facts about stock: what is there of a product in the colour and size that the buyer asks for. */
import type { Instant, Slots } from '../conversation.js';
import { inStock, type ProductIndex, toldVariants, type Variant, withPieces } from './facts-product.js';
import { dateWords, listWords, sizeWords } from './facts-words.js';
import { type LeftOut, leftOut } from './left-out.js';
import type { Product } from './parameters.js';
import { asksOfAll, asksRelativeSize, placedSize, sizeKey } from './size-names.js';

const nothingKnown = {
  stock: 'unknown' as 'in' | 'low' | 'out' | 'unknown',
  variant_state: 'none' as 'none' | 'known' | 'not_made' | 'unknown',
  colour: undefined as string | undefined,
  size: undefined as string | undefined,
  variant: undefined as string | undefined,
  stock_count: undefined as number | undefined,
  enough: undefined as 'yes' | 'no' | 'unclear' | undefined,
  restock: undefined as string | undefined,
  choices: undefined as string | undefined,
  colours_in_stock: undefined as string | undefined,
  sizes_in_stock: undefined as string | undefined,
  colours: undefined as string | undefined,
  sizes: undefined as string | undefined,
  left_out: undefined as string | undefined,
  colours_beside: undefined as string | undefined,
};

export type StockFacts = Readonly<typeof nothingKnown>;

/**
 * The stock of what is asked, and which other colours or sizes are there. `today` is the shop's own.
 * @param text the buyer's words, for what no slot holds: 都有货吗, 大一点的
 */
export function stockFacts(
  index: ProductIndex,
  product: Product | undefined,
  slots: Slots,
  now: Instant,
  today: string,
  text = '',
): StockFacts {
  const made = product?.variants ?? [];
  const colours = distinct(made, 'colour');
  const without = leftOut(text, colours);
  const asked = {
    ...nothingKnown,
    ...{ colour: slots.colour, size: slots.size },
    // What is left out stands in no list of all that there is.
    ...(without === undefined && { colours: listWords(colours), sizes: listWords(distinct(made, 'size').map(sizeWords)) }),
  };
  const isVariantAsked = slots.colour !== undefined || slots.size !== undefined;
  const notTold = isVariantAsked ? ({ ...asked, variant_state: 'unknown' } as const) : asked;
  if (product === undefined) return notTold;
  const all = product.variants;
  const told = toldVariants(index, product, now);
  if (told.length === 0) return notTold;
  const hasColours = slots.colour !== undefined && all.some((one) => one.colour !== undefined);
  const hasSizes = slots.size !== undefined && all.some((one) => one.size !== undefined);
  if ((slots.colour !== undefined && !hasColours) || (slots.size !== undefined && !hasSizes))
    return { ...asked, variant_state: 'unknown' };

  const ofColour = hasColours ? sameColour(all, slots.colour) : all;
  const size = hasSizes ? placedSize(slots.size!, distinct(all, 'size')) : undefined;
  // What cannot be placed is neither there nor missing.
  if (hasSizes ? size === undefined : isVariantAsked && asksRelativeSize(text)) return { ...asked, variant_state: 'unknown' };
  const ofSize = hasSizes ? all.filter((one) => sizeKey(one.size) === sizeKey(size)) : all;
  const meant = ofColour.filter((one) => ofSize.includes(one));
  if (meant.some((one) => !told.includes(one))) return notTold;
  // The other way to buy it: another colour in the asked size, else another size in the asked colour.
  const others = withPieces(told, slots.quantity);
  const otherColours = distinct(
    others.filter((one) => ofSize.includes(one) && !ofColour.includes(one)),
    'colour',
  );
  const otherSizes = distinct(
    others.filter((one) => ofColour.includes(one) && !ofSize.includes(one)),
    'size',
  ).map(sizeWords);
  const choices = hasColours && otherColours.length > 0 ? otherColours : hasSizes ? otherSizes : [];
  if (meant.length === 0) return { ...asked, variant_state: 'not_made', choices: listWords(choices) };

  const there = inStock(meant);
  // Some of all that are asked are there: neither yes nor no.
  if (there.length > 0 && there.length < meant.length && asksOfAll(text)) return notTold;
  const count = countOf(there);
  // Several colours may be meant (白 is 米白 and 奶白): those that are there are named.
  const colour = hasColours ? listWords(distinct(there.length > 0 ? there : meant, 'colour')) : undefined;
  const named = hasSizes ? meant[0]?.size : undefined;
  return {
    ...asked,
    // Few are left only where they are counted: what is said of it names the count.
    stock: there.length === 0 ? 'out' : count !== undefined && count <= index.lowStock ? 'low' : 'in',
    variant_state: isVariantAsked ? 'known' : 'none',
    colour,
    size: named,
    variant: isVariantAsked ? `${colour ?? ''}${named === undefined ? '' : sizeWords(named)}` : undefined,
    stock_count: count,
    enough: enough(there, count, slots.quantity ?? 1),
    restock: there.length === 0 ? restock(meant, today) : undefined,
    choices: listWords(choices),
    ...(without === undefined
      ? { colours_in_stock: listWords(distinct(there, 'colour')), sizes_in_stock: sizesOfAllColours(there) }
      : besideFacts(without, there)),
  };
}

/** 除了雾蓝: what is there beside it. */
function besideFacts({ words, rest }: LeftOut, there: readonly Variant[]) {
  return { left_out: words, colours_beside: listWords(distinct(there, 'colour').filter((one) => rest.includes(one))) };
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

/** Pieces of all of them together; undefined where some are not counted. */
function countOf(variants: readonly Variant[]): number | undefined {
  let count = 0;
  for (const { stock } of variants) {
    if (typeof stock !== 'number') return undefined;
    count += stock;
  }
  return count;
}

/** Many pieces of one colour and size are sure only where one variant has them all. */
function enough(there: readonly Variant[], count: number | undefined, quantity: number): 'yes' | 'no' | 'unclear' {
  if (there.length === 0 || (count !== undefined && quantity > count)) return 'no';
  return withPieces(there, quantity).length > 0 ? 'yes' : 'unclear';
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
