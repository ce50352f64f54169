/**
 * Reads a message that was mistyped as what was meant: a homophone (有获吗), two characters swapped (票发), pinyin
 * or its first letters in the middle of words, blanks inside a word. The most likely way through the text is looked for, where
 * each step keeps what is written or pays for a change, and characters side by side that the house knows are worth more than
 * others (wordings.ts). Only where they are strange to each other a change is thought of, and the rest of a message costs nothing.
 */
import { type Folded, softUnit } from './normalise.js';
import { numeralCharacters } from './numbers.js';
import { abbreviated, lookInto, runEnd, spell } from './spelling.js';
import {
  allMeetAt,
  asItIs,
  bestAt,
  changeOf,
  countAt,
  keep,
  keepOn,
  lastOf,
  lastPairOf,
  longest,
  mayReach,
  need,
  nowhere,
  respelt,
  scoreOf,
  skip,
  start,
  textOf,
  vain,
  wayAt,
  write,
  writeBefore,
  writeTwo,
} from './ways.js';
import { edge, isHan, isLatin, leastWorth, symbolOf, unseen, unseenPair, type Wordings } from './wordings.js';

// Named here: what is imported by name the engine looks up at each use.
const [outside, noPair, blank, most] = [edge, unseenPair, softUnit, longest];

/** What a change costs, in log-likelihood: chosen on labelled messages, clean ones and the same with noise. */
const cost = { homophone: 4, swapped: 3, blank: 3, doubled: 3 };
/** What a change of Chinese characters costs more in words that mean something as they stand. */
const caution = 2.5;
/** Any letter of a Latin word that the house does not know: it goes with nothing, but it is one word. */
const foreign = 0x7a;
/** A bit for each unit. */
const numerals = new Uint8Array(8192);
for (const one of numeralCharacters) numerals[one.charCodeAt(0) >>> 3]! |= 1 << (one.charCodeAt(0) & 7);
/** What is understood though it is long has other words that tell what is meant. */
const longestUnderstood = 40;

// Scratch: what is looked at most often must not be made anew for each message.
const symbols = new Uint16Array(most + 1);
const pairs = new Int32Array(most + 1);
/** Per unit, and one behind the last: 1 where it does not go with what stands before it. */
const strange = new Uint8Array(most + 3);
/** Per unit: 1 where something may be changed. */
const sites = new Uint8Array(most + 1);

/** Per character of a list: the number of its pair with what stands behind it. */
let onward = new Int32Array(64);
/** Per place: what the message scores at least up to it. */
const levels = new Float64Array(most + 1);

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
  if (folded.length < 2 || folded.length > (isUnderstood ? longestUnderstood : most)) return undefined;
  if (!findStrange(folded, wordings) || !findSites(folded, wordings, isUnderstood)) return undefined;
  const best = bestWay(folded, wordings, isUnderstood);
  const change = best === nowhere ? asItIs : changeOf(best);
  return change === asItIs ? undefined : { folded: textOf(best, folded), isRespelt: change === respelt };
}

/** What is mistyped goes with neither of its neighbours; swapped characters may go with each other. */
const leastSwapped = (isUnderstood: boolean) => (isUnderstood ? 2 : 1);

/** 五五折 and 十二 are no slips: what is counted is left alone. */
const isWord = (unit: number) => isHan(unit) && (numerals[unit >>> 3]! & (1 << (unit & 7))) === 0;

/** Nothing is said twice over by what stands for nothing. */
const isSilent = (before: number, symbol: number) => before === symbol && (symbol === outside || symbol === foreign);

const isSwapOdd = (unit: number, next: number, at: number, least: number) =>
  strange[at]! + strange[at + 1]! + strange[at + 2]! >= least && next !== unit && isWord(unit) && isWord(next);

/**
 * The best way, or `nowhere`. Between two sites all ways meet in one, whose score no longer matters: only the sites cost time.
 */
