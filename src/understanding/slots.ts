/**
 * Slots: what the words give beside the intents. Names of places, couriers, banks and colours come out of the same scan as the
 * patterns; numbers get their meaning from the words around them. Only what is there is filled, nothing is guessed.
 */
import type { Offer, Region, Slots } from '../conversation.js';
import { type BodyMeasures, bodyMeasuresOf, weightRangeOf } from './body-measures.js';
import { dateOf } from './dates.js';
import { dozenIn } from './dozens.js';
import { type Named, piecesOfGoods } from './goods-counts.js';
import { hint, isNumeral } from './hints.js';
import { isTailUnit, numberOf, unitNumber } from './numbers.js';
import { measureAt, type NumberToken, offerOf } from './offer.js';
import { regionOf } from './place-slot.js';
import { digitsValue, type SlotHit } from './scan.js';
import type { Stretch } from './taken-back.js';
import { maybeWritten } from './written-dates.js';

/** The slot under which names of the shop's products are scanned for. */
export const itemSlot = 'item';

/** What slot words stand for, by the `value` index of their hits. */
export interface SlotTables {
  readonly regions: readonly Region[];
  /** Words that run over the edge of a place's name, which is then none: 今天 in 今天津贴. */
  readonly notPlaces: ReadonlySet<string>;
  readonly couriers: readonly string[];
  readonly banks: readonly string[];
  readonly colours: readonly string[];
  /** Labels of what may be asked of goods, and of what is feared of them. */
  readonly details: readonly string[];
  readonly weaknesses: readonly string[];
  /** Measure words: 件, 双, 盒. */
  readonly measures: readonly string[];
}

/** What one scan of the words gives. */
export interface Given {
  readonly slots: Slots;
  readonly offer?: Offer;
  /** Where a price with the postage in it is offered. */
  readonly delivered?: Stretch;
}

/**
 * @param folded the folded text as a string
 * @param hints of the text: most have none of what the searches below look for
 * @param hits slot hits of the scan, in order of their end
 * @param text as it was written
 * @param today YYYY-MM-DD in the shop's zone, for words such as 明天; without it dates stay empty
 */
export function slotsOf(
  folded: string,
  hints: number,
  hits: readonly SlotHit[],
  tables: SlotTables,
  text: string,
  today?: string,
): Given {
  if (hits.length === 0 && hints === 0) return { slots: {} };
  const slots: WritableSlots = {};
  if (hits.length > 0) readNames(folded, hits, tables, slots);
  const numbers = (hints & (hint.digit | hint.numeral)) === 0 ? none : inYuan(numbersOf(folded, hits), folded, tables.measures);
  const read = numbers.length === 0 ? undefined : offerOf(folded, numbers, tables.measures);
  const offer = read?.offer;
  if (offer?.yuan !== undefined) slots.offeredPriceYuan = offer.yuan;
  const named = offer?.yuan ?? offer?.reductionYuan;
  for (let at = 0; at < numbers.length; at++) readNumber(folded, numbers[at]!, tables.measures, slots, named);
  if (hits.length > 0) readLabels(hits, tables, slots);
  if (slots.weightKg === undefined && (hints & hint.weight) !== 0 && /(?<![个公])半斤/.test(folded)) slots.weightKg = 0.25;
  if ((hints & (hint.digit | hint.body)) !== 0) readBody(bodyMeasuresOf(folded), slots);
  if (slots.weightKg !== undefined) readWeightRange(folded, slots);
  const size = (hints & hint.size) === 0 ? undefined : sizeIn(folded);
  if (size !== undefined) slots.size = size;
  const pieces = numbers.length === 0 ? undefined : piecesNamed(folded, numbers, hits, hints, tables.measures);
  if (pieces !== undefined) slots.quantity = pieces;
  const dozen = (hints & hint.dozen) === 0 ? undefined : dozenIn(folded);
  if (dozen !== undefined && (slots.quantity ?? 1) === 1) slots.quantity = dozen.pieces;
  const standard = (hints & hint.digit) === 0 ? null : standardSize.exec(folded);
  if (standard !== null) slots.size = `${standard[1]}/${standard[2]}${standard[3]!.toUpperCase()}`;
  const mayNameDay = (hints & (hint.day | hint.date)) !== 0 || ((hints & hint.digit) !== 0 && maybeWritten(text));
  if (today !== undefined && mayNameDay) {
    const date = dateOf(folded, today, text);
    if (date !== undefined) slots.date = date;
  }
  if (offer === undefined) return { slots };
  return read?.delivered === undefined ? { slots, offer } : { slots, offer, delivered: read.delivered };
}

