/**
 * Slots: what the words give beside the intents. Names of places, couriers, banks and colours come out of the same scan as the
 * patterns; numbers get their meaning from the words around them. Only what is there is filled, nothing is guessed.
 */
import type { Offer, Region, Slots } from '../conversation.js';
import { bodyMeasuresOf } from './body-measures.js';
import { digitsValue, type SlotHit } from './matcher.js';
import { numberOf, numeralCharacters } from './numbers.js';
import { measureAt, type NumberToken, offerOf } from './offer.js';

/** The slot under which names of the shop's products are scanned for. */
export const itemSlot = 'item';

/** What slot words stand for, by the `value` index of their hits. */
export interface SlotTables {
  readonly regions: readonly Region[];
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
}

/**
 * @param folded the folded text as a string
 * @param hits slot hits of the scan, in order of their end
 * @param today YYYY-MM-DD in the shop's zone, for words such as 明天; without it dates stay empty
 */
export function slotsOf(folded: string, hits: readonly SlotHit[], tables: SlotTables, today?: string): Given {
  // Most messages have none of what the searches below look for: one look at each unit spares nearly all of them.
  const hints = hintsOf(folded);
  if (hits.length === 0 && hints === 0) return { slots: {} };
  const slots: { -readonly [K in keyof Slots]: Slots[K] } = {};
  const region = regionOf(folded, hits, tables.regions);
  if (region !== undefined) slots.region = region;
  const courier = firstOf(hits, 'courier');
  if (courier !== undefined) slots.courier = tables.couriers[courier.value]!;
  const bank = firstOf(hits, 'bank');
  if (bank !== undefined) slots.bank = tables.banks[bank.value]!;
  const colour = firstOf(hits, 'colour');
  if (colour !== undefined) slots.colour = folded.slice(colour.start, colour.end);
  const numbers = (hints & (hint.digit | hint.numeral)) === 0 ? [] : numbersOf(folded, hits);
  const offer = numbers.length === 0 ? undefined : offerOf(folded, numbers, tables.measures);
  if (offer?.yuan !== undefined) slots.offeredPriceYuan = offer.yuan;
  const named = offer?.yuan ?? offer?.reductionYuan;
  for (const number of numbers) readNumber(folded, number, tables.measures, slots, named);
  const details = labelsOf(hits, 'detail', tables.details);
  if (details !== undefined) slots.details = details;
  const weaknesses = labelsOf(hits, 'weakness', tables.weaknesses);
  if (weaknesses !== undefined) slots.weaknesses = weaknesses;
  if ((hints & (hint.digit | hint.body)) !== 0) Object.assign(slots, bodyMeasuresOf(folded));
  const size =
    (hints & hint.size) === 0
      ? null
      : /(?<![a-z0-9])((?:[2-9]?x{0,4}l|[2-9]?xs|xxs|[sm])(?:码|号)?|\d{2,3}码)(?![a-z0-9])/.exec(folded);
  if (size !== null) slots.size = size[1]!.replace(/[码号]$/, '').toUpperCase();
  if (today !== undefined && (hints & hint.date) !== 0) {
    const date = dateOf(folded, today);
    if (date !== undefined) slots.date = date;
  }
  return offer === undefined ? { slots } : { slots, offer };
}

/** What a text may hold, by its units: without the hint the words of it cannot be there. */
const hint = { digit: 1, numeral: 2, size: 4, body: 8, date: 16 } as const;
const hintUnits = new Uint8Array(65536);
for (const [bit, units] of [
  [hint.digit, '0123456789'],
  [hint.numeral, numeralCharacters],
  [hint.size, 'smlx码'],
  [hint.body, '身体净米'],
  [hint.date, '天日早晚月号'],
] as const)
  for (const unit of units) hintUnits[unit.charCodeAt(0)]! |= bit;

function hintsOf(folded: string): number {
  let hints = 0;
  for (let i = 0; i < folded.length; i++) hints |= hintUnits[folded.charCodeAt(i)]!;
  return hints;
}

/** The first one named, by its longest name: 深蓝色, not 蓝色. */
function firstOf(hits: readonly SlotHit[], slot: string): SlotHit | undefined {
  let best: SlotHit | undefined;
  for (const hit of hits) {
    if (hit.slot === slot && (best === undefined || hit.start < best.start || (hit.start === best.start && hit.end > best.end)))
      best = hit;
  }
  return best;
}

/**
 * The labels named, each once, in the order of the words. Inside a product's name (羊毛 in 羊毛围巾) or inside a longer word of the
 * same kind they ask for nothing.
 */
