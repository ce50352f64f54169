import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item, Order, Slots } from '../../src/conversation.js';
import { factDocs, facts, possibleFacts } from '../../src/shop/facts.js';
import { type ShopParameters, shopSchema } from '../../src/shop/parameters.js';
import { at, demo, demoWith, page, understood } from '../composing/demo.js';

interface Turn {
  readonly slots?: Slots;
  readonly text?: string;
  readonly item?: Item;
  readonly order?: Order;
  readonly shop?: ShopParameters;
  readonly now?: number;
  readonly opening?: string;
}

function known({ slots = {}, text = '', item, order, shop = demo, now = at(), opening = '明早9点' }: Turn = {}) {
  return facts({ parameters: shop, understanding: understood([], slots, text), item, order, now, opening });
}

const region = (province: string, city?: string): Slots => ({ region: city === undefined ? { province } : { province, city } });

/** A shop with nothing set but what must be. */
const bare = shopSchema.parse({
  id: 'bare',
  name: '空店',
  timeZone: 'Asia/Shanghai',
  hours: { weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } },
});

describe('postage', () => {
  it.each<[string, Slots, Record<string, unknown>]>([
    ['no region asked', {}, { region: undefined, region_state: 'none', fee_yuan: undefined, free_here: undefined }],
    [
      '克拉玛依',
      region('新疆', '克拉玛依'),
      { region: '克拉玛依', region_state: 'known', fee_yuan: 18, free_here: false, couriers: '邮政' },
    ],
    ['西藏', region('西藏'), { region: '西藏', region_state: 'known', fee_yuan: 18, free_here: false }],
    [
      '上海',
      region('上海'),
      { region: '上海', region_state: 'known', fee_yuan: 8, free_here: true, couriers: '中通、圆通、邮政' },
    ],
    ['海南三亚', region('海南', '三亚'), { region: '三亚', fee_yuan: 10, free_here: true, couriers: '邮政' }],
    ['成都', region('四川', '成都'), { region: '成都', fee_yuan: 12, free_here: true }],
    ['哈尔滨', region('黑龙江', '哈尔滨'), { fee_yuan: 15, free_here: true, couriers: '邮政' }],
    ['兰州', region('甘肃', '兰州'), { fee_yuan: 15, couriers: '中通、圆通、邮政' }],
    ['台湾', region('台湾'), { region_state: 'unknown_fee', fee_yuan: undefined, free_here: false, couriers: 'EMS' }],
    ['海外', region('海外'), { region_state: 'not_served', fee_yuan: undefined, free_here: false, couriers: undefined }],
    ['not in the table', region('月球'), { region_state: 'unknown_fee', fee_yuan: undefined }],
  ])('%s', (_, slots, expected) => {
    expect(known({ slots })).toMatchObject(expected);
  });

  it('takes the row of a city before that of its province', () => {
    const shop = demoWith((draft) => {
      draft.shipping!.table.push({ regions: ['新疆/克拉玛依'], firstKgYuan: 25, couriers: [] });
      draft.shipping!.notServed.push('新疆/喀什');
    });
    expect(known({ shop, slots: region('新疆', '克拉玛依') }).fee_yuan).toBe(25);
    expect(known({ shop, slots: region('新疆', '伊犁') }).fee_yuan).toBe(18);
    expect(known({ shop, slots: region('新疆', '喀什') }).region_state).toBe('not_served');
  });

  it('words the free-shipping rule with its exclusions in the same breath', () => {
    expect(known()).toMatchObject({
      free_rule: '满95元或满2件包邮（西藏、新疆、港澳台、海外除外）',
      free_excluded: '西藏、新疆、港澳台、海外',
      free_from_yuan: 95,
      free_from_items: 2,
      fee_lowest_yuan: 8,
      fee_highest_yuan: 18,
      surcharges: '顺丰加15元',
    });
  });

  it.each<[string, Turn, boolean | undefined]>([
    ['nothing is known', {}, false],
    ['two of anything', { slots: { quantity: 2 } }, true],
    ['one of 168 yuan', { item: page('wool-cardigan') }, true],
    ['one of 59 yuan', { item: page('wool-beanie') }, false],
    ['one whose page is cheaper than the list', { item: { ...page('wool-cardigan'), priceYuan: 90 } }, false],
    ['one whose page is dearer than the list', { item: { ...page('wool-beanie'), priceYuan: 99 } }, false],
  ])('the threshold is reached by: %s', (_, turn, expected) => {
    expect(known(turn).free_reached).toBe(expected);
  });

  it.each<[string, Slots, number | undefined]>([
    ['no weight', region('四川'), undefined],
    ['up to 1 kg', { ...region('四川'), weightKg: 0.8 }, 12],
    ['2.5 kg is 1 + 2 begun', { ...region('四川'), weightKg: 2.5 }, 22],
    ['3 kg', { ...region('四川'), weightKg: 3 }, 22],
  ])('the fee of a weight: %s', (_, slots, expected) => {
    const shop = demoWith((draft) => {
      for (const row of draft.shipping!.table) row.nextKgYuan = 5;
    });
    expect(known({ shop, slots }).fee_total_yuan).toBe(expected);
  });

  it('tells no fee of a weight where further kilograms have none', () => {
    expect(known({ slots: { ...region('四川'), weightKg: 3 } }).fee_total_yuan).toBeUndefined();
  });

  it.each<[string, Slots, string, number | undefined]>([
    ['none asked', {}, 'none', undefined],
    ['顺丰', { courier: '顺丰' }, 'offered', 15],
    ['中通', { courier: '中通' }, 'offered', undefined],
    ['德邦, which the shop has not', { courier: '德邦' }, 'not_offered', undefined],
    ['顺丰 where one courier goes', { courier: '顺丰', ...region('宁夏') }, 'not_there', undefined],
    ['邮政 where it goes', { courier: '邮政', ...region('宁夏') }, 'offered', undefined],
    ['EMS where it goes', { courier: 'EMS', ...region('香港') }, 'offered', undefined],
    ['EMS to nowhere named', { courier: 'EMS' }, 'unknown', undefined],
  ])('courier: %s', (_, slots, state, surcharge) => {
    expect(known({ slots })).toMatchObject({ courier_state: state, surcharge_yuan: surcharge });
  });
});

