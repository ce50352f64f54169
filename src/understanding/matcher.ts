/**
 * Runs all patterns over a folded text: Aho-Corasick finds the literals in one pass, and at the end of each clause the elements
 * before each that ends a pattern are looked for backwards within their gaps (sightings.ts). Gaps are bounded and never cross a
 * hard boundary, so the work per character is bounded: linear in the text, whatever the buyer writes.
 */
import { noOutput, runningAutomaton, withNumbers } from './aho-corasick.js';
import { asConstant } from './as-constant.js';
import type { CompiledPatterns } from './compile-patterns.js';
import { closingsOf, type Edges, isTail, tailsOf } from './edges.js';
import { openFinds } from './finds.js';
import { literalLayout, literalsOf } from './literals.js';
import { type Folded, hardUnit, questionUnit, softUnit } from './normalise.js';
import { openOpenings } from './openings.js';
import { phrasesIn } from './phrases.js';
import { deed } from './plans.js';
import { digitsValue, type Matcher, type Scan, type SlotHit } from './scan.js';
import { openSightings } from './sightings.js';

const { isPolite, lengthMask, lengthShift, programShift, slotFields, standsForSlot } = literalLayout;
// Named here: what is imported by name the engine looks up at each use.
const [hard, soft, question, noMore] = [hardUnit, softUnit, questionUnit, noOutput];

/** Digits in a row that are an order number: items have twelve, orders fifteen and more. */
const orderDigits = 15;
/** Two item numbers pasted in a row are longer. */
const mostOrderDigits = 20;

/** The scan of what was compiled with these edges. */
export function matcherOf({ plans, automaton: tables, longest, widestGap }: CompiledPatterns, edges: Edges): Matcher {
  const tails = tailsOf(edges);
  const closings = closingsOf(edges);
  // What the scan holds on to stays in memory: tables that are only rewritten here are not among it.
  const { numbers, ofSlots } = literalsOf(plans, tables.lengths);
  const { outputs, outputsAt, step } = runningAutomaton(withNumbers(tables, numbers));
  const { wordSlots, wordValues } = plans;
  const firstSlot = plans.programs.length - plans.slotNames.length;
  const slotNames = plans.slotNames.map(asConstant);
  const slotPrograms = plans.programs.slice(firstSlot);
  const numberProgram = plans.programs[plans.numberSlot]!;
  const orderProgram = plans.programs[plans.orderSlot]!;

  // Scratch that lives as long as the matcher: the scan is synchronous and allocates little.
  const finds = openFinds(plans, tails);
  const openings = openOpenings();
  const sightings = openSightings(plans, longest, widestGap, openings, finds);
  const { seen, note } = sightings;
  // Objects: the engine reads their fields for less than variables that several functions share.
  const now = { clauseStart: 0, contentStart: 0 };
  let slots: SlotHit[] = [];
  let plain = new Uint8Array(64);

  function open(at: number, isClause: boolean): void {
    now.contentStart = at;
    if (isClause) {
      now.clauseStart = at;
      openings.openClause();
      sightings.openClause(at);
      finds.openClause(at);
    }
    openings.add(at);
  }

  function seeDigits(start: number, end: number): void {
    slots.push({ slot: 'number', value: digitsValue, start, end });
    note(numberProgram, start, end);
    if (end - start >= orderDigits && end - start <= mostOrderDigits) note(orderProgram, start, end);
  }

  /** @param about as literals.ts packs it */
  function seeLiteral(about: number, end: number): void {
    const start = end - ((about >>> lengthShift) & lengthMask);
    const target = about >>> programShift;
    if ((about & standsForSlot) === 0) note(target, start, end);
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
      note(slotPrograms[slot]!, start, end);
    }
    note(ofSlots[row]!, start, end);
  }

  function closeClause(units: Uint16Array, clauseEnd: number): void {
    // Where the closing particles begin: whatever ends there or later ends with the clause.
    let content = clauseEnd;
    while (content > now.clauseStart && isTail(tails, units[content - 1]!)) content--;
    sightings.keepAll();
    finds.keepEnded(content);
    sightings.keepLate(finds.families(), content);
    finds.closeClause(content);
  }

  function scan(text: Folded, families = 0): Scan {
    const { units, length } = text;
    const phrases = phrasesIn(text, closings);
    finds.openText(families, phrases, units);
    slots = [];
    if (plain.length < length) plain = new Uint8Array(length * 2);
    // By hand: of a few units that is several times as fast as `fill`.
    const isPlain = plain;
    for (let i = 0; i < length; i++) isPlain[i] = 0;
    sightings.openText(length);
    const { marks } = seen;
    const tailBits = tails;
    const runs = outputs;
    open(0, true);
    let state = 0;
    let digitsFrom = -1;
    for (let i = 0; i < length; i++) {
      const unit = units[i]!;
      if ((tailBits[unit >>> 3]! & (1 << (unit & 7))) !== 0 || unit === hard) isPlain[i] = 1;
      const isDigit = (unit >= 0x30 && unit <= 0x39) || (unit === 0x2e && digitsFrom >= 0);
      if (isDigit && digitsFrom < 0) digitsFrom = i;
      if (!isDigit && digitsFrom >= 0) {
        seeDigits(digitsFrom, i);
        digitsFrom = -1;
      }
      if (unit === hard) {
        closeClause(units, i);
        open(i + 1, true);
        state = 0;
        continue;
      }
      if (unit === soft && now.contentStart === i) open(i + 1, false);
      marks[i + 1] = seen.first + seen.count;
      state = step(state, unit);
      const run = outputsAt(state);
      if (run < 0) seeLiteral(~run, i + 1);
      else for (let o = run; runs[o] !== noMore; o++) seeLiteral(runs[o]!, i + 1);
      // A question mark ends a clause but belongs to it.
      if (unit === question) {
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
