/** Campaigns by the shop's own day, sums of several pieces, ways to pay: never more than the shop has set. */
import { describe, expect, it } from 'vitest';
import type { Item, Slots } from '../../src/conversation.js';
import { facts } from '../../src/shop/facts.js';
import { weekWords } from '../../src/shop/facts-hours.js';
import type { ShopParameters } from '../../src/shop/parameters.js';
import { at, demo, demoWith, page, understood } from '../composing/demo.js';

interface Turn {
  readonly text?: string;
  readonly slots?: Slots;
  readonly item?: Item;
  readonly shop?: ShopParameters;
  readonly now?: number;
}

function known({ text = '', slots = {}, item, shop = demo, now = at() }: Turn = {}) {
  return facts({ parameters: shop, understanding: understood([], slots, text), item, now, opening: '明早9点' });
}

const day = (date: string, clock = '12:00') => Date.parse(`${date}T${clock}:00+08:00`);
const sale = {
  name: '双十一',
  aliases: ['双11'],
  from: '2026-11-01',
  to: '2026-11-11',
  words: '两件九折',
  stacks: false,
  products: [],
};
const winter = {
  name: '冬季上新',
  aliases: [],
  from: '2026-11-10',
  to: '2026-12-01',
  words: '开衫九五折',
  stacks: false,
  products: [],
};
const always = { name: '周周新', aliases: [], words: '新款九五折', products: [] };
const campaigning = (...campaigns: ShopParameters['campaigns']) =>
  demoWith((shop) => {
    shop.campaigns = campaigns;
  });

