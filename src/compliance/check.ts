/**
 * What goes out is checked here: replies before they are sent, templates when they are saved, an agent's words as they
 * are typed.
 */
import type { Finding } from '../conversation.js';
import type { CheckContext, Rule } from './rule.js';

/** Rules in the order in which their findings are told. */
export interface CompiledRules {
  readonly rules: readonly Rule[];
}

const weight = { block: 0, points: 1, hint: 2 } as const;

/** Checks that no two rules have one id, and puts the gravest first. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  const ids = new Set<string>();
  for (const { id } of rules) {
    if (ids.has(id)) throw new Error(`two compliance rules are called ${id}`);
    ids.add(id);
  }
  const order = (one: Rule, other: Rule) =>
    weight[one.severity] - weight[other.severity] || other.points - one.points || (one.id < other.id ? -1 : 1);
  return { rules: [...rules].sort(order) };
}

/** All breaches of all rules in a text about to go out, the gravest rule first, each rule's in the order of the text. */
export function check(text: string, context: CheckContext, { rules }: CompiledRules): Finding[] {
  const found: Finding[] = [];
  for (const rule of rules) for (const finding of rule.check(text, context)) found.push(finding);
  return found;
}
