/**
 * Texts as vectors: each gram weighted by how often it stands in the text (damped) and how rare it is among the examples
 * (tf-idf; Salton and Buckley 1988), words and pieces each brought to length one, so that neither drowns the other.
 */
import type { Rows } from '../learning/linear-svm.js';
import type { Folded } from './normalise.js';
import { gramsOf } from './text-grams.js';

export interface Vector {
  /** The arrays are reused by the next text. */
  readonly places: Int32Array;
  readonly values: Float32Array;
  readonly length: number;
  /** How much of the text no example holds, 0 to 1, by weight. */
  readonly unseen: number;
}

export interface Vectoriser {
  /** How many grams the examples hold. */
  readonly size: number;
  readonly vectorOf: (text: Pick<Folded, 'units' | 'length'>) => Vector;
  /** Number of a gram by its hash, or -1. */
  readonly placeOf: (hash: number) => number;
  /** How rare a gram is, by its number; -1: of one that no example holds. */
  readonly rarityOf: (place: number) => number;
}

/** Learns the grams of all texts; `rows` are the texts' own vectors, in their order. Linear in the texts. */
export function learnGrams(texts: readonly Pick<Folded, 'units' | 'length'>[]): { vectoriser: Vectoriser; rows: Rows } {
  const table = openTable();
  const starts = new Int32Array(texts.length + 1);
  const wordEnds = new Int32Array(texts.length);
  let found = new Int32Array(1 << 14);
  let times = new Uint16Array(1 << 14);
  const documents: number[] = [];
  const lastAt: number[] = [];
  let n = 0;
  for (const [row, text] of texts.entries()) {
    const { hashes, words, length } = gramsOf(text);
    if (n + length > found.length) {
      found = enlarged(found, new Int32Array((n + length) * 2));
      times = enlarged(times, new Uint16Array(found.length));
    }
    const start = n;
    for (let i = 0; i < length; i++) {
      if (i === words) wordEnds[row] = n;
      const place = table.add(hashes[i]!);
      const at = lastAt[place] ?? -1;
      if (at >= start) {
        times[at] = Math.min(0xffff, times[at]! + 1);
        continue;
      }
      documents[place] = (documents[place] ?? 0) + 1;
      lastAt[place] = n;
      found[n] = place;
      times[n++] = 1;
    }
    if (words >= length) wordEnds[row] = n;
    starts[row + 1] = n;
  }

  // Frequent grams side by side: training reads their weights again and again.
  const order = [...documents.keys()].sort((a, b) => documents[b]! - documents[a]! || a - b);
  const placeOf = new Int32Array(order.length);
  for (const [place, old] of order.entries()) placeOf[old] = place;
  table.renumber(placeOf);
  const idf = Float32Array.from(order, (old) => rarity(documents[old]!, texts.length));
  const places = new Int32Array(n);
  const values = new Float32Array(n);
  for (let row = 0; row < texts.length; row++) {
    for (let i = starts[row]!; i < starts[row + 1]!; i++) {
      places[i] = placeOf[found[i]!]!;
      values[i] = damped(times[i]!) * idf[places[i]!]!;
    }
    toLengthOne(values, starts[row]!, wordEnds[row]!);
    toLengthOne(values, wordEnds[row]!, starts[row + 1]!);
  }
  return { vectoriser: vectoriserOf(table, idf, rarity(0, texts.length)), rows: { starts, places, values } };
}

function vectoriserOf(table: Table, idf: Float32Array, unseenIdf: number): Vectoriser {
  const size = idf.length;
  let places = new Int32Array(1024);
  let values = new Float32Array(1024);
  const lastAt = new Int32Array(size).fill(-1);
  const vector = { places, values, length: 0, unseen: 0 };

  function vectorOf(text: Pick<Folded, 'units' | 'length'>): Vector {
    const { hashes, words, length } = gramsOf(text);
    if (length > places.length) {
      places = new Int32Array(length * 2);
      values = new Float32Array(length * 2);
    }
    let n = 0;
    let wordEnd = 0;
    let unseen = 0;
    for (let i = 0; i < length; i++) {
      if (i === words) wordEnd = n;
      const place = table.find(hashes[i]!);
      if (place < 0) unseen += unseenIdf * unseenIdf;
      else if (lastAt[place]! >= 0) values[lastAt[place]!]! += 1;
      else {
        lastAt[place] = n;
        places[n] = place;
        values[n++] = 1;
      }
    }
    if (words >= length) wordEnd = n;
    let seen = 0;
    for (let i = 0; i < n; i++) {
      lastAt[places[i]!] = -1;
      values[i] = damped(values[i]!) * idf[places[i]!]!;
      seen += values[i]! * values[i]!;
    }
    toLengthOne(values, 0, wordEnd);
    toLengthOne(values, wordEnd, n);
    return Object.assign(vector, { places, values, length: n, unseen: length === 0 ? 1 : unseen / (unseen + seen) });
  }

  return { size, vectorOf, placeOf: table.find, rarityOf: (place) => (place < 0 ? unseenIdf : idf[place]!) };
}

/** A gram said twice says little more than said once. */
function damped(times: number): number {
  return 1 + Math.log(times);
}

function rarity(documents: number, all: number): number {
  return Math.log((1 + all) / (1 + documents)) + 1;
}

function toLengthOne(values: Float32Array, from: number, to: number): void {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]! * values[i]!;
  const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum);
  for (let i = from; i < to; i++) values[i]! *= scale;
}

interface Table {
  /** Its number, a new one where it is new. */
  readonly add: (hash: number) => number;
  /** Its number, or -1. */
  readonly find: (hash: number) => number;
  readonly renumber: (numbers: Int32Array) => void;
}

/** Hash to number by open addressing: a Map of a hundred thousand numbers costs five times the memory and the time. */
function openTable(): Table {
  let mask = (1 << 12) - 1;
  let keys = new Int32Array(mask + 1);
  let numbers = new Int32Array(mask + 1).fill(-1);
  let size = 0;

  function slotOf(hash: number): number {
    let slot = hash & mask;
    while (numbers[slot]! >= 0 && keys[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  function grow(): void {
    const oldKeys = keys;
    const oldNumbers = numbers;
    mask = mask * 2 + 1;
    keys = new Int32Array(mask + 1);
    numbers = new Int32Array(mask + 1).fill(-1);
    for (const [at, number] of oldNumbers.entries()) {
      if (number < 0) continue;
      const slot = slotOf(oldKeys[at]!);
      keys[slot] = oldKeys[at]!;
      numbers[slot] = number;
    }
  }

  return {
    add(hash) {
      const slot = slotOf(hash);
      if (numbers[slot]! >= 0) return numbers[slot]!;
      keys[slot] = hash;
      numbers[slot] = size++;
      if (size * 2 > mask) grow();
      return size - 1;
    },
    find: (hash) => numbers[slotOf(hash)]!,
    renumber(to) {
      for (let at = 0; at < numbers.length; at++) if (numbers[at]! >= 0) numbers[at] = to[numbers[at]!]!;
    },
  };
}

function enlarged<T extends Int32Array | Uint16Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
