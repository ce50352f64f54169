/**
 * Runs all patterns over a folded text in one pass: Aho-Corasick finds the literals, and each time the last element of a
 * pattern is seen the earlier ones are looked for backwards within their gaps. Gaps are bounded and never cross a hard
 * boundary, so the work per character is bounded: linear in the text, whatever the buyer writes.
 */
import { buildingAutomaton } from './aho-corasick.js';
import { type Compiled, noClass, planning, type RuleSequence, type SlotWord } from './match-plan.js';
import { type Folded, hardUnit, questionUnit, softUnit } from './normalise.js';
import { atOnce, type Steps } from './steps.js';

/** The `value` of a number written in digits: read it from the text. */
export const digitsValue = -1;

export interface SlotHit {
  readonly slot: string;
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** A pattern found: `rule` as given to compileMatcher, spans of its literal elements (pairs start, end). */
export interface Match {
  readonly rule: number;
  readonly clause: number;
  readonly start: number;
  readonly end: number;
  readonly spans: readonly number[];
}

/**
 * Finds that only take others away: most of all finds, and nobody asks which of their words they rest on. Arrays of equal
 * length, of which the first `count` hold; reused by the next scan.
 */
export interface Cancels {
  readonly count: number;
  readonly rules: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export interface Scan {
  readonly matches: readonly Match[];
  /** Of each matcher that ran. */
  readonly cancels: readonly Cancels[];
  readonly slots: readonly SlotHit[];
  /** Per unit 1 where it is a pause, a closing particle or part of a polite opening. Reused by the next scan. */
  readonly plain: Uint8Array;
}

export interface Matcher {
  readonly scan: (text: Folded) => Scan;
}

/** Digits in a row that are an order number: items have twelve, orders fifteen and more. */
const orderDigits = 15;
/** Two item numbers pasted in a row are longer. */
const mostOrderDigits = 20;
const mostOpenings = 8;
/** Scratch starts small: shops with patterns of their own have a matcher each. It grows with what is written. */
const firstHits = 32;
/** Start, end, and the hit of the same class before it. */
const hitFields = 3;
/** Far below where numbers of hits would no longer fit. */
const farHit = 2 ** 30;
/** Further than any gap. */
const nowhere = 2 ** 30;

export interface Edges {
  /** Polite openings that do not count for `^`. */
  readonly leads: readonly string[];
  /** Closing particles that do not count for `$`. */
  readonly tails: string;
}

/** One table for all matchers of a language: shops' own ones are many. */
const tables = new WeakMap<Edges, Uint8Array>();

function tailsOf(edges: Edges): Uint8Array {
  const known = tables.get(edges);
  if (known !== undefined) return known;
  const isTail = new Uint8Array(65536);
  for (const c of edges.tails) isTail[c.charCodeAt(0)] = 1;
  isTail[softUnit] = 1;
  isTail[questionUnit] = 1;
  tables.set(edges, isTail);
  return isTail;
}

/**
 * Compiles the patterns to one scan.
 * @param words slot words, folded
 */
export function compileMatcher(rules: readonly RuleSequence[], words: readonly SlotWord[], edges: Edges): Matcher {
  return atOnce(compilingMatcher(rules, words, edges));
}

/** The same step by step, so that a server can answer meanwhile. */
export function* compilingMatcher(rules: readonly RuleSequence[], words: readonly SlotWord[], edges: Edges): Steps<Matcher> {
  const isTail = tailsOf(edges);

  const plans = yield* planning(rules, words, edges.leads);
  yield;
  const automaton = yield* buildingAutomaton(plans.literals);
  const numberPlan = plans.ofSlot('number');
  const orderPlan = plans.ofSlot('order');
  const { groupStart, groupBefore, groupGap, sequenceStart, sequences, lastGaps, holdStart, holds } = plans;
  const { wordStart, words: slotWords, wordSlots, isLead } = plans;
  const { outputStart, outputs, lengths } = automaton;

  // Scratch that lives as long as the matcher: the scan is synchronous and allocates little. Hits of one class are chained
  // newest first. They are numbered on and on, so that those before `firstHit`, of former clauses and texts, need no undoing.
  const head = new Int32Array(plans.classes).fill(-1);
  head[noClass] = 2 ** 31 - 1;
  let hits = new Int32Array(firstHits * hitFields);
  let textHit = 0;
  let firstHit = 0;
  let nextHit = 0;
  // Start and end of the elements of the sequence that is looked at, from the first on.
  const spans = new Int32Array(2 * longestSequence(rules));
  let matches: Match[] = [];
  let slots: SlotHit[] = [];
  const cancels = { count: 0, rules: new Int32Array(8), starts: new Int32Array(8), ends: new Int32Array(8) };
  // Of sequences that must end with their clause.
  let waiting: Match[] = [];
  let waitingCancels: Match[] = [];
  let plain = new Uint8Array(64);
  let clause = 0;
  let clauseStart = 0;
  // Where a clause may be said to start: at its first unit, and after each polite opening.
  let contentStart = 0;
  const openings = new Int32Array(mostOpenings);
  let openingCount = 0;

  function startText(): void {
    matches = [];
    slots = [];
    cancels.count = 0;
    clause = 0;
    if (nextHit > farHit) {
      head.fill(-1);
      head[noClass] = 2 ** 31 - 1;
      nextHit = 0;
    }
    textHit = nextHit;
  }

  function addHits(plan: number, start: number, end: number): void {
    const last = holdStart[plan + 1]!;
    let hold = holdStart[plan]!;
    if (hold === last) return;
    let at = (nextHit - textHit) * hitFields;
    while (at + (last - hold) * hitFields > hits.length) hits = grown(hits);
    const room = hits;
    for (; hold < last; hold++) {
      const klass = holds[hold]!;
      room[at] = start;
      room[at + 1] = end;
      room[at + 2] = head[klass]!;
      head[klass] = nextHit++;
      at += hitFields;
    }
  }

  function open(at: number, isClause: boolean): void {
    contentStart = at;
    if (isClause) {
      clauseStart = at;
      openingCount = 0;
      firstHit = nextHit;
    }
    // Bounded: whoever writes a thousand 亲 costs no more.
    if (openingCount < mostOpenings) openings[openingCount++] = at;
    else openings[mostOpenings - 1] = at;
  }

  function isOpening(at: number): boolean {
    for (let i = 0; i < openingCount; i++) if (openings[i] === at) return true;
    return false;
  }

  /** Looks backwards for elements k-1 … 0 before `start`, and notes in `spans` where they stand. */
  function back(compiled: Compiled, k: number, start: number): boolean {
    if (k === 0) return !compiled.fromClauseStart || isOpening(start);
    const gap = compiled.gaps[k]!;
    for (let hit = head[compiled.classes[k - 1]!]!; hit >= firstHit; ) {
      const at = (hit - textHit) * hitFields;
      const end = hits[at + 1]!;
      hit = hits[at + 2]!;
      if (end > start) continue;
      if (start - end > gap) return false;
      const from = hits[at]!;
      if (!back(compiled, k - 1, from)) continue;
      spans[2 * k - 2] = from;
      spans[2 * k - 1] = end;
      return true;
    }
    return false;
  }

  /** From the nearest hit of a class that ends before `start`. */
  function distanceTo(newest: number, start: number): number {
    for (let hit = newest; hit >= firstHit; ) {
      const at = (hit - textHit) * hitFields;
      const end = hits[at + 1]!;
      if (end <= start) return start - end;
      hit = hits[at + 2]!;
    }
    return nowhere;
  }

  function see(plan: number, start: number, end: number): void {
    const lastGroup = groupStart[plan + 1]!;
    for (let group = groupStart[plan]!; group < lastGroup; group++) {
      const before = groupBefore[group]!;
      const newest = head[before]!;
      if (newest < firstHit) continue;
      const distance = before === noClass ? 0 : distanceTo(newest, start);
      if (distance > groupGap[group]!) continue;
      const last = sequenceStart[group + 1]!;
      for (let at = sequenceStart[group]!; at < last; at++) {
        if (distance > lastGaps[at]!) continue;
        const compiled = sequences[at]!;
        const others = compiled.classes.length;
        if (back(compiled, others, start)) keep(compiled, others, start, end);
      }
    }
    addHits(plan, start, end);
  }

  /** @param before how many elements stand in `spans` already */
  function keep({ rule, cancels: isCancel, toClauseEnd }: Compiled, before: number, lastStart: number, end: number): void {
    const start = before === 0 ? lastStart : spans[0]!;
    if (isCancel && !toClauseEnd) {
      addCancel(rule, start, end);
      return;
    }
    // A list that grows is made with much room to spare; nearly all have one or two elements.
    const own = before === 0 ? [lastStart, end] : [spans[0]!, spans[1]!, lastStart, end];
    for (let i = 2; i < 2 * before; i++) own.splice(i, 0, spans[i]!);
    const match: Match = { rule, clause, start, end, spans: own };
    if (isCancel) waitingCancels.push(match);
    else if (toClauseEnd) waiting.push(match);
    else matches.push(match);
  }

  function addCancel(rule: number, start: number, end: number): void {
    if (cancels.count === cancels.rules.length) {
      cancels.rules = grown(cancels.rules);
      cancels.starts = grown(cancels.starts);
      cancels.ends = grown(cancels.ends);
    }
    cancels.rules[cancels.count] = rule;
    cancels.starts[cancels.count] = start;
    cancels.ends[cancels.count++] = end;
  }

  function seeDigits(start: number, end: number): void {
    slots.push({ slot: 'number', value: digitsValue, start, end });
    see(numberPlan, start, end);
    if (end - start >= orderDigits && end - start <= mostOrderDigits) see(orderPlan, start, end);
  }

  function closeClause(units: Uint16Array, at: number): void {
    clause++;
    if (waiting.length === 0 && waitingCancels.length === 0) return;
    // Where the closing particles begin: whatever ends there or later ends with the clause.
    let content = at;
    while (content > clauseStart && isTail[units[content - 1]!] === 1) content--;
    for (const match of waiting) if (match.end >= content) matches.push(match);
    for (const { rule, start, end } of waitingCancels) if (end >= content) addCancel(rule, start, end);
    waiting = [];
    waitingCancels = [];
  }

  function scan({ units, length }: Folded): Scan {
    startText();
    if (plain.length < length) plain = new Uint8Array(length * 2);
    plain.fill(0, 0, length);
    open(0, true);
    let state = 0;
    let digitsFrom = -1;
    for (let i = 0; i < length; i++) {
      const unit = units[i]!;
      if (isTail[unit] === 1 || unit === hardUnit) plain[i] = 1;
      const isDigit = (unit >= 0x30 && unit <= 0x39) || (unit === 0x2e && digitsFrom >= 0);
      if (isDigit && digitsFrom < 0) digitsFrom = i;
      if (!isDigit && digitsFrom >= 0) {
        seeDigits(digitsFrom, i);
        digitsFrom = -1;
      }
      if (unit === hardUnit) {
        closeClause(units, i);
        open(i + 1, true);
        state = 0;
        continue;
      }
      if (unit === softUnit && contentStart === i) open(i + 1, false);
      state = automaton.step(state, unit);
      const last = outputStart[state + 1]!;
      for (let o = outputStart[state]!; o < last; o++) {
        const id = outputs[o]!;
        const from = i + 1 - lengths[id]!;
        const lastWord = wordStart[id + 1]!;
        for (let at = wordStart[id]!; at < lastWord; at++) {
          const { slot, value } = slotWords[at]!;
          slots.push({ slot, value, start: from, end: i + 1 });
          see(wordSlots[at]!, from, i + 1);
        }
        see(id, from, i + 1);
        if (isLead[id] === 1 && from === contentStart) {
          open(i + 1, false);
          plain.fill(1, from, i + 1);
        }
      }
      // A question mark ends a clause but belongs to it.
      if (unit === questionUnit) {
        closeClause(units, i + 1);
        open(i + 1, true);
      }
    }
    if (digitsFrom >= 0) seeDigits(digitsFrom, length);
    closeClause(units, length);
    return { matches, cancels: [cancels], slots, plain };
  }

  return { scan };
}

function longestSequence(rules: readonly RuleSequence[]): number {
  return rules.reduce((most, { sequence }) => Math.max(most, sequence.elements.length), 1);
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
