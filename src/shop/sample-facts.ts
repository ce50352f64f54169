/** Values that stand in for facts when wordings are checked before any buyer asks: all where they are few, else typical ones. */
import type { Condition, Fact, Facts } from '../composing/facts.js';
import { holds } from '../composing/facts.js';
import { factDocs } from './facts-docs.js';

/** What a fact can be; undefined: not set. */
type Values = readonly (Fact | undefined)[];

/** The free-shipping terms that the samples below speak of. */
export const sampleFreeShipping = { excludes: ['西藏', '新疆', '香港', '澳门', '台湾'], fromYuan: 95, fromItems: 2 } as const;

/** Facts whose words a rule may look at; other facts get a word or a number that says nothing. */
const samples: Readonly<Record<string, Values>> = {
  opening: ['今天13:30', '明天09:00', '10月8日09:00'],
  sticker: ['/:^_^'],
  ship_day: ['今天', '明天', '下周一'],
  restock: ['3月8日'],
  asked_date: ['10月7日'],
  free_rule: ['满95元或满2件包邮（西藏、新疆、港澳台除外）'],
  free_from_yuan: [sampleFreeShipping.fromYuan],
  free_from_items: [sampleFreeShipping.fromItems],
  free_excluded: ['西藏、新疆、港澳台'],
  region: ['浙江', '新疆'],
  days: ['2-3'],
  cut_off: ['16:00'],
  coupons: ['满200减5'],
  courier: ['顺丰'],
  couriers: ['中通、圆通'],
  surcharges: ['顺丰加15元'],
  invoice_kinds: ['电子发票、纸质发票'],
  invoice_sent_by: ['挂号信'],
  instalment_services: ['花呗'],
  instalment_service: ['花呗'],
  periods: ['3、6、12'],
  order_id: ['202611110001'],
  order_status: ['卖家已发货'],
  return_days: [7],
};

/** Values of one fact by its name. `_yuan`, `_days` and the like are numbers. */
export function valuesOf(name: string): Values {
  const doc = (factDocs as Readonly<Record<string, { readonly values?: readonly Fact[] }>>)[name];
  if (doc?.values !== undefined) return doc.values;
  return samples[name] ?? (/_(yuan|days|hours|count|from|to|kg)$|^(quantity|stock_count)$/.test(name) ? [3] : ['羊毛围巾']);
}

/** Numbers and quoted words in the conditions of a template, and the numbers beside them, so that each side is met. */
function literalsIn(source: string): Fact[] {
  const conditions = (source.match(/\{%-?\s*(?:if|elsif|unless|case|when)\b.*?%\}/gs) ?? []).join(' ');
  const numbers = [...conditions.matchAll(/(?<![\w"'])\d+(?:\.\d+)?/g)].flatMap(([one]) => [
    Number(one) - 1,
    Number(one),
    Number(one) + 1,
  ]);
  const words = [...conditions.matchAll(/"([^"]*)"|'([^']*)'/g)].map((match) => match[1] ?? match[2] ?? '');
  return [...numbers, ...words];
}

/** More combinations than this are not worked through. */
export const mostCombinations = 2048;

/**
 * All combinations of the facts that a template names, within the conditions of its reply. A fact that the template can do
 * without is also left unset. Undefined: there are more than `mostCombinations`.
 */
export function combinations(
  template: { readonly source: string; readonly variables: readonly string[]; readonly needed: readonly string[] },
  when: Readonly<Record<string, Condition>> = {},
): readonly Facts[] | undefined {
  const literals = literalsIn(template.source);
  const names = [...new Set([...template.variables, ...Object.keys(when)])];
  let all: Facts[] = [{}];
  for (const name of names) {
    const isOptional = template.variables.includes(name) && !template.needed.includes(name);
    const known = valuesOf(name);
    const isFree =
      isOptional && (factDocs as Readonly<Record<string, { readonly values?: unknown }>>)[name]?.values === undefined;
    const condition = when[name];
    const open = [...known, ...(isFree ? literals : []), ...(isOptional || condition === false ? [undefined] : [])];
    const asked = condition === undefined ? open : [...open, ...wanted(condition)].filter((value) => holds(condition, value));
    const values = [...new Set(asked)];
    if (values.length === 0) return [];
    if (all.length * values.length > mostCombinations) return undefined;
    all = all.flatMap((facts) => values.map((value) => ({ ...facts, [name]: value })));
  }
  return all.filter(isPossible);
}

function wanted(condition: Condition): readonly Fact[] {
  return typeof condition === 'object' ? condition : typeof condition === 'boolean' ? [] : [condition];
}

/** The excluded region is never one in which free shipping holds. */
export function isPossible({ region, free_here: isFreeHere }: Facts): boolean {
  return region === undefined || isFreeHere === undefined || (region === '新疆') !== isFreeHere;
}
