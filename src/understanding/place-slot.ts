/** Which of the places that a text names is the buyer's, if any: where the goods go. */
import type { Region } from '../conversation.js';
import type { SlotHit } from './scan.js';
import type { SlotTables } from './slots.js';

type Tables = Pick<SlotTables, 'regions' | 'notPlaces'>;

/** 新疆克拉玛依 is one place: a city wins over its own province, a county over its city; otherwise the place after 到 is where it goes, else the last one named. */
export function regionOf(folded: string, hits: readonly SlotHit[], { regions, notPlaces }: Tables): Region | undefined {
  let best: Region | undefined;
  let isWhither = false;
  let bestStart = -1;
  let bestEnd = -1;
  for (let at = 0; at < hits.length; at++) {
    const hit = hits[at]!;
    if (hit.slot !== 'region') continue;
    const region = regions[hit.value]!;
    // 朝阳 in 朝阳区 is no city: the full name of a district has a hit of its own, where one place alone is called so.
    if (region.city !== undefined && isDistrict(folded, hit.end)) continue;
    if (isOtherWord(folded, hit, notPlaces) || isOrigin(folded, hit)) continue;
    if (region.county !== undefined && !isSaidAsPlace(folded, hit, hits)) continue;
    const overlaps = hit.start < bestEnd && hit.start > bestStart;
    const isLonger = best !== undefined && hit.start <= bestStart && hit.end > bestEnd;
    // 龙江 in 黑龙江 is no place of its own.
    if (best !== undefined && hit.start >= bestStart && hit.end <= bestEnd) continue;
    // 湖南明 holds no 南明, nor 包河南 a 包河: of names that share a character the larger place is meant.
    if (best !== undefined && overlaps && best.county === undefined && (region.city === undefined || region.county !== undefined))
      continue;
    if (best !== undefined && overlaps && best.county !== undefined && region.county === undefined) best = undefined;
    if (!isLonger && best?.city !== undefined && region.city === undefined && region.province === best.province) continue;
    if (!isLonger && best?.county !== undefined && region.county === undefined && region.city === best.city) continue;
    const goesThere = folded[hit.start - 1] === '到';
    // 我是江西的但是寄到江苏，江西贵一点: a place named afterwards is not where it goes, unless it says the same place more closely.
    if (isWhither && !goesThere && region.province !== best?.province) continue;
    isWhither ||= goesThere;
    best = region;
    bestStart = hit.start;
    bestEnd = hit.end;
  }
  return best;
}

function isDistrict(folded: string, at: number): boolean {
  return (folded[at] === '区' || folded[at] === '县') && folded[at + 1] !== '域';
}

/** Whether a word runs over an edge of the name: 打开封口, 没开封, 黄石榴. What goods go to is a place whatever follows: 到太原要多久. */
function isOtherWord(folded: string, { start, end }: SlotHit, words: ReadonlySet<string>): boolean {
  if (words.has(folded.slice(start - 1, start + 1)) || words.has(folded.slice(start - 1, end))) return true;
  if (whither.test(folded.slice(Math.max(0, start - 2), start))) return false;
  return words.has(folded.slice(end - 1, end + 1)) || words.has(folded.slice(start, end + 1));
}

const whither = /[到寄往去]$|(?:发|送)(?:货)?$/;

/** Where goods come from or are made is not where the buyer has them sent: 从北京发货吗, 产地是内蒙古吗, 是新疆棉吗. */
function isOrigin(folded: string, { start, end }: SlotHit): boolean {
  const before = folded.slice(Math.max(0, start - 8), start);
  if (whither.test(before)) return false;
  const after = folded.slice(end, end + 6);
  if (origin.test(before)) return true;
  return made.test(after) || (/[从自由]$/.test(before) && sent.test(after));
}

const origin =
  /(?:产地|原产|发货地址?)(?:都|就)?(?:是不是|是否|是|在)?$|(?:仓库?|厂家?|[你您]们|[你您]家|(?<![酒饭])店铺?|店家|卖家)(?:都|就)?(?:是不是|是否|是|在)$/;
const made =
  /^(?:市|省)?(?:本地|当地)?(?:的)?(?:产(?!品)|(?:长绒)?棉(?!衣|袄|服|被|裤|鞋|拖|帽|袜|花糖)|羊绒|羊毛|驼绒|驼毛|特产|大枣|红枣|灰枣|核桃|葡萄干|牛肉|羊肉|木耳|枸杞|大米)/;
const sent = /^(?:市|省)?(?:那边|这边|仓库?|总?部|本?地)?(?:直接|直)?(?:发|寄出|寄过来|出货|出发|走货|过来)/;

/**
 * The names of counties are two thousand, and everyday words lie across many (微信都可以, 椒盐都要, 什么意思明天): they count
 * where a place can stand, at the start of what is said, behind another place, or behind what is done with places.
 */
function isSaidAsPlace(folded: string, { start, end }: SlotHit, hits: readonly SlotHit[]): boolean {
  if (start === 0 || isFull.test(folded.slice(end - 1, end + 1))) return true;
  if (besidePlace.test(folded[start - 1]!)) return true;
  return hits.some((one) => one.slot === 'region' && one.end === start && one.start < start);
}

const isFull = /[市县区旗]/;
const besidePlace = /[ \n?到寄发往去在是我回从送给址于住至省市区县州盟旗家人呢了转]/;
