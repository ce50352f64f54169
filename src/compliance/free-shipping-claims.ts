/** What a text promises about free shipping, held against the shop's template. */
import { namesOf } from './excluded-places.js';
import type { Folded } from './fold.js';
import { clauseAround, type Place, sentenceAround } from './pattern-rule.js';
import type { CheckContext } from './rule.js';

type Template = NonNullable<CheckContext['freeShipping']>;

const claim =
  /包[,.]?邮|免[,.]?邮(?:费)?|免[,.]?(?:运费|快递费)|包[,.]?快递|全免(?:运费|邮费)|(?:运费|邮费)(?:全免|都免)|(?:全国|各地|哪里|哪儿|哪)[^,.]{0,3}都包(?=[,.的哦呢啦呀哈亲]|$)/g;
/** 新疆也包的, 哪里都不收运费: promises of free shipping only beside words for everywhere or an excluded region. */
const looseClaim =
  /(?:也|都|一样|照样|全)(?:给您|给|能|可以|是)*包(?=[的哦呢啦哈亲][,.亲哦哈呢]?(?:$|[,.])|$|[,.])|(?:不|不用|无需|无须|不会|不再|不另)(?:收|要|出|付|加|补|加收|收取)(?:您|取|任何|一分|半分|一毛|一?点|钱|的)*(?:邮费|运费|快递费|邮钱)/g;
/** 邮费我们全包, 零运费, 免费送到家: promises across a whole sentence. */
const paidByUs =
  /(?:邮费|运费|快递费|邮钱)[^,.]{0,5}(?:我们?|咱们?|店里|小店|本店|我家|卖家|商家)(?:这边|家)?(?:来|都|全|全都|给您|帮您)*(?:包|出|承担|掏|付|担)|(?:0|零)(?:元)?(?:运费|邮费)|包(?:了|掉)?(?:您的?)?(?:运费|邮费)|免费(?:送货|寄送?|送到|配送|快递)|(?:邮费|运费|快递费)(?:全|都|通通|统统|一律)*(?:免|不要|不收|不用|一毛不要|一分不要|算我们?的)|白(?:送|寄)(?:到|给)|(?:给您|也|都)(?:包|免)(?:了|啦|掉)?(?=$|[,.])/g;
const ofReturns = /质量|瑕疵|发错|漏发|错发|坏|退|换|寄回|改地址|补发|补寄|件数|运费险|已经/;
/** Sent apart from the goods, free of postage whatever the order's sum. */
const notGoods = /发票|补发|补寄|重新寄|质保卡|保修卡/;
const farRegion = /新疆|西藏|偏远|内蒙|青海|宁夏|甘肃|港澳|香港|澳门|台湾|海外|国外/;
/** Right before: not a promise of free shipping at all. */
const notBefore =
  /(?:不|没法|无法|不能|暂不|未|非|没|没有|别|是否|可不可以|能不能|可以不|还差[^,.]{0,8}|再(?:买|凑|加|拍|选)[^,.]{0,8}|凑|(?:差|少)[^,.]{0,4}(?:就|才)?(?:够|能|到)?|(?:卡|花呗|支付|付)(?:付款?)?的?(?:也|都|一样|照样|同样)|达不到|不满足|不足|凑单|参与|多少(?:元|钱|块|件)?(?:起|以上)?)(?:能|可以|可|再|会|支持|参加|享受|就|才|也|够|到|是)*$/;
/** Right after: a word about free shipping, a question, or something else that is free of postage. */
const notAfter =
  /^的?(?:不分类目|不分品类|(?:那|这)个活动|区|圈|吗|么|嘛[.]|默认|订单|单|门槛|条件|活动|金额|地区|地域|区域|范围|规则|政策|标准|线|要求|说明|券|卡|件数|商品|专区|服务|以外|问题|与否|差|还差|不了|退换|退货|换货|不包)/;
