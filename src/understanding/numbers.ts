/** Numbers as buyers write them: digits, 汉字 numerals up to 9,999, and 八五折-style digit runs. */

const digitOf: ReadonlyMap<number, number> = valuesOf({
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  仨: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
});
const unitOf: ReadonlyMap<number, number> = valuesOf({ 十: 10, 百: 100, 千: 1000 });
const tailUnits: ReadonlyMap<number, number> = valuesOf({ 百: 100, 千: 1000, k: 1000, 万: 10_000, w: 10_000 });

/** By the characters' codes. */
function valuesOf(values: Readonly<Record<string, number>>): ReadonlyMap<number, number> {
  return new Map(Object.entries(values).map(([character, value]) => [character.charCodeAt(0), value]));
}

/** Digits with a unit behind them: 1千2 -> 1200, 2w -> 20000, 3百 -> 300, 1.5万 -> 15000; undefined for anything else. */
export function unitNumber(text: string): { readonly value: number; readonly length: number } | undefined {
  const found = /^(\d+(?:\.\d+)?)([百千万kw])(\d(?!\d))?(?![a-z])/.exec(text);
  if (found === null) return undefined;
  const unit = tailUnits.get(found[2]!.charCodeAt(0))!;
  return { value: Number(found[1]) * unit + (Number(found[3] ?? 0) * unit) / 10, length: found[0].length };
}

/** Whether digits with this unit behind them may be such a number. */
export function isTailUnit(unit: number): boolean {
  return tailUnits.has(unit);
}

const isDecimalDigit = (unit: number) => unit >= 0x30 && unit <= 0x39;
const mostNumerals = 9;

/** 二十五 -> 25, 两百 -> 200, 一百五 -> 150, 八五 -> 85, 12.5 -> 12.5; undefined for anything else. */
export function numberOf(text: string): number | undefined {
  if (text === '') return undefined;
  if (isDecimalDigit(text.charCodeAt(0))) return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  if (text.length > mostNumerals) return undefined;
  return digitByDigit(text) ?? withUnits(text);
}

/** 八五 -> 85. */
function digitByDigit(text: string): number | undefined {
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = digitOf.get(text.charCodeAt(i));
    if (digit === undefined) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function withUnits(text: string): number | undefined {
  let total = 0;
  let pending: number | undefined;
  let lastUnit = 10_000;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const digit = digitOf.get(code);
    const unit = unitOf.get(code);
    if (digit !== undefined) {
      if (pending !== undefined && pending !== 0) return undefined;
      pending = digit;
    } else if (unit !== undefined && unit < lastUnit) {
      total += (pending ?? (unit === 10 && total === 0 ? 1 : 0)) * unit;
      pending = undefined;
      lastUnit = unit;
    } else return undefined;
  }
  // 一百五 is 150 and 一百零五 is 105.
  const isShort = pending !== undefined && lastUnit >= 100 && lastUnit < 10_000 && !/[零〇]/.test(text);
  return total + (pending ?? 0) * (isShort ? lastUnit / 10 : 1);
}

/** Characters that 汉字 numerals are made of. */
export const numeralCharacters = '零〇一二两俩三仨四五六七八九十百千';

/** As they are written where figures must not be changed: 伍件, 贰拾件. */
const formal: readonly (readonly [string, string])[] = [...'壹贰叁肆伍陆柒捌玖'].map((one, at) => [
  one,
  '一二三四五六七八九'[at]!,
]);
/** 大陆个人, 大陆包邮, 收拾个: before these they are mostly parts of words. */
const notBefore = '个包单样提本对把支款';

/** Respellings of formal numerals where they count: in front of a measure word or a unit. Elsewhere 大陆 and 收拾 stay what they are. */
export function formalNumerals(measures: readonly string[]): readonly { readonly from: string; readonly to: string }[] {
  const counted = measures.filter((one) => !notBefore.includes(one));
  const written = [...formal, ['拾', '十'] as const, ['佰', '百'] as const];
  return [
    ...written.flatMap(([from, to]) => counted.map((measure) => ({ from: from + measure, to: to + measure }))),
    ...formal.flatMap(([from, to]) => [
      { from: `${from}拾`, to: `${to}十` },
      { from: `${from}佰`, to: `${to}百` },
      { from: `拾${from}`, to: `十${to}` },
    ]),
  ];
}
