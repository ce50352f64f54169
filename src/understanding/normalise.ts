/**
 * Folds a buyer's text to the one spelling that patterns and examples are written in, and keeps for every folded unit where
 * it stood in the original, so that reasons can be highlighted in the buyer's own words. Linear in the text.
 */

/** One literal rewriting, both sides already folded by character: 包油 -> 包邮, baoyou -> 包邮. */
export interface Rewrite {
  readonly from: string;
  readonly to: string;
}

export interface Folding {
  /** Per UTF-16 unit: the folded unit; 0 = dropped, 0xFFFF = see `wide`. */
  readonly units: Uint16Array;
  /** Characters that fold to several units: ㎏ -> kg. */
  readonly wide: ReadonlyMap<number, string>;
  /** Rewritings by first unit, longest first. */
  readonly rewrites: ReadonlyMap<number, readonly Rewrite[]>;
  /** A bit for each unit: whether any rewriting starts with it. Nearly none does, and each unit of each text is asked. */
  readonly startsRewrite: Uint8Array;
}

/** A folded text. `start[i]`/`end[i]`: where unit i stood in the original (UTF-16 offsets). */
export interface Folded {
  readonly length: number;
  readonly units: Uint16Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
}

const wideMark = 0xffff;
const firstHan = 0x3400;
const firstSurrogate = 0xd800;
const space = 0x20;
const newline = 0x0a;

/** Soft boundary: gaps may cross it, words may not. */
export const softUnit = space;
/** Hard boundary: nothing crosses it. */
export const hardUnit = newline;
/** Ends a clause too, but belongs to it. */
export const questionUnit = 0x3f;

// Sentence ends are one hard boundary each, but `?` stays itself: it shows a question.
const hardOnes = '。.!;；…\r\n\u2028\u2029';
// 、 and commas are spoken pauses; buyers use spaces and ~ for the same.
const softOnes = ' \t,，、:：~～-—_()（）【】「」『』“”"\'’‘《》<>|/\\*#^&=+·。'.replace('。', '');

/**
 * Builds the folding tables once per language.
 * @param traditional pairs of characters 繁简 one after the other: 發发郵邮
 */
export function foldingOf(traditional: string, rewrites: readonly Rewrite[]): Folding {
  const units = new Uint16Array(65536);
  const wide = new Map<number, string>();
  for (let code = 0; code < 65536; code++) {
    // Hangul and CJK bodies map to themselves; NFKC only matters in the compatibility blocks.
    if (code >= firstHan && code < firstSurrogate) units[code] = code;
    else foldUnit(code, units, wide);
  }
  for (let i = 0; i + 1 < traditional.length; i += 2) units[traditional.charCodeAt(i)] = traditional.charCodeAt(i + 1);
  for (const c of hardOnes) units[c.charCodeAt(0)] = newline;
  for (const c of softOnes) units[c.charCodeAt(0)] = space;
  units['？'.charCodeAt(0)] = 0x3f;
  units['！'.charCodeAt(0)] = newline;
  const plain: Folding = { units, wide, rewrites: new Map(), startsRewrite: new Uint8Array(8192) };
  const byFirst = new Map<number, Rewrite[]>();
  for (const one of rewrites) {
    const from = foldedText(one.from, plain);
    const to = foldedText(one.to, plain);
    if (from === '' || from === to) continue;
    const first = from.charCodeAt(0);
    const list = byFirst.get(first) ?? [];
    list.push({ from, to });
    byFirst.set(first, list);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.from.length - a.from.length);
  const startsRewrite = new Uint8Array(8192);
  for (const first of byFirst.keys()) startsRewrite[first >>> 3]! |= 1 << (first & 7);
  return { units, wide, rewrites: byFirst, startsRewrite };
}

function foldUnit(code: number, units: Uint16Array, wide: Map<number, string>): void {
  // Surrogates, private use, variation selectors, zero width and controls carry no words.
  if (
    (code >= 0xd800 && code <= 0xf8ff) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    (code >= 0x200b && code <= 0x200f) ||
    code === 0xfeff ||
    // No characters; 0xffff in the table says something else.
    code >= 0xfffe
  )
    return;
  if (code < 0x20 && code !== newline && code !== 0x09 && code !== 0x0d) return;
  const folded = String.fromCharCode(code).normalize('NFKC').toLowerCase();
  if (folded.length === 1) units[code] = folded.charCodeAt(0);
  else if (folded.length > 1 && folded.length <= 4) {
    units[code] = wideMark;
    wide.set(code, folded);
  }
}

