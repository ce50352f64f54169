/**
 * Runs all patterns over a folded text in one pass: Aho-Corasick finds the literals, and each time the last element of a
 * pattern is seen the earlier ones are looked for backwards within their gaps. Gaps are bounded and never cross a hard
 * boundary, so the work per character is bounded: linear in the text, whatever the buyer writes.
 */
import { type AutomatonTables, buildingAutomaton, noOutput, runningAutomaton } from './aho-corasick.js';
import { type Edges, tailsOf } from './edges.js';
import {
  anyFamily,
  boundToEnd,
  boundToStart,
  cancelFields,
  cancelHead,
  entryFields,
  groupFields,
  noClass,
  type Plans,
  planning,
  programHead,
  type RuleSequence,
  type SlotWord,
  sequenceHead,
} from './match-plan.js';
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
const firstSightings = 32;
/** Its program, start, end. */
const sightingFields = 3;
/** Far below where numbers of sightings would no longer fit. */
const farSighting = 2 ** 30;
const always = 2 ** 31 - 1;

/** The patterns as they are run: plain data, which can be kept. */
export interface CompiledPatterns {
  readonly plans: Plans;
  readonly automaton: AutomatonTables;
  /** Elements of the longest sequence. */
  readonly longest: number;
}

/**
 * Compiles the patterns to one scan.
 * @param words slot words, folded
 */
export function compileMatcher(rules: readonly RuleSequence[], words: readonly SlotWord[], edges: Edges): Matcher {
  return matcherOf(atOnce(compilingPatterns(rules, words, edges)), edges);
}

/** The compiling step by step, so that a server can answer meanwhile. */
export function* compilingPatterns(
  rules: readonly RuleSequence[],
  words: readonly SlotWord[],
  edges: Edges,
): Steps<CompiledPatterns> {
  const { plans, literals } = yield* planning(rules, words, edges.leads);
  yield;
  return { plans, automaton: yield* buildingAutomaton(literals), longest: longestSequence(rules) };
}

