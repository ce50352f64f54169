/**
 * The facts of one turn: what a reply may say to this buyer now. Pure, and run once a turn: whatever depends on the
 * parameters alone is prepared once per parameters object. What a shop has not set stays undefined; nothing is guessed.
 */
import type { Facts } from '../composing/facts.js';
import type { Instant, Item, Order, Understanding } from '../conversation.js';
import { type Clock, shopClock } from './facts-clock.js';
import { detailFacts } from './facts-details.js';
import { factDocs } from './facts-docs.js';
import { policyFacts, shopFacts } from './facts-policies.js';
import { alternativesInStock, indexProducts, meantProduct, type ProductIndex } from './facts-product.js';
import { dispatchFacts, indexShipping, type ShippingIndex, shippingFacts } from './facts-shipping.js';
import { sizeFacts } from './facts-size.js';
import { stockFacts } from './facts-stock.js';
import { listWords } from './facts-words.js';
import type { ShopParameters } from './parameters.js';

export { type FactDoc, type FactName, factDocs, possibleFacts } from './facts-docs.js';

export interface FactsInput {
  readonly parameters: ShopParameters;
  readonly understanding: Understanding;
  readonly item?: Item | undefined;
  readonly order?: Order | undefined;
  /** The account that asks. */
  readonly buyerId?: string | undefined;
  readonly now: Instant;
  /** When a person answers, in words such as 明天09:00; empty where nobody knows. */
  readonly opening: string;
}

interface Prepared {
  readonly products: ProductIndex;
  readonly shipping: ShippingIndex;
  /**
   * A record of every fact, those of the turn still undefined. Copied and filled in, it stays what V8 calls fast; a record
   * that grows by spreading costs 100 µs a turn instead of one.
   */
  readonly form: Facts;
  readonly clockAt: (now: Instant) => Clock;
}

const prepared = new WeakMap<ShopParameters, Prepared>();

function prepare(parameters: ShopParameters): Prepared {
  const before = prepared.get(parameters);
  if (before !== undefined) return before;
  const fresh: Prepared = {
    products: indexProducts(parameters),
    shipping: indexShipping(parameters),
    form: formOf(parameters),
    clockAt: shopClock(parameters.timeZone),
  };
  prepared.set(parameters, fresh);
  return fresh;
}

function formOf(parameters: ShopParameters): Facts {
  const blank = Object.keys(factDocs).filter((name) => name !== 'extra_*');
  const extras = Object.entries(parameters.extra).map(([name, value]) => [`extra_${name}`, value]);
  return {
    ...Object.fromEntries(blank.map((name) => [name, undefined])),
    ...shopFacts(parameters),
    ...Object.fromEntries(extras),
  };
}

/** Every fact of the turn by its name; factDocs tells what each is. */
export function facts(input: FactsInput): Facts {
  const { parameters, understanding, item, order, now, opening } = input;
  const { slots } = understanding;
  const shop = prepare(parameters);
  const clock = shop.clockAt(now);
  const { product, title, priceYuan } = meantProduct(shop.products, understanding.text, item);
  // Thresholds are told by the lower price where page and list differ: promising too little mends itself.
  const price = priceYuan === undefined ? undefined : Math.min(priceYuan, product?.priceYuan ?? priceYuan);
  const alternatives = product === undefined ? [] : alternativesInStock(shop.products, product, now);
  const cheaper = alternatives.find((one) => price !== undefined && one.priceYuan < price);
  const turn = {
    opening: opening === '' ? undefined : opening,
    item_title: title,
    item_listed: product !== undefined,
    price_yuan: priceYuan,
    quantity: slots.quantity,
    offered_yuan: slots.offeredPriceYuan,
    alternatives: listWords(alternatives.slice(0, 3).map((one) => one.title)),
    alternative_1: alternatives[0]?.title,
    alternative_2: alternatives[1]?.title,
    cheaper_item: cheaper?.title,
    cheaper_price_yuan: cheaper?.priceYuan,
    order_id: order?.id ?? slots.orderId,
    // News of an order are for the account that placed it, and nobody else.
    order_status: order?.buyerId !== undefined && order.buyerId === input.buyerId ? order.status : undefined,
  };
  return Object.assign(
    { ...shop.form },
    turn,
    detailFacts(parameters, product, slots),
    sizeFacts(shop.products, product, slots, now),
    stockFacts(shop.products, product, slots, now, clock.today),
    shippingFacts(shop.shipping, parameters, slots, price),
    dispatchFacts(shop.shipping, parameters, slots, clock),
    policyFacts(parameters, { product, unlisted: product === undefined && title !== undefined }, slots, price),
  );
}
