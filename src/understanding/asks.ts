/** What the rules say of a message beside its finds: the ask of each clause, and what is denied. */
import type { Ask } from '../conversation.js';
import type { Rule } from './model.js';
import type { Match, Scan } from './scan.js';

const askOrder: readonly Ask[] = ['own_order', 'request', 'report', 'rule', 'statement'];

/** @param matches of rules that name an ask */
export function asksByClause(matches: readonly Match[], rules: readonly Rule[]): ReadonlyMap<number, Ask> | undefined {
  let asks: Map<number, Ask> | undefined;
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does !== 'ask') continue;
    asks ??= new Map();
    const known = asks.get(match.clause);
    if (known === undefined || askOrder.indexOf(rule.ask) < askOrder.indexOf(known)) asks.set(match.clause, rule.ask);
  }
  return asks;
}

/** Whether a file's `unless` denies an intent anywhere: the second reader does not bring it back. */
export function isDenied({ cancels }: Pick<Scan, 'cancels'>, intent: number, rules: readonly Rule[]): boolean {
  for (const { count, rules: numbers } of cancels) {
    for (let at = 0; at < count; at++) {
      const rule = rules[numbers[at]!]!;
      if (rule.does === 'cancel_intent' && rule.intent === intent) return true;
    }
  }
  return false;
}
