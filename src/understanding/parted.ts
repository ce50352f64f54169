/** What a scan found, parted by what the rules do. */
import type { Match } from './matcher.js';
import type { Rule } from './model.js';

export interface Parted {
  readonly finds: readonly Match[];
  readonly facets: readonly Match[];
  readonly asks: readonly Match[];
  readonly continues: readonly Match[];
  readonly questions: readonly Match[];
}

const none: readonly Match[] = [];

/**
 * Parts them once: rules have a shape for each thing they do, and a field that is read from all shapes in one place costs the
 * engine many times what it costs where only one arrives.
 */
export function parted(matches: readonly Match[], rules: readonly Rule[]): Parted {
  if (matches.length === 0) return { finds: none, facets: none, asks: none, continues: none, questions: none };
  const finds: Match[] = [];
  const facets: Match[] = [];
  const asks: Match[] = [];
  const continues: Match[] = [];
  const questions: Match[] = [];
  for (const match of matches) {
    const { does } = rules[match.rule]!;
    if (does === 'find') finds.push(match);
    else if (does === 'facet') facets.push(match);
    else if (does === 'ask') asks.push(match);
    else if (does === 'continue') continues.push(match);
    else if (does === 'question') questions.push(match);
  }
  return { finds, facets, asks, continues, questions };
}