describe('campaigns', () => {
  it.each<[string, ShopParameters['campaigns'], number, string, Record<string, unknown>]>([
    [
      'before it',
      [sale],
      day('2026-10-31', '23:59'),
      '',
      { campaigns: undefined, campaign_next: '双十一', campaign_next_from: '11月1日' },
    ],
    [
      'from its first minute',
      [sale],
      day('2026-11-01', '00:00'),
      '',
      { campaigns: '双十一（两件九折）', campaign_ends: '双十一到11月11日' },
    ],
    ['to its last minute', [sale], day('2026-11-11', '23:59'), '', { campaigns: '双十一（两件九折）', campaign_next: undefined }],
    [
      'never once it is over',
      [sale],
      day('2026-11-12', '00:00'),
      '双十一有活动吗',
      { campaigns: undefined, campaign_next: undefined, campaign_named: false },
    ],
    [
      'two at once',
      [sale, winter],
      day('2026-11-10'),
      '',
      {
        campaigns: '双十一（两件九折）、冬季上新（开衫九五折）',
        campaign_ends: '双十一到11月11日、冬季上新到12月1日',
        campaign_stacks: false,
      },
    ],
    [
      'the one that is named',
      [sale, winter],
      day('2026-11-10'),
      '双11是什么活动',
      { campaigns: '双十一（两件九折）', campaign_named: true },
    ],
    [
      'the nearest of those to come',
      [winter, sale],
      day('2026-10-01'),
      '',
      { campaign_next: '双十一', campaign_next_words: '两件九折' },
    ],
    [
      'without an end',
      [always],
      day('2031-01-01'),
      '',
      { campaigns: '周周新（新款九五折）', campaign_ends: undefined, campaign_stacks: undefined },
    ],
    ['none set', [], day('2026-11-10'), '双十一有活动吗', { campaigns: undefined, campaign_named: undefined }],
  ])('%s', (_, campaigns, now, text, expected) => {
    expect(known({ shop: campaigning(...campaigns), now, text })).toMatchObject(expected);
  });

  describe('bound to products', () => {
    const scarves = { ...sale, products: ['wool-scarf', 'neck-warmer'] };
    const scope = '双十一（仅羊毛素色围巾、针织围脖：两件九折）';
    const now = day('2026-11-05');
    it.each<[string, Turn, Record<string, unknown>]>([
      ['hold for these', { item: page('wool-scarf') }, { campaigns: '双十一（两件九折）', campaigns_some: undefined }],
      ['and for one named in words', { text: '围脖有活动吗' }, { campaigns: '双十一（两件九折）' }],
      [
        'not for others',
        { item: page('wool-cardigan') },
        { campaigns: undefined, campaign_ends: undefined, campaigns_some: scope },
      ],
      [
        'not for what the list does not have',
        { item: { id: 'elsewhere', title: '发带' } },
        { campaigns: undefined, campaigns_some: scope },
      ],
      ['are told with their products where none is meant', {}, { campaigns: undefined, campaigns_some: scope }],
      [
        'are known by name though they pass the product by',
        { item: page('wool-cardigan'), text: '双11有活动吗' },
        { campaign_named: true, campaigns: undefined, campaigns_some: scope },
      ],
      [
        'leave the sum of others as it is',
        { item: page('wool-cardigan'), slots: { quantity: 2 } },
        { total_yuan: 336, pay_yuan: 331 },
      ],
      ['and theirs to the pay page', { item: page('wool-scarf'), slots: { quantity: 3 } }, { pay_yuan: undefined }],
    ])('%s', (_, turn, expected) => {
      expect(known({ shop: campaigning(scarves), now, ...turn })).toMatchObject(expected);
    });

    it('stand beside those of the whole shop', () => {
      expect(known({ shop: campaigning({ ...always, name: '周周新' }, scarves), now })).toMatchObject({
        campaigns: '周周新（新款九五折）',
        campaigns_some: scope,
      });
    });

    it('are told before they begin to those alone whom they are for', () => {
      const shop = campaigning(scarves);
      const before = { shop, now: day('2026-10-20') };
      expect(known({ ...before, item: page('wool-cardigan') }).campaign_next).toBeUndefined();
      expect(known({ ...before, item: page('wool-scarf') }).campaign_next_words).toBe('两件九折');
      expect(known(before).campaign_next_words).toBe('两件九折（仅羊毛素色围巾、针织围脖）');
    });

    it('are of some goods where their titles are too long for a short reply', () => {
      const many = { ...sale, products: demo.products.map(({ id }) => id) };
      expect(known({ shop: campaigning(many), now }).campaigns_some).toBe('双十一（仅部分款式：两件九折）');
    });
  });

  it('count by the zone of the shop', () => {
    const shop = demoWith((draft) => {
      draft.timeZone = 'America/Los_Angeles';
      draft.campaigns = [sale];
    });
    expect(known({ shop, now: day('2026-11-01', '12:00') }).campaigns).toBeUndefined();
    expect(known({ shop, now: day('2026-11-01', '16:00') }).campaigns).toBe('双十一（两件九折）');
  });
});

