/**
 * Which character follows which in the words that the house knows (examples, patterns, names), and which characters an input
 * method takes for one another. Compiled with the model; what a mistyped message is mended by (mend.ts).
 */

/** Stands for the start and the end of a phrase, and for every mark in it. */
export const edge = 0x0a;
/** Any digit, any Latin letter: what matters is that there is one. */
export const digit = 0x30;
const letter = 0x61;
const firstHan = 0x3400;

/** What is counted, as plain data that can be kept. */
export interface WordingTables {
  /** Of two characters side by side: the log-likelihood of the second. */
  readonly pairs: WorthTable;
  /** The same of the third of three; in place of the first two the number of their pair. */
  readonly triples: WorthTable;
  /** Lists of known characters, one behind the other: list n from `starts[n]` up to `starts[n + 1]`. The first is empty. */
  readonly listed: Uint16Array;
  readonly starts: Uint32Array;
  /** Lists of those read alike, by character from `firstAlike` on; the character itself may be among them. */
  readonly alike: Uint16Array;
  readonly firstAlike: number;
  /** Lists by syllable, and by its first letter, each as a number (`spelt`). */
  readonly byReading: ReadonlyMap<number, number>;
  /** Of the first letters that a word is written by (包邮 as by), by their spelling: for each letter the characters it stands for, as a list. */
  readonly abbreviations: ReadonlyMap<number, readonly number[]>;
  /** Latin words that mean themselves: ems, xl. */
  readonly latin: ReadonlySet<string>;
}

/** The same, and what is looked up in it. */
export interface Wordings extends WordingTables {
  /** The number of two characters that the house knows side by side, or `unseenPair`. */
  readonly pairOf: (before: number, unit: number) => number;
  /** Log-likelihood of a pair behind the pair that it goes on from: 货吗 behind 有货. Never above 0. */
  readonly worthOf: (former: number, pair: number, unit: number) => number;
  /** The list of known characters read like this one, itself perhaps among them; 0 is the empty list. */
  readonly listAlike: (unit: number) => number;
}

export const unseenPair = -1;
/** What a pair that nobody wrote costs, the least that a known one is worth, and what it loses behind a pair that is new to it. */
export const unseen = -7;
const unseenCost = unseen;
const least = -6;
const backingOff = 0.3;
/** No known pair is worth less, whatever stands before it. */
export const leastWorth = least - backingOff;
/** Log-likelihoods of the few who follow a rare character are no certainty. */
const pairDoubt = 5;
const tripleDoubt = 2;

/**
 * @param sentences folded, from edge to edge
 * @param fragments folded, which may stand anywhere, and how often each is written
 * @param syllables characters by syllable
 * @param abbreviated words by the letters that they are written by, one for each character
 */
export function countWordings(
  sentences: readonly string[],
  fragments: ReadonlyMap<string, number>,
  syllables: Readonly<Record<string, string>>,
  abbreviated: Readonly<Record<string, readonly string[]>> = {},
): WordingTables {
  const { pairs, triples, totals, latin } = counted(sentences, fragments);
  const known = new Set<number>();
  const pairTable = emptyTable(pairs.size);
  const pairWorths = worthsIn(pairTable);
  for (const [key, times] of pairs) {
    const before = Math.floor(key / 65536);
    const worth = Math.max(least, Math.log(times / (totals.get(before)! + pairDoubt))) - backingOff;
    pairWorths[enter(pairTable, pairKey(before, key % 65536))] = worth;
    known.add(key % 65536);
  }
  const tripleTable = emptyTable(triples.size);
  const tripleWorths = worthsIn(tripleTable);
  for (const [key, times] of triples) {
    const former = Math.floor(key / 65536);
    const pair = placeIn(pairTable.cells, pairTable.marks, pairKey(Math.floor(former / 65536), former % 65536));
    const worth = Math.max(least, Math.log(times / (pairs.get(former)! + tripleDoubt)));
    tripleWorths[enter(tripleTable, tripleKey(pair, key % 65536))] = worth;
  }
  return { pairs: pairTable, triples: tripleTable, latin, ...readings(syllables, known, abbreviated) };
}

/** What mistyped words are mended by. */
export function wordingsOf(tables: WordingTables): Wordings {
  // Named here for the engine, which then knows them for the very arrays that they are.
  const { cells: pairCells, marks: pairMarks } = tables.pairs;
  const { cells: tripleCells, marks: tripleMarks } = tables.triples;
  const pairWorths = worthsIn(tables.pairs);
  const tripleWorths = worthsIn(tables.triples);
  const { alike, firstAlike } = tables;

  function pairOf(before: number, unit: number): number {
    return placeIn(pairCells, pairMarks, pairKey(before, unit));
  }

  function worthOf(former: number, pair: number, unit: number): number {
    if (pair < 0) return unseenCost;
    const long = former < 0 ? -1 : placeIn(tripleCells, tripleMarks, tripleKey(former, unit));
    return long < 0 ? pairWorths[pair]! : tripleWorths[long]!;
  }

  function listAlike(unit: number): number {
    const at = unit - firstAlike;
    return at >= 0 && at < alike.length ? alike[at]! : 0;
  }

  return { ...tables, pairOf, worthOf, listAlike };
}

