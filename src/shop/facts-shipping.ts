/** Postage and couriers for one turn. Places are looked up from the most specific on: county, city, province. */
import type { Region, Slots } from '../conversation.js';
import { abroad, placeAbroad, regionGroup, unreadPlace } from './facts-place.js';
import { listWords, regionWords, yuan } from './facts-words.js';
import type { Product, ShopParameters } from './parameters.js';

type Shipping = ShopParameters['shipping'];
type Row = NonNullable<Shipping>['table'][number];
type Days = { readonly from: number; readonly to: number };

/** The fee table and its exceptions as look-ups, prepared once. */
export interface ShippingIndex {
  /** By place; the first of its rows is told unless another courier is asked for. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly days: ReadonlyMap<string, Days>;
  readonly notServed: ReadonlySet<string>;
  readonly freeExcludes: ReadonlySet<string>;
  /** All couriers that serve any region. */
  readonly anyCourier: ReadonlySet<string>;
  readonly hasFree: boolean;
}

export function indexShipping({ shipping, dispatch }: ShopParameters): ShippingIndex {
  const table = shipping?.table ?? [];
  const daysByRegion = dispatch?.daysByRegion ?? [];
  const rows = new Map<string, Row[]>();
  for (const row of table) for (const region of row.regions) rows.set(region, [...(rows.get(region) ?? []), row]);
  return {
    rows,
    days: new Map(daysByRegion.flatMap((row) => row.regions.map((region) => [region, row] as const))),
    notServed: new Set(shipping?.notServed),
    freeExcludes: new Set(shipping?.freeExcludes),
    anyCourier: new Set([...(shipping?.couriers ?? []), ...table.flatMap((row) => row.couriers)]),
    hasFree: shipping?.freeFromYuan !== undefined || shipping?.freeFromItems !== undefined,
  };
}

/** 满95元或满2件包邮（西藏、新疆除外）: the exclusions stand in the same breath, so that no template can forget them. */
export function freeRule({ shipping }: ShopParameters): string | undefined {
  const from = [
    shipping?.freeFromYuan === undefined ? undefined : `满${yuan(shipping.freeFromYuan)}元`,
    shipping?.freeFromItems === undefined ? undefined : `满${shipping.freeFromItems}件`,
  ].filter((one) => one !== undefined);
  if (from.length === 0) return undefined;
  const except = regionWords(shipping?.freeExcludes ?? []);
  return `${from.join('或')}包邮${except === undefined ? '' : `（${except}除外）`}`;
}

/** Facts that depend on the parameters alone: wishes, pickup, and what goes beyond the mainland. */
export function coverageFacts(parameters: ShopParameters) {
  const { shipping } = parameters;
  const { rows, notServed } = indexShipping(parameters);
  const state = (places: readonly string[]) => {
    if (places.every((place) => notServed.has(place))) return 'not_served' as const;
    return places.every((place) => rows.has(place) && !notServed.has(place)) ? ('served' as const) : undefined;
  };
  const outer = state(['香港', '澳门', '台湾']);
  return {
    courier_wish: shipping?.courierWish,
    rural_couriers: listWords(shipping?.ruralCouriers ?? []),
    pickup: shipping?.pickup === undefined ? undefined : shipping.pickup.offered ? 'yes' : 'no',
    pickup_where: shipping?.pickup?.offered === true ? shipping.pickup.where : undefined,
    outer_state: outer,
    outer_couriers:
      outer === 'served'
        ? listWords([
            ...new Set(['香港', '澳门', '台湾'].flatMap((place) => (rows.get(place) ?? []).flatMap((row) => row.couriers))),
          ])
        : undefined,
    abroad_state: state(['海外']),
  } as const;
}

export interface Basket {
  readonly product: Product | undefined;
  readonly priceYuan: number | undefined;
  /** What the buyer says that he would spend in all. */
  readonly spendYuan: number | undefined;
}

