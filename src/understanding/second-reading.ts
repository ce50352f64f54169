/** What the second reader (message-reader.ts) makes of what patterns found: it seconds, doubts or drops finds, and hears what they missed. */
import type { Evidence, FoundIntent } from '../conversation.js';
import { isDenied } from './asks.js';
import { beliefAt, round } from './confidence.js';
import type { MessageReader } from './message-reader.js';
import type { IntentModel, Model } from './model.js';
import { type Folded, hardUnit, softUnit } from './normalise.js';
import type { Stretch } from './speaking-stretch.js';
import type { Found, Reading } from './understand.js';

// These few figures were chosen on labelled messages by F1, false alarms and wrong answers (zaima eval), not learned.
/** A find is dropped where the message lies so far from all that carry its matter: of patterns alone, and of two witnesses. */
const droppedBelow = { rules: -0.35, both: -0.6 };
/** What patterns are so sure of stays whatever the message sounds like. */
const sureOfItself = 0.97;
/** A find on which nothing is answered automatically any more, and how sure it then is at most. */
const doubtedBelow = -0.2;
const mostDoubted = 0.74;
/** The second witness of a pattern. */
const secondsFrom = 0.1;
/** A matter is heard where the message lies so far on its side; nothing is answered automatically on that word alone. */
const hearsFrom = 0.38;
const heardConfidence = 0.6;
const none: readonly FoundIntent[] = [];

export interface ReadAgain extends Found {
  /** Words of a find that was dropped, none of which belongs to one that is still told: something else may be meant by them. */
  readonly doubted?: string;
}

/**
 * What the second reader makes of what was found.
 * @param first used up: its list of finds is the one that is given back
 */
export function readAgain(first: Found, reading: Reading, reader: MessageReader, model: Model): ReadAgain {
  const { margins } = reading;
  const { found } = first;
  let dropped = none;
  let kept = 0;
  for (let at = 0; at < found.length; at++) {
    const one = found[at]!;
    const number = numberOf(one.id, model);
    const intent = model.intents[number]!;
    if (intent.isFirm) {
      found[kept++] = one;
      continue;
    }
    const margin = margins[number]!;
    // Other matters beside it thin it out.
    const isThin = margin < doubtedBelow && one.evidence.length > 0;
    const near = isThin ? Math.max(margin, reader.marginOf(around(reading, one.evidence), number)) : margin;
    // What it is told with is what is left of it: the pattern's own word would stand above what was found.
    if (isDropped(one, near, intent))
      dropped = [...dropped, { ...one, confidence: Math.min(one.confidence, round(beliefAt(near))) }];
    else found[kept++] = weighed(one, near);
  }
  if (kept < found.length) found.length = kept;
  for (let number = nextHeard(margins, 0); number < margins.length; number = nextHeard(margins, number + 1)) {
    const { id, ask } = model.intents[number]!;
    // Thanks beside anything else are not what was said, and a file's own word against an intent holds.
    if (model.talk.has(id) || isAmong(found, id) || isAmong(dropped, id) || isDenied(reading.scan, number, model.rules)) continue;
    const evidence = [heardIn(reading, reader, number)];
    found.push({ id, confidence: heardConfidence, ask: reading.asks?.get(0) ?? ask, by: 'ngrams', evidence });
  }
  if (dropped.length === 0) return first;
  let { runnerUp } = first;
  for (const { id, confidence } of dropped)
    if (runnerUp === undefined || confidence > runnerUp.confidence) runnerUp = { id, confidence };
  const doubted = dropped.find(({ evidence }) => !shareWords(evidence, found))?.evidence[0]?.words;
  return doubted === undefined ? { found, runnerUp } : { found, runnerUp, doubted };
}

/** The next intent whose matter is heard: of most messages none. */
function nextHeard(margins: Float32Array, from: number): number {
  const { length } = margins;
  let number = from | 0;
  while (number < length && margins[number]! <= hearsFrom) number = (number + 1) | 0;
  return number;
}

