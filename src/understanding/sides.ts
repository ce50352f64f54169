/** Which side of its matter an intent is about, as its file's `facets` name it. */
import type { FoundIntent } from '../conversation.js';
import type { Candidate } from './candidates.js';
import { intentIn } from './found-intents.js';
import type { Model, Rule } from './model.js';
import { type Phrases, phraseCount } from './phrases.js';
import { isWithinOther, type Reach, reachOf } from './reach.js';
import type { Match } from './scan.js';
import { isAmong } from './second-reading.js';
import type { Reading } from './understand.js';

export interface WithSides {
  readonly said: readonly FoundIntent[];
  /** A clause asks for another side of an intent than the one that was taken. */
  readonly asksMoreSides: boolean;
}

/**
 * Each intent with the side of it that is asked. Words of another intent name no side, but only of one that is said too: a find
 * that was too weak to be told, or dropped, takes nothing away unseen.
 */
export function withSides(
  found: readonly FoundIntent[],
  { scan, folded, phrases, candidates }: Reading,
  model: Model,
): WithSides {
  let said: FoundIntent[] | undefined;
  let asksMoreSides = false;
  const told = scan.facets.length === 0 ? noCandidates : candidatesFor(found, candidates, model);
  if (told.length > 0) {
    const reach = reachOf(told, folded.length);
    readIntents(scan.facets, model.rules, model.intents.length);
    for (let at = 0; at < found.length; at++) {
      const one = found[at]!;
      const intent = intentIn(told, one.id, model);
      if (intent < 0) continue;
      const sides = sidesOf(intent, scan.facets, told, reach, model.rules, phrases);
      if (sides.asksMore) asksMoreSides = true;
      if (sides.facet === undefined) continue;
      const { id, confidence, ask, by, evidence } = one;
      said ??= found.slice();
      said[at] = { id, confidence, ask, facet: sides.facet, by, evidence };
    }
  }
  return { said: said ?? found, asksMoreSides };
}

/** Those of these intents; the list itself where all are. */
function candidatesFor(intents: readonly FoundIntent[], candidates: readonly Candidate[], model: Model): readonly Candidate[] {
  for (let at = 0; at < candidates.length; at++)
    if (!isAmong(intents, model.intents[candidates[at]!.intent]!.id))
      return candidates.filter(({ intent }) => isAmong(intents, model.intents[intent]!.id));
  return candidates;
}

interface Sides {
  /** The side of the matter that its own phrase names, by words that no other intent rests on. */
  readonly facet?: string;
  /** Another clause asks for another side of it: 退款多久到账？怎么申请？ */
  readonly asksMore: boolean;
}

const noCandidates: readonly Candidate[] = [];
const none: Sides = { asksMore: false };

// Scratch. Of each clause in which a side is told: its number, the side and its order; and by clause where that stands.
let clauses = new Int32Array(16);
let orders = new Int32Array(16);
let facetRules = new Int32Array(16);
let places = new Int32Array(64);
/** By intent the first find that tells a side of it, and by find the next one of the same: -1 for none. */
let firstOfIntent = new Int32Array(64);
let nextOfIntent = new Int32Array(64);

function readIntents(matches: readonly Match[], rules: readonly Rule[], intents: number): void {
  if (nextOfIntent.length < matches.length) nextOfIntent = new Int32Array(matches.length * 2);
  if (firstOfIntent.length < intents) firstOfIntent = new Int32Array(intents * 2);
  for (let intent = 0; intent < intents; intent++) firstOfIntent[intent] = -1;
  for (let k = matches.length - 1; k >= 0; k--) {
    const rule = rules[matches[k]!.rule]!;
    if (rule.does !== 'facet') continue;
    nextOfIntent[k] = firstOfIntent[rule.intent]!;
    firstOfIntent[rule.intent] = k;
  }
}

/**
 * The side of one intent.
 * @param matches of rules that tell a side, whose intents were read
 * @param candidates of all intents that are told
 * @param reach of these candidates
 */
function sidesOf(
  intent: number,
  matches: readonly Match[],
  candidates: readonly Candidate[],
  reach: Reach | undefined,
  rules: readonly Rule[],
  phrases: Phrases,
): Sides {
  let count = 0;
  let mine: SomePhrases | undefined;
  for (let k = firstOfIntent[intent]!; k >= 0; k = nextOfIntent[k]!) {
    const match = matches[k]!;
    const rule = rules[match.rule]!;
    if (rule.does !== 'facet') continue;
    const { clause } = match;
    if (clause >= places.length) places = grown(places, clause + 1);
    // What stands there from former texts names no place of this clause.
    const known = places[clause]!;
    const isKnown = known < count && clauses[known] === clause;
    if (isKnown && rule.order >= orders[known]!) continue;
    mine ??= phrasesOf(candidates, phrases, intent);
    if (!touches(match, mine, phrases) || isWithinOther(reach, candidates, match.start, match.end, intent)) continue;
    if (!isKnown && count === clauses.length) growEntries();
    const place = isKnown ? known : count++;
    places[clause] = place;
    clauses[place] = clause;
    orders[place] = rule.order;
    facetRules[place] = match.rule;
  }
  return count === 0 ? none : firstOf(count, rules);
}

function firstOf(count: number, rules: readonly Rule[]): Sides {
  let first = 0;
  for (let at = 1; at < count; at++) if (orders[at]! < orders[first]!) first = at;
  const facet = facetAt(first, rules);
  for (let at = 0; at < count; at++) if (facetAt(at, rules) !== facet) return { facet, asksMore: true };
  return { facet, asksMore: false };
}

function facetAt(at: number, rules: readonly Rule[]): string {
  const rule = rules[facetRules[at]!]!;
  return rule.does === 'facet' ? rule.facet : '';
}

function growEntries(): void {
  const size = clauses.length * 2;
  clauses = grown(clauses, size);
  orders = grown(orders, size);
  facetRules = grown(facetRules, size);
}

function grown(array: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(least * 2);
  larger.set(array);
  return larger;
}

/** By phrase whether it is one of them. */
export type SomePhrases = Uint8Array;

// The next text's, or the next intent's, are written over it.
let some = new Uint8Array(64);

/**
 * The phrases that candidates stand in: of one intent, or of all.
 * @returns holds until the next is made
 */
export function phrasesOf(candidates: readonly Candidate[], phrases: Phrases, intent?: number): SomePhrases {
  const count = phraseCount(phrases);
  if (some.length < count) some = new Uint8Array(count * 2);
  for (let phrase = 0; phrase < count; phrase++) some[phrase] = 0;
  for (let at = 0; at < candidates.length; at++) {
    const { intent: its, matches } = candidates[at]!;
    if (intent !== undefined && its !== intent) continue;
    for (let k = 0; k < matches.length; k++) {
      const last = phrases.at[matches[k]!.end - 1]!;
      for (let phrase = phrases.at[matches[k]!.start]!; phrase <= last; phrase++) some[phrase] = 1;
    }
  }
  return some;
}

/** Whether a find stands in one of these phrases, or reaches into one. */
export function touches({ start, end }: Match, these: SomePhrases, phrases: Phrases): boolean {
  const last = phrases.at[end - 1]!;
  for (let phrase = phrases.at[start]!; phrase <= last; phrase++) if (these[phrase] === 1) return true;
  return false;
}
