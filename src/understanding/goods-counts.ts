/**
 * Several goods in one breath, each with its own count: 一条围脖加两个针织帽, 两件M一件L, 一个黑色一个白色. They are so many pieces together.
 * Sure or nothing: every one of them stands right behind its count, but for names of products, which may stand alone (一条围脖和帽子).
 */
import { measureAt, type NumberToken } from './offer.js';
import type { SlotHit } from './scan.js';

export interface Named {
  readonly start: number;
  readonly end: number;
}

/** What may stand between one of the goods and the count of the next. */
const joining =
  /^(?:的|码|号|色){0,2}[ ,，、+\n]?(?:和|加|加上|跟|与|及|以及|还有|再加|再来|再要|再拿|再|配|外加|另外|另加)?(?:买|要|拿|拍|来|我要)?$/;
const listing = /[和加跟与及、+]|还有/;
/** Between a name and its count. */
const rightBeside = /^(?:的|那个|这个|那款|这款)?$/;
/** 第二件, 满两件, 送一件: counts of something else. */
const otherCount = /[第满够送赠减]$/;
const mostGap = 8;
/** Longer texts are no list of what is bought. */
const longestUnits = 120;

/**
 * The pieces of all of them; undefined where the words count no several goods.
 * @param items names of products, in the order of their ends
 * @param variants colours and sizes
 */
export function piecesOfGoods(
  folded: string,
  numbers: readonly NumberToken[],
  items: readonly SlotHit[],
  variants: readonly Named[],
  measures: readonly string[],
): number | undefined {
  if (numbers.length === 0 || folded.length > longestUnits) return undefined;
  const counts = numbers.flatMap((number) => countAt(folded, number, measures));
  if (counts.length === 0) return undefined;
  const named = longest(items);
  return (
    together(folded, named, counts, 'before', true) ??
    together(folded, named, counts, 'behind') ??
    together(folded, variants, counts, 'before') ??
    together(folded, variants, counts, 'behind')
  );
}

interface Count extends Named {
  readonly value: number;
}

/** A number with its measure word. */
function countAt(folded: string, { value, start, end }: NumberToken, measures: readonly string[]): readonly Count[] {
  const measure = measureAt(folded.slice(end, end + 4), measures);
  if (measure === undefined || !Number.isInteger(value) || value < 1 || otherCount.test(folded.slice(0, start))) return [];
  return [{ value, start, end: end + measure.length }];
}

interface Good extends Named {
  readonly words: string;
  readonly count: Count | undefined;
}

/** Where the counts stand: 两个帽子, 帽子两个. */
type Side = 'before' | 'behind';

/** The first that are named one after the other, with nothing between but words that join them. */
function together(
  folded: string,
  names: readonly Named[],
  counts: readonly Count[],
  side: Side,
  mayStandAlone = false,
): number | undefined {
  const goods = names.flatMap((name) => goodOf(folded, name, counts, side, mayStandAlone));
  for (let from = 0; from + 1 < goods.length; from++) {
    let to = from + 1;
    while (to < goods.length && isJoined(folded, goods[to - 1]!, goods[to]!)) to++;
    const chain = goods.slice(from, to);
    const isCounted = chain.length > 1 && chain.some(({ count }) => count !== undefined);
    // Where another count stands on the other side it is not told which of them is whose.
    const isOdd = counts.some((one) => (side === 'before' ? one.start === chain.at(-1)!.end : one.end === chain[0]!.start));
    if (isCounted && !isOdd) return chain.reduce((pieces, { count }) => pieces + (count?.value ?? 1), 0);
  }
  return undefined;
}

function goodOf(folded: string, name: Named, counts: readonly Count[], side: Side, mayStandAlone: boolean): readonly Good[] {
  const words = folded.slice(name.start, name.end);
  const count = counts.find((one) =>
    side === 'before' ? isBetween(folded, one.end, name.start) : isBetween(folded, name.end, one.start),
  );
  if (count === undefined) return mayStandAlone ? [{ ...name, words, count }] : [];
  return [{ start: Math.min(name.start, count.start), end: Math.max(name.end, count.end), words, count }];
}

function isBetween(folded: string, from: number, to: number): boolean {
  return from <= to && to - from <= mostGap && rightBeside.test(folded.slice(from, to));
}

function isJoined(folded: string, one: Good, next: Good): boolean {
  if (next.start < one.end || next.start - one.end > mostGap || one.words === next.words) return false;
  const between = folded.slice(one.end, next.start);
  // 要3件开衫，围脖有货吗: what is named without a count is one of them only where a word says so.
  const isListed = (one.count !== undefined && next.count !== undefined) || listing.test(between);
  return isListed && joining.test(between);
}

/** Of names inside one another the longest. */
function longest(hits: readonly SlotHit[]): readonly Named[] {
  const outer = hits.filter(
    (one) =>
      !hits.some((other) => other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start),
  );
  return outer.filter((one, at) => outer.findIndex(({ start, end }) => start === one.start && end === one.end) === at);
}
