/**
 * Texts as vectors: each gram weighted by how often it stands in the text (damped) and how rare it is among the examples
 * (tf-idf; Salton and Buckley 1988), words and pieces each brought to length one, so that neither drowns the other.
 */
import type { Rows } from '../learning/linear-svm.js';
import { enlargedTable, knownGrams, openGramTable } from './gram-table.js';
import type { Folded } from './normalise.js';
import { gramsOf, mostGrams } from './text-grams.js';

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
  /** Those of each vector: what is known beforehand is read faster. */
  readonly places: Int32Array;
  readonly values: Float32Array;
  /** How many grams there are. */
  readonly size: number;
  /** @param isTaught the text is one of those learnt from: what was left out is what it alone holds, and counts in its length */
  readonly vectorOf: (text: Text, isTaught?: boolean) => Vector;
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
  let table = openGramTable(1 << 12);
  let documents = new Int32Array(1 << 12);
  let lastText = new Int32Array(1 << 12);
  let count = 0;
  for (const text of texts) {
    count++;
    const { hashes, length } = gramsOf(text);
    for (let i = 0; i < length; i++) {
      const number = table.add(hashes[i]!);
      if (number + 1 === table.room) {
        table = enlargedTable(table);
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

// Of the text that came last.
const values = new Float32Array(mostGrams);
const vector = { places: knownGrams, values, length: 0, unseen: 0, alone: 0 };

export function vectoriserOf({ hashes, documents, texts }: LearntGrams): Vectoriser {
  const size = hashes.length;
  const table = openGramTable(size);
  for (const hash of hashes) table.add(hash);
  const idf = Float32Array.from(documents, (count) => rarity(count, texts));
  const places = knownGrams;
  const unseenIdf = rarity(0, texts);
  const aloneIdf = rarity(1, texts);
  // By gram: where it stands in the vector that is made, and one more; no text has more grams than such a number holds.
  const lastAt = new Uint16Array(size);

  function vectorOf(text: Text, isTaught = false): Vector {
    const { words, length } = gramsOf(text);
    const known = table.findAll(0, words, 0);
    const end = length === words ? known : table.findAll(words, length, known);
    const wordEnd = count(0, known, 0);
    const n = end === known ? wordEnd : count(known, end, wordEnd);
    // What is named in front of a loop is known there for the very array that it is, and each read of it costs a third.
    const at = places;
    const counts = values;
    const rarities = idf;
    const seenAt = lastAt;
    let seen = 0;
    for (let i = 0; i < n; i++) {
      const place = at[i]!;
      seenAt[place] = 0;
      counts[i] = damped(counts[i]!) * rarities[place]!;
      seen += counts[i]! * counts[i]!;
    }
    const aloneEach = isTaught ? aloneIdf * aloneIdf : 0;
    const unseen = length - end;
    const unseenWords = words - known;
    const alone =
      toLengthOne(values, 0, wordEnd, unseenWords * aloneEach) +
      toLengthOne(values, wordEnd, n, (unseen - unseenWords) * aloneEach);
    const unseenSquare = unseen * unseenIdf * unseenIdf;
    vector.length = n;
    vector.unseen = length === 0 ? 1 : unseenSquare / (unseenSquare + seen);
    vector.alone = alone;
    return vector;
  }

  /** Moves those that are new of these places to the n-th and further, and counts how often each stands there. */
  function count(from: number, to: number, n: number): number {
    const at = places;
    const counts = values;
    const seenAt = lastAt;
    let end = n;
    for (let i = from; i < to; i++) {
      const place = at[i]!;
      const known = seenAt[place]!;
      if (known > 0) counts[known - 1]! += 1;
      else {
        at[end] = place;
        counts[end++] = 1;
        seenAt[place] = end;
      }
    }
    return end;
  }

  return { places, values, size, vectorOf, placeOf: table.find, rarityOf: (place) => (place < 0 ? unseenIdf : idf[place]!) };
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

/** Twice as long. */
function enlarged<T extends Int32Array | Float32Array>(from: T): T {
  const into = new (from.constructor as new (length: number) => T)(Math.max(8, from.length * 2));
  into.set(from);
  return into;
}
