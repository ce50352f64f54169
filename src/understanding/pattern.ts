/**
 * The pattern language of the intent files. A pattern is read once, when knowledge is compiled, into sequences of elements
 * that the matcher runs in linear time.
 *
 *   发货           these characters
 *   (发|寄)货      either; `(还|)能`, `(还)?能` or `还?能`: may be missing
 *   {when}         a word list of intents/languages/<tag>.yaml
 *   <region>       a slot: region, courier, number, colour, bank, order (an order number), detail (材质 …), weakness (起球 …)
 *   …              up to 8 characters between (within a clause);  ~  up to 3
 *   ^ … $          start and end of a clause; polite openings and closing particles do not count
 */

export interface Element {
  /** Either these literals, or a slot. */
  readonly literals: readonly string[];
  readonly slot?: string;
  /** Most characters between the former element and this one; 0: next to it. */
  readonly gapBefore: number;
}

export interface Sequence {
  readonly elements: readonly Element[];
  readonly fromClauseStart: boolean;
  readonly toClauseEnd: boolean;
}

/** Why a pattern cannot be read, and what to write instead; `at` is the offset in the pattern. */
export class PatternError extends Error {
  readonly at: number;
  readonly mend: string;
  constructor(message: string, at: number, mend = allowed) {
    super(message);
    this.name = 'PatternError';
    this.at = at;
    this.mend = mend;
  }
}

const allowed =
  'A pattern is words, (either|or), {a list of the language file}, <a slot>, 的? for what may be missing, ~ and … for up to 3 and 8 characters between, ^ and $ for the ends of a clause.';

/** What is of regular expressions alone. Such marks are no part of a buyer's text as it is read, so that they would find nothing. */
const ofRegularExpressions: readonly { readonly begins: RegExp; readonly mend: string }[] = [
  {
    begins: /^(\[[^\]]*\]?[*+?]?|\])/,
    mend: 'Write the choices out, (a|b|c); <number> is any number, ~ up to 3 characters of any kind and … up to 8.',
  },
  {
    begins: /^(\.?[*+]|\{\d*,?\d*\})/,
    mend: 'Write words as they are said, 的? or (的)? for what may be missing; ~ is up to 3 characters of any kind and … up to 8.',
  },
  { begins: /^\\.?[*+]?/, mend: 'Write the characters themselves; <number> is any number.' },
  { begins: /^\(\?[:=!<]*/, mend: 'Write (either|or); what a message must not say stands under `unless`.' },
];

/** @throws PatternError where something of a regular expression begins here */
function refuseRegularExpression(body: string, at: number): void {
  const c = body[at]!;
  if (!'[].*+{\\('.includes(c)) return;
  const rest = body.slice(at);
  for (const { begins, mend } of ofRegularExpressions) {
    const found = begins.exec(rest)?.[0];
    if (found !== undefined) throw new PatternError(`"${found}" is of regular expressions, which this is not`, at, mend);
  }
}

export const slotNames = ['region', 'courier', 'number', 'colour', 'bank', 'order', 'detail', 'weakness'] as const;

const wideGap = 8;
const narrowGap = 3;
/** What a plan has room for (match-plan.ts). */
const widestOfAll = 255;
const longestWord = 511;
// Literal runs next to each other are multiplied out up to here: fewer, longer literals match faster.
const mostLiterals = 48;
const mostSequences = 32;

type Token =
  | { readonly kind: 'set'; readonly literals: readonly string[]; readonly optional: boolean }
  | { readonly kind: 'slot'; readonly name: string; readonly optional: boolean }
  | { readonly kind: 'gap'; readonly most: number };

/**
 * Reads a pattern.
 * @param words word lists by name
 * @param foldWord folds a literal as the buyer's text is folded
 * @throws PatternError naming what cannot be read
 */
export function parsePattern(
  pattern: string,
  words: ReadonlyMap<string, readonly string[]>,
  foldWord: (word: string) => string,
): readonly Sequence[] {
  let body = pattern.trim();
  const fromClauseStart = body.startsWith('^');
  if (fromClauseStart) body = body.slice(1);
  const toClauseEnd = body.endsWith('$');
  if (toClauseEnd) body = body.slice(0, -1);
  const tokens = tokenise(body, words, foldWord);
  const sequences: Sequence[] = [];
  for (const chosen of withoutOptionals(tokens)) {
    const elements = joined(chosen);
    if (elements.some(({ literals }) => literals.some((word) => word.length > longestWord)))
      throw new PatternError(`a word is longer than ${longestWord} characters`, 0);
    if (elements.length > 0) sequences.push({ elements, fromClauseStart, toClauseEnd });
  }
  if (sequences.length === 0) throw new PatternError('the pattern has nothing to match', 0);
  return sequences;
}