function labelsOf(hits: readonly SlotHit[], slot: string, labels: readonly string[]): readonly string[] | undefined {
  let found: string[] | undefined;
  let isPart: ((hit: SlotHit) => boolean) | undefined;
  for (const hit of hits) {
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

/** 新疆克拉玛依 is one place: a city wins over its own province, a county over its city; otherwise the place after 到 is where it goes, else the last one named. */
function regionOf(folded: string, hits: readonly SlotHit[], regions: readonly Region[]): Region | undefined {
  let best: Region | undefined;
  let isWhither = false;
  let bestStart = -1;
  let bestEnd = -1;
  for (const hit of hits) {
    if (hit.slot !== 'region') continue;
    const region = regions[hit.value]!;
    const overlaps = hit.start < bestEnd;
    // 龙江 in 黑龙江 is no place of its own.
    if (best !== undefined && hit.start >= bestStart && hit.end <= bestEnd) continue;
    if (best !== undefined && overlaps && region.city === undefined) continue;
    if (best !== undefined && best.city !== undefined && region.city === undefined && region.province === best.province) continue;
    if (best?.county !== undefined && region.county === undefined && region.city === best.city) continue;
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

function numbersOf(folded: string, hits: readonly SlotHit[]): NumberToken[] {
  const tokens: NumberToken[] = [];
  for (const hit of hits) {
    if (hit.slot !== 'number' || hit.value !== digitsValue) continue;
    const text = folded.slice(hit.start, hit.end).replace(/\.$/, '');
    const value = numberOf(text);
    if (value !== undefined) tokens.push({ value, start: hit.start, end: hit.start + text.length });
  }
  for (let i = 0; i < folded.length; i++) {
    if ((hintUnits[folded.charCodeAt(i)]! & hint.numeral) === 0) continue;
    let end = i + 1;
    while (end < folded.length && numeralCharacters.includes(folded[end]!)) end++;
    const value = numberOf(folded.slice(i, end));
    if (value !== undefined) tokens.push({ value, start: i, end });
    i = end;
  }
  return tokens;
}

function readNumber(
  folded: string,
  number: NumberToken,
  measures: readonly string[],
  slots: { -readonly [K in keyof Slots]: Slots[K] },
  named: number | undefined,
): void {
  const { value, start, end } = number;
  const after = folded.slice(end, end + 12);
  if (end - start >= 15 && end - start <= 20) {
    slots.orderId = folded.slice(start, end);
    return;
  }
  if (end - start >= 8) return;
  if (after.startsWith('折')) {
    const share = value < 1 ? value : value < 10 ? value / 10 : value / 100;
    if (share > 0 && share < 1) slots.discount = Math.round(share * 1000) / 1000;
  } else if (/^(个|期)?(月|期)/.test(after) && /^期|^个?月(分期|免息)/.test(after)) slots.instalments = value;
  else if (/^(天|日)(?!猫)/.test(after) && !/^日(到|发|前|之前)/.test(after)) slots.days = value;
  else if (/^(kg|公斤|千克)/.test(after)) slots.weightKg = value;
  else if (/^斤/.test(after)) slots.weightKg = value / 2;
  else if (
    value > 0 &&
    value < 100_000 &&
    // 80块 that is offered is money, and 四五袋 an estimate: neither counts pieces.
    !(value === named && after.startsWith('块')) &&
    !isEstimate(folded.slice(start, end)) &&
    measureAt(after, measures) !== undefined &&
    // 300块 is money, and so is what is charged or paid; two 块 of soap are pieces.
    !((value >= 20 || charged.test(folded.slice(Math.max(0, start - 6), start))) && money.test(after)) &&
    // 三只松鼠 is a brand.
    !/^(个?(月|小时|点|多|地方|地址)|包邮|只松鼠)/.test(after)
  ) {
    // 一个/一下 is mostly an article, not a count, unless something is bought by it.
    if (slots.quantity === undefined || slots.quantity === 1) slots.quantity = value;
  }
}

/** 四五袋, 两三件: two numerals one after the other are no 45. */
function isEstimate(words: string): boolean {
  return /^[一二两三四五六七八九]{2}$/.test(words);
}

const charged = /(?:费|费用|邮|收|付|结账|结算|要|加|补|差|多了|花|退|返|报|给|便宜|优惠|[减满])(?:是|了|我|要|我们|付)?$/;
const money = /^(元|块钱|块|圆|rmb)/;

const dayWords: readonly (readonly [RegExp, number])[] = [
  [/大后天/, 3],
  [/后天/, 2],
  [/明天|明日|明早|明晚/, 1],
  [/今天|今日|今晚|今早|当天/, 0],
];

function dateOf(folded: string, today: string): string | undefined {
  for (const [word, days] of dayWords) if (word.test(folded)) return shifted(today, days);
  const monthDay = /(\d{1,2})月(\d{1,2})(?:号|日)?/.exec(folded);
  if (monthDay !== null) return nextDate(today, Number(monthDay[1]), Number(monthDay[2]));
  const day = /(?<!\d)(\d{1,2})号(?!线|楼|店|色|码|链)/.exec(folded);
  if (day !== null) return nextDate(today, undefined, Number(day[1]));
  return undefined;
}

function shifted(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The next such date from today on; undefined where no month has it. */
function nextDate(today: string, month: number | undefined, day: number): string | undefined {
  if (day < 1 || day > 31 || (month !== undefined && (month < 1 || month > 12))) return undefined;
  const [year, thisMonth] = today.split('-').map(Number) as [number, number];
  for (let ahead = 0; ahead < 14; ahead++) {
    const at = new Date(Date.UTC(year, thisMonth - 1 + ahead, 1));
    if (month !== undefined && at.getUTCMonth() + 1 !== month) continue;
    const date = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), day));
    const text = date.toISOString().slice(0, 10);
    if (date.getUTCDate() === day && text >= today) return text;
  }
  return undefined;
}