describe('a sum', () => {
  it.each<[string, Turn, Record<string, unknown>]>([
    ['below the coupon', { item: page('wool-cardigan') }, { total_yuan: 168, coupon_off_yuan: undefined, pay_yuan: undefined }],
    [
      'with the coupon',
      { item: page('wool-cardigan'), slots: { quantity: 2 } },
      { total_yuan: 336, coupon_off_yuan: 5, pay_yuan: 331 },
    ],
    ['of a product named', { text: '开衫三件多少钱', slots: { quantity: 3 } }, { total_yuan: 504, pay_yuan: 499 }],
    [
      'at the price of the page, the threshold by the lower one',
      { item: { ...page('wool-cardigan'), priceYuan: 205 } },
      { total_yuan: 205, pay_yuan: undefined },
    ],
    ['of no product', { slots: { quantity: 2 } }, { total_yuan: undefined, pay_yuan: undefined }],
    [
      'of several products at once',
      { text: '开衫和围脖一共多少钱' },
      { item_title: undefined, total_yuan: undefined, items_named: true },
    ],
    ['by the pound', { text: '这个一斤多少钱', item: page('wool-cardigan') }, { unit_state: 'other' }],
    ['by the piece', { text: '一件多少钱', item: page('wool-cardigan') }, { unit_state: 'none' }],
  ])('%s', (_, turn, expected) => {
    expect(known(turn)).toMatchObject(expected);
  });

  it('is left to the pay page while a campaign runs', () => {
    const shop = campaigning(sale);
    const turn = { shop, item: page('wool-cardigan'), slots: { quantity: 2 } };
    expect(known({ ...turn, now: day('2026-11-05') }).pay_yuan).toBeUndefined();
    expect(known({ ...turn, now: day('2026-11-20') }).pay_yuan).toBe(331);
  });

  it('takes one of several coupons only where they do not stack', () => {
    const withCoupons = (couponsStack?: boolean) =>
      demoWith((shop) => {
        shop.pricing = {
          ...shop.pricing!,
          coupons: [
            { fromYuan: 100, offYuan: 3 },
            { fromYuan: 300, offYuan: 12 },
          ],
          couponsStack,
        };
      });
    const turn = { item: page('wool-cardigan'), slots: { quantity: 2 } };
    expect(known({ ...turn, shop: withCoupons(false) }).pay_yuan).toBe(324);
    expect(known({ ...turn, shop: withCoupons(true) }).pay_yuan).toBeUndefined();
    expect(known({ ...turn, shop: withCoupons() }).pay_yuan).toBeUndefined();
  });

  it('by the measure that the product is sold in', () => {
    const shop = demoWith((draft) => {
      draft.products[0]!.unit = '盒';
    });
    expect(known({ shop, text: '两盒多少钱', item: page(shop.products[0]!.id) }).unit_state).toBe('same');
  });

  it.each([
    ['满200减多少', 'known'],
    ['怎么领五元券', 'known'],
    ['满300能减65吗', 'unknown'],
    ['20元的券在哪领', 'unknown'],
    ['买两件有优惠吗', 'none'],
    ['301122334455有活动吗', 'none'],
  ])('%s names %s sums', (text, expected) => {
    expect(known({ text }).sum_named).toBe(expected);
  });
});

describe('ways to pay', () => {
  it.each([
    ['可以用支付宝吗', 'offered', '支付宝'],
    ['银行卡能付吗', 'offered', '银行卡'],
    ['可以用微信吗', 'not_offered', undefined],
    ['怎么付款', 'none', undefined],
  ])('%s', (text, pay_method_asked, pay_method) => {
    expect(known({ text })).toMatchObject({ pay_method_asked, pay_method, pay_methods: '支付宝、银行卡、花呗' });
  });
});

describe('the hours of the week in words', () => {
  const same = (ranges: string[]) => ({
    mon: ranges,
    tue: ranges,
    wed: ranges,
    thu: ranges,
    fri: ranges,
    sat: ranges,
    sun: ranges,
  });
  const office = same(['09:00-18:00']);
  it.each<[string, ShopParameters['hours']['weekly'], string | undefined]>([
    ['every day', office, '每天09:00-18:00'],
    ['closed at the weekend', { ...office, sat: [], sun: [] }, '周一至周五09:00-18:00，周六、周日休息'],
    ['days apart', { ...office, tue: [], thu: [] }, '周一、周三、周五、周六、周日09:00-18:00，周二、周四休息'],
    ['past midnight', same(['18:00-02:00']), '每天18:00-次日02:00'],
    ['all day', same(['00:00-24:00']), '每天全天'],
    ['a lunch break', { ...same(['09:00-12:00', '13:30-22:00']), sun: [] }, '周一至周六09:00-12:00、13:30-22:00，周日休息'],
    ['never', same([]), undefined],
    [
      'too many kinds of days',
      { ...office, mon: ['08:00-10:00'], tue: ['08:00-11:00'], wed: ['08:00-12:00'], thu: ['08:00-13:00'] },
      undefined,
    ],
  ])('%s', (_, weekly, expected) => {
    expect(weekWords(weekly)).toBe(expected);
  });
});
