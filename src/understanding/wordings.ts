/**
 * Which character follows which in the words that the house knows (examples, patterns, names), and which characters an input
 * method takes for one another. Compiled with the model; what a mistyped message is mended by (mend.ts).
 */

/** Stands for the start and the end of a phrase, and for every mark in it. */
export const edge = 0x0a;
/** Any digit, any Latin letter: what matters is that there is one. */
const digit = 0x30;
const letter = 0x61;
const firstHan = 0x3400;

export interface Wordings {
  /** The number of two characters that the house knows side by side, or `unseenPair`. */
  readonly pairOf: (before: number, unit: number) => number;
  /** Log-likelihood of a pair behind the pair that it goes on from: 货吗 behind 有货. */
  readonly worth: (former: number, pair: number, unit: number) => number;
  /** Known characters read like this one, itself not among them. */
  readonly alike: (unit: number) => readonly number[];
  /** Known characters by syllable, and by its first letter. */
  readonly read: (spelling: string) => readonly number[];
  /** Latin words that mean themselves: ems, xl. */
  readonly isWord: (latin: string) => boolean;
}

export const unseenPair = -1;
/** What a pair that nobody wrote costs, the least that a known one is worth, and what it loses behind a pair that is new to it. */
const unseen = -7;
const least = -6;
const backingOff = 0.3;
/** Log-likelihoods of the few who follow a rare character are no certainty. */
const pairDoubt = 5;
const tripleDoubt = 2;
const none: readonly number[] = [];

/** What is counted and looked up, as plain data that can be kept. */
export interface WordingTables {
  readonly pairs: PairTable;
  /** By the place of the pair. */
  readonly worths: Float32Array;
  readonly triples: PairTable;
  readonly longWorths: Float32Array;
  readonly byReading: ReadonlyMap<string, readonly number[]>;
  readonly alike: ReadonlyMap<number, readonly number[]>;
  readonly latin: ReadonlySet<string>;
}

/**
 * @param sentences folded, from edge to edge
 * @param fragments folded, which may stand anywhere, and how often each is written
 * @param syllables characters by syllable
 */
export function countWordings(
  sentences: readonly string[],
  fragments: ReadonlyMap<string, number>,
  syllables: Readonly<Record<string, string>>,
): WordingTables {
  const { pairs, triples, totals, latin } = counted(sentences, fragments);
  const known = new Set<number>();
  const pairTable = emptyTable(pairs.size);
  const worths = new Float32Array(placesIn(pairTable));
  for (const [key, times] of pairs) {
    const before = Math.floor(key / 65536);
    const place = enter(pairTable, before, key % 65536);
    worths[place] = Math.max(least, Math.log(times / (totals.get(before)! + pairDoubt))) - backingOff;
    known.add(key % 65536);
  }
  const tripleTable = emptyTable(triples.size);
  const longWorths = new Float32Array(placesIn(tripleTable));
  for (const [key, times] of triples) {
    const former = Math.floor(key / 65536);
    const place = enter(tripleTable, placeIn(pairTable, Math.floor(former / 65536), former % 65536), key % 65536);
    longWorths[place] = Math.max(least, Math.log(times / (pairs.get(former)! + tripleDoubt)));
  }
  return { pairs: pairTable, worths, triples: tripleTable, longWorths, latin, ...readings(syllables, known) };
}

/** What mistyped words are mended by. */
export function wordingsOf({ pairs, worths, triples, longWorths, byReading, alike, latin }: WordingTables): Wordings {
  return {
    pairOf: (before, unit) => placeIn(pairs, before, unit),
    worth(former, pair, unit) {
      if (pair === unseenPair) return unseen;
      const long = former === unseenPair ? -1 : placeIn(triples, former, unit);
      return long < 0 ? worths[pair]! : longWorths[long]!;
    },
    alike: (unit) => alike.get(unit) ?? none,
    read: (spelling) => byReading.get(spelling) ?? none,
    isWord: (word) => latin.has(word),
  };
}

