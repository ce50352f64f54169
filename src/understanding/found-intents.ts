/** Each intent by itself: patterns, the second reader and the thread as its witnesses. */
import type { Ask, FoundIntent } from '../conversation.js';
import { type ClauseAsks, isDenied } from './asks.js';
import type { Candidate } from './candidates.js';
import { beliefAt, marginAt, round } from './confidence.js';
import { evidenceOf } from './evidence.js';
import type { IntentModel, Model } from './model.js';
import { type Context, secondedByThread, threadConfidence } from './thread.js';
import type { Found, Reading } from './understand.js';

// These few figures were chosen on labelled messages by F1 (zaima eval), not learned.
const secondWitnessBelow = 0.6;
/** Where the second reader's belief seconds a pattern. */
const secondsFrom = 0.25;
/** Where its belief alone makes an intent the runner-up, and how sure it then is. */
const runnerUpMargin = marginAt(0.3);
const aloneShare = 0.75;

// By number whether the text at hand has the intent.
let isIntent = new Uint8Array(64);

/** By the intents' numbers: all zero, and left so after use. */
export function marksFor(intents: number): Uint8Array {
  if (isIntent.length < intents) isIntent = new Uint8Array(intents * 2);
  return isIntent;
}

/** What was found, by the intents' numbers, and what was nearly found. */
export function foundIn(reading: Reading, model: Model, context: Context): Found {
  const { candidates, margins } = reading;
  const { intents } = model;
  const isCandidate = marksFor(intents.length);
  for (let at = 0; at < candidates.length; at++) isCandidate[candidates[at]!.intent] = 1;
  let found: FoundIntent[] | undefined;
  let runnerUp: Found['runnerUp'];
  const count = intents.length;
  for (
    let index = nextTold(0, count, isCandidate, margins);
    index < count;
    index = nextTold(index + 1, count, isCandidate, margins)
  ) {
    const isMine = isCandidate[index] === 1;
    // A shop's own intents lie behind those that the reader learnt.
    const margin = index < margins.length ? margins[index]! : Number.NEGATIVE_INFINITY;
    isCandidate[index] = 0;
    const belief = beliefAt(margin);
    const intent = intents[index]!;
    if (!isMine) {
      if (!isDenied(reading.scan, index, model.rules)) runnerUp = surer(runnerUp, intent.id, belief * aloneShare);
      continue;
    }
    const best = bestOf(candidates, index);
    const isSeconded = belief >= secondsFrom;
    const isSecondedByThread = context.lastIntents !== undefined && secondedByThread(intent, context, reading.slots);
    const alone = confidenceOf(candidates, best, isSeconded ? belief : 0);
    const confidence = isSecondedByThread ? Math.max(alone, threadConfidence) : alone;
    if (confidence < intent.threshold) {
      runnerUp = surer(runnerUp, intent.id, confidence);
      continue;
    }
    const one: FoundIntent = {
      id: intent.id,
      confidence: round(confidence),
      ask: askOf(best, intent, reading.asks),
      by: isSeconded ? 'both' : isSecondedByThread ? 'context' : 'rules',
      evidence: evidenceOf(candidates, index, model.rules, reading.folded, reading.text),
    };
    // A list that grows is made with much room to spare; nearly all have one.
    if (found === undefined) found = [one];
    else found.push(one);
  }
  return { found: found ?? [], runnerUp };
}

/** The next intent that a pattern or the second reader tells of: most are told of by neither. */
function nextTold(from: number, count: number, isCandidate: Uint8Array, margins: Float32Array): number {
  const heard = Math.min(count, margins.length);
  let index = from | 0;
  while (index < heard && isCandidate[index] === 0 && margins[index]! < runnerUpMargin) index = (index + 1) | 0;
  if (index < heard) return index;
  while (index < count && isCandidate[index] === 0) index = (index + 1) | 0;
  return index;
}

/** The surest of an intent's candidates, which there are. */
function bestOf(candidates: readonly Candidate[], intent: number): Candidate {
  let best: Candidate | undefined;
  for (let at = 0; at < candidates.length; at++) {
    const one = candidates[at]!;
    if (one.intent === intent && (best === undefined || one.weight > best.weight)) best = one;
  }
  return best!;
}

function surer(known: Found['runnerUp'], id: string, confidence: number): Found['runnerUp'] {
  return known === undefined || confidence > known.confidence ? { id, confidence: round(confidence) } : known;
}

/** Each further witness takes a fifth of the doubt; the second reader's word counts by its belief. */
function confidenceOf(candidates: readonly Candidate[], best: Candidate, secondedBy: number): number {
  let witnesses = 0;
  for (let at = 0; at < candidates.length; at++)
    if (candidates[at]!.intent === best.intent) witnesses += candidates[at]!.witnesses;
  const confidence = 1 - (1 - best.weight) * (witnesses === 1 ? 1 : 0.8 ** (witnesses - 1));
  if (secondedBy > 0) return confidence + (1 - confidence) * 0.6 * secondedBy;
  return best.weight < secondWitnessBelow && witnesses < 2 ? confidence * 0.7 : confidence;
}

function askOf(best: Candidate, intent: IntentModel, asks: ClauseAsks | undefined): Ask {
  const ask = best.ask ?? asks?.get(best.clause) ?? intent.ask;
  // "我昨天买的。什么时候发": a policy would be the wrong answer to somebody who asks about an order.
  if (intent.aboutOrder && ask === 'rule' && asks?.isOwnOrder === true) return 'own_order';
  return ask;
}

/** The number of an intent by its candidates; -1: it has none. */
export function intentIn(candidates: readonly Candidate[], id: string, model: Model): number {
  for (let at = 0; at < candidates.length; at++) {
    const { intent } = candidates[at]!;
    if (model.intents[intent]!.id === id) return intent;
  }
  return -1;
}

/** The number of an intent that was found: nearly always that of a candidate. */
export function numberOf(id: string, candidates: readonly Candidate[], model: Model): number {
  const number = intentIn(candidates, id, model);
  return number >= 0 ? number : model.intents.findIndex((one) => one.id === id);
}
