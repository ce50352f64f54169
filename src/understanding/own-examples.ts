/**
 * Intents to which a shop gives examples of its own, beside the shared reader: for each a linear model over the grams of
 * those examples alone, learnt against everything that the shared reader has learnt from, so that it costs kilobytes and
 * milliseconds where a whole reader costs megabytes. Where both know an intent, the surer one counts.
 */
import { openSolver, type Rows } from '../learning/linear-svm.js';
import type { Text } from './gram-vectors.js';
import type { MessageReader, ReaderBasis } from './message-reader.js';
import type { Folded } from './normalise.js';
import { carrying, textsOf } from './taught-messages.js';
import { gramsOf, mostGrams } from './text-grams.js';

/** An example of an intent. */
export interface Sample {
  readonly text: Folded;
  /** Number of its intent. */
  readonly intent: number;
}

const passes = 12;

/**
 * @param own their intents number the shared ones first and then the shop's own
 * @param intents how many there are in all
 */
export function withOwnExamples(shared: MessageReader, own: readonly Sample[], intents: number): MessageReader {
  const grams = ownGrams(shared.basis, own);
  const columns = learn(shared.basis, own, grams);
  const margins = new Float32Array(intents);

  const columnOf = new Map(columns.map((column) => [column.intent, column]));
  const sharedIntents = shared.margins({ units: new Uint16Array(0), length: 0 }).length;
  const marginOf = (text: Text, intent: number): number => {
    const column = columnOf.get(intent);
    const known = intent < sharedIntents ? shared.marginOf(text, intent) : neverHeard;
    return column === undefined ? known : Math.max(known, ownMargin(grams.vectorOf(text), column));
  };
  return {
    ...shared,
    marginOf,
    // Of an intent that the shop alone knows the whole text speaks.
    stretchOf: (text, intent) => (intent < sharedIntents ? shared.stretchOf(text, intent) : { start: 0, end: text.length }),
    margins(text) {
      margins.fill(neverHeard);
      margins.set(shared.margins(text));
      const vector = grams.vectorOf(text);
      for (const column of columns) margins[column.intent] = Math.max(margins[column.intent]!, ownMargin(vector, column));
      return margins;
    },
  };
}

const neverHeard = -1;

interface Column {
  readonly intent: number;
  /** By own gram, and last the bias. */
  readonly weights: Float32Array;
}

function ownMargin({ places, values, length }: OwnVector, { weights }: Column): number {
  let margin = weights[weights.length - 1]!;
  for (let i = 0; i < length; i++) margin += weights[places[i]!]! * values[i]!;
  return margin;
}

interface OwnVector {
  readonly places: Int32Array;
  readonly values: Float64Array;
  readonly length: number;
}

interface OwnGrams {
  readonly size: number;
  /** Those of a text with their values, the text as a whole being of length one. The arrays are reused by the next text. */
  readonly vectorOf: (text: Text) => OwnVector;
}

// Of the text that came last.
const ownPlaces = new Int32Array(mostGrams);
const ownValues = new Float64Array(mostGrams);

function ownGrams({ vectoriser }: ReaderBasis, own: readonly Sample[]): OwnGrams {
  const places = new Map<number, number>();
  for (const { text } of own) {
    const { hashes, length } = gramsOf(text);
    for (let i = 0; i < length; i++) {
      if (!places.has(hashes[i]!)) places.set(hashes[i]!, places.size);
    }
  }

  /** Words and pieces are each of length one, as the shared reader has them. Returns where those of the shop end. */
  function add(hashes: Int32Array, from: number, to: number, start: number): number {
    let norm = 0;
    let end = start;
    for (let i = from; i < to; i++) {
      const place = places.get(hashes[i]!);
      const shared = vectoriser.placeOf(hashes[i]!);
      if (place === undefined && shared < 0) continue;
      const rarity = vectoriser.rarityOf(shared);
      norm += rarity ** 2;
      if (place === undefined) continue;
      ownPlaces[end] = place;
      ownValues[end++] = rarity;
    }
    const scale = norm === 0 ? 0 : 1 / Math.sqrt(norm);
    for (let i = start; i < end; i++) ownValues[i]! *= scale;
    return end;
  }

  return {
    size: places.size,
    vectorOf(text) {
      const { hashes, words, length } = gramsOf(text);
      const wordEnd = add(hashes, 0, words, 0);
      return { places: ownPlaces, values: ownValues, length: add(hashes, words, length, wordEnd) };
    },
  };
}

/** One column for each intent that has examples, against all that the shared reader learnt of other intents. */
function learn(basis: ReaderBasis, own: readonly Sample[], grams: OwnGrams): readonly Column[] {
  const rows = ownRows(basis, own, grams);
  const solver = openSolver(rows, grams.size);
  const taught = basis.taught.ends.length;
  const isOwn = new Uint8Array(taught + own.length);
  const all = Int32Array.from(isOwn.keys());
  return [...new Set(own.map(({ intent }) => intent))].map((intent) => {
    isOwn.set(carrying(basis.taught, intent));
    for (const [at, one] of own.entries()) isOwn[taught + at] = one.intent === intent ? 1 : 0;
    return { intent, weights: solver.solve(isOwn, all, passes).slice() };
  });
}

/** What the shared reader learnt from and the shop's examples, with nothing but the shop's own grams. */
function ownRows({ taught }: ReaderBasis, own: readonly Sample[], grams: OwnGrams): Rows {
  const starts = [0];
  const places: number[] = [];
  const values: number[] = [];
  const add = (text: Text) => {
    const vector = grams.vectorOf(text);
    for (let i = 0; i < vector.length; i++) {
      places.push(vector.places[i]!);
      values.push(vector.values[i]!);
    }
    starts.push(places.length);
  };
  for (const text of textsOf(taught)) add(text);
  for (const { text } of own) add(text);
  return { starts: Int32Array.from(starts), places: Int32Array.from(places), values: Float32Array.from(values) };
}
