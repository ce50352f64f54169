/** Where a text speaks most of one intent: the second reader's evidence. */
import type { Text, Vectoriser } from './gram-vectors.js';
import { softUnit } from './normalise.js';
import { gramsOf, isIdeograph, isLetter, runHash } from './text-grams.js';

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Units hidden at a time: as long as most words. */
const hidden = 2;
/** A stretch goes on as long as hiding costs this share of what it costs at its worst. */
const goesOn = 0.4;
const mostLookedAt = 60;
/** A gram reaches so far beyond each of its characters; pieces of Latin words a little further, which tells little. */
const longestReach = 2;

// Of the text that was looked at last.
const costs = new Float64Array(mostLookedAt);
const near = new Uint16Array(hidden + 2 * longestReach);
/** Characters of scripts without spaces; by unit, how many of them stand before it. */
const characters = new Uint16Array(mostLookedAt);
const before = new Uint8Array(mostLookedAt + 1);
/** By character: what it weighs, and it with the next, and it with the next two. */
const ones = new Float64Array(mostLookedAt);
const twos = new Float64Array(mostLookedAt);
const threes = new Float64Array(mostLookedAt);

/**
 * @param weightOf of a gram for an intent
 * @returns for a text and an intent, without which units the text lies furthest from its side; of a long text its start is looked at
 */
export function stretchFinder(
  { placeOf, rarityOf }: Pick<Vectoriser, 'placeOf' | 'rarityOf'>,
  weightOf: (place: number, intent: number) => number,
): (text: Text, intent: number) => Stretch {
  function weightAt(hash: number, intent: number): number {
    const place = placeOf(hash);
    return place < 0 ? 0 : rarityOf(place) * weightOf(place, intent);
  }

  function weigh({ units }: Text, looked: number, intent: number): void {
    let count = 0;
    for (let at = 0; at < looked; at++) {
      before[at] = count;
      if (isIdeograph(units[at]!)) characters[count++] = units[at]!;
    }
    before[looked] = count;
    for (let i = 0; i < count; i++) {
      const [one, two, three] = [characters[i]!, characters[i + 1]!, characters[i + 2]!];
      ones[i] = weightAt(runHash(one), intent);
      twos[i] = i + 1 < count ? weightAt(runHash(one, two), intent) : 0;
      threes[i] = i + 2 < count ? weightAt(runHash(one, two, three), intent) : 0;
    }
  }

  /** What hiding takes in a window without letters: all that holds a hidden character, less what its neighbours make together. */
  function costOfRun(at: number, from: number, to: number, intent: number): number {
    const [first, start, end, last] = [before[from]!, before[at]!, before[at + hidden]!, before[to]!];
    if (start === end) return 0;
    let cost = 0;
    for (let i = start; i < end; i++) cost += ones[i]!;
    for (let i = Math.max(first, start - 1); i < Math.min(end, last - 1); i++) cost += twos[i]!;
    for (let i = Math.max(first, start - 2); i < Math.min(end, last - 2); i++) cost += threes[i]!;
    if (start === first || end === last) return cost;
    const [left, right] = [characters[start - 1]!, characters[end]!];
    cost -= weightAt(runHash(left, right), intent);
    if (start - 1 > first) cost -= weightAt(runHash(characters[start - 2]!, left, right), intent);
    if (end + 1 < last) cost -= weightAt(runHash(left, right, characters[end + 1]!), intent);
    return cost;
  }

  function weightNear(length: number, intent: number): number {
    const { hashes, length: count } = gramsOf({ units: near, length });
    let sum = 0;
    for (let i = 0; i < count; i++) sum += weightAt(hashes[i]!, intent);
    return sum;
  }

  function costOf({ units }: Text, at: number, from: number, to: number, intent: number): number {
    near.set(units.subarray(from, to));
    const whole = weightNear(to - from, intent);
    near.fill(softUnit, at - from, at - from + hidden);
    return whole - weightNear(to - from, intent);
  }

  return (text, intent) => {
    const looked = Math.min(text.length, mostLookedAt);
    const count = looked - hidden + 1;
    if (count <= 0) return { start: 0, end: looked };
    weigh(text, looked, intent);
    let worst = 0;
    let lastLetter = Number.NEGATIVE_INFINITY;
    let seen = 0;
    for (let at = 0; at < count; at++) {
      // Nothing further away is part of what hiding takes.
      const from = Math.max(0, at - longestReach);
      const to = Math.min(looked, at + hidden + longestReach);
      for (; seen < to; seen++) if (isLetter(text.units[seen]!)) lastLetter = seen;
      costs[at] = lastLetter < from ? costOfRun(at, from, to, intent) : costOf(text, at, from, to, intent);
      if (costs[at]! > costs[worst]!) worst = at;
    }
    const least = costs[worst]! * goesOn;
    let [start, last] = [worst, worst];
    while (start > 0 && costs[start - 1]! >= least) start--;
    while (last + 1 < count && costs[last + 1]! >= least) last++;
    return { start, end: last + hidden };
  };
}
