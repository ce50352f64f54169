/**
 * A buyer's words in, an Understanding out. Patterns first; a second reader behind them; then suppression between intents, the
 * ask of each, slots, and the thread of the conversation ("那新疆呢"). Pure: the same words in the same context give the same result.
 */
import type { FoundIntent, Offer, Reason, Slots, Understanding } from '../conversation.js';
import { ClauseAsks } from './asks.js';
import { type Candidate, candidatesOf, withoutCovered } from './candidates.js';
import { round } from './confidence.js';
import type { ExampleModel } from './example-model.js';
import { foundIn, marksFor, numberOf } from './found-intents.js';
import { hintsOf } from './hints.js';
import { type Mended, mended } from './mend.js';
import type { Model } from './model.js';
import { type Folded, foldBriefly, hasWords, softUnit } from './normalise.js';
import type { Phrases } from './phrases.js';
import { asksBeside, asksMore } from './questions.js';
import { besideFinds, restBeyond } from './rest.js';
import type { Scan, SlotHit } from './scan.js';
import { isAmong, type ReadAgain, readAgain, stretchEvidence, withoutOpening } from './second-reading.js';
import { severalPlaces } from './several-places.js';
import { severalVariants } from './several-variants.js';
import { withSides } from './sides.js';
import { itemSlot, slotsOf } from './slots.js';
import { leftMatters, type Stretch, takenBack } from './taken-back.js';
import {
  type Context,
  type Continued,
  carriedSlots,
  continued,
  dependsOnPlace,
  dependsOnVariant,
  withNumberGoneOn,
  withThread,
} from './thread.js';

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
  const meant = mended(folded, model.wordings, isUnderstood(asWritten));
  if (meant === undefined) return asWritten;
  const scan = model.matcher.scan(meant.folded);
  if (!mayTellMore(scan, asWritten, model, context)) return asWritten;
  return asMeant(read(text, meant.folded, scan, model, context), asWritten, meant);
}

