/** Facts of the sale: campaigns by the shop's own date, what several pieces come to, ways to pay, wholesale. */
import type { Clock } from './facts-clock.js';
import { weekWords } from './facts-hours.js';
import { dateWords, listWords, yuan } from './facts-words.js';
import type { Product, ShopParameters } from './parameters.js';

type Campaign = ShopParameters['campaigns'][number];

/** What depends on the parameters alone. */
export function saleFacts({ pricing, payment, wholesale, hours }: ShopParameters) {
  return {
    hours_words: weekWords(hours.weekly),
    coupons_where: pricing?.couponsWhere,
    coupons_stack: pricing?.couponsStack,
    gift_from_yuan: pricing?.giftFromYuan,
    first_order: pricing?.firstOrder,
    member: pricing?.member,
    price_protection_days: pricing?.priceProtectionDays,
    pay_methods: listWords(payment?.methods ?? []),
    order_closes_hours: payment?.closesAfterHours,
    wholesale_from: wholesale?.fromItems,
    wholesale_words: wholesale?.words,
  } as const;
}

const nothingOn = {
  campaigns: undefined as string | undefined,
  campaigns_some: undefined as string | undefined,
  campaign_ends: undefined as string | undefined,
  campaign_stacks: undefined as boolean | undefined,
  campaign_next: undefined as string | undefined,
  campaign_next_words: undefined as string | undefined,
  campaign_next_from: undefined as string | undefined,
  campaign_next_stacks: undefined as boolean | undefined,
  campaign_named: undefined as boolean | undefined,
};

/** As many as fit a short reply. */
const mostTold = 2;

/** Titles of products are told up to so many characters: with the campaign's own words they must fit a short reply. */
const mostScope = 24;

export interface CampaignsAsked {
  readonly text: string;
  /** Of the product meant; undefined: none of the list is. */
  readonly productId: string | undefined;
  readonly titleOf: (productId: string) => string | undefined;
}

/**
 * What runs on the shop's own day for what is asked, and what comes next. A campaign that is over is passed over as if it were
 * not there: next year's 双十一 is another one. Where the buyer names campaigns, only those count. One that is bound to
 * products holds for these alone; where none of them is meant it is told apart, with their titles.
 */
export function promotionFacts(all: readonly Campaign[], asked: CampaignsAsked, { today, year }: Clock) {
  if (all.length === 0) return nothingOn;
  const { text, productId } = asked;
  const alive = all.filter(({ to }) => to === undefined || today <= to);
  const said = text.toLowerCase();
  const named = alive.filter(({ name, aliases }) => [name, ...aliases].some((one) => said.includes(one.toLowerCase())));
  const meant = named.length > 0 ? named : alive;
  const now = meant.filter((one) => isRunning(one, today));
  const running = now.filter((one) => isFor(one, productId));
  const told = running.slice(0, mostTold);
  const some = now.filter((one) => !running.includes(one)).slice(0, mostTold);
  // Of what is to come the whole is told, with whom it is for, unless it passes the product meant by.
  const next = meant
    .filter((one) => one.from !== undefined && today < one.from && (productId === undefined || isFor(one, productId)))
    .reduce<Campaign | undefined>((first, one) => (first === undefined || one.from! < first.from! ? one : first), undefined);
  return {
    campaigns: listWords(told.map((one) => `${one.name}（${one.words}）`)),
    campaigns_some: listWords(some.map((one) => `${one.name}（${scopeWords(one, asked.titleOf)}：${one.words}）`)),
    campaign_ends: told.every(({ to }) => to !== undefined)
      ? listWords(told.map((one) => `${one.name}到${dateWords(one.to!, year)}`))
      : undefined,
    campaign_stacks: running.length === 0 ? undefined : sameOf(running.map(({ stacks }) => stacks)),
    campaign_next: next?.name,
    campaign_next_words:
      next === undefined || productId !== undefined || next.products.length === 0
        ? next?.words
        : `${next.words}（${scopeWords(next, asked.titleOf)}）`,
    campaign_next_from: next === undefined ? undefined : dateWords(next.from!, year),
    campaign_next_stacks: next?.stacks,
    campaign_named: named.length > 0,
  };
}

/** Whether any campaign runs on the day for the product, whatever the buyer names. @param productId undefined: none of the list */
export function isAnyRunning(all: readonly Campaign[], productId: string | undefined, today: string): boolean {
  return all.some((one) => isFor(one, productId) && isRunning(one, today));
}

function isFor({ products }: Campaign, productId: string | undefined): boolean {
  return products.length === 0 || (productId !== undefined && products.includes(productId));
}

/** 仅羊毛围巾、羊毛开衫 */
function scopeWords({ products }: Campaign, titleOf: CampaignsAsked['titleOf']): string {
  const titles = products.map((id) => titleOf(id) ?? id).join('、');
  return titles.length <= mostScope ? `仅${titles}` : '仅部分款式';
}

function isRunning({ from, to }: Campaign, today: string): boolean {
  return (from === undefined || from <= today) && (to === undefined || today <= to);
}

function sameOf(values: readonly (boolean | undefined)[]): boolean | undefined {
  return values.every((one) => one === values[0]) ? values[0] : undefined;
}

