/** From pattern finds to candidates: what a file's `unless` takes away, and which words belong to which intent. */
import type { Ask } from '../conversation.js';
import type { IntentModel, Rule } from './model.js';
import { type Folded, hardUnit, questionUnit, softUnit } from './normalise.js';
import { isWithinOther, reachOf } from './reach.js';
import type { Match, Scan, SlotHit } from './scan.js';
import { itemSlot } from './slots.js';

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

/** The same pattern again in one clause tells nothing new: whoever pastes a word a thousand times costs no more. */
const mostOfOneRule = 8;

/**
 * Finds per intent and clause, after the patterns' and the files' own `unless`. Words that are part of a product's name tell
 * nothing: 羊毛 in 羊毛围巾 asks for no material. Linear in the finds.
 * @param matches of rules that find, clause by clause
 */
export function candidatesOf(
  matches: readonly Match[],
  { cancels, slots }: Pick<Scan, 'cancels' | 'slots'>,
  rules: readonly Rule[],
  phrases: Phrases,
): Candidate[] {
  if (matches.length === 0) return [];
  const names = namesAt(slots, phrases.length);
  const off = cancelled(matches, cancels, rules, phrases);
  const times = matches.length > mostOfOneRule ? new Map<number, number>() : undefined;
  const found: { readonly intent: number; readonly clause: number; readonly matches: Match[] }[] = [];
  for (const match of matches) {
    const { clause } = match;
    const rule = rules[match.rule]!;
    if (rule.does !== 'find') continue;
    if (isOff(off, rule.intent, match, phrases)) continue;
    if (names !== undefined && isName(match, names)) continue;
    if (times !== undefined) {
      const mine = pair(match.rule, clause);
      const count = times.get(mine) ?? 0;
      if (count === mostOfOneRule) continue;
      times.set(mine, count + 1);
    }
    // They come clause by clause, and a clause has no more of these than there are intents.
    let at = found.length - 1;
    while (at >= 0 && found[at]!.clause === clause && found[at]!.intent !== rule.intent) at--;
    if (at >= 0 && found[at]!.clause === clause) found[at]!.matches.push(match);
    else found.push({ intent: rule.intent, clause, matches: [match] });
  }
  const candidates: Candidate[] = [];
  for (const one of found) candidates.push(weighed(one.intent, one.clause, one.matches, rules));
  return candidates;
}

// Rules, clauses and phrases are small numbers: a pair is one key.
const pair = (what: number, where: number) => what * 65536 + Math.min(where, 65535);

/** Rules and intents with the phrases in which they are taken away; undefined where none is. */
interface Off {
  readonly rules: Set<number>;
  readonly intents: Set<number>;
}

function cancelled(finds: readonly Match[], cancels: Scan['cancels'], rules: readonly Rule[], phrases: Phrases): Off | undefined {
  let off: Off | undefined;
  // Nearly all that is taken away was not found in the first place: only what was found is marked.
  const { rulesFound, intentsFound, now } = stampsFor(rules.length);
  for (const { rule: number } of finds) {
    const rule = rules[number]!;
    rulesFound[number] = now;
    if (rule.does === 'find') intentsFound[rule.intent] = now;
  }
  for (const { count, rules: numbers, starts, ends } of cancels) {
    for (let at = 0; at < count; at++) {
      const rule = rules[numbers[at]!]!;
      if (rule.does === 'cancel_rules') {
        for (const target of rule.rules) {
          if (rulesFound[target] !== now) continue;
          off ??= { rules: new Set(), intents: new Set() };
          mark(off.rules, target, starts[at]!, ends[at]!, phrases);
        }
      } else if (rule.does === 'cancel_intent' && intentsFound[rule.intent] === now) {
        off ??= { rules: new Set(), intents: new Set() };
        mark(off.intents, rule.intent, starts[at]!, ends[at]!, phrases);
      }
    }
  }
  return off;
}

// One for all models: stamped anew for each text, it is never cleared. There are fewer intents than rules.
const stamps = { rulesFound: new Float64Array(0), intentsFound: new Float64Array(0), now: 0 };

function stampsFor(rules: number): typeof stamps {
  if (stamps.rulesFound.length < rules) {
    stamps.rulesFound = new Float64Array(rules);
    stamps.intentsFound = new Float64Array(rules);
  }
  stamps.now++;
  return stamps;
}

function mark(into: Set<number>, what: number, start: number, end: number, phrases: Phrases): void {
  for (let phrase = phrases[start]!; phrase <= phrases[end - 1]!; phrase++) into.add(pair(what, phrase));
}

function isOff(off: Off | undefined, intent: number, { rule, start, end }: Match, phrases: Phrases): boolean {
  if (off === undefined) return false;
  for (let phrase = phrases[start]!; phrase <= phrases[end - 1]!; phrase++)
    if (off.rules.has(pair(rule, phrase)) || off.intents.has(pair(intent, phrase))) return true;
  return false;
}