/** Whether a pattern or the thread found something: what the second reader alone heard in mistyped words stops no change of them. */
function isUnderstood({ intents }: Understanding): boolean {
  for (let at = 0; at < intents.length; at++) if (intents[at]!.by !== 'ngrams') return true;
  return false;
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
 * What mended words mean is taken where they tell of a matter that the words as they stand do not; what was found in pieces of broken
 * words (怎么用 in yhq怎么用) goes where it is not found in whole ones. It is no more than a guess where characters were changed.
 */
function asMeant(meant: Understanding, asWritten: Understanding, { folded, isRespelt }: Mended): Understanding {
  const known = (id: string) => asWritten.intents.find((one) => one.id === id);
  const isMore = meant.intents.some(({ id, confidence }) => known(id) === undefined && confidence >= meantFrom);
  if (!isMore) return asWritten;
  const guessed = (one: FoundIntent) => ({ ...one, confidence: Math.min(one.confidence, mostGuessed) });
  const intents = isRespelt ? meant.intents.map((one) => known(one.id) ?? guessed(one)) : [...meant.intents];
  intents.sort((a, b) => b.confidence - a.confidence);
  const words = stringOf(folded, meant.text).replace(/\s+/g, ' ').trim().slice(0, longestRule);
  return { ...meant, intents, because: [...meant.because, { code: 'understood_mended', values: { words } }] };
}

function read(text: string, folded: Folded, scan: Scan, model: Model, context: Context): Understanding {
  const string = stringOf(folded, text);
  const hints = hintsOf(folded);
  const { slots, offer, delivered } = withNumberGoneOn(
    slotsOf(string, hints, scan.slots, model.tables, text, context.today),
    string,
    context,
    model,
  );
  const { examples } = model;
  if (examples !== undefined && model.reader === undefined) return bestByExamples(text, folded, model, examples, slots);

  const nameless = withoutNames(folded, scan.slots);
  const margins = model.reader?.margins(withoutOpening(nameless, scan.plain)) ?? noMargins;
  const { phrases } = scan;
  const every = withoutCovered(candidatesOf(scan.finds, scan, model.rules, phrases), model.intents, model.rules, folded.length);
  const left = leftMatters(string, hints);
  const candidates =
    left.length === 0 && delivered === undefined
      ? every
      : every.filter((one) => !isLeft(one, left) && !isOffered(one, delivered, model));
  const asks = scan.asks.length === 0 ? undefined : new ClauseAsks(scan.asks, model.rules);
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
    left: left,
  };
  const first = foundIn(reading, model, context);
  const again: ReadAgain = model.reader?.hasMessages ? readAgain(first, reading, model.reader, model) : first;
  const { found, runnerUp, doubted } = again;
  if (candidates.length < every.length) dropLeft(found, every, candidates, model);
  dropEchoes(found);
  surestFirst(found);
  const matters = withoutTalk(found, model);
  if (found.length > 0 && matters.length === 0) dropTalkBeside(found, reading, model);
  const { said, asksMoreSides } = withSides(matters.length > 0 ? matters : found, reading, model);
  const goesOn = context.lastIntents === undefined ? undefined : continuedIn(reading, context, model);
  const carried = goesOn !== undefined && (goesOn.isWhole || matters.length === 0) ? goesOn : undefined;
  const intents = carried !== undefined ? [carried.intent] : said;
  // What no pattern found the examples may still tell.
  if (intents.length === 0 && examples !== undefined) return bestByExamples(text, folded, model, examples, slots);
  const because = [firstReason(carried, intents, folded)];
  if (carried === undefined && matters.length > 0) {
    const told = slots.details === undefined ? undefined : scan.slots;
    if (asksMoreSides || asksMore(folded, scan.questions, model, answering(intents, reading, model), phrases, told))
      because.push({ code: 'part_not_understood' });
    const words = doubted ?? restBeside(matters, reading, model);
    if (words !== undefined) because.push({ code: 'more_said', values: { words } });
    const back = takenBack(string, hints, scan.slots, slots, model.tables.regions);
    if (back !== undefined) because.push({ code: 'taken_back', values: { words: back } });
    const places = slots.region === undefined ? undefined : severalPlaces(string, scan.slots, model.tables.regions);
    if (places !== undefined && dependsOnPlace(intents, model))
      because.push({ code: 'several_places', values: { words: places } });
    const isOfVariant = slots.colour !== undefined || slots.size !== undefined;
    const variants = isOfVariant ? severalVariants(string, scan.slots, hints) : undefined;
    if (variants !== undefined && dependsOnVariant(intents, slots, model))
      because.push({ code: 'several_variants', values: { words: variants } });
  }
  // What is left is named for those who read why, where nothing else is.
  if (left.length > 0 && candidates.length < every.length && intents.length === 0)
    because.push({ code: 'taken_back', values: { words: string.slice(left[0]!.start, left[0]!.end) } });
  const given =
    carried === undefined ? withThread(slots, intents, string, context, model) : carriedSlots(slots, carried, context);
  return understood(text, intents, given, offer, runnerUp, because);
}

function continuedIn({ folded, string, slots, scan }: Reading, context: Context, model: Model): Continued | undefined {
  return continued({ folded, string, slots, hits: scan.slots, matches: scan.continues, plain: scan.plain }, context, model);
}

function firstReason(carried: Continued | undefined, intents: readonly FoundIntent[], folded: Folded): Reason {
  if (carried !== undefined) return { code: 'understood_from_context', values: { intent: carried.intent.id } };
  if (intents.length > 0) return { code: 'understood', values: { intents: idsOf(intents) } };
  return { code: hasWords(folded) ? 'not_understood' : 'no_words' };
}

function idsOf(intents: readonly FoundIntent[]): string {
  let ids = intents[0]!.id;
  for (let at = 1; at < intents.length; at++) ids += `, ${intents[at]!.id}`;
  return ids;
}

