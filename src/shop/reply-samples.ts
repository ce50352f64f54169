/** How a wording reads in one shop: filled in with what the shop has set, and where the turn gives a value with short and long ones. */
import { type Condition, type Fact, type Facts, holds } from '../composing/facts.js';
import type { CompiledTemplate } from '../composing/template.js';
import { textOf } from '../composing/wordings.js';
import type { Instant, Understanding } from '../conversation.js';
import { type FactDoc, factDocs, facts } from './facts.js';
import type { ShopParameters } from './parameters.js';
import { isPossible, valuesOf } from './sample-facts.js';

export interface ReplySample {
  readonly text: string;
  /** What it was filled in with, of the facts that it names. */
  readonly facts: Facts;
}

type Template = Pick<CompiledTemplate, 'variables' | 'needed' | 'render' | 'source'>;

/** So many combinations show short and long; all of them are checked when a reply is saved (template-faults.ts). */
const mostSamples = 64;

const nothingAsked: Understanding = { text: '', intents: [], slots: {}, margin: 0, because: [] };
const minuteMs = 60_000;
const known = new WeakMap<ShopParameters, { readonly minute: number; readonly facts: Facts }>();

/** What the shop's replies can speak of before any buyer asks. */
export function standingFacts(parameters: ShopParameters, now: Instant): Facts {
  const minute = Math.floor(now / minuteMs);
  const before = known.get(parameters);
  if (before?.minute === minute) return before.facts;
  const all = facts({ parameters, understanding: nothingAsked, now, opening: '' });
  known.set(parameters, { minute, facts: all });
  return all;
}

/** All texts that differ, some combinations at most; none where it cannot be said. */
export function replySamples(
  template: Template,
  when: Readonly<Record<string, Condition>>,
  parameters: ShopParameters,
  now: Instant,
): readonly ReplySample[] {
  const standing = standingFacts(parameters, now);
  const names = [...new Set([...template.variables, ...Object.keys(when)])];
  let all: Facts[] = [{}];
  for (const name of names) {
    const isOptional = template.variables.includes(name) && !template.needed.includes(name);
    const values = candidates(name, when[name], isOptional, parameters, standing);
    const few = all.length * values.length <= mostSamples ? values : extremes(values);
    const taken = all.length * few.length <= mostSamples ? few : few.slice(-1);
    all = all.flatMap((chosen) => taken.map((value) => ({ ...chosen, [name]: value })));
  }
  const samples = new Map<string, ReplySample>();
  for (const chosen of all.filter(isPossible)) {
    const text = textOf(template as CompiledTemplate, { ...standing, ...chosen });
    if (text === undefined || samples.has(text)) continue;
    const shown = template.variables.filter((name) => chosen[name] !== undefined).map((name) => [name, chosen[name]]);
    samples.set(text, { text, facts: Object.fromEntries(shown) as Facts });
  }
  return [...samples.values()];
}

type Values = readonly (Fact | undefined)[];

function candidates(
  name: string,
  condition: Condition | undefined,
  isOptional: boolean,
  parameters: ShopParameters,
  standing: Facts,
): Values {
  const doc = (factDocs as Readonly<Record<string, FactDoc>>)[name];
  const now = standing[name];
  const isTheShops = doc?.values === undefined && doc?.from.startsWith('message.') !== true && now !== undefined && now !== '';
  const asked =
    condition === undefined || typeof condition === 'boolean' ? [] : typeof condition === 'object' ? condition : [condition];
  const open: Values = isTheShops ? [now] : [...turnValues(name, parameters), ...asked];
  const free = isOptional && !isTheShops && condition === undefined ? [undefined] : [];
  const values = [...new Set([...free, ...open, ...(condition === false ? [undefined] : [])])];
  return condition === undefined ? values : values.filter((value) => holds(condition, value));
}

/** What a buyer may name or come from: a short one and a long one. */
export function turnValues(name: string, { products, shipping }: ShopParameters): Values {
  const titles = products.map(({ title }) => title);
  if (/^(item_title|alternative_\d|cheaper_item)$/.test(name) && titles.length > 0) return extremes(titles);
  if (name === 'opening') return ['明早9点', '10月8日上午10点'];
  if (name === 'region') return ['江苏', '内蒙古'];
  if (name === 'courier' && shipping !== undefined && shipping.couriers.length > 0) return extremes(shipping.couriers);
  return valuesOf(name);
}

/** The shortest and the longest. */
function extremes(values: Values): Values {
  const sorted = [...values].sort((one, other) => String(one ?? '').length - String(other ?? '').length);
  return sorted.length <= 2 ? sorted : [sorted[0], sorted.at(-1)];
}
