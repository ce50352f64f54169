/**
 * Runs all patterns over a folded text in one pass: Aho-Corasick finds the literals, and each time the last element of a
 * pattern is seen the earlier ones are looked for backwards within their gaps. Gaps are bounded and never cross a hard
 * boundary, so the work per character is bounded: linear in the text, whatever the buyer writes.
 */
import { noOutput, runningAutomaton, withNumbers } from './aho-corasick.js';
import { asConstant } from './as-constant.js';
import type { CompiledPatterns } from './compile-patterns.js';
import { closingsOf, type Edges, isTail, tailsOf } from './edges.js';
import { grown, openFinds } from './finds.js';
import { literalLayout, literalsOf } from './literals.js';
import { type Folded, hardUnit, questionUnit, softUnit } from './normalise.js';
import { openOpenings } from './openings.js';
import { phrasesIn } from './phrases.js';
import { deed, layout } from './plans.js';
import { digitsValue, type Matcher, type Scan, type SlotHit } from './scan.js';

const {
  adjacentCount,
  adjacentRow,
  boundToStart,
  distantCount,
  entriesHigh,
  entriesLow,
  gapMask,
  gapShift,
  halfBits,
  holdCount,
  isPlain,
  lateCount,
  lateHigh,
  lateLow,
  placeShift,
  programHead,
  rowMask,
  rowShift,
  sequenceHead,
  singleCount,
} = layout;
const { isPolite, lengthMask, lengthShift, programShift, slotFields, standsForSlot } = literalLayout;

/** Digits in a row that are an order number: items have twelve, orders fifteen and more. */
const orderDigits = 15;
/** Two item numbers pasted in a row are longer. */
const mostOrderDigits = 20;
/** Small: shops with patterns of their own have a matcher each. */
const atFirst = 32;
/** Its program, start, end. */
const sightingFields = 3;
/** Far below where numbers of sightings would no longer fit. */
const farSighting = 2 ** 30;

