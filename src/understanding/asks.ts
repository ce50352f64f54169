/** What the rules say of a message beside its finds: the ask of each clause, and what is denied. */
import type { Ask } from '../conversation.js';
import type { Rule } from './model.js';
import type { Match, Scan } from './scan.js';

const askOrder: readonly Ask[] = ['own_order', 'request', 'report', 'rule', 'statement'];

/** The asks that the words of a message name, clause by clause. Nothing is made of them before one is asked for. */
export class ClauseAsks {
  private readonly matches: readonly Match[];
  private readonly rules: readonly Rule[];

  /** @param matches of rules that name an ask */
  constructor(matches: readonly Match[], rules: readonly Rule[]) {
    this.matches = matches;
    this.rules = rules;
  }

  /** The ask of a clause; undefined where its words name none. */
  get(clause: number): Ask | undefined {
    let best: Ask | undefined;
    for (let at = 0; at < this.matches.length; at++) {
      const match = this.matches[at]!;
      if (match.clause !== clause) continue;
      const rule = this.rules[match.rule]!;
      if (rule.does !== 'ask' || rule.ask === best) continue;
      if (best === undefined || askOrder.indexOf(rule.ask) < askOrder.indexOf(best)) best = rule.ask;
    }
    return best;
  }

  /** Whether any clause asks about an order of the buyer's own, which goes before all other asks of a clause. */
  get isOwnOrder(): boolean {
    for (let at = 0; at < this.matches.length; at++) {
      const rule = this.rules[this.matches[at]!.rule]!;
      if (rule.does === 'ask' && rule.ask === askOrder[0]) return true;
    }
    return false;
  }
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
