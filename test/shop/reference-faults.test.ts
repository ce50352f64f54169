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
  ])('%s', (_, parameters, paths) => {
    expect(faultsOf(parameters)).toEqual(paths);
  });

  it('may not count days backwards', () => {
    const dispatch = { usualDays: { from: 5, to: 3 } };
    expect(
      shopSchema.safeParse({ id: 'wool', name: '店', timeZone: 'Asia/Shanghai', hours: { weekly: closed }, dispatch }).success,
    ).toBe(false);
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
