/** From patterns to what the scan runs. */
import { type AutomatonTables, buildingAutomaton } from './aho-corasick.js';
import type { Edges } from './edges.js';
import { planning, type RuleSequence, type SlotWord } from './match-plan.js';
import { matcherOf } from './matcher.js';
import type { Plans } from './plans.js';
import type { Matcher } from './scan.js';
import { atOnce, type Steps } from './steps.js';

/** The patterns as they are run: plain data, which can be kept. */
export interface CompiledPatterns {
  readonly plans: Plans;
  readonly automaton: AutomatonTables;
  /** Elements of the longest sequence. */
  readonly longest: number;
  /** Units between two elements at most. */
  readonly widestGap: number;
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
  return {
    plans,
    automaton: yield* buildingAutomaton(literals),
    longest: longestSequence(rules),
    widestGap: rules.reduce(
      (most, { sequence }) => sequence.elements.reduce((so, { gapBefore }) => Math.max(so, gapBefore), most),
      0,
    ),
  };
}

function longestSequence(rules: readonly RuleSequence[]): number {
  return rules.reduce((most, { sequence }) => Math.max(most, sequence.elements.length), 1);
}
