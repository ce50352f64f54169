/**
 * What a buyer offers in haggling: a price ("两件150行吗", "一口价80") or an amount off ("能少10块吗", "便宜20"). The two look
 * alike and mean the opposite of one another, so that they are told apart here, once, by the words around the number.
 */
import type { Offer } from '../conversation.js';
import type { Stretch } from './taken-back.js';

/** A number of the text: `start` and `end` in the folded text. */
export interface NumberToken {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

const unit = '(?:元钱?|块钱|块|圆|rmb)';
/** What makes a number before it a price: 卖不, 行吗, 我就拍. */
const asking =
  '(?:就|也|能|肯|可以|可|给我|给)*(?:卖|出|拿下|拿走|带走|拿|成交|到手|包邮|行|好|可以|成|中|ok|ojbk)(?:的话)?(?:不|吗|么|嘛|吧|伐|我|给|的|啦|了|呗|\\?|行|好|可以|成|卖|出|拿|包邮|走)';
const closing =
  '(?:的话)?(?:就|我就|我)?(?:怎么样|怎样|如何|可不可以|行不行|得了|算了吧|好了|拿走|拿下|带走|成交|我要了|我拍|就拍|拍了|我买|就买|立马|马上|立刻|我付|就付)';
const askedAfter = new RegExp(`^ ?${unit}? ?(?:${asking}|${closing}|一口价|(?:吧|好吧|成么) ?$)`);
/** 125给我吧; 退20给我 gives money back. */
const givenAfter = new RegExp(`^ ?${unit}? ?(?:卖|就|就卖)?给我(?:吧|呗|嘛|算了|得了|行|可以|好|成|吗|不| ?$)`);
const backBefore = /(?:退|返|赔|补|还|发|寄|送|少|减|差)(?:了|我|回|个|款)? ?$/;
const askedWithPieces = new RegExp(`^ ?${unit}? ?(?:买|拿|拍)? ?(?:\\d+|[一二两俩三仨四五六七八九十]+) ?`);
const eachAfter = new RegExp(`^ ?${unit}? ?每`);
const deliveredAsked = new RegExp(`^ ?(?:${asking}|${closing}|吧|呗|给我|我要)`);
const askedLater = new RegExp(`^ ?(?:${asking}|${closing}|吧 ?$|呗|啊? ?$)`);
/** What makes a number behind it a price. */
const namedBefore =
  /(?:一口价|便宜到|优惠到|少到|降到|降价到|减到|打到|算到|卖到|到手价?|算我|就算|算个|收我|卖我|卖给我|给我算|我出|我给|只出|整数|凑整|凑个?|凑成|改成|改到|改为|改价|给你|给您|最多出) ?$/;
const mayBefore = /(?:最低|能不能|可不可以|能|可以|给我|给个|就|按|那|哦|嗯|亲) ?$/;
/** Only the price itself and its question stand behind: nothing that would make it a count. */
const bareAfter = new RegExp(`^ ?(?:${unit} ?(?:吗|么|不|吧|呢|行|\\?|包邮|$)|(?:吗|么|不|吧|呢|行|包邮|\\?)|$)`);
const offBefore =
  /(?:(?<![至最不多缺])少|(?<!满)减|降价?|让利?|便宜|优惠|抹掉?|砍掉?|砍价|扣掉?|去掉|省) ?(?:我|个|掉|了|下|给我|一下|它|收|我个)?$/;
const thresholdBefore = /\d+(?:\.\d+)? ?(?:元|块)? ?(?:就|再|立|可以|能)?(?:减|优惠|少|便宜) ?$/;
/** Numbers of something else: postage, coupons, days, house numbers. */
const otherBefore =
  /(?:满|米|岁|月|年|第|运费|邮费|快递费|油费|券|红包|押金|定金|尺码|码|号|差价|返|送|赠|多送|周|星期|礼拜|电话|手机|订单|约|x|\*) ?$/;
const otherAfter =
  /^ ?(?:元|块)?(?:钱)?(?:的)?(?:运费|邮费|快递费|券|优惠券|红包|差价|\d|折|号|天|日|月|点|年|岁|小时|分钟|cm|厘米|米|kg|公斤|千克|斤|克|g|ml|毫升|寸|码|期|%|星|度|楼|多)/;
/** 150包邮, 八百五能包邮的话: the postage is in the price. Whether a price is offered then, what stands behind it tells. */
const delivered = new RegExp(`^ ?${unit}? ?(?:的话|能|可以|可|就|也|都|肯|给我|给){0,2}(?:包邮|免邮)`);
/** 包邮150卖吗 */
const deliveredBefore = /(?:包邮|免邮)(?:的话|价|能|可以|就|给我|给|按|一口价){0,2} ?$/;
/** What is spent, or has to be: 满99包邮吗, 买100块包邮可以吗 ask for the rule. */
const spentBefore =
  /(?:满|够|买|拍|消费|下单|花|付|凑|达|超|购物?|金额|总价|合计|不到|不足|差|就是|才|只要)(?:了|够|满|到|过|个|单|付)? ?$/;
const eachWords = /(?:每.?|单件|单个|单价|一(?:件|个|条|双|套|盒|箱|包|袋|瓶|份|只|斤)) ?(?:能|可以|给我|卖|按|就|算|给)?$/;
const allWords = /(?:一共|总共|共|加起来|合计|总价|全部|合起来|打包)/;

/** An offer, and where it names a price with the postage in it: there 包邮 asks for no rule. */
export interface OfferRead {
  readonly offer: Offer;
  readonly delivered?: Stretch;
}

/**
 * The offer in a folded text, if there is one; the last one named counts.
 * @param measures measure words: 件, 双, 盒
 */
export function offerOf(folded: string, numbers: readonly NumberToken[], measures: readonly string[]): OfferRead | undefined {
  // From the last on: the first that is one is the answer, and no number before it needs to be read.
  for (let at = numbers.length - 1; at >= 0; at--) {
    const offer = readOffer(folded, numbers[at]!, measures);
    if (offer !== undefined) return offer;
  }
  return undefined;
}

/** What a price that is asked for has behind it, and an amount off before it: in the first and last of these words. */
const firstBehindPrice = unitsOf(
  ' 元块圆r就也能肯可给卖出拿带成到包行好中o的我怎如得算立马买拍每吧吗么不呢?0123456789一二两俩三仨四五六七八九十',
);
const lastBeforeOff = unitsOf(' 少减降价让利宜惠抹掉砍扣去省我个了下给它收');

function unitsOf(characters: string): ReadonlySet<number> {
  return new Set([...characters].map((one) => one.charCodeAt(0)));
}

function readOffer(folded: string, { value, start, end }: NumberToken, measures: readonly string[]): OfferRead | undefined {
  if (value <= 0 || end - start >= 8) return undefined;
  // A message of the burst ends where its line ends.
  const isPriced = end === folded.length || folded[end] === '\n' || firstBehindPrice.has(folded.charCodeAt(end));
  const isOff = start > 0 && lastBeforeOff.has(folded.charCodeAt(start - 1));
  if (!isPriced && !isOff) return undefined;
  const behind = folded.slice(end, end + 14);
  const line = behind.indexOf('\n');
  const after = line === -1 ? behind : behind.slice(0, line);
  const measure = measureAt(after, measures);
  // A count. 两块香皂 counts pieces of soap, 80块 is money: only with a question behind it is 块 taken for money.
  const behindPostage = delivered.exec(after);
  if (measure !== undefined && measure !== '块' && behindPostage === null) return undefined;
  const near = folded.slice(Math.max(0, start - 12), start);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  const off = isOff && offBefore.test(before) && !thresholdBefore.test(before);
  if (off && !/^ ?(?:折|天|日|号|点|个|月|下|些|直|起|般|样)/.test(after) && !otherBefore.test(before.replace(offBefore, ''))) {
    const isTenth = /^ ?[毛角]/.test(after);
    return { offer: { reductionYuan: isTenth ? value / 10 : value, of: /每|单件|单个/.test(before) ? 'piece' : 'unsaid' } };
  }
  if (value < 1 || !isPriced) return undefined;
  const pieces = piecesBehind(after, measures);
  const rest = behindPostage === null ? pieces?.rest : after.slice(behindPostage[0].length);
  // 99包邮吗 may ask for the rule as well: only with more than the question behind it is it a price.
  if (behindPostage !== null && !deliveredAsked.test(rest!) && !namedBefore.test(before)) return undefined;
  const isAsked =
    behindPostage !== null ||
    askedAfter.test(after) ||
    (givenAfter.test(after) && !backBefore.test(before)) ||
    (pieces !== undefined && (askedLater.test(pieces.rest) || namedBefore.test(before) || mayBefore.test(before))) ||
    (bareAfter.test(after) && (namedBefore.test(before) || mayBefore.test(before)));
  if (!isAsked || thresholdBefore.test(before) || otherBefore.test(before) || otherAfter.test(after)) return undefined;
  const offer: Offer = { yuan: value, of: whole(folded, before, pieces?.count, measures) };
  const isBehind = behindPostage !== null || isDelivered(pieces?.rest);
  const inFront = deliveredBefore.exec(before);
  if (!isBehind && inFront === null) return { offer };
  if (spentBefore.test(before)) return undefined;
  return {
    offer: { ...offer, withPostage: true },
    delivered: { start: start - (inFront?.[0].length ?? 0), end: clauseEnd(folded, end) },
  };
}

/** 99元两件包邮可以吗; 99元两件包邮吗 may be read off a page. */
function isDelivered(rest = ''): boolean {
  const postage = delivered.exec(rest);
  return postage !== null && deliveredAsked.test(rest.slice(postage[0].length));
}

function clauseEnd(folded: string, from: number): number {
  const length = folded.slice(from).search(/[\s,，。.!！?？;；]/);
  return length === -1 ? folded.length : from + length;
}

// Nearly always the same as the last time.
let lastMeasures: readonly string[] | undefined;
let firstUnits: ReadonlySet<number> = new Set();

/** The measure word that a text starts with. Nearly all texts start with a unit that none starts with. */
export function measureAt(text: string, measures: readonly string[]): string | undefined {
  if (measures !== lastMeasures) {
    firstUnits = new Set(measures.map((one) => one.charCodeAt(0)));
    lastMeasures = measures;
  }
  return text !== '' && firstUnits.has(text.charCodeAt(0)) ? measures.find((one) => text.startsWith(one)) : undefined;
}

/** 50两个, 200买两件, 80一盒: the pieces named right behind a price. */
function piecesBehind(after: string, measures: readonly string[]) {
  const found = askedWithPieces.exec(after);
  if (found !== null) {
    const rest = after.slice(found[0].length);
    const measure = measureAt(rest, measures);
    if (measure !== undefined)
      return { count: /(?:^|[^\d十])(?:1|一) ?$/.test(found[0]) ? 1 : 2, rest: rest.slice(measure.length) };
  }
  const each = eachAfter.exec(after);
  const measure = each === null ? undefined : measures.find((one) => after.startsWith(one, each[0].length));
  return measure === undefined ? undefined : { count: 1, rest: after.slice(each![0].length + measure.length) };
}

/** Whether the price is meant for each piece or for all of them. */
function whole(folded: string, before: string, countBehind: number | undefined, measures: readonly string[]): Offer['of'] {
  if (allWords.test(folded)) return 'all';
  if (countBehind === 1 || eachWords.test(before)) return 'piece';
  if (countBehind !== undefined) return 'all';
  const counted = /(?:\d+|[二两俩三仨四五六七八九十]+) ?(.) ?(?:能|可以|能不能|给我|就|算|按|一起)? ?$/.exec(before);
  return counted !== null && measures.includes(counted[1]!) ? 'all' : 'unsaid';
}
