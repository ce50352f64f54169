/** Fees by place, courier and weight, and dispatch by date: what a shop's tables say to one buyer now. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Item, Slots } from '../../src/conversation.js';
import { facts } from '../../src/shop/facts.js';
import { placeAbroad } from '../../src/shop/facts-place.js';
import { spendOf } from '../../src/shop/facts-spend.js';
import type { ShopParameters } from '../../src/shop/parameters.js';
import { at, demo, demoWith, page, understood } from '../composing/demo.js';

interface Turn {
  readonly text?: string;
  readonly intents?: readonly string[];
  readonly item?: Item;
  readonly shop?: ShopParameters;
  readonly now?: number;
}

function known(slots: Slots, { text = '', intents = ['shipping_fee'], item, shop = demo, now = at() }: Turn = {}) {
  return facts({ parameters: shop, understanding: understood(intents, slots, text), item, now, opening: '' });
}

const xinjiang = { province: '新疆' };
const karamay = { province: '新疆', city: '克拉玛依' };
const kunshan = { province: '江苏', city: '苏州', county: '昆山' };

/** 邮政 18 and 顺丰 35 to 新疆; 昆山 and 克拉玛依 with rows of their own. */
const tables = demoWith((shop) => {
  const rows = shop.shipping!.table;
  rows.splice(
    rows.findIndex((row) => row.regions.includes('新疆')),
    1,
  );
  rows.push(
    { regions: ['新疆', '西藏'], firstKgYuan: 18, nextKgYuan: 12, couriers: ['邮政'] },
    { regions: ['新疆'], firstKgYuan: 35, nextKgYuan: 20, firstKg: 0.5, couriers: ['顺丰'] },
    { regions: ['新疆/克拉玛依'], firstKgYuan: 21, couriers: ['邮政'] },
    { regions: ['江苏/苏州/昆山'], firstKgYuan: 5, nextKgYuan: 2, firstKg: 3, couriers: [] },
  );
});

