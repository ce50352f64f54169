/**
 * Aho-Corasick over UTF-16 units: all literals of all patterns in one pass. Its trie lies in a double array (Aoe 1989): what a
 * state is asked stands side by side, and the state that a unit leads to stands where the two add up to, so that a step touches
 * one place in memory and needs neither a dense table over thousands of 汉字 nor one of hashes.
 */
import { atOnce, type Steps } from './steps.js';

/** What is kept of a built automaton: plain arrays. */
export interface AutomatonTables {
  /** By state, `fields` each; places that no state stands at among them. */
  readonly about: Int32Array;
  /** The units that literals are written in, the most frequent first: their codes are their places here, from 1 on. */
  readonly units: Uint16Array;
  readonly outputs: Int32Array;
  readonly lengths: Int32Array;
}

export interface Automaton {
  /** Literal ids that end in a state, longest first: the run in `outputs` from here up to `noOutput`; negative: see withNumbers. */
  readonly outputsAt: (state: number) => number;
  readonly outputs: Int32Array;
  readonly lengths: Int32Array;
  readonly step: (state: number, unit: number) => number;
}

/** Ends a run of outputs. */
export const noOutput = -1;

/**
 * What is known of a state: what codes are added to for the states that they lead to, above marks of those codes; its parent and
 * one more, 0 where no state stands; its fail state; its outputs.
 */
const fields = 4;
const fieldsShift = 2;
const [baseField, parentField, failField, outputField] = [0, 1, 2, 3];
/** Most units lead nowhere from most states, which the marks tell without a look at another place. */
const markBits = 8;
const markOf = (code: number) => 1 << (code & (markBits - 1));

/** Fewer units are looked up by hash: a table of all there are would cost more than the rest. */
const tableFrom = 500;

/** Builds the automaton of the given literals (ids are their indexes). Empty literals are not allowed. */
export function automatonOf(literals: readonly string[]): Automaton {
  return runningAutomaton(atOnce(buildingAutomaton(literals)));
}

const statesAStep = 2000;

/** The same step by step, so that a server can answer meanwhile. */
export function* buildingAutomaton(literals: readonly string[]): Steps<AutomatonTables> {
  const units = unitsOf(literals);
  const codeOf = codesOf(units);
  yield;
  const order = Int32Array.from(literals.keys()).sort((a, b) => (literals[a]! < literals[b]! ? -1 : 1));
  yield;
  const places = new Places(units.length);
  const outputs: number[] = [noOutput];
  // States with the literals that go through each, those nearer to the root first: what a state falls back to is there before it.
  const paths: Path[] = [{ state: 0, from: 0, to: order.length }];
  let depth = 0;
  let lastOfDepth = 0;
  for (let at = 0; at < paths.length; at++) {
    if (at % statesAStep === 0) yield;
    if (at > lastOfDepth) {
      depth++;
      lastOfDepth = paths.length - 1;
    }
    const { state, from, to } = paths[at]!;
    let next = from;
    while (next < to && literals[order[next]!]!.length === depth) next++;
    takeOutputs(places.about, state, order.subarray(from, next), outputs);
    const children: Child[] = [];
    while (next < to) {
      const unit = literals[order[next]!]!.charCodeAt(depth);
      const first = next++;
      while (next < to && literals[order[next]!]!.charCodeAt(depth) === unit) next++;
      children.push({ code: codeOf(unit), from: first, to: next });
    }
    if (children.length === 0) continue;
    const base = places.take(
      state,
      children.map(({ code }) => code),
    );
    const { about } = places;
    for (const { code, from, to } of children) {
      const place = base + code;
      about[place * fields + failField] = state === 0 ? 0 : stepOf(about, about[state * fields + failField]!, code);
      paths.push({ state: place, from, to });
    }
  }
  return {
    about: places.all(),
    units,
    outputs: Int32Array.from(outputs),
    lengths: Int32Array.from(literals, (literal) => literal.length),
  };
}

/**
 * The same with a number of the caller's in place of each literal's id, and in place of a run of one the number itself, as its
 * complement: most states that have an output have one, and it needs no look at another place.
 * @param numbers by the id of the literal, none negative
 */
export function withNumbers({ about, outputs, ...rest }: AutomatonTables, numbers: Int32Array): AutomatonTables {
  const renumbered = outputs.map((id) => (id === noOutput ? noOutput : numbers[id]!));
  const states = about.slice();
  for (let at = outputField; at < states.length; at += fields) {
    const run = states[at]!;
    if (renumbered[run] !== noOutput && renumbered[run + 1] === noOutput) states[at] = ~renumbered[run]!;
  }
  return { about: states, outputs: renumbered, ...rest };
}

