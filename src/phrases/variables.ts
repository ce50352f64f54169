/**
 * What the text of a phrase may speak of: the facts of replies, and what only the conversation at hand knows. What the shop
 * has set is filled in by ourselves; the rest by whoever puts the phrase into a conversation.
 */
import type { Fact, Facts } from '../composing/facts.js';
import { nearest } from '../composing/nearest.js';
import type { Instant, Understanding } from '../conversation.js';
import { factDocs, facts, possibleFacts } from '../shop/facts.js';
import type { ShopParameters } from '../shop/parameters.js';

/** `shop`: the shop's parameters fill it; `chat`: the conversation does; `gap`: the parameter that it rests on is not set. */
export type VariableSource = 'shop' | 'chat' | 'gap';

export interface PhraseVariable {
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly source: VariableSource;
  /** Path of the parameter that it rests on. */
  readonly parameter?: string;
  /** As it is now. */
  readonly value?: Fact;
}

/** Beside the facts of replies: what an agent knows of the conversation that is open. */
export const chatVariables = {
  buyer_name: { zh: '买家昵称', en: 'name of the buyer' },
  agent_name: { zh: '客服名字', en: 'name of the agent' },
  agent_number: { zh: '客服编号', en: 'number of the agent, as 1 in 1号客服' },
  tracking_number: { zh: '物流单号', en: 'number of the parcel' },
  receiver: { zh: '收货信息', en: "receiver and address of the buyer's own order" },
} as const;

const nothingAsked: Understanding = { text: '', intents: [], slots: {}, margin: 0, because: [] };
const minuteMs = 60_000;

interface Known {
  readonly minute: number;
  readonly facts: Facts;
  readonly possible: ReadonlySet<string>;
}
const known = new WeakMap<ShopParameters, Known>();

function knownOf(parameters: ShopParameters, now: Instant): Known {
  const minute = Math.floor(now / minuteMs);
  const before = known.get(parameters);
  if (before?.minute === minute) return before;
  const all = facts({ parameters, understanding: nothingAsked, now, opening: '' });
  const fresh: Known = { minute, facts: all, possible: before?.possible ?? possibleFacts(parameters) };
  known.set(parameters, fresh);
  return fresh;
}

/** What a name stands for in this shop now; undefined: nobody knows it. */
export function phraseVariable(name: string, parameters: ShopParameters, now: Instant): PhraseVariable | undefined {
  if (Object.hasOwn(chatVariables, name)) {
    return { name, title: chatVariables[name as keyof typeof chatVariables], source: 'chat' };
  }
  const { facts: all, possible } = knownOf(parameters, now);
  if (/^extra_./.test(name) && Object.hasOwn(parameters.extra, name.slice(6))) {
    const parameter = `extra.${name.slice(6)}`;
    return { name, title: { zh: name.slice(6), en: name.slice(6) }, source: 'shop', parameter, value: all[name]! };
  }
  if (name === 'extra_*' || !Object.hasOwn(factDocs, name)) return undefined;
  const { title, from } = factDocs[name as keyof typeof factDocs];
  if (from.startsWith('message.')) return { name, title, source: 'chat' };
  const value = all[name];
  if (value !== undefined && value !== '') return { name, title, source: 'shop', parameter: from, value };
  // Set, but it takes a buyer's question: the fee to a region.
  return { name, title, source: possible.has(name) ? 'chat' : 'gap', parameter: from };
}

/** Everything that a text may name in this shop, for a page that offers them. */
export function phraseVariables(parameters: ShopParameters, now: Instant): readonly PhraseVariable[] {
  const extras = Object.keys(parameters.extra).map((name) => `extra_${name}`);
  const names = [...Object.keys(chatVariables), ...Object.keys(factDocs).filter((name) => name !== 'extra_*'), ...extras];
  return names.map((name) => phraseVariable(name, parameters, now)!);
}

/** Names that a mistyped one may have meant are told with this list. */
export function variableNames(parameters: ShopParameters): readonly string[] {
  return [
    ...Object.keys(chatVariables),
    ...Object.keys(factDocs).filter((name) => name !== 'extra_*'),
    ...Object.keys(parameters.extra).map((name) => `extra_${name}`),
  ];
}

/** Names of values that no text can speak of, each with the one that it may have been meant for. */
export function unknownValues(
  names: readonly string[],
  parameters: ShopParameters,
): readonly { readonly name: string; readonly meant: string | undefined }[] {
  const all = variableNames(parameters);
  return names.filter((name) => !all.includes(name)).map((name) => ({ name, meant: nearest(name, all) }));
}
