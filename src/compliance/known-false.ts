/** What a clause claims though the shop's own data deny it: no wording that is proposed may say so once more, however softly. */
import type { Folded } from './fold.js';
import { wideClaims } from './free-shipping-claims.js';
import { admitted, weakWords } from './goods.js';
import type { CheckContext } from './rule.js';

const seePage = '亲，具体情况您可以看看详情页和买家评价';
const noMachine = /(?:不|别|勿|避免)[^、，,。]{0,4}机洗|手洗|干洗/;

/** The shop's own words in place of a claim; long ones are left to the page. */
export function asWording(words: string): string {
  return words.length <= 50 ? `亲，${words}` : seePage;
}

/**
 * What may be said in place of a clause that claims what is known to be false; undefined: nothing of it is.
 * @param clause of the folded text
 */
export function truthFor(clause: string, context: CheckContext, folded: Folded): string | undefined {
  const { goods, codEnabled, cardAccepted } = context;
  if (goods !== undefined) {
    for (const [label, words] of admitted(goods))
      if (new RegExp(`(?:不|没|无|零)[^,.]{0,4}(?:${weakWords(label)})`).test(clause))
        return goods.isMeant ? asWording(words) : seePage;
    // Of several goods some may be washed so and others not.
    const care = goods.list.find((one) => one.care !== undefined && noMachine.test(one.care))?.care;
    if (care !== undefined && /(?<![不别勿])机洗|洗衣机/.test(clause)) return goods.isMeant ? asWording(care) : seePage;
  }
  if (codEnabled === false && /货到付款|到付|先收货/.test(clause)) return '亲，付款方式以结算页显示的为准';
  if (cardAccepted === false && /信用卡|分期/.test(clause)) return '亲，付款方式以结算页显示的为准';
  if (wideClaims({ ...folded, text: clause }, context).length > 0) return '亲，包邮条件和地区以商品页的运费模板显示为准哦';
  return undefined;
}
