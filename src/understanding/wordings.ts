/**
 * Which character follows which in the words that the house knows (examples, patterns, names), and which characters an input
 * method takes for one another. Compiled with the model; what a message is mended by (mend.ts).
 */

/** Stands for the start and the end of a phrase. */
export const edge = 0x0a;
/** Any digit, any Latin letter: what matters is that there is one. */
const digit = 0x30;
const letter = 0x61;

export interface Wordings {
  /** Log-likelihood of the second character right after the first. */
  readonly link: (before: number, unit: number) => number;
  readonly isSeen: (before: number, unit: number) => boolean;
  /** What is known to follow. */
  readonly following: (before: number) => readonly number[];
  /** Known characters read like this one, itself not among them. */
  readonly alike: (unit: number) => readonly number[];
  /** Known characters by syllable, and by its first letter. */
  readonly read: (spelling: string) => readonly number[];
  /** Latin words that mean themselves: ems, xl. */
  readonly isWord: (latin: string) => boolean;
}

/** What a pair that nobody wrote costs, and the least that a pair can be worth. */
const unseen = -7;
const least = -6;
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
  const pairs = new Map<number, number>();
  const totals = new Map<number, number>();
  const latin = new Set<string>();
  const count = (before: number, unit: number) => {
    const key = before * 65536 + unit;
    pairs.set(key, (pairs.get(key) ?? 0) + 1);
    totals.set(before, (totals.get(before) ?? 0) + 1);
  };
  const countAll = (text: string, from: number) => {
    let before = from;
    for (let i = 0; i < text.length; i++) {
      const unit = symbolOf(text.charCodeAt(i));
      if (before >= 0 && !(before === edge && unit === edge)) count(before, unit);
      before = unit;
    }
    for (const [word] of text.matchAll(/[a-z]+/g)) latin.add(word);
    return before;
  };
  for (const sentence of sentences) {
    const last = countAll(sentence, edge);
    if (last !== edge) count(last, edge);
  }
  for (const fragment of fragments) countAll(fragment, -1);

  const links = new Map<number, number>();
  const followers = new Map<number, number[]>();
  const known = new Set<number>();
  for (const [key, times] of pairs) {
    const before = Math.floor(key / 65536);
    const unit = key % 65536;
    links.set(key, Math.max(least, Math.log(times / (totals.get(before)! + 5))));
    const list = followers.get(before);
    if (list === undefined) followers.set(before, [unit]);
    else list.push(unit);
    known.add(unit);
  }

  const byReading = new Map<string, number[]>();
  const readingsOf = new Map<number, string[]>();
  const add = (reading: string, unit: number) => {
    const list = byReading.get(reading) ?? [];
    if (!list.includes(unit)) list.push(unit);
    byReading.set(reading, list);
  };
  for (const [syllable, characters] of Object.entries(syllables)) {
    for (const character of characters) {
      const unit = character.charCodeAt(0);
      readingsOf.set(unit, [...(readingsOf.get(unit) ?? []), syllable]);
      if (!known.has(unit)) continue;
      add(syllable, unit);
      add(syllable[0]!, unit);
    }
    if (!byReading.has(syllable)) byReading.set(syllable, []);
  }
  const alike = new Map<number, readonly number[]>();
  for (const [unit, readings] of readingsOf) {
    const others = new Set(readings.flatMap((reading) => byReading.get(reading) ?? none));
    others.delete(unit);
    if (others.size > 0) alike.set(unit, [...others]);
  }
  return {
    link: (before, unit) => links.get(before * 65536 + unit) ?? unseen,
    isSeen: (before, unit) => links.has(before * 65536 + unit),
    following: (before) => followers.get(before) ?? none,
    alike: (unit) => alike.get(unit) ?? none,
    read: (spelling) => byReading.get(spelling) ?? none,
    isWord: (word) => latin.has(word),
  };
}

/** What a unit counts as. */
export function symbolOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return digit;
  if (isLatin(unit)) return letter;
  return isMark(unit) ? edge : unit;
}

export function isLatin(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a;
}

/** Space, line break, question mark. */
function isMark(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x3f;
}