/** What is known of the way to the region and by the courier that the buyer asks for. */
export function shippingFacts(index: ShippingIndex, { shipping }: ShopParameters, slots: Slots, basket: Basket, text = '') {
  const { region, courier } = slots;
  const rows = region === undefined ? [] : (lookUp(index.rows, region) ?? []);
  const row = rows[0];
  const served = region === undefined || !covers(index.notServed, region);
  const couriersOf = (one: Row | undefined) =>
    one !== undefined && one.couriers.length > 0 ? one.couriers : (shipping?.couriers ?? []);
  const serving = rows.length === 0 ? couriersOf(undefined) : rows.flatMap(couriersOf);
  const own =
    courier === undefined || row?.couriers.includes(courier) ? undefined : rows.find((one) => one.couriers.includes(courier));
  const surcharge = (name: string) => shipping?.surchargeYuan[name] ?? 0;
  const cartKg = weightOf(basket.product, slots.quantity);
  const isFree = index.hasFree && freeReached(shipping, slots.quantity, basket) && !isExcluded(index, region);
  // Of a parcel heavier than the row has a fee for, the fee of the first kilogram is none.
  const isCovered = isFree || (isWithin(row, slots.weightKg) && isWithin(row, cartKg));
  const fee = served && isCovered ? row?.firstKgYuan : undefined;
  // A courier that costs extra is named only to who asks for it: otherwise the extra would be asked for afterwards.
  const usual = served ? couriersOf(row).filter((name) => surcharge(name) === 0) : [];
  const { spendYuan } = basket;
  const spendMissing =
    spendYuan === undefined || shipping?.freeFromYuan === undefined ? 0 : yuan(shipping.freeFromYuan - spendYuan);
  const group = region?.city === undefined ? regionGroup(text, region) : undefined;
  const isAlike = group?.places.every(
    (place) =>
      rowOf(index, place)?.firstKgYuan === row?.firstKgYuan &&
      index.notServed.has(place) === !served &&
      index.freeExcludes.has(place) === covers(index.freeExcludes, region!),
  );
  const foreign = region === undefined ? placeAbroad(text) : undefined;
  const isUnread = region === undefined ? foreign !== undefined || unreadPlace(text) : isAlike === false;
  const isRefused = foreign === undefined ? region !== undefined && !served : index.notServed.has(abroad);
  return {
    region: region === undefined ? foreign : (group?.name ?? region.county ?? region.city ?? region.province),
    region_state: isRefused
      ? 'not_served'
      : isUnread
        ? 'unread'
        : region === undefined
          ? 'none'
          : fee === undefined
            ? 'unknown_fee'
            : 'known',
    fee_yuan: fee,
    first_kg: row === undefined ? undefined : (row.firstKg ?? 1),
    fee_next_yuan: fee === undefined ? undefined : row?.nextKgYuan,
    weight_kg: slots.weightKg,
    fee_total_yuan: feeTotal(served ? row : undefined, slots.weightKg),
    cart_kg: cartKg,
    cart_fee_yuan: feeTotal(served ? row : undefined, cartKg),
    free_here: region === undefined || !index.hasFree ? undefined : served && !covers(index.freeExcludes, region),
    free_reached: index.hasFree ? freeReached(shipping, slots.quantity, basket) : undefined,
    spend_yuan: spendYuan,
    spend_missing_yuan: spendMissing > 0 ? spendMissing : undefined,
    courier,
    courier_state: courierState(index, courier, serving, region !== undefined),
    courier_usual: courier === undefined ? undefined : usual.includes(courier),
    surcharge_yuan:
      courier === undefined || own !== undefined || !serving.includes(courier) ? undefined : shipping?.surchargeYuan[courier],
    courier_fee_yuan: served && isWithin(own, slots.weightKg) && isWithin(own, cartKg) ? own?.firstKgYuan : undefined,
    courier_first_kg: own === undefined ? undefined : (own.firstKg ?? 1),
    courier_fee_next_yuan: served ? own?.nextKgYuan : undefined,
    couriers: listWords(usual),
    other_couriers: listWords(usual.filter((name) => name !== courier)),
    couriers_named: listWords(wantedCouriers(text, usual, shipping)),
    dearer_couriers: served ? dearer(shipping, row, rows, couriersOf(row)) : undefined,
  } as const;
}

/**
 * The usual couriers that the words name, without those that the buyer does not want: 不要邮政，圆通中通都行. None where one
 * that costs extra is named as well: then the extra must be told.
 */
