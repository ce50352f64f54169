/** 一打, 半打: pieces by the dozen. 打 mostly means something else (一打开, 买一打折), so that only what counts may stand behind it. */
import { numberOf } from './numbers.js';

const pieces = 12;
const dozens =
  /(?<![第满够送赠减几])(半|\d{1,2}|[一两二三四五六七八九十]{1,2})打(?=$|[ \n?]|多少|几[块钱]|有(?:货|没有|吗|多少|优惠)|起|的(?:话|价|多少)|[吗呢吧]|能|可以|可不可以|要|怎么|便宜|优惠|够|行不|包邮|给|价|现货|一共|总共)/;

/** Nearly every 打 stands behind something else, which is seen far sooner. */
const counted = /[半\d一两二三四五六七八九十]打/;

/** So many pieces, and where they are counted; undefined: by the dozen nothing is counted. */
export function dozenIn(folded: string): { readonly pieces: number; readonly start: number; readonly end: number } | undefined {
  if (!counted.test(folded)) return undefined;
  const found = dozens.exec(folded);
  if (found === null) return undefined;
  const count = found[1] === '半' ? 0.5 : numberOf(found[1]!);
  if (count === undefined || count === 0) return undefined;
  return { pieces: count * pieces, start: found.index, end: found.index + found[0].length };
}