/** Whether anything was said: stickers, emoji and marks alone are no words. */
export function hasWords({ units, length }: Folded): boolean {
  for (let i = 0; i < length; i++) {
    const unit = units[i]!;
    if ((unit >= 0x30 && unit <= 0x39) || isLatin(unit) || (unit > 0xbf && unit < 0x2000) || unit >= 0x3040) return true;
  }
  return false;
}

/** The folded text as a string: for patterns and tables at build time. */
export function foldedText(text: string, folding: Folding): string {
  if (isFolded(text, folding)) return text;
  const folded = fold(text, folding);
  return String.fromCharCode(...folded.units.subarray(0, folded.length));
}

/** Whether folding would leave it as it is: most words of the files are written so, and there are tens of thousands. */
function isFolded(text: string, { units, rewrites }: Folding): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (units[code] !== code || code === space || code === 0x2f || code === 0x5b || rewrites.has(code)) return false;
    if (i > 0 && code === text.charCodeAt(i - 1)) return false;
  }
  return true;
}

/**
 * Folds a text: width, case, 繁→简, homophones and pinyin, stickers and emoji out, a run of three or more of the same
 * 汉字 to one. Never throws, whatever the Unicode.
 */
export function fold(text: string, folding: Folding): Folded {
  return folded(text, folding, madeRoom);
}

/**
 * The same without making arrays, which would cost a short text more than the folding does.
 * @returns holds until the next text is folded so
 */
export function foldBriefly(text: string, folding: Folding): Folded {
  return folded(text, folding, text.length <= mostBrief ? lentRoom : madeRoom);
}

/** Where folded units are written; `which`: 0 for folding, 1 for rewriting, which reads the former. */
type Room = (units: number, which: 0 | 1) => Omit<Folded, 'length'>;

const madeRoom: Room = (units) => ({
  units: new Uint16Array(units),
  start: new Int32Array(units),
  end: new Int32Array(units),
});

// Folding takes up to four units for one and some at the end, rewriting twice as many again.
const mostBrief = 2000;
const lent = [madeRoom(mostBrief * 4 + 8, 0), madeRoom(mostBrief * 8 + 32, 1)] as const;
const lentRoom: Room = (_, which) => lent[which];

function folded(text: string, folding: Folding, room: Room): Folded {
  const most = text.length <= 4096 ? text.length * 4 + 8 : text.length * 2 + 8;
  const { units, start, end } = room(most, 0);
  const table = folding.units;
  let n = 0;
  let runLength = 0;
  let blanks = 0;
  for (let i = 0; i < text.length && n + 8 < most; i++) {
    const code = text.charCodeAt(i);
    let to = i + 1;
    let unit = table[code]!;
    // Nearly all units are Chinese characters, and nearly none stands twice.
    if (unit >= firstHan && unit < firstSurrogate && (n === 0 || units[n - 1] !== unit)) {
      units[n] = unit;
      start[n] = i;
      end[n++] = to;
      runLength = 1;
      continue;
    }
    if (code === 0x2f || code === 0x5b) {
      const after = stickerEnd(text, i, code);
      if (after > i) {
        // `[数字x]`: exports mask numbers so; it reads as a number.
        const isNumber = code === 0x5b && text.startsWith('[数字', i);
        unit = isNumber ? 0x38 : space;
        to = after;
      }
    } else if (code >= firstSurrogate && code <= 0xdbff) {
      // An emoji parts words like a space.
      if (i + 1 < text.length && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) to = i + 2;
      unit = space;
    }
    if (unit === wideMark) {
      const several = folding.wide.get(code)!;
      for (let k = 0; k < several.length; k++) {
        units[n] = table[several.charCodeAt(k)]!;
        if (units[n] === space) blanks++;
        start[n] = i;
        end[n++] = to;
      }
    } else if (unit !== 0 && !(unit === space && (n === 0 || units[n - 1] === space))) {
      if (unit === newline && isDecimalPoint(text, i)) unit = 0x2e;
      if (unit === space) blanks++;
      runLength = n > 0 && units[n - 1] === unit ? runLength + 1 : 1;
      if (runLength >= 3 && unit >= firstHan) {
        // The third of a run: 好好好 says no more than 好.
        if (runLength === 3) n--;
        end[n - 1] = to;
      } else {
        units[n] = unit;
        start[n] = i;
        end[n++] = to;
      }
    }
    i = to - 1;
  }
  const length = blanks === 0 ? n : closedUp(text, n, units, start, end);
  const once: Folded = { length, units, start, end };
  return folding.rewrites.size === 0 ? once : rewritten(once, folding, room);
}

