/** Offers of buyers in many wordings: the price named, an amount off, and what is neither. */
import { describe, expect, it } from 'vitest';
import type { Offer } from '../../src/conversation.js';
import { understand } from '../../src/understanding/understand.js';
import { tinyModel } from './tiny-model.js';

const read = (text: string) => understand(text, tinyModel, { today: '2026-11-21' });

describe('an offer', () => {
  it.each<[string, number, Offer['of']]>([
    ['26行吗', 26, 'unsaid'],
    ['26行不', 26, 'unsaid'],
    ['80,行吗？', 80, 'unsaid'],
    ['80块好吗', 80, 'unsaid'],
    ['八十块钱卖吗', 80, 'unsaid'],
    ['100卖不卖', 100, 'unsaid'],
    ['一百五行吗', 150, 'unsaid'],
    ['一百零五行吗', 105, 'unsaid'],
    ['给个整数100', 100, 'unsaid'],
    ['一口价80', 80, 'unsaid'],
    ['便宜到60', 60, 'unsaid'],
    ['80我马上拍', 80, 'unsaid'],
    ['80的话我拍', 80, 'unsaid'],
    ['我出80', 80, 'unsaid'],
    ['能不能100', 100, 'unsaid'],
    ['165吧', 165, 'unsaid'],
    ['80一口价', 80, 'unsaid'],
    ['能不能125给我', 125, 'unsaid'],
    ['125给我吧', 125, 'unsaid'],
    ['改成160吧', 160, 'unsaid'],
    ['200买两件行吗', 200, 'all'],
    ['50两个卖不', 50, 'all'],
    ['两件150行吗', 150, 'all'],
    ['两件一共150行吗', 150, 'all'],
    ['每件80行吗', 80, 'piece'],
    ['单价80可以不', 80, 'piece'],
    ['80一件卖吗', 80, 'piece'],
    ['要6双可不可以75一双', 75, 'piece'],
  ])('%s is a price of %d', (text, yuan, of) => {
    const { offer, slots } = read(text);
    expect(offer).toEqual({ yuan, of });
    expect(slots.offeredPriceYuan).toBe(yuan);
  });

  it.each<[string, number, Offer['of']]>([
    ['80元包郵可以嗎', 80, 'unsaid'],
    ['150包邮卖吗', 150, 'unsaid'],
    ['130包邮行不行', 130, 'unsaid'],
    ['160包邮我就拍了', 160, 'unsaid'],
    ['一百六包邮行吗', 160, 'unsaid'],
    ['八百五包邮可以不', 850, 'unsaid'],
    ['99元两件包邮可以吗', 99, 'all'],
    ['两条150包邮行吗', 150, 'all'],
    ['包邮150卖吗', 150, 'unsaid'],
    ['一口价150包邮', 150, 'unsaid'],
  ])('%s is a price of %d with the postage in it', (text, yuan, of) => {
    const { offer, slots } = read(text);
    expect(offer).toEqual({ yuan, of, withPostage: true });
    expect(slots.offeredPriceYuan).toBe(yuan);
  });

  it.each<[string, number, Offer['of']]>([
    ['能少10块吗', 10, 'unsaid'],
    ['便宜20', 20, 'unsaid'],
    ['便宜两块呗', 2, 'unsaid'],
    ['减5块行不', 5, 'unsaid'],
    ['优惠10元可以吗', 10, 'unsaid'],
    ['少5毛行吗', 0.5, 'unsaid'],
    ['便宜5块5可以吗', 5.5, 'unsaid'],
    ['每件便宜10块行吗', 10, 'piece'],
    ['便宜10块钱我就拍', 10, 'unsaid'],
  ])('%s is %d off and no price', (text, reductionYuan, of) => {
    const { offer, slots } = read(text);
    expect(offer).toEqual({ reductionYuan, of });
    expect(slots.offeredPriceYuan).toBeUndefined();
    expect(slots.quantity).toBeUndefined();
  });

  it.each([
    '满200减5可以吗',
    '至少20',
    '运费10元行吗',
    '3件可以吗',
    '两块香皂可以吗',
    '可以买2件吗',
    '可以送两个吗好吧',
    '多要一盒给个优惠',
    '第2件可以吗',
    '优惠一下呗',
    '便宜一些吧',
    '10号可以发吗',
    '3天可以到吗',
    '打九折',
    '38码行吗',
    '我1米6可以吗',
    // The rule is asked, or may be.
    '满99包邮吗',
    '满99包邮可以吗',
    '99包邮吗',
    '99元包邮吗',
    '买100块包邮吗',
    '下单100包邮可以吗',
    '消费150可以包邮吗',
    '两件包邮可以吗',
    '退20给我',
  ])('%s names none', (text) => {
    expect(read(text).offer).toBeUndefined();
  });

  it('counts no pieces in an estimate', () => {
    expect(read('四五袋能便宜吗').slots.quantity).toBeUndefined();
    expect(read('两件150行吗').slots.quantity).toBe(2);
    expect(read('200买两件行吗').slots).toEqual({ offeredPriceYuan: 200, quantity: 2 });
  });
});
