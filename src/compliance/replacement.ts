/**
 * How a suggested wording takes the place of what was found, so that the text still reads. 您加微信聊吧 is found by 加微信, yet
 * a whole sentence cannot stand where two words stood: it takes the place of their clause.
 */
import type { Replacement } from '../conversation.js';
import { endOf, type Folded } from './fold.js';

/**
 * What a wording takes the place of: the `words` found, their `clause`, the clause and the `rest` of its sentence (what
 * follows a breach mostly speaks of it: 截图找我领, 换个方式吧), the whole `sentence`, or the `message`.
 */
export type Replaces = 'words' | 'clause' | 'rest' | 'sentence' | 'message';

/** What to try when more has to go than declared. */
export const wider: Readonly<Record<Exclude<Replaces, 'words'>, Exclude<Replaces, 'words'> | undefined>> = {
  clause: 'rest',
  rest: 'sentence',
  sentence: 'message',
  message: undefined,
};

/** A wording that begins a message calls the buyer 亲; one that goes on with it does not once more. */
const salutation = '亲，';

/** Whether a wording takes the place of words alone: all others are sentences and begin with 亲，. */
export function isWordForWord(wording: string): boolean {
  return !wording.startsWith(salutation);
}

/**
 * @param start of what was found, in the folded text
 * @param wording begins with 亲，, ends without a mark, and asks nothing; where it replaces words it fits as it is
 */
export function replacementOf(
  folded: Folded,
  { start, end }: { readonly start: number; readonly end: number },
  wording: string,
  replaces: Replaces,
): Replacement {
  const { original, text, starts } = folded;
  let from = start;
  let to = end;
  while (from < to - 1 && isMark(text, from)) from += 1;
  while (to > from + 1 && isMark(text, to - 1)) to -= 1;
  if (replaces === 'words') return { start: starts[from]!, end: endOf(folded, to - 1), text: wording };
  const isEdge = (at: number, overCommas: boolean) => (overCommas ? isStop(text, at) : isMark(text, at));
  if (replaces === 'message') return placed(original, 0, original.length, wording);
  while (from > 0 && !isEdge(from - 1, replaces === 'sentence')) from -= 1;
  while (to < text.length && !isEdge(to, replaces !== 'clause')) to += 1;
  while (to > from + 1 && isMark(text, to - 1)) to -= 1;
  while (from < to - 1 && isMark(text, from)) from += 1;
  return placed(original, starts[from]!, endOf(folded, to - 1), wording);
}

/** The text with the replacement in its place. */
export function replaced(text: string, { start, end, text: put }: Replacement): string {
  return text.slice(0, start) + put + text.slice(end);
}

function isMark(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x2c || isStop(text, at);
}

function isStop(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x2e;
}

/** The wording as it reads there: with 亲 once in a message, and not said twice. */
function placed(original: string, start: number, end: number, wording: string): Replacement {
  const before = original.slice(0, start);
  const after = original.slice(end);
  const body = isWordForWord(wording) ? wording : wording.slice(salutation.length);
  if (before.includes(body) || after.includes(body)) return withoutClause(original, start, end);
  const isFirst = !/[\p{L}\p{N}]/u.test(before);
  const put = isFirst && !after.includes('亲') ? wording : body;
  // What was asked is a statement now.
  const asked = /^[^\p{L}\p{N}]*[?？][^\p{L}\p{N}]*/u.exec(after)?.[0];
  if (asked === undefined) return { start, end, text: put };
  const isLast = asked.length === after.length;
  return { start, end: end + asked.length, text: isLast ? put : `${put}。` };
}

/** The clause with the mark that parts it from what is before it, else from what follows. */
function withoutClause(original: string, start: number, end: number): Replacement {
  const joint = /[，,、\s]+$/u.exec(original.slice(0, start))?.[0];
  if (joint !== undefined) return { start: start - joint.length, end, text: '' };
  const mark = /^[^\p{L}\p{N}]+/u.exec(original.slice(end))?.[0] ?? '';
  return { start, end: end + mark.length, text: '' };
}