function tokenise(body: string, words: ReadonlyMap<string, readonly string[]>, foldWord: (word: string) => string): Token[] {
  const tokens: Token[] = [];
  let literal = '';
  const flush = () => {
    const folded = foldWord(literal);
    if (folded !== '') tokens.push({ kind: 'set', literals: [folded], optional: false });
    literal = '';
  };
  for (let i = 0; i < body.length; i++) {
    const c = body[i]!;
    refuseRegularExpression(body, i);
    if (c === '…' || c === '~') {
      flush();
      const wide = c === '…' && body[i + 1] === '…';
      if (wide) i++;
      tokens.push({ kind: 'gap', most: c === '~' ? narrowGap : wide ? wideGap * 2 : wideGap });
    } else if (c === '(' || c === '{') {
      flush();
      const { alternatives, after } = readGroup(body, i, words);
      const optional = body[after] === '?';
      const folded = [...new Set(alternatives.map((word) => (word === '' ? '' : foldWord(word))))];
      const literals = folded.filter((word) => word !== '');
      if (literals.length === 0) throw new PatternError('this group has no words', i);
      tokens.push({ kind: 'set', literals, optional: optional || folded.includes('') });
      i = optional ? after : after - 1;
    } else if (c === '<') {
      flush();
      const close = body.indexOf('>', i);
      const name = close < 0 ? '' : body.slice(i + 1, close);
      if (!(slotNames as readonly string[]).includes(name))
        throw new PatternError(`<${name}> is no slot; slots are ${slotNames.join(', ')}`, i);
      const optional = body[close + 1] === '?';
      tokens.push({ kind: 'slot', name, optional });
      i = optional ? close + 1 : close;
    } else if (c === ')' || c === '}' || c === '>' || c === '|') {
      throw new PatternError(`"${c}" without its opening`, i);
    } else if (c === '?' && literal !== '') {
      const last = literal.at(-1)!;
      literal = literal.slice(0, -1);
      flush();
      tokens.push({ kind: 'set', literals: [foldWord(last)], optional: true });
    } else literal += c;
  }
  flush();
  return tokens;
}

/** Reads `(a|b{list}|)` or `{list}`; groups may nest, slots and gaps may not stand inside. */
function readGroup(
  body: string,
  at: number,
  words: ReadonlyMap<string, readonly string[]>,
): { alternatives: string[]; after: number } {
  if (body[at] === '{') {
    const close = body.indexOf('}', at);
    const name = close < 0 ? '' : body.slice(at + 1, close);
    const list = words.get(name);
    if (list === undefined)
      throw new PatternError(`{${name}} is no word list of the language file, which has ${[...words.keys()].join(', ')}`, at);
    return { alternatives: [...list], after: close + 1 };
  }
  const done: string[] = [];
  let current: string[] = [''];
  let i = at + 1;
  for (; i < body.length; i++) {
    const c = body[i]!;
    if (c === ')') break;
    refuseRegularExpression(body, i);
    if (c === '|') {
      done.push(...current);
      current = [''];
    } else if (c === '(' || c === '{') {
      const inner = readGroup(body, i, words);
      let after = inner.after;
      let alternatives = inner.alternatives;
      if (body[after] === '?') {
        alternatives = [...alternatives, ''];
        after++;
      }
      current = current.flatMap((head) => alternatives.map((tail) => head + tail));
      i = after - 1;
    } else if (c === '…' || c === '~' || c === '<') throw new PatternError('gaps and slots cannot stand inside a group', i);
    else current = current.map((head) => head + c);
    if (current.length > mostLiterals) throw new PatternError(`this group has over ${mostLiterals} wordings`, at);
  }
  if (body[i] !== ')') throw new PatternError('"(" without its ")"', at);
  return { alternatives: [...done, ...current], after: i + 1 };
}

function withoutOptionals(tokens: readonly Token[]): Token[][] {
  let chosen: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'gap' || !token.optional) {
      for (const one of chosen) one.push(token);
      continue;
    }
    // Optional words next to words are multiplied out as literals (below), so only lone ones double the sequences.
    chosen = chosen.flatMap((one) => [one, [...one, token]]);
    if (chosen.length > mostSequences) throw new PatternError(`more than ${mostSequences} ways to read the optional parts`, 0);
  }
  return chosen;
}

/** Neighbouring sets become one where the product stays small. A gap at either end means nothing and is dropped. */
function joined(tokens: readonly Token[]): Element[] {
  const elements: Element[] = [];
  let gap = 0;
  for (const token of tokens) {
    if (token.kind === 'gap') {
      gap += token.most;
      if (gap > widestOfAll) throw new PatternError(`gaps in a row reach over more than ${widestOfAll} characters`, 0);
      continue;
    }
    const last = elements.at(-1);
    const literals = token.kind === 'set' ? token.literals : [];
    if (
      token.kind === 'set' &&
      last !== undefined &&
      last.slot === undefined &&
      gap === 0 &&
      last.literals.length * literals.length <= mostLiterals
    ) {
      elements[elements.length - 1] = { ...last, literals: last.literals.flatMap((head) => literals.map((tail) => head + tail)) };
    } else {
      elements.push({
        literals,
        ...(token.kind === 'slot' ? { slot: token.name } : {}),
        gapBefore: elements.length === 0 ? 0 : gap,
      });
    }
    gap = 0;
  }
  return elements;
}
