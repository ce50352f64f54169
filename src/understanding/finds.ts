/** What a scan has found, by what its rules do; and what was seen and holds only if its clause ends so, or has finds that it is about. */

import { isTail } from './edges.js';
import { softUnit } from './normalise.js';
import { type Phrases, phraseCount } from './phrases.js';
import { anyFamily, deed, deeds, layout, type Plans } from './plans.js';
import type { Cancels, Match } from './scan.js';

const {
  boundToEnd,
  boundToStart,
  deedShift,
  entriesHigh,
  entriesLow,
  halfBits,
  isCancel,
  isLate,
  latePlaceShift,
  lateCount,
  lateFields,
  mayEndPhrase,
  sequenceHead,
} = layout;

/** Of what waits: its place, where its last element starts and ends, then the spans of those before. */
const waitingHead = 3;
const atFirst = 32;
/** How many programs it is remembered of where they were seen: a long text has few that are about others. */
const saidMask = 63;
const saidFields = 2;
/** Far below where numbers of phrases would no longer fit. */
const farPhrase = 2 ** 30;
const none: readonly never[] = [];

/** Scratch of one matcher: what a text has stays until the next one. Places are those of sequences in its plans. */
export interface Finds {
  /** @param given families of finds that another matcher made */
  readonly openText: (given: number, phrases: Phrases, units: Uint16Array) => void;
  readonly openClause: (at: number) => void;
  /** @param spans start and end of each element before the last */
  readonly keep: (place: number, spans: Int32Array, lastStart: number, end: number) => void;
  /** Keeps what must end with its clause, where it does: behind `content` stand closing particles alone. */
  readonly keepEnded: (content: number) => void;
  /** Of all finds in the clause, as bits. */
  readonly families: () => number;
  /** Keeps the late ones that what this program belongs to is the only element of, about finds of the clause. */
  readonly keepLate: (program: number, start: number, end: number, content: number, isOpening: boolean) => void;
  /** Keeps those late ones that wait, about finds of the clause. */
  readonly closeClause: (content: number) => void;
  readonly of: (kind: number) => readonly Match[];
  /** Of all finds in the text. */
  readonly allFamilies: () => number;
  readonly cancels: readonly Cancels[];
}

