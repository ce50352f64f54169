/**
 * A buyer's words in, an Understanding out. Patterns first; n-grams behind them; then suppression between intents, the ask of
 * each, slots, and the thread of the conversation ("那新疆呢"). Pure: the same words with the same context give the same result.
 */
import type { Ask, Evidence, FoundIntent, Item, Reason, Slots, Understanding } from '../conversation.js';
import { type Folded, type Folding, fold } from './normalise.js';
import type { Match, Matcher } from './matcher.js';
import type { NgramModel } from './ngrams.js';
import { type SlotTables, slotsOf } from './slots.js';

/** What a compiled rule does when its pattern is found. */
export type Rule =
  | { readonly does: 'find'; readonly intent: number; readonly weight: number; readonly ask?: Ask; readonly pattern: string; readonly cancels: readonly number[] }
  /** Drops the finds of one rule in the clause. */
  | { readonly does: 'cancel_rule'; readonly rule: number }
  /** Drops an intent in the clause. */
  | { readonly does: 'cancel_intent'; readonly intent: number }
  | { readonly does: 'ask'; readonly ask: Ask };

export interface IntentModel {
  readonly id: string;
  readonly ask: Ask;
  readonly yields: readonly string[];
  /** Below it the intent is not reported. */
  readonly threshold: number;
  /** Greetings and thanks: dropped beside a real matter. */
  readonly talk: boolean;
}

/** Knowledge as compiled for understanding: frozen, shared by all shops that use the same intents. */
export interface Model {
  readonly intents: readonly IntentModel[];
  readonly rules: readonly Rule[];
  readonly matcher: Matcher;
  readonly ngrams: NgramModel;
  readonly folding: Folding;
  readonly tables: SlotTables;
  /** Without any pattern the n-grams are the whole knowledge and give exactly the best intent or none. */
  readonly examplesOnly: boolean;
}

export interface Context {
  /** Intents and slots of the buyer's former turn. */
  readonly lastIntents?: readonly string[];
  readonly lastSlots?: Slots;
  readonly item?: Item;
  /** YYYY-MM-DD in the shop's zone. */
  readonly today?: string;
}

interface Candidate {
  readonly intent: number;
  weight: number;
  witnesses: number;
  ask: Ask | undefined;
  readonly clause: number;
  readonly matches: Match[];
}

const secondWitnessBelow = 0.6;
/** Where n-grams alone may report an intent. */
const aloneFrom = 0.8;
const askOrder: readonly Ask[] = ['own_order', 'request', 'report', 'rule', 'statement'];

