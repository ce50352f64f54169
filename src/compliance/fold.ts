/**
 * A text as rules see it, with the way back to the original. 加 微·信, 加微（信） and 加薇❤ must not slip through, so
 * decoration between characters vanishes; but 没有。发票已寄出 is not 没有发票, so punctuation stays as `,` (clause) or `.`
 * (sentence). Between digits and letters some signs keep their meaning: `2-3天`, `1.5%` (as `1·5%`), `09:00`, `a/b`, `@`.
 */
import { fate, fateOf, firstCharacter, plainForm } from './fold-characters.js';

export interface Folded {
  readonly text: string;
  /** Per unit of `text`: where the original character begins and ends (UTF-16 units). */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Which characters and pairs of neighbours occur (marks skipped), as a Bloom filter: see `bitOf`. */
  readonly seen: Int32Array;
}

const filterBits = 8192;

/** The filter's bit for a pair of characters, or for a single one (`second` 0). */
export function bitOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e37) ^ Math.imul(second, 0x85eb) ^ (second >>> 3)) & (filterBits - 1);
}

let lastOriginal: string | undefined;
let lastFolded: Folded | undefined;

/** Folds a text. All rules look at the same text in turn, so the last result is kept. */
export function fold(original: string): Folded {
  if (lastFolded !== undefined && lastOriginal === original) return lastFolded;
  const folded = new Folding(original).run();
  lastOriginal = original;
  lastFolded = folded;
  return folded;
}

const comma = 44;
const stop = 46;
const isDigit = (unit: number) => unit >= 48 && unit <= 57;
const isLatin = (unit: number) => unit >= 97 && unit <= 122;
const isMark = (unit: number) => unit === comma || unit === stop;
/** After these a heart is the 信 of 微信. */
const beforeHeart = 'v微薇威维';

class Folding {
  readonly #original: string;
  #units: Uint16Array;
  #starts: Int32Array;
  #ends: Int32Array;
  readonly #seen = new Int32Array(filterBits / 32);
  #length = 0;
  /** The last unit that is not a mark, for the filter. */
  #before = 0;

  constructor(original: string) {
    this.#original = original;
    const room = original.length + 16;
    this.#units = new Uint16Array(room);
    this.#starts = new Int32Array(room);
    this.#ends = new Int32Array(room);
  }

  run(): Folded {
    const text = this.#original;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const found = fateOf(unit);
      if (found >= firstCharacter) this.#add(found, at, at + 1);
      else if (found === fate.comma) this.#mark(comma, at);
      else if (found === fate.stop) this.#mark(stop, at);
      else if (found === fate.byNeighbours) at = this.#byNeighbours(at);
      else if (found === fate.several) this.#addAll(plainForm(unit), at, at + 1);
      else if (found === fate.surrogate) at = this.#pair(at);
    }
    return {
      text: asString(this.#units, this.#length),
      starts: this.#starts.subarray(0, this.#length),
      ends: this.#ends.subarray(0, this.#length),
      seen: this.#seen,
    };
  }

  #add(unit: number, start: number, end: number): void {
    if (this.#length === this.#units.length) this.#grow();
    this.#units[this.#length] = unit;
    this.#starts[this.#length] = start;
    this.#ends[this.#length] = end;
    this.#length += 1;
    const single = bitOf(unit, 0);
    const pair = bitOf(this.#before, unit);
    this.#seen[single >> 5] = (this.#seen[single >> 5] as number) | (1 << (single & 31));
    this.#seen[pair >> 5] = (this.#seen[pair >> 5] as number) | (1 << (pair & 31));
    this.#before = unit;
  }

  #addAll(plain: string, start: number, end: number): void {
    for (let index = 0; index < plain.length; index += 1) this.#add(plain.charCodeAt(index), start, end);
  }

  /** Marks in a row are one, the strongest. */
  #mark(mark: number, at: number): void {
    const last = this.#last();
    if (isMark(last)) {
      if (mark === stop) this.#units[this.#length - 1] = stop;
      return;
    }
    const before = this.#before;
    this.#add(mark, at, at + 1);
    this.#before = before;
  }

  #last(): number {
    return this.#length === 0 ? 0 : (this.#units[this.#length - 1] as number);
  }

  #pair(at: number): number {
    const codePoint = this.#original.codePointAt(at) as number;
    if (codePoint < 0x10000) return at;
    this.#addAll(plainForm(codePoint), at, at + 2);
    return at + 1;
  }

  /** Signs that mean something between digits or letters only. Returns the index of the last unit that was used up. */
  #byNeighbours(at: number): number {
    const sign = this.#original.charAt(at).normalize('NFKC');
    const last = this.#last();
    const next = this.#next(at + 1);
    const betweenDigits = isDigit(last) && isDigit(next);
    const betweenBoth = (isDigit(last) || isLatin(last)) && (isDigit(next) || isLatin(next));
    if (sign === '.') betweenBoth ? this.#add(0xb7, at, at + 1) : this.#mark(comma, at);
    else if (sign === ':') betweenDigits ? this.#add(58, at, at + 1) : this.#mark(comma, at);
    else if (sign === '+' || sign === '➕') isDigit(next) || this.#addAll('加', at, at + 1);
    else if (sign === '@') betweenBoth && this.#add(64, at, at + 1);
    else if (sign === '/') return this.#slash(at, betweenBoth);
    else if ('-~−–—〜'.includes(sign)) betweenDigits && this.#add(45, at, at + 1);
    else if (last !== 0 && beforeHeart.includes(String.fromCharCode(last))) this.#addAll('心', at, at + 1);
    return at;
  }

  /** A Wangwang sticker such as /:087 or /:^_^ is decoration with its digits and letters. */
  #slash(at: number, betweenBoth: boolean): number {
    const sticker = /^\/:(?:\d{3}|girl|man|lip|clock|plane|qp|\(ok\)|[a-z](?![a-z]))?/i.exec(this.#original.slice(at, at + 7));
    if (sticker !== null && !betweenBoth) return at + sticker[0].length - 1;
    if (betweenBoth) this.#add(47, at, at + 1);
    return at;
  }

  /** What the next character that is not a space becomes. */
  #next(from: number): number {
    for (let at = from; at < this.#original.length && at < from + 3; at += 1) {
      const found = fateOf(this.#original.charCodeAt(at));
      if (found !== fate.gone) return found;
    }
    return 0;
  }

  #grow(): void {
    const room = this.#units.length * 2;
    const grown = <T extends Uint16Array | Int32Array>(longer: T, shorter: T): T => {
      longer.set(shorter);
      return longer;
    };
    this.#units = grown(new Uint16Array(room), this.#units);
    this.#starts = grown(new Int32Array(room), this.#starts);
    this.#ends = grown(new Int32Array(room), this.#ends);
  }
}

function asString(units: Uint16Array, length: number): string {
  if (length <= 4096) return String.fromCharCode(...units.subarray(0, length));
  let text = '';
  for (let at = 0; at < length; at += 4096) text += String.fromCharCode(...units.subarray(at, Math.min(at + 4096, length)));
  return text;
}
