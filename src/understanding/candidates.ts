/** From pattern finds to candidates: what a file's `unless` takes away, and which words belong to which intent. */
import type { Ask } from '../conversation.js';
import type { IntentModel, Rule } from './model.js';
import type { Phrases } from './phrases.js';
import { isWithinOther, reachOf } from './reach.js';
import { nextStamp, timesStamped } from './rule-stamps.js';
import type { Match, Scan, SlotHit } from './scan.js';
import { itemSlot } from './slots.js';
import { takenAway } from './taken-away.js';

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

/** A candidate while its finds are gathered. */
interface Gathered extends Candidate {
  weight: number;
  witnesses: number;
  ask: Ask | undefined;
  matches: readonly Match[];
}

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
): readonly Candidate[] {
  if (matches.length === 0) return none;
  const names = namesAt(slots, phrases.length);
  const off = takenAway(matches, cancels, rules, phrases);
  let candidates: Gathered[] = [];
  let clauseStamp = 0;
  let stampedClause = -1;
  for (let k = 0; k < matches.length; k++) {
    const match = matches[k]!;
    const { clause } = match;
    const rule = rules[match.rule]!;
    if (rule.does !== 'find') continue;
    if (off !== undefined && off[k] === 1) continue;
    if (names !== undefined && isName(match, names)) continue;
    if (matches.length > mostOfOneRule) {
      if (clause !== stampedClause) {
        clauseStamp = nextStamp(rules.length);
        stampedClause = clause;
      }
      if (timesStamped(match.rule, clauseStamp) > mostOfOneRule) continue;
    }
    // They come clause by clause, and a clause has no more of these than there are intents.
    let at = candidates.length - 1;
    while (at >= 0 && candidates[at]!.clause === clause && candidates[at]!.intent !== rule.intent) at--;
    if (at >= 0 && candidates[at]!.clause === clause) {
      candidates[at]!.matches = withMore(candidates[at]!.matches, match);
      continue;
    }
    const one = { intent: rule.intent, clause, weight: rule.weight, witnesses: 1, ask: rule.ask, matches: [match] };
    if (candidates.length === 0) candidates = [one];
    else candidates.push(one);
  }
  for (let at = 0; at < candidates.length; at++) if (candidates[at]!.matches.length > 1) weigh(candidates[at]!, rules);
  return candidates;
}

const none: readonly never[] = [];

/** A list that grows is made with much room to spare; nearly all have two or three. */
function withMore(matches: readonly Match[], match: Match): readonly Match[] {
  if (matches.length === 1) return [matches[0]!, match];
  if (matches.length === 2) return [matches[0]!, matches[1]!, match];
  (matches as Match[]).push(match);
  return matches;
}

/** Per unit the number (from 1) of the product name that it belongs to, 0 for none; undefined where no product is named. */
function namesAt(slots: readonly SlotHit[], length: number): Int32Array | undefined {
  let names: Int32Array | undefined;
  for (let at = 0; at < slots.length; at++) {
    const hit = slots[at]!;
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

/** Tells of a candidate what its finds make of it. */
function weigh(candidate: Gathered, rules: readonly Rule[]): void {
  const { matches } = candidate;
  let weight = 0;
  let ask: Ask | undefined;
  let askWeight = -1;
  for (let at = 0; at < matches.length; at++) {
    const rule = rules[matches[at]!.rule]!;
    if (rule.does !== 'find') continue;
    if (rule.weight > weight) weight = rule.weight;
    if (rule.ask !== undefined && rule.weight > askWeight) {
      ask = rule.ask;
      askWeight = rule.weight;
    }
  }
  candidate.weight = weight;
  candidate.ask = ask;
  candidate.witnesses = rulesOf(matches, rules.length);
}

/** How many patterns they are of. */
function rulesOf(matches: readonly Match[], rules: number): number {
  let count = 0;
  const stamp = matches.length > fewMatches ? nextStamp(rules) : 0;
  for (let at = 0; at < matches.length; at++) {
    const { rule } = matches[at]!;
    if (stamp > 0) {
      if (timesStamped(rule, stamp) === 1) count++;
      continue;
    }
    let before = 0;
    while (before < at && matches[before]!.rule !== rule) before++;
    if (before === at) count++;
  }
  return count;
}

/** Up to so many are compared with each other. */
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
): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  const reach = reachOf(candidates, length);
  let kept: Candidate[] | undefined;
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
      const isCovered =
        isWithinOther(reach, candidates, match.start, match.end, one.intent) &&
        isCoveredIn(candidates, from, to, match, one.intent, intents);
      if (isCovered) left ??= one.matches.slice(0, k);
      else left?.push(match);
    }
    if (left === undefined) kept?.push(one);
    else {
      kept ??= candidates.slice(0, at);
      if (left.length > 0) kept.push(weighed(one, left, rules));
    }
  }
  return kept ?? candidates;
}

/** The candidate with these finds alone. */
function weighed({ intent, clause }: Candidate, matches: readonly Match[], rules: readonly Rule[]): Candidate {
  const candidate: Gathered = { intent, clause, weight: 0, witnesses: 0, ask: undefined, matches };
  weigh(candidate, rules);
  return candidate;
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
