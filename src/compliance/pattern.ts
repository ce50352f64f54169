/**
 * What rules search for, written like a regular expression over folded text (fold.ts), with three differences:
 * `…` is a gap of up to 6 characters inside a clause and `…{9}` one of up to 9; `‥{9}` is one that may leave the clause,
 * not the sentence; and a mark may stand inside a word (微，信), except after a character that is a clause by itself.
 * From each pattern its anchors are read, words without which it cannot match, so that most patterns are never tried.
 */
import { bitOf, type Folded } from './fold.js';
import { fateOf } from './fold-characters.js';

export interface Pattern {
  readonly expression: RegExp;
  /** Groups of anchors: of each group one anchor must occur. Without groups the pattern may match anywhere. */
  readonly anchors: readonly (readonly string[])[];
}

/** 不，发票… is two clauses; 微，信 is not. */
const standsAlone = '不没别无是好对嗯恩哦亲行有要能可会在的了';

/** Reads a pattern, one for each of its alternatives at the top; throws on one that is not well-formed. */
export function patterns(source: string): readonly Pattern[] {
  return read(source).map(({ source: expression, anchors }) => ({ expression: new RegExp(expression, 'g'), anchors }));
}

/** A pattern as one expression that says whether it occurs; for exceptions. */
export function occurrence(source: string, atEnd = false): RegExp {
  const alternatives = read(source).map((part) => part.source);
  return new RegExp(atEnd ? `(?:${alternatives.join('|')})$` : alternatives.join('|'));
}

/** The words of which a text must have one so that the pattern can occur; undefined: it can occur without any. */
export function neededWords(source: string): readonly string[] | undefined {
  return together(read(source))[0];
}

/**
 * The anchors of many patterns in a row, so that looking them up walks through memory once: per pattern the length of its
 * record and its groups, the rarest first; per group the number of its bits, three an anchor, all set where it occurs.
 */
export function anchorTable(all: readonly Pattern[]): Uint16Array {
  const table: number[] = [];
  for (const { anchors } of all) {
    const groups = [...anchors].sort((one, other) => one.length - other.length).map((words) => words.flatMap(bitsOf));
    const record = groups.flatMap((bits) => [bits.length, ...bits]);
    table.push(record.length, ...record);
  }
  return Uint16Array.from(table);
}

/** Indexes of the patterns that may match: each of their groups has an anchor in the text. Costs nanoseconds a pattern. */
export function candidates(table: Uint16Array, { seen }: Folded): readonly number[] {
  let found: number[] | undefined;
  let index = 0;
  for (let at = 0; at < table.length; index += 1) {
    const end = at + 1 + (table[at] as number);
    let group = at + 1;
    while (group < end && hasAnchor(table, group, seen)) group += 1 + (table[group] as number);
    if (group === end) {
      found ??= [];
      found.push(index);
    }
    at = end;
  }
  return found ?? none;
}

const none: readonly number[] = [];

function hasAnchor(table: Uint16Array, group: number, seen: Uint8Array): boolean {
  const end = group + 1 + (table[group] as number);
  for (let at = group + 1; at < end; at += 3) {
    if (seen[table[at] as number] === 1 && seen[table[at + 1] as number] === 1 && seen[table[at + 2] as number] === 1)
      return true;
  }
  return false;
}

/** The bits of the first three pairs of a word; of a shorter one the last is repeated, of a character its own. */
function bitsOf(word: string): number[] {
  if (word.length === 1) return Array<number>(3).fill(bitOf(word.charCodeAt(0), 0));
  return [0, 1, 2].map((at) => {
    const first = Math.min(at, word.length - 2);
    return bitOf(word.charCodeAt(first), word.charCodeAt(first + 1));
  });
}

/** A piece of a pattern: as a regular expression, and the groups of words of which one each must occur. */
interface Part {
  readonly source: string;
  readonly anchors: readonly (readonly string[])[];
}

function read(source: string): readonly Part[] {
  const reader = new Reader(source);
  const parts = reader.alternatives();
  if (!reader.isAtEnd) throw new Error(`unbalanced pattern: ${source}`);
  return parts;
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

  alternatives(): Part[] {
    const parts = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      parts.push(this.#sequence());
    }
    return parts;
  }

  #sequence(): Part {
    let source = '';
    const anchors: (readonly string[])[] = [];
    let word = '';
    const wordEnds = () => {
      if (word !== '') anchors.push([word]);
      word = '';
    };
    while (!this.isAtEnd && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      const character = this.#source[this.#at] as string;
      if ('(…‥[\\^$.'.includes(character)) {
        wordEnds();
        const part = this.#special(character);
        source += part.source;
        anchors.push(...part.anchors);
        continue;
      }
      this.#at += 1;
      if (/\p{L}/u.test(character) && fateOf(character.charCodeAt(0)) !== character.charCodeAt(0))
        throw new Error(`${character} never occurs in a folded text: ${this.#source}`);
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
    return { source, anchors };
  }

  #special(character: string): Part {
    this.#at += 1;
    if (character === '(') return this.#group();
    if (character === '…' || character === '‥') {
      const inside = character === '…' ? '[^,.]' : '[^.]';
      const most = /^\{(\d+)\}/.exec(this.#source.slice(this.#at));
      this.#at += most?.[0].length ?? 0;
      return { source: `${inside}{0,${most?.[1] ?? 6}}?`, anchors: [] };
    }
    if (character === '[') {
      const end = this.#source.indexOf(']', this.#at);
      const body = this.#source.slice(this.#at, end);
      this.#at = end + 1;
      return { source: `[${body}]${this.#quantity()}`, anchors: [] };
    }
    if (character === '\\') {
      const escaped = this.#source[this.#at] ?? '';
      this.#at += 1;
      return { source: `\\${escaped}${this.#quantity()}`, anchors: [] };
    }
    return { source: character + this.#quantity(), anchors: [] };
  }

  #group(): Part {
    const look = /^\?(?:<?[=!])/.exec(this.#source.slice(this.#at))?.[0];
    this.#at += look?.length ?? 0;
    const inside = this.alternatives();
    if (this.#source[this.#at] !== ')') throw new Error(`unbalanced pattern: ${this.#source}`);
    this.#at += 1;
    const quantity = this.#quantity();
    const isNeeded = look === undefined && !/^(?:[?*]|\{0)/.test(quantity);
    const source = `(${look ?? '?:'}${inside.map((part) => part.source).join('|')})${quantity}`;
    return { source, anchors: isNeeded ? together(inside) : [] };
  }

  #quantity(): string {
    const found = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(this.#source.slice(this.#at))?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}

/** One group of anchors for alternatives: the best of each. None if one of them has none. */
function together(parts: readonly Part[]): readonly (readonly string[])[] {
  if (parts.length === 1) return parts[0]?.anchors ?? [];
  const words = parts.map(({ anchors }) => anchors.reduce<readonly string[] | undefined>(better, undefined));
  return words.every((one) => one !== undefined) ? [words.flat() as string[]] : [];
}

/** The group that rules out more: longer words before single characters, then fewer of them. */
function better(one: readonly string[] | undefined, other: readonly string[]): readonly string[] {
  if (one === undefined) return other;
  const shortest = (words: readonly string[]) => Math.min(2, ...words.map((word) => word.length));
  if (shortest(one) !== shortest(other)) return shortest(one) > shortest(other) ? one : other;
  return other.length < one.length ? other : one;
}