const everywhere =
  /全国|全中国|中国(?:境内|大陆)|各省|哪个省|每个省|天南海北|五湖四海|不分地区|多远|再远|全球|全场|全店|全部|所有|任何|任意|各地|不限|只(?:买|拍|要)|就算|哪怕|(?:不|没有?|无)(?:设|用)?门槛|不用凑|不凑|单件(?!\d+元)|(?:拍|买)一(?:件|个|双|条|只|瓶)|一[件双](?!\d+元|运费|邮费)|一块钱|几块|十几|再小|再少|多少钱都|不管|不论|无论|随便|买啥|买什么|随意|都给您|每个|哪个|哪里|哪儿|哪都|偏远[^,.]{0,4}(?:也|都|全)|一律|通通|统统|统一/;
/** Where it is not known which regions are excepted, these may be. */
const farEverywhere = /(?:新疆|西藏|港澳台|香港|澳门|台湾|内蒙|青海|宁夏|海外|国外)[^,.]{0,4}(?:也|都|全)/;
/** 不论您在哪，我们都包邮: said across a comma. */
const wherever =
  /(?:不论|不管|无论|别管)[^.]{0,16}都?(?:能|可以|给您)?(?:包邮|免邮|免运费)|(?:包邮|免邮|免运费)的?[,]?(?:不管|不论|无论)/;
const excluded = /除外|除了?|不含|不包|不参加|不参与|不在|例外|另计|另算|以外|之外|需补|要补|补邮|补运费|不享|另付|不适用/;
/** About one order that has reached the threshold. */
const thisOrder =
  /这单|看到的|不用再补|不会再收|此单|本单|该单|您的订单|这笔|已经?(?:满|达|够|符合|包|免)|符合|满足|达到了?(?:包邮|条件)|够了|刚好|给您(?:包|免)邮了/;
const numeral = '[\\d·]+|[零一二两三四五六七八九十百千]+';
const yuanBefore = new RegExp(`(?:满|够|达到?|超过?|凑够?|买|高于|大于)(${numeral})(?:元|块|rmb)?`, 'g');
const yuanAfter = new RegExp(`(${numeral})(?:元|块)`, 'g');
const itemCount = new RegExp(`(${numeral}|单)(?:件|双|条|个|瓶|盒|袋|套|包|支|只|罐)`, 'g');

const because = {
  everywhere: {
    zh: '说的包邮范围比运费模板宽：模板里有地区不包邮',
    en: 'free shipping is promised wider than the shipping template: it excepts regions',
  },
  region: { zh: '这个地区在运费模板里不包邮', en: 'the shipping template excepts this region from free shipping' },
  threshold: {
    zh: '说的包邮条件比运费模板宽：没到门槛也包邮',
    en: 'free shipping is promised below the threshold of the shipping template',
  },
} as const;
const wording = '亲，包邮条件和地区以商品页的运费模板显示为准哦';
const replaces = 'clause';

/** Promises of free shipping that are wider than the template. Without a template only "everywhere" is one. */
export function wideClaims({ text }: Folded, { freeShipping }: CheckContext): readonly Place[] {
  const places: Place[] = [];
  if (!text.includes('邮') && !text.includes('免') && !text.includes('包') && !text.includes('费')) return places;
  for (const match of text.matchAll(claim)) {
    const start = match.index;
    const end = start + match[0].length;
    if (notBefore.test(text.slice(Math.max(0, start - 14), start)) || notAfter.test(text.slice(end, end + 6))) continue;
    const reason = whyTooWide(clauseAround(text, start, end), sentenceAround(text, start, end), text, freeShipping);
    if (reason !== undefined) places.push({ start, end, because: because[reason], wording, replaces });
  }
  for (const match of text.matchAll(looseClaim)) {
    const start = match.index;
    const end = start + match[0].length;
    const sentence = sentenceAround(text, start, end);
    if (ofReturns.test(sentence) || excluded.test(sentence) || /^(?:吗|么)/.test(text.slice(end, end + 1))) continue;
    const clause = clauseAround(text, start, end);
    const isWide =
      everywhere.test(clause) ||
      (freeShipping === undefined && farRegion.test(clause) && !clause.includes('满')) ||
      (freeShipping?.excludes.some((name) => namesRegion(clause, name)) ?? false);
    if (isWide && freeShipping?.excludes.length !== 0) places.push({ start, end, because: because.region, wording, replaces });
  }
  for (const match of text.matchAll(paidByUs)) {
    const start = match.index;
    const end = start + match[0].length;
    const sentence = sentenceAround(text, start, end);
    if (ofReturns.test(sentence) || excluded.test(sentence) || isKeptOrAsked(sentence, freeShipping)) continue;
    const isForAll = everywhere.test(sentence) || wholeRegion.test(sentence);
    const isExcluded = freeShipping?.excludes.some((name) => namesRegion(sentence, name)) ?? farRegion.test(sentence);
    if ((isForAll || isExcluded) && freeShipping?.excludes.length !== 0)
      places.push({ start, end, because: because.everywhere, wording, replaces });
  }
  return places;
}

