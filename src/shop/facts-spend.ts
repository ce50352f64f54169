/** Amounts that the buyer would spend in all (买够100包邮吗) or by and by (500块能分期吗): neither an offer nor a price. */
import { numberOf, numeralCharacters } from '../understanding/numbers.js';

const spending = new RegExp(
  `(?:买|拍|凑|花|消费|总共|一共|合计|总价|加起来|凑单)(?:够|到|了|满|个|上|是|有){0,2}\\s*` +
    `(\\d{1,5}(?:\\.\\d{1,2})?|[${numeralCharacters}]{1,6})(?:多|几)?\\s*(元|块钱?|圆|rmb)?(?=(.?))`,
  'i',
);
/** 90呢, 满90呢, where nothing else is said: the sum that the buyer thinks of. */
const bare =
  /^(?:那|那么)?(?:满|买|够|拍)?(\d{2,5}(?:\.\d{1,2})?)(?:元|块钱?|圆)?(?:呢|行吗|行不行|可以吗|够吗)?[?？~～。!！\s]*$/;
/** Without 元 or 块 a small number counts pieces, and one with a measure word behind it does too. */
const leastBare = 20;
const measure = /[件个個条條双雙套盒箱袋瓶支份只顶台片罐提桶斤把张張对床卷组組单單样款克公千天号月日年折gkm0-9]/i;

const inInstalments = new RegExp(
  `(?<![\\d.])(\\d{2,6}(?:\\.\\d{1,2})?)(?:元|块钱?|圆)?(?:以上)?(?:的)?(?:能不能|可不可以|是不是|能|可以|可|也|就|够)?(?:用)?` +
    `(?:花呗|信用卡|白条)?(?:能|可以)?分(?:期|[\\d${numeralCharacters}]{1,2}期)`,
);

/** The amount that is to be paid in instalments (500块能分期吗), or undefined. */
export function instalmentSumOf(text: string): number | undefined {
  const found = inInstalments.exec(text);
  return found === null ? undefined : Number(found[1]);
}

/** The amount in yuan, or undefined. 满99 names a rule, so that it is none. */
export function spendOf(text: string): number | undefined {
  const sum = bare.exec(text.trim());
  if (sum !== null) return Number(sum[1]);
  const found = spending.exec(text);
  if (found === null) return undefined;
  const amount = numberOf(found[1]!);
  if (amount === undefined || amount <= 0) return undefined;
  if (found[2] !== undefined) return amount;
  const after = text.slice(found.index + found[0].length);
  const countsPieces = measure.test(after.charAt(0)) || (after.startsWith('包') && !after.startsWith('包邮'));
  return amount < leastBare || countsPieces ? undefined : amount;
}