function bestWay(folded: Folded, wordings: Wordings, isUnderstood: boolean): number {
  const { length } = folded;
  start(outside, length);
  let meeting = 0;
  for (let i = 0; i < length; i++) {
    if (countAt(i) === 0) continue;
    const last = i === 0 ? outside : symbols[i - 1]!;
    if (sites[i] === 0 && allMeetAt(i, last)) {
      let next = i + 1;
      while (next < length && sites[next] === 0) next++;
      const onward = keepOn(i, next, symbols[next - 1]!, pairs[next - 1]!);
      if (next === length) return onward;
      i = next - 1;
    } else {
      if (i >= meeting) meeting = findNeeds(i, folded, wordings, isUnderstood);
      goOn(i, folded, wordings, isUnderstood);
      if (symbols[i] === foreign && last !== foreign) spell(i, runEnd(folded.units, i, length), wordings);
    }
  }
  return bestAt(length, outside, wordings);
}

/**
 * What ways need from a place where all have met up to the next such: what the words score there at least as they stand. No step
 * adds to a score but letters that are read as others, so that what is below can never win.
 * @returns where all meet again: at the latest behind a character that is kept, or at the end
 */
function findNeeds(from: number, { units, length }: Folded, wordings: Wordings, isUnderstood: boolean): number {
  const least = leastSwapped(isUnderstood);
  let meeting = from + 1;
  while (meeting < length && !(isKept(meeting, units) && !areSwappedAround(meeting, units, length, least))) meeting++;
  if (meeting < length) meeting++;
  findLevels(from, meeting, units, length, wordings);
  let needed = levels[meeting]!;
  for (let place = meeting; place >= from; place--) {
    if (place < meeting && isKept(place, units)) needed = levels[place + 1]!;
    if (place < length && symbols[place] === foreign && (place === 0 || symbols[place - 1] !== foreign)) {
      const cost = lookInto(units, place, runEnd(units, place, length), length, needed, wordings);
      if (cost < 0) needed += cost;
    }
    // Sums of the same worths may differ in their last digits.
    need(place, needed - 1e-6);
  }
  return meeting;
}

/** The least that the best way scores at each place which ends as the message does there. */
function findLevels(from: number, to: number, units: Uint16Array, length: number, wordings: Wordings): void {
  const way = wayAt(from, 0);
  let former = lastPairOf(way);
  let before = from === 0 ? outside : symbols[from - 1]!;
  let level = scoreOf(way);
  for (let i = from; i < to; i++) {
    const symbol = symbols[i]!;
    const pair = pairs[i]!;
    // Further on the best may have come by another pair.
    const isSure = i === from || (i === from + 1 && lastOf(way) !== units[from]);
    if (!isSilent(before, symbol)) level += isSure || pair === noPair ? wordings.worthOf(former, pair, symbol) : leastWorth;
    former = pair;
    before = symbol;
    levels[i + 1] = level;
  }
  if (to === length && before !== outside) levels[to]! += strange[to] === 1 ? unseen : leastWorth;
}

const isSwapOddAt = (i: number, units: Uint16Array, length: number, least: number) =>
  i + 1 < length && isSwapOdd(units[i]!, units[i + 1]!, i, least);

/** Whether a unit is kept by all ways that come to it. */
const isKept = (i: number, units: Uint16Array) => sites[i] === 0 && (strange[i]! + strange[i + 1]! < 2 || !isWord(units[i]!));

const areSwappedAround = (i: number, units: Uint16Array, length: number, least: number) =>
  isSwapOddAt(i - 1, units, length, least) || isSwapOddAt(i, units, length, least);

/** Every step from one place. */
function goOn(i: number, folded: Folded, wordings: Wordings, isUnderstood: boolean): void {
  const { units, length } = folded;
  const dearer = isUnderstood ? caution : 0;
  const unit = units[i]!;
  const symbol = symbols[i]!;
  const next = i + 1 < length ? units[i + 1]! : outside;
  const oddness = strange[i]! + strange[i + 1]!;
  const list = oddness === 2 && isWord(unit) ? wordings.listAlike(unit) : 0;
  const isSwapped = isSwapOdd(unit, next, i, leastSwapped(isUnderstood));
  const isBlank = unit === blank && (!isUnderstood || oddness > 0);
  const mayBeDoubled = strange[i] === 1 && isWord(unit);
  if (list !== 0) findOnward(list, i + 1 < length ? symbols[i + 1]! : outside, wordings);
  const count = countAt(i);
  for (let rank = 0; rank < count; rank++) {
    const way = wayAt(i, rank);
    if (changeOf(way) === vain) continue;
    const last = lastOf(way);
    keep(way, symbol, isSilent(last, symbol), i, wordings);
    if (isBlank && last !== outside) skip(way, i, cost.blank);
    if (mayBeDoubled && last === unit) skip(way, i, cost.doubled);
    if (isSwapped) writeTwo(way, next, unit, i, cost.swapped + dearer, wordings);
    if (list !== 0) readAlike(way, list, i, folded, cost.homophone + dearer, wordings);
  }
}