/** 偏远 names no province, yet is what every list of exceptions means. */
const wholeRegion = /偏远|边疆|海岛/;

/** The sentence says from where on it holds, speaks of one order that has it, or asks. */
function isKeptOrAsked(sentence: string, template: Template | undefined): boolean {
  if (/吗|是否|活动|会员|这单|此单|本单|您的订单|满足|达到|满[\d一二三四五六七八九两]/.test(sentence)) return true;
  return template !== undefined && keepsThreshold(sentence, template);
}

function whyTooWide(
  clause: string,
  sentence: string,
  text: string,
  template: Template | undefined,
): keyof typeof because | undefined {
  const hasExcluded = template === undefined || template.excludes.length > 0;
  const namesExceptions = text.length < 2000 && excluded.test(text);
  const isWide = everywhere.test(clause) || wherever.test(sentence) || (template === undefined && farEverywhere.test(clause));
  if (hasExcluded && !namesExceptions && isWide) return 'everywhere';
  if (template === undefined) return undefined;
  if (!excluded.test(clause) && template.excludes.some((name) => namesRegion(clause, name))) return 'region';
  const isConditional = template.fromYuan !== undefined || template.fromItems !== undefined;
  if (isConditional && notGoods.test(sentence)) return undefined;
  return isConditional && !keepsThreshold(sentence, template) ? 'threshold' : undefined;
}

/** An excluded region is a province or `province/city`; its cities are meant with it. */
function namesRegion(clause: string, name: string): boolean {
  return namesOf(name).some((one) => clause.includes(one));
}

function keepsThreshold(sentence: string, { fromYuan, fromItems }: Template): boolean {
  const sums = [...sentence.matchAll(yuanBefore), ...sentence.matchAll(yuanAfter)]
    .map((match) => numberOf(match[1] ?? ''))
    .filter((sum) => sum > 0);
  const counts = [...sentence.matchAll(itemCount)].map((match) => numberOf(match[1] ?? ''));
  if (fromYuan !== undefined && sums.some((sum) => sum >= fromYuan)) return true;
  if (fromItems !== undefined && counts.some((count) => count >= fromItems)) return true;
  return sums.length === 0 && counts.length === 0 && thisOrder.test(sentence);
}

const digits = '零一二三四五六七八九';
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** The number that words say: 95, 99·5, 两, 九十五, 一百二十; 单 is one. */
export function numberOf(words: string): number {
  if (words === '单') return 1;
  if (/^\d/.test(words)) return Number(words.replace('·', '.').replaceAll('·', ''));
  let sum = 0;
  let digit = 0;
  for (const character of words.replaceAll('两', '二')) {
    const unit = units[character];
    if (unit === undefined) digit = digits.indexOf(character);
    else {
      sum += Math.max(digit, 1) * unit;
      digit = 0;
    }
  }
  return sum + digit;
}