describe('fees by place and courier', () => {
  it.each<[string, Slots, Record<string, unknown>]>([
    [
      'the first row of a region where no courier is asked',
      { region: xinjiang },
      {
        fee_yuan: 18,
        first_kg: 1,
        fee_next_yuan: 12,
        couriers: '邮政',
        dearer_couriers: '顺丰0.5公斤内35元',
        courier_fee_yuan: undefined,
      },
    ],
    [
      'the row of the courier asked, without a surcharge on top',
      { region: xinjiang, courier: '顺丰' },
      {
        courier_state: 'offered',
        courier_usual: false,
        courier_fee_yuan: 35,
        courier_first_kg: 0.5,
        courier_fee_next_yuan: 20,
        surcharge_yuan: undefined,
        fee_yuan: 18,
      },
    ],
    [
      'the courier whose row is told anyway',
      { region: xinjiang, courier: '邮政' },
      { courier_state: 'offered', courier_usual: true, courier_fee_yuan: undefined, fee_yuan: 18 },
    ],
    [
      'a courier that has no row there',
      { region: xinjiang, courier: '圆通' },
      { courier_state: 'not_there', surcharge_yuan: undefined },
    ],
    ['a courier that nobody has', { region: xinjiang, courier: '德邦' }, { courier_state: 'not_offered' }],
    [
      'a city with rows of its own: those of its province hold no more',
      { region: karamay, courier: '顺丰' },
      { region: '克拉玛依', fee_yuan: 21, courier_state: 'not_there', dearer_couriers: undefined },
    ],
    [
      'a county before its city and province',
      { region: kunshan },
      { region: '昆山', fee_yuan: 5, first_kg: 3, couriers: '中通、圆通、邮政' },
    ],
    ['another county of the city', { region: { ...kunshan, county: '太仓' } }, { region: '太仓', fee_yuan: 8, first_kg: 1 }],
    [
      'a surcharge where the rows name no courier',
      { region: kunshan, courier: '顺丰' },
      { courier_state: 'offered', surcharge_yuan: 15, courier_fee_yuan: undefined },
    ],
    ['no region: what costs extra', {}, { couriers: '中通、圆通、邮政', dearer_couriers: '顺丰加15元' }],
    ['the couriers without the one asked', { courier: '圆通' }, { other_couriers: '中通、邮政' }],
  ])('%s', (_, slots, expected) => {
    expect(known(slots, { shop: tables })).toMatchObject(expected);
  });

  it('does not serve a county that is excluded, nor promises it free shipping', () => {
    const shop = demoWith((draft) => {
      draft.shipping!.notServed.push('江苏/苏州/昆山');
      draft.shipping!.freeExcludes.push('浙江/嘉兴/嘉善');
    });
    expect(known({ region: kunshan }, { shop })).toMatchObject({
      region_state: 'not_served',
      free_here: false,
      couriers: undefined,
    });
    expect(known({ region: { province: '江苏', city: '苏州' } }, { shop }).region_state).toBe('known');
    expect(known({ region: { province: '浙江', city: '嘉兴', county: '嘉善' } }, { shop }).free_here).toBe(false);
    expect(known({ region: { province: '浙江', city: '嘉兴' } }, { shop }).free_here).toBe(true);
  });

  it.each<[string, Slots, string | undefined, number | undefined, number | undefined]>([
    ['several of one product are one parcel', { region: xinjiang, quantity: 3 }, 'wool-cardigan', 1.35, 30],
    ['up to the first weight', { region: xinjiang, quantity: 2 }, 'wool-cardigan', 0.9, 18],
    ['to the gram: ten of 0.2 kg are 2 kg', { region: xinjiang, quantity: 10 }, 'cotton-top', 2, 30],
    ['one that is heavy by itself', { region: xinjiang }, 'double-face-coat', 1.3, 30],
    ['one that is light', { region: xinjiang }, 'cotton-top', undefined, undefined],
    ['an unknown product', { region: xinjiang, quantity: 3 }, undefined, undefined, undefined],
    ['a region without further kilograms', { region: karamay, quantity: 3 }, 'wool-cardigan', 1.35, undefined],
    ['a first weight of 3 kg', { region: kunshan, quantity: 6 }, 'wool-cardigan', 2.7, 5],
  ])('%s', (_, slots, item, kg, fee) => {
    const turn = { shop: tables, ...(item === undefined ? {} : { item: page(item) }) };
    expect(known(slots, turn)).toMatchObject({ cart_kg: kg, cart_fee_yuan: fee });
  });
});

describe('a parcel heavier than its row has a fee for', () => {
  const tibet = { province: '西藏' };
  const beijing = { province: '北京' };

  it.each<[string, Slots, Turn, Record<string, unknown>]>([
    [
      'one coat of 1.3 kg',
      { region: tibet },
      { item: page('double-face-coat') },
      { fee_yuan: undefined, region_state: 'unknown_fee' },
    ],
    [
      'two of it',
      { region: tibet, quantity: 2 },
      { item: page('double-face-coat') },
      { fee_yuan: undefined, cart_fee_yuan: undefined },
    ],
    ['three cardigans of 0.45 kg', { region: tibet, quantity: 3 }, { item: page('wool-cardigan') }, { fee_yuan: undefined }],
    [
      'two cardigans, within it',
      { region: tibet, quantity: 2 },
      { item: page('wool-cardigan') },
      { fee_yuan: 18, cart_fee_yuan: 18 },
    ],
    ['a weight that the buyer names', { region: beijing, weightKg: 2 }, {}, { fee_yuan: undefined, region_state: 'unknown_fee' }],
    [
      'one that is sent free',
      { region: beijing },
      { item: page('double-face-coat') },
      { region_state: 'known', free_reached: true },
    ],
    [
      'with a fee for the next kilogram',
      { region: tibet },
      { item: page('double-face-coat'), shop: tables },
      { fee_yuan: 18, cart_fee_yuan: 30 },
    ],
    [
      'by a courier with one',
      { region: xinjiang, courier: '顺丰' },
      { item: page('double-face-coat'), shop: tables },
      { courier_fee_yuan: 35 },
    ],
  ])('%s', (_, slots, turn, expected) => expect(known(slots, turn)).toMatchObject(expected));
});