/** Letters are packed into one number, five bits each. */
export const longestSyllable = 6;

/** A spelling with one letter more. */
export function spelt(former: number, letterUnit: number): number {
  return (former << 5) | (letterUnit - 0x60);
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

function readings(
  syllables: Readonly<Record<string, string>>,
  known: ReadonlySet<number>,
  abbreviated: Readonly<Record<string, readonly string[]>>,
) {
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
  const lists: number[][] = [[]];
  const listOf = new Map<string, number>();
  const spellings = new Map<number, number>();
  for (const [reading, list] of byReading) {
    listOf.set(reading, lists.length);
    if (reading.length <= longestSyllable && /^[a-z]+$/.test(reading)) spellings.set(spellingOf(reading), lists.length);
    lists.push(list);
  }
  const units = [...readingsOf.keys()];
  const firstAlike = units.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const alike = new Uint16Array(units.length === 0 ? 0 : units.reduce((a, b) => Math.max(a, b), 0) - firstAlike + 1);
  for (const [unit, all] of readingsOf) {
    const its = all.filter((reading) => byReading.has(reading));
    if (its.length === 0) continue;
    const key = its.join(' ');
    if (!listOf.has(key)) {
      listOf.set(key, lists.length);
      lists.push([...new Set(its.flatMap((reading) => byReading.get(reading)!))]);
    }
    alike[unit - firstAlike] = listOf.get(key)!;
  }
  const abbreviations = new Map<number, readonly number[]>();
  for (const [letters, all] of Object.entries(abbreviated))
    abbreviations.set(
      spellingOf(letters),
      Array.from(letters, (_, at) => lists.push([...new Set(all.map((word) => word.charCodeAt(at)))]) - 1),
    );
  const starts = new Uint32Array(lists.length + 1);
  for (const [n, list] of lists.entries()) starts[n + 1] = starts[n]! + list.length;
  return { byReading: spellings, abbreviations, listed: Uint16Array.from(lists.flat()), starts, alike, firstAlike };
}

function spellingOf(reading: string): number {
  let spelling = 0;
  for (let i = 0; i < reading.length; i++) spelling = spelt(spelling, reading.charCodeAt(i));
  return spelling;
}

/**
 * Worths by keys, in one flat array: it is looked into some hundred times a message, and each look touches one place in memory,
 * where the worth is found too.
 */
interface WorthTable {
  /** A key, or `free`, and behind it the bits of its worth. */
  readonly cells: Int32Array;
  /** Most that is looked for is not there: a bit for each, eight times as many as places, tells nearly all of that from the cache. */
  readonly marks: Uint8Array;
}

/** No text has the unit 0xffff: it is no character. */
const free = -1;
/** Of the places of a table at most so many are taken: beyond that the way to a key grows long. */
const mostTaken = 0.75;

function emptyTable(size: number): WorthTable {
  const places = Math.max(16, 1 << Math.ceil(Math.log2(size / mostTaken + 1)));
  return { cells: new Int32Array(places * 2).fill(free), marks: new Uint8Array(places) };
}

const worthsIn = ({ cells }: WorthTable) => new Float32Array(cells.buffer, cells.byteOffset, cells.length);

const pairKey = (before: number, unit: number) => (before << 16) | unit;

/** Of 65,536 places and more, which no house has had, a key in some millions would stand for another three too. */
const tripleKey = (pair: number, unit: number) => ((pair >>> 1) << 16) ^ unit ^ Math.imul(pair >>> 17, 0x9e3779b1);

function hashOf(key: number): number {
  const hash = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/** Where the key stands, or the free place for it. */
function slotOf(cells: Int32Array, hash: number, key: number): number {
  const mask = cells.length - 1;
  let at = (hash << 1) & mask;
  while (cells[at] !== free && cells[at] !== key) at = (at + 2) & mask;
  return at;
}

/** The place for its worth. */
function enter({ cells, marks }: WorthTable, key: number): number {
  const hash = hashOf(key);
  const at = slotOf(cells, hash, key);
  marks[(hash >>> 3) & (marks.length - 1)]! |= 1 << (hash & 7);
  cells[at] = key;
  return at + 1;
}

/** The place of its worth; -1: it is not there. */
function placeIn(cells: Int32Array, marks: Uint8Array, key: number): number {
  const hash = hashOf(key);
  if ((marks[(hash >>> 3) & (marks.length - 1)]! & (1 << (hash & 7))) === 0) return -1;
  const at = slotOf(cells, hash, key);
  return cells[at] === free ? -1 : at + 1;
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
