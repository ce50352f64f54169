/**
 * Runs all patterns over a folded text in one pass: Aho-Corasick finds the literals, and each time the last element of a
 * pattern is seen the earlier ones are looked for backwards within their gaps. Gaps are bounded and never cross a hard
 * boundary, so the work per character is bounded: linear in the text, whatever the buyer writes.
 */
import { automatonOf } from './aho-corasick.js';
import { type Folded, hardUnit, softUnit } from './normalise.js';
import type { Sequence } from './pattern.js';

/** A slot word found by the scan: what it stands for is the caller's `value` index. */
export interface SlotWord {
  readonly slot: string;
  readonly literal: string;
  readonly value: number;
}

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

export interface Scan {
  readonly matches: readonly Match[];
  readonly slots: readonly SlotHit[];
  /** Clause number of each unit. */
  readonly clauseOf: Int32Array;
  readonly clauses: number;
}

export interface Matcher {
  readonly scan: (text: Folded) => Scan;
}

interface Compiled {
  readonly rule: number;
  readonly classes: readonly number[];
  readonly gaps: readonly number[];
  readonly fromClauseStart: boolean;
  readonly toClauseEnd: boolean;
}

const mostOpenings = 8;

interface Edges {
  /** Polite openings that do not count for `^`. */
  readonly leads: readonly string[];
  /** Closing particles that do not count for `$`. */
  readonly tails: string;
}

/**
 * @param rules sequences per rule id (several sequences may share a rule)
 * @param words slot words, folded
 */
