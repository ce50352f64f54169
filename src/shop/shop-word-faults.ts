/** Compliance of a shop's own words that replies say to buyers: one of them in breach would hold back every reply that says it. */
import { type CompiledRules, check } from '../compliance/check.js';
import type { Fault } from '../errors.js';
import type { ShopParameters } from './parameters.js';
import { checkContextOf } from './shop.js';
import { findingFault } from './template-faults.js';

/** All words with their paths, by the shop's own terms: hints are warnings, the rest are errors. */
export function shopWordFaults(shop: ShopParameters, file: string, rules: CompiledRules): readonly Fault[] {
  const context = checkContextOf(shop);
  return wordsOf(shop).flatMap(([path, words]) =>
    check(words, context, rules).map((finding) => findingFault(finding, file, path)),
  );
}

function wordsOf({
  name,
  pricing,
  invoice,
  shipping,
  creditCard,
  extra,
  products,
}: ShopParameters): [path: string, words: string][] {
  const words: [string, string | undefined][] = [
    ['name', name],
    ['pricing.reason', pricing?.reason],
    ['pricing.gift', pricing?.gift],
    ['invoice.sentBy', invoice?.sentBy],
    ...list('shipping.couriers', shipping?.couriers),
    ...list('creditCard.services', creditCard?.services),
    ...Object.entries(extra).map(([key, value]): [string, string] => [`extra.${key}`, String(value)]),
    ...products.flatMap(({ title, variants }, at): [string, string | undefined][] => [
      [`products[${at}].title`, title],
      ...variants.flatMap(({ colour, size }, k): [string, string | undefined][] => [
        [`products[${at}].variants[${k}].colour`, colour],
        [`products[${at}].variants[${k}].size`, size],
      ]),
    ]),
  ];
  const seen = new Set<string>();
  return words.filter((one): one is [string, string] => {
    const isNew = one[1] !== undefined && !seen.has(one[1]);
    if (isNew) seen.add(one[1] as string);
    return isNew;
  });
}

function list(path: string, words: readonly string[] = []): [string, string][] {
  return words.map((word, at) => [`${path}[${at}]`, word]);
}
