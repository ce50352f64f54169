/** Every wording of our intents on every case that it is meant for: filled, short enough, and in the shop's manners. */
import { describe, expect, it } from 'vitest';
import { check, compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { holds } from '../../src/composing/facts.js';
import { characters } from '../../src/composing/limits.js';
import type { CompiledTemplate } from '../../src/composing/template.js';
import { textOf } from '../../src/composing/wordings.js';
import type { Item, Offer, Order, Slots, Understanding } from '../../src/conversation.js';
import type { ShopParameters } from '../../src/shop/parameters.js';
import { troubles } from '../../src/understanding/trouble.js';
import { at, book, compiled, demo, demoWith, factsOf, intentFiles, page, understood } from './demo.js';

const shops: readonly ShopParameters[] = [
  demo,
  demoWith((shop) => {
    shop.address = '您';
    shop.stickers = false;
    shop.pricing = { policy: 'fixed', coupons: [], gift: '手写洗护小卡' };
    shop.invoice = { kinds: ['electronic'], withinWorkingDays: 20 };
    shop.returns = { ...shop.returns, insurance: false, addressSource: 'agent' };
    shop.authenticity = { official: false, words: '品牌授权进货，吊牌齐全' };
    delete shop.returns.faultDays;
    shop.dispatch = { usualDays: { from: 3, to: 3 }, daysByRegion: [] };
    shop.creditCard = { accepted: true, periods: [], services: [] };
    shop.cod = { enabled: false, notIn: [] };
  }),
  demoWith((shop) => {
    shop.pricing = { policy: 'fixed', reason: '用料扎实，人人同价', coupons: [{ fromYuan: 200, offYuan: 5 }] };
    shop.invoice = { kinds: ['vat_special'] };
    shop.dispatch = { cutOff: '16:00', daysByRegion: [] };
    shop.warranty = { months: 12, installation: '大件由师傅免费上门安装' };
    shop.shipping = {
      ...shop.shipping!,
      notServed: ['西藏'],
      table: shop.shipping!.table.map((row) => ({ ...row, nextKgYuan: 4 })),
    };
    for (const product of shop.products) product.alternatives = [];
    shop.cod = { enabled: true, notIn: [] };
  }),
  demoWith((shop) => {
    const { freeFromYuan, freeFromItems, ...shipping } = shop.shipping!;
    shop.shipping = { ...shipping, freeExcludes: [] };
    shop.pricing = { policy: 'fixed', coupons: [] };
    for (const product of shop.products) {
      product.cod = true;
      for (const variant of product.variants) delete variant.restock;
    }
  }),
  demoWith((shop) => {
    shop.pricing = { policy: 'fixed', reason: '用料扎实，人人同价', coupons: [] };
    for (const product of shop.products) product.cod = false;
    for (const product of shop.products) for (const variant of product.variants) if (variant.stock === 0) delete variant.restock;
    for (const product of shop.products) product.alternatives = [];
  }),
  demoWith((shop) => {
    shop.pricing = { policy: 'tiered', coupons: [{ fromYuan: 200, offYuan: 5 }] };
  }),
  demoWith((shop) => {
    shop.pricing = { policy: 'tiered', coupons: [], gift: '手写洗护小卡', giftFromYuan: 99 };
    shop.campaigns = [
      { name: '店庆', aliases: [], words: '两件九折', from: '2026-09-20', to: '2026-09-30', stacks: true, products: [] },
    ];
    for (const product of shop.products) product.asOf = '2026-01-01T00:00:00+08:00';
  }),
  demoWith((shop) => {
    shop.pricing = { ...shop.pricing!, concessions: { steps: [0, 0.01, 0.02] }, agentFromYuan: 0 };
  }),
  demoWith((shop) => {
    shop.pricing = { policy: 'tiered', reason: '用料扎实', coupons: [], concessions: { steps: [0.02, 0.02, 0.03] } };
    for (const product of shop.products) product.alternatives = [];
    shop.shipping = { ...shop.shipping!, freeFromYuan: undefined, freeFromItems: undefined };
  }),
];

/** Shops whose parcels go by other rules; asked about parcels alone. */
const parcelShops: readonly ShopParameters[] = [
  demo,
  demoWith((shop) => {
    shop.shipping!.courierWish = 'no';
    shop.shipping!.pickup = { offered: true, where: '嘉兴店铺前台' };
    shop.shipping!.notServed = ['香港', '澳门', '台湾', '海外'];
    shop.dispatch!.shipsOn = ['mon', 'sat'];
    shop.dispatch!.closed = [{ from: '2026-09-30', to: '2026-10-07', reason: '国庆' }];
  }),
  demoWith((shop) => {
    shop.shipping!.pickup = { offered: true };
    shop.shipping!.table.push({ regions: ['内蒙古'], firstKgYuan: 35, nextKgYuan: 20, couriers: ['顺丰'] });
    for (const row of shop.shipping!.table) row.nextKgYuan = 6;
    shop.dispatch!.shipsOn = ['mon', 'sun'];
    shop.dispatch!.exceptions = [{ from: '2026-09-01', to: '2026-09-30', reason: '周年庆', withinHours: 72 }];
  }),
  demoWith((shop) => {
    delete shop.dispatch!.usualDays;
    shop.dispatch!.shipsOn = ['mon', 'tue', 'wed', 'thu', 'fri'];
    shop.dispatch!.exceptions = [{ from: '2026-09-29', words: '周年庆当天的订单10月3日前陆续发出' }];
  }),
  demoWith((shop) => {
    for (const product of shop.products) product.presaleShips = '2026-10-20';
  }),
];

const parcelTurns: readonly (readonly [slots: Slots, text?: string, ...intents: string[]])[] = [
  [{ courier: '德邦' }],
  [{ courier: '中通' }],
  [{ courier: 'EMS' }],
  [{ courier: '中通' }, '中通或者圆通', 'courier'],
  [{ courier: '申通' }, '不要天天，申通圆通都行', 'courier'],
  [{}, '急着用几天能到', 'delivery_time'],
  [{ region: { province: '四川' } }, '急着用几天能到', 'delivery_time'],
  [{ region: { province: '四川' }, courier: '中通' }],
  [{ region: { province: '内蒙古' }, courier: '顺丰' }],
  [{ courier: '顺丰' }, '', 'shipping_fee', 'courier'],
  [{ courier: '中通' }, '', 'delivery_time', 'courier'],
  [{ date: '2026-09-30' }],
  [{ date: '2026-10-02' }],
  [{ date: '2026-12-20' }],
  [{ days: 1 }],
  [{ region: { province: '四川' }, days: 3 }],
  [{}, '一个星期能到吗', 'delivery_time'],
  [{}, '国庆发货吗', 'delivery_time'],
  [{}, '', 'shipping_fee', 'delivery_time'],
  [{}, '', 'shipping_fee', 'returns'],
  [{ quantity: 1 }, '', 'shipping_fee'],
  [{}, '买50块包邮吗', 'shipping_fee'],
  [{ region: { province: '四川' } }, '买50块包邮吗', 'shipping_fee'],
  [{ region: { province: '西藏' }, quantity: 3 }, '', 'shipping_fee'],
  [{ region: { province: '海外' } }],
];

/** Campaigns that run, and one without an end. */
const festive: readonly ShopParameters[] = [
  demoWith((shop) => {
    shop.campaigns = [
      { name: '双十一', aliases: [], words: '两件九折', from: '2026-09-20', to: '2026-09-30', stacks: false, products: [] },
    ];
  }),
  demoWith((shop) => {
    shop.campaigns = [{ name: '秋日上新', aliases: [], words: '两件九五折', products: [] }];
    shop.pricing = { policy: 'fixed', coupons: [], gift: '手写洗护小卡' };
  }),
  demoWith((shop) => {
    shop.campaigns = [{ name: '双十一', aliases: [], words: '两件九折', products: ['wool-scarf'] }];
  }),
  demoWith((shop) => {
    shop.campaigns = [{ name: '双十一', aliases: [], words: '两件九折', stacks: true, products: [] }];
  }),
];

const items: readonly (Item | undefined)[] = [
  undefined,
  { id: 'elsewhere', title: '手工编织发带', priceYuan: 25 },
  ...demo.products.map(({ id }) => page(id)),
];

const slots: readonly Slots[] = [
  {},
  { quantity: 2 },
  { quantity: 99 },
  { instalments: 24 },
  { colour: '雾蓝', size: 'L' },
  { colour: '燕麦色', size: 'M' },
  { colour: '焦糖' },
  { colour: '粉色' },
  { size: 'XXXL' },
  { courier: '顺丰' },
  { details: ['洗护'] },
  { details: ['材质', '厚薄'] },
  { details: ['版型'] },
  { weaknesses: ['起球'] },
  { heightCm: 162, weightKg: 53 },
  { heightCm: 166, weightKg: 57 },
  { heightCm: 162 },
  { weightKg: 53 },
  ...[
    { province: '四川', city: '成都' },
    { province: '内蒙古' },
    { province: '新疆', city: '克拉玛依' },
    { province: '西藏' },
    { province: '台湾' },
  ].flatMap((region): Slots[] => [{ region }, { region, quantity: 2 }, { region, courier: '顺丰' }, { region, weightKg: 3 }]),
];

const own: Order = { id: 'T1', status: '已发货' };

const casesOf = (parameters: ShopParameters) =>
  items.flatMap((item) =>
    slots.flatMap((slot) =>
      ['明早9点', ''].map((opening) => factsOf(understood([], slot), { parameters, item, order: own, opening })),
    ),
  );
/** A buyer who haggles, from round to round: for a price, a gift or postage, with and without an offer. */
const pleas: readonly Understanding[] = (
  [
    {},
    { quantity: 2 },
    { quantity: 30 },
    { discount: 0.8 },
    { offeredPriceYuan: 165 },
    { offeredPriceYuan: 168 },
    { offeredPriceYuan: 880 },
    { offeredPriceYuan: 860 },
    { offeredPriceYuan: 333, quantity: 2 },
  ] as const
).flatMap((given: Slots) =>
  [undefined, 'gift', 'postage', 'drops'].flatMap((facet) =>
    (facet === 'postage' ? [['haggling'], ['haggling', 'shipping_fee']] : [['haggling']]).map((ids) => {
      const { intents, ...rest } = understood(ids, given);
      const offer: Offer | undefined =
        given.offeredPriceYuan === undefined ? undefined : { yuan: given.offeredPriceYuan, of: 'unsaid' };
      return { ...rest, ...(offer && { offer }), intents: intents.map((one) => ({ ...one, ...(facet && { facet }) })) };
    }),
  ),
);
const reduction: Understanding = { ...understood(['haggling'], {}), offer: { reductionYuan: 5, of: 'unsaid' } };
const hagglingOf = (parameters: ShopParameters) =>
  [undefined, page('wool-cardigan'), page('double-face-coat')].flatMap((item) =>
    [...pleas, reduction].flatMap((plea) =>
      [0, 1, 2].flatMap((rounds) =>
        ['明早9点', ''].map((opening) =>
          factsOf(plea, { parameters, item, opening, haggling: { item: item?.id ?? '', rounds, at: at(), pieces: 1 } }),
        ),
      ),
    ),
  );
/** What is haggled over is gone: one product altogether, of another a colour and size. */
const soldOutOf = (parameters: ShopParameters) =>
  [
    [page('cashmere-scarf'), {}],
    [page('wool-beret'), {}],
    [page('wool-cardigan'), { colour: '雾蓝', size: 'L' }],
  ].flatMap(([item, given]) =>
    [0, 2].map((rounds) =>
      factsOf(understood(['haggling'], given as Slots), {
        parameters,
        item: item as Item,
        haggling: { item: (item as Item).id, rounds, at: at(), pieces: 1 },
      }),
    ),
  );
const parcelCasesOf = (parameters: ShopParameters) =>
  parcelTurns.flatMap(([asked, text = '', ...intents]) =>
    items.slice(0, 4).map((item) => factsOf(understood(intents, asked, text), { parameters, item })),
  );
/** What only the words tell: the way to pay, a campaign by name, a measure. */
const sayingsOf = (parameters: ShopParameters) =>
  [
    '可以用支付宝吗',
    '可以用微信吗',
    '双十一有活动吗',
    '满200减多少',
    '满300减多少',
    '一斤多少钱',
    '开衫怎么样',
    '花呗能分期吗',
    '一个月前买的',
    '一周内可以退吗',
    '除了酒红还有什么颜色',
    '年货节能用券吗',
  ].flatMap((text) =>
    [undefined, page('wool-scarf'), page('double-face-coat'), page('gift-box')].flatMap((item) =>
      [{}, { quantity: 3 }, { quantity: 30 }].map((slot) =>
        factsOf(understood([], slot, text), { parameters, item, opening: '明早9点' }),
      ),
    ),
  );
/** A parcel that is to be there on closed days: only the words tell it from one that is to leave then. */
const receivedOf = (parameters: ShopParameters) =>
  [{}, { region: { province: '内蒙古' } }].map((slots) =>
    factsOf(understood([], slots, '除夕能收到吗'), { parameters, opening: '明早9点' }),
  );
/** What was told of an order before holds for what is asked now. */
const troubledOf = (parameters: ShopParameters) =>
  troubles.flatMap((trouble) =>
    [undefined, own].flatMap((order) =>
      ['明早9点', ''].map((opening) => factsOf(understood([], {}), { parameters, order, opening, trouble })),
    ),
  );
const cases = [
  ...shops.flatMap(casesOf),
  ...shops.flatMap(hagglingOf),
  ...shops.flatMap(soldOutOf),
  ...parcelShops.flatMap(parcelCasesOf),
  ...[demo, ...festive].flatMap(sayingsOf),
  ...receivedOf(demo),
  ...troubledOf(demo),
];
const demoCases = [...casesOf(demo), ...hagglingOf(demo), ...parcelCasesOf(demo), ...troubledOf(demo)];

const manners = /你|没有|不行|不知道|肯定|保证|绝对|100%|最|第一|一定|微信|QQ|电话|[{}]|undefined|null|true|false|NaN/;

type When = readonly (readonly [string, Parameters<typeof holds>[0]])[];

type Facts = (typeof cases)[number];

/** Each is asked for by several tests. @param by whose they are */
function remembering<By extends object, Made>(make: (by: By, among: readonly Facts[], more: When) => Made) {
  const known = new Map<readonly Facts[], WeakMap<By, Made>>();
  return (by: By, among: readonly Facts[], more: When): Made => {
    const its = known.get(among) ?? new WeakMap<By, Made>();
    known.set(among, its);
    const made = its.get(by) ?? make(by, among, more);
    its.set(by, made);
    return made;
  };
}
const meantFor = remembering((when: When, among) =>
  among.filter((facts) => when.every(([name, condition]) => name === 'facet' || holds(condition, facts[name]))),
);
const said = remembering(
  (template: CompiledTemplate, among, when): ReadonlySet<string> =>
    new Set(meantFor(when, among, when).flatMap((facts) => textOf(template, facts) ?? [])),
);
const sayings = (template: CompiledTemplate, when: When, among: readonly Facts[] = cases) => said(template, among, when);

describe('the reply files', () => {
  it('have no fault', () => {
    expect(compiled.faults).toEqual([]);
  });

  it('ask only for facets that their file names', () => {
    for (const file of intentFiles) {
      for (const reply of file.replies)
        for (const facet of [reply.when.facet ?? []].flat())
          if (facet !== false) expect(Object.keys(file.facets), reply.id).toContain(facet);
      for (const entry of file.holding)
        for (const facet of typeof entry === 'string' ? [] : [entry.when.facet ?? []].flat())
          expect(Object.keys(file.facets), file.id).toContain(facet);
    }
  });
});

const rules = compileRules(await loadRules());
const replies = [...book.intents.values()].flatMap((intent) => intent.replies);

describe.each(replies.map((reply) => [reply.id, reply] as const))('%s', (_, reply) => {
  it('has two wordings or more, each of which is said in some case', () => {
    expect(reply.texts.length).toBeGreaterThanOrEqual(2);
    for (const template of [...reply.texts, reply.short])
      expect(sayings(template, reply.when).size, template.source).toBeGreaterThan(0);
  });

  it('is well-mannered and leaves room for an opening', () => {
    for (const template of reply.texts)
      for (const text of sayings(template, reply.when)) {
        expect(text).not.toMatch(manners);
        expect(characters(text), text).toBeLessThanOrEqual(100);
      }
    for (const text of sayings(reply.short, reply.when)) {
      expect(text).not.toMatch(manners);
      expect(characters(text), text).toBeLessThanOrEqual(45);
    }
  });

  it('says no bare yes: the question may have named another figure than the shop’s', () => {
    for (const { source } of [...reply.texts, reply.short])
      expect(source).not.toMatch(/(^|[，。；～！])(是的|对的|没错|嗯)[，～！]/);
  });

  it('can say its short form after any of its full ones: it is no part of them', () => {
    for (const short of sayings(reply.short, reply.when))
      for (const template of reply.texts) for (const text of sayings(template, reply.when)) expect(text).not.toContain(short);
  });

  it('keeps the rules of the platform', () => {
    const { freeExcludes, freeFromYuan = 0, freeFromItems = 0 } = demo.shipping!;
    const freeShipping = { excludes: freeExcludes, fromYuan: freeFromYuan, fromItems: freeFromItems };
    for (const template of [...reply.texts, reply.short])
      for (const text of sayings(template, reply.when, demoCases))
        expect(check(text, { codEnabled: true, cardAccepted: true, freeShipping }, rules), text).toEqual([]);
  });

  it('ends every sentence', () => {
    for (const template of [...reply.texts, reply.short])
      for (const text of sayings(template, reply.when)) expect(text).toMatch(/[～？。]$|\/:\^_\^$/);
  });
});

describe('holding texts', () => {
  const own = [...book.intents.values()].flatMap((intent) => intent.holding.flatMap((one) => one.texts));
  const { holdingWithTime, holdingWithoutTime, shortest, busy, leftOpenWithTime, leftOpenWithoutTime } = book.words;

  it.each(
    [...own, ...holdingWithTime, ...holdingWithoutTime, ...shortest, ...busy, ...leftOpenWithTime, ...leftOpenWithoutTime].map(
      (one) => [one.source, one] as const,
    ),
  )('%s', (_, template) => {
    const text = textOf(template, {
      opening: '2027年12月31日上午11点45分',
      person_then: '客服正在赶来，',
      matter: '发货和到货时间',
      address: '亲',
      offer: '便宜12.5元',
      detail_names: '生产日期、保质期',
      weakness_names: '起球、掉色',
      fault_postage: '由店里承担',
      cut_off: '16:00',
    });
    expect(text).not.toMatch(manners);
    expect(characters(text ?? ''), text).toBeLessThanOrEqual(100);
  });
});