export function understand(text: string, model: Model, context: Context = {}): Understanding {
  const folded = fold(text, model.folding);
  const string = String.fromCharCode.apply(null, folded.units.subarray(0, Math.min(folded.length, 8000)) as unknown as number[]);
  const scan = model.matcher.scan(folded);
  const slots = slotsOf(string, scan.slots, model.tables, context.today);
  const probabilities = model.ngrams.score(folded);

  if (model.examplesOnly) return bestByNgrams(text, model, probabilities, slots);

  const asks = asksByClause(scan.matches, model.rules);
  // What a file's `unless` denies, n-grams alone do not bring back.
  const denied = new Set<number>();
  for (const match of scan.matches) {
    const rule = model.rules[match.rule]!;
    if (rule.does === 'cancel_intent') denied.add(rule.intent);
  }
  const candidates = suppressed(candidatesOf(scan.matches, model, folded), model);
  const found: FoundIntent[] = [];
  let runnerUp: { id: string; confidence: number } | undefined;
  const consider = (one: FoundIntent, threshold: number) => {
    if (one.confidence >= threshold) found.push(one);
    else if (runnerUp === undefined || one.confidence > runnerUp.confidence) runnerUp = { id: one.id, confidence: one.confidence };
  };
  model.intents.forEach((intent, index) => {
    const mine = candidates.filter((one) => one.intent === index);
    const probability = probabilities[index]!;
    if (mine.length === 0) {
      if (probability < 0.3 || denied.has(index)) return;
      consider(
        { id: intent.id, confidence: round(probability * 0.75), ask: asks.get(0) ?? intent.ask, by: 'ngrams', evidence: [] },
        probability >= aloneFrom ? 0.5 : 2,
      );
      return;
    }
    const best = mine.reduce((a, b) => (b.weight > a.weight ? b : a));
    const witnesses = mine.reduce((sum, one) => sum + one.witnesses, 0);
    let confidence = 1 - (1 - best.weight) * 0.8 ** (witnesses - 1);
    const seconded = probability >= 0.25;
    if (seconded) confidence += (1 - confidence) * 0.6 * probability;
    else if (best.weight < secondWitnessBelow && witnesses < 2) confidence *= 0.7;
    const ask = best.ask ?? asks.get(best.clause) ?? intent.ask;
    const evidence = mine.flatMap((one) => one.matches.map((match) => evidenceOf(match, model.rules, folded, text)));
    consider({ id: intent.id, confidence: round(confidence), ask, by: seconded ? 'both' : 'rules', evidence: unique(evidence) }, intent.threshold);
  });

  let kept = found.sort((a, b) => b.confidence - a.confidence);
  const matters = kept.filter((one) => !model.intents.some((intent) => intent.id === one.id && intent.talk));
  if (matters.length > 0) kept = matters;
  const because: Reason[] = [];
  if (kept.length === 0) {
    const carried = carriedOver(string, scan.slots.length > 0, context, slots);
    if (carried !== undefined) {
      kept = [carried];
      because.push({ code: 'understood_from_context', values: { intent: carried.id } });
    }
  }
  if (kept.length === 0) because.push({ code: 'not_understood' });
  else if (because.length === 0) because.push({ code: 'understood', values: { intents: kept.map((one) => one.id).join(', ') } });
  const second = kept[1] ?? runnerUp;
  return {
    text,
    intents: kept,
    slots: kept[0]?.by === 'context' ? { ...context.lastSlots, ...slots } : slots,
    ...(second === undefined ? {} : { runnerUp: { id: second.id, confidence: second.confidence } }),
    margin: round((kept[0]?.confidence ?? 0) - (runnerUp?.confidence ?? 0)),
    because,
  };
}

function bestByNgrams(text: string, model: Model, probabilities: Float32Array, slots: Slots): Understanding {
  let best = -1;
  let second = -1;
  for (let k = 0; k < probabilities.length; k++) {
    if (best < 0 || probabilities[k]! > probabilities[best]!) {
      second = best;
      best = k;
    } else if (second < 0 || probabilities[k]! > probabilities[second]!) second = k;
  }
  const intent = model.intents[best];
  const confidence = best < 0 ? 0 : probabilities[best]!;
  const isFound = intent !== undefined && confidence >= intent.threshold;
  return {
    text,
    intents: isFound ? [{ id: intent.id, confidence: round(confidence), ask: intent.ask, by: 'ngrams', evidence: [] }] : [],
    slots,
    ...(second < 0 ? {} : { runnerUp: { id: model.intents[second]!.id, confidence: round(probabilities[second]!) } }),
    margin: round(confidence - (second < 0 ? 0 : probabilities[second]!)),
    because: [isFound ? { code: 'understood', values: { intents: intent.id } } : { code: 'not_understood' }],
  };
}

/** Finds per intent and clause, after the patterns' own `unless`. */
function candidatesOf(matches: readonly Match[], model: Model, _folded: Folded): Candidate[] {
  const cancelledRules = new Set<string>();
  const cancelledIntents = new Set<string>();
  for (const match of matches) {
    const rule = model.rules[match.rule]!;
    if (rule.does === 'cancel_rule') cancelledRules.add(`${rule.rule}@${match.clause}`);
    else if (rule.does === 'cancel_intent') cancelledIntents.add(`${rule.intent}@${match.clause}`);
  }
  const byPlace = new Map<string, Candidate>();
  for (const match of matches) {
    const rule = model.rules[match.rule]!;
    if (rule.does !== 'find') continue;
    const place = `${rule.intent}@${match.clause}`;
    if (cancelledIntents.has(place) || cancelledRules.has(`${match.rule}@${match.clause}`)) continue;
    const known = byPlace.get(place);
    if (known === undefined) {
      byPlace.set(place, { intent: rule.intent, weight: rule.weight, witnesses: 1, ask: rule.ask, clause: match.clause, matches: [match] });
      continue;
    }
    if (!known.matches.some((one) => one.rule === match.rule)) known.witnesses++;
    if (rule.ask !== undefined && (known.ask === undefined || rule.weight > known.weight)) known.ask = rule.ask;
    known.weight = Math.max(known.weight, rule.weight);
    known.matches.push(match);
  }
  return [...byPlace.values()];
}