/** The automaton of these tables. */
export function runningAutomaton({ about, units, outputs, lengths }: AutomatonTables): Automaton {
  const outputsAt = (state: number) => about[(state << fieldsShift) + outputField]!;
  if (units.length < tableFrom) {
    const codeOf = codesOf(units);
    return { outputsAt, outputs, lengths, step: (state, unit) => stepOf(about, state, codeOf(unit)) };
  }
  const codes = new Uint16Array(65536);
  for (let at = 0; at < units.length; at++) codes[units[at]!] = at + 1;
  return { outputsAt, outputs, lengths, step: (state, unit) => stepOf(about, state, codes[unit]!) };
}

/** The state that the longest end of what was read leads to. No unit of a literal has the code 0. */
function stepOf(about: Int32Array, from: number, code: number): number {
  if (code === 0) return 0;
  const mark = markOf(code);
  for (let state = from; ; state = about[(state << fieldsShift) + failField]!) {
    const base = about[(state << fieldsShift) + baseField]!;
    if ((base & mark) !== 0) {
      const to = ((base >>> markBits) + code) | 0;
      if (about[(to << fieldsShift) + parentField] === ((state + 1) | 0)) return to;
    }
    if (state === 0) return 0;
  }
}

/** The stretch of the ordered literals that go through a state. */
interface Path {
  readonly state: number;
  readonly from: number;
  readonly to: number;
}

/** The same of a state that has no place yet, by the code that leads to it. */
interface Child extends Omit<Path, 'state'> {
  readonly code: number;
}

/** Of a state its own literals, then those of the longest end of it that is a state too, whose run is shared where it has none. */
function takeOutputs(about: Int32Array, state: number, own: Int32Array, outputs: number[]): void {
  const fail = about[about[state * fields + failField]! * fields + outputField]!;
  if (own.length === 0) {
    about[state * fields + outputField] = fail;
    return;
  }
  about[state * fields + outputField] = outputs.length;
  for (const id of own) outputs.push(id);
  for (let at = fail; outputs[at] !== noOutput; at++) outputs.push(outputs[at]!);
  outputs.push(noOutput);
}

/** Where the states of the trie stand. */
class Places {
  about = new Int32Array(1024 * fields);
  readonly #codes: number;
  /** Places up to the last that is taken. */
  #size = 1;
  /** No place before it is free. */
  #free = 1;

  /** @param codes how many there are */
  constructor(codes: number) {
    this.#codes = codes;
  }

  /**
   * Finds places for the children of a state, and takes them.
   * @returns what their codes are added to
   */
  take(state: number, codes: readonly number[]): number {
    while (this.#isTaken(this.#free)) this.#free++;
    const [first] = codes as [number];
    let base = Math.max(0, this.#free - first);
    while (codes.some((code) => this.#isTaken(base + code))) base++;
    let marks = 0;
    for (const code of codes) {
      const place = base + code;
      if (place >= this.#size) this.#growTo(place + 1);
      this.about[place * fields + parentField] = state + 1;
      marks |= markOf(code);
    }
    this.about[state * fields + baseField] = (base << markBits) | marks;
    return base;
  }

  /** Behind the last state stands room for each code, so that no step looks beyond the end. */
  all(): Int32Array {
    this.#growTo(this.#size + this.#codes);
    return this.about.slice(0, this.#size * fields);
  }

  #isTaken(place: number): boolean {
    return place < this.#size && this.about[place * fields + parentField] !== 0;
  }

  #growTo(size: number): void {
    this.#size = size;
    if (size * fields <= this.about.length) return;
    const about = new Int32Array(size * fields * 2);
    about.set(this.about);
    this.about = about;
  }
}

/** All units of the literals, the most frequent first. */
function unitsOf(literals: readonly string[]): Uint16Array {
  const times = new Int32Array(65536);
  const units: number[] = [];
  for (let at = 0; at < literals.length; at++) {
    const literal = literals[at]!;
    for (let i = 0; i < literal.length; i++) if (times[literal.charCodeAt(i)]!++ === 0) units.push(literal.charCodeAt(i));
  }
  return Uint16Array.from(units).sort((a, b) => times[b]! - times[a]! || a - b);
}

/** The code of a unit, 0 for one that no literal holds: by open addressing. */
function codesOf(units: Uint16Array): (unit: number) => number {
  const mask = (2 << (32 - Math.clz32(units.length))) - 1;
  const codes = new Uint16Array(mask + 1);
  const slotOf = (unit: number) => {
    let slot = unit & mask;
    while (codes[slot] !== 0 && units[codes[slot]! - 1] !== unit) slot = (slot + 1) & mask;
    return slot;
  };
  for (let at = 0; at < units.length; at++) codes[slotOf(units[at]!)] = at + 1;
  return (unit) => codes[slotOf(unit)]!;
}
