/** Several goods in one breath, each with its count: so many pieces together. */
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/compliance/load-rules.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import { understand } from '../../src/understanding/understand.js';

const { model } = loadKnowledge(process.cwd(), await loadRules()).shops.get('demo')!;
const quantity = (text: string) => understand(text, model).slots.quantity;

describe('the pieces of several goods', () => {
  it.each([
    ['买一条围巾加一个帽子包邮吗', 2],
    ['买一个围脖一个帽子包邮吗', 2],
    ['一件打底衫一件针织帽到北京多少运费', 2],
    ['一条围脖两个针织帽包邮吗', 3],
    ['一件大衣、两件打底衫和一个围脖包邮吗', 4],
    ['一条围脖和帽子包邮吗', 2],
    ['围脖3个帽子2个包邮吗', 5],
    ['围脖一个，针织帽一个包邮吗', 2],
    ['两件M一件L多少钱', 3],
    ['要一个黑色的一个燕麦色的', 2],
    ['雾蓝两件，燕麦色一件多少钱', 3],
  ])('%s: %d', (text, pieces) => expect(quantity(text)).toBe(pieces));

  it.each([
    ['一个围脖包邮吗', 1],
    ['两件雾蓝M码包邮吗', 2],
    ['要3件开衫，围脖有货吗', 3],
    ['2件大衣包邮吗', 2],
    ['第二件大衣和围脖半价吗', undefined],
    ['打底衫和围脖包邮吗', undefined],
  ])('%s counts one of them alone: %s', (text, pieces) => expect(quantity(text)).toBe(pieces));
});