describe('the product meant', () => {
  it.each<[string, Turn, string | undefined, boolean]>([
    ['the page', { item: page('wool-cardigan'), text: '这个还有吗' }, '羊毛圆领开衫', true],
    ['the page, named by what it shares', { item: page('wool-scarf'), text: '围巾还有吗' }, '羊毛素色围巾', true],
    ['another one, plainly named', { item: page('wool-cardigan'), text: '贝雷帽还有吗' }, '羊毛贝雷帽', true],
    [
      'none, where the name is shared and another page open',
      { item: page('wool-cardigan'), text: '围巾还有吗' },
      undefined,
      false,
    ],
    ['the longest name', { text: '有没有羊毛开衫' }, '羊毛圆领开衫', true],
    ['none, where the name is shared', { text: '帽子有吗' }, undefined, false],
    ['none', { text: '在吗' }, undefined, false],
    [
      'a page that the list does not have',
      { item: { id: 'x', title: '新款针织帽', priceYuan: 88 }, text: '针织帽有吗' },
      '新款针织帽',
      false,
    ],
  ])('is %s', (_, turn, title, listed) => {
    expect(known(turn)).toMatchObject({ item_title: title, item_listed: listed });
  });

  it('costs what its page shows now, else what the list says', () => {
    expect(known({ item: page('wool-beanie') }).price_yuan).toBe(59);
    expect(known({ item: { ...page('wool-beanie'), priceYuan: 49.9 } }).price_yuan).toBe(49.9);
  });
});

