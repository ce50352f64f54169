/**
 * A text as rules see it, with the way back to the original. 加 微·信, 加微（信） and 加薇❤ must not slip through, so
 * decoration between characters vanishes; but 没有。发票已寄出 is not 没有发票, so punctuation stays as `,` (clause) or `.`
 * (sentence). Between digits and letters some signs keep their meaning: `2-3天`, `1.5%` (as `1·5%`), `09:00`, `a/b`, `@`.
 */
import { fate, fateOf, firstCharacter, plainForm } from './fold-characters.js';

export interface Folded {
  readonly original: string;
  readonly text: string;
  /** Per unit of `text`: where the original character begins (UTF-16 units). */
  readonly starts: Int32Array;
  /** Which characters and pairs of neighbours occur (marks skipped), as a Bloom filter: see `bitOf`. A byte a bit, as it is read far more often than written. */
  readonly seen: Uint8Array;
}

const filterBits = 4096;

/** The filter's bit for a pair of characters, or for a single one (`second` 0). */
export function bitOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e37) ^ Math.imul(second, 0x85eb) ^ (second >>> 3)) & (filterBits - 1);
}

let last: Folded = { original: '', text: '', starts: new Int32Array(0), seen: new Uint8Array(filterBits) };

/** Folds a text. All rules look at the same text in turn, so the last result is kept. */
export function fold(original: string): Folded {
  if (last.original !== original) last = new Folding(original).run();
  return last;
}

