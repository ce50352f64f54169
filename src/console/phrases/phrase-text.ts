/** The Liquid of a phrase as people see it: variables by their titles, findings underlined, the place of a wording. Pure. */
import type { Finding } from '../shared/wire.js';

export type SourcePiece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  /** A condition or the like: shown as it is written. */
  | { readonly kind: 'tag'; readonly text: string };

const liquid = /\{\{-?\s*([a-z_][a-z0-9_]*)[^}]*\}\}|\{%.*?%\}/gs;

export function sourcePieces(source: string): readonly SourcePiece[] {
  const pieces: SourcePiece[] = [];
  let from = 0;
  for (const match of source.matchAll(liquid)) {
    if (match.index > from) pieces.push({ kind: 'words', text: source.slice(from, match.index) });
    pieces.push(match[1] === undefined ? { kind: 'tag', text: match[0] } : { kind: 'variable', name: match[1] });
    from = match.index + match[0].length;
  }
  if (from < source.length) pieces.push({ kind: 'words', text: source.slice(from) });
  return pieces;
}

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
 * What the wording takes the place of in the source. A wording that addresses the buyer says a thing whole: it stands for
 * all between two commas or stops, and addresses nobody twice. Undefined: the words come out of a variable, there is
 * nothing here to replace.
 */
export function replacementFor(source: string, { words, wording }: Pick<Finding, 'words' | 'wording'>): Replacement | undefined {
  const at = words === '' || wording === '' ? -1 : source.indexOf(words);
  if (at < 0) return undefined;
  if (!/^[亲您]/.test(wording)) return { start: at, end: at + words.length, text: wording };
  const isEnd = (character: string) => /[，。！？；,!?;～~\n]/.test(character);
  let start = at;
  while (start > 0 && !isEnd(source[start - 1]!)) start -= 1;
  let end = at + words.length;
  while (end < source.length && !isEnd(source[end]!)) end += 1;
  const isFirst = source.slice(0, start).trim() === '';
  return { start, end, text: isFirst ? wording : wording.replace(/^亲[，,]/, '') };
}

/** Where a variable ends right before the caret, from where it begins: Backspace takes it whole. */
export function variableBefore(source: string, caret: number): number | undefined {
  const match = /\{\{[^{}]*\}\}$/.exec(source.slice(0, caret));
  return match?.index;
}