describe('stock', () => {
  const cardigan = page('wool-cardigan');
  it.each<[string, Turn, Record<string, unknown>]>([
    [
      'of the whole product',
      { item: cardigan },
      { stock: 'in', stock_count: 68, variant_state: 'none', colours_in_stock: '燕麦色、雾蓝、炭灰', sizes_in_stock: undefined },
    ],
    [
      'of a colour and size',
      { item: cardigan, slots: { colour: '燕麦', size: 'm码' } },
      { stock: 'in', stock_count: 12, variant: '燕麦色M码', variant_state: 'known' },
    ],
    [
      'of a general colour',
      { item: cardigan, slots: { colour: '蓝色' } },
      { stock: 'in', colour: '雾蓝', sizes_in_stock: 'S码、M码' },
    ],
    [
      'sold out, restocked, other colours there',
      { item: cardigan, slots: { colour: '雾蓝', size: 'L' } },
      { stock: 'out', variant: '雾蓝L码', restock: '2027年3月8日', choices: '燕麦色、炭灰' },
    ],
    [
      'in a colour that is not made',
      { item: cardigan, slots: { colour: '粉色' } },
      { stock: 'unknown', variant_state: 'not_made', choices: '燕麦色、雾蓝、炭灰' },
    ],
    [
      'in a size that is not made',
      { item: cardigan, slots: { size: 'XXL' } },
      { variant_state: 'not_made', choices: 'S码、M码、L码' },
    ],
    ['deep blue is not fog blue', { item: cardigan, slots: { colour: '深雾蓝' } }, { variant_state: 'not_made' }],
    [
      'in a size of what has none',
      { item: page('wool-scarf'), slots: { size: 'M' } },
      { stock: 'unknown', variant_state: 'unknown' },
    ],
    ['low', { item: page('cable-sweater') }, { stock: 'low', stock_count: 3, enough: 'yes' }],
    ['low and not enough', { item: page('cable-sweater'), slots: { quantity: 4 } }, { stock: 'low', enough: 'no' }],
    ['many, but of no single variant', { item: page('cable-sweater'), slots: { quantity: 3 } }, { enough: 'unclear' }],
    [
      'out, with alternatives that are there',
      { item: page('cashmere-scarf') },
      {
        stock: 'out',
        restock: '2027年3月8日',
        alternatives: '羊毛素色围巾、针织围脖',
        alternative_1: '羊毛素色围巾',
        alternative_2: '针织围脖',
      },
    ],
    [
      'out, with one alternative',
      { item: page('wool-beret') },
      { stock: 'out', restock: undefined, alternatives: '羊毛针织帽', alternative_2: undefined },
    ],
    ['of no product', {}, { stock: 'unknown', variant_state: 'none', alternatives: undefined }],
    ['of a page that the list does not have', { item: { id: 'x', title: '新款' } }, { stock: 'unknown' }],
  ])('%s', (_, turn, expected) => {
    expect(known(turn)).toMatchObject(expected);
  });

  it('offers no alternative that is out of stock, unknown, or the product itself', () => {
    const shop = demoWith((draft) => {
      draft.products[2]!.alternatives = ['cashmere-scarf', 'wool-beret', 'nowhere', 'wool-scarf', 'neck-warmer'];
      draft.products[3]!.asOf = '2026-01-01T00:00:00+08:00';
    });
    expect(known({ shop, item: page('cashmere-scarf') }).alternatives).toBe('针织围脖');
  });

  it('is unknown once it is older than the shop trusts', () => {
    const shop = demoWith((draft) => {
      draft.products[0]!.asOf = '2026-09-28T12:00:00+08:00';
    });
    expect(known({ shop, item: cardigan, now: at('11:00') }).stock).toBe('in');
    const later = at('12:00') + 25 * 3_600_000;
    expect(known({ shop, item: cardigan, now: later })).toMatchObject({
      stock: 'unknown',
      stock_count: undefined,
      alternatives: expect.any(String),
    });
  });

  it('forgets a restock day that has gone by, and names the year only where it is another', () => {
    const item = page('cashmere-scarf');
    expect(known({ item, now: Date.parse('2027-03-01T10:00:00+08:00') }).restock).toBe('3月8日');
    expect(known({ item, now: Date.parse('2027-03-08T23:59:00+08:00') }).restock).toBe('3月8日');
    expect(known({ item, now: Date.parse('2027-03-09T00:01:00+08:00') }).restock).toBe('3月15日');
    expect(known({ item, now: Date.parse('2027-04-01T10:00:00+08:00') }).restock).toBeUndefined();
  });

  it('names those of several colours meant that are there', () => {
    const shop = demoWith((draft) => {
      draft.products[3]!.variants.push({ colour: '奶白', stock: 0 });
    });
    expect(known({ shop, item: page('wool-scarf'), slots: { colour: '白色' } })).toMatchObject({ stock: 'in', variant: '米白' });
  });

  it('suggests a cheaper product that is there', () => {
    expect(known({ item: page('cable-sweater') })).toMatchObject({ cheaper_item: '羊毛圆领开衫', cheaper_price_yuan: 168 });
    expect(known({ item: page('neck-warmer') }).cheaper_item).toBeUndefined();
  });
});

