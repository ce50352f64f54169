/** What a typo in a shop's file would promise is told before a buyer hears it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { intentSchema } from '../../src/shop/intent-file.js';
import { shopSchema } from '../../src/shop/parameters.js';
import { referenceFaults } from '../../src/shop/reference-faults.js';
import { templateFaults } from '../../src/shop/template-faults.js';

const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const product = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  title: id,
  priceYuan: 1,
  variants: [{ stock: 1 }],
  ...more,
});
const faultsOf = (parameters: Record<string, unknown>) =>
  referenceFaults(
    shopSchema.parse({ id: 'wool', name: '羊毛店', timeZone: 'Asia/Shanghai', hours: { weekly: closed }, ...parameters }),
    'wool.yaml',
  ).map((fault) => fault.path);

describe('a shop’s file', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['a misspelt province', { shipping: { freeExcludes: ['新彊', '西藏'] } }, ['shipping.freeExcludes[0]']],
    [
      'a floor above the price',
      { products: [product('a', { floorYuan: 1.5 }), product('b', { floorYuan: 1 })] },
      ['products[0].floorYuan'],
    ],
    [
      'concessions beyond what an agent may',
      {
        pricing: {
          policy: 'fixed',
          concessions: { steps: [0, 0.03, 0.04], floorShare: 0.96, fromYuan: 299 },
          agentShare: 0.97,
          agentFromYuan: 300,
        },
      },
      ['pricing.concessions.steps[2]', 'pricing.concessions.floorShare', 'pricing.concessions.fromYuan'],
    ],
    [
      'steps that fall back',
      { pricing: { policy: 'fixed', concessions: { steps: [0.02, 0.01] } } },
      ['pricing.concessions.steps[1]'],
    ],
    ['a lead who may less', { pricing: { policy: 'fixed', agentShare: 0.95, leadShare: 0.97 } }, ['pricing.leadShare']],
    [
      'concessions within',
      {
        pricing: {
          policy: 'tiered',
          concessions: { steps: [0, 0.01, 0.03], fromYuan: 300 },
          agentShare: 0.97,
          agentFromYuan: 300,
          leadShare: 0.95,
        },
      },
      [],
    ],
    ['a suffix', { shipping: { notServed: ['新疆维吾尔自治区'] } }, ['shipping.notServed[0]']],
    ['a city and abroad', { shipping: { notServed: ['新疆/克拉玛依', '海外'] } }, []],
    [
      'a region with two fees',
      {
        shipping: {
          table: [
            { regions: ['广东'], firstKgYuan: 8 },
            { regions: ['北京', '广东'], firstKgYuan: 9 },
          ],
        },
      },
      ['shipping.table[1].regions'],
    ],
    [
      'an extra charge for nobody',
      { shipping: { couriers: ['中通'], surchargeYuan: { 顺丰: 15 } } },
      ['shipping.surchargeYuan.顺丰'],
    ],
    [
      'a region with a fee for each of two couriers',
      {
        shipping: {
          table: [
            { regions: ['新疆'], couriers: ['邮政'], firstKgYuan: 18 },
            { regions: ['新疆'], couriers: ['顺丰'], firstKgYuan: 35 },
          ],
        },
      },
      [],
    ],
    [
      'a region with two fees for one courier',
      {
        shipping: {
          table: [
            { regions: ['新疆'], couriers: ['邮政'], firstKgYuan: 18 },
            { regions: ['新疆', '西藏'], couriers: ['中通', '邮政'], firstKgYuan: 35 },
          ],
        },
      },
      ['shipping.table[1].regions'],
    ],
    ['a county', { shipping: { table: [{ regions: ['江苏/苏州/昆山'], firstKgYuan: 6 }] } }, []],
    ['a county of another city', { shipping: { notServed: ['江苏/南京/昆山'] } }, ['shipping.notServed[0]']],
    [
      'a courier that buyers call otherwise',
      { shipping: { couriers: ['顺风', '圆通快递'] } },
      ['shipping.couriers[0]', 'shipping.couriers[1]'],
    ],
    [
      'a courier of a row, misspelt',
      { shipping: { table: [{ regions: ['广东'], couriers: ['ems'] }] } },
      ['shipping.table[0].couriers[0]'],
    ],
    ['a village courier of nobody', { shipping: { couriers: ['中通'], ruralCouriers: ['邮政'] } }, ['shipping.ruralCouriers[0]']],
    ['a place of dispatch that is none', { dispatch: { shipsFrom: '杭州' } }, ['dispatch.shipsFrom']],
    [
      'a chart for sizes that are not sold',
      {
        products: [
          product('top', {
            variants: [{ size: 'M', stock: 1 }],
            sizeChart: ['m码', 'L', 'M'].map((size) => ({
              size,
              heightCm: { from: 150, to: 160 },
              weightKg: { from: 40, to: 50 },
            })),
          }),
        ],
      },
      ['products[0].sizeChart[1].size', 'products[0].sizeChart[2].size'],
    ],
    ['two products of one id', { products: [product('hat'), product('hat')] }, ['products[1].id']],
    ['a product in place of itself', { products: [product('hat', { alternatives: ['hat'] })] }, ['products[0].alternatives[0]']],
    [
      'one variant twice',
      {
        products: [
          product('hat', {
            variants: [
              { colour: '黑色', stock: 1 },
              { colour: '黑色', stock: 2 },
            ],
          }),
        ],
      },
      ['products[0].variants[1]'],
    ],
    [
      'a coupon that gives more than it asks',
      { pricing: { policy: 'fixed', coupons: [{ fromYuan: 5, offYuan: 200 }] } },
      ['pricing.coupons[0]'],
    ],
    ['an amount for no gift', { pricing: { policy: 'fixed', giftFromYuan: 99 } }, ['pricing.giftFromYuan']],
    [
      'a place for no coupon',
      { pricing: { policy: 'fixed', couponsWhere: '首页', couponsStack: true } },
      ['pricing.couponsWhere', 'pricing.couponsStack'],
    ],
    [
      'one campaign twice',
      {
        campaigns: [
          { name: '店庆', words: '九折', from: '2026-11-01' },
          { name: '店庆', words: '八折', from: '2026-11-01' },
          { name: '店庆', words: '八折', from: '2027-11-01' },
        ],
      },
      ['campaigns[1].name'],
    ],
    [
      'a campaign of products that are not sold',
      {
        products: [{ id: 'wool-scarf', title: '围巾', priceYuan: 89, variants: [{ stock: 1 }] }],
        campaigns: [{ name: '店庆', words: '九折', products: ['wool-scarf', 'wool-scraf', 'hat'] }],
      },
      ['campaigns[0].products[1]', 'campaigns[0].products[2]'],
    ],
    ['one way to pay twice', { payment: { methods: ['支付宝', '银行卡', '支付宝'] } }, ['payment.methods[2]']],
  ])('%s', (_, parameters, paths) => {
    expect(faultsOf(parameters)).toEqual(paths);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a closing that ends before it begins', { closed: [{ from: '2027-02-11', to: '2027-02-04' }] }],
    ['an exception without a rule', { exceptions: [{ from: '2027-11-11' }] }],
    ['an exception with two rules', { exceptions: [{ from: '2027-11-11', withinHours: 72, words: '三天内发' }] }],
  ])('is refused for %s', (_, dispatch) => {
    const base = { id: 'wool', name: '店', timeZone: 'Asia/Shanghai', hours: { weekly: closed } };
    expect(shopSchema.safeParse({ ...base, dispatch: {} }).success).toBe(true);
    expect(shopSchema.safeParse({ ...base, dispatch }).success).toBe(false);
  });

  it('may not end a campaign before it begins', () => {
    const campaign = { name: '店庆', words: '九折', from: '2026-11-11', to: '2026-11-01' };
    const read = (from: string) =>
      shopSchema.safeParse({
        id: 'wool',
        name: '店',
        timeZone: 'Asia/Shanghai',
        hours: { weekly: closed },
        campaigns: [{ ...campaign, from }],
      }).success;
    expect([read('2026-11-11'), read('2026-11-01')]).toEqual([false, true]);
  });

  it('may not count days backwards', () => {
    const dispatch = { usualDays: { from: 5, to: 3 } };
    expect(
      shopSchema.safeParse({ id: 'wool', name: '店', timeZone: 'Asia/Shanghai', hours: { weekly: closed }, dispatch }).success,
    ).toBe(false);
  });
});

describe('a name that is nearly right', () => {
  const mendOf = (parameters: Record<string, unknown>) =>
    referenceFaults(
      shopSchema.parse({ id: 'wool', name: '羊毛店', timeZone: 'Asia/Shanghai', hours: { weekly: closed }, ...parameters }),
      'wool.yaml',
    ).map((fault) => fault.mend);

  it.each([
    ['广东省', 'Write 广东.'],
    ['新疆维吾尔自治区', 'Write 新疆.'],
    ['浙江省杭州市', 'Write 浙江/杭州.'],
    ['江苏省/苏州市/昆山市', 'Write 江苏/苏州/昆山.'],
    ['杭州', 'Write 浙江/杭州.'],
    ['新彊', expect.stringMatching(/^Write a province/)],
  ])('is told as it should be: the place %s', (place, mend) => {
    expect(mendOf({ shipping: { notServed: [place] } })).toEqual([mend]);
  });

  it('is told as it should be: a product; of many only some are listed', () => {
    const near = product('wool-scarf', { alternatives: ['wool-scraf'] });
    expect(mendOf({ products: [near, product('wool-coat')] })).toEqual(['Did you mean wool-scarf?']);
    const many = Array.from({ length: 30 }, (_, at) => product(`p-${at}`));
    const [mend] = mendOf({ products: [...many, product('lamp', { alternatives: ['nothing-like-it'] })] });
    expect(mend).toBe('Name one of p-0, p-1, p-2, p-3, p-4, p-5, p-6, p-7, p-8, p-9 ….');
  });
});

describe('wordings of an intent file', () => {
  let rules: ReturnType<typeof compileRules>;
  beforeAll(async () => {
    rules = compileRules(await loadRules());
  });
  const file = (text: string) => ({
    path: 'intents/own.yaml',
    intent: intentSchema.parse({
      id: 'own',
      title: { zh: '自己的', en: 'own' },
      replies: [{ id: 'one', asks: ['rule'], texts: [text], short: '好的～' }],
    }),
  });

  it('that break a rule are told with their place and a better one', () => {
    const [fault] = templateFaults([file('加微信 abc123 给您{{ coupons }}')], rules);
    expect(fault).toMatchObject({ file: 'intents/own.yaml', path: 'replies[0].texts[0]', severity: 'error' });
    expect(fault!.mend.length).toBeGreaterThan(10);
  });

  it('that keep them are not', () => {
    expect(templateFaults([file('现在有{{ coupons }}的优惠，您看可以吗？')], rules)).toEqual([]);
  });
});
