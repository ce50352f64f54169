/** Questions in which nothing was found: they are left to a person while the rest is answered. */
import { type Candidate, inOnePhrase, type Phrases } from './candidates.js';
import type { Match } from './matcher.js';
import type { Model } from './model.js';
import { type Folded, hardUnit, softUnit } from './normalise.js';

const questionMark = 0x3f;

/** Whether a phrase asks something and nothing was found in it: 包邮吗，这个会扎脖子吗. */
export function asksMore(
  folded: Folded,
  matches: readonly Match[],
  model: Model,
  candidates: readonly Candidate[],
  phrases: Phrases,
): boolean {
  const isFound = (question: Match) =>
    candidates.some((one) => one.matches.some((its) => its.clause === question.clause && inOnePhrase(its, question, phrases)));
  const isMissed = matches.some((match) => model.rules[match.rule]!.does === 'question' && !isFound(match));
  return isMissed || asksBetween(folded, model, candidates) || asksBehind(folded, matches, model, candidates);
}

/** Whether behind a particle in the middle something more is asked, and nothing was found there: 两盒包邮对吗一盒几个. */
function asksBehind(
  { units, length }: Folded,
  matches: readonly Match[],
  { askingParticles, rules }: Model,
  candidates: readonly Candidate[],
): boolean {
  const questions = matches.filter((match) => rules[match.rule]!.does === 'question');
  if (questions.length === 0) return false;
  for (let i = 2; i < length - leastAfterParticle; i++) {
    // The particle of 什么 and 怎么 ends nothing.
    if (
      !askingParticles.has(units[i]!) ||
      isMarked(units, i + 1, length) ||
      questions.some((one) => one.start < i && one.end > i)
    )
      continue;
    if (questions.some((one) => one.start > i) && !candidates.some((one) => one.matches.some((match) => match.end > i + 1)))
      return true;
  }
  return false;
}

/** Further back than this a question's particle belongs to other words. */
const mostBeforeParticle = 8;
const leastAfterParticle = 4;

/** Whether a particle in the middle ends a question in which nothing was found: 有大的吗你们发什么快递. */
function asksBetween({ units, length }: Folded, { askingParticles }: Model, candidates: readonly Candidate[]): boolean {
  for (let i = 2; i < length - leastAfterParticle; i++) {
    if (!askingParticles.has(units[i]!) || isMarked(units, i + 1, length)) continue;
    const from = i - mostBeforeParticle;
    const isFound = candidates.some((one) => one.matches.some((match) => match.start <= i && match.end > from));
    if (!isFound) return true;
  }
  return false;
}

/** A mark follows within the words that a thought takes: what stands behind it is parted anyway. */
function isMarked(units: Uint16Array, from: number, length: number): boolean {
  for (let i = from; i < Math.min(length, from + leastAfterParticle); i++)
    if (units[i] === softUnit || units[i] === hardUnit || units[i] === questionMark) return true;
  return false;
}
