/**
 * Aho-Corasick over UTF-16 units: all literals of all patterns in one pass. What is asked of a state stands side by side in one
 * array, and transitions are looked up by hash in another: a step touches two places in memory, and a dense table over thousands
 * of 汉字 would cost tens of megabytes.
 */
import { atOnce, type Steps } from './steps.js';

/** What is kept of a built automaton: plain arrays. */
export interface AutomatonTables {
  /** By state, `fields` each. */
  readonly about: Int32Array;
  /** States by the hash of their parent and unit; its size is a power of two, and 0 where there is none. */
  readonly table: Int32Array;
  readonly outputs: Int32Array;
  readonly lengths: Int32Array;
}

export interface Automaton {
  /** Literal ids that end in a state, longest first: the run in `outputs` from here up to `noOutput`. */
  readonly outputsAt: (state: number) => number;
  readonly outputs: Int32Array;
  readonly lengths: Int32Array;
  readonly step: (state: number, unit: number) => number;
}

/** Ends a run of outputs. */
export const noOutput = -1;

/** With fewer literals the first step is looked up as all others are: a table of all units would cost more than the rest. */
const tableFrom = 500;

/** What is known of a state: its parent, the unit that leads to it and a mark for each unit that leads on, its fail state, its outputs. */
const fields = 4;
const [parentField, unitField, failField, outputField] = [0, 1, 2, 3];

/** Builds the automaton of the given literals (ids are their indexes). Empty literals are not allowed. */
export function automatonOf(literals: readonly string[]): Automaton {
  return runningAutomaton(atOnce(buildingAutomaton(literals)));
}

const statesAStep = 2000;

/** The same step by step, so that a server can answer meanwhile. */
export function* buildingAutomaton(literals: readonly string[]): Steps<AutomatonTables> {
  const { states, about, table, ends } = yield* growingTrie(literals);
  const child = (state: number, unit: number) => childOf(about, table, state, unit);
  const order = byDepth(states, about);
  for (let at = 1; at < states; at++) {
    if (at % statesAStep === 0) yield;
    const state = order[at]!;
    const parent = about[state * fields + parentField]!;
    if (parent === 0) continue;
    const unit = about[state * fields + unitField]! & 0xffff;
    let back = about[parent * fields + failField]!;
    let to = child(back, unit);
    while (to === 0 && back !== 0) {
      back = about[back * fields + failField]!;
      to = child(back, unit);
    }
    about[state * fields + failField] = to;
  }
  yield;
  const outputs = withOutputs(about, order, ends);
  return { about, table, outputs, lengths: Int32Array.from(literals, (literal) => literal.length) };
}

/** The automaton of these tables. */
export function runningAutomaton({ about, table, outputs, lengths }: AutomatonTables): Automaton {
  const rootStep = lengths.length < tableFrom ? undefined : new Int32Array(65536);
  if (rootStep !== undefined)
    for (let state = 1; state * fields < about.length; state++)
      if (about[state * fields + parentField] === 0) rootStep[about[state * fields + unitField]! & 0xffff] = state;

  function step(from: number, unit: number): number {
    let state = from;
    while (state !== 0) {
      const to = childOf(about, table, state, unit);
      if (to !== 0) return to;
      state = about[state * fields + failField]!;
    }
    return rootStep === undefined ? childOf(about, table, 0, unit) : rootStep[unit]!;
  }

  return { outputsAt: (state) => about[state * fields + outputField]!, outputs, lengths, step };
}

interface Trie {
  readonly states: number;
  /** By state. */
  readonly about: Int32Array;
  /** The literals that end in a state. */
  readonly ends: ReadonlyMap<number, readonly number[]>;
  /** States by the hash of their parent and unit; its size is a power of two, and 0 where there is none. */
  readonly table: Int32Array;
}

