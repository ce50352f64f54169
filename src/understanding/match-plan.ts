/**
 * What each literal sets off: patterns as the matcher runs them. Literals that stand in the same place of a pattern form a class;
 * a sequence is filed under the literals that may end it.
 */
import type { Element, Sequence } from './pattern.js';
import type { Steps } from './steps.js';

/** A word of a slot: what it stands for is the caller's `value` index. */
export interface SlotWord {
  readonly slot: string;
  readonly literal: string;
  readonly value: number;
}

/** A pattern's sequence with the rule it belongs to; several sequences may share a rule. */
export interface RuleSequence {
  readonly rule: number;
  readonly sequence: Sequence;
}

/** A sequence as it is looked for: backwards from its last element. */
export interface Compiled {
  readonly rule: number;
  readonly classes: readonly number[];
  readonly gaps: readonly number[];
  readonly fromClauseStart: boolean;
  readonly toClauseEnd: boolean;
}

/** Sequences with the same last-but-one class: none of them is tried before that class was seen. */
export interface Group {
  /** -1: sequences of one element. */
  readonly before: number;
  readonly sequences: Compiled[];
}

/** What a literal or a slot word sets off when it is seen. */
export interface Plan {
  /** Classes in which later elements look for it. */
  readonly holds: number[];
  /** Sequences that end with it. */
  readonly groups: Group[];
  readonly words: SlotWord[];
  isLead: boolean;
}

export interface Plans {
  readonly literals: readonly string[];
  /** By the literal's index. */
  readonly ofLiterals: readonly Plan[];
  readonly ofSlot: (slot: string) => Plan;
  readonly classes: number;
}

const rulesAStep = 100;

/** @param leads polite openings */
export function* planning(rules: readonly RuleSequence[], words: readonly SlotWord[], leads: readonly string[]): Steps<Plans> {
  const literals: string[] = [];
  const plans: Plan[] = [];
  const ids = new Map<string, number>();
  const planOf = (literal: string): Plan => {
    let id = ids.get(literal);
    if (id === undefined) {
      id = literals.push(literal) - 1;
      ids.set(literal, id);
      plans.push(emptyPlan());
    }
    return plans[id]!;
  };
  const slotPlans = new Map<string, Plan>();
  const slotPlan = (slot: string): Plan => {
    const known = slotPlans.get(slot) ?? emptyPlan();
    slotPlans.set(slot, known);
    return known;
  };
  const plansFor = (element: Element): Plan[] =>
    element.slot === undefined ? element.literals.map(planOf) : [slotPlan(element.slot)];

  const classes = new Map<string, number>();
  const classOf = (element: Element): number => {
    const key = element.slot === undefined ? [...element.literals].sort().join('|') : `<${element.slot}>`;
    let id = classes.get(key);
    if (id === undefined) {
      id = classes.size;
      classes.set(key, id);
      for (const plan of plansFor(element)) plan.holds.push(id);
    }
    return id;
  };
  for (const [at, { rule, sequence }] of rules.entries()) {
    if (at % rulesAStep === 0) yield;
    const { elements, fromClauseStart, toClauseEnd } = sequence;
    const compiled: Compiled = {
      rule,
      classes: elements.slice(0, -1).map(classOf),
      gaps: elements.map((element) => element.gapBefore),
      fromClauseStart,
      toClauseEnd,
    };
    const before = compiled.classes.at(-1) ?? -1;
    for (const plan of plansFor(elements.at(-1)!)) {
      const group = plan.groups.find((one) => one.before === before);
      if (group === undefined) plan.groups.push({ before, sequences: [compiled] });
      else group.sequences.push(compiled);
    }
  }
  for (const word of words) {
    planOf(word.literal).words.push(word);
    slotPlan(word.slot);
  }
  for (const lead of leads) planOf(lead).isLead = true;
  return { literals, ofLiterals: plans, ofSlot: slotPlan, classes: classes.size };
}

function emptyPlan(): Plan {
  return { holds: [], groups: [], words: [], isLead: false };
}