export function openFinds({ code, entries, sequences, firstRule, ruleCount }: Plans, tails: Uint8Array): Finds {
  const found = new Array<Match[] | undefined>(deeds).fill(undefined);
  const cancels = { count: 0, rules: new Int32Array(8), starts: new Int32Array(8), ends: new Int32Array(8) };
  let waiting = new Int32Array(atFirst);
  let units: Uint16Array = new Uint16Array(0);
  let phrases: Phrases = { at: new Int32Array(0), length: 0 };
  /** Families of the finds in each phrase. */
  let byPhrase = new Int32Array(8);
  // Phrases are numbered on from text to text, so that nothing of former ones needs undoing. By rule the first and the last of
  // the clause in which it was found; and programs with the phrase in which each was seen, by the last bits of its number.
  const firstFound = new Int32Array(ruleCount);
  const lastFound = new Int32Array(ruleCount);
  /** By rule the phrase in which it last took something away. */
  const lastTaken = new Int32Array(ruleCount);
  const said = new Int32Array((saidMask + 1) * saidFields);
  const now = { phrases: 1, count: 0, given: 0, families: anyFamily, all: 0, clause: 0, clausePhrase: 0, waiting: 0 };

  function keep(place: number, spans: Int32Array, lastStart: number, end: number): void {
    if ((sequences[place + 2]! & (boundToEnd | isLate)) !== 0) wait(place, spans, lastStart, end);
    else take(place, spans, 0, lastStart, end);
  }

  function wait(place: number, spans: Int32Array, lastStart: number, end: number): void {
    const count = 2 * sequences[place + 3]!;
    let at = now.waiting;
    if (at + waitingHead + count > waiting.length) waiting = grown(waiting);
    waiting[at++] = place;
    waiting[at++] = lastStart;
    waiting[at++] = end;
    for (let i = 0; i < count; i++) waiting[at++] = spans[i]!;
    now.waiting = at;
  }

  /** @param from where the spans of the elements before the last stand, from `at` on */
  function take(place: number, from: Int32Array, at: number, lastStart: number, end: number): void {
    const kind = sequences[place + 2]! >> deedShift;
    const before = sequences[place + 3]!;
    const start = before === 0 ? lastStart : from[at]!;
    const spans = kind > deed.facet ? none : ownSpans(before, from, at, lastStart, end);
    const match: Match = { rule: sequences[place]!, clause: now.clause, start, end, spans };
    const list = found[kind];
    if (list === undefined) found[kind] = [match];
    else list.push(match);
    if (kind === deed.find) addFound(match.rule - firstRule, sequences[place + 1]!, phrases.at[start]!, phrases.at[end - 1]!);
  }

  function addFound(rule: number, family: number, from: number, to: number): void {
    now.families |= family;
    for (let phrase = from; phrase <= to; phrase++) byPhrase[phrase]! |= family;
    const isFirst = lastFound[rule]! < now.clausePhrase;
    if (isFirst || now.phrases + from < firstFound[rule]!) firstFound[rule] = now.phrases + from;
    if (isFirst || now.phrases + to > lastFound[rule]!) lastFound[rule] = now.phrases + to;
  }

  /** Whether a cancel may take something away in these phrases. @param at where its rules are told, in `sequences` */
  function isAnyFound(at: number, from: number, to: number): boolean {
    const all = sequences;
    const count = all[at]!;
    if (count === 0) return true;
    for (let k = at + 1; k <= at + count; k++)
      if (firstFound[all[k]!]! <= now.phrases + to && lastFound[all[k]!]! >= now.phrases + from) return true;
    return false;
  }

  function familiesIn(start: number, end: number): number {
    let all = anyFamily | now.given;
    for (let phrase = phrases.at[start]!; phrase <= phrases.at[end - 1]!; phrase++) all |= byPhrase[phrase]!;
    return all;
  }

  function isSaidAgain(program: number, start: number, end: number): boolean {
    const phrase = phrases.at[start]!;
    const at = (program & saidMask) * saidFields;
    const isAgain = said[at] === program && said[at + 1] === now.phrases + phrase && phrases.at[end - 1] === phrase;
    said[at] = program;
    said[at + 1] = now.phrases + phrase;
    return isAgain;
  }

  function keepLate(program: number, start: number, end: number, content: number, isOpening: boolean): void {
    const last = code[program + entriesLow]! | (code[program + entriesHigh]! << halfBits);
    const { families } = now;
    const unmet = (end < content ? boundToEnd : 0) | (isOpening ? 0 : boundToStart);
    // The same words again in a phrase take nothing more away, but where they must stand at an end of it.
    const isAgain = isSaidAgain(program, start, end);
    const late = entries;
    let at = last - code[program + lateCount]! * lateFields;
    for (; at < last && (late[at + 1]! & isCancel) === 0; at += lateFields)
      if ((late[at]! & families) !== 0 && (late[at + 1]! & unmet) === 0)
        take(late[at + 1]! >>> latePlaceShift, waiting, 0, start, end);
    // Most of what cancels would take away was found elsewhere, if at all.
    const inPhrases = familiesIn(start, end);
    for (; at < last; at += lateFields) {
      if ((late[at]! & inPhrases) === 0) continue;
      const about = late[at + 1]!;
      if ((about & unmet) === 0 && (!isAgain || (about & (boundToStart | boundToEnd)) !== 0))
        cancel(about >>> latePlaceShift, start, end);
    }
  }

  /** Notes a cancel where it may take something away; what it did in a phrase it need not do once more. */
  function cancel(place: number, start: number, end: number): void {
    const from = phrases.at[start]!;
    const to = phrases.at[end - 1]!;
    const rule = sequences[place]!;
    if (from === to && lastTaken[rule - firstRule] === now.phrases + from) return;
    if (!isAnyFound(place + sequenceHead + 2 * sequences[place + 3]!, from, to)) return;
    if (from === to) lastTaken[rule - firstRule] = now.phrases + from;
    if (cancels.count === cancels.rules.length) {
      cancels.rules = grown(cancels.rules);
      cancels.starts = grown(cancels.starts);
      cancels.ends = grown(cancels.ends);
    }
    cancels.rules[cancels.count] = rule;
    cancels.starts[cancels.count] = start;
    cancels.ends[cancels.count++] = end;
  }

  /** Whether nothing but closing particles stands between here and a pause that parts two thoughts. */
  function isPause(end: number): boolean {
    const phrase = phrases.at[end - 1]!;
    let at = end;
    while (at < phrases.length && phrases.at[at] === phrase && isTail(tails, units[at]!)) at++;
    return at < phrases.length && phrases.at[at] !== phrase && units[at] === softUnit;
  }

  /** @param late `isLate`, or 0 for the others */
  function takeWaiting(late: number, content: number): void {
    for (let at = 0; at < now.waiting; ) {
      const place = waiting[at]!;
      const lastStart = waiting[at + 1]!;
      const end = waiting[at + 2]!;
      const spans = at + waitingHead;
      const about = sequences[place + 2]!;
      at = spans + 2 * sequences[place + 3]!;
      if (
        (about & isLate) !== late ||
        ((about & boundToEnd) !== 0 && end < content && ((about & mayEndPhrase) === 0 || !isPause(end)))
      )
        continue;
      if (about >> deedShift === deed.cancel) {
        const start = at === spans ? lastStart : waiting[spans]!;
        if ((sequences[place + 1]! & familiesIn(start, end)) !== 0) cancel(place, start, end);
      } else if (late === 0 || (sequences[place + 1]! & now.families) !== 0) take(place, waiting, spans, lastStart, end);
    }
  }

  return {
    openText(given, ofText, ofUnits) {
      units = ofUnits;
      for (let kind = 0; kind < deeds; kind++) found[kind] = undefined;
      phrases = ofText;
      now.phrases += now.count;
      if (now.phrases > farPhrase) {
        lastFound.fill(0);
        lastTaken.fill(0);
        said.fill(0);
        now.phrases = 1;
      }
      const count = phraseCount(ofText);
      now.count = count;
      if (byPhrase.length < count) byPhrase = new Int32Array(count * 2);
      for (let phrase = 0; phrase < count; phrase++) byPhrase[phrase] = 0;
      cancels.count = 0;
      now.given = given;
      now.all = 0;
      now.clause = 0;
    },
    openClause(at) {
      now.families = anyFamily | now.given;
      now.clausePhrase = now.phrases + (at < phrases.length ? phrases.at[at]! : now.count);
      now.waiting = 0;
    },
    keep,
    keepEnded: (content) => takeWaiting(0, content),
    families: () => now.families,
    keepLate,
    closeClause(content) {
      takeWaiting(isLate, content);
      now.all |= now.families;
      now.clause++;
    },
    of: (kind) => found[kind] ?? none,
    allFamilies: () => now.all,
    cancels: [cancels],
  };
}

/** A list that grows is made with much room to spare; nearly all have one or two elements. */
function ownSpans(before: number, from: Int32Array, at: number, lastStart: number, end: number): readonly number[] {
  if (before === 0) return [lastStart, end];
  if (before === 1) return [from[at]!, from[at + 1]!, lastStart, end];
  if (before === 2) return [from[at]!, from[at + 1]!, from[at + 2]!, from[at + 3]!, lastStart, end];
  return [...from.subarray(at, at + 2 * before), lastStart, end];
}

/** Twice as long. */
export function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
