/** The demo shop and its replies as the files say, for the tests of this room. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { compileBook } from '../../src/composing/book.js';
import type { Ask, Haggling, Item, Order, Slots, Understanding } from '../../src/conversation.js';
import { factDocs, facts, haggled } from '../../src/shop/facts.js';
import { type IntentFile, intentSchema } from '../../src/shop/intent-file.js';
import { type ShopParameters, shopSchema } from '../../src/shop/parameters.js';
import { replyWordsSchema } from '../../src/shop/reply-words.js';

const home = new URL('../../', import.meta.url);

function yaml(path: string): unknown {
  return parse(readFileSync(new URL(path, home), 'utf8'));
}

const ours =
  `stock haggling invoice shipping_fee delivery_time courier returns credit_card cod greeting ack complaint human order_status
  off_topic promotion price_query payment how_to_order wholesale product_info advice authenticity quality warranty parcel_problem
  cancel_order order_change`.split(/\s+/);

/** The intents of this room's care; others may stand in the folder beside them. */
export const intentFiles: readonly IntentFile[] = readdirSync(new URL('intents/', home))
  .filter((name) => ours.includes(name.replace('.yaml', '')))
  .map((name) => intentSchema.parse(yaml(`intents/${name}`)));

export const replyWords = replyWordsSchema.parse(yaml('intents/languages/zh.replies.yaml'));
export const compiled = compileBook(intentFiles, replyWords, factDocs);
export const book = compiled.book;
export const demo: ShopParameters = shopSchema.parse(yaml('config/shops/demo.yaml'));

/** The demo shop with some parameters set otherwise. */
export function demoWith(change: (draft: Record<string, never> & ShopParameters) => void): ShopParameters {
  const draft = structuredClone(demo);
  change(draft as never);
  return shopSchema.parse(draft);
}

/** Tuesday 2026-09-29 in Shanghai: 23:10 off duty by default. */
export function at(clock = '23:10'): number {
  return Date.parse(`2026-09-29T${clock}:00+08:00`);
}

/** What understanding gives for words with the intents `id:ask`. */
export function understood(intents: readonly string[], slots: Slots = {}, text = ''): Understanding {
  return {
    text,
    intents: intents.map((one) => {
      const [id = '', ask = 'rule'] = one.split(':');
      return { id, ask: ask as Ask, confidence: 0.95, by: 'both', evidence: [] };
    }),
    slots,
    margin: 0.9,
    because: [],
  };
}

/** The page of a product of the demo shop. */
export function page(id: string): Item {
  const product = demo.products.find((one) => one.id === id);
  return { id, title: product?.title ?? id };
}

export function factsOf(
  understanding: Understanding,
  {
    parameters = demo,
    item,
    order,
    now = at(),
    opening = '明早9点',
    haggling,
    trouble,
  }: {
    parameters?: ShopParameters;
    item?: Item | undefined;
    order?: Order | undefined;
    now?: number;
    opening?: string;
    haggling?: Haggling | undefined;
    trouble?: string | undefined;
  } = {},
) {
  const memory = { ...(item === undefined ? {} : { item }), ...(haggling === undefined ? {} : { haggling }) };
  return facts({
    parameters,
    understanding,
    item,
    order,
    now,
    opening,
    trouble,
    haggling: haggled(parameters, understanding, memory, now),
  });
}
