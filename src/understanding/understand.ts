/**
 * A buyer's words in, an Understanding out. Patterns first; a second reader behind them; then suppression between intents, the
 * ask of each, slots, and the thread of the conversation ("那新疆呢"). Pure: the same words in the same context give the same result.
 */
import type { Ask, Evidence, FoundIntent, Reason, Slots, Understanding } from '../conversation.js';
import { asksByClause, isDenied } from './asks.js';
import { type Candidate, candidatesOf, type Phrases, phrasesIn, withoutCovered } from './candidates.js';
import { evidenceOf } from './evidence.js';
import type { ExampleModel } from './example-model.js';
import { type Mended, mended } from './mend.js';
import type { IntentModel, Model } from './model.js';
import { type Folded, foldBriefly, hasWords, softUnit } from './normalise.js';
import { asksMore } from './questions.js';
import { restBeyond, unaccounted } from './rest.js';
import type { Match, Scan, SlotHit } from './scan.js';
import { beliefAt, marginAt, type ReadAgain, readAgain, withoutOpening } from './second-reading.js';
import { severalPlaces } from './several-places.js';
import { readingSides } from './sides.js';
import { itemSlot, slotsOf } from './slots.js';
import { takenBack } from './taken-back.js';
import {
  type Context,
  carriedSlots,
  continued,
  dependsOnPlace,
  secondedByThread,
  threadConfidence,
  withPlace,
} from './thread.js';

// These few figures were chosen on labelled messages by F1 (zaima eval), not learned.
const secondWitnessBelow = 0.6;
/** Where the second reader's belief seconds a pattern. */
const secondsFrom = 0.25;
/** Where its belief alone makes an intent the runner-up, and how sure it then is. */
const runnerUpMargin = marginAt(0.3);
const aloneShare = 0.75;
/** What String.fromCharCode takes at once without fear for the stack. */
const unitsAtOnce = 8192;
/** What mended words mean must be at least so sure; where characters were changed it never counts as more than a guess. */
const meantFrom = 0.75;
const mostGuessed = 0.7;
const longestRule = 40;

export function understand(text: string, model: Model, context: Context = {}): Understanding {
  const folded = foldBriefly(text, model.folding);
  const asWritten = read(text, folded, model.matcher.scan(folded), model, context);
  if (model.wordings === undefined) return asWritten;
  const meant = mended(folded, model.wordings, asWritten.intents.length > 0);
  if (meant === undefined) return asWritten;
  const scan = model.matcher.scan(meant.folded);
  if (!mayTellMore(scan, asWritten, model, context)) return asWritten;
  return asMeant(read(text, meant.folded, scan, model, context), asWritten, meant);
}

/** Whether what was mended may tell of another matter: nothing but a pattern or the thread is sure enough for that. */
function mayTellMore({ finds }: Scan, { intents }: Understanding, model: Model, { lastIntents = [] }: Context): boolean {
  if (model.examples !== undefined || lastIntents.length > 0) return true;
  return finds.some(({ rule: number }) => {
    const rule = model.rules[number]!;
    return rule.does === 'find' && intents.every(({ id }) => id !== model.intents[rule.intent]!.id);
  });
}

/**
 * What mended words mean is taken where it tells more than the words as they stand, and nothing else: a change that takes
 * something away was none of the buyer's meaning. It is no more than a guess where characters were changed.
 */
function asMeant(meant: Understanding, asWritten: Understanding, { folded, isRespelt }: Mended): Understanding {
  const known = (id: string) => asWritten.intents.find((one) => one.id === id);
  const isSaid = ({ id, by }: FoundIntent) => by === 'ngrams' || meant.intents.some((one) => one.id === id);
  const isMore = meant.intents.some(({ id, confidence }) => known(id) === undefined && confidence >= meantFrom);
  if (!isMore || !asWritten.intents.every(isSaid)) return asWritten;
  const guessed = (one: FoundIntent) => ({ ...one, confidence: Math.min(one.confidence, mostGuessed) });
  const intents = isRespelt ? meant.intents.map((one) => known(one.id) ?? guessed(one)) : [...meant.intents];
  intents.sort((a, b) => b.confidence - a.confidence);
  const words = stringOf(folded, meant.text).replace(/\s+/g, ' ').trim().slice(0, longestRule);
  return { ...meant, intents, because: [...meant.because, { code: 'understood_mended', values: { words } }] };
}

