/** Numbers and what they count: offers, discounts, pieces, days, weights, instalments, order numbers. */
import { describe, expect, it } from 'vitest';
import type { Slots } from '../../src/conversation.js';
import { numberOf, unitNumber } from '../../src/understanding/numbers.js';
import { understand } from '../../src/understanding/understand.js';
import { tinyModel } from './tiny-model.js';

const slots = (text: string) => understand(text, tinyModel, { today: '2026-10-01' }).slots;

describe('a number', () => {
  it.each([
    ['两百五', 250],
    ['一百零八', 108],
    ['三千二', 3200],
    ['九十九', 99],
    ['一千零一', 1001],
    ['俩', 2],
    ['十', 10],
    ['二十', 20],
    ['零', 0],
    ['5.5', 5.5],
    ['1.2.3', undefined],
    ['十百', undefined],
  ])('%s is %s', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });

  it.each([
    ['1千2', 1200, 3],
    ['2w', 20000, 2],
    ['1.5万', 15000, 4],
    ['3百', 300, 2],
    ['3k', 3000, 2],
    ['1千', 1000, 2],
  ])('%s is %d', (text, value, length) => {
    expect(unitNumber(text)).toEqual({ value, length });
  });

  it.each(['3kg', '2wifi', '12', '千2'])('%s has no unit of numbers', (text) => {
    expect(unitNumber(text)).toBeUndefined();
  });
});

describe('numbers in messages', () => {
  it.each<[string, Slots]>([
    ['两百五行吗', { offeredPriceYuan: 250 }],
    ['1千2卖吗', { offeredPriceYuan: 1200 }],
    ['一百零八行不', { offeredPriceYuan: 108 }],
    ['100卖不卖', { offeredPriceYuan: 100 }],
    ['一口价80', { offeredPriceYuan: 80 }],
    ['99块9行不行', { offeredPriceYuan: 99.9 }],
    ['一百九十九块九行不行', { offeredPriceYuan: 199.9 }],
    ['5块50能卖吗', { offeredPriceYuan: 5.5 }],
    ['9块9包邮吗', {}],
    ['九块九包邮吗', {}],
    ['能不能160', { offeredPriceYuan: 160 }],
    ['给个整数150', { offeredPriceYuan: 150 }],
    ['１００卖不卖', { offeredPriceYuan: 100 }],
    ['便宜20', {}],
    ['少10块吧', {}],
    ['八五折', { discount: 0.85 }],
    ['8.5折', { discount: 0.85 }],
    ['五五折', { discount: 0.55 }],
    ['打个九折', { discount: 0.9 }],
    ['850拿下可以不', { offeredPriceYuan: 850 }],
    ['200块带走行吗', { offeredPriceYuan: 200 }],
    ['9块9能拿下吗', { offeredPriceYuan: 9.9 }],
    ['大衣分3期一期还多少', { instalments: 3 }],
    ['分1期可以吗', { instalments: 1 }],
    ['3件', { quantity: 3 }],
    ['30个多少钱', { quantity: 30 }],
    ['30个多小时', {}],
    ['几十件多少钱', {}],
    ['好几百件多少钱', {}],
    ['陕西和山西运费一样吗', { region: { province: '山西' } }],
    ['两样各要一个', { quantity: 2 }],
    ['35~40斤', { weightKg: 20, weightFromKg: 17.5 }],
    ['三十五到四十斤', { weightKg: 20, weightFromKg: 17.5 }],
    ['35-40公斤', { weightKg: 40, weightFromKg: 35 }],
    ['2斤到3斤', { weightKg: 1.5, weightFromKg: 1 }],
    ['身高165 100到110斤', { heightCm: 165, weightKg: 55, weightFromKg: 50 }],
    ['身高155 160斤', { heightCm: 155, weightKg: 80 }],
    ['165 110斤', { heightCm: 165, weightKg: 55 }],
    ['十二双', { quantity: 12 }],
    ['第二件半价', {}],
    ['第3件', {}],
    ['300块', {}],
    ['四五袋', {}],
    ['3天', { days: 3 }],
    ['7日内', { days: 7 }],
    ['15天无理由', { days: 15 }],
    ['一百二十斤', { weightKg: 60 }],
    ['60kg', { weightKg: 60 }],
    ['55公斤', { weightKg: 55 }],
    ['半斤', { weightKg: 0.25 }],
    ['三斤半', { weightKg: 1.75 }],
    ['500克', { weightKg: 0.5 }],
    ['500g', { weightKg: 0.5 }],
    ['1米7', { heightCm: 170 }],
    ['身高一米六五', { heightCm: 165 }],
    ['分6期', { instalments: 6 }],
    ['花呗12期免息', { instalments: 12 }],
    ['六期', { instalments: 6 }],
    ['分三个月', { instalments: 3 }],
    ['分期12个月', { instalments: 12 }],
    ['等了三个月', {}],
    ['订单123456789012345678', { orderId: '123456789012345678' }],
    ['单号1234567890123456', { orderId: '1234567890123456' }],
    ['12345678901234567890123', {}],
    ['我电话13812345678', {}],
    ['商品528690173109', {}],
    ['三星手机', {}],
    ['9成新', {}],
    ['5g手机', {}],
    ['三只松鼠', {}],
  ])('%s', (text, expected) => {
    expect(slots(text)).toEqual(expected);
  });
});
