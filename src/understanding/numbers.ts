/** Numbers as buyers write them: digits, 汉字 numerals up to 9,999, and 八五折-style digit runs. */

const digitOf: Readonly<Record<string, number>> = {
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
};
const unitOf: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

const tailUnits: Readonly<Record<string, number>> = { 百: 100, 千: 1000, k: 1000, 万: 10_000, w: 10_000 };

/** Digits with a unit behind them: 1千2 -> 1200, 2w -> 20000, 3百 -> 300, 1.5万 -> 15000; undefined for anything else. */
export function unitNumber(text: string): { readonly value: number; readonly length: number } | undefined {
  const found = /^(\d+(?:\.\d+)?)([百千万kw])(\d(?!\d))?(?![a-z])/.exec(text);
  if (found === null) return undefined;
  const unit = tailUnits[found[2]!]!;
  return { value: Number(found[1]) * unit + (Number(found[3] ?? 0) * unit) / 10, length: found[0].length };
}

/** 二十五 -> 25, 两百 -> 200, 一百五 -> 150, 八五 -> 85, 12.5 -> 12.5; undefined for anything else. */
export function numberOf(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === '' || text.length > 9) return undefined;
  if ([...text].every((c) => digitOf[c] !== undefined)) return Number([...text].map((c) => digitOf[c]).join(''));
  let total = 0;
  let pending: number | undefined;
  let lastUnit = 10_000;
  for (const c of text) {
    const digit = digitOf[c];
    const unit = unitOf[c];
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