describe('what the buyer would spend', () => {
  it.each<[string, number | undefined]>([
    ['买够100包邮吗', 100],
    ['买100块的能不能包邮', 100],
    ['拍了三百多的东西包邮不', 300],
    ['一共58.5元有邮费吗', 58.5],
    ['买二百不包邮吗', 200],
    ['凑30块钱呢', 30],
    ['满99包邮吗', undefined],
    ['买2包邮吗', undefined],
    ['买100件包邮吗', undefined],
    ['买20包包邮吗', undefined],
    ['买两件包邮吗', undefined],
    ['3件包邮吗', undefined],
    ['买500g的', undefined],
    ['包邮吗', undefined],
  ])('%s: %s', (text, expected) => {
    expect(spendOf(text)).toBe(expected);
  });

  it.each<[string, Slots, Record<string, unknown>]>([
    ['买够100包邮吗', {}, { free_reached: true, spend_yuan: 100, spend_missing_yuan: undefined }],
    ['买50块钱包邮吗', {}, { free_reached: false, spend_yuan: 50, spend_missing_yuan: 45 }],
    ['3件包邮吗', { quantity: 3 }, { free_reached: true, spend_yuan: undefined }],
  ])('reaches the threshold or not: %s', (text, slots, expected) => {
    expect(known(slots, { text })).toMatchObject(expected);
  });

  it('counts where postage is asked alone', () => {
    expect(known({}, { text: '买够100包邮吗', intents: ['stock'] }).spend_yuan).toBeUndefined();
  });
});

describe('coverage', () => {
  it('is told of the demo shop as its file says', () => {
    expect(known({})).toMatchObject({
      outer_state: 'served',
      outer_couriers: 'EMS',
      abroad_state: 'not_served',
      courier_wish: 'note',
      rural_couriers: '邮政',
      pickup: 'no',
      pickup_where: undefined,
      ships_from: '浙江嘉兴',
      weekend_ships: 'both',
    });
  });

  it('is unset where the three of 港澳台 differ, and where abroad is not spoken of', () => {
    const shop = demoWith((draft) => {
      draft.shipping!.notServed = ['台湾'];
    });
    expect(known({}, { shop })).toMatchObject({ outer_state: undefined, outer_couriers: undefined, abroad_state: undefined });
  });

  it('tells who asks two things at once, so that only one reply asks for the region', () => {
    expect(known({}, { intents: ['shipping_fee', 'delivery_time'] })).toMatchObject({ also_fee: true, also_time: true });
    expect(known({}, { intents: ['shipping_fee'] })).toMatchObject({ also_fee: undefined, also_time: undefined });
  });
});

