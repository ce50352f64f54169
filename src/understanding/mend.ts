/**
 * Reads a message that was mistyped as what was meant: a homophone (有获吗), two characters swapped (票发), pinyin
 * or its first letters in the middle of words, blanks inside a word. The most likely way through the text is looked for, where
 * each step keeps what is written or pays for a change, and characters side by side that the house knows are worth more than
 * others (wordings.ts). Only where they are strange to each other a change is thought of, so that most messages cost nothing.
 */
import { type Folded, softUnit } from './normalise.js';
import { numeralCharacters } from './numbers.js';
import { edge, isHan, isLatin, symbolOf, unseenPair, type Wordings } from './wordings.js';

/** What a change costs, in log-likelihood: chosen on labelled messages, clean ones and the same with noise. */
const cost = { homophone: 4, swapped: 3, blank: 3, doubled: 3, syllable: -2, initial: 0.5 };
/** What a change of Chinese characters costs more in words that mean something as they stand. */
const caution = 2.5;
/** Any letter of a Latin word that the house does not know: it goes with nothing, but it is one word. */
const foreign = 0x7a;
const numerals: ReadonlySet<number> = new Set([...numeralCharacters].map((one) => one.charCodeAt(0)));
/** Ways that are followed at the same time. */
const breadth = 8;
/** Nobody mistypes a page: what is longer is left as it is. */
const longest = 160;
const longestLatin = 24;
const longestSyllable = 6;
const mostInitials = 4;

interface Way {
  readonly score: number;
  /** The last character as a symbol, and the number of the pair that ends with it. */
  readonly last: number;
  readonly pair: number;
  readonly before: Way | undefined;
  /** Characters that this step wrote, and the units of the message that they stand for. */
  readonly written: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly change: number;
}

/** How far a way has left the message: nothing, blanks and doubled characters alone, or its words. */
const asItIs = 0;
const closedUp = 1;
const respelt = 2;

export interface Mended {
  readonly folded: Folded;
  /** Characters were changed, and not blanks alone: what it means is less sure. */
  readonly isRespelt: boolean;
}

/**
 * The message as it was meant; undefined where it is best left as it is.
 * @param isUnderstood it means something as it stands: a change must be worth more
 */
export function mended(folded: Folded, wordings: Wordings, isUnderstood: boolean): Mended | undefined {
  const { units, length } = folded;
  if (length < 2 || length > longest) return undefined;
  const symbols = symbolsOf(folded, wordings);
  const strange = strangeness(symbols, wordings);
  if (strange === undefined) return undefined;
  const dearer = isUnderstood ? caution : 0;
  // What is mistyped goes with neither of its neighbours; swapped characters may go with each other.
  const leastSwapped = isUnderstood ? 2 : 1;
  const ways: Way[][] = Array.from({ length: length + 1 }, () => []);
  ways[0]!.push({ score: 0, last: edge, pair: unseenPair, before: undefined, written: [], from: 0, to: 0, change: asItIs });
  for (let i = 0; i < length; i++) {
    const here = ways[i]!;
    const onward = ways[i + 1]!;
    if (here.length === 0) continue;
    const unit = units[i]!;
    const symbol = symbols[i]!;
    const next = i + 1 < length ? units[i + 1]! : edge;
    const oddness = strange[i]! + strange[i + 1]!;
    // 五五折 and 十二 are no slips: what is counted is left alone.
    const isWord = isHan(unit) && !numerals.has(unit);
    const isOdd = isWord && oddness === 2;
    const isSwapOdd = isWord && isHan(next) && !numerals.has(next) && next !== unit && oddness + strange[i + 2]! >= leastSwapped;
    for (const way of here) {
      step(onward, way, [unit], symbol, i, i + 1, 0, asItIs);
      if (unit === softUnit && way.last !== edge && (!isUnderstood || oddness > 0)) skip(onward, way, i, cost.blank);
      if (way.last === unit && isWord && strange[i] === 1) skip(onward, way, i, cost.doubled);
      if (isSwapOdd) two(ways[i + 2]!, way, next, unit, i, i + 2, cost.swapped + dearer);
      if (!isOdd) continue;
      for (const other of wordings.alike(unit)) step(onward, way, [other], other, i, i + 1, cost.homophone + dearer, respelt);
    }
    if (symbol === foreign && (i === 0 || symbols[i - 1] !== foreign)) spell(i, here);
  }
  let best: Way | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const way of ways[length]!) {
    const score = way.last === edge ? way.score : way.score + wordings.worth(way.pair, wordings.pairOf(way.last, edge), edge);
    if (score <= bestScore) continue;
    best = way;
    bestScore = score;
  }
  if (best === undefined || best.change === asItIs) return undefined;
  return { folded: written(best, folded), isRespelt: best.change === respelt };

  /** One character more. */
  function step(
    into: Way[],
    way: Way,
    units: readonly number[],
    symbol: number,
    from: number,
    to: number,
    price: number,
    change: number,
  ): void {
    const isSilent = way.last === symbol && (symbol === edge || symbol === foreign);
    const pair = isSilent ? unseenPair : wordings.pairOf(way.last, symbol);
    const score = way.score - price + (isSilent ? 0 : wordings.worth(way.pair, pair, symbol));
    put(into, score, symbol, pair, way, units, from, to, change);
  }

  function two(into: Way[], way: Way, first: number, second: number, from: number, to: number, price: number): void {
    const pair = wordings.pairOf(way.last, first);
    const nextPair = wordings.pairOf(first, second);
    const score = way.score - price + wordings.worth(way.pair, pair, first) + wordings.worth(pair, nextPair, second);
    put(into, score, second, nextPair, way, [first, second], from, to, respelt);
  }

  function skip(into: Way[], way: Way, at: number, price: number): void {
    put(into, way.score - price, way.last, way.pair, way, [], at, at + 1, closedUp);
  }

  /** Reads a run of Latin letters as syllables, or as the first letters of syllables. */
  function spell(from: number, here: readonly Way[]): void {
    let to = from;
    while (to < length && isLatin(units[to]!)) to++;
    const run = String.fromCharCode(...units.subarray(from, to));
    if (run.length > longestLatin) return;
    // The ways by how much of the run they have read.
    const inside: Way[][] = Array.from({ length: run.length + 1 }, () => []);
    inside[0] = [...here];
    inside[run.length] = ways[to]!;
    for (let at = 0; at < run.length; at++) {
      for (let end = at + 1; end <= Math.min(run.length, at + longestSyllable); end++) {
        const isInitial = end === at + 1 && run.length <= mostInitials;
        if (end === at + 1 && !isInitial && !/[aeo]/.test(run[at]!)) continue;
        for (const unit of wordings.read(run.slice(at, end)))
          for (const way of inside[at]!)
            step(inside[end]!, way, [unit], unit, from + at, from + end, isInitial ? cost.initial : cost.syllable, respelt);
      }
    }
  }
}