const none: readonly never[] = [];

type WritableSlots = { -readonly [K in keyof Slots]: Slots[K] };

function readNames(folded: string, hits: readonly SlotHit[], tables: SlotTables, slots: WritableSlots): void {
  const region = regionOf(folded, hits, tables);
  if (region !== undefined) slots.region = region;
  const courier = firstOf(hits, 'courier');
  if (courier !== undefined) slots.courier = tables.couriers[courier.value]!;
  const bank = firstOf(hits, 'bank');
  if (bank !== undefined) slots.bank = tables.banks[bank.value]!;
  const colour = firstOf(hits, 'colour', (hit) => !isExcluded(folded, hit));
  if (colour !== undefined) slots.colour = folded.slice(colour.start, colour.end);
}

/** 除了雾蓝还有什么颜色 and 雾蓝以外的 ask for any but that. */
const excluding = /除(?:了|开|去)?(?:这个|那个|这款|那款)?(?:[^ \n]{1,4}[和跟与、 ]){0,3}$/;
const excludingBehind = /^色?(?:的|这个|那个)?(?:以外|之外)/;

function isExcluded(folded: string, { start, end }: SlotHit): boolean {
  return excluding.test(folded.slice(Math.max(0, start - 16), start)) || excludingBehind.test(folded.slice(end, end + 5));
}

function readLabels(hits: readonly SlotHit[], tables: SlotTables, slots: WritableSlots): void {
  const details = labelsOf(hits, 'detail', tables.details);
  if (details !== undefined) slots.details = details;
  const weaknesses = labelsOf(hits, 'weakness', tables.weaknesses);
  if (weaknesses !== undefined) slots.weaknesses = weaknesses;
}

function readBody({ heightCm, weightKg }: BodyMeasures, slots: WritableSlots): void {
  if (heightCm !== undefined) slots.heightCm = heightCm;
  if (weightKg !== undefined) slots.weightKg = weightKg;
}

function readWeightRange(folded: string, slots: WritableSlots): void {
  const range = weightRangeOf(folded, slots.heightCm);
  if (range === undefined) return;
  slots.weightKg = range.toKg;
  slots.weightFromKg = range.fromKg;
}

// A lone letter behind another Latin word is what an apostrophe left of where's and i'm, unless that word says size.
// What it may begin with stands in front, so that nearly all places are passed over at once.
const sizeWords =
  /(?=[0-9xlsm二三四均])(?<![a-z0-9])((?:[2-9]?x{1,4}l|[2-9]l|[2-9]?xs|xxs|[sml](?=码|号)|(?:(?<![a-z] )|(?<=sizes? ))[sml])(?:码|号)?|\d{2,3}码|[二三四]十[一二三四五六七八九]?码|均码)(?![a-z0-9])/;

/** 大码, 加大号, 最大的码: which of a product's sizes it is, the product tells. 大小码 names none. */
const namedSize = /(?:加加?大|加小|特[大小]|最[大小]的?|(?<![大小中更再稍偏])[大中小])(?:尺码|码|号(?!码))/;

/** 160/84A: height, girth and build, as labels name sizes (GB/T 1335). Without the letter it may be a height and a weight. */
const standardSize = /(?<![0-9.])(1?[0-9]{2})[^0-9a-z\u4e00-\u9fff.]([0-9]{2,3})([abcy])(?![a-z0-9])/;