describe('dispatch by date', () => {
  /** Tuesday 2026-09-29. */
  const shop = demoWith((draft) => {
    draft.dispatch!.closed = [
      { from: '2026-10-01', to: '2026-10-07', reason: '国庆' },
      { from: '2027-02-04', to: '2027-02-11', reason: '春节' },
    ];
    draft.dispatch!.exceptions = [
      { from: '2026-11-10', to: '2026-11-12', reason: '双11', withinHours: 72 },
      { from: '2026-12-12', words: '双12当天的订单15号前陆续发出' },
    ];
  });
  const on = (day: string, clock = '10:00') => Date.parse(`${day}T${clock}:00+08:00`);
  const time = (slots: Slots, day: string, more: Turn & { clock?: string } = {}) =>
    known(slots, { shop, intents: ['delivery_time'], ...more, now: on(day, more.clock) });

  it.each<[string, string, string, Record<string, unknown>]>([
    ['an ordinary day', '2026-09-29', '10:00', { ship_day: '今天', closed_on_way: undefined }],
    ['the evening before a closing', '2026-09-30', '20:00', { ship_day: '10月8日', closed_on_way: '国庆10月1日到10月7日' }],
    ['within a closing', '2026-10-06', '10:00', { ship_day: '后天', closed_on_way: '国庆10月1日到10月7日' }],
    ['its last evening', '2026-10-07', '20:00', { ship_day: '明天', closed_on_way: undefined }],
    ['over the turn of the year', '2027-02-03', '20:00', { ship_day: '2月12日', closed_on_way: '春节2月4日到2月11日' }],
    [
      'an exceptional day',
      '2026-11-11',
      '10:00',
      { ship_exception: '双11期间的订单一般付款后72小时内发出', ship_day: undefined, cut_off: undefined },
    ],
    ['its day after', '2026-11-13', '10:00', { ship_exception: undefined, ship_day: '今天', cut_off: '16:00' }],
    ["the shop's own words", '2026-12-12', '10:00', { ship_exception: '双12当天的订单15号前陆续发出', ship_day: undefined }],
  ])('%s', (_, day, clock, expected) => {
    expect(time({}, day, { clock })).toMatchObject(expected);
  });

  it('names no day where nothing leaves for two months', () => {
    const closed = demoWith((draft) => {
      draft.dispatch!.closed = [{ from: '2026-09-01', to: '2027-03-01' }];
    });
    expect(time({}, '2026-09-29', { shop: closed })).toMatchObject({ ship_day: undefined, in_time: undefined });
  });

  it.each<[string, string, string | undefined]>([
    ['国庆发货吗', '2026-09-29', '国庆10月1日到10月7日'],
    ['过年还发货吗', '2026-09-29', '春节2027年2月4日到2027年2月11日'],
    ['元旦发货吗', '2026-09-29', undefined],
    ['放假还发货吗', '2026-09-29', '国庆10月1日到10月7日'],
    ['放假还发货吗', '2026-10-20', undefined],
    ['国庆发货吗', '2026-10-20', undefined],
  ])('%s on %s: %s', (text, day, expected) => {
    expect(time({}, day, { text }).closed_next).toBe(expected);
  });

  it.each<[string, Slots, string | undefined]>([
    ['2月6号发货吗', { date: '2027-02-06' }, '春节2027年2月4日到2027年2月11日'],
    ['2月12号发货吗', { date: '2027-02-12' }, undefined],
    ['初三发货不', {}, '春节2027年2月4日到2027年2月11日'],
    ['过年期间下单什么时候发货', {}, '春节2027年2月4日到2027年2月11日'],
    // Whether it is there by then, or leaves before, is another question.
    ['2月6号能到吗', { date: '2027-02-06' }, undefined],
    ['除夕能收到吗', {}, undefined],
    ['过年前能发吗', {}, undefined],
    ['元旦发货吗', {}, undefined],
  ])('of the dispatch on closed days: %s', (text, slots, expected) => {
    expect(time(slots, '2026-11-29', { text }).closed_asked).toBe(expected);
  });

  it.each<[string, Slots, string | undefined]>([
    ['除夕能收到吗', {}, '春节2027年2月4日到2027年2月11日'],
    ['2月6号能到吗', { date: '2027-02-06' }, '春节2027年2月4日到2027年2月11日'],
    ['2月12号能到吗', { date: '2027-02-12' }, undefined],
    ['2月6号发货吗', { date: '2027-02-06' }, undefined],
    ['除夕前能收到吗', {}, undefined],
    ['过年之前能送到吗', {}, undefined],
    ['2月6号前能到吗', { date: '2027-02-06' }, undefined],
    ['2/6前能到吗', { date: '2027-02-06' }, undefined],
    ['现在下单除夕能收到吗', {}, '春节2027年2月4日到2027年2月11日'],
    ['初三下单几天能收到', {}, undefined],
    ['元旦能收到吗', {}, undefined],
  ])('of a parcel that is to be there on closed days: %s', (text, slots, expected) => {
    expect(time(slots, '2026-11-29', { text }).closed_received).toBe(expected);
  });

  it.each<[string, Slots, string, string, Record<string, unknown>]>([
    ['today', { date: '2026-09-29' }, '10:00', '', { asked_date: '今天', in_time: 'no' }],
    ['the third day, usual are 2-3', { date: '2026-10-02' }, '10:00', '', { asked_date: '10月2日', in_time: 'close' }],
    ['beyond the usual days', { date: '2026-10-08' }, '10:00', '', { in_time: 'likely' }],
    ['the same with a day lost after the cut-off', { date: '2026-10-01' }, '17:00', '', { asked_date: '后天', in_time: 'no' }],
    ['one day', { days: 1 }, '10:00', '1天能收到吗', { asked_days: 1, in_time: 'no' }],
    ['a week', {}, '10:00', '一个星期能到吗', { asked_days: 7, in_time: 'likely' }],
    ['two weeks', {}, '10:00', '两周能到不', { asked_days: 14, in_time: 'likely' }],
    ['next week is no number of weeks', {}, '10:00', '下一周能到吗', { asked_days: undefined }],
    ['周二 is none either', {}, '10:00', '这周二周三能到吗', { asked_days: undefined }],
  ])('whether it usually comes in time: %s', (_, slots, clock, text, expected) => {
    expect(known(slots, { text, intents: ['delivery_time'], now: on('2026-09-29', clock) })).toMatchObject(expected);
  });

  it('says no usual days of a courier that is not one of the usual ones', () => {
    expect(time({ courier: '顺丰' }, '2026-09-29')).toMatchObject({ days: undefined, courier_usual: false });
    expect(time({ courier: '中通' }, '2026-09-29').days).toBe('2-3');
  });

  it('sends a presale from its day on, and as usual afterwards', () => {
    const presale = demoWith((draft) => {
      draft.products.find((one) => one.id === 'knit-skirt')!.presaleShips = '2026-10-15';
    });
    const item = page('knit-skirt');
    expect(time({}, '2026-09-29', { shop: presale, item })).toMatchObject({ presale_day: '10月15日', ship_day: undefined });
    expect(time({}, '2026-10-15', { shop: presale, item })).toMatchObject({ presale_day: undefined, ship_day: '今天' });
  });

  it.each<[string[] | undefined, string | undefined]>([
    [['mon', 'tue', 'sat'], 'saturday'],
    [['sun'], 'sunday'],
    [['mon'], 'none'],
    [['sat', 'sun'], 'both'],
    [undefined, undefined],
  ])('ships on %s: %s', (days, expected) => {
    const weekend = demoWith((draft) => {
      draft.dispatch!.shipsOn = days as never;
    });
    expect(known({}, { shop: weekend }).weekend_ships).toBe(expected);
  });
});

describe('a place abroad', () => {
  it.each(['寄美国多少钱', '发日本要邮费吗', '邮到英国', '加拿大能发货吗', '寄国外多少', '去意大利的运费'])(
    'is where it goes in %s',
    (text) => {
      expect(known({}, { text })).toMatchObject({ region_state: 'not_served' });
      const silent = demoWith((shop) => {
        shop.shipping!.notServed = [];
      });
      expect(known({}, { text, shop: silent })).toMatchObject({ region_state: 'unread' });
    },
  );

  it.each(['美国进口的吗', '日本产的包邮吗', '是韩国的面料吗'])('is where the goods come from in %s', (text) => {
    expect(known({}, { text })).toMatchObject({ region: undefined, region_state: 'none' });
  });
});

it('knows every place abroad that the patterns do: what is understood as abroad is never told the fee of home', () => {
  const { words } = parse(readFileSync('intents/languages/zh.yaml', 'utf8')) as { words: { abroad: readonly string[] } };
  expect(words.abroad.filter((name) => placeAbroad(`寄${name}多少钱`) !== name)).toEqual([]);
});