/** Number of the phrase that each unit stands in; a phrase lies in one clause. A plain array: typed ones are dear to make. */
export type Phrases = readonly number[];

/** A pause beside fewer characters parts words, not thoughts. */
const shortestPhrase = 3;

/**
 * Parts a text at its pauses: buyers part two questions by a comma or a space alone (能开发票吗，几天能到), and what belongs to
 * one must not silence the other.
 */
export function phrasesIn({ units, length }: Folded): Phrases {
  const phrases: number[] = [];
  let phrase = 0;
  let before = 0;
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    if (unit === softUnit) {
      let after = 0;
      while (after < shortestPhrase && i + 1 + after < length && units[i + 1 + after] !== softUnit) after++;
      if (before >= shortestPhrase && after === shortestPhrase) phrase++;
      before = 0;
    } else before++;
    phrases.push(phrase);
    if (unit === hardUnit || unit === questionUnit) phrase++;
  }
  return phrases;
}

/** Per unit the number (from 1) of the product name that it belongs to, 0 for none; undefined where no product is named. */
function namesAt(slots: readonly SlotHit[], length: number): Int32Array | undefined {
  let names: Int32Array | undefined;
  for (const [at, hit] of slots.entries()) {
    if (hit.slot !== itemSlot) continue;
    names ??= new Int32Array(length);
    // Hits come in order of their end, the longest first: a shorter name inside one is part of it.
    if (names[hit.start] === 0 || names[hit.end - 1] === 0) names.fill(at + 1, hit.start, hit.end);
  }
  return names;
}

/** All its words lie in one name. */
function isName(match: Match, names: Int32Array): boolean {
  const name = names[match.spans[0]!]!;
  if (name === 0) return false;
  for (let i = 0; i < match.spans.length; i += 2) {
    if (names[match.spans[i]!] !== name || names[match.spans[i + 1]! - 1] !== name) return false;
  }
  return true;
}

function weighed(intent: number, clause: number, matches: readonly Match[], rules: readonly Rule[]): Candidate {
  let weight = 0;
  let ask: Ask | undefined;
  let askWeight = -1;
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does !== 'find') continue;
    if (rule.weight > weight) weight = rule.weight;
    if (rule.ask !== undefined && rule.weight > askWeight) {
      ask = rule.ask;
      askWeight = rule.weight;
    }
  }
  return { intent, clause, weight, witnesses: rulesOf(matches), ask, matches };
}

/** How many patterns they are of. */
function rulesOf(matches: readonly Match[]): number {
  if (matches.length > fewMatches) return new Set(matches.map(({ rule }) => rule)).size;
  let count = 0;
  for (let at = 0; at < matches.length; at++) {
    let before = 0;
    while (before < at && matches[before]!.rule !== matches[at]!.rule) before++;
    if (before === at) count++;
  }
  return count;
}

/** Up to so many are compared for less than a set costs. */
const fewMatches = 8;

/**
 * Longer words win: a find whose every word lies strictly inside a longer word of another intent (运费 in 运费险) is dropped,
 * and an intent yields to those it names where all its words are theirs too. Intents that stand beside each other (改运费 is
 * order_change and shipping_fee) take nothing from each other.
 */
export function withoutCovered(
  candidates: readonly Candidate[],
  intents: readonly IntentModel[],
  rules: readonly Rule[],
  length: number,
): Candidate[] {
  if (candidates.length < 2) return [...candidates];
  const reach = reachOf(candidates, length);
  const kept: Candidate[] = [];
  // They come clause by clause, and only what stands in one clause can share words.
  let from = 0;
  let to = 0;
  for (let at = 0; at < candidates.length; at++) {
    const one = candidates[at]!;
    if (at === to) {
      from = at;
      while (to < candidates.length && candidates[to]!.clause === one.clause) to++;
    }
    let left: Match[] | undefined;
    for (let k = 0; k < one.matches.length; k++) {
      const match = one.matches[k]!;
      const isCovered = isWithinOther(reach, match, one.intent) && isCoveredIn(candidates, from, to, match, one.intent, intents);
      if (isCovered) left ??= one.matches.slice(0, k);
      else left?.push(match);
    }
    if (left === undefined) kept.push(one);
    else if (left.length > 0) kept.push(weighed(one.intent, one.clause, left, rules));
  }
  return kept;
}

/** Whether words of a rival among these lie around all words of a find. */
function isCoveredIn(
  candidates: readonly Candidate[],
  from: number,
  to: number,
  match: Match,
  intent: number,
  intents: readonly IntentModel[],
): boolean {
  const mine = intents[intent]!;
  for (let at = from; at < to; at++) {
    const rival = candidates[at]!;
    const its = intents[rival.intent]!;
    if (rival.intent === intent || isBeside(mine, its)) continue;
    const orEqual = mine.yields.includes(its.id);
    for (const one of rival.matches) if (covers(one, match, orEqual)) return true;
  }
  return false;
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
