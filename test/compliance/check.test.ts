import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { firstOrdinaryLines as ordinaryLines, firstViolatingLines as violatingLines } from './own-lines.js';

const rules = await loadRules();
const compiled = compileRules(rules);
const strict = {
  codEnabled: true,
  cardAccepted: true,
  orderOwner: false,
  freeShipping: { excludes: ['新疆', '西藏'], fromYuan: 95, fromItems: 2 },
};

describe('the rules', () => {
  it('are all of the penalty table, found in their directory', () => {
    expect(rules.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'absolute-words',
        'arrival-promise',
        'buyer-data',
        'card-fee',
        'closing-order',
        'cod-refusal',
        'free-shipping',
        'insults',
        'invoice',
        'off-platform-contact',
        'off-platform-payment',
        'rivals',
        'tone',
      ]),
    );
  });

  it('may not share a name', () => {
    expect(() => compileRules([...rules, ...rules.slice(0, 1)])).toThrow('two compliance rules are called absolute-words');
  });
});

describe('checking', () => {
  it('tells the gravest rule first, and each breach in place', () => {
    const found = check('您好，肯定正品，加微信，不开发票', {}, compiled);
    expect(found.map(({ rule, words, severity, points }) => [rule, words, severity, points])).toEqual([
      ['off-platform-contact', '加微信', 'block', 0],
      ['invoice', '不开发票', 'points', 6],
      ['absolute-words', '肯定', 'hint', 0],
    ]);
  });

  it('keeps the note where sources disagree', () => {
    expect(check('信用卡要加收手续费', {}, compiled)[0]).toMatchObject({ points: 4, note: '各来源不一致：4分或6分' });
  });

  it('finds nothing in nothing', () => {
    expect(check('', strict, compiled)).toEqual([]);
    expect(check(' \n！？', strict, compiled)).toEqual([]);
  });

  it('holds the shop’s own terms against the text', () => {
    const caught = (text: string, context: object) => check(text, context, compiled).map(({ rule }) => rule);
    expect(caught('我们不支持货到付款', { codEnabled: true })).toEqual(['cod-refusal']);
    expect(caught('我们不支持货到付款', { codEnabled: false })).toEqual([]);
    expect(caught('我们不支持信用卡', {})).toEqual(['card-fee']);
    expect(caught('我们不支持信用卡', { cardAccepted: false })).toEqual([]);
    expect(caught('这款包邮的', {})).toEqual([]);
    expect(caught('这款包邮的', { freeShipping: { excludes: [] } })).toEqual([]);
    expect(caught('这款包邮的', { freeShipping: { excludes: [], fromYuan: 59 } })).toEqual(['free-shipping']);
    expect(caught('全国包邮', { freeShipping: { excludes: [] } })).toEqual([]);
    expect(caught('全国包邮', { freeShipping: { excludes: ['西藏'] } })).toEqual(['free-shipping']);
    expect(caught('收货地址是文三路那边', { orderOwner: true })).toEqual([]);
    expect(caught('收货地址是文三路那边', { orderOwner: false })).toEqual(['buyer-data']);
  });
});

const fragment = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(...ordinaryLines, ...violatingLines.map(([, line]) => line)),
);

it('never fails on any text, and every finding is where it says', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      for (const { start, end, words } of check(text, strict, compiled)) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(text.slice(start, end)).toBe(words);
      }
    }),
    { numRuns: 1000 },
  );
});

it.each([
  '肯定',
  '1',
  'a·',
  'a.',
  '你',
  '包邮',
  '发票不',
  '满95元',
  '微',
  '明天',
  '不',
  '13800138000 ',
  '，',
  '货到付款',
  '订单',
  '别家',
  ...ordinaryLines.slice(0, 3),
])('comes to an end with a long text of %s', (part) => {
  // Work that grows with the square of the length would not end before the test's own time is up; `npm run bench` measures it.
  const text = part.repeat(Math.ceil(200_000 / part.length));
  expect(check(text, strict, compiled).length).toBeGreaterThanOrEqual(0);
});
