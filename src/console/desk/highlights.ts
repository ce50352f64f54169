/** Which words of a buyer's message gave which intent. Pure. */
import type { Answer } from '../shared/wire.js';

export interface Piece {
  readonly text: string;
  /** What rests on it; undefined: plain words. */
  readonly found?: FoundWords;
}

export interface FoundWords {
  readonly answerId: string;
  readonly intent: string;
  readonly confidence: number;
  /** All words of this intent in the turn, once each. */
  readonly words: readonly string[];
  readonly runnerUp?: { readonly id: string; readonly confidence: number };
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly found: FoundWords;
}

/**
 * @param messages of the Answer, in their order: their texts joined by line breaks are what was understood
 * @returns the pieces of each message by its id; a message in which nothing was found is not among them
 */
export function highlights(
  answer: Answer,
  messages: readonly { readonly id: string; readonly text: string }[],
): Map<string, Piece[]> {
  const { understanding } = answer;
  const marks: Mark[] = [];
  for (const { id, confidence, evidence } of understanding.intents) {
    const words = [...new Set(evidence.map((one) => one.words))];
    const { runnerUp } = understanding;
    const found: FoundWords = { answerId: answer.id, intent: id, confidence, words, ...(runnerUp !== undefined && { runnerUp }) };
    for (const { start, end } of evidence) if (end > start) marks.push({ start, end, found });
  }
  const pieces = new Map<string, Piece[]>();
  let from = 0;
  for (const { id, text } of messages) {
    // What has no words (a picture) is no part of the text.
    const at = text === '' ? -1 : understanding.text.indexOf(text, from);
    if (at < 0) continue;
    from = at + text.length;
    const its = marks
      .map((mark) => ({ ...mark, start: Math.max(mark.start - at, 0), end: Math.min(mark.end - at, text.length) }))
      .filter(({ start, end }) => start < end);
    if (its.length > 0) pieces.set(id, cut(text, its));
  }
  return pieces;
}

/** Words that two intents share go to the first named, which is the surer one; the other keeps what is left. */
function cut(text: string, marks: readonly Mark[]): Piece[] {
  const owner: (FoundWords | undefined)[] = new Array(text.length).fill(undefined);
  for (const { start, end, found } of marks) for (let at = start; at < end; at++) owner[at] ??= found;
  const pieces: Piece[] = [];
  for (let start = 0; start < text.length; ) {
    let end = start + 1;
    while (end < text.length && owner[end] === owner[start]) end++;
    const found = owner[start];
    pieces.push(found === undefined ? { text: text.slice(start, end) } : { text: text.slice(start, end), found });
    start = end;
  }
  return pieces;
}
