/** Which of the places that a text names is the buyer's, if any: where the goods go. */
import type { Region } from '../conversation.js';
import { isElsewhere, whither } from './places-elsewhere.js';
import type { SlotHit } from './scan.js';
import type { SlotTables } from './slots.js';
import type { Stretch } from './taken-back.js';

type Tables = Pick<SlotTables, 'regions' | 'notPlaces'>;

/** 新疆克拉玛依 is one place: a city wins over its own province, a county over its city; otherwise the place after 到 is where it goes, else the last one named. */
export function regionOf(folded: string, hits: readonly SlotHit[], { regions, notPlaces }: Tables): Region | undefined {
  const named = placesNamed(folded, hits, regions, notPlaces);
  let best: Region | undefined;
  let isWhither = false;
  for (let at = 0; at < named.length; at++) {
    const { start, region } = named[at]!;
    if (region.city === undefined && best?.city !== undefined && region.province === best.province) continue;
    if (region.county === undefined && best?.county !== undefined && region.city === best.city) continue;
    const goesThere = folded[start - 1] === '到';
    // 我是江西的但是寄到江苏，江西贵一点: a place named afterwards is not where it goes, unless it says the same place more closely.
    if (isWhither && !goesThere && region.province !== best?.province) continue;
    isWhither ||= goesThere;
    best = region;
  }
  return best;
}

interface NamedPlace {
  readonly start: number;
  readonly end: number;
  readonly region: Region;
}

/** The places to which goods may go, in the order of the words; of names that share characters one. */
function placesNamed(
  folded: string,
  hits: readonly SlotHit[],
  regions: readonly Region[],
  notPlaces: ReadonlySet<string>,
): readonly NamedPlace[] {
  let places: NamedPlace[] | undefined;
  for (let at = 0; at < hits.length; at++) {
    const hit = hits[at]!;
    if (hit.slot !== 'region') continue;
    const region = regions[hit.value]!;
    // 朝阳 in 朝阳区 is no city: the full name of a district has a hit of its own, where one place alone is called so.
    if (region.city !== undefined && isDistrict(folded, hit.end)) continue;
    if (isOtherWord(folded, hit, notPlaces)) continue;
    if (region.county !== undefined && !isSaidAsPlace(folded, hit, hits)) continue;
    const place = { start: hit.start, end: hit.end, region };
    if (places === undefined) places = [place];
    else take(places, place);
  }
  return places === undefined ? none : withoutElsewhere(folded, places);
}

const none: readonly NamedPlace[] = [];

/** Adds a place that ends at or behind all others. */
function take(places: NamedPlace[], place: NamedPlace): void {
  // 龙江 in 黑龙江 is no place of its own, nor 内蒙 in 内蒙古.
  let last = places[places.length - 1];
  while (last !== undefined && place.start <= last.start) {
    places.pop();
    last = places[places.length - 1];
  }
  if (last === undefined || place.start >= last.end) {
    places.push(place);
    return;
  }
  if (place.end === last.end) return;
  // 江西安福 names no 西安, 武汉中通 no 汉中, 湖南明天 no 南明: the name that begins first. But 包河南 names no 包河: a province before a county.
  if (last.region.county === undefined || place.region.county !== undefined) return;
  places[places.length - 1] = place;
}

/** Without those where nothing goes. Places named together are one word to what stands beside them: 浙江桐乡产的, 除了西藏和新疆. */
function withoutElsewhere(folded: string, places: readonly NamedPlace[]): readonly NamedPlace[] {
  const kept: NamedPlace[] = [];
  for (let first = 0; first < places.length; ) {
    let next = first + 1;
    while (next < places.length && isJoined(folded, places[next - 1]!.end, places[next]!.start)) next++;
    const run: Stretch = { start: places[first]!.start, end: places[next - 1]!.end };
    if (!isElsewhere(folded, run)) for (let at = first; at < next; at++) kept.push(places[at]!);
    first = next;
  }
  return kept;
}

function isJoined(folded: string, from: number, to: number): boolean {
  return from === to || (to === from + 1 && joint.test(folded[from]!));
}

const joint = /[和跟与及省市]/;

function isDistrict(folded: string, at: number): boolean {
  return (folded[at] === '区' || folded[at] === '县') && folded[at + 1] !== '域';
}

/** A bit for each unit: whether a word begins with it, and whether one ends with it. A look at it costs less than cutting out words. */
interface WordEdges {
  readonly first: Uint8Array;
  readonly last: Uint8Array;
}

const edgesByWords = new WeakMap<ReadonlySet<string>, WordEdges>();

function edgesOf(words: ReadonlySet<string>): WordEdges {
  const known = edgesByWords.get(words);
  if (known !== undefined) return known;
  const edges = { first: new Uint8Array(8192), last: new Uint8Array(8192) };
  for (const word of words) {
    const [first, last] = [word.charCodeAt(0), word.charCodeAt(word.length - 1)];
    edges.first[first >>> 3]! |= 1 << (first & 7);
    edges.last[last >>> 3]! |= 1 << (last & 7);
  }
  edgesByWords.set(words, edges);
  return edges;
}

function has(bits: Uint8Array, unit: number): boolean {
  return (bits[unit >>> 3]! & (1 << (unit & 7))) !== 0;
}

/** Whether a word runs over an edge of the name: 打开封口, 没开封, 黄石榴. What goods go to is a place whatever follows: 到太原要多久. */
function isOtherWord(folded: string, { start, end }: SlotHit, words: ReadonlySet<string>): boolean {
  const edges = edgesOf(words);
  if (start > 0 && has(edges.first, folded.charCodeAt(start - 1))) {
    const runsIn = words.has(folded.slice(start - 1, start + 1)) || words.has(folded.slice(start - 1, end));
    // 以上 in 可以上海 is no word.
    if (runsIn && !folded.startsWith('可以', start - 2)) return true;
  }
  if (end === folded.length || !has(edges.last, folded.charCodeAt(end))) return false;
  if (whither.test(folded.slice(Math.max(0, start - 2), start))) return false;
  return words.has(folded.slice(end - 1, end + 1)) || words.has(folded.slice(start, end + 1));
}

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
