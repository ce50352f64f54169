/**
 * The facts of one turn: what a reply may say to this buyer now. Pure, and run once a turn: whatever depends on the
 * parameters alone is prepared once per parameters object. What a shop has not set stays undefined; nothing is guessed.
 */
import type { Facts } from '../composing/facts.js';
import type { Instant, Item, Memory, Order, Understanding } from '../conversation.js';
import type { Haggled } from '../policy/haggling.js';
import { simplified } from '../traditional.js';
import { type Clock, shopClock } from './facts-clock.js';
import { detailFacts } from './facts-details.js';
import { dispatchFacts } from './facts-dispatch.js';
import { factDocs } from './facts-docs.js';
import { haggledOver, hagglingFacts, hagglingOf } from './facts-haggling.js';
import { policyFacts, shopFacts } from './facts-policies.js';
import { alternativesInStock, indexProducts, meantProduct, type ProductIndex, pointsAtItem, showsItem } from './facts-product.js';
import { isAnyRunning, promotionFacts, purchaseFacts, saleFacts } from './facts-sale.js';
import { indexShipping, type ShippingIndex, shippingFacts } from './facts-shipping.js';
import { sizeFacts } from './facts-size.js';
import { spendOf } from './facts-spend.js';
import { stockFacts } from './facts-stock.js';
import { listWords } from './facts-words.js';
import { saidStatus } from './order-status.js';
import type { ShopParameters } from './parameters.js';

export { type FactDoc, type FactName, factDocs, possibleFacts } from './facts-docs.js';

export interface FactsInput {
  readonly parameters: ShopParameters;
  readonly understanding: Understanding;
  readonly item?: Item | undefined;
  readonly order?: Order | undefined;
  readonly now: Instant;
  /** When a person answers, in words such as 明早9点; empty where nobody knows. */
  readonly opening: string;
  /** Intents that the words go on from. */
  readonly before?: readonly string[] | undefined;
  /** What was told of an order of the buyer's own. */
  readonly trouble?: string | undefined;
  /** An agent sends the words: they are the agent's own. */
  readonly byAgent?: boolean | undefined;
  /** Agents are on duty, but none is free: the bot speaks for them. */
  readonly isBusy?: boolean | undefined;
  /** What may be conceded in this turn, see `haggled`. */
  readonly haggling?: Haggled | undefined;
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
    ...saleFacts(parameters),
    ...Object.fromEntries(extras),
  };
}

/** The shop's products, prepared once. */
export function productIndex(parameters: ShopParameters): ProductIndex {
  return prepare(parameters).products;
}

/** The one product of the list that the words name; without `item` where they name none or leave it open which. */
export function namedItem(parameters: ShopParameters, text: string): NamedItem {
  const { product, isUnclear } = meantProduct(prepare(parameters).products, text, undefined);
  const item = product && { id: product.id, title: product.title, priceYuan: product.priceYuan };
  return { item, isUnclear: isUnclear === true };
}

/** The product that words name, if it is one, and whether they leave it open which. */
interface NamedItem {
  readonly item: Item | undefined;
  readonly isUnclear: boolean;
}

/** Whether another product is named than the one that was spoken of, or it is left open which. */
export function namesOther({ item, isUnclear }: NamedItem, before: Item | undefined): boolean {
  return before !== undefined && (isUnclear || (item !== undefined && item.id !== before.id));
}

/** What may be conceded to a buyer who haggles in this turn; undefined: nobody does, or the shop has set no pricing. */
export function haggled(
  parameters: ShopParameters,
  understanding: Understanding,
  memory: Pick<Memory, 'haggling'> & { readonly item?: Item | undefined },
  now: Instant,
): Haggled | undefined {
  return hagglingOf(parameters, prepare(parameters).products, understanding, memory, now);
}

function isWholesale({ wholesale }: ShopParameters, quantity: number | undefined): boolean | undefined {
  if (wholesale?.fromItems === undefined || quantity === undefined) return undefined;
  return quantity >= wholesale.fromItems;
}

/** Matters in which goods go back. */
const ofReturns: ReadonlySet<string> = new Set(['returns', 'parcel_problem']);

/** 打底衫和围脖包邮吗: two pieces at least. Asked of each by itself they are none. */
function areTogether(text: string): boolean {
  return /[和加跟与、+]|还有|以及|一起|一块/.test(text) && !/哪|各|分别|单独|分开/.test(text);
}

/** 急 of a matter that waits; 不急 does not. */
function isInHurry(text: string): boolean {
  return /急|赶时间|等着用/.test(text) && !/不(?:是)?(?:很|太|着|怎么)?(?:着)?急|别急/.test(text);
}