function read(text: string, folded: Folded, scan: Scan, model: Model, context: Context): Understanding {
  const string = stringOf(folded, text);
  const { slots, offer } = slotsOf(string, scan.slots, model.tables, context.today);
  if (model.examples !== undefined) return bestByExamples(text, folded, model, model.examples, slots);

  const nameless = withoutNames(folded, scan.slots);
  const margins = model.reader?.margins(withoutOpening(nameless, scan.plain)) ?? noMargins;
  const phrases = phrasesIn(folded);
  const candidates = withoutCovered(
    candidatesOf(scan.finds, scan, model.rules, phrases),
    model.intents,
    model.rules,
    folded.length,
  );
  const asks = asksByClause(scan.asks, model.rules);
  // Written out: a spread costs as much as all the rest of it.
  const reading: Reading = {
    text: text,
    folded: folded,
    nameless: nameless,
    string: string,
    scan: scan,
    slots: slots,
    margins: margins,
    phrases: phrases,
    candidates: candidates,
    asks: asks,
  };
  const first = foundIn(reading, model, context);
  const again: ReadAgain = model.reader?.hasMessages ? readAgain(first, reading, model.reader, model) : first;
  const { found, runnerUp, doubted } = again;
  dropEchoes(found);
  found.sort((a, b) => b.confidence - a.confidence);
  const matters = found.filter((one) => !model.talk.has(one.id));
  if (found.length > 0 && matters.length === 0) dropTalkBeside(found, reading, model);
  const { said, asksMoreSides } = withSides(matters.length > 0 ? matters : found, reading, model);
  const goesOn = continued(
    { folded, string, slots, hits: scan.slots, matches: scan.continues, plain: scan.plain },
    context,
    model,
  );
  const carried = goesOn !== undefined && (goesOn.isWhole || matters.length === 0) ? goesOn : undefined;
  const intents = carried !== undefined ? [carried.intent] : said;
  const second = intents[1] ?? runnerUp;
  const because: Reason[] = [];
  if (carried !== undefined) because.push({ code: 'understood_from_context', values: { intent: carried.intent.id } });
  else if (intents.length > 0) because.push({ code: 'understood', values: { intents: intents.map((one) => one.id).join(', ') } });
  else because.push({ code: hasWords(folded) ? 'not_understood' : 'no_words' });
  if (carried === undefined && matters.length > 0) {
    // A find that is not told answers no question; a greeting asks none, but for one with a side of its own (客服几点上班).
    const isAnswered = ({ intent, clause }: Candidate) =>
      model.talk.has(model.intents[intent]!.id) &&
      !scan.facets.some((side) => sideOf(side, model) === intent && side.clause === clause);
    const answering = candidates.filter(
      (one) => intents.some(({ id }) => id === model.intents[one.intent]!.id) || isAnswered(one),
    );
    if (asksMoreSides || asksMore(folded, scan.questions, model, answering, phrases))
      because.push({ code: 'part_not_understood' });
    const words = doubted ?? restBeside(matters, reading, model);
    if (words !== undefined) because.push({ code: 'more_said', values: { words } });
    const back = takenBack(string, scan.slots, slots, model.tables.regions);
    if (back !== undefined) because.push({ code: 'taken_back', values: { words: back } });
    const places = slots.region === undefined ? undefined : severalPlaces(string, scan.slots, model.tables.regions);
    if (places !== undefined && dependsOnPlace(intents, model))
      because.push({ code: 'several_places', values: { words: places } });
  }
  return {
    text,
    intents,
    slots: carried === undefined ? withPlace(slots, intents, context, model) : carriedSlots(slots, carried, context),
    ...(offer === undefined ? {} : { offer }),
    ...(runnerUp === undefined ? {} : { runnerUp }),
    margin: round((intents[0]?.confidence ?? 0) - (second?.confidence ?? 0)),
    because,
  };
}

/** A text as the readers have it. */
export interface Reading {
  readonly text: string;
  readonly folded: Folded;
  readonly string: string;
  readonly scan: Scan;
  /** Its units, names of products blanked: they are strange to the second reader and say nothing of the question. */
  readonly nameless: Pick<Folded, 'units' | 'length'>;
  readonly slots: Slots;
  /** How far it lies on the side of each intent, by number: the second reader's word. */
  readonly margins: Float32Array;
  readonly phrases: Phrases;
  readonly candidates: readonly Candidate[];
  /** By clause; undefined where no ask is named. */
  readonly asks: ReadonlyMap<number, Ask> | undefined;
}

const noMargins = new Float32Array(0);

export interface Found {
  readonly found: FoundIntent[];
  readonly runnerUp: { readonly id: string; readonly confidence: number } | undefined;
}