export function compileMatcher(rules: readonly { readonly rule: number; readonly sequence: Sequence }[], words: readonly SlotWord[], edges: Edges): Matcher {
  const literalIds = new Map<string, number>();
  const literals: string[] = [];
  const classesOf: number[][] = [];
  const literalId = (literal: string): number => {
    let id = literalIds.get(literal);
    if (id === undefined) {
      id = literals.length;
      literalIds.set(literal, id);
      literals.push(literal);
      classesOf.push([]);
    }
    return id;
  };
  const classIds = new Map<string, number>();
  const classId = (key: string, members: readonly string[]): number => {
    let id = classIds.get(key);
    if (id === undefined) {
      id = classIds.size;
      classIds.set(key, id);
      for (const literal of members) classesOf[literalId(literal)]!.push(id);
    }
    return id;
  };
  const slotClass = (slot: string) => classId(`<${slot}>`, []);

  const endingIn: Compiled[][] = [];
  for (const { rule, sequence } of rules) {
    const classes = sequence.elements.map((element) =>
      element.slot === undefined ? classId([...element.literals].sort().join('|'), element.literals) : slotClass(element.slot),
    );
    const compiled: Compiled = {
      rule,
      classes,
      gaps: sequence.elements.map((element) => element.gapBefore),
      fromClauseStart: sequence.fromClauseStart,
      toClauseEnd: sequence.toClauseEnd,
    };
    const last = classes.at(-1)!;
    (endingIn[last] ??= []).push(compiled);
  }
  const wordsOf: (SlotWord[] | undefined)[] = [];
  for (const word of words) (wordsOf[literalId(word.literal)] ??= []).push(word);
  const leadLiterals = new Set(edges.leads.map(literalId));
  const isTail = new Uint8Array(65536);
  for (const c of edges.tails) isTail[c.charCodeAt(0)] = 1;
  isTail[softUnit] = 1;
  isTail[0x3f] = 1;

  const numberClass = slotClass('number');
  const classOfSlot = new Map<string, number>();
  for (const word of words) classOfSlot.set(word.slot, slotClass(word.slot));
  const automaton = automatonOf(literals);
  const classCount = classIds.size;

  // Scratch that lives as long as the matcher: the scan is synchronous and allocates little. Hits of one class are chained
  // newest first; `touched` undoes the heads afterwards.
  const head = new Int32Array(classCount).fill(-1);
  let hitStart = new Int32Array(256);
  let hitEnd = new Int32Array(256);
  let hitBefore = new Int32Array(256);
  let hits = 0;
  const touched: number[] = [];

  function addHit(klass: number, start: number, end: number): void {
    if (hits === hitStart.length) {
      hitStart = grown(hitStart);
      hitEnd = grown(hitEnd);
      hitBefore = grown(hitBefore);
    }
    if (head[klass] === -1) touched.push(klass);
    hitStart[hits] = start;
    hitEnd[hits] = end;
    hitBefore[hits] = head[klass]!;
    head[klass] = hits++;
  }

  /** Looks backwards for elements k-1 … 0 before `start`; fills `spans` from the back. */
  function back(compiled: Compiled, k: number, start: number, clauseStart: number, openings: readonly number[], spans: number[]): boolean {
    if (k === 0) return !compiled.fromClauseStart || openings.includes(start);
    const gap = compiled.gaps[k]!;
    for (let hit = head[compiled.classes[k - 1]!]!; hit !== -1; hit = hitBefore[hit]!) {
      const end = hitEnd[hit]!;
      if (end > start) continue;
      if (start - end > gap) return false;
      const from = hitStart[hit]!;
      if (from < clauseStart) return false;
      if (back(compiled, k - 1, from, clauseStart, openings, spans)) {
        spans.push(from, end);
        return true;
      }
    }
    return false;
  }

  function scan(text: Folded): Scan {
    const { units, length } = text;
    const clauseOf = new Int32Array(length + 1);
    const matches: Match[] = [];
    const slots: SlotHit[] = [];
    let waiting: Match[] = [];
    let clause = 0;
    let clauseStart = 0;
    // Where a clause may be said to start: at its first unit, and after each polite opening.
    let contentStart = 0;
    const openings = [0];
    const open = (at: number, isClause: boolean) => {
      contentStart = at;
      if (isClause) openings.length = 0;
      // Bounded: whoever writes a thousand 亲 costs no more.
      if (openings.length < mostOpenings) openings.push(at);
      else openings[mostOpenings - 1] = at;
    };
    let state = 0;
    let digitsFrom = -1;

    const seeDigits = (from: number, to: number) => {
      slots.push({ slot: 'number', value: digitsValue, start: from, end: to });
      see(numberClass, from, to);
    };
    const see = (klass: number, start: number, end: number) => {
      addHit(klass, start, end);
      const endings = endingIn[klass];
      if (endings === undefined) return;
      for (const compiled of endings) {
        const spans: number[] = [];
        if (!back(compiled, compiled.classes.length - 1, start, clauseStart, openings, spans)) continue;
        spans.push(start, end);
        const match: Match = { rule: compiled.rule, clause, start: spans[0]!, end, spans };
        if (compiled.toClauseEnd) waiting.push(match);
        else matches.push(match);
      }
    };
    const closeClause = (at: number) => {
      for (const match of waiting) {
        let i = match.end;
        while (i < at && isTail[units[i]!] === 1) i++;
        if (i >= at) matches.push(match);
      }
      waiting = [];
    };

    for (let i = 0; i < length; i++) {
      const unit = units[i]!;
      clauseOf[i] = clause;
      const digit = (unit >= 0x30 && unit <= 0x39) || (unit === 0x2e && digitsFrom >= 0);
      if (digit && digitsFrom < 0) digitsFrom = i;
      if (unit === hardUnit) {
        if (digitsFrom >= 0) seeDigits(digitsFrom, i);
        closeClause(i);
        clause++;
        clauseStart = i + 1;
        open(i + 1, true);
        state = 0;
        digitsFrom = -1;
        for (const klass of touched) head[klass] = -1;
        touched.length = 0;
        hits = 0;
        continue;
      }
      if (unit === softUnit && contentStart === i) open(i + 1, false);
      state = automaton.step(state, unit);
      if (!digit && digitsFrom >= 0) {
        seeDigits(digitsFrom, i);
        digitsFrom = -1;
      }
      for (let o = automaton.outputStart[state]!; o < automaton.outputStart[state + 1]!; o++) {
        const id = automaton.outputs[o]!;
        const from = i + 1 - automaton.lengths[id]!;
        const slotWords = wordsOf[id];
        if (slotWords !== undefined) {
          for (const word of slotWords) {
            slots.push({ slot: word.slot, value: word.value, start: from, end: i + 1 });
            see(classOfSlot.get(word.slot)!, from, i + 1);
          }
        }
        for (const klass of classesOf[id]!) see(klass, from, i + 1);
        if (from === contentStart && leadLiterals.has(id)) open(i + 1, false);
      }
      // A question mark ends a clause but belongs to it.
      if (unit === 0x3f) {
        closeClause(i + 1);
        clause++;
        clauseStart = i + 1;
        open(i + 1, true);
      }
    }
    if (digitsFrom >= 0) seeDigits(digitsFrom, length);
    closeClause(length);
    clauseOf[length] = clause;
    for (const klass of touched) head[klass] = -1;
    touched.length = 0;
    hits = 0;
    return { matches, slots, clauseOf, clauses: clause + 1 };
  }

  return { scan };
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
