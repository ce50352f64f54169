/** A few words that go on from the turn before, or are told before they are asked for. */
import { describe, expect, it } from 'vitest';
import { sentTexts, talk } from './demo-shop.js';

const cardigan = { item: { id: 'wool-cardigan', title: '羊毛圆领开衫', priceYuan: 168 } };
const last = (texts: readonly string[], more = {}) => talk(texts, { more }).at(-1)!;
const said = (texts: readonly string[], more = {}) => sentTexts(last(texts, more)).join('\n');

describe('a height and a weight', () => {
  it.each([[['我女儿160 105斤', '穿多大']], [['我160，105斤', '穿什么码']], [['身高160體重105斤', '選哪個碼']]])(
    'that were told are not asked for again: %j',
    (texts) => {
      expect(said(texts, cardigan)).toMatch(/M码/);
    },
  );

  it.each([[['我155 90斤穿什么码', '我妈穿什么码']], [['我165 110斤', '多少钱', '穿什么码']]])(
    'that may be somebody else’s are: %j',
    (texts) => expect(said(texts, cardigan)).toMatch(/身高/),
  );
});

describe('what a courier costs on top', () => {
  it.each([
    [['顺丰可以吗', '要加钱吗'], /15元/],
    [['能发順豐嗎', '需要补差价吗'], /15元/],
    [['能发邮政吗', '要补运费吗'], /不用另外加钱|不加价/],
  ])('%j', (texts, words) => expect(said(texts)).toMatch(words));
});

describe('how long it takes', () => {
  it.each([[['内蒙能发邮政吗', '几天到']], [['内蒙古包邮吗', '大概多久']]])('to the place that was named: %j', (texts) =>
    expect(said(texts)).toContain('4-7天'),
  );
});

describe('where a return goes', () => {
  it.each([[['我要退货', '地址发我']], [['怎么退货', '地址给我一下']]])('%j', (texts) =>
    expect(said(texts)).toContain('售后页面'),
  );

  it('is no address of an order', () => expect(last(['我要改地址', '地址发我']).answer.action).toBe('handoff'));
});

describe('what instalments cost', () => {
  it.each([[['花呗可以分几期', '有手续费吗']], [['能分几期', '要利息吗']]])('%j', (texts) =>
    expect(said(texts)).toMatch(/店里不(收|另收费)/),
  );
});

describe('how a coupon is used', () => {
  it.each(['优惠券怎么用', '满200减5怎么用', '滿減怎麼參加', '券要怎么使用'])('is told: %s', (text) =>
    expect(said([text])).toMatch(/优惠栏.*(自动用上|自动抵扣)/),
  );

  it.each(['券怎么用不了', '红包怎么用', '满300减50怎么用'])(
    'and what is no coupon of the shop, or fails, is a person’s: %s',
    (text) => expect(last([text]).answer.action).toBe('handoff'),
  );
});
