/** What a shop's file says of things that must exist: products, places, couriers. A typo here would make a false promise. */
import { nearest } from '../composing/nearest.js';
import type { Fault } from '../errors.js';
import { type CodedFault, codedFault } from '../fault-words.js';
import { officialRegions } from '../understanding/regions.js';
import type { Product, ShopParameters } from './parameters.js';
import { sizeKey } from './size-names.js';

/** All at once, each with its path. */
export function referenceFaults(shop: ShopParameters, file: string): readonly Fault[] {
  return referenceProblems(shop).map((problem) => ({ file, ...problem, severity: 'error' }));
}

/**
 * The same without a file.
 * @param shop of faulty settings the part that can be read
 */
export function referenceProblems(shop: Partial<ShopParameters>): readonly (CodedFault & Pick<Fault, 'path'>)[] {
  const faults: (CodedFault & Pick<Fault, 'path'>)[] = [];
  const fault: Tell = (path, found) => faults.push({ path, ...found });
  productFaults(shop, fault);
  placeFaults(shop, fault);
  courierFaults(shop, fault);
  pricingFaults(shop, fault);
  saleFaults(shop, fault);
  return faults;
}

type Tell = (path: string, fault: CodedFault) => void;

function productFaults({ products = [] }: Partial<ShopParameters>, fault: Tell): void {
  const ids = products.map((product) => product.id);
  const skus = new Set<string>();
  for (const [at, product] of products.entries()) {
    const path = `products[${at}]`;
    if (product.floorYuan !== undefined && product.floorYuan > product.priceYuan)
      fault(`${path}.floorYuan`, codedFault('floor_above_price', { most: product.priceYuan }));
    if (ids.indexOf(product.id) < at) fault(`${path}.id`, codedFault('product_twice', { id: product.id }));
    for (const [k, id] of product.alternatives.entries()) {
      if (id === product.id) fault(`${path}.alternatives[${k}]`, codedFault('own_alternative'));
      else if (!ids.includes(id)) fault(`${path}.alternatives[${k}]`, noProduct(id, ids));
    }
    sizeChartFaults(product, path, fault);
    const variants = product.variants.map(({ colour = '', size = '' }) => `${colour} ${size}`.trim());
    for (const [k, variant] of variants.entries()) {
      if (variants.indexOf(variant) < k) fault(`${path}.variants[${k}]`, codedFault('variant_twice', { variant }));
      const { sku } = product.variants[k]!;
      if (sku === undefined) continue;
      if (skus.has(sku)) fault(`${path}.variants[${k}].sku`, codedFault('sku_twice', { sku }));
      skus.add(sku);
    }
  }
}

/** A shop has thousands: a few show what an id looks like. */
const shownIds = 10;

function noProduct(id: string, ids: readonly string[]): CodedFault {
  const near = nearest(id, ids);
  if (near !== undefined) return codedFault('no_product', { id, near }, 'did_you_mean');
  const shown = ids.slice(0, shownIds);
  const known = shown.map((one, at) => (at === shownIds - 1 && ids.length > shownIds ? `${one} …` : one));
  return codedFault('no_product', { id, known }, 'name_one');
}

/** A chart row for a size that is not sold would be advised and could not be bought. */
function sizeChartFaults({ sizeChart, variants }: Product, path: string, fault: Tell): void {
  const sold = [...new Set(variants.map(({ size }) => size).filter((size) => size !== undefined))];
  for (const [k, { size }] of sizeChart.entries()) {
    if (!sold.some((one) => sizeKey(one) === sizeKey(size)))
      fault(
        `${path}.sizeChart[${k}].size`,
        sold.length === 0
          ? codedFault('size_not_sold', { size }, 'give_sizes')
          : codedFault('size_not_sold', { size, known: sold }, 'name_one'),
      );
    if (sizeChart.findIndex((row) => sizeKey(row.size) === sizeKey(size)) < k)
      fault(`${path}.sizeChart[${k}].size`, codedFault('size_twice', { size }));
  }
}

function placeFaults({ shipping, dispatch, cod }: Partial<ShopParameters>, fault: Tell): void {
  const known = officialRegions();
  const check = (path: string, regions: readonly string[]) => {
    for (const [at, region] of regions.entries()) {
      if (known.has(region)) continue;
      fault(`${path}[${at}]`, noPlace(region, known, 'no_place'));
    }
  };
  const rows = shipping?.table ?? [];
  const seen = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    check(`shipping.table[${at}].regions`, row.regions);
    for (const region of row.regions) {
      // One fee a region and courier; a row that names none speaks for all that no other row names.
      for (const courier of row.couriers.length === 0 ? [''] : row.couriers) {
        const key = `${region} ${courier}`;
        const first = seen.get(key);
        if (first === undefined) seen.set(key, at);
        else
          fault(
            `shipping.table[${at}].regions`,
            courier === ''
              ? codedFault('region_twice', { region, row: first })
              : codedFault('region_courier_twice', { region, row: first, courier }, 'region_twice'),
          );
      }
    }
  }
  check('shipping.notServed', shipping?.notServed ?? []);
  check('shipping.freeExcludes', shipping?.freeExcludes ?? []);
  for (const [at, row] of (dispatch?.daysByRegion ?? []).entries()) check(`dispatch.daysByRegion[${at}].regions`, row.regions);
  if (dispatch?.shipsFrom !== undefined && !known.has(dispatch.shipsFrom))
    fault('dispatch.shipsFrom', noPlace(dispatch.shipsFrom, known, 'ships_from'));
  check('cod.notIn', cod?.notIn ?? []);
}

const suffix = /(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|地区|省|市|区|县)$/;

