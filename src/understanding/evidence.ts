/** The words that a find rests on. */
import type { Evidence } from '../conversation.js';
import type { Candidate } from './candidates.js';
import type { Rule } from './model.js';
import type { Folded } from './normalise.js';

const longestRule = 40;
/** Reasons beyond these nobody reads. */
const mostEvidence = 64;

/** The words in the buyer's own spelling; of words inside one another the longest. */
export function evidenceOf(
  mine: readonly Candidate[],
  rules: readonly Rule[],
  folded: Folded,
  text: string,
): readonly Evidence[] {
  const all: Evidence[] = [];
  for (const { matches } of mine) {
    for (const match of matches) {
      if (all.length === mostEvidence) break;
      const rule = rules[match.rule]!;
      const start = folded.start[match.start]!;
      const end = folded.end[match.end - 1]!;
      all.push({ start, end, words: text.slice(start, end), rule: rule.does === 'find' ? shortened(rule.pattern) : '' });
    }
  }
  if (all.length < 2) return all;
  return all.filter(
    (one, at) =>
      !all.some(
        (other, k) =>
          k !== at &&
          other.start <= one.start &&
          other.end >= one.end &&
          (other.end - other.start > one.end - one.start || k < at),
      ),
  );
}

/** Enough of a pattern to find it in its file; some list a hundred words. */
function shortened(pattern: string): string {
  return pattern.length <= longestRule ? pattern : `${pattern.slice(0, longestRule - 1)}…`;
}