export interface Purchase {
  readonly product: Product | undefined;
  readonly quantity: number;
  /** Per piece, as it is told. */
  readonly priceYuan: number | undefined;
  /** Per piece, the lower of page and list: a threshold counts as reached only by it. */
  readonly surePriceYuan: number | undefined;
  /** A campaign may change the sum, so that what is to be paid is left to the pay page. */
  readonly isCampaignOn: boolean;
}

/** What the pieces asked come to, and the way to pay that is asked. */
export function purchaseFacts({ pricing, payment }: ShopParameters, text: string, purchase: Purchase) {
  const { product, quantity, priceYuan, surePriceYuan } = purchase;
  const total = priceYuan === undefined ? undefined : yuan(priceYuan * quantity);
  const sure = surePriceYuan === undefined ? undefined : surePriceYuan * quantity;
  const off = sure === undefined ? undefined : couponOff(pricing, sure);
  return {
    sum_named: sumNamed(pricing?.coupons ?? [], text),
    unit_state: unitState(product, text),
    total_yuan: total,
    coupon_off_yuan: off,
    pay_yuan: total === undefined || off === undefined || purchase.isCampaignOn ? undefined : yuan(total - off),
    ...payMethod(payment?.methods ?? [], text),
  } as const;
}

/** The best single coupon; where several may be used together the sum is the pay page's to tell. */
function couponOff(pricing: ShopParameters['pricing'], total: number): number | undefined {
  const reached = (pricing?.coupons ?? []).filter(({ fromYuan }) => fromYuan <= total).map(({ offYuan }) => offYuan);
  if (reached.length === 0 || (reached.length > 1 && pricing?.couponsStack !== false)) return undefined;
  return Math.max(...reached);
}

// 满300, 减五元, 20元的券: not the digits of an order number, nor how many pieces. A figure is read from its start
// alone: from each of its characters, a long one would cost its square.
const figure = '(\\d{1,5}|[一二两三四五六七八九十百千]+)';
const sum = new RegExp(
  `(?:满|减|够|抵|领|返)\\D{0,1}?(?<!\\d)${figure}(?!\\d|件|个|份|样|款|包|盒)|(?<![\\d一二两三四五六七八九十百千])${figure}(?=元|块|减|的?(?:券|优惠|红包))`,
  'g',
);

/** Whether the sums that the buyer names are those of the shop's coupons. */
function sumNamed(coupons: readonly { fromYuan: number; offYuan: number }[], text: string): 'none' | 'known' | 'unknown' {
  const named = [...text.matchAll(sum)].map((found) => yuanOf(found[1] ?? found[2] ?? ''));
  if (named.length === 0) return 'none';
  return named.every((one) => coupons.some(({ fromYuan, offYuan }) => one === fromYuan || one === offYuan)) ? 'known' : 'unknown';
}

/** 五 and 200; a longer Chinese figure is none of ours. */
function yuanOf(words: string): number {
  const small = '零一二三四五六七八九十'.indexOf(words.replace('两', '二'));
  return /^\d/.test(words) ? Number(words) : words.length === 1 ? small : Number.NaN;
}

// 件 and 个 fit whatever is sold by the piece; 斤, 盒, 包 … only what is sold so.
const measured =
  /(?:[一二两三四五六七八九十百几半每单\d])(公斤|千克|斤|克|kg|g|两|袋|包|盒|瓶|罐|箱|片|支|抽|颗|粒|提|米|卷|桶|张|套|双|条|对|打(?![折八九七底包]))/i;

/** Whether a price asked by a measure is the price of the product's one piece. */
function unitState(product: Product | undefined, text: string): 'none' | 'same' | 'other' {
  const asked = measured.exec(text)?.[1];
  if (asked === undefined) return 'none';
  return asked === product?.unit ? 'same' : 'other';
}

/** Ways to pay as buyers name them. */
const payWays = [
  '支付宝',
  '微信',
  '银行卡',
  '储蓄卡',
  '云闪付',
  '余额宝',
  '余额',
  '零钱',
  '网银',
  '银联',
  '现金',
  '支票',
  '对公',
  '礼品卡',
  '购物卡',
  '转账',
  '数字人民币',
];

/** Whether the words name a way to pay; 花呗 by its nicknames too: 蚂蚁花. */
export function namesWay(text: string, way: string): boolean {
  return text.includes(way) || (way === '花呗' && /花[呗唄贝被]|蚂蚁花|huabei/i.test(text));
}

function payMethod(methods: readonly string[], text: string) {
  const asked = [...payWays, '花呗'].filter((way) => namesWay(text, way));
  if (asked.length === 0) return { pay_method_asked: 'none', pay_method: undefined } as const;
  // 微信和支付宝都能付吗: one that is not offered is said not to be, and the yes to the other would pass over it.
  const isAll = asked.every((way) => methods.some((method) => method.includes(way)));
  const offered = isAll ? listWords(methods.filter((method) => asked.some((way) => method.includes(way)))) : undefined;
  return offered === undefined
    ? ({ pay_method_asked: 'not_offered', pay_method: undefined } as const)
    : ({ pay_method_asked: 'offered', pay_method: offered } as const);
}
