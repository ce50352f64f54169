/**
 * What goes out is checked here: replies before they are sent, templates when they are saved, an agent's words as they
 * are typed.
 */
import type { Finding } from '../conversation.js';
import { fold } from './fold.js';
import { type Keep, type LineReader, learnAnew, learnLines } from './line-reader.js';
import { ordinaryLines } from './lines/ordinary.js';
import { isHouseRule } from './load-rules.js';
import type { CheckContext, Rule } from './rule.js';
import { secondReading } from './second-reading.js';

/** Rules in the order in which their findings are told. */
export interface CompiledRules {
  readonly rules: readonly Rule[];
  /** Reads beside them; none where no rule has lines. It learns when it is first asked for, in about a fifth of a second. */
  readonly reader: () => LineReader | undefined;
  /** All of them and all lines are the house's own: what they find is told by the version of the code and their ids. */
  readonly isHouse: boolean;
}

const weight = { block: 0, points: 1, hint: 2 } as const;

/**
 * Checks that no two rules have one id, and puts the gravest first.
 * @param ordinary what the line reader learns of as keeping all rules
 * @param keep may know what the line reader learnt before
 */
export function compileRules(rules: readonly Rule[], ordinary = ordinaryLines, keep: Keep = learnAnew): CompiledRules {
  const ids = new Set<string>();
  for (const { id } of rules) {
    if (ids.has(id)) throw new Error(`two compliance rules are called ${id}`);
    ids.add(id);
  }
  const order = (one: Rule, other: Rule) =>
    weight[one.severity] - weight[other.severity] || other.points - one.points || (one.id < other.id ? -1 : 1);
  const sorted = [...rules].sort(order);
  let learnt: Learnt | undefined;
  return {
    rules: sorted,
    reader: () => {
      learnt ??= learn(sorted, ordinary, keep);
      return learnt.reader;
    },
    isHouse: ordinary === ordinaryLines && sorted.every(isHouseRule),
  };
}

interface Learnt {
  readonly rules: readonly Rule[];
  readonly ordinary: readonly string[];
  readonly reader: LineReader | undefined;
}

let last: Learnt | undefined;

/** Files of a shop are read again and again with the same rules: what was learnt of them last is kept. */
function learn(rules: readonly Rule[], ordinary: readonly string[], keep: Keep): Learnt {
  const isSame =
    last?.ordinary === ordinary && last.rules.length === rules.length && last.rules.every((rule, at) => rule === rules[at]);
  if (last === undefined || !isSame) last = { rules, ordinary, reader: learnLines(rules, ordinary, keep) };
  return last;
}

/** All breaches of all rules in a text about to go out, the gravest rule first, each rule's in the order of the text. */
export function check(text: string, context: CheckContext, { rules, reader }: CompiledRules): Finding[] {
  const found: Finding[] = [];
  const second = reader();
  const reading = second === undefined ? undefined : secondReading(second, fold(text), context);
  for (const rule of rules)
    for (const finding of rule.check(text, context)) if (reading?.overrules(rule, finding) !== true) found.push(finding);
  if (reading !== undefined) for (const finding of reading.more(found)) found.push(finding);
  return found;
}

/** The same for names and words that are no lines: the patterns' findings alone. */
export function checkWords(text: string, context: CheckContext, { rules }: CompiledRules): Finding[] {
  return rules.flatMap((rule) => rule.check(text, context));
}
