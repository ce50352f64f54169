/** What a shop's file says of things that must exist: products, places, couriers. A typo here would make a false promise. */
import type { Fault } from '../errors.js';
import { officialRegions } from '../understanding/regions.js';
import type { ShopParameters } from './parameters.js';

/** All at once, each with its path. */
export function referenceFaults(shop: ShopParameters, file: string): readonly Fault[] {
  return referenceProblems(shop).map((problem) => ({ file, ...problem, severity: 'error' }));
}

/**
 * The same without a file.
 * @param shop of faulty settings the part that can be read
 */
export function referenceProblems(shop: Partial<ShopParameters>): readonly Pick<Fault, 'path' | 'problem' | 'mend'>[] {
  const faults: Pick<Fault, 'path' | 'problem' | 'mend'>[] = [];
  const fault = (path: string, problem: string, mend: string) => faults.push({ path, problem, mend });
  productFaults(shop, fault);
  placeFaults(shop, fault);
  courierFaults(shop, fault);
  return faults;
}

type Tell = (path: string, problem: string, mend: string) => void;

function productFaults({ products = [] }: Partial<ShopParameters>, fault: Tell): void {
  const ids = products.map((product) => product.id);
  for (const [at, product] of products.entries()) {
    const path = `products[${at}]`;
    if (ids.indexOf(product.id) < at)
      fault(`${path}.id`, `there are two products "${product.id}"`, 'Give each product an id of its own.');
    for (const [k, id] of product.alternatives.entries()) {
      if (id === product.id) fault(`${path}.alternatives[${k}]`, 'a product cannot stand in for itself', 'Name another product.');
      else if (!ids.includes(id))
        fault(`${path}.alternatives[${k}]`, `there is no product "${id}"`, `Name one of ${ids.join(', ')}.`);
    }
    const variants = product.variants.map(({ colour = '', size = '' }) => `${colour} ${size}`.trim());
    for (const [k, variant] of variants.entries()) {
      if (variants.indexOf(variant) < k)
        fault(`${path}.variants[${k}]`, `the variant "${variant}" stands here twice`, 'Put their stock together.');
    }
  }
}

function placeFaults({ shipping, dispatch, cod }: Partial<ShopParameters>, fault: Tell): void {
  const known = officialRegions();
  const check = (path: string, regions: readonly string[]) => {
    for (const [at, region] of regions.entries()) {
      if (known.has(region)) continue;
      fault(
        `${path}[${at}]`,
        `"${region}" is no place that is known`,
        'Write a province (新疆) or province/city (新疆/克拉玛依) without 省, 市, 自治区; or 海外.',
      );
    }
  };
  const rows = shipping?.table ?? [];
  const seen = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    check(`shipping.table[${at}].regions`, row.regions);
    for (const region of row.regions) {
      const first = seen.get(region);
      if (first !== undefined)
        fault(
          `shipping.table[${at}].regions`,
          `"${region}" stands in row ${first} too`,
          'Leave it in one row, so that it has one fee.',
        );
      else seen.set(region, at);
    }
  }
  check('shipping.notServed', shipping?.notServed ?? []);
  check('shipping.freeExcludes', shipping?.freeExcludes ?? []);
  for (const [at, row] of (dispatch?.daysByRegion ?? []).entries()) check(`dispatch.daysByRegion[${at}].regions`, row.regions);
  check('cod.notIn', cod?.notIn ?? []);
}

/** An extra charge for a courier that nobody offers would never be told. */
function courierFaults({ shipping }: Partial<ShopParameters>, fault: Tell): void {
  if (shipping === undefined) return;
  const offered = new Set([...shipping.couriers, ...shipping.table.flatMap((row) => row.couriers)]);
  for (const courier of Object.keys(shipping.surchargeYuan)) {
    if (!offered.has(courier))
      fault(
        `shipping.surchargeYuan.${courier}`,
        `the shop does not send by ${courier}`,
        `Add it to shipping.couriers, or name one of ${[...offered].join(', ')}.`,
      );
  }
}
