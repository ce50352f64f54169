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

/**
 * @param sentences folded, from edge to edge
 * @param fragments folded, which may stand anywhere
 * @param syllables characters by syllable
 */
export function wordingsOf(
  sentences: readonly string[],
  fragments: readonly string[],
  syllables: Readonly<Record<string, string>>,
): Wordings {
  const { pairs, triples, totals, latin } = counted(sentences, fragments);
  const numbers = new Map<number, number>();
  const pairWorths: number[] = [];
  const known = new Set<number>();
  for (const [key, times] of pairs) {
    numbers.set(key, pairWorths.length);
    const before = Math.floor(key / 65536);
    pairWorths.push(Math.max(least, Math.log(times / (totals.get(before)! + pairDoubt))) - backingOff);
    known.add(key % 65536);
  }
  const pairTable = tableOf(numbers.size);
  for (const [key, number] of numbers) pairTable.set(Math.floor(key / 65536), key % 65536, number);
  const tripleTable = tableOf(triples.size);
  const tripleWorths: number[] = [];
  for (const [key, times] of triples) {
    const former = Math.floor(key / 65536);
    tripleTable.set(numbers.get(former)!, key % 65536, tripleWorths.length);
    tripleWorths.push(Math.max(least, Math.log(times / (pairs.get(former)! + tripleDoubt))));
  }
  const worths = Float32Array.from(pairWorths);
  const longWorths = Float32Array.from(tripleWorths);

  const { byReading, alike } = readings(syllables, known);
  return {
    pairOf: pairTable.get,
    worth(former, pair, unit) {
      if (pair === unseenPair) return unseen;
      const long = former === unseenPair ? -1 : tripleTable.get(former, unit);
      return long < 0 ? worths[pair]! : longWorths[long]!;
    },
    alike: (unit) => alike.get(unit) ?? none,
    read: (spelling) => byReading.get(spelling) ?? none,
    isWord: (word) => latin.has(word),
  };
}

function counted(sentences: readonly string[], fragments: readonly string[]) {
  const pairs = new Map<number, number>();
  /** Key: the key of the former pair, then the unit. */
  const triples = new Map<number, number>();
  const totals = new Map<number, number>();
  const latin = new Set<string>();
  const raise = (into: Map<number, number>, key: number) => into.set(key, (into.get(key) ?? 0) + 1);
  const countAll = (text: string, from: number) => {
    let former = -1;
    let before = from;
    for (let i = 0; i < text.length; i++) {
      const unit = symbolOf(text.charCodeAt(i));
      if (before >= 0 && !(before === edge && unit === edge)) {
        const pair = before * 65536 + unit;
        raise(pairs, pair);
        raise(totals, before);
        if (former >= 0) raise(triples, former * 65536 + unit);
        former = pair;
      } else former = -1;
      before = unit;
    }
    for (const [word] of text.matchAll(/[a-z]+/g)) latin.add(word);
  };
  for (const sentence of sentences) countAll(`${sentence}\n`, edge);
  for (const fragment of fragments) countAll(fragment, -1);
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

/** Numbers by two numbers (the second below 65,536) in flat arrays: it is looked into some thousand times a message. */
function tableOf(size: number) {
  const slots = 1 << Math.ceil(Math.log2(size * 2 + 2));
  const firsts = new Int32Array(slots).fill(-1);
  const seconds = new Uint16Array(slots);
  const values = new Int32Array(slots);
  const slotOf = (first: number, second: number) => {
    let at = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
    at = (at ^ (at >>> 15)) & (slots - 1);
    while (firsts[at] !== -1 && (firsts[at] !== first || seconds[at] !== second)) at = (at + 1) & (slots - 1);
    return at;
  };
  return {
    set(first: number, second: number, value: number) {
      const at = slotOf(first, second);
      firsts[at] = first;
      seconds[at] = second;
      values[at] = value;
    },
    get(first: number, second: number): number {
      const at = slotOf(first, second);
      return firsts[at] === -1 ? -1 : values[at]!;
    },
  };
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
