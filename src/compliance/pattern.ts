/**
 * What rules search for, written like a regular expression over folded text (fold.ts), with three differences:
 * `…` is a gap of up to 6 characters inside a clause and `…{9}` one of up to 9; `‥{9}` is one that may leave the clause,
 * not the sentence; and a mark may stand inside a word (微，信), except after a character that is a clause by itself.
 * From each pattern its anchors are read: words of which one must occur, so that most patterns are never tried.
 */
import { bitOf, type Folded } from './fold.js';

export interface Pattern {
  readonly expression: RegExp;
  /** Bits of the filter of which all of one row must be set; undefined: may match anywhere. */
  readonly anchors: readonly (readonly number[])[] | undefined;
}

/** 不，发票… is two clauses; 微，信 is not. */
const standsAlone = '不没别无是好对嗯恩哦亲行有要能可会在的了';

/** Reads a pattern; throws on one that is not well-formed. */
export function pattern(source: string): Pattern {
  const reader = new Reader(source);
  const { source: expression, anchors } = reader.alternatives();
  if (!reader.isAtEnd) throw new Error(`unbalanced pattern: ${source}`);
  return { expression: new RegExp(expression, 'g'), anchors: anchors?.map(bitsOf) };
}

/** False if the pattern cannot match: none of its anchors occurs. Costs nanoseconds. */
export function mayMatch({ anchors }: Pattern, { seen }: Folded): boolean {
  if (anchors === undefined) return true;
  for (const bits of anchors) {
    let all = true;
    for (const bit of bits) {
      if (((seen[bit >> 5] as number) & (1 << (bit & 31))) === 0) {
        all = false;
        break;
      }
    }
    if (all) return true;
  }
  return false;
}

/** The bits of the first pairs of a word, or of its one character. */
function bitsOf(word: string): readonly number[] {
  if (word.length === 1) return [bitOf(word.charCodeAt(0), 0)];
  return Array.from({ length: Math.min(word.length - 1, 3) }, (_, at) => bitOf(word.charCodeAt(at), word.charCodeAt(at + 1)));
}

interface Part {
  readonly source: string;
  readonly anchors: readonly string[] | undefined;
}

const isHan = (character: string) => character >= '一' && character <= '鿿';

/** A recursive reader of the small language above. */
class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#source.length;
  }

  alternatives(): Part {
    const parts = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    const anchors = parts.every((part) => part.anchors !== undefined) ? parts.flatMap((part) => part.anchors ?? []) : undefined;
    return { source: parts.map((part) => part.source).join('|'), anchors };
  }

  #sequence(): Part {
    let source = '';
    let best: readonly string[] | undefined;
    let word = '';
    const wordEnds = () => {
      if (word !== '') best = better(best, [word]);
      word = '';
    };
    while (!this.isAtEnd && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      const character = this.#source[this.#at] as string;
      if ('(…‥[\\^$.'.includes(character)) {
        wordEnds();
        const part = this.#special(character);
        source += part.source;
        best = better(best, part.anchors);
        continue;
      }
      this.#at += 1;
      const quantity = this.#quantity();
      if (quantity === '') {
        const previous = word.slice(-1);
        const mayBeSplit = previous !== '' && isHan(previous) && isHan(character) && !standsAlone.includes(previous);
        source += mayBeSplit ? `[,.]?${character}` : character;
        word += character;
      } else {
        wordEnds();
        source += character + quantity;
      }
    }
    wordEnds();
    return { source, anchors: best };
  }

  #special(character: string): Part {
    this.#at += 1;
    if (character === '(') return this.#group();
    if (character === '…' || character === '‥') {
      const inside = character === '…' ? '[^,.]' : '[^.]';
      const most = /^\{(\d+)\}/.exec(this.#source.slice(this.#at));
      this.#at += most?.[0].length ?? 0;
      return { source: `${inside}{0,${most?.[1] ?? 6}}?`, anchors: undefined };
    }
    if (character === '[') {
      const end = this.#source.indexOf(']', this.#at);
      const body = this.#source.slice(this.#at, end);
      this.#at = end + 1;
      return { source: `[${body}]${this.#quantity()}`, anchors: undefined };
    }
    if (character === '\\') {
      const escaped = this.#source[this.#at] ?? '';
      this.#at += 1;
      return { source: `\\${escaped}${this.#quantity()}`, anchors: undefined };
    }
    return { source: character + this.#quantity(), anchors: undefined };
  }

  #group(): Part {
    const look = /^\?(?:<?[=!])/.exec(this.#source.slice(this.#at))?.[0];
    this.#at += look?.length ?? 0;
    const inside = this.alternatives();
    if (this.#source[this.#at] !== ')') throw new Error(`unbalanced pattern: ${this.#source}`);
    this.#at += 1;
    const quantity = this.#quantity();
    const isNeeded = look === undefined && !quantity.startsWith('?') && !quantity.startsWith('*') && !quantity.startsWith('{0');
    return { source: `(${look ?? '?:'}${inside.source})${quantity}`, anchors: isNeeded ? inside.anchors : undefined };
  }

  #quantity(): string {
    const found = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(this.#source.slice(this.#at))?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}

/** The anchors that rule out more: longer words before single characters, then fewer of them. */
function better(one: readonly string[] | undefined, other: readonly string[] | undefined): readonly string[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const shortest = (words: readonly string[]) => Math.min(2, ...words.map((word) => word.length));
  if (shortest(one) !== shortest(other)) return shortest(one) > shortest(other) ? one : other;
  return other.length < one.length ? other : one;
}