describe('dispatch', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['before the cut-off', '15:59', { before_cut_off: true, ship_day: '今天' }],
    ['at the cut-off', '16:00', { before_cut_off: false, ship_day: '明天' }],
    ['after midnight', '00:10', { before_cut_off: true, ship_day: '今天' }],
  ])('%s', (_, clock, expected) => {
    expect(known({ now: at(clock) })).toMatchObject({
      cut_off: '16:00',
      days: '2-3',
      days_from: 2,
      days_to: 3,
      tracking_hours: 24,
      ...expected,
    });
  });

  it('goes by the clock of the shop', () => {
    const shop = demoWith((draft) => {
      draft.timeZone = 'America/New_York';
    });
    expect(known({ now: at('18:00') }).before_cut_off).toBe(false);
    expect(known({ shop, now: at('18:00') }).before_cut_off).toBe(true);
  });

  it('leaves on the days on which parcels leave', () => {
    const shop = demoWith((draft) => {
      draft.dispatch!.shipsOn = ['mon', 'thu'];
    });
    expect(known({ shop, now: at('10:00') }).ship_day).toBe('后天');
    expect(known({ shop, now: at('10:00') + 2 * 86_400_000 }).ship_day).toBe('今天');
    expect(known({ shop, now: at('17:00') + 2 * 86_400_000 }).ship_day).toBe('下周一');
  });

  it('takes longer to far regions', () => {
    expect(known({ slots: region('新疆', '喀什') }).days).toBe('4-7');
  });

  it('words the day that the buyer asks about', () => {
    expect(known({ slots: { date: '2026-10-05' } }).asked_date).toBe('10月5日');
    expect(known({ slots: { date: '2026-09-30' } }).asked_date).toBe('明天');
  });
});

