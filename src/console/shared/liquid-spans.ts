/** Where variables stand in Liquid, and where a caret may: before or after one, never within. Pure. */

export interface VariableSpan {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

export type LiquidPiece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'variable'; readonly text: string; readonly name: string }
  /** A condition or the like. */
  | { readonly kind: 'tag'; readonly text: string };

const liquid = /\{\{-?\s*([a-z_][a-z0-9_]*)[^{}]*\}\}|\{%.*?%\}/gs;

/** The text cut into pieces, nothing left out: their texts joined are the source. */
export function liquidPieces(source: string): readonly LiquidPiece[] {
  const pieces: LiquidPiece[] = [];
  let from = 0;
  for (const match of source.matchAll(liquid)) {
    const [text, name] = match;
    if (match.index > from) pieces.push({ kind: 'words', text: source.slice(from, match.index) });
    pieces.push(name === undefined ? { kind: 'tag', text } : { kind: 'variable', text, name });
    from = match.index + text.length;
  }
  if (from < source.length) pieces.push({ kind: 'words', text: source.slice(from) });
  return pieces;
}

export function variableSpans(source: string): readonly VariableSpan[] {
  let at = 0;
  return liquidPieces(source).flatMap((piece) => {
    const start = at;
    at += piece.text.length;
    return piece.kind === 'variable' ? [{ start, end: at, name: piece.name }] : [];
  });
}

/** The variable within which a place lies; its edges are outside. */
export function spanAround(spans: readonly VariableSpan[], at: number): VariableSpan | undefined {
  return spans.find(({ start, end }) => start < at && at < end);
}

export interface Selected {
  /** Where it was begun. */
  readonly anchor: number;
  /** Where the caret blinks. */
  readonly focus: number;
}

/**
 * The selection with its ends out of variables. A caret that came into one goes on in its direction, to the other side; what is
 * selected from within one takes it whole.
 * @param before where the caret was
 */
export function outOfVariables(spans: readonly VariableSpan[], { anchor, focus }: Selected, before: number): Selected {
  const around = spanAround(spans, focus);
  const moved = around === undefined ? focus : focus > before ? around.end : around.start;
  if (anchor === focus) return { anchor: moved, focus: moved };
  const held = spanAround(spans, anchor);
  return { anchor: held === undefined ? anchor : moved > anchor ? held.start : held.end, focus: moved };
}

/** What a key that deletes takes whole: the variable that ends, or begins, right at the caret. */
export function deletedWhole(spans: readonly VariableSpan[], caret: number, isBackward: boolean): VariableSpan | undefined {
  return spans.find(({ start, end }) => (isBackward ? end : start) === caret);
}
