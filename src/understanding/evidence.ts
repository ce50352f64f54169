/** The words that a find rests on. */
import type { Evidence } from '../conversation.js';
import type { Candidate } from './candidates.js';
import type { Rule } from './model.js';
import type { Folded } from './normalise.js';

const longestRule = 40;
/** Reasons beyond these nobody reads. */
const mostEvidence = 64;

// Scratch: where each find stands in the text, its rule, and the finds from the first and longest on.
const starts = new Int32Array(mostEvidence);
const ends = new Int32Array(mostEvidence);
const ruleNumbers = new Int32Array(mostEvidence);
const inOrder = new Uint8Array(mostEvidence);
const isInside = new Uint8Array(mostEvidence);

/** The words in the buyer's own spelling that an intent's candidates rest on; of words inside one another the longest. */
export function evidenceOf(
  candidates: readonly Candidate[],
  intent: number,
  rules: readonly Rule[],
  folded: Folded,
  text: string,
): readonly Evidence[] {
  let count = 0;
  for (let at = 0; at < candidates.length; at++) {
    const { intent: its, matches } = candidates[at]!;
    if (its !== intent) continue;
    for (let k = 0; k < matches.length && count < mostEvidence; k++) {
      const match = matches[k]!;
      starts[count] = folded.start[match.start]!;
      ends[count] = folded.end[match.end - 1]!;
      ruleNumbers[count++] = match.rule;
    }
  }
  if (count === 1) return [evidenceAt(0, rules, text)];
  findInside(count);
  let kept: Evidence[] = [];
  for (let at = 0; at < count; at++) {
    if (isInside[at] === 1) continue;
    const one = evidenceAt(at, rules, text);
    // A list that grows is made with much room to spare.
    if (kept.length === 0) kept = [one];
    else kept.push(one);
  }
  return kept;
}

/** Behind those that start before it, and the longer of those that start with it, what ends no later than they lies inside one. */
function findInside(count: number): void {
  for (let at = 0; at < count; at++) {
    let place = at;
    while (place > 0 && isBefore(at, inOrder[place - 1]!)) {
      inOrder[place] = inOrder[place - 1]!;
      place--;
    }
    inOrder[place] = at;
  }
  let furthest = -1;
  for (let place = 0; place < count; place++) {
    const at = inOrder[place]!;
    isInside[at] = ends[at]! <= furthest ? 1 : 0;
    if (ends[at]! > furthest) furthest = ends[at]!;
  }
}

function isBefore(one: number, other: number): boolean {
  return starts[one]! < starts[other]! || (starts[one] === starts[other] && ends[one]! > ends[other]!);
}

function evidenceAt(at: number, rules: readonly Rule[], text: string): Evidence {
  const start = starts[at]!;
  const end = ends[at]!;
  const rule = rules[ruleNumbers[at]!]!;
  return { start, end, words: text.slice(start, end), rule: rule.does === 'find' ? shortened(rule.pattern) : '' };
}

/** Enough of a pattern to find it in its file; some list a hundred words. */
export function shortened(pattern: string): string {
  return pattern.length <= longestRule ? pattern : `${pattern.slice(0, longestRule - 1)}…`;
}
