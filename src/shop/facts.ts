/**
 * The facts of one turn: what a reply may say to this buyer now. Pure, and run once a turn: whatever depends on the
 * parameters alone is prepared once per parameters object. What a shop has not set stays undefined; nothing is guessed.
 */
import type { Facts } from '../composing/facts.js';
import type { Instant, Item, Order, Understanding } from '../conversation.js';
import { type Clock, shopClock } from './facts-clock.js';
import { policyFacts, shopFacts } from './facts-policies.js';
import { alternativesInStock, indexProducts, meantProduct, type ProductIndex } from './facts-product.js';
import { dispatchFacts, indexShipping, type ShippingIndex, shippingFacts } from './facts-shipping.js';
import { stockFacts } from './facts-stock.js';
import { listWords } from './facts-words.js';
import type { ShopParameters } from './parameters.js';

export { type FactDoc, type FactName, factDocs, possibleFacts } from './facts-docs.js';

export interface FactsInput {
  readonly parameters: ShopParameters;
  readonly understanding: Understanding;
  readonly item?: Item | undefined;
  readonly order?: Order | undefined;
  readonly now: Instant;
  /** When a person answers, in words such as 明天09:00; empty where nobody knows. */
  readonly opening: string;
}

interface Prepared {
  readonly products: ProductIndex;
  readonly shipping: ShippingIndex;
  /** What does not change from turn to turn, the shop's own extras included. */
  readonly constant: Facts;
  readonly clockAt: (now: Instant) => Clock;
}

const prepared = new WeakMap<ShopParameters, Prepared>();

function prepare(parameters: ShopParameters): Prepared {
  const before = prepared.get(parameters);
  if (before !== undefined) return before;
  const extras = Object.fromEntries(Object.entries(parameters.extra).map(([name, value]) => [`extra_${name}`, value]));
  const fresh: Prepared = {
    products: indexProducts(parameters),
    shipping: indexShipping(parameters),
    constant: { ...shopFacts(parameters), ...extras },
    clockAt: shopClock(parameters.timeZone),
  };
  prepared.set(parameters, fresh);
  return fresh;
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
  const stock = stockFacts(shop.products, product, slots, now, clock.today);
  const way = shippingFacts(shop.shipping, parameters, slots, price);
  const dispatch = dispatchFacts(shop.shipping, parameters, slots, clock);
  const policy = policyFacts(parameters, { product, unlisted: product === undefined && title !== undefined }, slots, price);
  // Named one by one: spreading several records makes V8 fall back to slow objects, 100 µs instead of 10.
  return {
    ...shop.constant,
    opening: opening === '' ? undefined : opening,
    item_title: title,
    item_listed: product !== undefined,
    price_yuan: priceYuan,
    quantity: slots.quantity,
    offered_yuan: slots.offeredPriceYuan,
    stock: stock.stock,
    stock_count: stock.stock_count,
    enough: stock.enough,
    restock: stock.restock,
    variant_state: stock.variant_state,
    variant: stock.variant,
    colour: stock.colour,
    size: stock.size,
    choices: stock.choices,
    colours_in_stock: stock.colours_in_stock,
    sizes_in_stock: stock.sizes_in_stock,
    alternatives: listWords(alternatives.slice(0, 3).map((one) => one.title)),
    alternative_1: alternatives[0]?.title,
    alternative_2: alternatives[1]?.title,
    cheaper_item: cheaper?.title,
    cheaper_price_yuan: cheaper?.priceYuan,
    order_id: order?.id ?? slots.orderId,
    order_status: order?.status,
    region: way.region,
    region_state: way.region_state,
    fee_yuan: way.fee_yuan,
    fee_next_yuan: way.fee_next_yuan,
    weight_kg: way.weight_kg,
    fee_total_yuan: way.fee_total_yuan,
    free_here: way.free_here,
    free_reached: way.free_reached,
    courier: way.courier,
    courier_state: way.courier_state,
    surcharge_yuan: way.surcharge_yuan,
    couriers: way.couriers,
    before_cut_off: dispatch.before_cut_off,
    ship_day: dispatch.ship_day,
    days: dispatch.days,
    days_from: dispatch.days_from,
    days_to: dispatch.days_to,
    asked_date: dispatch.asked_date,
    no_reason_ok: policy.no_reason_ok,
    instalment_state: policy.instalment_state,
    cod: policy.cod,
    cod_off_by: policy.cod_off_by,
  };
}
