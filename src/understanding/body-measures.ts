/**
 * Height and weight of a body as buyers write them: 身高165体重110斤, 一米六五 一百一, 1米7 65公斤, 165/110. 斤 is half a kilogram.
 * A bare number is read only where one reading alone is a body: sure or nothing.
 */
import { isNumeral } from './hints.js';
import { numberOf } from './numbers.js';

export interface BodyMeasures {
  readonly heightCm?: number;
  readonly weightKg?: number;
}

/** Words without which numbers are no body's: nearly all messages leave here. */
const mayTell =
  /身高|体重|净高|[0-9一二两]米[0-9一二三四五六七八九]|[12][.][0-9]{1,2}(?:米|m)|[12]m[0-9]|(?:^|[^0-9])1[3-9][0-9](?:[^0-9]|$)/;
/** Who says these speaks of a body even without the word for it. */
const speaksOfFit = /穿|码|身高|体重|尺寸|合身|多大|斤|kg/;
/** 120斤，150行吗 is no body's: what is weighed may be goods. */
const asksOfFit = /穿|码|身高|体重|尺寸|合身|多大/;
const metres = /([12一二两])(?:米|m)([0-9一二三四五六七八九]{1,2})(?![0-9])/;
const decimalMetres = /([12])[.]([0-9]{1,2})(?:米|m)?(?![0-9])/;
const namedHeight = /(?:身高|净高)[^0-9体]{0,3}([0-9]{2,3})(?![0-9.])/;
const heightFirst = /(?:^|[^0-9])(?:([0-9]{2,3})(?:cm|公分|厘米)?(?:的)?身高|(1[3-9][0-9]|20[0-9])(?:cm|公分|厘米)?高)/;
const centimetres = /(?:^|[^0-9])(1[3-9][0-9]|20[0-9])(?:cm|公分|厘米)/;
const pair =
  /(?:^|[^0-9])(1[3-9][0-9]|20[0-9])(?:cm|公分|厘米)?[^0-9a-z\u4e00-\u9fff]{1,3}([0-9]{2,3}(?:[.]5)?)(?![0-9]|[abcy](?![a-z]))(斤|公斤|千克|kg)?/;
const weighed = /([0-9]{2,3}(?:[.][0-9])?)(?:多)?(斤|公斤|千克|kg)/;
const namedWeight = /体重[^0-9]{0,3}([0-9]{2,3}(?:[.][0-9])?)(?![0-9])(斤|公斤|千克|kg)?/;
/** The weight said right behind the height: 一米七一百三. */
const behindHeight = /^[^0-9a-z]{0,3}?([0-9]{2,3})(?![0-9])(斤|公斤|千克|kg)?/;

/** 150斤175, 体重120 175: a bare height right behind the weight. What has a unit of its own is none. */
const heightBehind =
  /(?:(?:^|[^0-9.])([0-9]{2,3}(?:[.][0-9])?)(斤|公斤|千克|kg)[ ,，、]{0,2}|体重[^0-9]{0,3}([0-9]{2,3}(?:[.][0-9])?)[ ,，、]{1,2})(?:身高|高)?(1[4-9][0-9])(?![0-9.斤公元块件个条码号天%k])/;

/** 35~40斤, 三十五到四十斤: one weight that is not known more closely. */
const weightRange =
  /(?:^|[^0-9.])([0-9]{1,3}(?:[.][0-9])?)(?:斤|公斤|千克|kg)?(?:[^0-9a-z\u4e00-\u9fff.]|到|至|或者?){1,2}([0-9]{1,3}(?:[.][0-9])?)(?:多)?(斤|公斤|千克|kg)/;
/** Ends that lie further apart are two weights, or a count and a weight. */
const widestRange = 1.5;

const leastBmi = 14;
const mostBmi = 35;

const none: BodyMeasures = {};

/** @param folded the folded text of the turn */
export function bodyMeasuresOf(folded: string): BodyMeasures {
  if (!mayTell.test(folded)) return none;
  const text = withDigits(folded);
  const isFit = speaksOfFit.test(text);
  const both = pair.exec(text);
  const isPairAlone = both !== null && both[0].trim().length >= text.trim().length - 4;
  if (both !== null && (isFit || isPairAlone || both[3] !== undefined)) {
    const heightCm = Number(both[1]);
    return measured(heightCm, weightOf(heightCm, Number(both[2]), both[3]));
  }
  const height = heightIn(text, isFit);
  const behind = height === undefined && asksOfFit.test(text) ? bodyBehind(text) : undefined;
  if (behind !== undefined) return behind;
  if (height === undefined && !/体重/.test(text)) return {};
  const named =
    namedWeight.exec(text) ?? weighed.exec(text) ?? (height === undefined ? null : behindHeight.exec(text.slice(height.end)));
  return measured(height?.heightCm, named === null ? undefined : weightOf(height?.heightCm, Number(named[1]), named[2]));
}