describe('policies', () => {
  it.each<[string, Turn, Record<string, unknown>]>([
    [
      'returns of a product',
      { item: page('wool-cardigan') },
      { no_reason_ok: true, return_days: 7, insurance: true, return_postage: '由您承担' },
    ],
    ['returns of an exception', { item: page('cotton-top') }, { no_reason_ok: false }],
    [
      'returns of no product, where they differ',
      {},
      { no_reason_ok: undefined, fault_postage: '由店里承担', exchange_postage: '来回各承担一程' },
    ],
    [
      'instalments reached',
      { item: page('double-face-coat') },
      { instalment_state: 'reached', periods: '3、6、12', instalment_services: '花呗' },
    ],
    ['instalments reached by number', { item: page('wool-cardigan'), slots: { quantity: 4 } }, { instalment_state: 'reached' }],
    ['instalments not reached', { item: page('wool-cardigan') }, { instalment_state: 'below', instalments_from_yuan: 600 }],
    [
      'so many instalments are not to be had',
      { slots: { instalments: 24 } },
      { instalment_state: 'no_such_period', periods: '3、6、12' },
    ],
    ['instalments not for the item', { item: page('gift-box') }, { instalment_state: 'not_for_item' }],
    ['the service of instalments that is asked', { text: '蚂蚁花能分几期' }, { instalment_service: '花呗' }],
    ['another service than the shop takes', { text: '白条能分几期' }, { instalment_service: undefined }],
    ['instalments of nothing named', {}, { instalment_state: 'unknown', card_ok: true }],
    ['cash on delivery offered', { item: page('wool-scarf') }, { cod: 'yes', cod_off_by: undefined }],
    ['cash on delivery not for the item', { item: page('wool-cardigan') }, { cod: 'no', cod_off_by: 'item' }],
    ['cash on delivery not there', { item: page('wool-scarf'), slots: region('新疆') }, { cod: 'no', cod_off_by: 'region' }],
    ['cash on delivery of nothing named', {}, { cod: 'unknown' }],
    ['cash on delivery of a page not listed', { item: { id: 'x', title: '新款' } }, { cod: 'unknown' }],
    ['prices', {}, { price_policy: 'fixed', coupons: '满200减5', gift: '手写洗护小卡' }],
    [
      'invoices',
      {},
      { invoice_kinds: '电子发票、纸质发票', invoice_days: 20, invoice_sent_by: '挂号信', invoice_vat_special: false },
    ],
    ["the buyer's own order", { order: { id: 'T1', status: '已发货' } }, { order_id: 'T1', order_status: '已发货' }],
    ['returns', {}, { return_address: 'order_page', insurance_paid_hours: 72 }],
    ['origin', {}, { official: true, authenticity_compensation: '假一赔三' }],
    ['warranty', {}, { warranty_months: 3, warranty_installation: undefined }],
  ])('%s', (_, turn, expected) => {
    expect(known(turn)).toMatchObject(expected);
  });

  it('says nothing of what an agent may give', () => {
    expect(Object.values(known())).not.toContain(0.97);
  });

  it('holds for all where all products agree', () => {
    const shop = demoWith((draft) => {
      for (const product of draft.products) Object.assign(product, { cod: true, noReasonReturn: true });
    });
    expect(known({ shop })).toMatchObject({ cod: 'yes', no_reason_ok: true });
  });
});

describe('details and weaknesses', () => {
  const cardigan = page('wool-cardigan');
  it.each<[string, Turn, Record<string, unknown>]>([
    ['nothing asked', { item: cardigan }, { detail_state: 'none', detail_words: undefined, weakness_state: 'none' }],
    [
      'one detail',
      { item: cardigan, slots: { details: ['材质'] } },
      { detail_state: 'known', detail_words: '材质：70%羊毛、30%锦纶', detail_names: '材质' },
    ],
    [
      'two details, one of them unset',
      { item: cardigan, slots: { details: ['材质', '保质期'] } },
      { detail_state: 'unknown', detail_words: undefined, detail_names: '材质、保质期' },
    ],
    ['a detail of no product', { slots: { details: ['材质'] } }, { detail_state: 'unknown' }],
    [
      'a detail of a page not listed',
      { item: { id: 'x', title: '新款' }, slots: { details: ['材质'] } },
      { detail_state: 'unknown' },
    ],
    ['what every object has is no label', { item: cardigan, slots: { details: ['toString'] } }, { detail_state: 'unknown' }],
    [
      'care of its own',
      { item: cardigan, slots: { details: ['洗护'] } },
      { care_asked: true, detail_words: '洗护：30度以下轻柔手洗，平铺晾干，不建议机洗' },
    ],
    ['care of the shop', { item: page('wool-scarf'), slots: { details: ['洗护'] } }, { detail_words: `洗护：${demo.care}` }],
    [
      'what is feared',
      { item: cardigan, slots: { weaknesses: ['缩水'] } },
      { weakness_state: 'known', weakness_words: expect.stringContaining('热水和机洗会缩') },
    ],
    [
      'what is feared of another product',
      { item: page('knit-skirt'), slots: { weaknesses: ['缩水'] } },
      { weakness_state: 'unknown' },
    ],
    [
      'an item number in the words',
      { item: cardigan, text: '520401029636这个什么材质', slots: { details: ['材质'] } },
      { detail_state: 'unknown' },
    ],
    [
      'a mobile number is no item',
      { item: cardigan, text: '13800001111 什么材质', slots: { details: ['材质'] } },
      { detail_state: 'known' },
    ],
  ])('%s', (_, turn, expected) => {
    expect(known(turn)).toMatchObject(expected);
  });
});