/** 三十八码 -> 38, xl号 -> XL; 均码 is a name of its own. */
function sizeOf(words: string): string {
  if (words === '均码') return words;
  const bare = words.replace(/[码号]$/, '');
  return String(numberOf(bare) ?? bare.toUpperCase());
}

/** By letters or figures, else in words. */
function sizeIn(folded: string): string | undefined {
  const size = sizeWords.exec(folded);
  if (size !== null) return sizeOf(size[1]!);
  const named = namedSize.exec(folded);
  return named === null ? undefined : namedOf(named[0]);
}

/** 最大的码 -> 最大码, 大尺码 -> 大码. */
function namedOf(words: string): string {
  return words.replace('的', '').replace('尺码', '码');
}

const everySize = new RegExp(sizeWords, 'g');
const everyNamedSize = new RegExp(namedSize, 'g');

/** All sizes that a text names, each once. */
export function sizesIn(folded: string, hints: number): readonly string[] {
  if ((hints & hint.size) === 0) return none;
  const lettered = Array.from(folded.matchAll(everySize), (found) => sizeOf(found[1]!));
  const named = Array.from(folded.matchAll(everyNamedSize), (found) => namedOf(found[0]).replace(/号$/, '码'));
  return [...new Set([...lettered, ...named])];
}

/** 一条围脖加两个针织帽, 两件M一件L: so many together. */
function piecesNamed(
  folded: string,
  numbers: readonly NumberToken[],
  hits: readonly SlotHit[],
  hints: number,
  measures: readonly string[],
): number | undefined {
  // Most numbers stand alone.
  if (hits.length < 2 && (hints & hint.size) === 0) return undefined;
  const items = hits.filter(({ slot }) => slot === itemSlot);
  const variants: Named[] = hits.filter(({ slot }) => slot === 'colour');
  if ((hints & hint.size) !== 0) {
    for (const found of folded.matchAll(everySize)) variants.push({ start: found.index, end: found.index + found[0].length });
    variants.sort((a, b) => a.start - b.start);
  }
  return items.length + variants.length < 2 ? undefined : piecesOfGoods(folded, numbers, items, variants, measures);
}

/** The first one named, by its longest name: 深蓝色, not 蓝色. */
function firstOf(hits: readonly SlotHit[], slot: string, isMeant: (hit: SlotHit) => boolean = always): SlotHit | undefined {
  let best: SlotHit | undefined;
  for (let at = 0; at < hits.length; at++) {
    const hit = hits[at]!;
    if (hit.slot !== slot || !isMeant(hit)) continue;
    if (best === undefined || hit.start < best.start || (hit.start === best.start && hit.end > best.end)) best = hit;
  }
  return best;
}

const always = () => true;

/**
 * The labels named, each once, in the order of the words. Inside a product's name (羊毛 in 羊毛围巾) or inside a longer word of the
 * same kind they ask for nothing.
 */
function labelsOf(hits: readonly SlotHit[], slot: string, labels: readonly string[]): readonly string[] | undefined {
  let found: string[] | undefined;
  let isPart: ((hit: SlotHit) => boolean) | undefined;
  for (let at = 0; at < hits.length; at++) {
    const hit = hits[at]!;
    if (hit.slot !== slot) continue;
    const label = labels[hit.value]!;
    if (found?.includes(label) === true) continue;
    isPart ??= partOf(hits, slot);
    if (!isPart(hit)) found = [...(found ?? []), label];
  }
  return found;
}

/** Whether a hit lies in a product's name or in a longer hit of its slot, in one look however many there are. */
function partOf(hits: readonly SlotHit[], slot: string): (hit: SlotHit) => boolean {
  const length = hits.reduce((most, { end }) => Math.max(most, end), 0);
  const names = furthestEnds(hits, itemSlot, length);
  const words = furthestEnds(hits, slot, length);
  return ({ start, end }) => names[start]! >= end || words[start]! > end || (start > 0 && words[start - 1]! >= end);
}

