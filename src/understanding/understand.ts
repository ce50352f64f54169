/**
 * A buyer's words in, an Understanding out. Patterns first; n-grams behind them; then suppression between intents, the ask of
 * each, slots, and the thread of the conversation ("那新疆呢"). Pure: the same words with the same context give the same result.
 */
import type { Ask, Evidence, FoundIntent, Reason, Slots, Understanding } from '../conversation.js';
import { byClause, type Candidate, candidatesOf, inOnePhrase, type Phrases, phrasesIn, withoutCovered } from './candidates.js';
import type { ExampleModel } from './example-model.js';
import type { Match, SlotHit } from './matcher.js';
import { type Mended, mended } from './mend.js';
import type { IntentModel, Model, Rule } from './model.js';
import { shortestAlone } from './ngrams.js';
import { type Folded, fold, hasWords, softUnit } from './normalise.js';
import { asksMore } from './questions.js';
import { restBeyond, saysNothing, unaccounted } from './rest.js';
import { itemSlot, slotsOf } from './slots.js';
import { type Context, carriedSlots, continued, secondedByThread, threadConfidence, withPlace } from './thread.js';

// These few figures were chosen on labelled messages by F1 (zaima eval), not learned.
const secondWitnessBelow = 0.6;
/** Where n-grams alone may report an intent, and how sure they then are. */
const aloneFrom = 0.92;
const aloneShare = 0.75;
/** Where n-grams second a pattern. */
const secondsFrom = 0.25;
const runnerUpFrom = 0.3;
const askOrder: readonly Ask[] = ['own_order', 'request', 'report', 'rule', 'statement'];
/** What String.fromCharCode takes at once without fear for the stack. */
const unitsAtOnce = 8192;
/** What mended words mean must be at least so sure; where characters were changed it never counts as more than a guess. */
const meantFrom = 0.75;
const mostGuessed = 0.7;
const longestRule = 40;
/** Reasons beyond these nobody reads. */
const mostEvidence = 64;

export function understand(text: string, model: Model, context: Context = {}): Understanding {
  const folded = fold(text, model.folding);
  const asWritten = read(text, folded, model, context);
  if (model.wordings === undefined) return asWritten;
  const meant = mended(folded, model.wordings, asWritten.intents.length > 0);
  return meant === undefined ? asWritten : asMeant(read(text, meant.folded, model, context), asWritten, meant);
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
  const words = stringOf(folded).replace(/\s+/g, ' ').trim().slice(0, longestRule);
  return { ...meant, intents, because: [...meant.because, { code: 'understood_mended', values: { words } }] };
}