/** Each intent by itself: patterns, the second reader and the thread as its witnesses. */
function foundIn(reading: Reading, model: Model, context: Context): Found {
  const { text, folded, slots, margins, candidates, asks } = reading;
  const byIntent = candidatesByIntent(candidates, model.intents.length);
  const found: FoundIntent[] = [];
  let runnerUp: Found['runnerUp'];
  for (let index = 0; index < model.intents.length; index++) {
    const mine = byIntent?.[index];
    const margin = margins[index] ?? Number.NEGATIVE_INFINITY;
    if (mine === undefined && margin < runnerUpMargin) continue;
    const belief = beliefAt(margin);
    const intent = model.intents[index]!;
    if (mine === undefined) {
      if (!isDenied(reading.scan, index, model.rules)) runnerUp = surer(runnerUp, intent.id, belief * aloneShare);
      continue;
    }
    const best = mine.length === 1 ? mine[0]! : mine.reduce((a, b) => (b.weight > a.weight ? b : a));
    const isSeconded = belief >= secondsFrom;
    const isSecondedByThread = secondedByThread(intent, context, slots);
    const alone = confidenceOf(mine, best, isSeconded ? belief : 0);
    const confidence = isSecondedByThread ? Math.max(alone, threadConfidence) : alone;
    if (confidence < intent.threshold) {
      runnerUp = surer(runnerUp, intent.id, confidence);
      continue;
    }
    found.push({
      id: intent.id,
      confidence: round(confidence),
      ask: askOf(best, intent, asks),
      by: isSeconded ? 'both' : isSecondedByThread ? 'context' : 'rules',
      evidence: evidenceOf(mine, model.rules, folded, text),
    });
  }
  return { found, runnerUp };
}

function surer(known: Found['runnerUp'], id: string, confidence: number): Found['runnerUp'] {
  return known === undefined || confidence > known.confidence ? { id, confidence: round(confidence) } : known;
}

interface WithSides {
  readonly said: readonly FoundIntent[];
  /** A clause asks for another side of an intent than the one that was taken. */
  readonly asksMoreSides: boolean;
}

/**
 * Each intent with the side of it that is asked. Words of another intent name no side, but only of one that is said too: a find
 * that was too weak to be told, or dropped, takes nothing away unseen.
 */
function withSides(found: readonly FoundIntent[], { scan, phrases, candidates }: Reading, model: Model): WithSides {
  if (scan.facets.length === 0) return { said: found, asksMoreSides: false };
  const mine = candidates.filter((one) => found.some(({ id }) => id === model.intents[one.intent]!.id));
  if (mine.length === 0) return { said: found, asksMoreSides: false };
  const reader = readingSides(scan.facets, mine, model.rules, phrases);
  let asksMoreSides = false;
  const said = found.map((one) => {
    const its = mine.filter(({ intent }) => model.intents[intent]!.id === one.id);
    if (its.length === 0) return one;
    const sides = reader.sidesOf(its[0]!.intent, its);
    if (sides.asksMore) asksMoreSides = true;
    if (sides.facet === undefined) return one;
    const { id, confidence, ask, by, evidence } = one;
    return { id, confidence, ask, facet: sides.facet, by, evidence };
  });
  return { said, asksMoreSides };
}

/** The intent whose side this is. */
function sideOf({ rule }: Match, { rules }: Model): number | undefined {
  const known = rules[rule]!;
  return known.does === 'facet' ? known.intent : undefined;
}

/** By the intent's number; undefined where there is none at all. */
function candidatesByIntent(candidates: readonly Candidate[], intents: number): readonly (Candidate[] | undefined)[] | undefined {
  if (candidates.length === 0) return undefined;
  const byIntent = new Array<Candidate[] | undefined>(intents);
  for (const one of candidates) {
    const known = byIntent[one.intent];
    if (known === undefined) byIntent[one.intent] = [one];
    else known.push(one);
  }
  return byIntent;
}

/** Thanks are thanks only where they are (nearly) all that is said: "好的谢谢，我看了三天没动静" tells of something else. */
function dropTalkBeside(found: FoundIntent[], { folded, scan, candidates }: Reading, model: Model): void {
  const left = unaccounted(
    folded,
    scan.plain,
    candidates.flatMap(({ matches }) => matches),
  );
  for (let at = found.length - 1; at >= 0; at--) {
    const { mostBeside } = model.intents.find((intent) => intent.id === found[at]!.id)!;
    // What was heard in the message as a whole is no word that stands beside others.
    if (left > mostBeside && found[at]!.by !== 'ngrams') found.splice(at, 1);
  }
}