describe('size by the chart', () => {
  const advised = (heightCm: number | undefined, weightKg: number | undefined, shop = demo) => {
    const slots = { ...(heightCm === undefined ? {} : { heightCm }), ...(weightKg === undefined ? {} : { weightKg }) };
    const { size_advice, size_advised, size_advised_2 } = known({ item: page('wool-cardigan'), slots, shop });
    return [size_advice, size_advised, size_advised_2].filter((one) => one !== undefined);
  };
  it.each<[number | undefined, number | undefined, readonly string[]]>([
    [undefined, undefined, ['ask_both']],
    [165, undefined, ['ask_weight']],
    [undefined, 55, ['ask_height']],
    [155, 45, ['one', 'S码']],
    [162, 53, ['one', 'M码']],
    [170, 62, ['one', 'L码']],
    [159, 49, ['between', 'S码', 'M码']],
    [166, 57, ['between', 'M码', 'L码']],
    // Tall for the weight: the two neighbours that the measures name.
    [164, 45, ['between', 'S码', 'M码']],
    // Two sizes apart is nobody's guess.
    [172, 42, ['outside']],
    [180, 75, ['outside']],
    [149, 45, ['outside']],
    [150, 40, ['one', 'S码']],
    [175, 68, ['one', 'L码']],
    [175.5, 68, ['outside']],
  ])('%s cm, %s kg', (heightCm, weightKg, expected) => {
    expect(advised(heightCm, weightKg)).toEqual(expected);
  });

  it.each<[number, number, readonly string[]]>([
    [52, 55, ['one', 'M码']],
    [47, 53, ['between', 'S码', 'M码']],
    // An end outside the chart: a person.
    [53, 62, ['between', 'M码', 'L码']],
    [30, 45, ['outside']],
  ])('of a range of weight both ends count: %s to %s kg', (weightFromKg, weightKg, expected) => {
    const slots = { heightCm: 162, weightKg, weightFromKg };
    const { size_advice, size_advised, size_advised_2, body_weight } = known({ item: page('wool-cardigan'), slots });
    expect([size_advice, size_advised, size_advised_2].filter((one) => one !== undefined)).toEqual(expected);
    expect(body_weight).toBe(`${weightFromKg * 2}到${weightKg * 2}`);
  });

  it('is unset where the product has no chart', () => {
    expect(known({ item: page('knit-skirt'), slots: { heightCm: 165, weightKg: 55 } }).size_advice).toBeUndefined();
    expect(known({ slots: { heightCm: 165, weightKg: 55 } }).size_advice).toBeUndefined();
  });

  it('says whether the advised size can be bought in any colour', () => {
    const shop = demoWith((draft) => {
      for (const variant of draft.products[0]!.variants) if (variant.size === 'M') variant.stock = 0;
    });
    const turn = { item: page('wool-cardigan'), slots: { heightCm: 162, weightKg: 53 } };
    expect(known(turn).size_stock).toBe('in');
    expect(known({ ...turn, shop }).size_stock).toBe('out');
  });
});

