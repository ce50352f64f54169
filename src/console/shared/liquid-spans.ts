/** Where variables and conditions stand in Liquid, and where a caret may: before or after one, never within. Pure. */

/** What is passed and deleted as a whole. */
export interface WholeSpan {
  readonly start: number;
  readonly end: number;
}

export type LiquidPiece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'variable'; readonly text: string; readonly name: string }
  /** A condition or the like. */
  | { readonly kind: 'tag'; readonly text: string }
  /** A condition in words, as a field shows it. */
  | { readonly kind: 'condition'; readonly text: string };

const liquid = /\{\{-?\s*([a-z_][a-z0-9_]*)[^{}]*\}\}|\{%.*?%\}|〔[^〔〕]*〕/gs;

/**
 * The text cut into pieces, nothing left out: their texts joined are the source.
 * @param isCondition whether what stands in 〔〕 is a condition in words; default: it is text as any other
 */
export function liquidPieces(source: string, isCondition: (text: string) => boolean = () => false): readonly LiquidPiece[] {
  const pieces: LiquidPiece[] = [];
  let from = 0;
  for (const match of source.matchAll(liquid)) {
    const [text, name] = match;
    const isInWords = text.startsWith('〔');
    if (isInWords && !isCondition(text)) continue;
    if (match.index > from) pieces.push({ kind: 'words', text: source.slice(from, match.index) });
    pieces.push(name !== undefined ? { kind: 'variable', text, name } : { kind: isInWords ? 'condition' : 'tag', text });
    from = match.index + text.length;
  }
  if (from < source.length) pieces.push({ kind: 'words', text: source.slice(from) });
  return pieces;
}

export function wholeSpans(pieces: readonly LiquidPiece[]): readonly WholeSpan[] {
  let at = 0;
  return pieces.flatMap(({ kind, text }) => {
    const start = at;
    at += text.length;
    return kind === 'variable' || kind === 'condition' ? [{ start, end: at }] : [];
  });
}

/** The variable within which a place lies; its edges are outside. */
export function spanAround(spans: readonly WholeSpan[], at: number): WholeSpan | undefined {
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
export function outOfVariables(spans: readonly WholeSpan[], { anchor, focus }: Selected, before: number): Selected {
  const around = spanAround(spans, focus);
  const moved = around === undefined ? focus : focus > before ? around.end : around.start;
  if (anchor === focus) return { anchor: moved, focus: moved };
  const held = spanAround(spans, anchor);
  return { anchor: held === undefined ? anchor : moved > anchor ? held.start : held.end, focus: moved };
}

/** What a key that deletes takes whole: the variable that ends, or begins, right at the caret. */
export function deletedWhole(spans: readonly WholeSpan[], caret: number, isBackward: boolean): WholeSpan | undefined {
  return spans.find(({ start, end }) => (isBackward ? end : start) === caret);
}