/** Each state is numbered after its parent. */
function* growingTrie(literals: readonly string[]): Steps<Trie> {
  let most = 1;
  for (const literal of literals) most += literal.length;
  const about = new Int32Array(most * fields);
  const ends = new Map<number, number[]>();
  let table = new Int32Array(64);
  let states = 1;
  for (let id = 0; id < literals.length; id++) {
    if (id % statesAStep === 0) yield;
    const literal = literals[id]!;
    let state = 0;
    for (let i = 0; i < literal.length; i++) {
      const unit = literal.charCodeAt(i);
      let next = childOf(about, table, state, unit);
      if (next === 0) {
        next = states++;
        about[next * fields + parentField] = state;
        about[next * fields + unitField] = unit;
        about[state * fields + unitField]! |= markOf(unit);
        if (states > table.length / 2) table = larger(table, states, about);
        else enter(table, next, state, unit);
      }
      state = next;
    }
    const known = ends.get(state);
    if (known === undefined) ends.set(state, [id]);
    else known.push(id);
  }
  return { states, about: about.slice(0, states * fields), ends, table };
}

/** Stands beside the unit: most units lead nowhere from most states, which this tells without a look into the table. */
function markOf(unit: number): number {
  return 0x10000 << ((unit ^ (unit >>> 4)) & 15);
}

/** 0: there is none. */
function childOf(about: Int32Array, table: Int32Array, state: number, unit: number): number {
  if ((about[state * fields + unitField]! & markOf(unit)) === 0) return 0;
  const mask = table.length - 1;
  let slot = hashOf(state, unit) & mask;
  for (;;) {
    const to = table[slot]!;
    if (to === 0) return 0;
    if (about[to * fields + parentField] === state && (about[to * fields + unitField]! & 0xffff) === unit) return to;
    slot = (slot + 1) & mask;
  }
}

function enter(table: Int32Array, to: number, state: number, unit: number): void {
  const mask = table.length - 1;
  let slot = hashOf(state, unit) & mask;
  while (table[slot] !== 0) slot = (slot + 1) & mask;
  table[slot] = to;
}

function hashOf(state: number, unit: number): number {
  return (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7;
}

/** Twice the room, for all states so far. */
function larger(before: Int32Array, states: number, about: Int32Array): Int32Array<ArrayBuffer> {
  const table = new Int32Array(before.length * 2);
  for (let state = 1; state < states; state++)
    enter(table, state, about[state * fields + parentField]!, about[state * fields + unitField]! & 0xffff);
  return table;
}

/** All states, those nearer to the root first. */
function byDepth(states: number, about: Int32Array): Int32Array {
  const depths = new Uint16Array(states);
  const starts: number[] = [0, 0];
  for (let state = 0; state < states; state++) {
    const depth = state === 0 ? 0 : depths[about[state * fields + parentField]!]! + 1;
    depths[state] = depth;
    starts[depth + 1] = (starts[depth + 1] ?? 0) + 1;
  }
  for (let depth = 1; depth < starts.length; depth++) starts[depth] = starts[depth]! + starts[depth - 1]!;
  const order = new Int32Array(states);
  for (let state = 0; state < states; state++) {
    const depth = depths[state]!;
    order[starts[depth]!] = state;
    starts[depth] = starts[depth]! + 1;
  }
  return order;
}

/** Of each state its own literals, then those of the longest end of it that is a state too, whose run is shared where it has none. */
function withOutputs(about: Int32Array, order: Int32Array, ends: Trie['ends']): Int32Array {
  const outputs: number[] = [noOutput];
  for (const state of order) {
    const from = about[about[state * fields + failField]! * fields + outputField]!;
    const own = ends.get(state);
    if (own === undefined) {
      about[state * fields + outputField] = from;
      continue;
    }
    about[state * fields + outputField] = outputs.length;
    outputs.push(...own);
    for (let at = from; outputs[at] !== noOutput; at++) outputs.push(outputs[at]!);
    outputs.push(noOutput);
  }
  return Int32Array.from(outputs);
}
