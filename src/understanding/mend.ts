/**
 * Reads a message that was mistyped as what was meant: a homophone (有获吗), two characters swapped (票发), pinyin
 * or its first letters in the middle of words, blanks inside a word. The most likely way through the text is looked for, where
 * each step keeps what is written or pays for a change, and characters side by side that the house knows are worth more than
 * others (wordings.ts). Only where they are strange to each other a change is thought of, and the rest of a message costs nothing.
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
/** What is understood though it is long has other words that tell what is meant. */
const longestUnderstood = 40;
const longestLatin = 24;
const longestSyllable = 6;
const mostInitials = 4;

interface Way {
  score: number;
  /** The last character as a symbol, and the number of the pair that ends with it. */
  last: number;
  pair: number;
  readonly before: Way | undefined;
  /** What this step wrote for the units from … to of the message: `kept`, or up to two characters, 0 for none. */
  readonly first: number;
  readonly second: number;
  readonly from: number;
  to: number;
  readonly change: number;
}

/** In place of characters: the units stay as they are. */
const kept = -1;

/** The best ways to one place. */
interface Beam {
  count: number;
  readonly ways: Way[];
}

const emptyBeam = (): Beam => ({ count: 0, ways: [] });

// Scratch: what is looked at most often must not be made anew for each message.
const beams = Array.from({ length: longest + 1 }, emptyBeam);
const symbols = new Uint16Array(longest + 1);
const pairs = new Int32Array(longest + 1);
/** Per unit, and one behind the last: 1 where it does not go with what stands before it. */
const strange = new Uint8Array(longest + 3);
/** Per unit: 1 where something may be changed. */
const sites = new Uint8Array(longest + 1);

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
  if (folded.length < 2 || folded.length > (isUnderstood ? longestUnderstood : longest)) return undefined;
  findSymbols(folded, wordings);
  if (!findStrange(folded.length, wordings) || !findSites(folded, wordings, isUnderstood)) return undefined;
  const best = bestWay(folded, wordings, isUnderstood);
  if (best === undefined || best.change === asItIs) return undefined;
  return { folded: written(best, folded), isRespelt: best.change === respelt };
}

/** What is mistyped goes with neither of its neighbours; swapped characters may go with each other. */
const leastSwapped = (isUnderstood: boolean) => (isUnderstood ? 2 : 1);

/** 五五折 and 十二 are no slips: what is counted is left alone. */
const isWord = (unit: number) => isHan(unit) && !numerals.has(unit);

const isSwapOdd = (unit: number, next: number, at: number, least: number) =>
  strange[at]! + strange[at + 1]! + strange[at + 2]! >= least && next !== unit && isWord(unit) && isWord(next);

/**
 * The best way; undefined where none is. Between two sites all ways meet in one, whose score no longer matters: only the sites
 * cost time.
 */
