/** Which replies say how much there is: what was drafted from a count does not outlive it. */
import type { CompiledReply, TemplateBook } from '../composing/book.js';

/** Facts that change with the stock (facts-docs.ts). */
const stockFacts: ReadonlySet<string> = new Set([
  'stock',
  'stock_count',
  'enough',
  'restock',
  'variant_state',
  'choices',
  'colours_in_stock',
  'colours_beside',
  'sizes_in_stock',
  'alternatives',
  'alternative_1',
  'alternative_2',
  'cheaper_item',
  'cheaper_price_yuan',
  'size_stock',
]);

const known = new WeakMap<TemplateBook, ReadonlySet<string>>();

/** By id, as a Reply names its `template`: `stock.in_stock`. */
export function stockTemplates(book: TemplateBook): ReadonlySet<string> {
  let ids = known.get(book);
  if (ids === undefined) {
    ids = new Set([...book.intents.values()].flatMap(({ replies }) => replies.filter(restsOnStock).map(({ id }) => id)));
    known.set(book, ids);
  }
  return ids;
}

function restsOnStock({ when, texts, short }: CompiledReply): boolean {
  const names = [...when.map(([name]) => name), ...[...texts, short].flatMap(({ variables }) => variables)];
  return names.some((name) => stockFacts.has(name));
}