/** The scan of what was compiled with these edges. */
export function matcherOf({ plans, automaton: tables, longest }: CompiledPatterns, edges: Edges): Matcher {
  const isTail = tailsOf(edges);
  const automaton = runningAutomaton(tables);
  const { programs, code, entries, sequences, cancels: cancelCode } = plans;
  const { wordStart, words: slotWords, wordSlots, isLead } = plans;
  const { outputs, lengths } = automaton;
  const numberProgram = programs[plans.numberSlot]!;
  const orderProgram = programs[plans.orderSlot]!;

  // Scratch that lives as long as the matcher: the scan is synchronous and allocates little. What was seen in the clause, by
  // number, and of each class the newest that it holds. They are numbered on and on, so that those before `first`, of former
  // clauses and texts, need no undoing.
  let sightings = new Int32Array(firstSightings * sightingFields);
  const newest = new Int32Array(plans.classes).fill(-1);
  newest[noClass] = always;
  // An object, because the engine reads its fields for less than variables that several functions share.
  const now = { first: 0, next: 0, families: anyFamily, clause: 0, clauseStart: 0, contentStart: 0, openings: 0 };
  // Start and end of the elements of the sequence that is looked at, from the first on.
  const spans = new Int32Array(2 * longest);
  let matches: Match[] = [];
  let slots: SlotHit[] = [];
  const cancels = { count: 0, rules: new Int32Array(8), starts: new Int32Array(8), ends: new Int32Array(8) };
  // Of sequences that must end with their clause.
  const waiting: Match[] = [];
  const waitingFamilies: number[] = [];
  let plain = new Uint8Array(64);
  // Where a clause may be said to start: at its first unit, and after each polite opening.
  const openings = new Int32Array(mostOpenings);

  function startText(): void {
    matches = [];
    slots = [];
    cancels.count = 0;
    now.clause = 0;
    if (now.next > farSighting) {
      newest.fill(-1);
      newest[noClass] = always;
      now.next = 0;
    }
  }

  function open(at: number, isClause: boolean): void {
    now.contentStart = at;
    if (isClause) {
      now.clauseStart = at;
      now.openings = 0;
      now.first = now.next;
      now.families = anyFamily;
    }
    // Bounded: whoever writes a thousand 亲 costs no more.
    if (now.openings < mostOpenings) openings[now.openings++] = at;
    else openings[mostOpenings - 1] = at;
  }

  function isOpening(at: number): boolean {
    for (let i = 0; i < now.openings; i++) if (openings[i] === at) return true;
    return false;
  }

  /** The last sighting of a class up to this one that ends before `start` within the gap; -1: there is none. */
  function nearest(klass: number, upTo: number, start: number, gap: number): number {
    const { first } = now;
    for (let number = Math.min(newest[klass]!, upTo); number >= first; number--) {
      const at = (number - first) * sightingFields;
      const end = sightings[at + 2]!;
      if (end > start) continue;
      // They stand in the order of their ends.
      if (start - end > gap) return -1;
      if (isHeld(klass, sightings[at]!)) return number;
    }
    return -1;
  }

  function isHeld(klass: number, program: number): boolean {
    const last = program + programHead + code[program]!;
    for (let at = program + programHead; at < last; at++) if (code[at] === klass) return true;
    return false;
  }

  /** Whether the sequence at this place is there with its last element at `start`; what stood before it was seen up to `upTo`. */
  function isThere(place: number, start: number, upTo: number): boolean {
    const isBound = (sequences[place + 2]! & boundToStart) !== 0;
    return back(place + sequenceHead, sequences[place + 3]!, isBound, start, upTo);
  }

  /** Looks backwards for the k elements that `sequences` names from `at` on, and notes in `spans` where they stand. */
  function back(at: number, k: number, isBound: boolean, start: number, upTo: number): boolean {
    if (k === 0) return !isBound || isOpening(start);
    const klass = sequences[at]!;
    const gap = sequences[at + 1]!;
    for (let number = nearest(klass, upTo, start, gap); number >= now.first; number = nearest(klass, number - 1, start, gap)) {
      const from = sightings[(number - now.first) * sightingFields + 1]!;
      if (!back(at + 2, k - 1, isBound, from, number - 1)) continue;
      spans[2 * k - 2] = from;
      spans[2 * k - 1] = sightings[(number - now.first) * sightingFields + 2]!;
      return true;
    }
    return false;
  }

  function see(program: number, start: number, end: number): void {
    const firstGroup = program + programHead + code[program]!;
    const lastGroup = firstGroup + code[program + 1]!;
    for (let group = nextGroup(firstGroup, lastGroup); group < lastGroup; group = nextGroup(group + 1, lastGroup)) {
      const about = lastGroup + (group - firstGroup) * groupFields;
      const distance = distanceTo(code[group]!, start, code[about]!);
      if (distance < 0) continue;
      const last = code[about + groupFields + 1]!;
      for (let entry = code[about + 1]!; entry < last; entry += entryFields) {
        if (distance > entries[entry]!) continue;
        const place = entries[entry + 1]!;
        if (isThere(place, start, always)) keep(place, start, end);
      }
    }
    addSighting(program, start, end);
  }

  /** The now.next group whose class was seen in the clause. Nearly all are passed over: the loop is as tight as can be. */
  function nextGroup(from: number, last: number): number {
    const { first } = now;
    let group = from;
    while (group < last && newest[code[group]!]! < first) group++;
    return group;
  }

  /** From the nearest of a class that ends before `start`; -1: none is within the gap. */
  function distanceTo(klass: number, start: number, gap: number): number {
    if (klass === noClass) return 0;
    const number = nearest(klass, always, start, gap);
    return number < 0 ? -1 : start - sightings[(number - now.first) * sightingFields + 2]!;
  }

  function addSighting(program: number, start: number, end: number): void {
    const at = (now.next - now.first) * sightingFields;
    if (at === sightings.length) sightings = grown(sightings);
    sightings[at] = program;
    sightings[at + 1] = start;
    sightings[at + 2] = end;
    const number = now.next++;
    const last = program + programHead + code[program]!;
    for (let hold = program + programHead; hold < last; hold++) newest[code[hold]!] = number;
  }

  function keep(place: number, lastStart: number, end: number): void {
    const before = sequences[place + 3]!;
    const start = before === 0 ? lastStart : spans[0]!;
    // A list that grows is made with much room to spare; nearly all have one or two elements.
    const own =
      before === 0
        ? [lastStart, end]
        : before === 1
          ? [spans[0]!, spans[1]!, lastStart, end]
          : [...spans.subarray(0, 2 * before), lastStart, end];
    const match: Match = { rule: sequences[place]!, clause: now.clause, start, end, spans: own };
    const family = sequences[place + 1]!;
    if ((sequences[place + 2]! & boundToEnd) !== 0) {
      waiting.push(match);
      waitingFamilies.push(family);
    } else {
      matches.push(match);
      now.families |= family;
    }
  }

  function seeDigits(start: number, end: number): void {
    slots.push({ slot: 'number', value: digitsValue, start, end });
    see(numberProgram, start, end);
    if (end - start >= orderDigits && end - start <= mostOrderDigits) see(orderProgram, start, end);
  }

  function closeClause(units: Uint16Array, at: number): void {
    now.clause++;
    // Where the closing particles begin: whatever ends there or later ends with the clause.
    let content = at;
    while (content > now.clauseStart && isTail[units[content - 1]!] === 1) content--;
    for (let i = 0; i < waiting.length; i++) {
      if (waiting[i]!.end < content) continue;
      matches.push(waiting[i]!);
      now.families |= waitingFamilies[i]!;
    }
    waiting.length = 0;
    waitingFamilies.length = 0;
    // Nearly all that cancels would take away what was not found: now it is known what was.
    for (let number = now.first; number < now.next; number++) {
      const from = code[sightings[(number - now.first) * sightingFields]! + 2]!;
      if ((cancelCode[from]! & now.families) !== 0) lookForCancels(from, number, content);
    }
  }

  /** @param number the sighting of the last element */
  function lookForCancels(from: number, number: number, content: number): void {
    const start = sightings[(number - now.first) * sightingFields + 1]!;
    const end = sightings[(number - now.first) * sightingFields + 2]!;
    const last = from + cancelHead + cancelCode[from + 1]! * cancelFields;
    for (let at = from + cancelHead; at < last; at += cancelFields) {
      if ((cancelCode[at]! & now.families) === 0) continue;
      const place = cancelCode[at + 1]!;
      if ((sequences[place + 2]! & boundToEnd) !== 0 && end < content) continue;
      if (isThere(place, start, number - 1)) addCancel(sequences[place]!, sequences[place + 3] === 0 ? start : spans[0]!, end);
    }
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
      if (unit === softUnit && now.contentStart === i) open(i + 1, false);
      state = automaton.step(state, unit);
      for (let o = automaton.outputsAt(state); outputs[o] !== noOutput; o++) {
        const id = outputs[o]!;
        const from = i + 1 - lengths[id]!;
        const lastWord = wordStart[id + 1]!;
        for (let at = wordStart[id]!; at < lastWord; at++) {
          const { slot, value } = slotWords[at]!;
          slots.push({ slot, value, start: from, end: i + 1 });
          see(programs[wordSlots[at]!]!, from, i + 1);
        }
        see(programs[id]!, from, i + 1);
        if (isLead[id] === 1 && from === now.contentStart) {
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
