/**
 * What a line is made of for the line reader: its characters by one, two and three, and pairs that stand further apart, as
 * what is left out of a phrase differs from agent to agent. Which number it is says nothing, that there is one does; a place
 * is known as one of the template's exceptions or not at all. Everything is named by a hash.
 */
import { excludedPlace } from './excluded-places.js';
import { bitOf, type Folded } from './fold.js';

/** How many hashes there are. */
export const hashCount = 1 << 17;
/** Pairs stand at most so far apart. */
const widest = 8;

/** A stretch of a folded text as symbols; the arrays are reused by the next stretch. */
export interface Symbols {
  readonly units: Uint16Array;
  /** Where each begins in the folded text; the edges stand at the ends. */
  readonly ats: Int32Array;
  length: number;
}

/** Hashes with the first and the last symbol that each speaks of. */
export interface Features {
  readonly hashes: Int32Array;
  readonly firsts: Uint16Array;
  readonly lasts: Uint16Array;
  length: number;
}

const longest = 512;
const symbols: Symbols = { units: new Uint16Array(longest), ats: new Int32Array(longest), length: 0 };
const mostFeatures = longest * (widest + 2);
const features: Features = {
  hashes: new Int32Array(mostFeatures),
  firsts: new Uint16Array(mostFeatures),
  lasts: new Uint16Array(mostFeatures),
  length: 0,
};
const seenAt = new Uint32Array(hashCount);
let turn = 0;

const startEdge = 0x5e;
const endEdge = 0x24;
const number = 0x30;
const gap = 0x20;
const exception = 0x7586;
const numerals = new Set([...'一二两三四五六七八九十'].map((one) => one.charCodeAt(0)));
const counted = new Set([...'元块点号天日期件折毛分%'].map((one) => one.charCodeAt(0)));
const isDigit = (unit: number) => unit >= 0x30 && unit <= 0x39;
/** `1·5`, `9:00`, `2-3`, `1/2`. */
const joinsDigits = (unit: number) => unit === 0xb7 || unit === 0x3a || unit === 0x2d || unit === 0x2f;
/** Without one of these no text is about postage, and its places say nothing. */
const ofPostage = [...'邮免费包'].map((one) => bitOf(one.charCodeAt(0), 0));

/**
 * The symbols of a stretch.
 * @param excludes the template's exceptions, if they are known
 */
export function symbolsOf(folded: Folded, from: number, to: number, excludes: readonly string[] | undefined): Symbols {
  const { text, seen } = folded;
  const { units, ats } = symbols;
  const isOfPostage = excludes !== undefined && ofPostage.some((bit) => seen[bit] === 1);
  const places = isOfPostage ? excludedPlace(excludes, folded) : undefined;
  const end = Math.min(to, from + longest - 2);
  let exceptionAt = -1;
  let exceptionEnd = -1;
  const findException = (start: number) => {
    const match = places === undefined ? null : places.exec(text.slice(start, end));
    exceptionAt = match === null ? -1 : start + match.index;
    exceptionEnd = match === null ? -1 : exceptionAt + match[0].length;
  };
  findException(from);
  units[0] = startEdge;
  ats[0] = from;
  let n = 1;
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    let symbol = unit;
    const start = at;
    if (at === exceptionAt) {
      symbol = exception;
      at = exceptionEnd - 1;
      findException(exceptionEnd);
    } else if (unit === 0x2c || unit === 0x2e) {
      if (units[n - 1] === gap) continue;
      symbol = gap;
    } else if (isDigit(unit)) {
      while (
        at + 1 < end &&
        (isDigit(text.charCodeAt(at + 1)) || (joinsDigits(text.charCodeAt(at + 1)) && isDigit(text.charCodeAt(at + 2))))
      )
        at++;
      symbol = number;
    } else if (numerals.has(unit)) {
      let last = at;
      while (last + 1 < end && numerals.has(text.charCodeAt(last + 1))) last++;
      if (counted.has(text.charCodeAt(last + 1))) {
        at = last;
        symbol = number;
      }
    }
    units[n] = symbol;
    ats[n++] = start;
  }
  units[n] = endEdge;
  ats[n++] = end;
  symbols.length = n;
  return symbols;
}

/** All different features of the symbols; the arrays are reused by the next. Linear in them. */
export function featuresOf({ units, length }: Symbols): Features {
  turn += 1;
  features.length = 0;
  for (let i = 0; i < length; i++) {
    const one = mixed(0x1f, units[i]!);
    add(ended(one), i, i);
    if (i + 1 === length) break;
    const two = mixed(one, units[i + 1]!);
    add(ended(two), i, i + 1);
    if (i + 2 < length) add(ended(mixed(two, units[i + 2]!)), i, i + 2);
    const apart = mixed(0x2b, units[i]!);
    const far = Math.min(length - 1, i + widest);
    for (let j = i + 2; j <= far; j++) add(ended(mixed(apart, units[j]!)), i, j);
  }
  return features;
}

function add(hash: number, first: number, last: number): void {
  if (seenAt[hash] === turn) return;
  seenAt[hash] = turn;
  const n = features.length++;
  features.hashes[n] = hash;
  features.firsts[n] = first;
  features.lasts[n] = last;
}

/** What each symbol adds to the score: the weight of a feature is shared by its ends. */
export function sharesOf({ hashes, firsts, lasts, length }: Features, symbolCount: number, weights: Float32Array): Float32Array {
  const shares = new Float32Array(symbolCount);
  for (let i = 0; i < length; i++) {
    const half = weights[hashes[i]!]! / 2;
    shares[firsts[i]!]! += half;
    shares[lasts[i]!]! += half;
  }
  return shares;
}

function mixed(hash: number, unit: number): number {
  const next = Math.imul(hash ^ unit, 0x9e3779b1);
  return next ^ (next >>> 15);
}

function ended(hash: number): number {
  const next = Math.imul(hash, 0x85ebca6b);
  return (next ^ (next >>> 13)) & (hashCount - 1);
}