/** Each shape written out for the common cases: a spread costs more than all the rest of it. */
function understood(
  text: string,
  intents: readonly FoundIntent[],
  slots: Slots,
  offer: Offer | undefined,
  next: Found['runnerUp'],
  because: readonly Reason[],
): Understanding {
  // What patterns were not sure of, and the second reader heard, is no runner-up of itself.
  const runnerUp = next !== undefined && isAmong(intents, next.id) ? undefined : next;
  const best = intents.length > 0 ? intents[0]!.confidence : 0;
  const second = intents.length > 1 ? intents[1]!.confidence : (runnerUp?.confidence ?? 0);
  // Where nothing was found, nothing leads.
  const margin = intents.length === 0 ? 0 : round(best - second);
  if (offer !== undefined)
    return { text, intents, slots, offer, ...(runnerUp === undefined ? {} : { runnerUp }), margin, because };
  return runnerUp === undefined ? { text, intents, slots, margin, because } : { text, intents, slots, runnerUp, margin, because };
}

/** By hand: of two or three that is several times as fast as `sort`. */
function surestFirst(found: FoundIntent[]): void {
  for (let at = 1; at < found.length; at++) {
    const one = found[at]!;
    let place = at;
    for (; place > 0 && found[place - 1]!.confidence < one.confidence; place--) found[place] = found[place - 1]!;
    found[place] = one;
  }
}

/** The matters among what was found; the list itself where all are. */
function withoutTalk(found: FoundIntent[], { talk }: Model): readonly FoundIntent[] {
  for (let at = 0; at < found.length; at++) if (talk.has(found[at]!.id)) return found.filter(({ id }) => !talk.has(id));
  return found;
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
  readonly asks: ClauseAsks | undefined;
  /** Words by which a matter is left: they count neither for it nor as something that nobody understood. */
  readonly left: readonly Stretch[];
}

const noMargins = new Float32Array(0);

/** Whether all that speaks of a matter lies in words by which it is left. */
function isLeft({ matches }: Candidate, left: readonly Stretch[]): boolean {
  return matches.every(({ start, end }) => left.some((one) => one.start <= start && one.end >= end));
}

/** Whether it rests on the words of an offered price alone, and such words are none of it. */
function isOffered(one: Candidate, delivered: Stretch | undefined, { intents }: Model): boolean {
  return delivered !== undefined && intents[one.intent]!.apartFromOffers && isLeft(one, [delivered]);
}

/** What the second reader alone hears in words by which a matter is left is left as well. */
function dropLeft(found: FoundIntent[], every: readonly Candidate[], kept: readonly Candidate[], { intents }: Model): void {
  for (let at = found.length - 1; at >= 0; at--) {
    const isOf = ({ intent }: Candidate) => intents[intent]!.id === found[at]!.id;
    if (found[at]!.by === 'ngrams' && every.some(isOf) && !kept.some(isOf)) found.splice(at, 1);
  }
}

export interface Found {
  readonly found: FoundIntent[];
  readonly runnerUp: { readonly id: string; readonly confidence: number } | undefined;
}

/** A find that is not told answers no question; a greeting asks none, but for one with a side of its own (客服几点上班). */
function answering(intents: readonly FoundIntent[], { candidates, scan }: Reading, model: Model): readonly Candidate[] {
  for (let at = 0; at < candidates.length; at++)
    if (!isAnswered(candidates[at]!, intents, scan, model))
      return candidates.filter((one) => isAnswered(one, intents, scan, model));
  return candidates;
}

function isAnswered({ intent, clause }: Candidate, intents: readonly FoundIntent[], scan: Scan, model: Model): boolean {
  const { id } = model.intents[intent]!;
  return isAmong(intents, id) || (model.talk.has(id) && !hasSide(intent, clause, scan, model));
}

/** Whether the words of a clause tell a side of the intent. */
function hasSide(intent: number, clause: number, { facets }: Scan, { rules }: Model): boolean {
  for (let at = 0; at < facets.length; at++) {
    const rule = rules[facets[at]!.rule]!;
    if (facets[at]!.clause === clause && rule.does === 'facet' && rule.intent === intent) return true;
  }
  return false;
}

