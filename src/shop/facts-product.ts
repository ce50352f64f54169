/** Which product a buyer means, and what else can be bought. Never a guess: several candidates make none. */
import type { Instant, Item } from '../conversation.js';
import { simplified } from '../traditional.js';
import type { Product, ShopParameters } from './parameters.js';

/** Names are looked for in any script: 圍巾 is 围巾. */
const plain = (words: string) => simplified(words.toLowerCase());

export type Variant = Product['variants'][number];

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
    for (const words of new Set([product.title, ...product.aliases].map(plain)))
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
  /** A name that several products share. */
  readonly isUnclear?: boolean;
  /** The buyer's words name it; else it is only the page from which he writes. */
  readonly isNamed?: boolean;
  /** They name several products at once. */
  readonly isSeveral?: boolean;
}

/**
 * The product in focus, unless the words plainly name another one; without focus the one product that the longest name
 * found belongs to. A name that several products share tells nothing by itself, and what is asked of several products at
 * once is not to be told of one.
 */
export function meantProduct(index: ProductIndex, text: string, item: Item | undefined): Meant {
  const byNumber = numbered(index, text, item);
  if (byNumber !== undefined) return byNumber;
  const focus = item === undefined ? undefined : index.byId.get(item.id);
  const said = plain(text);
  const named = longestNamed(index, said);
  if (named !== undefined && namesAnother(index, said, named)) return { isNamed: true, isSeveral: true, isUnclear: true };
  const namesFocus = focus !== undefined && named?.products.includes(focus) === true;
  const isNamed = named !== undefined;
  if (named === undefined || namesFocus || (item !== undefined && plain(item.title).includes(named.words))) {
    if (focus !== undefined)
      return { product: focus, title: focus.title, priceYuan: item?.priceYuan ?? focus.priceYuan, isNamed };
    return item === undefined ? {} : { title: item.title, priceYuan: item.priceYuan, isNamed };
  }
  const only = onlyOne(named.products, said);
  return only === undefined ? { isUnclear: true } : { product: only, title: only.title, priceYuan: only.priceYuan, isNamed };
}

/** Of several that share a name the one that comes in the colour said beside it: 灰格围巾. */
function onlyOne(products: readonly Product[], said: string): Product | undefined {
  if (products.length === 1) return products[0];
  const coloured = products.map(({ variants }) =>
    Math.max(0, ...variants.map(({ colour }) => (colour !== undefined && said.includes(plain(colour)) ? colour.length : 0))),
  );
  const longest = Math.max(...coloured);
  const fitting = products.filter((_, at) => coloured[at] === longest);
  return longest > 0 && fitting.length === 1 ? fitting[0] : undefined;
}

/** Item numbers that buyers paste are 9 to 14 digits; a mobile number is none. */
const itemNumber = /(?<!\d)(?!1[3-9]\d{9}(?!\d))\d{9,14}(?!\d)/;
const itemNumbers = new RegExp(itemNumber, 'g');
const link = /https?:|www\.|\[链接|\.com\//i;

/** A link, or a bare number as long as those of products: to ask which one is meant would be to ask again. */
export function pointsAtItem(text: string): boolean {
  return link.test(text) || itemNumber.test(text);
}

/** The words speak of one that the buyer has in front of him: a link, a number, 这款. To ask which one he likes is out of place. */
export function showsItem(text: string): boolean {
  return pointsAtItem(text) || /[这那此](?:一)?[个款件种套条双盒瓶包袋箱组]/.test(text);
}

/** The product whose number the words give; a number of another page, or several, makes none. Undefined: no number is given. */
function numbered(index: ProductIndex, text: string, item: Item | undefined): Meant | undefined {
  const numbers = [...new Set(text.match(itemNumbers))];
  if (numbers.length === 0 || (numbers.length === 1 && numbers[0] === item?.id)) return undefined;
  const product = numbers.length === 1 ? index.byId.get(numbers[0]!) : undefined;
  return product === undefined ? {} : { product, title: product.title, priceYuan: product.priceYuan };
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

/** Whether beside the longest name stands one of a different product: 开衫和围脖一共多少钱. */
function namesAnother(index: ProductIndex, text: string, { words, products }: Name): boolean {
  const rest = text.split(words).join('\n');
  const other = longestNamed(index, rest);
  return other !== undefined && !other.products.some((one) => products.includes(one));
}

/** Those of a product's alternatives of which so many can be bought now. */
export function alternativesInStock(
  index: ProductIndex,
  product: Product,
  now: Instant,
  quantity: number | undefined,
): readonly Product[] {
  return product.alternatives
    .map((id) => index.byId.get(id))
    .filter((one) => one !== undefined)
    .filter((one) => one.id !== product.id && withPieces(toldVariants(index, one, now), quantity).length > 0);
}

/** Those whose stock is known and not too old to be told to a buyer. */
export function toldVariants(index: ProductIndex, product: Product, now: Instant): readonly Variant[] {
  return product.variants.filter((one) => isTold(index, product, one, now));
}

function isTold({ staleMilliseconds }: ProductIndex, product: Product, variant: Variant, now: Instant): boolean {
  if (variant.stock === 'unknown') return false;
  const asOf = variant.asOf ?? product.asOf;
  return asOf === undefined || now - Date.parse(asOf) <= staleMilliseconds;
}

export function inStock(variants: readonly Variant[]): readonly Variant[] {
  return variants.filter(({ stock }) => (typeof stock === 'number' ? stock > 0 : stock === 'in' || stock === 'low'));
}

/** Those of which so many are sure to be there: what is offered instead must do for all the pieces asked. */
export function withPieces(variants: readonly Variant[], quantity = 1): readonly Variant[] {
  return inStock(variants).filter(({ stock }) => (typeof stock === 'number' ? stock >= quantity : quantity <= 1));
}
