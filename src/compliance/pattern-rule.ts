/** Rules that search: a list of patterns, each with the exceptions, the reason and the wording that go with it. */
import type { Finding, Replacement } from '../conversation.js';
import { endOf, type Folded, fold } from './fold.js';
import { anchorTable, candidates, neededWords, occurrence, type Pattern, patterns } from './pattern.js';
import { type Replaces, replaced, replacementOf, wider } from './replacement.js';
import type { CheckContext, Rule, Sentence } from './rule.js';

/** One thing that a rule looks for. The exceptions are patterns too. */
export interface Breach {
  readonly find: string;
  /**
   * What is rightly said of the matter. It is taken out before the search, so that any other denial or demand that is left
   * counts: what sellers rightly say is less manifold than what they wrongly say.
   */
  readonly setAside?: string;
  /** Not a breach if the characters right before, in the same clause, end like this. */
  readonly notAfter?: string;
  /** Not a breach in a clause that contains this. */
  readonly unless?: string;
  /** Not a breach in a sentence that contains this. */
  readonly unlessInSentence?: string;
  /** Not a breach in a text that contains this. */
  readonly unlessInText?: string;
  /** A breach only in a text that contains this. */
  readonly onlyInText?: string;
  /** A breach only where shop and conversation are like this. */
  readonly when?: (context: CheckContext) => boolean;
  /** A sentence for the agent: what is wrong with it. */
  readonly because: Sentence;
  /** A wording that keeps all rules and states nothing that nobody gave: no stock, no sum, no day. */
  readonly wording: string;
  /** What the wording takes the place of; default: what the rule says. */
  readonly replaces?: Replaces;
}

/** A place in the folded text. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly because: Sentence;
  readonly wording: string;
  readonly replaces?: Replaces;
}

export interface PatternRule extends Omit<Rule, 'check'> {
  readonly breaches: readonly Breach[];
  /** What its wordings take the place of, if the breach does not say: replacement.ts. */
  readonly replaces: Replaces;
  /** What patterns cannot say: sums, numbers, phone digits. Places may come in any order. */
  readonly also?: (folded: Folded, context: CheckContext) => readonly Place[];
  /** Another wording where the place's own would claim what the shop's data deny. */
  readonly instead?: (place: Place, folded: Folded, context: CheckContext) => Pick<Place, 'wording' | 'replaces'> | undefined;
}

interface ReadBreach {
  readonly breach: Breach;
  readonly setAside: RegExp | undefined;
  readonly notAfter: RegExp | undefined;
  readonly unless: RegExp | undefined;
  readonly unlessInSentence: RegExp | undefined;
  readonly unlessInText: RegExp | undefined;
  readonly onlyInText: RegExp | undefined;
}

/** Makes a rule of patterns. */
export function patternRule({ breaches, also, instead, replaces, ...rule }: PatternRule): Rule {
  const searches = breaches.flatMap((breach) => {
    const read = readBreach(breach);
    // A breach of one topic is not looked for in a text without it.
    const topic = breach.onlyInText === undefined ? undefined : neededWords(breach.onlyInText);
    return patterns(breach.find).map(({ expression, anchors }) => ({
      read,
      find: { expression, anchors: topic === undefined ? anchors : [...anchors, topic] },
    }));
  });
  const table = anchorTable(searches.map(({ find }) => find));

  function placesIn(folded: Folded, context: CheckContext): readonly Place[] {
    const places: Place[] = [];
    for (const index of candidates(table, folded)) {
      const { read, find } = searches[index] as (typeof searches)[number];
      search(read, find, folded.text, context, places);
    }
    if (also !== undefined) for (const place of also(folded, context)) places.push(place);
    if (places.length === 0) return places;
    const all = merged(places);
    return instead === undefined ? all : all.map((place) => ({ ...place, ...instead(place, folded, context) }));
  }

  /** As narrow as leaves nothing of the breach: what it says is read again with the wording in its place. */
  function replacementFor(place: Place, places: number, folded: Folded, context: CheckContext): Replacement | undefined {
    let { wording } = place;
    for (let width: Replaces | undefined = place.replaces ?? replaces; width !== undefined; ) {
      const replacement = replacementOf(folded, place, wording, width);
      const after = fold(replaced(folded.original, replacement));
      const left = placesIn(after, context);
      const still = left.find((one) => touches(after, one, replacement));
      if (still === undefined && left.length < places) return replacement;
      if (width !== 'words') width = wider[width];
      else {
        // Not only a word of it is wrong: 你想怎么样 is no better with 您.
        if (still === undefined || still.replaces === 'words') return undefined;
        wording = still.wording;
        width = still.replaces ?? replaces;
      }
    }
    return undefined;
  }

  return {
    ...rule,
    check: (text, context) => {
      const folded = fold(text);
      const places = placesIn(folded, context);
      return places.map((place, at) => {
        const isTried = at < mostReplacements && text.length <= longestReplaced;
        return findingOf(rule, place, folded, isTried ? replacementFor(place, places.length, folded, context) : undefined);
      });
    },
  };
}