/** The scan of what was compiled with these edges. */
export function matcherOf({ plans, automaton: tables, longest, widestGap }: CompiledPatterns, edges: Edges): Matcher {
  const tails = tailsOf(edges);
  const closings = closingsOf(edges);
  // What the scan holds on to stays in memory: tables that are only rewritten here are not among it.
  const { numbers, ofSlots } = literalsOf(plans, tables.lengths);
  const { outputs, outputsAt, step } = runningAutomaton(withNumbers(tables, numbers));
  const { code, entries, adjacent, sequences, wordSlots, wordValues } = plans;
  const rowLength = (plans.held >> rowShift) + 1;
  const firstSlot = plans.programs.length - plans.slotNames.length;
  const slotNames = plans.slotNames.map(asConstant);
  const slotPrograms = plans.programs.slice(firstSlot);
  const numberProgram = plans.programs[plans.numberSlot]!;
  const orderProgram = plans.programs[plans.orderSlot]!;

  // Scratch that lives as long as the matcher: the scan is synchronous and allocates little. What was seen in the clause stands
  // in the order of its ends, and each class that later elements look for knows the newest that it holds. They are numbered on
  // and on, so that those before `first`, of former clauses and texts, need no undoing.
  let sightings = new Int32Array(atFirst * sightingFields);
  // In pairs: where a sighting stands that sets off what waits for the end of the clause, and the families that this is about.
  let lates = new Int32Array(atFirst);
  const newest = new Int32Array(plans.held).fill(-1);
  /** Per unit: the number of the first sighting that ends there or later. */
  let marks = new Int32Array(atFirst);
  // An object: the engine reads its fields for less than variables that several functions share.
  const now = { first: 0, next: 0, lates: 0, clauseStart: 0, contentStart: 0 };
  // Start and end of the elements of the sequence that is looked at, from the first on.
  const spans = new Int32Array(2 * longest);
  const finds = openFinds(plans);
  const { keep } = finds;
  const openings = openOpenings();
  const { isOpening } = openings;
  let slots: SlotHit[] = [];
  let plain = new Uint8Array(64);

  function open(at: number, isClause: boolean): void {
    now.contentStart = at;
    if (isClause) {
      now.clauseStart = at;
      openings.openClause();
      now.first = now.next;
      now.lates = 0;
      marks[at] = now.next;
      finds.openClause(at);
    }
    openings.add(at);
  }

  /** The number of the first sighting in the clause that ends at most so far before `start`. */
  function firstNear(start: number, gap: number): number {
    const from = start - gap;
    return marks[from < now.clauseStart ? now.clauseStart : from]!;
  }

  /** The last sighting of a class from `least` up to this one; -1: there is none. */
  function upTo(number: number, klass: number, least: number): number {
    const classes = code;
    for (; number >= least; number--) {
      const program = sightings[(number - now.first) * sightingFields]!;
      const last = program + programHead + classes[program + holdCount]!;
      let at = program + programHead;
      while (at < last && classes[at]! < klass) at++;
      if (at < last && classes[at] === klass) return number;
    }
    return -1;
  }

  /** The last sighting of a class that ends before `start`; -1: there is none from `least` on. */
  function nearest(klass: number, least: number, start: number): number {
    const number = newest[klass]!;
    if (number < least) return -1;
    const behind = marks[start + 1]!;
    return number < behind ? number : upTo(behind - 1, klass, least);
  }

  /** Looks backwards for the k elements that `sequences` names from `at` on, and notes in `spans` where they stand. */
  function back(at: number, k: number, isBound: boolean, start: number): boolean {
    if (k === 0) return !isBound || isOpening(start);
    const klass = sequences[at]!;
    const least = firstNear(start, sequences[at + 1]!);
    for (let number = nearest(klass, least, start); number >= 0; number = upTo(number - 1, klass, least)) {
      const sighting = (number - now.first) * sightingFields;
      const from = sightings[sighting + 1]!;
      if (!back(at + 2, k - 1, isBound, from)) continue;
      spans[2 * k - 2] = from;
      spans[2 * k - 1] = sightings[sighting + 2]!;
      return true;
    }
    return false;
  }

  /** Whether the sequence at this place is there with its last element at `start`. */
  function isThere(place: number, start: number): boolean {
    const k = sequences[place + 3]!;
    const first = place + sequenceHead;
    // The nearest of its elements was seen; mostly another one was not.
    for (let at = first + 2; at < first + 2 * k; at += 2) if (newest[sequences[at]!]! < now.first) return false;
    return back(first, k, (sequences[place + 2]! & boundToStart) !== 0, start);
  }

  /** Keeps what ends with this, then notes that it was seen. */
  function see(program: number, start: number, end: number): void {
    const held = code[program + holdCount]!;
    const beside = code[program + adjacentCount]!;
    const apart = code[program + distantCount]!;
    const first = code[program + entriesLow]! | (code[program + entriesHigh]! << halfBits);
    const last = first + code[program + singleCount]!;
    for (let entry = first; entry < last; entry++) {
      const about = entries[entry]!;
      if ((about & isPlain) !== 0 || isOpening(start)) keep(about >>> placeShift, spans, start, end);
    }
    if (beside + apart > 0 && start > now.clauseStart) {
      const groups = program + programHead + held;
      const ends = groups + beside + 2 * apart;
      if (beside > 0) {
        const row = code[program + adjacentRow]!;
        if (row === 0) lookBehind(groups, beside, ends, first, last, firstNear(start, 0), start, end);
        else lookAmongMany(groups, beside, ends, row * rowLength, first, last, start, end);
      }
      if (apart > 0) {
        const former = beside === 0 ? last : first + code[ends + beside - 1]!;
        lookBehind(groups + beside, apart, ends + beside, first, former, firstNear(start, widestGap), start, end);
      }
    }
    note(program, held, start, end);
  }

  /**
   * Looks at each group whose class was seen nearby.
   * @param groups where their classes stand in `code`, and `ends` where it is told how far the entries of each go from `first` on
   * @param former where the entries before them end
   * @param least the first number of what is near
   */
  function lookBehind(
    groups: number,
    count: number,
    ends: number,
    first: number,
    former: number,
    least: number,
    start: number,
    end: number,
  ): void {
    const last = groups + count;
    for (let at = nextNear(groups, last, least); at < last; at = nextNear(at + 1, last, least)) {
      const group = at - groups;
      const from = group === 0 ? former : first + code[ends + group - 1]!;
      keepGroup(from, first + code[ends + group]!, nearest(code[at]!, least, start), start, end);
    }
  }

  /** The next group whose class was seen from `least` on. Nearly all are passed over: the loop is as tight as can be. */
  function nextNear(from: number, last: number, least: number): number {
    const classes = code;
    const seen = newest;
    let at = from;
    while (at < last && seen[classes[at]!]! < least) at++;
    return at;
  }

  /** The next of these classes that is in a row. */
  function nextIn(row: number, from: number, last: number): number {
    const classes = code;
    const bits = adjacent;
    let at = from;
    while (at < last && (bits[row + (classes[at]! >> rowShift)]! & (1 << (classes[at]! & rowMask))) === 0) at++;
    return at;
  }

  /** The same of very many groups: what was seen right before is looked for among them, and not they among what was seen. */
  function lookAmongMany(
    groups: number,
    count: number,
    ends: number,
    row: number,
    first: number,
    former: number,
    start: number,
    end: number,
  ): void {
    const least = firstNear(start, 0);
    for (let number = marks[start + 1]! - 1; number >= least; number--) {
      const program = sightings[(number - now.first) * sightingFields]!;
      const last = program + programHead + code[program + holdCount]!;
      for (let at = nextIn(row, program + programHead, last); at < last; at = nextIn(row, at + 1, last)) {
        const klass = code[at]!;
        // Of several that its class holds the newest is looked at.
        if (nearest(klass, least, start) !== number) continue;
        const group = placeOf(klass, groups, count);
        const from = group === 0 ? former : first + code[ends + group - 1]!;
        keepGroup(from, first + code[ends + group]!, number, start, end);
      }
    }
  }

  /** Of classes in their order. */
  function placeOf(klass: number, from: number, count: number): number {
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (code[from + middle]! < klass) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Keeps those of a group's sequences that are there, with this as the nearest of its class. */
  function keepGroup(from: number, to: number, number: number, start: number, end: number): void {
    if (number < 0) return;
    const sighting = (number - now.first) * sightingFields;
    const distance = start - sightings[sighting + 2]!;
    for (let entry = from; entry < to; entry++) {
      const about = entries[entry]!;
      if (((about >>> gapShift) & gapMask) < distance) continue;
      const place = about >>> placeShift;
      if ((about & isPlain) !== 0) {
        spans[0] = sightings[sighting + 1]!;
        spans[1] = sightings[sighting + 2]!;
      } else if (!isThere(place, start)) continue;
      keep(place, spans, start, end);
    }
  }

  function note(program: number, held: number, start: number, end: number): void {
    const at = (now.next - now.first) * sightingFields;
    if (at === sightings.length) sightings = grown(sightings);
    sightings[at] = program;
    sightings[at + 1] = start;
    sightings[at + 2] = end;
    const number = now.next++;
    const classes = code;
    if (classes[program + lateCount] !== 0) {
      if (now.lates === lates.length) lates = grown(lates);
      lates[now.lates++] = at;
      lates[now.lates++] = classes[program + lateLow]! | (classes[program + lateHigh]! << halfBits);
    }
    const last = program + programHead + held;
    const seen = newest;
    for (let hold = program + programHead; hold < last; hold++) seen[classes[hold]!] = number;
  }

  function seeDigits(start: number, end: number): void {
    slots.push({ slot: 'number', value: digitsValue, start, end });
    see(numberProgram, start, end);
    if (end - start >= orderDigits && end - start <= mostOrderDigits) see(orderProgram, start, end);
  }

  /** @param about as literals.ts packs it */
  function seeLiteral(about: number, end: number): void {
    const start = end - ((about >>> lengthShift) & lengthMask);
    const target = about >>> programShift;
    if ((about & standsForSlot) === 0) see(target, start, end);
    else seeWords(target * slotFields, start, end);
    if ((about & isPolite) !== 0 && start === now.contentStart) {
      open(end, false);
      plain.fill(1, start, end);
    }
  }

  /** Words of slots, and whatever else they are. */
  function seeWords(row: number, start: number, end: number): void {
    const last = ofSlots[row + 2]!;
    for (let at = ofSlots[row + 1]!; at < last; at++) {
      const slot = wordSlots[at]! - firstSlot;
      slots.push({ slot: slotNames[slot]!, value: wordValues[at]!, start, end });
      see(slotPrograms[slot]!, start, end);
    }
    see(ofSlots[row]!, start, end);
  }

  function closeClause(units: Uint16Array, clauseEnd: number): void {
    // Where the closing particles begin: whatever ends there or later ends with the clause.
    let content = clauseEnd;
    while (content > now.clauseStart && isTail(tails, units[content - 1]!)) content--;
    finds.keepEnded(content);
    const families = finds.families();
    // Nearly all that cancels would take away was not found, nor what sides are told of: now it is known what was.
    for (let late = 0; late < now.lates; late += 2) {
      if ((lates[late + 1]! & families) === 0) continue;
      const at = lates[late]!;
      const start = sightings[at + 1]!;
      finds.keepLate(sightings[at]!, start, sightings[at + 2]!, content, isOpening(start));
    }
    finds.closeClause(content);
  }

  function scan(text: Folded, families = 0): Scan {
    const { units, length } = text;
    const phrases = phrasesIn(text, closings);
    finds.openText(families, phrases);
    slots = [];
    if (now.next > farSighting) {
      newest.fill(-1);
      now.next = 0;
    }
    if (plain.length < length) plain = new Uint8Array(length * 2);
    // By hand: of a few units that is several times as fast as `fill`.
    for (let i = 0; i < length; i++) plain[i] = 0;
    if (marks.length < length + 2) marks = new Int32Array(length * 2);
    open(0, true);
    let state = 0;
    let digitsFrom = -1;
    for (let i = 0; i < length; i++) {
      const unit = units[i]!;
      if (isTail(tails, unit) || unit === hardUnit) plain[i] = 1;
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
      marks[i + 1] = now.next;
      state = step(state, unit);
      const run = outputsAt(state);
      if (run < 0) seeLiteral(~run, i + 1);
      else for (let o = run; outputs[o] !== noOutput; o++) seeLiteral(outputs[o]!, i + 1);
      // A question mark ends a clause but belongs to it.
      if (unit === questionUnit) {
        closeClause(units, i + 1);
        open(i + 1, true);
      }
    }
    if (digitsFrom >= 0) seeDigits(digitsFrom, length);
    closeClause(units, length);
    return {
      finds: finds.of(deed.find),
      facets: finds.of(deed.facet),
      asks: finds.of(deed.ask),
      continues: finds.of(deed.continue),
      questions: finds.of(deed.question),
      families: finds.allFamilies(),
      cancels: finds.cancels,
      slots,
      phrases,
      plain,
    };
  }

  return { scan };
}