/** What each unit counts as. */
function symbolsOf({ units, length }: Folded, wordings: Wordings): Uint16Array {
  const symbols = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    symbols[i] = symbolOf(units[i]!);
    if (!isLatin(units[i]!) || (i > 0 && isLatin(units[i - 1]!))) continue;
    let to = i;
    while (to < length && isLatin(units[to]!)) to++;
    if (wordings.isWord(String.fromCharCode(...units.subarray(i, to)))) continue;
    symbols.fill(foreign, i, to);
    i = to - 1;
  }
  return symbols;
}

/** Per unit, and one behind the last: 1 where it does not go with what stands before it. Undefined: nothing is strange. */
function strangeness(symbols: Uint16Array, wordings: Wordings): Uint8Array | undefined {
  const strange = new Uint8Array(symbols.length + 3);
  let before = edge;
  let isAny = false;
  for (let i = 0; i <= symbols.length; i++) {
    const symbol = i < symbols.length ? symbols[i]! : edge;
    if (!(before === edge && symbol === edge) && wordings.pairOf(before, symbol) === unseenPair) {
      strange[i] = 1;
      isAny = true;
    }
    before = symbol;
  }
  return isAny ? strange : undefined;
}

/** Keeps the best ways, one for each last character. */
function put(
  into: Way[],
  score: number,
  last: number,
  pair: number,
  before: Way,
  written: readonly number[],
  from: number,
  to: number,
  change: number,
): void {
  if (into.length === breadth && score <= into[breadth - 1]!.score) return;
  for (let k = 0; k < into.length; k++) {
    if (into[k]!.last !== last) continue;
    if (into[k]!.score >= score) return;
    into.splice(k, 1);
    break;
  }
  let at = into.length;
  while (at > 0 && into[at - 1]!.score < score) at--;
  into.splice(at, 0, { score, last, pair, before, written, from, to, change: Math.max(before.change, change) });
  if (into.length > breadth) into.pop();
}

/** The way from its start to its end as a folded text; each character stands where what it was read from stood. */
function written(end: Way, folded: Folded): Folded {
  const steps: Way[] = [];
  for (let way: Way | undefined = end; way?.before !== undefined; way = way.before) steps.push(way);
  steps.reverse();
  const length = steps.reduce((sum, step) => sum + step.written.length, 0);
  const units = new Uint16Array(length);
  const start = new Int32Array(length);
  const ends = new Int32Array(length);
  let n = 0;
  for (const { written, from, to } of steps) {
    for (const unit of written) {
      units[n] = unit;
      start[n] = folded.start[from]!;
      ends[n++] = folded.end[to - 1]!;
    }
  }
  return { length: n, units, start, end: ends };
}
