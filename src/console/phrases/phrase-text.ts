/** The text of a phrase as people see it: findings underlined, what is open, the place of a wording. Pure. */
import type { Finding } from '../shared/wire.js';

export interface FilledPiece {
  readonly text: string;
  readonly severity?: Finding['severity'];
  /** Stands for what the conversation will fill in. */
  readonly isOpen?: true;
}

const gravest = ['block', 'points', 'hint'] as const;

/** The text filled in, in pieces: where findings lie, and `{买家昵称}`. @param open titles of what is still open */
export function filledPieces(text: string, findings: readonly Finding[], open: readonly string[]): readonly FilledPiece[] {
  const places = open.flatMap((title) => {
    const word = `{${title}}`;
    const found: { start: number; end: number }[] = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.push({ start: at, end: at + word.length });
    return found;
  });
  const edges = [...new Set([0, text.length, ...[...findings, ...places].flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((one, other) => one - other);
  const covers = (start: number, end: number) => (one: { readonly start: number; readonly end: number }) =>
    one.start <= start && one.end >= end;
  return edges.slice(0, -1).map((start, at) => {
    const end = edges[at + 1]!;
    const here = findings.filter(covers(start, end)).map(({ severity }) => severity);
    const severity = gravest.find((one) => here.includes(one));
    return {
      text: text.slice(start, end),
      ...(severity !== undefined && { severity }),
      ...(places.some(covers(start, end)) && { isOpen: true as const }),
    };
  });
}

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * What the wording takes the place of in the source: the same piece as in the text filled in, or, where a variable stands in
 * it, all between two commas or stops around the words. Undefined: nothing fits, or the words come out of a variable.
 */
export function replacementFor(
  source: string,
  filled: string,
  { words, replacement }: Pick<Finding, 'words' | 'replacement'>,
): Replacement | undefined {
  if (replacement === undefined || words === '') return undefined;
  const { text } = replacement;
  const piece = filled.slice(replacement.start, replacement.end);
  const whole = source.indexOf(piece);
  if (whole >= 0) return { start: whole, end: whole + piece.length, text };
  const at = source.indexOf(words);
  if (at < 0) return undefined;
  const isEnd = (character: string) => /[，。！？；,!?;～~\n]/.test(character);
  let start = at;
  while (start > 0 && !isEnd(source[start - 1]!)) start -= 1;
  let end = at + words.length;
  while (end < source.length && !isEnd(source[end]!)) end += 1;
  return { start, end, text };
}
