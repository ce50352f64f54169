/** Couriers, banks, colours and sizes by the names that buyers use. */
import { describe, expect, it } from 'vitest';
import type { Slots } from '../../src/conversation.js';
import { sizeKey } from '../../src/shop/size-names.js';
import { understand } from '../../src/understanding/understand.js';
import { language, tinyModel } from './tiny-model.js';

const slots = (text: string) => understand(text, tinyModel).slots;

describe('names', () => {
  it.each(Object.entries(language.couriers))('%s is a courier by each of its names', (courier, names) => {
    for (const name of [courier, ...names]) expect([name, slots(`发${name}吗`).courier]).toEqual([name, courier]);
  });

  it.each(Object.entries(language.banks))('%s is a bank by each of its names', (bank, names) => {
    for (const name of [bank, ...names]) expect([name, slots(`用${name}可以吗`).bank]).toEqual([name, bank]);
  });

  it.each(language.colours)('%s is a colour', (colour) => {
    expect(slots(`有${colour}的吗`).colour).toBe(colour);
  });

  it.each<[string, Slots]>([
    ['发顺风', { courier: '顺丰' }],
    ['sf可以吗', { courier: '顺丰' }],
    ['发ＥＭＳ', { courier: 'EMS' }],
    ['京东物流', { courier: '京东' }],
    ['百世汇通', { courier: '百世' }],
    ['天天快递', { courier: '天天快递' }],
    ['天天等', {}],
    ['四通一达', {}],
    ['招行', { bank: '招商银行' }],
    ['建行信用卡', { bank: '建设银行' }],
    ['其中行不行', {}],
    ['中行卡', { bank: '中国银行' }],
    ['深灰色', { colour: '深灰' }],
    ['天蓝色', { colour: '天蓝' }],
    ['藏青和黑色', { colour: '藏青' }],
    ['颜色', {}],
    ['XL', { size: 'XL' }],
    ['2xl码', { size: '2XL' }],
    ['ＸＸＬ', { size: 'XXL' }],
    ['m号', { size: 'M' }],
    ['38码', { size: '38' }],
    ['三十八码', { size: '38' }],
    ['均码', { size: '均码' }],
    ['有大码吗', { size: '大码' }],
    ['中号的', { size: '中号' }],
    ['小碼有嗎', { size: '小码' }],
    ['加大号有没有', { size: '加大号' }],
    ['最大的码', { size: '最大码' }],
    ['最小的尺码', { size: '最小码' }],
    ['大码L', { size: 'L' }],
    ['大小码', {}],
    ['大一码', {}],
    ['大号码牌', {}],
    // Height, girth and build: the label of a size, and nobody's body.
    ['160/84A', { size: '160/84A' }],
    ['要165/88a的', { size: '165/88A' }],
    ['110/56c', { size: '110/56C' }],
    ['160/84', { heightCm: 160 }],
    ["where's my parcel", {}],
    ['i’m waiting', {}],
    ["what's size L in cm", { size: 'L' }],
    ['size s', { size: 'S' }],
    ['nike m码', { size: 'M' }],
    ['有 S 的吗', { size: 'S' }],
    ['html', {}],
    ['尺码', {}],
    ['iphone', {}],
  ])('%s', (text, expected) => {
    expect(slots(text)).toEqual(expected);
  });

  it.each([
    ['XXL', '2XL'],
    ['xxxl', '3XL'],
    ['m码', 'M'],
    ['38码', '38'],
  ])('%s is %s', (said, known) => {
    expect(sizeKey(said)).toBe(sizeKey(known));
  });
});
