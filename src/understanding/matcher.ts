/**
 * Runs all patterns over a folded text in one pass: Aho-Corasick finds the literals, and each time the last element of a
 * pattern is seen the earlier ones are looked for backwards within their gaps. Gaps are bounded and never cross a hard
 * boundary, so the work per character is bounded: linear in the text, whatever the buyer writes.
 */
import { noOutput, runningAutomaton } from './aho-corasick.js';
import type { CompiledPatterns } from './compile-patterns.js';
import { type Edges, tailsOf } from './edges.js';
import { isPolite, literalFields, literalShift, literalsOf, standsForSlot } from './literals.js';
import {
  anyFamily,
  boundToEnd,
  boundToStart,
  deed,
  deedShift,
  deeds,
  entryFields,
  groupFields,
  lateFields,
  lateHead,
  noClass,
  programHead,
  sequenceHead,
} from './match-plan.js';
import { type Folded, hardUnit, questionUnit, softUnit } from './normalise.js';
import { digitsValue, type Match, type Matcher, type Scan, type SlotHit } from './scan.js';

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
const none: readonly never[] = [];

/** The scan of what was compiled with these edges. */
export function matcherOf(
  { plans, automaton: tables, longest, widestGap, longestLiteral }: CompiledPatterns,
  edges: Edges,
): Matcher {
  const isTail = tailsOf(edges);
  const window = widestGap + Math.max(longestLiteral, mostOrderDigits);
  // What the scan holds on to stays in memory: tables that are only rewritten here are not among it.
  const { outputs, outputsAt, step } = runningAutomaton(tables);
  const { code, entries, sequences, late, wordStart, wordSlots, wordValues } = plans;
  const literals = literalsOf(plans, tables.lengths);
  const firstSlot = plans.programs.length - plans.slotNames.length;
  const slotNames = plans.slotNames.map(asConstant);
  const slotPrograms = plans.programs.slice(firstSlot);
  const numberProgram = plans.programs[plans.numberSlot]!;
  const orderProgram = plans.programs[plans.orderSlot]!;

  // Scratch that lives as long as the matcher: the scan is synchronous and allocates little. What was seen in the clause, by
  // number, and of each class the newest that it holds. They are numbered on and on, so that those before `first`, of former
  // clauses and texts, need no undoing.
  let sightings = new Int32Array(firstSightings * sightingFields);
  const newest = new Int32Array(plans.classes).fill(-1);
  newest[noClass] = always;
  // An object, because the engine reads its fields for less than variables that several functions share.
  const now = {
    first: 0,
    next: 0,
    families: anyFamily,
    before: 0,
    given: 0,
    clause: 0,
    clauseStart: 0,
    contentStart: 0,
    openings: 0,
    near: 0,
  };
  // Start and end of the elements of the sequence that is looked at, from the first on.
  const spans = new Int32Array(2 * longest);
  /** By what their rules do. */
  const found = new Array<Match[] | undefined>(deeds).fill(undefined);
  let slots: SlotHit[] = [];
  const cancels = { count: 0, rules: new Int32Array(8), starts: new Int32Array(8), ends: new Int32Array(8) };
  const all = [cancels];
  // Of sequences that must end with their clause.
  const waiting: Match[] = [];
  const waitingPlaces: number[] = [];
  let plain = new Uint8Array(64);
  // Where a clause may be said to start: at its first unit, and after each polite opening.
  const openings = new Int32Array(mostOpenings);

  function startText(families: number): void {
    found.fill(undefined);
    slots = [];
    now.before = 0;
    now.given = families;
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
      now.near = now.next;
      now.families = anyFamily | now.given;
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
    let number = newest[klass]!;
    if (number > upTo) number = upTo;
    else if (number >= first) {
      // The newest of a class is held by it, and is nearly always the one.
      const end = sightings[(number - first) * sightingFields + 2]!;
      if (end <= start) return start - end > gap ? -1 : number;
      number--;
    }
    for (; number >= first; number--) {
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

  /** Sightings so far back that no gap reaches them are none of what is looked for: a long clause costs no more by the unit. */
  function leaveBehind(end: number): void {
    while (now.near < now.next && sightings[(now.near - now.first) * sightingFields + 2]! < end - window) now.near++;
  }

  function see(program: number, start: number, end: number): void {
    leaveBehind(end);
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

  /** The next group whose class was seen nearby in the clause. Nearly all are passed over: the loop is as tight as can be. */
  function nextGroup(from: number, last: number): number {
    const { near } = now;
    let group = from;
    while (group < last && newest[code[group]!]! < near) group++;
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

  /** @param lastStart where its last element starts; those before stand in `spans` */
  function matchAt(place: number, clause: number, lastStart: number, end: number): Match {
    const before = sequences[place + 3]!;
    const start = before === 0 ? lastStart : spans[0]!;
    return { rule: sequences[place]!, clause, start, end, spans: ownSpans(place, before, lastStart, end) };
  }

  /** A list that grows is made with much room to spare; nearly all have one or two elements. */
  function ownSpans(place: number, before: number, lastStart: number, end: number): readonly number[] {
    if (sequences[place + 2]! >> deedShift > deed.facet) return none;
    if (before === 0) return [lastStart, end];
    if (before === 1) return [spans[0]!, spans[1]!, lastStart, end];
    if (before === 2) return [spans[0]!, spans[1]!, spans[2]!, spans[3]!, lastStart, end];
    return [...spans.subarray(0, 2 * before), lastStart, end];
  }

  function keep(place: number, lastStart: number, end: number): void {
    const match = matchAt(place, now.clause, lastStart, end);
    if ((sequences[place + 2]! & boundToEnd) !== 0) {
      waiting.push(match);
      waitingPlaces.push(place);
    } else take(place, match);
  }

  function take(place: number, match: Match): void {
    const kind = sequences[place + 2]! >> deedShift;
    const list = found[kind];
    if (list === undefined) found[kind] = [match];
    else list.push(match);
    now.families |= sequences[place + 1]!;
  }

  function seeDigits(start: number, end: number): void {
    slots.push({ slot: 'number', value: digitsValue, start, end });
    see(numberProgram, start, end);
    if (end - start >= orderDigits && end - start <= mostOrderDigits) see(orderProgram, start, end);
  }

  function closeClause(units: Uint16Array, at: number): void {
    const clause = now.clause++;
    // Where the closing particles begin: whatever ends there or later ends with the clause.
    let content = at;
    while (content > now.clauseStart && isTail[units[content - 1]!] === 1) content--;
    for (let i = 0; i < waiting.length; i++) if (waiting[i]!.end >= content) take(waitingPlaces[i]!, waiting[i]!);
    if (waiting.length > 0) {
      waiting.length = 0;
      waitingPlaces.length = 0;
    }
    now.before |= now.families;
    // Nearly all that cancels would take away was not found, nor what sides are told of: now it is known what was.
    for (let number = now.first; number < now.next; number++) {
      const from = code[sightings[(number - now.first) * sightingFields]! + 2]!;
      if ((late[from]! & now.families) !== 0) lookForLate(from, number, content, clause);
    }
  }

  /** @param number the sighting of the last element */
  function lookForLate(from: number, number: number, content: number, clause: number): void {
    const start = sightings[(number - now.first) * sightingFields + 1]!;
    const end = sightings[(number - now.first) * sightingFields + 2]!;
    const last = from + lateHead + late[from + 1]! * lateFields;
    for (let at = from + lateHead; at < last; at += lateFields) {
      if ((late[at]! & now.families) === 0) continue;
      const place = late[at + 1]!;
      const about = sequences[place + 2]!;
      if (((about & boundToEnd) !== 0 && end < content) || !isThere(place, start, number - 1)) continue;
      if (about >> deedShift === deed.cancel) addCancel(sequences[place]!, sequences[place + 3] === 0 ? start : spans[0]!, end);
      else take(place, matchAt(place, clause, start, end));
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

  function scan({ units, length }: Folded, families = 0): Scan {
    startText(families);
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
      state = step(state, unit);
      for (let o = outputsAt(state); outputs[o] !== noOutput; o++) {
        const id = outputs[o]!;
        const about = literals[id * literalFields]!;
        const from = i + 1 - (about >> literalShift);
        if ((about & standsForSlot) !== 0) {
          const lastWord = wordStart[id + 1]!;
          for (let at = wordStart[id]!; at < lastWord; at++) {
            const slot = wordSlots[at]! - firstSlot;
            slots.push({ slot: slotNames[slot]!, value: wordValues[at]!, start: from, end: i + 1 });
            see(slotPrograms[slot]!, from, i + 1);
          }
        }
        see(literals[id * literalFields + 1]!, from, i + 1);
        if ((about & isPolite) !== 0 && from === now.contentStart) {
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
    return {
      finds: found[deed.find] ?? none,
      facets: found[deed.facet] ?? none,
      asks: found[deed.ask] ?? none,
      continues: found[deed.continue] ?? none,
      questions: found[deed.question] ?? none,
      families: now.before,
      cancels: all,
      slots,
      plain,
    };
  }

  return { scan };
}

/**
 * The string as the engine keeps those of the source: a part that was kept brings its own, and each comparison with a constant
 * would be by their letters.
 */
export function asConstant(text: string): string {
  return Object.keys({ [text]: 0 })[0]!;
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