/** Thanks are thanks only where they are (nearly) all that is said: "好的谢谢，我看了三天没动静" tells of something else. */
function dropTalkBeside(found: FoundIntent[], reading: Reading, model: Model): void {
  const { folded, scan, candidates } = reading;
  const left = besideFinds(folded, scan.plain, candidates);
  const isMore = asksBeside(folded, scan.questions, answering(found, reading, model));
  for (let at = found.length - 1; at >= 0; at--) {
    const { mostBeside } = model.intents[numberOf(found[at]!.id, candidates, model)]!;
    // What was heard in the message as a whole is no word that stands beside others.
    if ((left > mostBeside || (isMore && Number.isFinite(mostBeside))) && found[at]!.by !== 'ngrams') found.splice(at, 1);
  }
}

/** What was said beside these matters and nobody understood, where it is more than they bear. */
function restBeside(matters: readonly FoundIntent[], reading: Reading, model: Model): string | undefined {
  const { text, folded, string, scan, slots, candidates, left } = reading;
  const isMatter = marksFor(model.intents.length);
  let most = Number.POSITIVE_INFINITY;
  let isAnyGoods = true;
  for (let at = 0; at < matters.length; at++) {
    const number = numberOf(matters[at]!.id, candidates, model);
    isMatter[number] = 1;
    most = Math.min(most, model.intents[number]!.mostBeside);
    isAnyGoods &&= model.intents[number]!.anyGoods;
  }
  const words = { rules: model.rules, fillers: model.fillers, goods: isAnyGoods ? model.goods : undefined };
  const rest = restBeyond(most, text, folded, scan, isMatter, words, { string, slots, measures: model.tables.measures, left });
  for (let number = 0; number < model.intents.length; number++) isMatter[number] = 0;
  return rest;
}

function withoutNames(folded: Folded, slots: readonly SlotHit[]): Pick<Folded, 'units' | 'length'> {
  let units: Uint16Array | undefined;
  for (let at = 0; at < slots.length; at++) {
    const { slot, start, end } = slots[at]!;
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

/**
 * Below it a find is too weak to stand on words that a sure find rests on too: 多少钱 in 顺丰加多少钱. What the second
 * reader alone heard beside a sure pattern rests on the pattern's words as well.
 */
const echoBelow = 0.7;
const sureFrom = 0.9;

function dropEchoes(found: FoundIntent[]): void {
  for (let at = found.length - 1; at >= 0; at--) {
    const one = found[at]!;
    if ((one.confidence < echoBelow || one.by === 'ngrams') && restsOnSure(one, found)) found.splice(at, 1);
  }
}

/** Whether all words of a find are words of sure ones. */
function restsOnSure({ evidence }: FoundIntent, found: readonly FoundIntent[]): boolean {
  let isAnySure = false;
  for (let at = 0; at < found.length; at++) if (isSure(found[at]!) && found[at]!.evidence.length > 0) isAnySure = true;
  if (!isAnySure) return false;
  return evidence.every(({ start, end }) =>
    found.some((one) => isSure(one) && one.evidence.some((its) => its.start <= start && its.end >= end)),
  );
}

function isSure({ confidence, by }: FoundIntent): boolean {
  return confidence >= sureFrom && by !== 'ngrams';
}

/** The examples decide: the best intent, or none where it is not sure enough. */
function bestByExamples(text: string, folded: Folded, model: Model, examples: ExampleModel, slots: Slots): Understanding {
  const { best, second, belongs } = examples.guess(folded);
  const intent = belongs && best.confidence >= examples.threshold ? model.intents[best.intent] : undefined;
  // Where nothing was found, the best that was not is the best.
  const next = intent === undefined ? best : second;
  const runnerUp = model.intents[next.intent];
  return {
    text,
    intents:
      intent === undefined
        ? []
        : [
            {
              id: intent.id,
              confidence: round(best.confidence),
              ask: intent.ask,
              by: 'ngrams',
              evidence: examples
                .stretchesOf(folded, best.intent, second.intent)
                .map((stretch) => stretchEvidence(text, folded, stretch)),
            },
          ],
    slots,
    ...(runnerUp === undefined ? {} : { runnerUp: { id: runnerUp.id, confidence: round(next.confidence) } }),
    margin: intent === undefined ? 0 : round(best.confidence - second.confidence),
    because: [
      intent === undefined
        ? { code: hasWords(folded) ? 'not_understood' : 'no_words' }
        : { code: 'understood', values: { intents: intent.id } },
    ],
  };
}
