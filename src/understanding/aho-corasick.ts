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
  const children: Map<number, number>[] = [new Map()];
  const own: number[][] = [[]];
  for (const [id, literal] of literals.entries()) {
    if (id % statesAStep === 0) yield;
    let state = 0;
    for (let i = 0; i < literal.length; i++) {
      const unit = literal.charCodeAt(i);
      let next = children[state]!.get(unit);
      if (next === undefined) {
        next = children.length;
        children[state]!.set(unit, next);
        children.push(new Map());
        own.push([]);
      }
      state = next;
    }
    own[state]!.push(id);
  }

  const states = children.length;
  const fail = new Int32Array(states);
  const order: number[] = [...children[0]!.values()];
  for (let head = 0; head < order.length; head++) {
    if (head % statesAStep === 0) yield;
    const state = order[head]!;
    for (const [unit, child] of children[state]!) {
      let back = fail[state]!;
      while (back !== 0 && !children[back]!.has(unit)) back = fail[back]!;
      fail[child] = children[back]!.get(unit) ?? 0;
      order.push(child);
    }
    own[state]!.push(...own[fail[state]!]!);
  }

  let edges = 0;
  for (const map of children) edges += map.size;
  let size = 16;
  while (size < edges * 2.5) size *= 2;
  const mask = size - 1;
  const keys = new Int32Array(size).fill(-1);
  const values = new Int32Array(size);
  const slotOf = (state: number, unit: number) => (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7;
  // A state and a unit share one key: 15 bits of state would be too few, so keys hold the state and units their own array.
  const keyUnits = new Uint16Array(size);
  for (const [state, map] of children.entries()) {
    if (state % statesAStep === 0) yield;
    for (const [unit, child] of map) {
      let slot = slotOf(state, unit) & mask;
      while (keys[slot] !== -1) slot = (slot + 1) & mask;
      keys[slot] = state;
      keyUnits[slot] = unit;
      values[slot] = child;
    }
  }
  const rootStep = literals.length < tableFrom ? undefined : new Int32Array(65536);
  if (rootStep !== undefined) for (const [unit, child] of children[0]!) rootStep[unit] = child;

  const outputStart = new Int32Array(states + 1);
  const flat: number[] = [];
  own.forEach((ids, state) => {
    outputStart[state] = flat.length;
    flat.push(...ids);
  });
  outputStart[states] = flat.length;

  function step(from: number, unit: number): number {
    let state = from;
    while (state !== 0) {
      const to = child(state, unit);
      if (to !== 0) return to;
      state = fail[state]!;
    }
    return rootStep === undefined ? child(0, unit) : rootStep[unit]!;
  }

  /** 0: there is none. */
  function child(state: number, unit: number): number {
    let slot = slotOf(state, unit) & mask;
    while (keys[slot] !== -1) {
      if (keys[slot] === state && keyUnits[slot] === unit) return values[slot]!;
      slot = (slot + 1) & mask;
    }
    return 0;
  }

  return { outputStart, outputs: Int32Array.from(flat), lengths: Int32Array.from(literals, (literal) => literal.length), step };
}
