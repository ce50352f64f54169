/**
 * Aho-Corasick over UTF-16 units: all literals of all patterns in one pass. Transitions live in one open-addressing table
 * of typed arrays (state and unit in, state out), because a dense table over thousands of 汉字 would cost tens of megabytes.
 */
import { atOnce, type Steps } from './steps.js';

export interface Automaton {
  /** Literal ids that end in a state, as runs in `outputs`: from outputStart[state] to outputStart[state + 1]. */
  readonly outputStart: Int32Array;
  readonly outputs: Int32Array;
  readonly lengths: Int32Array;
  readonly step: (state: number, unit: number) => number;
}

/** With fewer literals the first step is looked up as all others are: a table of all units would cost more than the rest. */
const tableFrom = 500;

/** Builds the automaton of the given literals (ids are their indexes). Empty literals are not allowed. */
export function automatonOf(literals: readonly string[]): Automaton {
  return atOnce(buildingAutomaton(literals));
}

const statesAStep = 2000;

/** The same step by step, so that a server can answer meanwhile. */
export function* buildingAutomaton(literals: readonly string[]): Steps<Automaton> {
  const { states, parents, units, ends, table } = yield* growingTrie(literals);
  const child = table.get;
  const order = byDepth(states, parents);
  const fail = new Int32Array(states);
  for (let at = 1; at < states; at++) {
    if (at % statesAStep === 0) yield;
    const state = order[at]!;
    const parent = parents[state]!;
    if (parent === 0) continue;
    let back = fail[parent]!;
    let to = child(back, units[state]!);
    while (to === 0 && back !== 0) {
      back = fail[back]!;
      to = child(back, units[state]!);
    }
    fail[state] = to;
  }
  yield;
  const { outputStart, outputs } = outputsOf(states, order, fail, ends);
  const rootStep = literals.length < tableFrom ? undefined : new Int32Array(65536);
  if (rootStep !== undefined)
    for (let state = 1; state < states; state++) if (parents[state] === 0) rootStep[units[state]!] = state;

  function step(from: number, unit: number): number {
    let state = from;
    while (state !== 0) {
      const to = child(state, unit);
      if (to !== 0) return to;
      state = fail[state]!;
    }
    return rootStep === undefined ? child(0, unit) : rootStep[unit]!;
  }

  return { outputStart, outputs, lengths: Int32Array.from(literals, (literal) => literal.length), step };
}

interface Trie {
  readonly states: number;
  /** By state. */
  readonly parents: Int32Array;
  readonly units: Uint16Array;
  /** The literals that end in a state. */
  readonly ends: ReadonlyMap<number, readonly number[]>;
  readonly table: Transitions;
}

/** Each state is numbered after its parent. */
function* growingTrie(literals: readonly string[]): Steps<Trie> {
  let most = 1;
  for (const literal of literals) most += literal.length;
  const parents = new Int32Array(most);
  const units = new Uint16Array(most);
  const ends = new Map<number, number[]>();
  let table = transitions(64);
  let states = 1;
  for (let id = 0; id < literals.length; id++) {
    if (id % statesAStep === 0) yield;
    const literal = literals[id]!;
    let state = 0;
    for (let i = 0; i < literal.length; i++) {
      const unit = literal.charCodeAt(i);
      let next = table.get(state, unit);
      if (next === 0) {
        next = states++;
        parents[next] = state;
        units[next] = unit;
        if (states > table.most) table = larger(table, states, parents, units);
        else table.add(state, unit, next);
      }
      state = next;
    }
    const known = ends.get(state);
    if (known === undefined) ends.set(state, [id]);
    else known.push(id);
  }
  return { states, parents: parents.slice(0, states), units: units.slice(0, states), ends, table };
}

interface Transitions {
  /** How many it may take. */
  readonly most: number;
  add(state: number, unit: number, to: number): void;
  /** 0: there is none. */
  get(state: number, unit: number): number;
}

/** @param size a power of two */
function transitions(size: number): Transitions {
  const mask = size - 1;
  const keys = new Int32Array(size).fill(-1);
  const values = new Int32Array(size);
  const slotOf = (state: number, unit: number) => (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7;
  // A state and a unit share one key: 15 bits of state would be too few, so keys hold the state and units their own array.
  const keyUnits = new Uint16Array(size);
  return {
    most: Math.floor(size / 2.5),
    add(state, unit, to) {
      let slot = slotOf(state, unit) & mask;
      while (keys[slot] !== -1) slot = (slot + 1) & mask;
      keys[slot] = state;
      keyUnits[slot] = unit;
      values[slot] = to;
    },
    get(state, unit) {
      let slot = slotOf(state, unit) & mask;
      while (keys[slot] !== -1) {
        if (keys[slot] === state && keyUnits[slot] === unit) return values[slot]!;
        slot = (slot + 1) & mask;
      }
      return 0;
    },
  };
}

/** Twice the room, for all states so far. */
function larger(before: Transitions, states: number, parents: Int32Array, units: Uint16Array): Transitions {
  let size = 16;
  while (size / 2.5 < before.most * 2) size *= 2;
  const table = transitions(size);
  for (let state = 1; state < states; state++) table.add(parents[state]!, units[state]!, state);
  return table;
}

/** All states, those nearer to the root first. */
function byDepth(states: number, parents: Int32Array): Int32Array {
  const depths = new Uint16Array(states);
  const starts: number[] = [0, 0];
  for (let state = 0; state < states; state++) {
    const depth = state === 0 ? 0 : depths[parents[state]!]! + 1;
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

/** Of each state its own literals, then those of the longest end of it that is a state too. */
function outputsOf(states: number, order: Int32Array, fail: Int32Array, ends: Trie['ends']) {
  const counts = new Int32Array(states);
  for (const state of order) counts[state] = (ends.get(state)?.length ?? 0) + (state === 0 ? 0 : counts[fail[state]!]!);
  const outputStart = new Int32Array(states + 1);
  for (let state = 0; state < states; state++) outputStart[state + 1] = outputStart[state]! + counts[state]!;
  const outputs = new Int32Array(outputStart[states]!);
  for (const state of order) {
    if (state === 0) continue;
    let at = outputStart[state]!;
    for (const id of ends.get(state) ?? []) outputs[at++] = id;
    const back = fail[state]!;
    for (let from = outputStart[back]!; from < outputStart[back + 1]!; from++) outputs[at++] = outputs[from]!;
  }
  return { outputStart, outputs };
}
