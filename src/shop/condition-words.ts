/** What a reply asks of the facts, in words for owners: 寄到的地区 是 不寄送. */
import type { Condition } from '../composing/facts.js';
import type { FactDoc } from './facts-docs.js';
import { factDocs } from './facts-docs.js';

export interface InWords {
  readonly zh: string;
  readonly en: string;
}

/** Values that facts name by a code; the others are words already. */
const values: Readonly<Record<string, string>> = {
  none: '没有提到',
  known: '知道',
  unknown: '不知道',
  same: '一致',
  other: '不一致',
  in: '有货',
  low: '所剩不多',
  out: '缺货',
  yes: '是',
  no: '否',
  enough: '够',
  unclear: '说不准',
  not_made: '没有这一款',
  ask_both: '要问身高体重',
  ask_height: '要问身高',
  ask_weight: '要问体重',
  one: '正好一个',
  between: '两个之间',
  outside: '都不合适',
  not_served: '寄不到',
  unknown_fee: '运费未填',
  unread: '没看懂',
  served: '寄得到',
  offered: '有',
  not_offered: '没有',
  not_there: '那边不到',
  note: '下单备注',
  both: '周六周日都发',
  saturday: '只有周六发',
  sunday: '只有周日发',
  close: '很赶',
  likely: '来得及',
  fixed: '一口价',
  tiered: '可分级让价',
  by_pieces: '按件数',
  steps: '按轮次',
  price: '让价',
  gift: '送东西',
  postage: '免运费',
  generous: '不再坚持',
  probing: '试探',
  insistent: '坚持',
  perks: '说现有优惠',
  concede: '让一步',
  accept: '接受出价',
  beyond: '超出权限',
  hold: '婉转重申',
  bot: '机器人',
  agent: '客服',
  lead: '主管',
  nobody: '谁都不行',
  order_page: '退货页面',
  reached: '达到',
  below: '没达到',
  not_for_item: '这款不行',
  no_such_period: '没有这个期数',
  in_term: '在期限内',
  past_term: '超过期限',
  shop: '全店',
  item: '这款商品',
  region: '收货地区',
  fault: '质量问题',
  parcel: '发错、少发、没收到、用过',
  order: '迟迟不到',
  undone: '取消、拒收',
  return: '正在退换',
  repair: '要修',
  cheaper: '降价退差',
  complaint: '投诉',
};

/** A fact as owners call it; a shop's own by its name. */
export function factTitle(name: string): InWords {
  const doc = (factDocs as Readonly<Record<string, FactDoc>>)[name];
  const own = name.replace(/^extra_/, '');
  return doc?.title ?? { zh: own, en: own };
}

/**
 * What owners read of the words that a fact may be (`stock`: `out`, 缺货); undefined: it has no such words.
 * @param sides of the topic (`facet`), by id
 */
export function choicesOf(
  name: string,
  sides: Readonly<Record<string, InWords>> = {},
): Readonly<Record<string, InWords>> | undefined {
  if (name === 'facet') return Object.keys(sides).length === 0 ? undefined : sides;
  const coded = (factDocs as Readonly<Record<string, FactDoc>>)[name]?.values?.filter((value) => typeof value === 'string') ?? [];
  if (coded.length === 0) return undefined;
  return Object.fromEntries(coded.map((value) => [value, { zh: values[value] ?? value, en: value.replaceAll('_', ' ') }]));
}

/** The parameter that a fact rests on; `message.…`: what only the turn gives. */
export function parameterOf(fact: string): string {
  return (factDocs as Readonly<Record<string, FactDoc>>)[fact]?.from ?? `extra.${fact.replace(/^extra_/, '')}`;
}

/**
 * One condition of a reply.
 * @param sides what each side of the topic (`facet`) is called; one without goes by what buyers ask of it
 * @param questions the same in buyers' own words; one without goes by its id
 */
export function conditionWords(
  name: string,
  condition: Condition,
  questions: ReadonlyMap<string, string>,
  sides: Readonly<Record<string, InWords>> = {},
): InWords {
  const title = factTitle(name);
  const isYesNo = (factDocs as Readonly<Record<string, FactDoc>>)[name]?.values?.includes(true) === true;
  if (condition === true)
    return isYesNo ? both(title, '：是', ': yes') : { zh: `有「${title.zh}」`, en: `${title.en}: there is one` };
  if (condition === false)
    return isYesNo ? both(title, '：否', ': no') : { zh: `没有「${title.zh}」`, en: `${title.en}: there is none` };
  const wanted = (typeof condition === 'object' ? condition : [condition]).map(String);
  if (name === 'facet') {
    const asked = (value: string, language: 'zh' | 'en') => {
      const side = sides[value]?.[language] ?? questions.get(value) ?? value.replaceAll('_', ' ');
      return language === 'zh' ? `「${side}」` : `“${side}”`;
    };
    const zh = wanted.map((value) => asked(value, 'zh')).join(' 或 ');
    return both(title, `：${zh}`, `: ${wanted.map((value) => asked(value, 'en')).join(' or ')}`);
  }
  const zh = wanted.map((value) => values[value] ?? value).join(' 或 ');
  return both(title, `：${zh}`, `: ${wanted.map((value) => value.replaceAll('_', ' ')).join(' or ')}`);
}

function both(title: InWords, zh: string, en: string): InWords {
  return { zh: `${title.zh}${zh}`, en: `${title.en}${en}` };
}
