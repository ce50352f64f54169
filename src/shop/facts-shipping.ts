/** Postage, couriers and dispatch for one turn. Regions are looked up, city before province. */
import type { Region, Slots } from '../conversation.js';
import { dateWords, listWords, rangeWords, regionWords, yuan } from './facts-words.js';
import { type ShopParameters, weekdays } from './parameters.js';

type Row = NonNullable<ShopParameters['shipping']>['table'][number];
type Days = { readonly from: number; readonly to: number };

/** The fee table and its exceptions as look-ups, prepared once. */
export interface ShippingIndex {
  readonly rows: ReadonlyMap<string, Row>;
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
  return {
    rows: new Map(table.flatMap((row) => row.regions.map((region) => [region, row] as const))),
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

/** What is known of the way to the region and by the courier that the buyer asks for. */
export function shippingFacts(index: ShippingIndex, { shipping }: ShopParameters, slots: Slots, priceYuan: number | undefined) {
  const { region, courier } = slots;
  const row = region === undefined ? undefined : lookUp(index.rows, region);
  const served = region === undefined || !covers(index.notServed, region);
  const serving = row !== undefined && row.couriers.length > 0 ? row.couriers : (shipping?.couriers ?? []);
  const fee = served ? row?.firstKgYuan : undefined;
  return {
    region: region === undefined ? undefined : (region.city ?? region.province),
    region_state: region === undefined ? 'none' : !served ? 'not_served' : fee === undefined ? 'unknown_fee' : 'known',
    fee_yuan: fee,
    fee_next_yuan: fee === undefined ? undefined : row?.nextKgYuan,
    weight_kg: slots.weightKg,
    fee_total_yuan: feeTotal(fee, row?.nextKgYuan, slots.weightKg),
    free_here: region === undefined || !index.hasFree ? undefined : served && !covers(index.freeExcludes, region),
    free_reached: index.hasFree ? freeReached(shipping, slots.quantity, priceYuan) : undefined,
    courier,
    courier_state: courierState(index, courier, serving, region !== undefined),
    surcharge_yuan: courier === undefined || !serving.includes(courier) ? undefined : shipping?.surchargeYuan[courier],
    // A courier that costs extra is named only to who asks for it: otherwise the extra would be asked for afterwards.
    couriers: served ? listWords(serving.filter((name) => (shipping?.surchargeYuan[name] ?? 0) === 0)) : undefined,
  } as const;
}

/** Facts of dispatch on the shop's own clock. `minute` counts from its midnight, `weekday` 0 is Monday. */
export function dispatchFacts(
  index: ShippingIndex,
  { dispatch }: ShopParameters,
  slots: Slots,
  clock: { readonly minute: number; readonly weekday: number; readonly year: number },
) {
  const days = (slots.region === undefined ? undefined : lookUp(index.days, slots.region)) ?? dispatch?.usualDays;
  const cutOff = dispatch?.cutOff;
  const before = cutOff === undefined ? undefined : clock.minute < Number(cutOff.slice(0, 2)) * 60 + Number(cutOff.slice(3));
  return {
    before_cut_off: before,
    ship_day: before === undefined ? undefined : shipDay(dispatch?.shipsOn ?? weekdays, clock.weekday, before),
    days_from: days?.from,
    days_to: days?.to,
    days: days === undefined ? undefined : rangeWords(days.from, days.to),
    asked_date: slots.date === undefined ? undefined : dateWords(slots.date, clock.year),
  } as const;
}

function lookUp<V>(map: ReadonlyMap<string, V>, { province, city }: Region): V | undefined {
  return (city === undefined ? undefined : map.get(`${province}/${city}`)) ?? map.get(province);
}

function covers(regions: ReadonlySet<string>, { province, city }: Region): boolean {
  return regions.has(province) || (city !== undefined && regions.has(`${province}/${city}`));
}

/** The whole fee of a parcel of the weight that the buyer names: only where it can be told to the yuan. */
function feeTotal(first: number | undefined, next: number | undefined, weightKg: number | undefined): number | undefined {
  if (first === undefined || weightKg === undefined) return undefined;
  if (weightKg <= 1) return first;
  return next === undefined ? undefined : yuan(first + next * Math.ceil(weightKg - 1));
}

function freeReached(shipping: ShopParameters['shipping'], quantity = 1, priceYuan: number | undefined): boolean {
  const byItems = shipping?.freeFromItems !== undefined && quantity >= shipping.freeFromItems;
  const byYuan = shipping?.freeFromYuan !== undefined && priceYuan !== undefined && priceYuan * quantity >= shipping.freeFromYuan;
  return byItems || byYuan;
}

function courierState(index: ShippingIndex, courier: string | undefined, serving: readonly string[], regionAsked: boolean) {
  if (courier === undefined) return 'none';
  if (index.anyCourier.size === 0) return 'unknown';
  if (serving.includes(courier)) return 'offered';
  if (!index.anyCourier.has(courier)) return 'not_offered';
  return regionAsked ? 'not_there' : 'unknown';
}

const later = ['今天', '明天', '后天'];
const weekdayWords = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** The day on which a parcel paid for now leaves: today before the cut-off, else the next day on which parcels leave. */
function shipDay(shipsOn: readonly string[], weekday: number, before: boolean): string | undefined {
  for (let ahead = before ? 0 : 1; ahead <= 7; ahead += 1) {
    const day = (weekday + ahead) % 7;
    if (shipsOn.includes(weekdays[day] as string))
      return later[ahead] ?? `${weekday + ahead >= 7 ? '下' : ''}${weekdayWords[day]}`;
  }
  return undefined;
}