/** The pairs of all that are read alike with what stands behind them, which every way there asks for. */
function findOnward(list: number, after: number, wordings: Wordings): void {
  const { listed, starts } = wordings;
  const from = starts[list]!;
  const to = starts[list + 1]!;
  if (to - from > onward.length) onward = new Int32Array(to - from);
  for (let at = from; at < to; at++) onward[at - from] = wordings.pairOf(listed[at]!, after);
}

/** The characters read like one, each in its place. */
function readAlike(way: number, list: number, i: number, { units, length }: Folded, price: number, wordings: Wordings): void {
  if (!mayReach(i + 1, way, price)) return;
  const mayBeUnseen = mayReach(i + 1, way, price - unseen);
  const { listed, starts } = wordings;
  const last = lastOf(way);
  const after = i + 1 < length ? symbols[i + 1]! : outside;
  const isAfterKept = i + 1 === length || isKept(i + 1, units);
  const isAfterOdd = i + 1 < length && strange[i + 1]! + strange[i + 2]! === 2;
  const from = starts[list]!;
  const to = starts[list + 1]!;
  for (let at = from; at < to; at++) {
    const other = listed[at]!;
    const pair = wordings.pairOf(last, other);
    // Strange on both sides it is worth less than what is written.
    if (pair === noPair && !(mayBeUnseen && (isAfterOdd || onward[at - from] !== noPair))) continue;
    if (other === symbols[i]) continue;
    if (isAfterKept && other !== after) writeBefore(way, other, pair, i, price, after, onward[at - from]!, wordings);
    else write(i + 1, way, other, pair, i, i + 1, price, wordings);
  }
}

/** What each unit counts as, and whether any two do not go together. */
function findStrange({ units, length }: Folded, wordings: Wordings): boolean {
  let before = outside;
  let isAny = false;
  let runTo = 0;
  for (let i = 0; i <= length; i++) {
    let symbol = outside;
    if (i < runTo) symbol = before;
    else if (i < length) {
      symbol = symbolOf(units[i]!);
      if (isLatin(units[i]!)) {
        runTo = runEnd(units, i, length);
        if (
          !wordings.latin.has(String.fromCharCode.apply(null, units.subarray(i, runTo) as unknown as number[])) ||
          abbreviated(units, i, runTo, length, wordings) !== undefined
        )
          symbol = foreign;
      }
    }
    symbols[i] = symbol;
    const pair = wordings.pairOf(before, symbol);
    const isStrange = pair === noPair && !(before === outside && symbol === outside);
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
      oddness + strange[i + 2]! === 0 && units[i] !== blank && symbols[i] !== foreign
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
    (unit === blank && i > 0 && (!isUnderstood || oddness > 0)) ||
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
  const after = i + 2 < length ? symbols[i + 2]! : outside;
  const fewest = isUnderstood ? 1 : 0;
  let left = strange[i]! + strange[i + 1]! + strange[i + 2]!;
  if (wordings.pairOf(i === 0 ? outside : symbols[i - 1]!, second) === noPair) left--;
  if (wordings.pairOf(second, first) === noPair) left--;
  if (left >= fewest && wordings.pairOf(first, after) === noPair) left--;
  return left >= fewest;
}

/** Whether a character read alike goes with a neighbour; with both, where the words mean something. */
function isWorthReading(i: number, length: number, wordings: Wordings, isUnderstood: boolean): boolean {
  const { listed, starts } = wordings;
  const list = wordings.listAlike(symbols[i]!);
  const to = starts[list + 1]!;
  for (let at = starts[list]!; at < to; at++) {
    const other = listed[at]!;
    if (other === symbols[i]) continue;
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
  return wordings.pairOf(i === 0 ? outside : symbols[i - 1]!, unit) !== noPair;
}

/** The same of what stands behind it. */
function mayGoBefore(unit: number, i: number, length: number, wordings: Wordings): boolean {
  if (i + 1 < length && strange[i + 1]! + strange[i + 2]! === 2) return true;
  return wordings.pairOf(unit, i + 1 < length ? symbols[i + 1]! : outside) !== noPair;
}
