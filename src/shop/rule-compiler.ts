/** From patterns as an owner writes them to rules as the matcher runs them. Faults name file, place and mend. */
import type { Fault } from '../errors.js';
import type { RuleSequence } from '../understanding/match-plan.js';
import type { Rule } from '../understanding/model.js';
import { PatternError, parsePattern } from '../understanding/pattern.js';
import type { IntentFile } from './intent-file.js';

const defaultWeight = 0.9;

/** What of an intent file makes rules. */
export type IntentPatterns = Pick<IntentFile, 'patterns' | 'facets' | 'unless' | 'goesOn'>;

export interface RuleCompiler {
  readonly rules: Rule[];
  readonly sequences: RuleSequence[];
  /** The number of the rule; undefined for a pattern that cannot be read. */
  addPattern(rule: Rule, pattern: string, path: string, place: string, mayEndPhrase?: boolean): number | undefined;
  addIntent(index: number, intent: IntentPatterns, path: string, isTalk: boolean): void;
}

/**
 * @param words word lists for {name} in patterns
 * @param isKnown whether there is such an intent
 * @param firstRule the number of the first rule, where others stand before them
 */
export function openRules(
  words: ReadonlyMap<string, readonly string[]>,
  foldWord: (word: string) => string,
  faults: Fault[],
  isKnown: (intent: string) => boolean,
  firstRule = 0,
): RuleCompiler {
  const rules: Rule[] = [];
  const sequences: RuleSequence[] = [];
  // The same `unless` stands behind many patterns: it is looked for once (four of five cost nothing).
  const cancelled = new Map<string, number[]>();

  function addUnless(unless: string, rule: number, path: string, place: string): void {
    const known = cancelled.get(unless);
    if (known !== undefined) {
      known.push(rule);
      return;
    }
    const rules = [rule];
    if (addPattern({ does: 'cancel_rules', rules }, unless, path, place) !== undefined) cancelled.set(unless, rules);
  }

  function addPattern(rule: Rule, pattern: string, path: string, place: string, mayEndPhrase = false): number | undefined {
    try {
      const parsed = parsePattern(pattern, words, foldWord);
      const id = firstRule + rules.push(rule) - 1;
      const deed = deedOf(rule, firstRule > 0);
      for (const sequence of parsed) sequences.push({ rule: id, sequence, ...deed, ...(mayEndPhrase ? { mayEndPhrase } : {}) });
      return id;
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      faults.push({
        file: path,
        path: place,
        problem: `pattern "${pattern}": ${error.message}`,
        mend: error.mend,
        severity: 'error',
      });
      return undefined;
    }
  }

  return {
    rules,
    sequences,
    addPattern,
    addIntent(index, intent, path, isTalk) {
      for (const [at, entry] of intent.patterns.entries()) {
        const pattern = typeof entry === 'string' ? { match: entry } : entry;
        const place = `patterns[${at}]`;
        const rule: Rule = {
          does: 'find',
          intent: index,
          weight: pattern.weight ?? defaultWeight,
          ...(pattern.ask === undefined ? {} : { ask: pattern.ask }),
          pattern: pattern.match,
        };
        // 好的 in front of a pause is no thanks for all that stands behind it.
        const id = addPattern(rule, pattern.match, path, place, !isTalk);
        if (id === undefined) continue;
        for (const unless of pattern.unless ?? []) addUnless(unless, id, path, `${place}.unless`);
      }
      for (const [order, [facet, patterns]] of Object.entries(intent.facets).entries()) {
        for (const [at, pattern] of patterns.entries())
          addPattern({ does: 'facet', intent: index, facet, order }, pattern, path, `facets.${facet}[${at}]`);
      }
      for (const [at, entry] of intent.goesOn.patterns.entries()) {
        const { match, after = [], with: known, afterFacets, facet, ask } = typeof entry === 'string' ? { match: entry } : entry;
        const place = `goesOn.patterns[${at}]`;
        for (const id of after) if (!isKnown(id)) faults.push(unknownIntent(path, `${place}.after`, id));
        if (facet !== undefined && !Object.hasOwn(intent.facets, facet)) faults.push(unknownFacet(path, `${place}.facet`, facet));
        const rule: Rule = {
          does: 'continue',
          intent: index,
          after,
          ...(known === undefined ? {} : { with: known }),
          ...(afterFacets === undefined ? {} : { afterFacets }),
          ...(facet === undefined ? {} : { facet }),
          ...(ask === undefined ? {} : { ask }),
        };
        addPattern(rule, match, path, place);
      }
      for (const [at, pattern] of intent.unless.entries())
        addPattern({ does: 'cancel_intent', intent: index }, pattern, path, `unless[${at}]`);
    },
  };
}

/** @param isOverOthers the finds of those are not known to the matcher of these */
function deedOf(rule: Rule, isOverOthers: boolean): Pick<RuleSequence, 'does' | 'intent' | 'cancels'> {
  if (rule.does === 'find') return { does: 'find', intent: rule.intent };
  if (rule.does === 'facet') return isOverOthers ? { does: 'facet' } : { does: 'facet', intent: rule.intent };
  if (rule.does === 'cancel_rules') return { does: 'cancel', cancels: rule.rules };
  // What a file denies, the second reader does not bring back: that is looked for whatever was found.
  if (rule.does === 'cancel_intent') return { does: 'cancel', cancels: 'any' };
  return { does: rule.does };
}

function unknownIntent(file: string, path: string, id: string): Fault {
  return { file, path, problem: `there is no intent "${id}"`, mend: 'Name one of intents/*.yaml.', severity: 'error' };
}

function unknownFacet(file: string, path: string, facet: string): Fault {
  return { file, path, problem: `there is no facet "${facet}"`, mend: 'Name one under facets.', severity: 'error' };
}