function bestWay({ units, length }: Folded, wordings: Wordings, isUnderstood: boolean): Way | undefined {
  const dearer = isUnderstood ? caution : 0;
  for (let i = 0; i <= length; i++) beams[i]!.count = 0;
  let furthest = 0;
  put(beams[0]!, 0, edge, unseenPair, undefined, kept, 0, 0, 0, asItIs);
  for (let i = 0; i < length; i++) {
    const here = beams[i]!;
    if (here.count === 0) continue;
    const alone = here.ways[0]!;
    if (here.count === 1 && furthest <= i && sites[i] === 0 && alone.last === (i === 0 ? edge : symbols[i - 1]!)) {
      let next = i + 1;
      while (next < length && sites[next] === 0) next++;
      const onward = extended(alone, i, next);
      if (next === length) return onward;
      beams[next]!.ways[0] = onward;
      beams[next]!.count = 1;
      furthest = next;
      i = next - 1;
      continue;
    }
    const onward = beams[i + 1]!;
    const unit = units[i]!;
    const symbol = symbols[i]!;
    const next = i + 1 < length ? units[i + 1]! : edge;
    const oddness = strange[i]! + strange[i + 1]!;
    const others = oddness === 2 && isWord(unit) ? wordings.alike(unit) : undefined;
    const isSwapped = isSwapOdd(unit, next, i, leastSwapped(isUnderstood));
    for (let at = 0; at < here.count; at++) {
      const way = here.ways[at]!;
      step(onward, way, kept, symbol, i, i + 1, 0, asItIs);
      if (unit === softUnit && way.last !== edge && (!isUnderstood || oddness > 0)) skip(onward, way, i, cost.blank);
      if (way.last === unit && strange[i] === 1 && isWord(unit)) skip(onward, way, i, cost.doubled);
      if (isSwapped) two(beams[i + 2]!, way, next, unit, i, i + 2, cost.swapped + dearer);
      if (others === undefined) continue;
      for (let k = 0; k < others.length; k++) {
        const other = others[k]!;
        // Strange on both sides it is worth less than what is written.
        if (wordings.pairOf(way.last, other) !== unseenPair || mayGoBefore(other, i, length, wordings))
          step(onward, way, other, other, i, i + 1, cost.homophone + dearer, respelt);
      }
    }
    if (symbol === foreign && (i === 0 || symbols[i - 1] !== foreign)) spell(i, here);
  }
  let best: Way | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  const last = beams[length]!;
  for (let at = 0; at < last.count; at++) {
    const way = last.ways[at]!;
    const score = way.last === edge ? way.score : way.score + wordings.worth(way.pair, wordings.pairOf(way.last, edge), edge);
    if (score <= bestScore) continue;
    best = way;
    bestScore = score;
  }
  return best;

  /** One character more. */
  function step(
    into: Beam,
    way: Way,
    write: number,
    symbol: number,
    from: number,
    to: number,
    price: number,
    change: number,
  ): void {
    const isSilent = way.last === symbol && (symbol === edge || symbol === foreign);
    const pair = isSilent ? unseenPair : wordings.pairOf(way.last, symbol);
    const score = way.score - price + (isSilent ? 0 : wordings.worth(way.pair, pair, symbol));
    if (to > furthest) furthest = to;
    put(into, score, symbol, pair, way, write, 0, from, to, change);
  }

  function two(into: Beam, way: Way, first: number, second: number, from: number, to: number, price: number): void {
    const pair = wordings.pairOf(way.last, first);
    const nextPair = wordings.pairOf(first, second);
    const score = way.score - price + wordings.worth(way.pair, pair, first) + wordings.worth(pair, nextPair, second);
    if (to > furthest) furthest = to;
    put(into, score, second, nextPair, way, first, second, from, to, respelt);
  }

  function skip(into: Beam, way: Way, at: number, price: number): void {
    if (at + 1 > furthest) furthest = at + 1;
    put(into, way.score - price, way.last, way.pair, way, 0, 0, at, at + 1, closedUp);
  }

  /** Reads a run of Latin letters as syllables, or as the first letters of syllables. */
  function spell(from: number, here: Beam): void {
    let to = from;
    while (to < length && isLatin(units[to]!)) to++;
    const run = String.fromCharCode(...units.subarray(from, to));
    if (run.length > longestLatin) return;
    // The ways by how much of the run they have read.
    const inside = Array.from({ length: run.length + 1 }, emptyBeam);
    inside[0] = here;
    inside[run.length] = beams[to]!;
    for (let at = 0; at < run.length; at++) {
      const ways = inside[at]!;
      for (let end = at + 1; end <= Math.min(run.length, at + longestSyllable); end++) {
        const isInitial = end === at + 1 && run.length <= mostInitials;
        if (end === at + 1 && !isInitial && !/[aeo]/.test(run[at]!)) continue;
        const price = isInitial ? cost.initial : cost.syllable;
        for (const unit of wordings.read(run.slice(at, end)))
          for (let k = 0; k < ways.count; k++)
            step(inside[end]!, ways.ways[k]!, unit, unit, from + at, from + end, price, respelt);
      }
    }
  }
}

/** The one way there is, kept on to the next site. */
function extended(way: Way, from: number, to: number): Way {
  const last = symbols[to - 1]!;
  const pair = pairs[to - 1]!;
  if (way.first !== kept) return { ...way, last, pair, before: way, first: kept, second: 0, from, to };
  // Nobody goes on from where it was.
  way.last = last;
  way.pair = pair;
  way.to = to;
  return way;
}

/** What each unit counts as. */
function findSymbols({ units, length }: Folded, wordings: Wordings): void {
  for (let i = 0; i < length; i++) {
    symbols[i] = symbolOf(units[i]!);
    if (!isLatin(units[i]!)) continue;
    let to = i;
    while (to < length && isLatin(units[to]!)) to++;
    const symbol = wordings.isWord(String.fromCharCode(...units.subarray(i, to))) ? symbols[i]! : foreign;
    symbols.fill(symbol, i, to);
    i = to - 1;
  }
}

/** Whether any two do not go together. */
function findStrange(length: number, wordings: Wordings): boolean {
  let before = edge;
  let isAny = false;
  for (let i = 0; i <= length; i++) {
    const symbol = i < length ? symbols[i]! : edge;
    const pair = wordings.pairOf(before, symbol);
    const isStrange = pair === unseenPair && !(before === edge && symbol === edge);
    pairs[i] = pair;
    strange[i] = isStrange ? 1 : 0;
    isAny ||= isStrange;
    before = symbol;
  }
  strange[length + 1] = 0;
  strange[length + 2] = 0;
  return isAny;
}

/** Whether there is anything that may be changed: where nothing is, the search would keep all. */
function findSites({ units, length }: Folded, wordings: Wordings, isUnderstood: boolean): boolean {
  const least = leastSwapped(isUnderstood);
  let isAny = false;
  for (let i = 0; i < length; i++) {
    const oddness = strange[i]! + strange[i + 1]!;
    // Around nothing that is strange nearly all units are done with here.
    const isSite =
      oddness + strange[i + 2]! === 0 && units[i] !== softUnit && symbols[i] !== foreign
        ? false
        : isSiteAt(i, units, length, wordings, oddness, isUnderstood, least);
    sites[i] = isSite ? 1 : 0;
    isAny ||= isSite;
  }
  return isAny;
}