describe('what is not set', () => {
  it('is undefined and never guessed', () => {
    const set = Object.entries(known({ shop: bare, opening: '' })).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(set)).toEqual({
      shop_name: '空店',
      address: '亲',
      sticker: '/:^_^',
      person: '客服',
      person_then: '客服看到后',
      item_listed: false,
      item_named: false,
      items_named: false,
      item_pointed: false,
      item_shown: false,
      sum_named: 'none',
      unit_state: 'none',
      pay_method_asked: 'none',
      return_days_asked: 'none',
      protection_days_asked: 'none',
      stock: 'unknown',
      variant_state: 'none',
      region_state: 'none',
      courier_state: 'none',
      detail_state: 'none',
      care_asked: false,
      weakness_state: 'none',
    });
  });

  it('is told as impossible, so that replies that need it can be told as off', () => {
    const possible = possibleFacts(bare);
    for (const name of ['gift', 'fee_yuan', 'cod', 'restock', 'free_rule', 'invoice_kinds'])
      expect(possible.has(name)).toBe(false);
    for (const name of ['region', 'item_title', 'opening', 'shop_name']) expect(possible.has(name)).toBe(true);
    expect(possibleFacts(demo).has('restock')).toBe(true);
    expect(possibleFacts(demoWith((draft) => Object.assign(draft, { extra: { slogan: '慢工' } }))).has('extra_slogan')).toBe(
      true,
    );
  });
});

describe('every fact', () => {
  const docs: Readonly<Record<string, { readonly values?: readonly unknown[] }>> = factDocs;
  const slots = fc.record(
    {
      region: fc.constantFrom(
        { province: '四川', city: '成都' },
        { province: '新疆' },
        { province: '台湾' },
        { province: '海外' },
      ),
      courier: fc.constantFrom('顺丰', '德邦', 'EMS', '邮政'),
      quantity: fc.integer({ min: 1, max: 50 }),
      colour: fc.constantFrom('雾蓝', '白', '粉'),
      size: fc.constantFrom('M', 'L', '均码'),
      weightKg: fc.integer({ min: 1, max: 9 }),
      date: fc.constant('2026-10-01'),
    },
    { requiredKeys: [] },
  );
  const item = fc.constantFrom(
    undefined,
    { id: 'x', title: '新款', priceYuan: 9.9 },
    ...demo.products.map((product) => page(product.id)),
  );

  it('is documented, has a documented value, and rests on what the shop has set', () => {
    const possible = possibleFacts(demo);
    fc.assert(
      fc.property(slots as fc.Arbitrary<Slots>, item, fc.nat({ max: 86_400_000 }), (some, product, later) => {
        const all = known({
          slots: some,
          ...(product === undefined ? {} : { item: product }),
          now: at('00:00') + later,
          order: { id: 'T1' },
        });
        for (const [name, value] of Object.entries(all)) {
          expect(docs, name).toHaveProperty(name);
          if (value === undefined) continue;
          if (docs[name]?.values !== undefined) expect(docs[name].values, name).toContain(value);
          expect(possible.has(name), name).toBe(true);
          expect(value).not.toBe('');
        }
        expect(Object.keys(all).sort()).toEqual(
          Object.keys(docs)
            .filter((name) => name !== 'extra_*')
            .sort(),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('has a title in both languages and a parameter of the schema behind it', () => {
    for (const [name, doc] of Object.entries(factDocs)) {
      expect(doc.title.zh && doc.title.en, name).toBeTruthy();
      if (doc.from.startsWith('message.')) continue;
      const [section = ''] = doc.from.split('.');
      expect(Object.keys(shopSchema.shape), name).toContain(section);
    }
  });

  it("of the shop's own is named extra_", () => {
    const shop = demoWith((draft) => Object.assign(draft, { extra: { slogan: '慢工细活', years: 12 } }));
    expect(known({ shop })).toMatchObject({ extra_slogan: '慢工细活', extra_years: 12 });
  });
});