/**
 * A range of weight in kilograms; undefined where none is said.
 * @param folded the folded text of the turn
 * @param heightCm the height that it names: no end of a range (155 160斤)
 */
export function weightRangeOf(folded: string, heightCm?: number): { readonly fromKg: number; readonly toKg: number } | undefined {
  const found = weightRange.exec(withDigits(folded));
  if (found === null) return undefined;
  const [from, to] = [Number(found[1]), Number(found[2])];
  if (from <= 0 || from === heightCm || to <= from || to > from * widestRange) return undefined;
  const half = found[3] === '斤' ? 2 : 1;
  return { fromKg: from / half, toKg: to / half };
}

function measured(heightCm: number | undefined, weightKg: number | undefined): BodyMeasures {
  return { ...(heightCm === undefined ? {} : { heightCm }), ...(weightKg === undefined ? {} : { weightKg }) };
}

/** Both of them, where they are a body's. */
function bodyBehind(text: string): BodyMeasures | undefined {
  const found = heightBehind.exec(text);
  if (found === null) return undefined;
  const heightCm = Number(found[4]);
  const weightKg = weightOf(heightCm, Number(found[1] ?? found[3]), found[2]);
  if (weightKg === undefined) return undefined;
  const bmi = weightKg / (heightCm / 100) ** 2;
  return bmi >= leastBmi && bmi <= mostBmi ? { heightCm, weightKg } : undefined;
}

function heightIn(text: string, isFit: boolean): { readonly heightCm: number; readonly end: number } | undefined {
  const split = metres.exec(text) ?? (isFit ? decimalMetres.exec(text) : null);
  if (split !== null) {
    const rest = [...split[2]!].map((digit) => numberOf(digit) ?? digit).join('');
    const heightCm = (numberOf(split[1]!) ?? 0) * 100 + Number(rest.padEnd(2, '0'));
    return heightCm <= 220 ? { heightCm, end: split.index + split[0].length } : undefined;
  }
  const found = namedHeight.exec(text) ?? heightFirst.exec(text) ?? (isFit ? centimetres.exec(text) : null);
  if (found === null) return undefined;
  const heightCm = Number(found[1] ?? found[2]);
  return heightCm >= 50 && heightCm <= 220 ? { heightCm, end: found.index + found[0].length } : undefined;
}

/** A height alone, and a weight alone to whoever has told his height. */
const bareHeight = /^(?:我|高)?(1[4-9][0-9])(?:cm|公分|厘米)?(?:左右|吧|的|高)?[? ]*$/;
const bareWeight = /^(?:我)?([0-9]{2,3}(?:[.]5)?)(?:左右|吧|的|多)?[? ]*$/;

/**
 * A bare number as the answer to our question for height and weight: the height comes first.
 * @param known what was told of them before
 */
export function measureGoneOn(folded: string, known: BodyMeasures): BodyMeasures | undefined {
  const text = withDigits(folded.trim());
  const height = known.heightCm === undefined ? bareHeight.exec(text) : null;
  if (height !== null) return { heightCm: Number(height[1]) };
  const weight = known.heightCm === undefined || known.weightKg !== undefined ? null : bareWeight.exec(text);
  const weightKg = weight === null ? undefined : weightOf(known.heightCm, Number(weight[1]), undefined);
  return weightKg === undefined ? undefined : { weightKg };
}

/** A number with its unit; without one, the reading that alone makes a body of that height. */
function weightOf(heightCm: number | undefined, value: number, unit: string | undefined): number | undefined {
  if (unit === '斤') return value / 2;
  if (unit !== undefined) return value;
  if (heightCm === undefined) return undefined;
  const squareMetres = (heightCm / 100) ** 2;
  const readings = [value / 2, value].filter((kg) => kg / squareMetres >= leastBmi && kg / squareMetres <= mostBmi);
  return readings.length === 1 ? readings[0] : undefined;
}

/** 一百三 is 130 to whoever weighs himself, not 103; what stands around 米 stays as it is. */
function withDigits(folded: string): string {
  let text = '';
  for (let at = 0; at < folded.length; ) {
    let next = at;
    while (next < folded.length && !isNumeral(folded, next)) next++;
    // As one piece: most of a text holds no number.
    text += folded.slice(at, next);
    if (next === folded.length) break;
    at = next;
    let end = at;
    while (end < folded.length && isNumeral(folded, end)) end++;
    const run = folded.slice(at, end);
    const isHeight = folded[end] === '米' || folded[at - 1] === '米';
    const cut = folded[at - 1] === '米' ? /^[一二三四五六七八九]{1,2}(?=[一二]百|$)/.exec(run)?.[0] : undefined;
    if (cut !== undefined && cut.length < run.length) {
      text += `${cut} `;
      at += cut.length;
      continue;
    }
    const spoken = /^([一二])百([一二三四五六七八九])$/.exec(run);
    const value = isHeight ? undefined : spoken === null ? numberOf(run) : numberOf(`${run}十`);
    text += value === undefined ? run : String(value);
    at = end;
  }
  return text;
}