/** Per unit: how far the slot's hits reach that start there or before. */
function furthestEnds(hits: readonly SlotHit[], slot: string, length: number): Int32Array {
  const ends = new Int32Array(length);
  for (const hit of hits) if (hit.slot === slot) ends[hit.start] = Math.max(ends[hit.start]!, hit.end);
  for (let at = 1; at < length; at++) ends[at] = Math.max(ends[at]!, ends[at - 1]!);
  return ends;
}

function numbersOf(folded: string, hits: readonly SlotHit[]): NumberToken[] {
  let tokens: NumberToken[] = [];
  for (let at = 0; at < hits.length; at++) {
    const hit = hits[at]!;
    if (hit.slot !== 'number' || hit.value !== digitsValue) continue;
    // 2 in 1千2 is read with what stands before it.
    if (tokens.length > 0 && hit.start < tokens[tokens.length - 1]!.end) continue;
    const big = isTailUnit(folded.charCodeAt(hit.end)) ? unitNumber(folded.slice(hit.start, hit.end + 3)) : undefined;
    if (big !== undefined) {
      tokens = withToken(tokens, big.value, hit.start, hit.start + big.length);
      continue;
    }
    const end = folded[hit.end - 1] === '.' ? hit.end - 1 : hit.end;
    const value = numberOf(folded.slice(hit.start, end));
    if (value !== undefined) tokens = withToken(tokens, value, hit.start, end);
  }
  // Those of digits stand in order, and none in another.
  const digits = tokens.length;
  // Strings are of many kinds to the engine, and it looks up the length of one anew each time.
  const { length } = folded;
  let next = 0;
  for (let i = 0; i < length; i++) {
    if (!isNumeral(folded, i)) continue;
    while (next < digits && tokens[next]!.end <= i) next++;
    if (next < digits && tokens[next]!.start <= i) continue;
    let end = i + 1;
    while (end < length && isNumeral(folded, end)) end++;
    const value = numberOf(folded.slice(i, end));
    if (value !== undefined) tokens = withToken(tokens, value, i, end);
    i = end;
  }
  return tokens;
}

/** 9块9, 九十九块九, 5块50 are one price each; 3块5个 and 10块20块 are not. */
function inYuan(tokens: readonly NumberToken[], folded: string, measures: readonly string[]): readonly NumberToken[] {
  let joined: NumberToken[] | undefined;
  for (let at = 0; at < tokens.length; at++) {
    const yuan = tokens[at]!;
    const rest = tokens[at + 1];
    const isPrice =
      rest !== undefined && rest.start === yuan.end + 1 && isYuan(folded[yuan.end]!) && isRest(rest, folded, measures);
    if (isPrice) joined ??= tokens.slice(0, at);
    joined?.push(isPrice ? priceOf(yuan, rest) : yuan);
    if (isPrice) at++;
  }
  return joined ?? tokens;
}

const isYuan = (unit: string) => unit === '块' || unit === '元';

/** One digit, or two that are none of 汉字, which nothing behind them counts. */
function isRest({ value, start, end }: NumberToken, folded: string, measures: readonly string[]): boolean {
  if (!Number.isInteger(value) || value === 0 || value > 99) return false;
  if (end - start > (isNumeral(folded, start) ? 1 : 2)) return false;
  const after = folded.slice(end, end + 4);
  return after.startsWith('包邮') || (measureAt(after, measures) === undefined && !/^[元折%百千万天号月年岁]/.test(after));
}

function priceOf(yuan: NumberToken, rest: NumberToken): NumberToken {
  const share = rest.end - rest.start === 1 ? 10 : 100;
  return { value: Math.round((yuan.value + rest.value / share) * 100) / 100, start: yuan.start, end: rest.end };
}

/** A list that grows is made with much room to spare; nearly all have one. */
function withToken(tokens: NumberToken[], value: number, start: number, end: number): NumberToken[] {
  const token = { value, start, end };
  if (tokens.length === 0) return [token];
  tokens.push(token);
  return tokens;
}