/** What was said beside these matters and nobody understood, where it is more than they bear. */
function restBeside(matters: readonly FoundIntent[], { text, folded, scan, slots }: Reading, model: Model): string | undefined {
  const numbers: number[] = [];
  let most = Number.POSITIVE_INFINITY;
  for (const { id } of matters) {
    const number = model.intents.findIndex((one) => one.id === id);
    numbers.push(number);
    most = Math.min(most, model.intents[number]!.mostBeside);
  }
  return restBeyond(most, text, folded, scan, numbers, model.rules, model.fillers, slots.size);
}

function withoutNames(folded: Folded, slots: readonly SlotHit[]): Pick<Folded, 'units' | 'length'> {
  let units: Uint16Array | undefined;
  for (const { slot, start, end } of slots) {
    if (slot !== itemSlot) continue;
    units ??= folded.units.slice(0, folded.length);
    units.fill(softUnit, start, end);
  }
  return units === undefined ? folded : { units, length: folded.length };
}

/** Most texts are written as they are folded, and need no string of their own. */
function isFoldedAlready({ units, length }: Folded, text: string): boolean {
  if (length !== text.length) return false;
  for (let i = 0; i < length; i++) if (units[i] !== text.charCodeAt(i)) return false;
  return true;
}

function stringOf(folded: Folded, text: string): string {
  if (isFoldedAlready(folded, text)) return text;
  let string = '';
  for (let at = 0; at < folded.length; at += unitsAtOnce) {
    string += String.fromCharCode.apply(
      null,
      folded.units.subarray(at, Math.min(folded.length, at + unitsAtOnce)) as unknown as number[],
    );
  }
  return string;
}

/** Each further witness takes a fifth of the doubt; the second reader's word counts by its belief. */
function confidenceOf(mine: readonly Candidate[], best: Candidate, secondedBy: number): number {
  const witnesses = mine.reduce((sum, one) => sum + one.witnesses, 0);
  const confidence = 1 - (1 - best.weight) * 0.8 ** (witnesses - 1);
  if (secondedBy > 0) return confidence + (1 - confidence) * 0.6 * secondedBy;
  return best.weight < secondWitnessBelow && witnesses < 2 ? confidence * 0.7 : confidence;
}

function askOf(best: Candidate, intent: IntentModel, asks: ReadonlyMap<number, Ask> | undefined): Ask {
  const ask = best.ask ?? asks?.get(best.clause) ?? intent.ask;
  // "我昨天买的。什么时候发": a policy would be the wrong answer to somebody who asks about an order.
  if (intent.aboutOrder && ask === 'rule' && asks !== undefined && [...asks.values()].includes('own_order')) return 'own_order';
  return ask;
}

/**
 * Below it a find is too weak to stand on words that a sure find rests on too: 多少钱 in 顺丰加多少钱. What the second
 * reader alone heard beside a sure pattern rests on the pattern's words as well.
 */
const echoBelow = 0.7;
const sureFrom = 0.9;

function dropEchoes(found: FoundIntent[]): void {
  let sure: readonly Evidence[] | undefined;
  for (let at = found.length - 1; at >= 0; at--) {
    const { confidence, evidence, by } = found[at]!;
    if (confidence >= echoBelow && by !== 'ngrams') continue;
    sure ??= found.filter((one) => one.confidence >= sureFrom && one.by !== 'ngrams').flatMap((one) => one.evidence);
    const its = sure;
    if (its.length > 0 && evidence.every((mine) => its.some(({ start, end }) => start <= mine.start && end >= mine.end)))
      found.splice(at, 1);
  }
}

/** The examples alone decide: the best intent, or none where it is not sure enough. */
function bestByExamples(text: string, folded: Folded, model: Model, examples: ExampleModel, slots: Slots): Understanding {
  const { best, second, belongs } = examples.guess(folded);
  const intent = belongs && best.confidence >= examples.threshold ? model.intents[best.intent] : undefined;
  const runnerUp = model.intents[second.intent];
  return {
    text,
    intents:
      intent === undefined
        ? []
        : [{ id: intent.id, confidence: round(best.confidence), ask: intent.ask, by: 'ngrams', evidence: [] }],
    slots,
    ...(runnerUp === undefined ? {} : { runnerUp: { id: runnerUp.id, confidence: round(second.confidence) } }),
    margin: round(best.confidence - second.confidence),
    because: [
      intent === undefined
        ? { code: hasWords(folded) ? 'not_understood' : 'no_words' }
        : { code: 'understood', values: { intents: intent.id } },
    ],
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
