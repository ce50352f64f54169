/** What the second reader (message-reader.ts) makes of what patterns found: it seconds, doubts or drops finds, and hears what they missed. */
import type { Ask, Evidence, FoundIntent } from '../conversation.js';
import { asksByClause, deniedIntents } from './asks.js';
import type { MessageReader } from './message-reader.js';
import type { IntentModel, Model } from './model.js';
import type { Folded } from './normalise.js';
import type { Found, Reading } from './understand.js';

// These few figures were chosen on labelled messages by F1, false alarms and wrong answers (zaima eval), not learned.
/** A find is dropped where the message lies so far from all that carry its matter: of patterns alone, and of two witnesses. */
const droppedBelow = { rules: -0.35, both: -0.6 };
/** In an intent's file: the second reader has no say in it. */
const noSay = -2;
/** What patterns are so sure of stays whatever the message sounds like. */
const sureOfItself = 0.97;
/** A find on which nothing is answered automatically any more, and how sure it then is at most. */
const doubtedBelow = -0.2;
const mostDoubted = 0.74;
/** The second witness of a pattern. */
const secondsFrom = 0.1;
/** A matter is heard where the message lies so far on its side; nothing is answered automatically on that word alone. */
const hearsFrom = 0.4;
const heardConfidence = 0.6;

export interface Reconsidered {
  readonly found: FoundIntent[];
  /** Finds that are dropped. */
  readonly dropped: readonly FoundIntent[];
}

/**
 * @param margins of the message, by number of the intent; those of a shop's own intents are not known and change nothing
 * @param denies whether a file denies an intent here, by its number: then it is not heard
 * @param askAt of the message's first clause
 * @param evidenceFor the words that speak of an intent, by its number
 * @param marginAt the margin of an intent, by its number, near the words of a find: other matters beside it thin it out
 * @param isTalk whether an intent is small talk: thanks beside anything else are not what was said, and are not heard in it
 */
export function reconsidered(
  found: readonly FoundIntent[],
  margins: Float32Array,
  intents: readonly IntentModel[],
  denies: (number: number) => boolean,
  askAt: () => Ask | undefined,
  evidenceFor: (number: number) => Evidence,
  marginAt: (number: number, evidence: readonly Evidence[]) => number,
  isTalk: (id: string) => boolean,
): Reconsidered {
  const kept: FoundIntent[] = [];
  const dropped: FoundIntent[] = [];
  const known = new Set<string>();
  for (let number = 0; number < margins.length; number++) {
    const margin = margins[number]!;
    if (margin <= hearsFrom && found.length === 0) continue;
    const intent = intents[number]!;
    const one = found.find(({ id }) => id === intent.id);
    if (one !== undefined) {
      known.add(one.id);
      const near = margin < doubtedBelow && one.evidence.length > 0 ? Math.max(margin, marginAt(number, one.evidence)) : margin;
      if (hasNoSay(intent)) kept.push(one);
      else if (isDropped(one, near, intent)) dropped.push(one);
      else kept.push(weighed(one, near));
    } else if (margin > hearsFrom && !isTalk(intent.id) && !denies(number)) {
      const evidence = [evidenceFor(number)];
      kept.push({ id: intent.id, confidence: heardConfidence, ask: askAt() ?? intent.ask, by: 'ngrams', evidence });
    }
  }
  return { found: [...kept, ...found.filter(({ id }) => !known.has(id))], dropped };
}

/** Caution is not argued away: whoever complains or asks for another's order goes to a person whatever it sounds like. */
function hasNoSay({ droppedBelow: own }: IntentModel): boolean {
  return own === noSay;
}

function isDropped({ confidence, by }: FoundIntent, margin: number, { droppedBelow: own }: IntentModel): boolean {
  return confidence < sureOfItself && margin < (own ?? (by === 'rules' ? droppedBelow.rules : droppedBelow.both));
}

/** What the thread tells (那新疆呢) no message shows by itself. */
function weighed(one: FoundIntent, margin: number): FoundIntent {
  if (margin < doubtedBelow && one.by !== 'context') return { ...one, confidence: Math.min(one.confidence, mostDoubted) };
  return margin > secondsFrom && one.by === 'rules' ? { ...one, by: 'both' } : one;
}

/** What the second reader makes of what was found. */
export function readAgain(
  first: Found,
  { text, folded, scan }: Reading,
  nameless: Pick<Folded, 'units' | 'length'>,
  reader: MessageReader,
  model: Model,
): Found {
  const evidenceFor = (number: number): Evidence => {
    const stretch = reader.stretchOf(nameless, number);
    const start = folded.start[stretch.start] ?? 0;
    const end = folded.end[stretch.end - 1] ?? text.length;
    return { start, end, words: text.slice(start, end), rule: '' };
  };
  const marginAt = (number: number, evidence: readonly Evidence[]): number =>
    reader.marginOf(near(nameless, folded, evidence), number);
  const { found, dropped } = reconsidered(
    first.found,
    reader.margins(withoutOpening(nameless, scan.plain)),
    model.intents,
    (number) => deniedIntents(scan.cancels, model.rules).has(number),
    () => asksByClause(scan.matches, model.rules)?.get(0),
    evidenceFor,
    marginAt,
    (id) => model.talk.has(id),
  );
  let { runnerUp } = first;
  for (const { id, confidence } of dropped)
    if (runnerUp === undefined || confidence > runnerUp.confidence) runnerUp = { id, confidence };
  return { found, runnerUp };
}

/** Without 您好 and 请问 at its head, which say nothing of any matter. */
function withoutOpening({ units, length }: Pick<Folded, 'units' | 'length'>, plain: Uint8Array) {
  let from = 0;
  while (from < length && plain[from] === 1) from++;
  return from === 0 || from === length ? { units, length } : { units: units.slice(from, length), length: length - from };
}

/** So many characters to each side of a find's words belong to how it is said. */
const reach = 4;

/** The part of the text around these words. */
function near(
  { units, length }: Pick<Folded, 'units' | 'length'>,
  { start, end }: Folded,
  evidence: readonly Evidence[],
): Pick<Folded, 'units' | 'length'> {
  const [from, to] = [Math.min(...evidence.map((one) => one.start)), Math.max(...evidence.map((one) => one.end))];
  let first = 0;
  while (first < length && end[first]! <= from) first++;
  let last = length;
  while (last > first && start[last - 1]! >= to) last--;
  const part = units.slice(Math.max(0, first - reach), Math.min(length, last + reach));
  return { units: part, length: part.length };
}