function numberOf(id: string, { intents }: Model): number {
  let number = 0;
  while (intents[number]!.id !== id) number++;
  return number;
}

/** Whether it is one of these. */
export function isAmong(intents: readonly FoundIntent[], id: string): boolean {
  for (let at = 0; at < intents.length; at++) if (intents[at]!.id === id) return true;
  return false;
}

/** Whether finds rest on some of these words: then they are part of how those are said. */
function shareWords(evidence: readonly Evidence[], found: readonly FoundIntent[]): boolean {
  const theirs = found.flatMap((one) => one.evidence);
  return evidence.some((mine) => theirs.some(({ start, end }) => start < mine.end && end > mine.start));
}

function isDropped({ confidence, by }: FoundIntent, margin: number, { droppedBelow: own }: IntentModel): boolean {
  return confidence < sureOfItself && margin < (own ?? (by === 'rules' ? droppedBelow.rules : droppedBelow.both));
}

/** What the thread tells (那新疆呢) no message shows by itself. */
function weighed(one: FoundIntent, margin: number): FoundIntent {
  if (margin < doubtedBelow && one.by !== 'context') return told(one, Math.min(one.confidence, mostDoubted), one.by);
  return margin > secondsFrom && one.by === 'rules' ? told(one, one.confidence, 'both') : one;
}

/** Written out: finds of one shape are read faster than copies by spread. */
function told({ id, ask, evidence }: FoundIntent, confidence: number, by: FoundIntent['by']): FoundIntent {
  return { id, confidence, ask, by, evidence };
}

/** The words that speak of an intent. */
function heardIn({ text, folded, nameless }: Reading, reader: MessageReader, number: number): Evidence {
  return stretchEvidence(text, folded, reader.stretchOf(nameless, number));
}

/** A part of the folded text as the buyer wrote it: no pattern was found there, the examples speak so. */
export function stretchEvidence(text: string, folded: Folded, stretch: Stretch): Evidence {
  const start = folded.start[stretch.start] ?? 0;
  const end = folded.end[stretch.end - 1] ?? text.length;
  return { start, end, words: text.slice(start, end), rule: 'n-grams' };
}

/** Without 您好 and 请问 at its head, which say nothing of any matter. */
export function withoutOpening(text: Pick<Folded, 'units' | 'length'>, plain: Uint8Array): Pick<Folded, 'units' | 'length'> {
  const { units, length } = text;
  let from = 0;
  while (from < length && plain[from] === 1) from++;
  return from === 0 || from === length ? text : { units: units.subarray(from, length), length: length - from };
}

/** Words further apart than this are said of more than one thing: what stands around the first of them is looked at. */
const longestAround = 64;
/** So many characters to each side of a find's words belong to how it is said, up to a pause. */
const reach = 4;

/** The part of the text around these words. */
function around({ nameless, folded }: Reading, evidence: readonly Evidence[]): Pick<Folded, 'units' | 'length'> {
  const { units, length } = nameless;
  let from = evidence[0]!.start;
  let to = evidence[0]!.end;
  for (const { start, end } of evidence) {
    from = Math.min(from, start);
    to = Math.max(to, end);
  }
  let first = countBelow(folded.end, length, from + 1);
  let last = Math.max(first, countBelow(folded.start, length, to));
  last = Math.min(last, first + longestAround);
  const [least, most] = [Math.max(0, first - reach), Math.min(length, last + reach)];
  while (first > least && !isPause(units[first - 1]!)) first--;
  while (last < most && !isPause(units[last]!)) last++;
  const part = units.subarray(first, last);
  return { units: part, length: part.length };
}

/** How many of these, which rise, are less than a bound: by halves, for a long text has many finds to look around. */
function countBelow(rising: ArrayLike<number>, length: number, bound: number): number {
  let least = 0;
  let most = length;
  while (least < most) {
    const middle = (least + most) >> 1;
    if (rising[middle]! < bound) least = middle + 1;
    else most = middle;
  }
  return least;
}

function isPause(unit: number): boolean {
  return unit === softUnit || unit === hardUnit;
}