/** Whether a place lies in what was put into a text. */
function touches(folded: Folded, place: Place, { start, text }: Replacement): boolean {
  return (folded.starts[place.start] as number) < start + text.length && start < endOf(folded, place.end - 1);
}

/** Texts are read again for each replacement: bounds the work on long ones, which nobody types. */
const longestReplaced = 1000;
const mostReplacements = 20;

function readBreach(breach: Breach): ReadBreach {
  const read = (source: string | undefined, atEnd = false) => (source === undefined ? undefined : occurrence(source, atEnd));
  return {
    breach,
    setAside: breach.setAside === undefined ? undefined : new RegExp(occurrence(breach.setAside), 'g'),
    notAfter: read(breach.notAfter, true),
    unless: read(breach.unless),
    unlessInSentence: read(breach.unlessInSentence),
    unlessInText: read(breach.unlessInText),
    onlyInText: read(breach.onlyInText),
  };
}

function search(one: ReadBreach, { expression }: Pattern, whole: string, context: CheckContext, places: Place[]): void {
  const { breach } = one;
  if (breach.when !== undefined && !breach.when(context)) return;
  expression.lastIndex = 0;
  let text = whole;
  if (one.setAside !== undefined) {
    // Setting aside is the dearer of the two.
    if (!expression.test(whole)) return;
    text = whole.replace(one.setAside, (words) => blank.repeat(words.length));
    expression.lastIndex = 0;
  }
  let isTextLooked = false;
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    const start = match.index;
    const end = start + match[0].length;
    if (end === start) {
      expression.lastIndex += 1;
      continue;
    }
    if (!isTextLooked && isExemptText(one, whole)) return;
    isTextLooked = true;
    if (places.length >= mostPlaces) return;
    if (isExempt(one, whole, start, end)) continue;
    const { because, wording, replaces } = breach;
    places.push({ start, end, because, wording, ...(replaces !== undefined && { replaces }) });
  }
}

/** Stands for each character that is set aside: no pattern speaks of it, gaps go over it. */
const blank = '□';

/** Nobody reads more findings of one rule; bounds the answer to a pasted heap of breaches. */
const mostPlaces = 200;

function isExemptText({ unlessInText, onlyInText }: ReadBreach, text: string): boolean {
  return (unlessInText?.test(text) ?? false) || (onlyInText !== undefined && !onlyInText.test(text));
}

/** How far around a match its clause and its sentence are read: bounds the work on a text without punctuation. */
const clauseReach = 40;
const sentenceReach = 80;

function isExempt({ notAfter, unless, unlessInSentence }: ReadBreach, text: string, start: number, end: number): boolean {
  if (notAfter?.test(text.slice(edge(text, start, -1, 12, false), start))) return true;
  if (unless?.test(clauseAround(text, start, end))) return true;
  return unlessInSentence?.test(sentenceAround(text, start, end)) ?? false;
}

/** The clause that a place lies in, up to 40 characters each side. */
export function clauseAround(text: string, start: number, end: number): string {
  return text.slice(edge(text, start, -1, clauseReach, false), edge(text, end - 1, 1, clauseReach, false));
}

/** The sentence that a place lies in, up to 80 characters each side. */
export function sentenceAround(text: string, start: number, end: number): string {
  return text.slice(edge(text, start, -1, sentenceReach, true), edge(text, end - 1, 1, sentenceReach, true));
}

/** Walks from `from` to the next mark, to the left (the result is the clause's first index) or right (one past its last). */
function edge(text: string, from: number, step: 1 | -1, reach: number, overCommas: boolean): number {
  let at = from;
  for (let steps = 0; steps < reach; steps += 1) {
    const next = text.charCodeAt(step === 1 ? at + 1 : at - 1);
    if (Number.isNaN(next) || next === 46 || (next === 44 && !overCommas)) break;
    at += step;
  }
  return step === 1 ? at + 1 : at;
}

/** In order; places that overlap are one, told with the reason of the first. */
function merged(places: Place[]): readonly Place[] {
  places.sort((one, other) => one.start - other.start || other.end - one.end);
  const all: Place[] = [];
  for (const place of places) {
    const last = all.at(-1);
    if (last === undefined || place.start >= last.end) all.push(place);
    else if (place.end > last.end) all[all.length - 1] = { ...last, end: place.end };
  }
  return all;
}

/** Offsets are led back to the original. */
function findingOf(
  { id, severity, points, note }: Pick<Rule, 'id' | 'severity' | 'points' | 'note'>,
  { start, end, because, wording }: Place,
  folded: Folded,
  replacement: Replacement | undefined,
): Finding {
  const from = folded.starts[start] as number;
  const to = endOf(folded, end - 1);
  return {
    rule: id,
    severity,
    points,
    ...(note !== undefined && { note: note.zh }),
    words: folded.original.slice(from, to),
    start: from,
    end: to,
    because: because.zh,
    wording,
    ...(replacement !== undefined && { replacement }),
    english: { because: because.en, ...(note !== undefined && { note: note.en }) },
  };
}
