/** From pattern finds to candidates: what a file's `unless` takes away, and which words belong to which intent. */
import type { Ask } from '../conversation.js';
import type { Match, SlotHit } from './matcher.js';
import type { IntentModel, Rule } from './model.js';
import { type Folded, softUnit } from './normalise.js';

/** One intent found in one clause. */
export interface Candidate {
  readonly intent: number;
  readonly clause: number;
  /** Of its surest pattern. */
  readonly weight: number;
  /** How many of its patterns were found. */
  readonly witnesses: number;
  /** The ask that a pattern names by itself. */
  readonly ask: Ask | undefined;
  readonly matches: readonly Match[];
}

/** The slot under which names of the shop's products are scanned for. */
export const itemSlot = 'item';

// Clauses and rules are small numbers: a pair is one key.
const pair = (what: number, clause: number) => what * 4096 + Math.min(clause, 4095);

/**
 * Finds per intent and clause, after the patterns' and the files' own `unless`. Words that are part of a product's name tell
 * nothing: 羊毛 in 羊毛围巾 asks for no material.
 */
export function candidatesOf(
  matches: readonly Match[],
  rules: readonly Rule[],
  folded: Folded,
  slots: readonly SlotHit[] = [],
): Candidate[] {
  const names = slots.filter((hit) => hit.slot === itemSlot);
  const offRules = new Map<number, Match[]>();
  const offIntents = new Map<number, Match[]>();
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does === 'cancel_rule') file(offRules, pair(rule.rule, match.clause), match);
    else if (rule.does === 'cancel_intent') file(offIntents, pair(rule.intent, match.clause), match);
  }
  const cancelled = (by: readonly Match[] | undefined, match: Match) =>
    by?.some((one) => inOnePhrase(one, match, folded)) === true;
  const byPlace = new Map<number, { intent: number; clause: number; matches: Match[] }>();
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does !== 'find') continue;
    const place = pair(rule.intent, match.clause);
    if (cancelled(offIntents.get(place), match) || cancelled(offRules.get(pair(match.rule, match.clause)), match)) continue;
    if (names.some((name) => isWithin(match, name))) continue;
    const known = byPlace.get(place);
    if (known === undefined) byPlace.set(place, { intent: rule.intent, clause: match.clause, matches: [match] });
    else known.matches.push(match);
  }
  return [...byPlace.values()].map((one) => weighed(one.intent, one.clause, one.matches, rules));
}

function file(into: Map<number, Match[]>, key: number, match: Match): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, [match]);
  else known.push(match);
}

/** A pause between phrases of fewer characters parts words, not thoughts. */
const shortestPhrase = 3;

/**
 * Whether two finds of a clause stand in one phrase: buyers part two questions by a comma or a space alone (能开发票吗，几天能到),
 * and what belongs to one must not silence the other.
 */
export function inOnePhrase(one: Match, other: Match, { units, length }: Folded): boolean {
  const from = Math.min(one.end, other.end);
  const to = Math.max(one.start, other.start);
  for (let i = from; i < to; i++) {
    if (units[i] !== softUnit) continue;
    let before = i;
    while (before > 0 && units[before - 1] !== softUnit && i - before < shortestPhrase) before--;
    let after = i + 1;
    while (after < length && units[after] !== softUnit && after - i - 1 < shortestPhrase) after++;
    if (i - before >= shortestPhrase && after - i - 1 >= shortestPhrase) return false;
  }
  return true;
}

/** All its words lie in the name. */
function isWithin(match: Match, name: SlotHit): boolean {
  for (let i = 0; i < match.spans.length; i += 2) {
    if (match.spans[i]! < name.start || match.spans[i + 1]! > name.end) return false;
  }
  return true;
}

function weighed(intent: number, clause: number, matches: readonly Match[], rules: readonly Rule[]): Candidate {
  let weight = 0;
  let ask: Ask | undefined;
  let askWeight = -1;
  const seen = new Set<number>();
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does !== 'find') continue;
    seen.add(match.rule);
    if (rule.weight > weight) weight = rule.weight;
    if (rule.ask !== undefined && rule.weight > askWeight) {
      ask = rule.ask;
      askWeight = rule.weight;
    }
  }
  return { intent, clause, weight, witnesses: seen.size, ask, matches };
}

/**
 * Longer words win: a find whose every word lies strictly inside a longer word of another intent (运费 in 运费险) is dropped,
 * and an intent yields to those it names where all its words are theirs too. Intents that stand beside each other (改运费 is
 * order_change and shipping_fee) take nothing from each other.
 */
export function withoutCovered(
  candidates: readonly Candidate[],
  intents: readonly IntentModel[],
  rules: readonly Rule[],
): Candidate[] {
  if (candidates.length < 2) return [...candidates];
  const kept: Candidate[] = [];
  for (const one of candidates) {
    const mine = intents[one.intent]!;
    const rivals = candidates.filter((other) => other.intent !== one.intent && !isBeside(mine, intents[other.intent]!));
    const left = one.matches.filter(
      (match) =>
        !rivals.some((other) => other.matches.some((its) => covers(its, match, mine.yields.includes(intents[other.intent]!.id)))),
    );
    if (left.length === one.matches.length) kept.push(one);
    else if (left.length > 0) kept.push(weighed(one.intent, one.clause, left, rules));
  }
  return kept;
}

function isBeside(one: IntentModel, other: IntentModel): boolean {
  return one.beside.includes(other.id) || other.beside.includes(one.id);
}

function covers(its: Match, match: Match, orEqual: boolean): boolean {
  for (let i = 0; i < match.spans.length; i += 2) {
    let isInside = false;
    for (let k = 0; k < its.spans.length; k += 2) {
      const holds = its.spans[k]! <= match.spans[i]! && its.spans[k + 1]! >= match.spans[i + 1]!;
      const isLonger = its.spans[k + 1]! - its.spans[k]! > match.spans[i + 1]! - match.spans[i]!;
      if (holds && (isLonger || orEqual)) isInside = true;
    }
    if (!isInside) return false;
  }
  return true;
}