/** Where the original character behind a unit of the folded text ends. */
export function endOf({ original, starts }: Folded, at: number): number {
  const start = starts[at] as number;
  return start + ((original.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
}

const comma = 44;
const stop = 46;
/** 信: a heart before it is the 微 of 微信. */
const letterOfTrust = 0x4fe1;
const isDigit = (unit: number) => unit >= 48 && unit <= 57;
const isLatin = (unit: number) => unit >= 97 && unit <= 122;
/** After these a heart is the 信 of 微信. */
const beforeHeart = 'v微薇威维';
/**
 * Characters spelt out in Latin letters or drawn from their parts, by the neighbour that shows it: 发piao, fa票, 扌口. What
 * is spelt vanishes into the character that is meant.
 */
const spelt: readonly (readonly [before: string, letters: string, after: string, meant: string])[] = [
  ['', 'fa', '票', '发'],
  ['', 'ken', '定', '肯'],
  ['', 'bao', '证', '保'],
  ['', 'bao', '邮', '包'],
  ['', 'jue', '对', '绝'],
  ['', 'jia', '微', '加'],
  ['', 'jia', '薇', '加'],
  ['', 'jia', 'v', '加'],
  ['', 'zhuan', '账', '转'],
  ['发', 'piao', '', '票'],
  ['肯', 'ding', '', '定'],
  ['保', 'zheng', '', '证'],
  ['绝', 'dui', '', '对'],
  ['包', 'you', '', '邮'],
  ['转', 'zhang', '', '账'],
  ['信用', 'ka', '', '卡'],
  ['', 'fapiao', '', '发票'],
  ['', 'kending', '', '肯定'],
  ['', 'baozheng', '', '保证'],
  ['', 'juedui', '', '绝对'],
  ['', 'baoyou', '', '包邮'],
  ['', 'zhuanzhang', '', '转账'],
  ['', 'xinyongka', '', '信用卡'],
  ['', 'xyk', '', '信用卡'],
  ['', 'jiawei', '', '加微'],
  ['', 'zhifubao', '', '支付宝'],
  ['', 'cod', '', '货到付款'],
  ['', 'hdfk', '', '货到付款'],
  ['', 'huodaofukuan', '', '货到付款'],
];
const longestSpelt = Math.max(...spelt.map(([, letters]) => letters.length));
/** Left and right halves of a character that are written as two. */
const halves: Readonly<Record<string, string>> = { 扌口: '扣', 亻言: '信', 女马: '妈' };
/** Two characters whose second is a slip of the keyboard, and what it should be. No word is written so. */
const slips: Readonly<Record<string, string>> = {
  发漂: '票',
  发飘: '票',
  发瞟: '票',
  发嫖: '票',
  到附: '付',
  保正: '证',
  绝队: '对',
  包尤: '邮',
  好坪: '评',
  返线: '现',
  续废: '费',
  转仗: '账',
};
const seconds = new Set([...Object.keys(halves), ...Object.keys(slips)].map((pair) => pair.charCodeAt(1)));

/** Room that is used again for every text; a long one gets its own. */
const room = { units: new Uint16Array(1024), starts: new Int32Array(1024) };

class Folding {
  readonly original: string;
  units = room.units;
  starts = room.starts;
  readonly seen = new Uint8Array(filterBits);
  length = 0;
  /** Where the run of Latin letters begins that the last unit belongs to; -1: it is none. */
  runStart = -1;
  /** The last unit, and the last that is no mark. */
  lastUnit = 0;
  lastCharacter = 0;

  constructor(original: string) {
    this.original = original;
  }

  run(): Folded {
    const { original } = this;
    for (let at = 0; at < original.length; at += 1) {
      const unit = original.charCodeAt(at);
      const found = fateOf(unit);
      if (found >= firstCharacter) this.add(found, at);
      else if (found !== fate.gone) at = this.odd(found, unit, at);
    }
    if (this.runStart >= 0) this.endRun('');
    const text = asString(this.units, this.length);
    return { original, text, starts: this.starts.slice(0, this.length), seen: this.seen };
  }

  /** What is no plain character. Returns the index of the last unit that was used up. */
  odd(found: number, unit: number, at: number): number {
    if (found === fate.comma) this.mark(comma, at);
    else if (found === fate.stop) this.mark(stop, at);
    else if (found === fate.byNeighbours) return this.byNeighbours(at);
    else if (found === fate.several) this.addAll(plainForm(unit), at);
    else if (found === fate.surrogate) return this.pair(at);
    return at;
  }

  add(unit: number, at: number): void {
    if (isLatin(unit)) {
      if (this.runStart < 0) this.runStart = this.length;
      // 加v: the letter that follows a spelt character is a run of its own.
      if (unit === 118 && this.length > this.runStart) this.endRun('v');
    } else if (this.runStart >= 0) this.endRun(String.fromCharCode(unit));
    if (seconds.has(unit)) this.second(unit, at);
    else this.append(unit, at);
  }

  /** What may be the right half of a character, or a slip. */
  second(unit: number, at: number): void {
    const pair = String.fromCharCode(this.lastUnit, unit);
    const whole = halves[pair];
    if (whole === undefined) this.append(slips[pair]?.charCodeAt(0) ?? unit, at);
    else {
      this.length -= 1;
      this.append(whole.charCodeAt(0), this.starts[this.length] as number);
    }
  }

  /** The run of Latin letters that ends here may have been spelt for a character. */
  endRun(after: string): void {
    const from = this.runStart;
    this.runStart = -1;
    const size = this.length - from;
    if (size < 2 || size > longestSpelt) return;
    const letters = asString(this.units.subarray(from, this.length), size);
    const before = asString(this.units.subarray(Math.max(0, from - 2), from), Math.min(2, from));
    const found = spelt.find((one) => one[1] === letters && before.endsWith(one[0]) && (one[2] === '' || one[2] === after));
    if (found === undefined) return;
    const at = this.starts[from] as number;
    this.length = from;
    this.lastUnit = from > 0 ? (this.units[from - 1] as number) : 0;
    this.lastCharacter = this.lastUnit;
    for (let index = 0; index < found[3].length; index += 1) this.append(found[3].charCodeAt(index), at);
  }

  append(unit: number, at: number): void {
    if (this.length === this.units.length) this.grow();
    this.units[this.length] = unit;
    this.starts[this.length] = at;
    this.length += 1;
    const single = bitOf(unit, 0);
    const pair = bitOf(this.lastCharacter, unit);
    const { seen } = this;
    seen[single] = 1;
    seen[pair] = 1;
    this.lastUnit = unit;
    this.lastCharacter = unit;
  }

  addAll(plain: string, at: number): void {
    for (let index = 0; index < plain.length; index += 1) this.add(plain.charCodeAt(index), at);
  }

  /** Marks in a row are one, the strongest. */
  mark(mark: number, at: number): void {
    if (this.lastUnit === comma || this.lastUnit === stop) {
      if (mark === comma) return;
      this.units[this.length - 1] = stop;
      this.lastUnit = stop;
      return;
    }
    const character = this.lastCharacter;
    this.add(mark, at);
    this.lastCharacter = character;
  }

  pair(at: number): number {
    const codePoint = this.original.codePointAt(at) as number;
    if (codePoint < 0x10000) return at;
    this.addAll(plainForm(codePoint), at);
    return at + 1;
  }

  /** Signs that mean something between digits or letters only. */
  byNeighbours(at: number): number {
    const sign = this.original.charAt(at).normalize('NFKC');
    const before = this.lastUnit;
    const next = this.next(at + 1);
    const betweenDigits = isDigit(before) && isDigit(next);
    const betweenBoth = (isDigit(before) || isLatin(before)) && (isDigit(next) || isLatin(next));
    if (sign === '.') betweenBoth ? this.add(0xb7, at) : this.mark(comma, at);
    else if (sign === ':') betweenDigits ? this.add(58, at) : this.mark(comma, at);
    else if (sign === '+' || sign === '➕') isDigit(next) || this.addAll('加', at);
    else if (sign === '@') betweenBoth && this.add(64, at);
    else if (sign === '/') return this.slash(at, betweenBoth);
    else if ('-~−–—〜'.includes(sign)) betweenDigits && this.add(45, at);
    else if (before !== 0 && beforeHeart.includes(String.fromCharCode(before))) this.addAll('心', at);
    else if (next === letterOfTrust) this.addAll('微', at);
    return at;
  }

  /** A Wangwang sticker such as /:087 or /:^_^ is decoration with its digits and letters. */
  slash(at: number, betweenBoth: boolean): number {
    const sticker = /^\/:(?:\d{3}|girl|man|lip|clock|plane|qp|\(ok\)|[a-z](?![a-z]))?/i.exec(this.original.slice(at, at + 7));
    if (sticker !== null && !betweenBoth) return at + sticker[0].length - 1;
    if (betweenBoth) this.add(47, at);
    return at;
  }

  /** What the next character that is not a space becomes. */
  next(from: number): number {
    for (let at = from; at < this.original.length && at < from + 3; at += 1) {
      const found = fateOf(this.original.charCodeAt(at));
      if (found !== fate.gone) return found;
    }
    return 0;
  }

  grow(): void {
    const units = new Uint16Array(this.units.length * 4);
    const starts = new Int32Array(this.units.length * 4);
    units.set(this.units);
    starts.set(this.starts);
    this.units = units;
    this.starts = starts;
  }
}

function asString(units: Uint16Array, length: number): string {
  if (length <= 1024) return part(units.subarray(0, length));
  let text = '';
  for (let at = 0; at < length; at += 1024) text += part(units.subarray(at, Math.min(at + 1024, length)));
  return text;
}

function part(units: Uint16Array): string {
  // A typed array is as good a list of arguments as a plain one, and faster than spreading it.
  return String.fromCharCode.apply(null, units as unknown as number[]);
}