/** 包 邮 吗: blanks between single characters part nothing. Closes them up where they stand; returns the length. */
function closedUp(text: string, length: number, units: Uint16Array, start: Int32Array, end: Int32Array): number {
  let n = 0;
  let i = 0;
  while (i < length) {
    let last = i;
    if (i + 1 < length && units[i + 1] === space && isSingle(units, i, length))
      while (last + 2 < length && isBlank(text, units, start, last + 1) && isSingle(units, last + 2, length)) last += 2;
    const isRun = last - i >= 4 || (last > i && i === 0 && isPart(units, last + 1, length) && last + 2 >= length);
    for (let k = i; k <= last; k++) {
      if (isRun && (k - i) % 2 === 1) continue;
      units[n] = units[k]!;
      start[n] = start[k]!;
      end[n++] = end[k]!;
    }
    i = last + 1;
  }
  return n;
}

function isBlank(text: string, units: Uint16Array, start: Int32Array, i: number): boolean {
  return units[i] === space && /\s/.test(text[start[i]!]!);
}

function isPart(units: Uint16Array, i: number, length: number): boolean {
  return i < 0 || i >= length || units[i] === space || units[i] === newline || units[i] === questionUnit;
}

/** A character with nothing beside it. */
function isSingle(units: Uint16Array, i: number, length: number): boolean {
  return i < length && units[i]! >= firstHan && isPart(units, i - 1, length) && isPart(units, i + 1, length);
}

function isDecimalPoint(text: string, i: number): boolean {
  return text.charCodeAt(i) === 0x2e && isDigit(text.charCodeAt(i - 1)) && isDigit(text.charCodeAt(i + 1));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLatin(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** Wangwang codes such as `/:^_^` and bracketed ones such as `[微笑]`: where they end, or -1. */
function stickerEnd(text: string, at: number, code: number): number {
  if (code === 0x5b) {
    const close = text.indexOf(']', at + 1);
    return close > at + 1 && close - at <= 8 ? close + 1 : -1;
  }
  if (text.charCodeAt(at + 1) !== 0x3a) return -1;
  let i = at + 2;
  while (i < text.length && i < at + 8 && text.charCodeAt(i) > 0x20 && text.charCodeAt(i) < 0x7f) i++;
  return i > at + 2 ? i : -1;
}

function rewritten(folded: Folded, folding: Folding, room: Room): Folded {
  let at = firstRewrite(folded, folding, 0);
  if (at < 0) return folded;
  const most = folded.length * 2 + 16;
  const { units, start, end } = room(most, 1);
  let n = 0;
  let i = 0;
  while (i < folded.length && n + 8 < most) {
    const one = i === at ? rewriteAt(folded, folding.rewrites, i) : undefined;
    if (one === undefined) {
      units[n] = folded.units[i]!;
      start[n] = folded.start[i]!;
      end[n++] = folded.end[i]!;
      i++;
      continue;
    }
    for (let k = 0; k < one.to.length && n < most; k++) {
      units[n] = one.to.charCodeAt(k);
      start[n] = folded.start[i]!;
      end[n++] = folded.end[i + one.from.length - 1]!;
    }
    i += one.from.length;
    at = firstRewrite(folded, folding, i);
  }
  return { length: n, units, start, end };
}

function firstRewrite(folded: Folded, { rewrites, startsRewrite }: Folding, from: number): number {
  const { units, length } = folded;
  for (let i = from; i < length; i++) {
    const unit = units[i]!;
    if ((startsRewrite[unit >>> 3]! & (1 << (unit & 7))) !== 0 && rewriteAt(folded, rewrites, i) !== undefined) return i;
  }
  return -1;
}

function rewriteAt(folded: Folded, rewrites: Folding['rewrites'], at: number): Rewrite | undefined {
  const { units, length } = folded;
  const several = rewrites.get(units[at]!);
  if (several === undefined) return undefined;
  candidates: for (let number = 0; number < several.length; number++) {
    const one = several[number]!;
    const after = at + one.from.length;
    if (after > length) continue;
    for (let k = 1; k < one.from.length; k++) if (units[at + k] !== one.from.charCodeAt(k)) continue candidates;
    // Latin spellings count as whole words only: `kd` is 快递, `kda` is not.
    if (isLatin(one.from.charCodeAt(0)) && ((at > 0 && isLatin(units[at - 1]!)) || (after < length && isLatin(units[after]!))))
      continue;
    return one;
  }
  return undefined;
}
