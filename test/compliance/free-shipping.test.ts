import { expect, it } from 'vitest';
import { rule } from '../../src/compliance/rules/free-shipping.js';

const some = { excludes: ['新疆', '西藏/阿里'], fromYuan: 95 };
const items = { excludes: [], fromItems: 2 };

it.each([
  // Sums in figures and in words, before and after.
  ['满95元包邮', some, false],
  ['满九十五元包邮', some, false],
  ['满一百二十块包邮', some, false],
  ['95元以上包邮的', some, false],
  ['满94.5元包邮', some, true],
  ['满五十包邮', some, true],
  // Items.
  ['两件包邮', items, false],
  ['满2件就包邮', items, false],
  ['三双以上免运费', items, false],
  ['单件也包邮', items, true],
  ['1件包邮', items, true],
  ['满2件包邮', some, true],
  // Regions, also below the province.
  ['阿里满95元包邮', some, true],
  ['满95元包邮，新疆不在范围内', some, false],
  ['江苏满95元包邮', some, false],
  // This very order.
  ['您这单已经满足条件，包邮的', some, false],
  ['您这单128元，免运费哦', some, false],
  // Not a promise.
  ['这款不包邮哦', some, false],
  ['再买10元就可以包邮', some, false],
  ['包邮门槛请看页面', some, false],
  ['请问您问的是包邮活动吗', some, false],
] as const)('%s (%o): %s', (text, freeShipping, isBreach) => {
  expect(rule.check(text, { freeShipping }).length > 0).toBe(isBreach);
});

it('without a template only what is promised everywhere is too wide', () => {
  expect(rule.check('这款包邮的', {})).toEqual([]);
  expect(rule.check('全国都包邮', {})).toHaveLength(1);
  expect(rule.check('全国包邮，偏远地区除外', {})).toEqual([]);
});

it('tells the three ways of being too wide apart', () => {
  const why = (text: string) => rule.check(text, { freeShipping: some })[0]?.because;
  expect(new Set([why('哪里都包邮'), why('新疆包邮'), why('满10元包邮')]).size).toBe(3);
});
