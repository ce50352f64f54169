/**
 * Texts as vectors: each gram weighted by how often it stands in the text (damped) and how rare it is among the examples
 * (tf-idf; Salton and Buckley 1988), words and pieces each brought to length one, so that neither drowns the other.
 */
import type { Rows } from '../learning/linear-svm.js';
import type { Folded } from './normalise.js';
import { gramsOf } from './text-grams.js';

export type Text = Pick<Folded, 'units' | 'length'>;

export interface Vector {
  /** The arrays are reused by the next text. */
  readonly places: Int32Array;
  readonly values: Float32Array;
  readonly length: number;
  /** How much of the text no example holds, 0 to 1, by weight. */
  readonly unseen: number;
  /** Of a taught text: the sum of squares of what it alone holds. */
  readonly alone: number;
}

/** What a vectoriser is made from. */
export interface LearntGrams {
  /** Hashes of the grams by their number, the most frequent first. */
  readonly hashes: Int32Array;
  /** How many texts hold each. */
  readonly documents: Int32Array;
  /** How many texts there are. */
  readonly texts: number;
}

export interface Vectoriser {
  /** How many grams there are. */
  readonly size: number;
  /** @param isTaught the text is one of those learnt from: what was left out is what it alone holds, and counts in its length */
  readonly vectorOf: (text: Text, isTaught?: boolean) => Vector;
  /** What its grams weigh together by these weights, as they are and not brought to length one. */
  readonly weightOf: (text: Text, weight: (place: number) => number) => number;
  /** Number of a gram by its hash, or -1. */
  readonly placeOf: (hash: number) => number;
  /** How rare a gram is, by its number; -1: of one that no example holds. */
  readonly rarityOf: (place: number) => number;
}

/**
 * Learns the grams of all texts. Linear in them.
 * @param remembered so many of the first texts are remembered in all they hold; what one of the others alone holds is left out
 */
export function learnGrams(texts: Iterable<Text>, remembered = Number.POSITIVE_INFINITY): LearntGrams {
  const table = openTable(1 << 12);
  let documents = new Int32Array(1 << 12);
  let lastText = new Int32Array(1 << 12);
  let count = 0;
  for (const text of texts) {
    count++;
    const { hashes, length } = gramsOf(text);
    for (let i = 0; i < length; i++) {
      const number = table.add(hashes[i]!);
      if (number === documents.length) {
        documents = enlarged(documents);
        lastText = enlarged(lastText);
      }
      if (lastText[number] === count) continue;
      lastText[number] = count;
      documents[number]!++;
    }
  }
  // Frequent grams side by side: training reads their weights again and again.
  const hashes = table.hashes();
  const order = new Int32Array(hashes.length)
    .map((_, number) => number)
    .filter((number) => documents[number]! > 1 || lastText[number]! <= remembered)
    .sort((a, b) => documents[b]! - documents[a]! || a - b);
  return {
    hashes: order.map((number) => hashes[number]!),
    documents: order.map((number) => documents[number]!),
    texts: count,
  };
}

/** The vectors of the texts that the grams were learnt from, in their order. */
export function rowsOf(texts: Iterable<Text>, { vectorOf }: Vectoriser): Rows {
  const starts = [0];
  const alone: number[] = [];
  let places = new Int32Array(1 << 16);
  let values = new Float32Array(1 << 16);
  let n = 0;
  for (const text of texts) {
    const vector = vectorOf(text, true);
    alone.push(vector.alone);
    while (n + vector.length > places.length) {
      places = enlarged(places);
      values = enlarged(values);
    }
    places.set(vector.places.subarray(0, vector.length), n);
    values.set(vector.values.subarray(0, vector.length), n);
    n += vector.length;
    starts.push(n);
  }
  return {
    starts: Int32Array.from(starts),
    places: places.slice(0, n),
    values: values.slice(0, n),
    alone: Float32Array.from(alone),
  };
}

/** Where it is written how rare each gram is: by number, with room for what else is read of a gram, side by side. */
export interface GramRows {
  readonly floats: Float32Array;
  /** Floats of a gram. */
  readonly stride: number;
}