function wantedCouriers(text: string, usual: readonly string[], shipping: Shipping): readonly string[] {
  if (!usual.some((name) => text.includes(name))) return [];
  if (Object.entries(shipping?.surchargeYuan ?? {}).some(([name, extra]) => extra > 0 && text.includes(name))) return [];
  const unwanted = new RegExp(
    `(?:不要|别|不发|不走|不想|不用|不能|不喜欢|除了|没有?)(?:再|给我|用|要|发|走|寄|选)?(?:${[...usual, '[、和跟或]'].join('|')})*$`,
  );
  return usual.filter((name) => {
    const at = text.indexOf(name);
    return (
      at >= 0 && !unwanted.test(text.slice(0, at)) && !/^.{0,3}(?:不|没|慢|差|太?远|垃圾|倒闭)/.test(text.slice(at + name.length))
    );
  });
}

/** 顺丰加15元, 顺丰1公斤内35元: couriers that cost more than what is told without asking for them. */
function dearer(shipping: Shipping, row: Row | undefined, rows: readonly Row[], here: readonly string[]): string | undefined {
  const extras = here
    .filter((name) => (shipping?.surchargeYuan[name] ?? 0) > 0)
    .map((name) => `${name}加${yuan(shipping?.surchargeYuan[name] ?? 0)}元`);
  const others = rows
    .filter((one) => one !== row && one.firstKgYuan !== undefined)
    .flatMap((one) => one.couriers.map((name) => `${name}${one.firstKg ?? 1}公斤内${yuan(one.firstKgYuan ?? 0)}元`));
  return listWords([...extras, ...others]);
}

function rowOf(index: ShippingIndex, province: string): Row | undefined {
  return index.rows.get(province)?.[0];
}

/** The entry of the most specific place that has one. */
export function lookUp<V>(map: ReadonlyMap<string, V>, region: Region): V | undefined {
  for (const place of placesOf(region)) {
    const value = map.get(place);
    if (value !== undefined) return value;
  }
  return undefined;
}

function covers(regions: ReadonlySet<string>, region: Region): boolean {
  return placesOf(region).some((place) => regions.has(place));
}

/** 江苏/苏州/昆山, 江苏/苏州, 江苏. */
function placesOf({ province, city, county }: Region): readonly string[] {
  const places = [province];
  if (city !== undefined) places.unshift(`${province}/${city}`);
  if (city !== undefined && county !== undefined) places.unshift(`${province}/${city}/${county}`);
  return places;
}

/** Several of one product, or one that is heavy: a parcel whose weight is known, in kilograms to the gram. */
function weightOf(product: Product | undefined, quantity: number | undefined): number | undefined {
  if (product?.weightKg === undefined || (quantity === undefined && product.weightKg <= 1)) return undefined;
  return Math.round(product.weightKg * (quantity ?? 1) * 1000) / 1000;
}

/** Whether the row has a fee for this weight: up to its first kilograms, or any with a fee for the next. */
function isWithin(row: Row | undefined, weightKg: number | undefined): boolean {
  return weightKg === undefined || row === undefined || row.nextKgYuan !== undefined || weightKg <= (row.firstKg ?? 1);
}

function isExcluded({ freeExcludes }: ShippingIndex, region: Region | undefined): boolean {
  return region === undefined || covers(freeExcludes, region);
}

/** The whole fee of a parcel of a weight: only where it can be told to the yuan. */
function feeTotal(row: Row | undefined, weightKg: number | undefined): number | undefined {
  if (row?.firstKgYuan === undefined || weightKg === undefined) return undefined;
  const moreGrams = Math.round((weightKg - (row.firstKg ?? 1)) * 1000);
  if (moreGrams <= 0) return row.firstKgYuan;
  return row.nextKgYuan === undefined ? undefined : yuan(row.firstKgYuan + row.nextKgYuan * Math.ceil(moreGrams / 1000));
}

function freeReached(shipping: Shipping, quantity = 1, { priceYuan, spendYuan }: Basket): boolean {
  const byItems = shipping?.freeFromItems !== undefined && quantity >= shipping.freeFromItems;
  const cost = spendYuan ?? (priceYuan === undefined ? undefined : priceYuan * quantity);
  return byItems || (shipping?.freeFromYuan !== undefined && cost !== undefined && cost >= shipping.freeFromYuan);
}

function courierState(index: ShippingIndex, courier: string | undefined, serving: readonly string[], regionAsked: boolean) {
  if (courier === undefined) return 'none';
  if (index.anyCourier.size === 0) return 'unknown';
  if (serving.includes(courier)) return 'offered';
  if (!index.anyCourier.has(courier)) return 'not_offered';
  return regionAsked ? 'not_there' : 'unknown';
}