function isSiteAt(
  i: number,
  units: Uint16Array,
  length: number,
  wordings: Wordings,
  oddness: number,
  isUnderstood: boolean,
  least: number,
): boolean {
  const unit = units[i]!;
  return (
    symbols[i] === foreign ||
    (unit === softUnit && i > 0 && (!isUnderstood || oddness > 0)) ||
    (i + 1 < length && isSwapOdd(unit, units[i + 1]!, i, least) && isWorthSwapping(i, length, wordings, isUnderstood)) ||
    (oddness === 2 && isWord(unit) && isWorthReading(i, length, wordings, isUnderstood)) ||
    (strange[i] === 1 && i > 0 && units[i - 1] === unit && isWord(unit))
  );
}

/**
 * What nobody wrote side by side costs more than all else: a change that makes more of it is never the best way, and one that
 * makes no less of it pays for no change of words that mean something.
 */
function isWorthSwapping(i: number, length: number, wordings: Wordings, isUnderstood: boolean): boolean {
  const [first, second] = [symbols[i]!, symbols[i + 1]!];
  const after = i + 2 < length ? symbols[i + 2]! : edge;
  const fewest = isUnderstood ? 1 : 0;
  let left = strange[i]! + strange[i + 1]! + strange[i + 2]!;
  if (wordings.pairOf(i === 0 ? edge : symbols[i - 1]!, second) === unseenPair) left--;
  if (wordings.pairOf(second, first) === unseenPair) left--;
  if (left >= fewest && wordings.pairOf(first, after) === unseenPair) left--;
  return left >= fewest;
}

/** Whether a character read alike goes with a neighbour; with both, where the words mean something. */
function isWorthReading(i: number, length: number, wordings: Wordings, isUnderstood: boolean): boolean {
  const others = wordings.alike(symbols[i]!);
  for (let k = 0; k < others.length; k++) {
    const other = others[k]!;
    const goesBehind = mayGoBehind(other, i, wordings);
    if (
      isUnderstood ? goesBehind && mayGoBefore(other, i, length, wordings) : goesBehind || mayGoBefore(other, i, length, wordings)
    )
      return true;
  }
  return false;
}

/** Whether this in place of unit i goes with what stands before it; a neighbour that is odd too may be another. */
function mayGoBehind(unit: number, i: number, wordings: Wordings): boolean {
  if (i > 0 && strange[i - 1]! + strange[i]! === 2) return true;
  return wordings.pairOf(i === 0 ? edge : symbols[i - 1]!, unit) !== unseenPair;
}

/** The same of what stands behind it. */
function mayGoBefore(unit: number, i: number, length: number, wordings: Wordings): boolean {
  if (i + 1 < length && strange[i + 1]! + strange[i + 2]! === 2) return true;
  return wordings.pairOf(unit, i + 1 < length ? symbols[i + 1]! : edge) !== unseenPair;
}

/** Keeps the best ways, one for each last character. */
function put(
  into: Beam,
  score: number,
  last: number,
  pair: number,
  before: Way | undefined,
  first: number,
  second: number,
  from: number,
  to: number,
  change: number,
): void {
  const { ways } = into;
  if (into.count === breadth && score <= ways[breadth - 1]!.score) return;
  let free = 0;
  while (free < into.count && ways[free]!.last !== last) free++;
  if (free === into.count) {
    if (into.count < breadth) into.count++;
    else free--;
  } else if (ways[free]!.score >= score) return;
  for (; free > 0 && ways[free - 1]!.score < score; free--) ways[free] = ways[free - 1]!;
  ways[free] = { score, last, pair, before, first, second, from, to, change: Math.max(before?.change ?? asItIs, change) };
}

/** The way from its start to its end as a folded text; each character stands where what it was read from stood. */
function written(end: Way, folded: Folded): Folded {
  const steps: Way[] = [];
  let length = 0;
  for (let way: Way | undefined = end; way !== undefined; way = way.before) {
    steps.push(way);
    length += way.first === kept ? way.to - way.from : (way.first === 0 ? 0 : 1) + (way.second === 0 ? 0 : 1);
  }
  const units = new Uint16Array(length);
  const start = new Int32Array(length);
  const ends = new Int32Array(length);
  let n = 0;
  const write = (unit: number, from: number, to: number) => {
    units[n] = unit;
    start[n] = folded.start[from]!;
    ends[n++] = folded.end[to - 1]!;
  };
  for (const { first, second, from, to } of steps.reverse()) {
    if (first === kept) for (let i = from; i < to; i++) write(folded.units[i]!, i, i + 1);
    else {
      if (first !== 0) write(first, from, to);
      if (second !== 0) write(second, from, to);
    }
  }
  return { length: n, units, start, end: ends };
}