/** What was meant by 广东省, 浙江省杭州市 or 杭州: one place and no other. A misspelt character may mean any of several. */
function noPlace(region: string, known: ReadonlySet<string>, otherwise: 'no_place' | 'ships_from'): CodedFault {
  const meant = regionMeant(region, known);
  return meant === undefined
    ? codedFault('no_place', { region }, otherwise)
    : codedFault('no_place', { region, meant }, 'no_courier');
}

function regionMeant(region: string, known: ReadonlySet<string>): string | undefined {
  const steps = region.split(/[/\s]|(?<=省|自治区|.市)/).flatMap((step) => (step === '' ? [] : step.replace(suffix, '')));
  const bare = steps.join('/');
  if (known.has(bare)) return bare;
  const ending = [...known].filter((one) => one.endsWith(`/${bare}`));
  return ending.length === 1 ? ending[0] : undefined;
}

/** As buyers are understood to name them; a shop that writes them otherwise would be said not to have them. */
const courierNames = ['顺丰', '圆通', '中通', '申通', '韵达', '极兔', '京东', '邮政', 'EMS', '德邦'];
const misspelt: ReadonlyMap<string, string> = new Map([
  ['顺风', '顺丰'],
  ['园通', '圆通'],
  ['元通', '圆通'],
  ['运达', '韵达'],
  ['韵答', '韵达'],
  ['德帮', '德邦'],
]);

/** A courier that nobody offers, or under a name that no buyer is understood by, would be told wrongly. */
function courierFaults({ shipping }: Partial<ShopParameters>, fault: Tell): void {
  if (shipping === undefined) return;
  const spelling = (path: string, couriers: readonly string[]) => {
    for (const [at, courier] of couriers.entries()) {
      const meant =
        misspelt.get(courier) ??
        courierNames.find((name) => courier !== name && courier.toUpperCase().replace(/快递|速运|物流|包裹/, '') === name);
      if (meant !== undefined) fault(`${path}[${at}]`, codedFault('no_courier', { courier, meant }));
    }
  };
  spelling('shipping.couriers', shipping.couriers);
  for (const [at, row] of shipping.table.entries()) spelling(`shipping.table[${at}].couriers`, row.couriers);
  const offered = new Set([...shipping.couriers, ...shipping.table.flatMap((row) => row.couriers)]);
  const mustBeOffered = (path: string, courier: string) => {
    if (!offered.has(courier)) fault(path, codedFault('courier_not_sent', { courier, known: [...offered] }));
  };
  for (const courier of Object.keys(shipping.surchargeYuan)) mustBeOffered(`shipping.surchargeYuan.${courier}`, courier);
  for (const [at, courier] of (shipping.ruralCouriers ?? []).entries()) mustBeOffered(`shipping.ruralCouriers[${at}]`, courier);
}

/** The bot may never give what an agent may not, and steps that fall back would take a word back. */
function pricingFaults({ pricing }: Partial<ShopParameters>, fault: Tell): void {
  if (pricing === undefined) return;
  const { concessions, agentShare, agentFromYuan = 0, leadShare } = pricing;
  if (leadShare !== undefined && agentShare !== undefined && leadShare > agentShare)
    fault('pricing.leadShare', codedFault('agent_beyond_lead', { most: agentShare }, 'at_most'));
  if (concessions === undefined) return;
  const { steps, fromYuan = 0, floorShare } = concessions;
  const most = agentShare === undefined ? undefined : Math.round((1 - agentShare) * 10_000) / 10_000;
  for (const [at, step] of steps.entries()) {
    const path = `pricing.concessions.steps[${at}]`;
    if (most !== undefined && step > most) fault(path, codedFault('step_beyond_agent', { step, most }));
    if (at > 0 && step < steps[at - 1]!) fault(path, codedFault('step_falls'));
  }
  if (floorShare !== undefined && agentShare !== undefined && floorShare < agentShare)
    fault('pricing.concessions.floorShare', codedFault('beyond_agent', { least: agentShare }, 'at_least'));
  if (agentShare !== undefined && fromYuan < agentFromYuan)
    fault(
      'pricing.concessions.fromYuan',
      codedFault('agent_from_yuan', { yuan: agentFromYuan, least: agentFromYuan }, 'at_least'),
    );
}

/** What would promise the buyer something odd, or never be told. */
function saleFaults({ pricing, campaigns = [], payment, products = [] }: Partial<ShopParameters>, fault: Tell): void {
  for (const [at, { fromYuan, offYuan }] of (pricing?.coupons ?? []).entries()) {
    if (offYuan >= fromYuan) fault(`pricing.coupons[${at}]`, codedFault('coupon_turned', { off: offYuan, from: fromYuan }));
  }
  if (pricing?.giftFromYuan !== undefined && pricing.gift === undefined)
    fault('pricing.giftFromYuan', codedFault('gift_missing'));
  for (const key of ['couponsWhere', 'couponsStack'] as const) {
    if (pricing?.[key] !== undefined && pricing.coupons.length === 0) fault(`pricing.${key}`, codedFault('no_coupon'));
  }
  const names = campaigns.flatMap(({ name, from }, at) => [{ at, key: `${name} ${from ?? ''}`, name }]);
  for (const { at, key, name } of names) {
    if (names.some((one) => one.at < at && one.key === key))
      fault(`campaigns[${at}].name`, codedFault('campaign_twice', { name }));
  }
  const ids = products.map(({ id }) => id);
  for (const [at, campaign] of campaigns.entries()) {
    for (const [k, id] of campaign.products.entries())
      if (!ids.includes(id)) fault(`campaigns[${at}].products[${k}]`, noProduct(id, ids));
  }
  const methods = payment?.methods ?? [];
  for (const [at, method] of methods.entries()) {
    if (methods.indexOf(method) < at) fault(`payment.methods[${at}]`, codedFault('method_twice', { method }));
  }
}
