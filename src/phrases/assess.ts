/** What a phrase's text comes to in this shop now: filled in, counted, checked; and what stands against it. */
import { LRUCache } from 'lru-cache';
import { judge, type Verdict } from '../compliance/verdict.js';
import type { Fact, Facts } from '../composing/facts.js';
import { characters } from '../composing/limits.js';
import { nearest } from '../composing/nearest.js';
import { type CompiledTemplate, compileTemplate, TemplateFault } from '../composing/template.js';
import type { Finding, Instant } from '../conversation.js';
import { codedFault, type FaultTold } from '../fault-words.js';
import type { ShopParameters } from '../shop/parameters.js';
import { inSlices } from '../shop/slices.js';
import { type PhraseVariable, phraseVariable, variableNames } from './variables.js';

/** What the phrases must know of a shop. */
export interface PhraseShop {
  readonly parameters: ShopParameters;
  /** Findings of all rules in a text, by the shop's own terms. */
  readonly check: (text: string) => readonly Finding[];
}

export interface Assessed {
  /** With what the shop has set and what was given; what is still open stands as `{买家昵称}`. */
  readonly text: string;
  /** As the platform counts them (composing/limits.ts). */
  readonly characters: number;
  /** All that it names. */
  readonly variables: readonly PhraseVariable[];
  /** Those without which it cannot be said and whose parameter is not set. */
  readonly gaps: readonly PhraseVariable[];
  /** Those that the conversation must fill and that were not given. */
  readonly open: readonly PhraseVariable[];
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly points: number;
}

/** Why a text cannot be read, and how to mend it. */
export type TextFault = FaultTold;

/** Phrases of all shops together; compiling one costs a tenth of a millisecond. */
const templates = new LRUCache<string, { readonly template?: CompiledTemplate; readonly fault?: TextFault }>({ max: 20_000 });
/** Findings by the words as they go out; a shop's rules hold as long as its parameters do. */
const checked = new WeakMap<ShopParameters, LRUCache<string, readonly Finding[]>>();

function compiled(source: string): { readonly template?: CompiledTemplate; readonly fault?: TextFault } {
  const before = templates.get(source);
  if (before !== undefined) return before;
  const made = compiledAnew(source);
  templates.set(source, made);
  return made;
}

function compiledAnew(source: string): { readonly template?: CompiledTemplate; readonly fault?: TextFault } {
  try {
    return { template: compileTemplate(source) };
  } catch (error) {
    if (error instanceof TemplateFault) return { fault: error.fault };
    throw error;
  }
}

function findingsIn(text: string, shop: PhraseShop): readonly Finding[] {
  let ofShop = checked.get(shop.parameters);
  if (ofShop === undefined) {
    ofShop = new LRUCache({ max: 10_000 });
    checked.set(shop.parameters, ofShop);
  }
  const before = ofShop.get(text);
  if (before !== undefined) return before;
  const found = shop.check(text);
  ofShop.set(text, found);
  return found;
}

/**
 * @param values what the conversation fills in, by name; other names count for nothing
 * @returns faults, all at once, where the text is no Liquid or names what nobody knows
 */
export function assess(
  source: string,
  shop: PhraseShop,
  now: Instant,
  values: Readonly<Record<string, Fact>> = {},
): Assessed | readonly TextFault[] {
  const { template, fault } = compiled(source);
  if (template === undefined) return [fault!];
  const { parameters } = shop;
  const found = template.variables.map((name) => phraseVariable(name, parameters, now) ?? name);
  const unknown = found.filter((one) => typeof one === 'string');
  if (unknown.length > 0) return unknown.map((name) => unknownVariable(name, parameters));
  const variables = found as readonly PhraseVariable[];
  const told = variables.map((one) => {
    const given = Object.hasOwn(values, one.name) ? values[one.name] : undefined;
    // What the shop has set is not for a client to change.
    return [one.name, one.source === 'shop' ? one.value : given === '' ? undefined : given] as const;
  });
  const facts: Facts = Object.fromEntries(told);
  const missing = variables.filter(({ name }) => facts[name] === undefined);
  const text = filled(template, facts, missing);
  if (typeof text !== 'string') return [text];
  const isNeeded = ({ name }: PhraseVariable) => template.needed.includes(name);
  const findings = findingsIn(text, shop);
  return {
    text,
    characters: characters(text),
    variables,
    gaps: missing.filter((one) => one.source === 'gap' && isNeeded(one)),
    open: missing.filter((one) => one.source === 'chat' && isNeeded(one)),
    findings,
    ...judge(findings),
  };
}

/**
 * Judges texts ahead, in slices of some milliseconds: compiling and checking one anew costs half a millisecond, which for a
 * shop of thousands nobody else is to wait for. What follows at once finds them done.
 */
export function assessAhead(texts: readonly string[], shop: PhraseShop, now: Instant): Promise<void> {
  function* each() {
    for (const text of texts) {
      assess(text, shop, now);
      yield;
    }
  }
  return inSlices(each());
}

/** What is open stands as its title in braces, which an agent sees and fills. */
function filled(template: CompiledTemplate, facts: Facts, missing: readonly PhraseVariable[]): string | TextFault {
  const standIns = (which: readonly PhraseVariable[]) => ({
    ...facts,
    ...Object.fromEntries(which.map(({ name, title }) => [name, placeholder(title.zh)])),
  });
  try {
    return template.render(standIns(missing.filter(({ name }) => template.needed.includes(name))));
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
  }
  try {
    // It is said under a condition that holds.
    return template.render(standIns(missing));
  } catch (error) {
    if (error instanceof TemplateFault) return error.fault;
    throw error;
  }
}

export function placeholder(title: string): string {
  return `{${title}}`;
}

function unknownVariable(name: string, parameters: ShopParameters): TextFault {
  const near = nearest(name, variableNames(parameters));
  return near === undefined
    ? codedFault('phrase_variable', { name })
    : codedFault('phrase_variable', { name, near }, 'phrase_variable_near');
}