/** What stands behind a number that counts no pieces. */
const isOther: ReadonlySet<number> = new Set([...'折期个月天日k公千斤克g'].map((one) => one.charCodeAt(0)));

function readNumber(
  folded: string,
  number: NumberToken,
  measures: readonly string[],
  slots: WritableSlots,
  named: number | undefined,
): void {
  const { value, start, end } = number;
  const length = end - start;
  if (length >= 15 && length <= 20) {
    slots.orderId = folded.slice(start, end);
    return;
  }
  if (length >= 8 || end === folded.length) return;
  const after = folded.slice(end, end + 12);
  if (isOther.has(folded.charCodeAt(end)) && isReadAsOther(folded, number, after, slots)) return;
  if (
    // Nearly all numbers that come here have no measure word.
    measureAt(after, measures) !== undefined &&
    value > 0 &&
    value < 100_000 &&
    // 第二件 is one piece, and it has another price; 几十件 are not ten.
    !/[第几数]/.test(folded[start - 1] ?? '') &&
    // 80块 that is offered is money, and 四五袋 an estimate: neither counts pieces.
    !(value === named && after.startsWith('块')) &&
    !(length === 2 && isEstimate(folded.slice(start, end))) &&
    // 300块 is money, and so is what is charged or paid; two 块 of soap are pieces.
    !((value >= 20 || charged.test(folded.slice(Math.max(0, start - 6), start))) && money.test(after)) &&
    !/^[块元圆]钱?包邮/.test(after) &&
    // 三只松鼠 is a brand; 30个多 counts nothing, 30个多少钱 does.
    !/^(个?(月|小时|点|多(?!少)|地方|地址)|包邮|只松鼠)/.test(after) &&
    // 运费一样吗: alike, and no piece.
    !(value === 1 && after.startsWith('样'))
  ) {
    // 一个/一下 is mostly an article, not a count, unless something is bought by it.
    if (slots.quantity === undefined || slots.quantity === 1) slots.quantity = value;
  }
}

/** Whether it is a share, a time or a weight, and no count, whatever its value. */
function isReadAsOther(folded: string, { value, start }: NumberToken, after: string, slots: WritableSlots): boolean {
  if (after.startsWith('折')) {
    const share = value < 1 ? value : value < 10 ? value / 10 : value / 100;
    if (share > 0 && share < 1) slots.discount = Math.round(share * 1000) / 1000;
  } else if (
    /^期|^个?月(分期|免息)/.test(after) ||
    (/^个?月/.test(after) && /分期?$/.test(folded.slice(Math.max(0, start - 2), start)))
  )
    // 分3期一期还多少: what each of them comes to, and not a single one.
    slots.instalments = value === 1 && /^期[^免内]/.test(after) ? (slots.instalments ?? value) : value;
  else if (/^天(?!猫)/.test(after) || /^日(内|之内|以内|左右|无理由|就|才)/.test(after)) {
    // 最后一天 and 哪一天 are days of the calendar.
    if (value !== 1 || !dayNamed.test(folded.slice(Math.max(0, start - 2), start))) slots.days = value;
  } else if (/^(kg|公斤|千克)/.test(after)) slots.weightKg = value;
  else if (/^斤/.test(after)) slots.weightKg = (/^斤半/.test(after) ? value + 0.5 : value) / 2;
  else if (/^(克|g)(?![a-z重数])/.test(after) && value >= 10) slots.weightKg = value / 1000;
  else return false;
  return true;
}

const dayNamed = /(最后|第|哪|有|那|这|每|前|头|某|同)$/;

/** 四五袋, 两三件: two numerals one after the other are no 45. */
function isEstimate(words: string): boolean {
  return /^[一二两三四五六七八九]{2}$/.test(words);
}

const charged =
  /(?:费|费用|邮|收|付|结账|结算|要|加|补|差|多了|花|退|返|报|给|便宜|优惠|[减满])(?:是|了|我|咱|的|要|我们|付){0,3}$/;
const money = /^(元|块钱|块|圆|rmb)/;
