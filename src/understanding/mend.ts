/**
 * Reads a message that was mistyped as what was meant: a homophone (有获吗), two characters swapped (票发), one left out, pinyin
 * or its first letters in the middle of words, blanks inside a word. The most likely way through the text is looked for, where
 * each step keeps what is written or pays for a change, and pairs of characters that the house knows are worth more than
 * others (wordings.ts). Looked at only where the words as they stand mean nothing. Linear in the text.
 */
import { type Folded, softUnit } from './normalise.js';
import { edge, isLatin, symbolOf, type Wordings } from './wordings.js';

// Chosen on labelled messages with and without noise: what is gained on the noisy must not be lost on the clean.
const cost = {
  homophone: Number(process.env.C_H ?? 6),
  swapped: Number(process.env.C_S ?? 6),
  dropped: Number(process.env.C_D ?? 8),
  blank: Number(process.env.C_B ?? 3),
  doubled: Number(process.env.C_T ?? 3),
  syllable: Number(process.env.C_P ?? 2),
  initial: Number(process.env.C_I ?? 4.5),
};
/** Ways that are followed at the same time. */
const breadth = 8;
/** Nobody mistypes a page: what is beyond is left as it is. */
const longest = 160;
const longestLatin = 12;
const mostInitials = 4;

interface Way {
  readonly score: number;
  /** The last character as a symbol. */
  readonly last: number;
  readonly before: Way | undefined;
  /** Characters that this step wrote, and the units of the message that they stand for. */
  readonly written: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly changes: number;
}

/** The message as it was meant; undefined where it is best left as it is. */
export function mended(folded: Folded, wordings: Wordings): Folded | undefined {
  const { units, length } = folded;
  if (length < 2 || length > longest) return undefined;
  const ways: Way[][] = Array.from({ length: length + 1 }, () => []);
  ways[0]!.push({ score: 0, last: edge, before: undefined, written: [], from: 0, to: 0, changes: 0 });
  for (let i = 0; i < length; i++) {
    const here = ways[i]!;
    if (here.length === 0) continue;
    const unit = units[i]!;
    const symbol = symbolOf(unit);
    const isHan = unit >= 0x3400;
    const next = i + 1 < length ? units[i + 1]! : 0;
    const afterLatin = i > 0 && isLatin(units[i - 1]!);
    for (const way of here) {
      const straight = stepped(way, symbol, wordings);
      put(ways[i + 1]!, way, straight, [unit], symbol, i, i + 1, false);
      if (unit === softUnit && way.last !== edge) put(ways[i + 1]!, way, way.score - cost.blank, [], way.last, i, i + 1, true);
      if (!isHan) continue;
      if (way.last === symbol) put(ways[i + 1]!, way, way.score - cost.doubled, [], way.last, i, i + 1, true);
      for (const other of wordings.alike(unit))
        put(ways[i + 1]!, way, stepped(way, other, wordings) - cost.homophone, [other], other, i, i + 1, true);
      if (next >= 0x3400 && next !== unit) {
        const first = stepped(way, next, wordings) + wordings.link(next, unit);
        put(ways[i + 2]!, way, first - cost.swapped, [next, unit], unit, i, i + 2, true);
      }
      if (wordings.isSeen(way.last, symbol)) continue;
      for (const missing of wordings.following(way.last)) {
        if (missing < 0x3400 || !wordings.isSeen(missing, symbol)) continue;
        const through = stepped(way, missing, wordings) + wordings.link(missing, symbol);
        put(ways[i + 1]!, way, through - cost.dropped, [missing, unit], symbol, i, i + 1, true);
      }
    }
    if (isLatin(unit) && !afterLatin) spell(folded, i, here, ways, wordings);
  }
  let best: Way | undefined;
  for (const way of ways[length]!) {
    const score = way.score + (way.last === edge ? 0 : wordings.link(way.last, edge));
    if (best === undefined || score > best.score) best = { ...way, score };
  }
  return best === undefined || best.changes === 0 ? undefined : written(best, folded);
}

/** Worth of the way with one more character. */
function stepped(way: Way, symbol: number, wordings: Wordings): number {
  return way.last === edge && symbol === edge ? way.score : way.score + wordings.link(way.last, symbol);
}

/** Keeps the best ways, one for each last character. */
function put(
  into: Way[],
  before: Way,
  score: number,
  written: readonly number[],
  last: number,
  from: number,
  to: number,
  isChange: boolean,
): void {
  if (into.length === breadth && score <= into[breadth - 1]!.score) return;
  const known = into.findIndex((way) => way.last === last);
  if (known >= 0) {
    if (into[known]!.score >= score) return;
    into.splice(known, 1);
  }
  let at = into.length;
  while (at > 0 && into[at - 1]!.score < score) at--;
  into.splice(at, 0, { score, last, before, written, from, to, changes: before.changes + (isChange ? 1 : 0) });
  if (into.length > breadth) into.pop();
}

/** Reads a run of Latin letters as syllables, or as the first letters of syllables. */
function spell({ units, length }: Folded, from: number, here: readonly Way[], ways: Way[][], wordings: Wordings): void {
  let to = from;
  while (to < length && isLatin(units[to]!)) to++;
  const run = String.fromCharCode(...units.subarray(from, to));
  if (run.length > longestLatin || wordings.isWord(run)) return;
  // Ways by how much of the run they have read: `dots` of them stand inside it.
  const inside: Way[][] = Array.from({ length: run.length + 1 }, () => []);
  inside[0] = [...here];
  const isInitials = run.length <= mostInitials;
  for (let at = 0; at < run.length; at++) {
    for (let end = at + 1; end <= Math.min(run.length, at + 6); end++) {
      const spelling = run.slice(at, end);
      const isInitial = end === at + 1 && isInitials;
      if (end === at + 1 && !isInitials && !/[aeo]/.test(spelling)) continue;
      const price = isInitial ? cost.initial : cost.syllable;
      for (const unit of wordings.read(spelling)) {
        for (const way of inside[at]!) {
          const score = stepped(way, unit, wordings) - price;
          put(end === run.length ? ways[to]! : inside[end]!, way, score, [unit], unit, from + at, from + end, true);
        }
      }
    }
  }
}

/** The way from its start to its end as a folded text; each character stands where what it was read from stood. */
function written(end: Way, folded: Folded): Folded {
  const steps: Way[] = [];
  for (let way: Way | undefined = end; way?.before !== undefined; way = way.before) steps.push(way);
  steps.reverse();
  const length = steps.reduce((sum, step) => sum + step.written.length, 0);
  const units = new Uint16Array(length + 8);
  const start = new Int32Array(length + 8);
  const ends = new Int32Array(length + 8);
  let n = 0;
  for (const step of steps) {
    for (const unit of step.written) {
      units[n] = unit;
      start[n] = folded.start[step.from]!;
      ends[n++] = folded.end[step.to - 1]!;
    }
  }
  return { length: n, units, start, end: ends };
}
