/** Places that are named and are not where the goods go: where they come from, where they lie, whom a bill is for, what is left out. */
import type { Stretch } from './taken-back.js';

/** Stands before the place that goods go to. */
export const whither = /[到寄往去]$|(?:发|送)(?:货)?$/;

/** How far the words beside a place are looked at. */
const unitsBefore = 10;
const unitsAfter = 20;

/** @param place a place, or several named together */
export function isElsewhere(folded: string, { start, end }: Stretch): boolean {
  const before = folded.slice(Math.max(0, start - unitsBefore), start);
  const after = folded.slice(end, end + unitsAfter);
  if (leftOut.test(before) || returned.test(before) || exception.test(after)) return true;
  if (arrived.test(before) && /^(?:市|那边)?[了啦]/.test(after)) return true;
  if (whither.test(before)) return false;
  if (origin.test(before) || made.test(after) || company.test(after) || title.test(before)) return true;
  if (shopThere.test(after) || (/在$/.test(before) && /^(?:这边|那边|市)?买[的过]/.test(after))) return true;
  if (lying.test(before) && !/我们?(?:人|现在|还|一直|都|就){0,2}在$/.test(before)) return true;
  return sentFrom.test(after) || (/[从自由]$/.test(before) && sent.test(after)) || (isIt.test(before) && sentFromIt.test(after));
}

/** 除了新疆都包邮吗, 不是新疆, 我不在北京; 是不是新疆不包邮 asks of it. */
const leftOut = /除(?:了|开|去)?$|(?<!是)不是(?:要|想)?(?:往|[寄发送]?到?)$|(?<!在)不在$|离开$/;
const exception = /^(?:省|市)?(?:除外|以外|之外)/;
const returned = /退(?:货|款|回|换)?(?:给|寄|发|送|到|去|往|回){0,2}$|退货?地址(?:就)?(?:是|在)?$/;

/** Where goods come from or are made: 产地是内蒙古吗, 你们在上海吗, 是新疆棉吗, 桐乡产的. */
const origin =
  /(?:产地|原产|发货地址?)(?:都|就)?(?:是不是|是否|是|在)?$|(?:仓库?|厂家?|[你您]们?|[你您]家|(?<![酒饭])店铺?|店家|卖家|(?<![收到])货)(?:都|就)?(?:是不是|是否|是|在)$/;
const made =
  /^(?:市|省)?(?:本地|当地)?(?:的)?(?:(?:生)?产(?!品)|制造|做的|织的|加工|货[吗么吧]?$|(?:长绒)?棉(?!衣|袄|服|被|裤|鞋|拖|帽|袜|花糖)|羊绒|羊毛|驼绒|驼毛|特产|(?:大|红|灰)?枣|核桃|瓜|葡萄|火腿|奶茶|茶(?![具几杯壶])|烤鸭|板鸭|麻花|螺蛳粉|拉面|牛肉|羊肉|木耳|枸杞|大米)/;
const sent = /^(?:市|省)?(?:那边|这边|仓库?|总?部|本?地)?(?:直接|直)?(?:发|寄出|寄过来|出货|出发|走货|过来|来)/;
/** 是北京发货吗; but 我是新疆发什么快递 and 如果是新疆发货要几天 ask of the way there. */
const isIt = /(?<![我果要])是$/;
const sentFromIt =
  /^(?:市|省)?(?:那边|这边)?(?:直接|直)?(?:发货(?!到|去|要|得|几|多)|发的|发出|寄出|寄的|出货|发(?:吗|么|过来|$))/;
/** 北京发出的, 广州仓发吗. 新疆能发货吗 and 新疆发吗 ask whether it goes there, and 新疆发货吗 may. */
const sentFrom =
  /^市?(?:那边|这边|那里)?(?:有?没?有?仓|(?:直接)?(?:(?:发出|发的货?|寄出|寄的)的?(?:[吗么嘛吧呢呀啊不]|对|是[吗吧]|还是|$)|发货(?:的(?:[吗么嘛吧呢呀啊]|$)|对|是[吗吧]|还是)))/;
/** 上海专柜有吗, 隔壁北京店才150; who asks whether there is a shop in 上海 is there. */
const shopThere = /^市?(?:那边|这边)?的?(?:专柜|专卖|实体店|门店|分店|体验店|线下|商场|店)/;

/** Whom an invoice is for: 品诚塑胶科技上海有限公司. */
const company =
  /^[^\s,，。;；:：]{0,14}?(?:(?:有限|责任|股份|集团|科技|贸易|商贸|实业|服饰|分)公司|研究所|事务所|支行|分行|营业部)/;
const title = /(?:抬头|税号|开户行|单位名称|公司名称)(?:是|写|开|:|：)?\s?$/;

/** Where a parcel is: 还在上海, 物流显示在嘉兴, 都到武汉了. */
const lying = /(?:还|又|一直|卡|停|停留|滞留|积压|显示|物流|快递|包裹|件)(?:还|就|一直|停留?|卡|滞留|显示|是|都){0,2}在$/;
const arrived = /(?:已经?|都|早就?|刚|才|显示)到$/;
