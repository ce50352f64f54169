/**
 * What a text is made of, for the linear model over examples alone (example-model.ts): its words and pairs of words, and
 * pieces of each word, so that a typo or an ending costs little; of a script without spaces its characters, by one, two and
 * three. All are named by a hash. No language is told beforehand: one text may mix them.
 */
import type { Folded } from './normalise.js';

export interface Grams {
  /** Hashes, those of words first, then those of pieces; the array is reused by the next text. */
  readonly hashes: Int32Array;
  /** How many are of words. */
  readonly words: number;
  /** How many there are in all. */
  readonly length: number;
}

/** Beyond these a text is a pasted page, whose start tells the matter. */
const mostTokens = 512;
const mostPieces = 6144;
const shortestPiece = 2;
const longestPiece = 5;
const edge = 0x5e;
const digit = 0x30;

/** So many a text has at most. */
export const mostGrams = mostTokens * 3 + mostPieces;

const ideograph = 0;
const word = 1;
const margin = 2;

const hashes = new Int32Array(mostGrams);
const pieces = new Int32Array(mostPieces);
const grams = { hashes, words: 0, length: 0 };
/** Where gramsOf writes: what is known beforehand is read faster. */
export const gramHashes = hashes;

/** Grams of a folded text, as often as they stand there. Linear in the text. */
export function gramsOf({ units, length }: Pick<Folded, 'units' | 'length'>): Grams {
  const into = hashes;
  let n = 0;
  let pieceCount = 0;
  let tokens = 0;
  let last = edge;
  let lastKind = margin;
  let lastPair = 0;
  // Characters of scripts without spaces, one behind the other.
  let run = 0;
  for (let at = 0; ; ) {
    let token = edge;
    let kind = margin;
    if (at < length && tokens < mostTokens) {
      const unit = units[at]!;
      if (isIdeograph(unit)) {
        token = mixed(0x1f, unit);
        kind = ideograph;
        at++;
      } else if (isLetter(unit)) {
        const from = at++;
        while (at < length && isLetter(units[at]!)) at++;
        token = wordHash(units, from, at);
        kind = word;
        pieceCount = addPieces(units, from, at, pieceCount);
      } else {
        at++;
        continue;
      }
      tokens++;
    }
    run = kind === ideograph ? run + 1 : 0;
    // What begins with one token stands together: the three from the last but one, then the last, then the two from it.
    if (run > 2) into[n++] = ended(mixed(lastPair, token));
    if (lastKind !== margin) into[n++] = ended(last);
    lastPair = mixed(last, token);
    // How a text starts and ends tells much where words are written apart (`how …`, `… please`), and little elsewhere.
    const isAtEdge = kind === margin || lastKind === margin;
    if (!isAtEdge || kind === word || lastKind === word) into[n++] = ended(lastPair);
    if (kind === margin) break;
    last = token;
    lastKind = kind;
  }
  grams.words = n;
  for (let i = 0; i < pieceCount; i++) into[n + i] = pieces[i]!;
  grams.length = n + pieceCount;
  return grams;
}

function wordHash(units: Uint16Array, from: number, to: number): number {
  let h = 0x2a;
  for (let i = from; i < to; i++) h = mixed(h, plain(units[i]!));
  return h;
}

/** The gram of one, two or three characters of a script without spaces. */
export function runHash(first: number, second?: number, third?: number): number {
  let h = mixed(0x1f, first);
  if (second !== undefined) h = mixed(h, mixed(0x1f, second));
  if (third !== undefined) h = mixed(h, mixed(0x1f, third));
  return ended(h);
}

/** Every piece of a word, its edges among them: `_pi`, `pin`, `in_`. */
function addPieces(units: Uint16Array, from: number, to: number, count: number): number {
  for (let start = from - 1; start < to; start++) {
    let h = 0x3b;
    for (let n = 1; n <= longestPiece && start + n <= to + 1; n++) {
      const at = start + n - 1;
      h = mixed(h, at < from || at === to ? edge : plain(units[at]!));
      if (n >= shortestPiece && count < mostPieces) pieces[count++] = ended(h);
    }
  }
  return count;
}

/** Which number it is tells no matter, that there is one does. */
function plain(unit: number): number {
  return unit >= 0x30 && unit <= 0x39 ? digit : unit;
}

/** Letters and digits of scripts that write words apart, or in runs (Thai) whose pieces tell enough. */
export function isLetter(unit: number): boolean {
  if (unit < 0xc0) return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
  return (unit < 0x2000 && unit !== 0xd7 && unit !== 0xf7) || (unit >= 0xac00 && unit < 0xd7b0);
}

/** 汉字 and kana. */
export function isIdeograph(unit: number): boolean {
  return (unit >= 0x3040 && unit < 0xa000) || (unit >= 0xf900 && unit < 0xfb00);
}

/** Steps and end of MurmurHash3 (Appleby), which spreads even short keys over all 32 bits. */
function mixed(h: number, key: number): number {
  let k = Math.imul(key, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let next = h ^ Math.imul(k, 0x1b873593);
  next = (next << 13) | (next >>> 19);
  return (Math.imul(next, 5) + 0xe6546b64) | 0;
}

function ended(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
