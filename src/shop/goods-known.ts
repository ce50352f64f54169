/** What the compliance rules may know of the goods that an agent's words are about. */
import { fold } from '../compliance/fold.js';
import { type Good, type GoodsKnown, isAdmitted, type Pieces, weakLabels, weakWords } from '../compliance/goods.js';
import type { Instant, Item } from '../conversation.js';
import { productIndex } from './facts.js';
import { meantProduct, type ProductIndex, toldVariants } from './facts-product.js';
import type { Product, ShopParameters } from './parameters.js';

/**
 * The one product that the words name or the conversation is about, else all of them. Undefined: the shop has none, so that
 * nothing is known.
 * @param parameters with the stock of the moment
 * @param item what the conversation is about
 */
export function goodsKnown(
  parameters: ShopParameters,
  text: string,
  item: Item | undefined,
  now: Instant,
): GoodsKnown | undefined {
  if (parameters.products.length === 0) return undefined;
  const index = productIndex(parameters);
  // As the rules read it: 開衫 is 开衫.
  const said = fold(text).text;
  const { product, isUnclear = false } = meantProduct(index, said, item);
  const { lowStock } = parameters.bot;
  if (product !== undefined)
    return { isMeant: true, list: [{ ...goodOf(parameters, product), ...stockOf(index, product, said, now) }], lowStock };
  // A page that the list does not have: what other goods are made of says nothing of it.
  if (item !== undefined && !isUnclear)
    return { isMeant: true, list: [{ title: item.title, weaknesses: new Map(), ...uncounted }], lowStock };
  return { isMeant: false, list: allOf(parameters), lowStock };
}

/** Whose stock it would be is not known either. */
const uncounted = { stock: [], isVariantNamed: false } as const;
const all = new WeakMap<ShopParameters, readonly Good[]>();

function allOf(parameters: ShopParameters): readonly Good[] {
  const before = all.get(parameters);
  if (before !== undefined) return before;
  const fresh = parameters.products.map((product) => ({ ...goodOf(parameters, product), ...uncounted }));
  all.set(parameters, fresh);
  return fresh;
}

type Kind = Omit<Good, 'stock' | 'isVariantNamed'>;

function goodOf(parameters: ShopParameters, product: Product): Kind {
  const { details } = product;
  const material = details.材质 ?? details.面料 ?? details.成分;
  const care = details.洗护 ?? parameters.care;
  return {
    title: product.title,
    ...(material !== undefined && { material }),
    ...(care !== undefined && { care }),
    weaknesses: weaknessesOf(details, parameters.quality?.weakness),
  };
}

function stockOf(index: ProductIndex, product: Product, text: string, now: Instant): Pick<Good, 'stock' | 'isVariantNamed'> {
  const named = namedVariants(product, text);
  const told = toldVariants(index, product, now);
  const stock = (named ?? product.variants).map((one): Pieces => (told.includes(one) ? one.stock : 'unknown'));
  return { stock, isVariantNamed: named !== undefined };
}

/** Its own words, else what the shop says of all its goods. */
function weaknessesOf(details: Product['details'], ofAll: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const label of weakLabels) {
    const own = details[label];
    if (own !== undefined) found.set(label, own);
    else if (ofAll !== undefined && new RegExp(weakWords(label)).test(ofAll) && isAdmitted(label, ofAll)) found.set(label, ofAll);
  }
  return found;
}

/** Those whose colour or size the text names; undefined: it names none. */
function namedVariants({ variants }: Product, text: string): Product['variants'] | undefined {
  const said = text.toLowerCase();
  const isColour = (colour: string | undefined) =>
    colour !== undefined && said.includes(colour.length > 1 ? colour.toLowerCase().replace(/(?<=..)色$/, '') : `${colour}色`);
  const isSize = (size: string | undefined) =>
    size !== undefined && new RegExp(`(?<![a-z0-9])${escaped(size.toLowerCase())}(?![a-z0-9])`).test(said);
  const hasColour = variants.some(({ colour }) => isColour(colour));
  const hasSize = variants.some(({ size }) => isSize(size));
  if (!hasColour && !hasSize) return undefined;
  const named = variants.filter(({ colour, size }) => (!hasColour || isColour(colour)) && (!hasSize || isSize(size)));
  return named.length === 0 ? undefined : named;
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
