/**
 * Ways through a message that are followed at the same time when it is mended (mend.ts): to each place the best of them, one for
 * each character that it may end with. A way is a number, the place of its last step in arrays that are made once: some
 * hundred are followed in a message, and none of them is known to anybody after it.
 */
import type { Folded } from './normalise.js';
import { unseenPair, type Wordings } from './wordings.js';

// Named here: what is imported by name the engine looks up at each use.
const [noPair] = [unseenPair];

/** Nobody mistypes a page: what is longer is left as it is. */
export const longest = 160;
/** Ways that are followed to one place. */
const breadth = 8;
/** In place of a way: there is none. */
export const nowhere = -1;

/** How far a way has left the message: nothing, blanks and doubled characters alone, or its words. */
export const asItIs = 0;
const closedUp = 1;
export const respelt = 2;
/** In place of that: it is known to be no more than one of the best to where it has come. */
export const vain = 3;

/** In place of a character: the units stay as they are. No text has this one. */
const kept = 0xffff;

/** Places of the message, the one behind it, and as many again: the same ones inside a run of letters that is read as others. */
const places = 2 * (longest + 1);
const counts = new Uint8Array(places);
/** The ways to each place, first the best. */
const ranked = new Uint16Array(places * breadth);

// Of each way: its score; the last character as a symbol, and the number of the pair that ends with it.
const scores = new Float64Array(places * breadth);
const lasts = new Uint16Array(places * breadth);
const pairs = new Int32Array(places * breadth);
const changes = new Uint8Array(places * breadth);
const befores = new Int16Array(places * breadth);
/** What its last step wrote for the units from … to of the message: `kept`, or up to two characters, 0 for none. */
const firsts = new Uint16Array(places * breadth);
const seconds = new Uint16Array(places * breadth);
const froms = new Uint8Array(places * breadth);
const tos = new Uint8Array(places * breadth);

/** The furthest place that any way has come to. */
let furthest = 0;
/** Per place: the score below which a way cannot win any more. Most that is tried is not worth a look at what it would be worth. */
const needs = new Float64Array(places);
/** Per place: 1 where such a way was dropped that ends with another character, and all did not meet there. */
const parted = new Uint8Array(places);

/** Inside a run of letters that is read as something else: the same place for ways that do so. */
export const inside = (place: number): number => place + longest + 1;

export function clear(place: number): void {
  counts[place] = 0;
}

/** From now on only ways with this score are followed to a place. */
export function need(place: number, score: number): void {
  needs[place] = score;
}

/** Whether a way that pays so much for a step to a place may be one of the best there and win. */
export function mayReach(place: number, way: number, price: number): boolean {
  const most = scores[way]! - price;
  if (most < needs[place]!) {
    parted[place] = 1;
    return false;
  }
  return !isFullOfBetter(place, most);
}

/** One way, in front of it all. */
export function start(edge: number, length: number): void {
  // By hand: of a few places that is several times as fast as `fill`.
  for (let place = 0; place <= length; place++) {
    counts[place] = 0;
    parted[place] = 0;
  }
  furthest = 0;
  put(0, 0, edge, noPair, nowhere, kept, 0, 0, 0, asItIs);
}

export const countAt = (place: number): number => counts[place]!;
export const wayAt = (place: number, rank: number): number => ranked[place * breadth + rank]!;
export const lastOf = (way: number): number => lasts[way]!;
export const scoreOf = (way: number): number => scores[way]!;
export const lastPairOf = (way: number): number => pairs[way]!;
export const changeOf = (way: number): number => changes[way]!;

/** Whether there is one way alone, which ends with this character, and none has come further. */
export function allMeetAt(place: number, last: number): boolean {
  return counts[place] === 1 && parted[place] === 0 && furthest <= place && lasts[ranked[place * breadth]!] === last;
}

/** Whether no way with such a score would be among the best to a place. */
function isFullOfBetter(place: number, score: number): boolean {
  return counts[place] === breadth && score <= scores[ranked[place * breadth + breadth - 1]!]!;
}

/** The one way there is, kept on to a place further on. */
export function keepOn(from: number, to: number, last: number, pair: number): number {
  const way = ranked[from * breadth]!;
  furthest = to;
  put(to, scores[way]!, last, pair, way, kept, 0, from, to, changes[way]!);
  return ranked[to * breadth]!;
}

/** One character more, as it stands. */
export function keep(way: number, symbol: number, isSilent: boolean, at: number, wordings: Wordings): void {
  if (at + 1 > furthest) furthest = at + 1;
  if (isFullOfBetter(at + 1, scores[way]!)) return;
  const pair = isSilent ? noPair : wordings.pairOf(lasts[way]!, symbol);
  const worth = isSilent ? 0 : wordings.worthOf(pairs[way]!, pair, symbol);
  const score = scores[way]! + worth;
  if (score >= needs[at + 1]!) put(at + 1, score, symbol, pair, way, kept, 0, at, at + 1, asItIs);
}