/** An amount off that a coupon of the shop gives anyway; undefined: none is asked for. */
function isByCoupon({ pricing }: ShopParameters, reductionYuan: number | undefined): boolean | undefined {
  if (reductionYuan === undefined) return undefined;
  return pricing?.coupons.some(({ offYuan }) => offYuan >= reductionYuan) === true;
}

/** Who sees to it, and when, before what is done: 客服看到后先帮您核对. */
function personThen({ byAgent, isBusy, opening }: FactsInput): string {
  if (byAgent === true) return '我';
  if (opening !== '') return `客服${opening}上班后`;
  return isBusy === true ? '客服正在赶来，' : '客服看到后';
}

/** Every fact of the turn by its name; factDocs tells what each is. */
export function facts(input: FactsInput): Facts {
  const { parameters, understanding, item, order, now, opening } = input;
  const { slots } = understanding;
  // What no slot holds is looked for in the words themselves: 雲閃付 is 云闪付.
  const text = simplified(understanding.text);
  const shop = prepare(parameters);
  const clock = shop.clockAt(now);
  const { haggling } = input;
  const { product, title, priceYuan, isNamed, isSeveral } =
    haggling === undefined ? meantProduct(shop.products, text, item) : haggledOver(shop.products, text, item, haggling.memory);
  // Thresholds are told by the lower price where page and list differ: promising too little mends itself.
  const price = priceYuan === undefined ? undefined : Math.min(priceYuan, product?.priceYuan ?? priceYuan);
  const alternatives = product === undefined ? [] : alternativesInStock(shop.products, product, now, slots.quantity);
  const cheaper = alternatives.find((one) => price !== undefined && one.priceYuan < price);
  const asks = (intent: string) => understanding.intents.some(({ id }) => id === intent);
  const also = (intent: string) => (understanding.intents.length > 1 && asks(intent) ? true : undefined);
  const turn = {
    opening: opening === '' ? undefined : opening,
    person: input.byAgent === true ? '我' : '客服',
    person_then: personThen(input),
    item_title: title,
    item_listed: product !== undefined,
    item_named: isNamed === true,
    items_named: isSeveral === true,
    item_pointed: pointsAtItem(text),
    wholesale_reached: isWholesale(parameters, slots.quantity),
    price_yuan: priceYuan,
    quantity: slots.quantity,
    offered_yuan: slots.offeredPriceYuan,
    alternatives: listWords(alternatives.slice(0, 3).map((one) => one.title)),
    alternative_1: alternatives[0]?.title,
    alternative_2: alternatives[1]?.title,
    cheaper_item: cheaper?.title,
    cheaper_price_yuan: cheaper?.priceYuan,
    order_id: order?.id ?? slots.orderId,
    order_status: saidStatus(order?.status),
    // Another reply of the turn asks for the region already.
    also_fee: also('shipping_fee'),
    in_return:
      [...understanding.intents.map(({ id }) => id), ...(input.before ?? [])].some((id) => ofReturns.has(id)) || undefined,
    trouble: input.trouble,
    also_time: also('delivery_time'),
    also_courier: also('courier'),
    in_hurry: isInHurry(text) ? true : undefined,
    item_shown: title !== undefined || showsItem(text),
    offer_by_coupon: isByCoupon(parameters, understanding.offer?.reductionYuan),
  };
  const basket = { product, priceYuan: price, spendYuan: asks('shipping_fee') ? spendOf(text) : undefined };
  const shipped = isSeveral === true && slots.quantity === undefined && areTogether(text) ? { ...slots, quantity: 2 } : slots;
  const shipping = shippingFacts(shop.shipping, parameters, shipped, basket, text);
  const asked = { product, courierUsual: shipping.courier_usual, text };
  return Object.assign(
    { ...shop.form },
    turn,
    detailFacts(parameters, product, slots),
    sizeFacts(shop.products, product, slots, now),
    haggling === undefined ? undefined : hagglingFacts(haggling, understanding),
    stockFacts(shop.products, product, slots, now, clock.today, text),
    shipping,
    dispatchFacts(shop.shipping, parameters, slots, clock, asked),
    promotionFacts(
      parameters.campaigns,
      { text, productId: product?.id, titleOf: (id) => shop.products.byId.get(id)?.title },
      clock,
    ),
    purchaseFacts(parameters, text, {
      product,
      quantity: slots.quantity ?? 1,
      priceYuan,
      surePriceYuan: price,
      isCampaignOn: isAnyRunning(parameters.campaigns, product?.id, clock.today),
    }),
    policyFacts(parameters, { product, unlisted: product === undefined && title !== undefined, text }, slots, price),
  );
}