function counted(sentences: readonly string[], fragments: ReadonlyMap<string, number>) {
  const pairs = new Map<number, number>();
  /** Key: the key of the former pair, then the unit. */
  const triples = new Map<number, number>();
  const totals = new Map<number, number>();
  const latin = new Set<string>();
  const raise = (into: Map<number, number>, key: number, times: number) => into.set(key, (into.get(key) ?? 0) + times);
  const countAll = (text: string, from: number, times: number) => {
    let former = -1;
    let before = from;
    for (let i = 0; i < text.length; i++) {
      const unit = symbolOf(text.charCodeAt(i));
      if (before >= 0 && !(before === edge && unit === edge)) {
        const pair = before * 65536 + unit;
        raise(pairs, pair, times);
        raise(totals, before, times);
        if (former >= 0) raise(triples, former * 65536 + unit, times);
        former = pair;
      } else former = -1;
      before = unit;
    }
    for (const [word] of text.matchAll(/[a-z]+/g)) latin.add(word);
  };
  for (const sentence of sentences) countAll(`${sentence}\n`, edge, 1);
  for (const [fragment, times] of fragments) countAll(fragment, -1, times);
  return { pairs, triples, totals, latin };
}

function readings(syllables: Readonly<Record<string, string>>, known: ReadonlySet<number>) {
  const byReading = new Map<string, number[]>();
  const readingsOf = new Map<number, string[]>();
  const add = (reading: string, unit: number) => {
    const list = byReading.get(reading) ?? [];
    byReading.set(reading, list);
    if (!list.includes(unit)) list.push(unit);
  };
  for (const [syllable, characters] of Object.entries(syllables)) {
    for (const character of characters) {
      const unit = character.charCodeAt(0);
      readingsOf.set(unit, [...(readingsOf.get(unit) ?? []), syllable]);
      if (!known.has(unit)) continue;
      add(syllable, unit);
      add(syllable[0]!, unit);
    }
  }
  const alike = new Map<number, readonly number[]>();
  for (const [unit, all] of readingsOf) {
    const others = new Set(all.flatMap((reading) => byReading.get(reading) ?? none));
    others.delete(unit);
    if (others.size > 0) alike.set(unit, [...others]);
  }
  return { byReading, alike };
}

/**
 * Two numbers side by side, by the place that they have in one flat array: it is looked into some hundred times a message, and
 * each look touches one place in memory.
 */
interface PairTable {
  readonly cells: Int32Array;
  /** Most that is looked for is not there: a bit for each, four times as many as places, tells nearly all of that from the cache. */
  readonly marks: Uint8Array;
}

function emptyTable(size: number): PairTable {
  const places = Math.max(16, 1 << Math.ceil(Math.log2(size * 2 + 2)));
  return { cells: new Int32Array(places * 2).fill(-1), marks: new Uint8Array(places / 2) };
}

const placesIn = ({ cells }: PairTable) => cells.length / 2;

function hashOf(first: number, second: number): number {
  const hash = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/** Where the two stand, or the free place for them. */
function slotOf(cells: Int32Array, hash: number, first: number, second: number): number {
  const mask = cells.length / 2 - 1;
  let at = hash & mask;
  while (cells[2 * at] !== -1 && (cells[2 * at] !== first || cells[2 * at + 1] !== second)) at = (at + 1) & mask;
  return at;
}

function enter({ cells, marks }: PairTable, first: number, second: number): number {
  const hash = hashOf(first, second);
  const at = slotOf(cells, hash, first, second);
  marks[(hash >>> 3) & (marks.length - 1)]! |= 1 << (hash & 7);
  cells[2 * at] = first;
  cells[2 * at + 1] = second;
  return at;
}

/** -1: it is not there. */
function placeIn({ cells, marks }: PairTable, first: number, second: number): number {
  const hash = hashOf(first, second);
  if ((marks[(hash >>> 3) & (marks.length - 1)]! & (1 << (hash & 7))) === 0) return -1;
  const at = slotOf(cells, hash, first, second);
  return cells[2 * at] === -1 ? -1 : at;
}

/** What a unit counts as. */
export function symbolOf(unit: number): number {
  if (unit >= firstHan) return unit;
  if (unit >= 0x30 && unit <= 0x39) return digit;
  if (isLatin(unit)) return letter;
  // Space, line break, question mark.
  return unit === 0x20 || unit === 0x3f ? edge : unit;
}

export function isHan(unit: number): boolean {
  return unit >= firstHan;
}

export function isLatin(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}
