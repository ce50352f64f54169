/** Questions in which nothing was found: they are left to a person while the rest is answered. */
import type { Candidate } from './candidates.js';
import type { Model } from './model.js';
import { type Folded, hardUnit, questionUnit, softUnit } from './normalise.js';
import { type Phrases, phraseCount } from './phrases.js';
import type { Match, SlotHit } from './scan.js';
import { phrasesOf, touches } from './sides.js';

/**
 * Whether a phrase asks something and nothing was found in it: 包邮吗，这个会扎脖子吗.
 * @param questions of rules that show a question
 * @param told what is named, where the product's details are the answer
 */
export function asksMore(
  folded: Folded,
  questions: readonly Match[],
  model: Model,
  candidates: readonly Candidate[],
  phrases: Phrases,
  told?: readonly SlotHit[],
): boolean {
  if (told !== undefined && asksBesideDetails(told, questions, candidates, model, phrases)) return true;
  if (questions.length > 0) {
    const found = phrasesOf(candidates, phrases);
    for (let at = 0; at < questions.length; at++) if (!touches(questions[at]!, found, phrases)) return true;
    if (questions.length > 1 && asksTwice(questions, candidates)) return true;
  }
  const from = nextParticle(folded, model, 2);
  if (from < 0) return false;
  return asksBetween(folded, model, candidates, from) || asksBehind(folded, questions, model, candidates);
}

/** Whether anything is asked beside these words: 谢谢 with 要多久可以好 in front of it is not all that was said. */
export function asksBeside({ units, length }: Folded, questions: readonly Match[], candidates: readonly Candidate[]): boolean {
  for (let at = 0; at < questions.length; at++) {
    const { start, end } = questions[at]!;
    // A particle belongs to the words right before it: 没人吗, 谢谢呢.
    if (!isTouched(end - start === 1 ? start - 1 : start, end, candidates)) return true;
  }
  let start = 0;
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    if (unit !== softUnit && unit !== hardUnit && unit !== questionUnit) continue;
    if (unit === questionUnit && i - start >= leastAsked && !isTouched(start, i, candidates)) return true;
    start = i + 1;
  }
  return false;
}

/** Fewer characters in front of a question mark ask nothing by themselves. */
const leastAsked = 2;

/** Whether one of the finds shares words with this stretch. */
function isTouched(from: number, to: number, candidates: readonly Candidate[]): boolean {
  return candidates.some(({ matches }) => matches.some(({ start, end }) => start < to && end > from));
}

/** Whether goods are asked about in a phrase that names nothing which the product's details tell, beside one that does: 手工的吗 厚不厚. */
function asksBesideDetails(
  hits: readonly SlotHit[],
  questions: readonly Match[],
  candidates: readonly Candidate[],
  model: Model,
  phrases: Phrases,
): boolean {
  if (phraseCount(phrases) < 2) return false;
  const details = hits.filter(({ slot }) => slot === 'detail' || slot === 'weakness');
  const isIn = ({ start, end }: { readonly start: number; readonly end: number }, phrase: number) =>
    phrases.at[start]! <= phrase && phrases.at[end - 1]! >= phrase;
  return questions.some((question) => {
    const phrase = phrases.at[question.start]!;
    if (details.some((detail) => isIn(detail, phrase))) return false;
    const here = candidates.filter(({ matches }) => matches.some((one) => isIn(one, phrase)));
    return here.length > 0 && here.every(({ intent }) => model.intents[intent]!.goesOnWith.has('details'));
  });
}

/** So far behind all that was found another question is about something else. */
const leastApart = 5;

/** Whether one question is answered by what was found, and another stands well behind all of it: 几天能到拍四件是真空包装吗. */
function asksTwice(questions: readonly Match[], candidates: readonly Candidate[]): boolean {
  let foundEnd = -1;
  for (const { matches } of candidates) for (const { end } of matches) if (end > foundEnd) foundEnd = end;
  let isAnyAnswered = false;
  for (const { start } of questions) isAnyAnswered ||= start < foundEnd;
  if (!isAnyAnswered) return false;
  return questions.some(({ start }) => start >= foundEnd + leastApart);
}

// A bit for each unit: whether it is such a particle. A look at it costs less than asking a set, and each unit is asked.
const particleBits = new Uint8Array(8192);
let particles: ReadonlySet<number> | undefined;

function bitsOf({ askingParticles }: Model): Uint8Array {
  if (particles !== askingParticles) {
    particleBits.fill(0);
    for (const unit of askingParticles) particleBits[unit >>> 3]! |= 1 << (unit & 7);
    particles = askingParticles;
  }
  return particleBits;
}

/** The next particle from a place on that stands in the middle and has no mark behind it; -1: there is none. */
function nextParticle({ units, length }: Folded, model: Model, from: number): number {
  const bits = bitsOf(model);
  for (let i = from; i < length - leastAfterParticle; i++) {
    const unit = units[i]!;
    if ((bits[unit >>> 3]! & (1 << (unit & 7))) !== 0 && !isMarked(units, i + 1, length)) return i;
  }
  return -1;
}

/** Whether behind a particle in the middle something more is asked, and nothing was found there: 两盒包邮对吗一盒几个. */
function asksBehind(folded: Folded, questions: readonly Match[], model: Model, candidates: readonly Candidate[]): boolean {
  let lastAsked = 0;
  for (const { start } of questions) if (start > lastAsked) lastAsked = start;
  let foundEnd = 0;
  for (const { matches } of candidates) for (const { end } of matches) if (end > foundEnd) foundEnd = end;
  for (
    let i = nextParticle(folded, model, Math.max(2, foundEnd - 1));
    i >= 0 && i < lastAsked;
    i = nextParticle(folded, model, i + 1)
  ) {
    // The particle of 什么 and 怎么 ends nothing.
    if (!questions.some(({ start, end }) => start < i && end > i)) return true;
  }
  return false;
}

/** Further back than this a question's particle belongs to other words. */
const mostBeforeParticle = 8;
const leastAfterParticle = 4;

/** Whether a particle in the middle, from the first one on, ends a question in which nothing was found: 有大的吗你们发什么快递. */
function asksBetween(folded: Folded, model: Model, candidates: readonly Candidate[], first: number): boolean {
  const lastFound = lastFoundUnits(candidates, folded.length);
  for (let i = first; i >= 0; i = nextParticle(folded, model, i + 1)) if (lastFound[i]! < i - mostBeforeParticle) return true;
  return false;
}

// The next text's are written over it.
let scratch = new Int32Array(64);

/** Per unit the last one up to it that a find covers. */
function lastFoundUnits(candidates: readonly Candidate[], length: number): Int32Array {
  if (scratch.length < length) scratch = new Int32Array(length * 2);
  const last = scratch.fill(-1 - mostBeforeParticle, 0, length);
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