/** One character in place of some units. */
export function write(
  place: number,
  way: number,
  unit: number,
  pair: number,
  from: number,
  to: number,
  price: number,
  wordings: Wordings,
): void {
  if (to > furthest) furthest = to;
  const score = scores[way]! - price + wordings.worthOf(pairs[way]!, pair, unit);
  if (score >= needs[place]!) put(place, score, unit, pair, way, unit, 0, from, to, respelt);
  else parted[place] = 1;
}

/**
 * One character in place of a unit, where what stands behind it is kept: whether it can win there is seen at once. If not, it
 * keeps its place among the best here, as any other, and nobody goes on from it.
 */
export function writeBefore(
  way: number,
  unit: number,
  pair: number,
  at: number,
  price: number,
  after: number,
  onward: number,
  wordings: Wordings,
): void {
  if (at + 1 > furthest) furthest = at + 1;
  const needed = needs[at + 1]!;
  const score = scores[way]! - price + wordings.worthOf(pairs[way]!, pair, unit);
  if (score < needed) parted[at + 1] = 1;
  else {
    const isVain = score + wordings.worthOf(pair, onward, after) < needed;
    put(at + 1, score, unit, pair, way, unit, 0, at, at + 1, isVain ? vain : respelt);
  }
}

/** Two characters in place of two units. */
export function writeTwo(way: number, first: number, second: number, from: number, price: number, wordings: Wordings): void {
  if (from + 2 > furthest) furthest = from + 2;
  if (!mayReach(from + 2, way, price)) return;
  const pair = wordings.pairOf(lasts[way]!, first);
  const nextPair = wordings.pairOf(first, second);
  const before = scores[way]! - price + wordings.worthOf(pairs[way]!, pair, first);
  const score = before + wordings.worthOf(pair, nextPair, second);
  if (score < needs[from + 2]!) parted[from + 2] = 1;
  else put(from + 2, score, second, nextPair, way, first, second, from, from + 2, respelt);
}

/** Without this unit. */
export function skip(way: number, at: number, price: number): void {
  if (at + 1 > furthest) furthest = at + 1;
  if (mayReach(at + 1, way, price)) put(at + 1, scores[way]! - price, lasts[way]!, pairs[way]!, way, 0, 0, at, at + 1, closedUp);
}

/** The best of all ways to the end of the message, or `nowhere`. */
export function bestAt(length: number, edge: number, wordings: Wordings): number {
  let best = nowhere;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let rank = 0; rank < counts[length]!; rank++) {
    const way = ranked[length * breadth + rank]!;
    const last = lasts[way]!;
    const score = last === edge ? scores[way]! : scores[way]! + wordings.worthOf(pairs[way]!, wordings.pairOf(last, edge), edge);
    if (score <= bestScore) continue;
    best = way;
    bestScore = score;
  }
  return best;
}

/** Keeps the best ways, one for each last character. */
function put(
  place: number,
  score: number,
  last: number,
  pair: number,
  before: number,
  first: number,
  second: number,
  from: number,
  to: number,
  change: number,
): void {
  if (isFullOfBetter(place, score)) return;
  const base = place * breadth;
  const count = counts[place]!;
  let rank = 0;
  while (rank < count && lasts[ranked[base + rank]!] !== last) rank++;
  let way = base + count;
  if (rank < count) {
    way = ranked[base + rank]!;
    if (scores[way]! >= score) return;
  } else if (count < breadth) counts[place] = count + 1;
  else way = ranked[base + --rank]!;
  for (; rank > 0 && scores[ranked[base + rank - 1]!]! < score; rank--) ranked[base + rank] = ranked[base + rank - 1]!;
  ranked[base + rank] = way;
  scores[way] = score;
  lasts[way] = last;
  pairs[way] = pair;
  befores[way] = before;
  firsts[way] = first;
  seconds[way] = second;
  froms[way] = from;
  tos[way] = to;
  changes[way] = before === nowhere ? change : Math.max(changes[before]!, change);
}

// A mended text is read at once: it needs no arrays of its own.
const written: Folded & { length: number } = {
  length: 0,
  units: new Uint16Array(longest),
  start: new Int32Array(longest),
  end: new Int32Array(longest),
};

/**
 * The way from its start to its end as a folded text; each character stands where what it was read from stood.
 * @returns holds until the next is asked for
 */
export function textOf(way: number, folded: Folded): Folded {
  let length = 0;
  for (let at = way; at !== nowhere; at = befores[at]!)
    length += firsts[at] === kept ? tos[at]! - froms[at]! : (firsts[at] === 0 ? 0 : 1) + (seconds[at] === 0 ? 0 : 1);
  let n = length;
  for (let at = way; at !== nowhere; at = befores[at]!) {
    const from = froms[at]!;
    const to = tos[at]!;
    if (firsts[at] === kept) for (let i = to - 1; i >= from; i--) place(--n, folded.units[i]!, i, i + 1, folded);
    else {
      if (seconds[at] !== 0) place(--n, seconds[at]!, from, to, folded);
      if (firsts[at] !== 0) place(--n, firsts[at]!, from, to, folded);
    }
  }
  written.length = length;
  return written;
}

function place(n: number, unit: number, from: number, to: number, folded: Folded): void {
  written.units[n] = unit;
  written.start[n] = folded.start[from]!;
  written.end[n] = folded.end[to - 1]!;
}
