/** Compliance of a shop's own words that replies say to buyers: one of them in breach would hold back every reply that says it. */
import { type CompiledRules, checkWords } from '../compliance/check.js';
import type { Fault } from '../errors.js';
import type { ShopParameters } from './parameters.js';
import { checkContextOf } from './shop.js';
import { findingFault } from './template-faults.js';

/**
 * All words with their paths, by the shop's own terms: hints are warnings, the rest are errors.
 * @param shop of faulty settings the part that can be read
 */
export function shopWordFaults(shop: Partial<ShopParameters>, file: string, rules: CompiledRules): readonly Fault[] {
  const context = checkContextOf(shop);
  return wordsOf(shop).flatMap(([path, words]) =>
    checkWords(words, context, rules).map((finding) => findingFault(finding, file, path)),
  );
}

/**
 * What replies never say: addresses, clocks, switches; and ways to pay, whose names (微信) are no way of getting in touch there.
 * Replies themselves are Liquid and checked as such (settings-replies.ts).
 */
const unsaid = new Set([
  'id',
  'timeZone',
  'hours',
  'bot',
  'intents',
  'replies',
  'holding',
  'callbackUrl',
  'origins',
  'methods',
  'alternatives',
  'aliases',
]);

/** Every text of the settings with its path; the same text is told once. */
function wordsOf(shop: Partial<ShopParameters>): [path: string, words: string][] {
  const words: [string, string][] = [];
  const seen = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      if (!seen.has(value)) words.push([path, value]);
      seen.add(value);
    } else if (Array.isArray(value)) for (const [at, one] of value.entries()) walk(one, `${path}[${at}]`);
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) if (!unsaid.has(key)) walk(one, path === '' ? key : `${path}.${key}`);
  };
  walk(shop, '');
  return words;
}
