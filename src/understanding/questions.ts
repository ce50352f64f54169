/** Questions in which nothing was found: they are left to a person while the rest is answered. */
import type { Candidate, Phrases } from './candidates.js';
import type { Model } from './model.js';
import { type Folded, hardUnit, questionUnit, softUnit } from './normalise.js';
import type { Match } from './scan.js';
import { phrasesOf, touches } from './sides.js';

/**
 * Whether a phrase asks something and nothing was found in it: 包邮吗，这个会扎脖子吗.
 * @param questions of rules that show a question
 */
export function asksMore(
  folded: Folded,
  questions: readonly Match[],
  model: Model,
  candidates: readonly Candidate[],
  phrases: Phrases,
): boolean {
  if (questions.length > 0) {
    const found = phrasesOf(candidates, phrases);
    if (questions.some((question) => !touches(question, found, phrases))) return true;
  }
  return asksBetween(folded, model, candidates) || asksBehind(folded, questions, model, candidates);
}

/** Whether behind a particle in the middle something more is asked, and nothing was found there: 两盒包邮对吗一盒几个. */
function asksBehind(
  { units, length }: Folded,
  questions: readonly Match[],
  { askingParticles }: Model,
  candidates: readonly Candidate[],
): boolean {
  let lastAsked = 0;
  for (const { start } of questions) lastAsked = Math.max(lastAsked, start);
  let foundEnd = 0;
  for (const { matches } of candidates) for (const { end } of matches) foundEnd = Math.max(foundEnd, end);
  const to = Math.min(length - leastAfterParticle, lastAsked);
  for (let i = Math.max(2, foundEnd - 1); i < to; i++) {
    if (!askingParticles.has(units[i]!) || isMarked(units, i + 1, length)) continue;
    // The particle of 什么 and 怎么 ends nothing.
    if (!questions.some(({ start, end }) => start < i && end > i)) return true;
  }
  return false;
}

/** Further back than this a question's particle belongs to other words. */
const mostBeforeParticle = 8;
const leastAfterParticle = 4;

/** Whether a particle in the middle ends a question in which nothing was found: 有大的吗你们发什么快递. */
function asksBetween({ units, length }: Folded, { askingParticles }: Model, candidates: readonly Candidate[]): boolean {
  let lastFound: Int32Array | undefined;
  for (let i = 2; i < length - leastAfterParticle; i++) {
    if (!askingParticles.has(units[i]!) || isMarked(units, i + 1, length)) continue;
    lastFound ??= lastFoundUnits(candidates, length);
    if (lastFound[i]! < i - mostBeforeParticle) return true;
  }
  return false;
}

/** Per unit the last one up to it that a find covers. */
function lastFoundUnits(candidates: readonly Candidate[], length: number): Int32Array {
  const last = new Int32Array(length).fill(-1 - mostBeforeParticle);
  for (const { matches } of candidates) for (const { start, end } of matches) for (let i = start; i < end; i++) last[i] = i;
  for (let i = 1; i < length; i++) if (last[i]! < 0) last[i] = last[i - 1]!;
  return last;
}

/** A mark follows within the words that a thought takes: what stands behind it is parted anyway. */
function isMarked(units: Uint16Array, from: number, length: number): boolean {
  for (let i = from; i < Math.min(length, from + leastAfterParticle); i++)
    if (units[i] === softUnit || units[i] === hardUnit || units[i] === questionUnit) return true;
  return false;
}