function read(text: string, folded: Folded, model: Model, context: Context): Understanding {
  const string = stringOf(folded);
  const scan = model.matcher.scan(folded);
  const { slots, offer } = slotsOf(string, scan.slots, model.tables, context.today);
  if (model.examples !== undefined) return bestByExamples(text, folded, model, model.examples, slots);

  const scores = model.ngrams.score(withoutNames(folded, scan.slots));
  const asks = asksByClause(scan.matches, model.rules);
  const phrases = phrasesIn(folded);
  const candidates = withoutCovered(candidatesOf(scan.matches, model.rules, phrases, scan.slots), model.intents, model.rules);
  const together = byClause(candidates);
  const denied = deniedIntents(scan.matches, model.rules);
  const found: FoundIntent[] = [];
  let asksMoreSides = false;
  let runnerUp: { id: string; confidence: number } | undefined;
  const passOver = (id: string, confidence: number) => {
    if (runnerUp === undefined || confidence > runnerUp.confidence) runnerUp = { id, confidence: round(confidence) };
  };
  for (let index = 0; index < model.intents.length; index++) {
    const intent = model.intents[index]!;
    const probability = scores.clause[index]!;
    const mine = candidates.length === 0 ? candidates : candidates.filter((one) => one.intent === index);
    if (mine.length === 0) {
      if (probability < runnerUpFrom || denied.has(index)) continue;
      const confidence = probability * aloneShare;
      // An example that ends in them makes no matter of words that may belong to any; nor of a word or two.
      if (probability < aloneFrom || folded.length < shortestAlone || saysNothing(folded, scan.plain, model.fillers))
        passOver(intent.id, confidence);
      else
        found.push({ id: intent.id, confidence: round(confidence), ask: asks.get(0) ?? intent.ask, by: 'ngrams', evidence: [] });
      continue;
    }
    const best = mine.reduce((a, b) => (b.weight > a.weight ? b : a));
    const seconding = scores.phrase[index]!;
    const isSeconded = seconding >= secondsFrom;
    const isSecondedByThread = secondedByThread(intent, context, slots);
    const alone = confidenceOf(mine, best, isSeconded ? seconding : 0);
    const confidence = isSecondedByThread ? Math.max(alone, threadConfidence) : alone;
    if (confidence < intent.threshold) {
      passOver(intent.id, confidence);
      continue;
    }
    const ask = askOf(best, intent, asks);
    const sides = sidesOf(mine, together, scan.matches, model.rules, phrases);
    if (sides.asksMore) asksMoreSides = true;
    found.push({
      id: intent.id,
      confidence: round(confidence),
      ask,
      ...(sides.facet === undefined ? {} : { facet: sides.facet }),
      by: isSeconded ? 'both' : isSecondedByThread ? 'context' : 'rules',
      evidence: evidenceOf(mine, model.rules, folded, text),
    });
  }

  dropEchoes(found);
  const doubted = dropDoubted(found, (id) => scores.phrase[model.intents.findIndex((intent) => intent.id === id)]!);
  found.sort((a, b) => b.confidence - a.confidence);
  const matters = found.filter((one) => !model.talk.has(one.id));
  if (found.length > 0 && matters.length === 0) {
    // Thanks are thanks only where they are (nearly) all that is said: "好的谢谢，我看了三天没动静" tells of something else.
    const stretches = candidates.flatMap(({ matches }) => matches);
    const left = unaccounted(folded, scan.plain, stretches);
    for (let at = found.length - 1; at >= 0; at--) {
      const { mostBeside } = model.intents.find((intent) => intent.id === found[at]!.id)!;
      if (left > mostBeside) found.splice(at, 1);
    }
  }
  const said = matters.length > 0 ? matters : found;
  const goesOn = continued({ folded, string, slots, hits: scan.slots, matches: scan.matches, plain: scan.plain }, context, model);
  const carried = goesOn !== undefined && (goesOn.isWhole || matters.length === 0) ? goesOn : undefined;
  const intents = carried !== undefined ? [carried.intent] : said;
  const second = intents[1] ?? runnerUp;
  const ids = intents.map((one) => one.id).join(', ');
  const because: Reason[] = [];
  if (carried !== undefined) because.push({ code: 'understood_from_context', values: { intent: ids } });
  else if (ids !== '') because.push({ code: 'understood', values: { intents: ids } });
  else because.push({ code: hasWords(folded) ? 'not_understood' : 'no_words' });
  if (
    carried === undefined &&
    matters.length > 0 &&
    (asksMoreSides || asksMore(folded, scan.matches, model, candidates, phrases))
  )
    because.push({ code: 'part_not_understood' });
  if (carried === undefined && matters.length > 0) {
    const numbers = new Set(matters.map(({ id }) => model.intents.findIndex((one) => one.id === id)));
    const most = Math.min(...[...numbers].map((number) => model.intents[number]!.mostBeside));
    const words = doubted ?? restBeyond(most, text, folded, scan, numbers, model.rules, model.fillers, slots.size);
    if (words !== undefined) because.push({ code: 'more_said', values: { words } });
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

/** Names of products blanked: they are strange to the n-grams and say nothing of the question. */
function withoutNames(folded: Folded, slots: readonly SlotHit[]): Pick<Folded, 'units' | 'length'> {
  const names = slots.filter((hit) => hit.slot === itemSlot);
  if (names.length === 0) return folded;
  const units = folded.units.slice(0, folded.length);
  for (const name of names) units.fill(softUnit, name.start, name.end);
  return { units, length: folded.length };
}

function stringOf(folded: Folded): string {
  let string = '';
  for (let at = 0; at < folded.length; at += unitsAtOnce) {
    string += String.fromCharCode.apply(
      null,
      folded.units.subarray(at, Math.min(folded.length, at + unitsAtOnce)) as unknown as number[],
    );
  }
  return string;
}

/** Each further witness takes a fifth of the doubt; the n-grams' word counts by its probability. */
function confidenceOf(mine: readonly Candidate[], best: Candidate, secondedBy: number): number {
  const witnesses = mine.reduce((sum, one) => sum + one.witnesses, 0);
  const confidence = 1 - (1 - best.weight) * 0.8 ** (witnesses - 1);
  if (secondedBy > 0) return confidence + (1 - confidence) * 0.6 * secondedBy;
  return best.weight < secondWitnessBelow && witnesses < 2 ? confidence * 0.7 : confidence;
}

function askOf(best: Candidate, intent: IntentModel, asks: ReadonlyMap<number, Ask>): Ask {
  const ask = best.ask ?? asks.get(best.clause) ?? intent.ask;
  // "我昨天买的。什么时候发": a policy would be the wrong answer to somebody who asks about an order.
  if (intent.aboutOrder && ask === 'rule' && [...asks.values()].includes('own_order')) return 'own_order';
  return ask;
}

/**
 * Below it a find is too weak to stand on words that a sure find rests on too: 多少钱 in 顺丰加多少钱. What n-grams alone
 * believe beside a sure pattern rests on the pattern's words as well.
 */
const echoBelow = 0.7;
const sureFrom = 0.9;

function dropEchoes(found: FoundIntent[]): void {
  for (let at = found.length - 1; at >= 0; at--) {
    const { confidence, evidence, by } = found[at]!;
    if (confidence >= echoBelow && by !== 'ngrams') continue;
    const sure = found.filter((one) => one.confidence >= sureFrom && one.by !== 'ngrams').flatMap((one) => one.evidence);
    if (sure.length > 0 && evidence.every((mine) => sure.some((its) => its.start <= mine.start && its.end >= mine.end)))
      found.splice(at, 1);
  }
}

/** N-grams that believe less speak against it. */
const doubtedBelow = 0.01;

/**
 * A weak pattern's word beside a sure find is mostly part of how that is said: it stays only where the n-grams see it too.
 * @returns the words of what was dropped: something else may be meant by them, so that a person answers
 */
function dropDoubted(found: FoundIntent[], probabilityOf: (id: string) => number): string | undefined {
  if (found.length < 2 || !found.some((one) => one.confidence >= sureFrom && one.by !== 'ngrams')) return undefined;
  let words: string | undefined;
  for (let at = found.length - 1; at >= 0; at--) {
    const { id, confidence, by, evidence } = found[at]!;
    if (by !== 'rules' || confidence >= sureFrom || probabilityOf(id) >= doubtedBelow) continue;
    words = evidence[0]?.words ?? '';
    found.splice(at, 1);
  }
  return words;
}

interface Sides {
  /** The side of the matter that its own phrase names, by words that no other intent rests on. */
  readonly facet?: string;
  /** Another clause asks for another side of it: 退款多久到账？怎么申请？ */
  readonly asksMore: boolean;
}

function sidesOf(
  mine: readonly Candidate[],
  together: ReadonlyMap<number, readonly Candidate[]>,
  matches: readonly Match[],
  rules: readonly Rule[],
  phrases: Phrases,
): Sides {
  const byClause = new Map<number, { facet: string; order: number }>();
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does !== 'facet' || rule.intent !== mine[0]!.intent) continue;
    const known = byClause.get(match.clause);
    if (known !== undefined && rule.order >= known.order) continue;
    const here = together.get(match.clause) ?? [];
    const isOthers = here.some(
      (other) => other.intent !== rule.intent && other.matches.some((its) => its.start <= match.start && its.end >= match.end),
    );
    const isMine = here.some((one) => one.intent === rule.intent && one.matches.some((its) => inOnePhrase(its, match, phrases)));
    if (isMine && !isOthers) byClause.set(match.clause, { facet: rule.facet, order: rule.order });
  }
  const sides = [...byClause.values()].sort((one, other) => one.order - other.order);
  const [first] = sides;
  if (first === undefined) return { asksMore: false };
  return { facet: first.facet, asksMore: sides.some(({ facet }) => facet !== first.facet) };
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

function asksByClause(matches: readonly Match[], rules: readonly Rule[]): ReadonlyMap<number, Ask> {
  const asks = new Map<number, Ask>();
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does !== 'ask') continue;
    const known = asks.get(match.clause);
    if (known === undefined || askOrder.indexOf(rule.ask) < askOrder.indexOf(known)) asks.set(match.clause, rule.ask);
  }
  return asks;
}

/** What a file's `unless` denies anywhere, n-grams alone do not bring back. */
function deniedIntents(matches: readonly Match[], rules: readonly Rule[]): ReadonlySet<number> {
  const denied = new Set<number>();
  for (const match of matches) {
    const rule = rules[match.rule]!;
    if (rule.does === 'cancel_intent') denied.add(rule.intent);
  }
  return denied;
}

/** The words in the buyer's own spelling; of words inside one another the longest. */
function evidenceOf(mine: readonly Candidate[], rules: readonly Rule[], folded: Folded, text: string): readonly Evidence[] {
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

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