/**
 * Longer words win: a find whose every literal lies strictly inside a longer literal of another intent (运费 in 运费险) is
 * dropped; and an intent yields to those it names where all its words are theirs too.
 */
function suppressed(candidates: readonly Candidate[], model: Model): Candidate[] {
  if (candidates.length < 2) return [...candidates];
  const kept: Candidate[] = [];
  for (const one of candidates) {
    const yields = model.intents[one.intent]!.yields;
    const left = one.matches.filter((match) => !candidates.some((other) => other.intent !== one.intent && other.matches.some((its) => covers(its, match, yields.includes(model.intents[other.intent]!.id)))));
    if (left.length > 0) kept.push({ ...one, matches: left, weight: one.weight, witnesses: Math.min(one.witnesses, left.length) });
  }
  return kept;
}

function covers(its: Match, match: Match, orEqual: boolean): boolean {
  for (let i = 0; i < match.spans.length; i += 2) {
    let inside = false;
    for (let k = 0; k < its.spans.length; k += 2) {
      const holds = its.spans[k]! <= match.spans[i]! && its.spans[k + 1]! >= match.spans[i + 1]!;
      const longer = its.spans[k + 1]! - its.spans[k]! > match.spans[i + 1]! - match.spans[i]!;
      if (holds && (longer || orEqual)) inside = true;
    }
    if (!inside) return false;
  }
  return true;
}

function asksByClause(matches: readonly Match[], rules: readonly Rule[]): Map<number, Ask> {
  const asks = new Map<number, Ask>();
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does !== 'ask') continue;
    const known = asks.get(match.clause);
    if (known === undefined || askOrder.indexOf(rule.ask) < askOrder.indexOf(known)) asks.set(match.clause, rule.ask);
  }
  return asks;
}

function evidenceOf(match: Match, rules: readonly Rule[], folded: Folded, text: string): Evidence {
  const rule = rules[match.rule]!;
  const start = folded.start[match.start]!;
  const end = folded.end[match.end - 1]!;
  return { start, end, words: text.slice(start, end), rule: rule.does === 'find' ? rule.pattern : '' };
}

function unique(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter((one, i) => evidence.findIndex((other) => other.start === one.start && other.end === one.end) === i);
}

/** "那新疆呢", "蓝色的呢", "两件呢": a bare slot after a matter asks the same of it. */
function carriedOver(folded: string, hasSlots: boolean, context: Context, slots: Slots): FoundIntent | undefined {
  const last = context.lastIntents?.[0];
  if (last === undefined || !hasSlots || folded.length > 12) return undefined;
  const asksOn = /^(那|那么|如果|要是|换|换成|发|寄|到|我在|我是)/.test(folded) || /(呢|吗|的话|么)[? ]*$/.test(folded);
  const isBarePlace = slots.region !== undefined && folded.length <= 6;
  const fits =
    (slots.region !== undefined && ['shipping_fee', 'delivery_time', 'cod', 'courier'].includes(last)) ||
    ((slots.colour !== undefined || slots.size !== undefined) && last === 'stock') ||
    (slots.quantity !== undefined && ['shipping_fee', 'haggling', 'stock'].includes(last)) ||
    (slots.courier !== undefined && ['shipping_fee', 'courier', 'delivery_time'].includes(last));
  if (!fits || !(asksOn || isBarePlace)) return undefined;
  return { id: last, confidence: 0.8, ask: 'rule', by: 'context', evidence: [] };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
