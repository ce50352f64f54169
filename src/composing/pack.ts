/** Several needs in one text: which of them and in which wordings, so that the most important fit into the limit. */
import { fits } from './limits.js';
import type { Choice } from './wordings.js';

export interface Packed {
  readonly text: string;
  /** Answered in the text, most important first. */
  readonly said: readonly Choice[];
}

export interface Frame {
  /** The one first wanted, then the others. */
  readonly openings: readonly string[];
  /**
   * What closes a text that leaves something open; none where nobody need be told.
   * @param mayBeMore more may be left than what is left to a person anyway
   */
  readonly closings: (mayBeMore: boolean) => readonly string[];
  /** Something is left to a person whatever fits: the text closes with saying so. */
  readonly leavesMore: boolean;
  readonly limit: number;
}

/** The wordings first wanted if they fit, else as many needs as fit, each as fully as there is room. */
export function pack(choices: readonly Choice[], frame: Frame): Packed | undefined {
  const wanted = askingOnce(choices);
  const closing = frame.leavesMore ? (frame.closings(false)[0] ?? '') : '';
  for (const opening of frame.openings) {
    const text = join(opening, wanted, closing, frame.openings);
    if (fits(text, frame.limit)) return { text, said: choices };
  }
  return packTight(choices, frame);
}

/** One text asks the buyer one thing: beside a part that asks, the others are said without a question where they can be. */
function askingOnce(choices: readonly Choice[]): string[] {
  let hasAsked = false;
  return choices.map((choice) => {
    const first = choice.textAt(choice.first)!;
    const text = hasAsked && asks(first) ? (textsOf(choice).find((one) => !asks(one)) ?? first) : first;
    hasAsked ||= asks(text);
    return text;
  });
}

function asks(text: string): boolean {
  return /[？?]/.test(text);
}

/** Every wording as short as can be. */
export function packShort(choices: readonly Choice[], frame: Frame): Packed | undefined {
  const text = join(
    frame.openings[0] ?? '',
    choices.map((choice) => shortestOf(textsOf(choice))),
    '',
    frame.openings,
  );
  return fits(text, frame.limit) ? { text, said: choices } : undefined;
}

function packTight(choices: readonly Choice[], frame: Frame): Packed | undefined {
  const opening = shortestOf(frame.openings);
  const written = (parts: readonly string[], closing: string) => join(opening, parts, closing, frame.openings);
  const fitting = (parts: readonly string[], closing: string) => fits(written(parts, closing), frame.limit);
  const all = choices.map((choice) => {
    const texts = textsOf(choice);
    return { choice, texts, shortest: shortestOf(texts) };
  });
  let said = all;
  let closings = frame.leavesMore ? frame.closings(false) : [];
  let closing = shortestOf(closings);
  if (!fitting(shortestParts(all), closing)) {
    closings = frame.closings(true);
    closing = shortestOf(closings);
    said = [];
    for (const one of all) if (fitting(shortestParts([...said, one]), closing)) said.push(one);
    if (said.length === 0) return undefined;
  }
  // What room is left goes to the most important first.
  const parts = shortestParts(said);
  said.forEach(({ texts }, at) => {
    parts[at] = texts.find((text) => fitting(parts.with(at, text), closing)) ?? parts[at]!;
  });
  closing = closings.find((one) => fitting(parts, one)) ?? closing;
  return { text: written(parts, closing), said: said.map((one) => one.choice) };
}

function shortestParts(all: readonly { readonly shortest: string }[]): string[] {
  return all.map((one) => one.shortest);
}

function textsOf(choice: Choice): readonly string[] {
  return Array.from({ length: choice.count }, (_, at) => choice.textAt(at)).filter((text) => text !== undefined);
}

function shortestOf(texts: readonly string[]): string {
  return texts.reduce((best, text) => (text.length < best.length ? text : best), texts[0] ?? '');
}

/** Sentences end as they are written; one that does not end gets a mark before the next. */
const ended = /[。！？～~…!?，；,;\s]$|\/:\S{1,6}$/u;

/** An apology that opens a part and says nothing else: 真抱歉让您收到这样的～, 让您受委屈了，实在抱歉～. */
const apology =
  /^(?:[让给]您[^，。～！？；]{1,10}，)?(?:真|真的|实在|很|太|非常)*(?:抱歉|不好意思|对不起)(?:[让给]您[^，。～！？；]{1,12})?[，。～！？；]/u;

/** What one text says once: an apology, and that the number of the order is wanted. */
function sayingOnce(parts: readonly string[]): readonly string[] {
  let hasApologised = false;
  let hasAskedOrder = false;
  return parts.map((part) => {
    const isApology = apology.test(part);
    const plain = hasApologised && isApology ? part.replace(apology, '') : part;
    const said = hasAskedOrder ? plain.replace(/和订单号|订单号和/u, '') : plain;
    hasApologised ||= isApology;
    hasAskedOrder ||= part.includes('订单号');
    return said === '' ? part : said;
  });
}

/** One text: opening, the parts, closing. A part said twice is said once; a reply that greets by itself gets no opening. */
export function join(opening: string, parts: readonly string[], closing: string, openings: readonly string[]): string {
  const greets = openings.some((one) => one !== '' && parts[0]?.startsWith(one));
  let text = greets ? '' : opening;
  const once = parts.length < 2 ? parts : sayingOnce(parts);
  const all = closing === '' ? once : [...once, closing];
  all.forEach((part, at) => {
    if (all.indexOf(part) < at) return;
    text += text === '' || ended.test(text.slice(-8)) ? part : `；${part}`;
  });
  return text;
}