/** @param rows filled with how rare each gram is; the rest of each row is left as it is */
export function vectoriserOf(
  { hashes, documents, texts }: LearntGrams,
  { floats: idf, stride }: GramRows = { floats: new Float32Array(hashes.length), stride: 1 },
): Vectoriser {
  const size = hashes.length;
  const table = openTable(size);
  for (const hash of hashes) table.add(hash);
  for (let place = 0; place < size; place++) idf[place * stride] = rarity(documents[place]!, texts);
  const unseenIdf = rarity(0, texts);
  const aloneIdf = rarity(1, texts);
  let places = new Int32Array(1024);
  let values = new Float32Array(1024);
  // By gram: where it stands in the vector that is made, and one more; no text has more grams than such a number holds.
  const lastAt = new Uint16Array(size);
  const vector = { places, values, length: 0, unseen: 0, alone: 0 };

  function vectorOf(text: Text, isTaught = false): Vector {
    const { hashes, words, length } = gramsOf(text);
    if (length > places.length) {
      places = new Int32Array(length * 2);
      values = new Float32Array(length * 2);
    }
    let n = 0;
    let wordEnd = 0;
    let unseen = 0;
    let unseenWords = 0;
    for (let i = 0; i < length; i++) {
      if (i === words) {
        wordEnd = n;
        unseenWords = unseen;
      }
      const place = table.find(hashes[i]!);
      if (place < 0) unseen++;
      else if (lastAt[place]! > 0) values[lastAt[place]! - 1]! += 1;
      else {
        places[n] = place;
        values[n++] = 1;
        lastAt[place] = n;
      }
    }
    if (words >= length) {
      wordEnd = n;
      unseenWords = unseen;
    }
    let seen = 0;
    for (let i = 0; i < n; i++) {
      lastAt[places[i]!] = 0;
      values[i] = damped(values[i]!) * idf[places[i]! * stride]!;
      seen += values[i]! * values[i]!;
    }
    const aloneEach = isTaught ? aloneIdf * aloneIdf : 0;
    const alone =
      toLengthOne(values, 0, wordEnd, unseenWords * aloneEach) +
      toLengthOne(values, wordEnd, n, (unseen - unseenWords) * aloneEach);
    const unseenSquare = unseen * unseenIdf * unseenIdf;
    vector.places = places;
    vector.values = values;
    vector.length = n;
    vector.unseen = length === 0 ? 1 : unseenSquare / (unseenSquare + seen);
    vector.alone = alone;
    return vector;
  }

  function weightOf(text: Text, weight: (place: number) => number): number {
    const { hashes, length } = gramsOf(text);
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const place = table.find(hashes[i]!);
      if (place >= 0) sum += idf[place * stride]! * weight(place);
    }
    return sum;
  }

  return { size, vectorOf, weightOf, placeOf: table.find, rarityOf: (place) => (place < 0 ? unseenIdf : idf[place * stride]!) };
}

/** A gram said twice says little more than said once. */
function damped(times: number): number {
  return times === 1 ? 1 : 1 + Math.log(times);
}

function rarity(documents: number, all: number): number {
  return Math.log((1 + all) / (1 + documents)) + 1;
}

/**
 * @param rest the square of what else belongs to the length
 * @returns the same when brought to length one
 */
function toLengthOne(values: Float32Array, from: number, to: number, rest: number): number {
  let sum = rest;
  for (let i = from; i < to; i++) sum += values[i]! * values[i]!;
  if (sum === 0) return 0;
  const scale = 1 / Math.sqrt(sum);
  for (let i = from; i < to; i++) values[i]! *= scale;
  return rest / sum;
}

interface Table {
  /** Its number, a new one where it is new. */
  readonly add: (hash: number) => number;
  /** Its number, or -1. */
  readonly find: (hash: number) => number;
  /** All, by their numbers. */
  readonly hashes: () => Int32Array;
}

/**
 * Hash to number by open addressing: a Map of a hundred thousand numbers costs five times the memory and the time.
 * @param room for how many it is made at first
 */
function openTable(room: number): Table {
  let mask = (1 << (33 - Math.clz32(Math.max(room, 8)))) - 1;
  // Hash and number side by side, so that a look touches one place in memory. Numbers from 1 on; 0 is an empty slot.
  let cells = new Int32Array(2 * (mask + 1));
  let size = 0;

  function slotOf(hash: number): number {
    let at = (hash & mask) * 2;
    while (cells[at + 1] !== 0 && cells[at] !== hash) at = (at + 2) & (2 * mask + 1);
    return at;
  }

  function grow(): void {
    const before = cells;
    mask = mask * 2 + 1;
    cells = new Int32Array(2 * (mask + 1));
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === 0) continue;
      const at = slotOf(before[from]!);
      cells[at] = before[from]!;
      cells[at + 1] = before[from + 1]!;
    }
  }

  return {
    add(hash) {
      const at = slotOf(hash);
      const known = cells[at + 1]!;
      if (known !== 0) return known - 1;
      cells[at] = hash;
      cells[at + 1] = ++size;
      if (size * 2 > mask) grow();
      return size - 1;
    },
    find: (hash) => cells[slotOf(hash) + 1]! - 1,
    hashes() {
      const hashes = new Int32Array(size);
      for (let at = 0; at < cells.length; at += 2) if (cells[at + 1] !== 0) hashes[cells[at + 1]! - 1] = cells[at]!;
      return hashes;
    },
  };
}

/** Twice as long. */
function enlarged<T extends Int32Array | Float32Array>(from: T): T {
  const into = new (from.constructor as new (length: number) => T)(Math.max(8, from.length * 2));
  into.set(from);
  return into;
}
