/** Which side of its matter an intent is about, as its file's `facets` name it. */
import type { Candidate, Phrases } from './candidates.js';
import type { Rule } from './model.js';
import { isWithinOther, type Reach, reachOf } from './reach.js';
import type { Match } from './scan.js';

export interface Sides {
  /** The side of the matter that its own phrase names, by words that no other intent rests on. */
  readonly facet?: string;
  /** Another clause asks for another side of it: 退款多久到账？怎么申请？ */
  readonly asksMore: boolean;
}

const none: Sides = { asksMore: false };

/** Reads the sides of one intent after the other. */
export interface SideReader {
  sidesOf(intent: number, mine: readonly Candidate[]): Sides;
}

interface FacetMatch {
  readonly match: Match;
  readonly rule: Rule & { readonly does: 'facet' };
}

/**
 * @param matches of rules that tell a side
 * @param candidates of all intents
 */
export function readingSides(
  matches: readonly Match[],
  candidates: readonly Candidate[],
  rules: readonly Rule[],
  phrases: Phrases,
): SideReader {
  const byIntent = new Map<number, FacetMatch[]>();
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does !== 'facet') continue;
    const known = byIntent.get(rule.intent);
    if (known === undefined) byIntent.set(rule.intent, [{ match, rule }]);
    else known.push({ match, rule });
  }
  let reach: Reach | undefined;

  return {
    sidesOf(intent, mine) {
      const facets = byIntent.get(intent);
      if (facets === undefined) return none;
      reach ??= reachOf(candidates, phrases.length);
      const myPhrases = phrasesOf(mine, phrases);
      const byClause = new Map<number, { facet: string; order: number }>();
      for (const { match, rule } of facets) {
        const known = byClause.get(match.clause);
        if (known !== undefined && rule.order >= known.order) continue;
        if (!touches(match, myPhrases, phrases) || isWithinOther(reach, match, intent)) continue;
        byClause.set(match.clause, { facet: rule.facet, order: rule.order });
      }
      const sides = [...byClause.values()].sort((one, other) => one.order - other.order);
      const [first] = sides;
      if (first === undefined) return none;
      return { facet: first.facet, asksMore: sides.some(({ facet }) => facet !== first.facet) };
    },
  };
}

/** By phrase whether it is one of them: a text has few, and a set costs more to make than to ask. */
export type SomePhrases = readonly boolean[];

/** The phrases that candidates stand in. */
export function phrasesOf(candidates: readonly Candidate[], phrases: Phrases): SomePhrases {
  const all: boolean[] = [];
  for (let phrase = phrases.length === 0 ? -1 : phrases.at(-1)!; phrase >= 0; phrase--) all.push(false);
  for (const { matches } of candidates) {
    for (const { start, end } of matches) {
      for (let phrase = phrases[start]!; phrase <= phrases[end - 1]!; phrase++) all[phrase] = true;
    }
  }
  return all;
}

/** Whether a find stands in one of these phrases, or reaches into one. */
export function touches({ start, end }: Match, these: SomePhrases, phrases: Phrases): boolean {
  for (let phrase = phrases[start]!; phrase <= phrases[end - 1]!; phrase++) if (these[phrase] === true) return true;
  return false;
}
