import { describe, expect, it } from 'vitest';
import type { Slots } from '../../src/conversation.js';
import { numberOf } from '../../src/understanding/numbers.js';
import { understand } from '../../src/understanding/understand.js';
import { modelOf, tinyModel } from './tiny-model.js';

const slots = (text: string) => understand(text, tinyModel, { today: '2026-11-21' }).slots;

describe('slots', () => {
  it.each<[string, Slots]>([
    ['到新疆多少邮费', { region: { province: '新疆' } }],
    ['寄克拉玛依', { region: { province: '新疆', city: '克拉玛依' } }],
    ['新疆克拉玛依要几块', { region: { province: '新疆', city: '克拉玛依' } }],
    ['广东省广州市包邮吗', { region: { province: '广东', city: '广州' } }],
    ['北京包邮吗', { region: { province: '北京' } }],
    ['到恩施呢', { region: { province: '湖北', city: '恩施' } }],
    ['巴音郭楞蒙古自治州', { region: { province: '新疆', city: '巴音郭楞' } }],
    ['寄臺灣', { region: { province: '台湾' } }],
    ['内蒙古', { region: { province: '内蒙古' } }],
    ['吉林', { region: { province: '吉林' } }],
    ['吉林市', { region: { province: '吉林', city: '吉林' } }],
    ['发顺风可以吗', { courier: '顺丰' }],
    ['发圆通还是EMS', { courier: '圆通' }],
    ['两件包邮吗', { quantity: 2 }],
    ['买3件', { quantity: 3 }],
    ['我要十二双', { quantity: 12 }],
    ['100卖不卖', { offeredPriceYuan: 100 }],
    ['80元行不行', { offeredPriceYuan: 80 }],
    ['一口价80', { offeredPriceYuan: 80 }],
    ['八十块钱卖吗', { offeredPriceYuan: 80 }],
    ['八五折行不行', { discount: 0.85 }],
    ['打8折', { discount: 0.8 }],
    ['97折', { discount: 0.97 }],
    ['分12期', { instalments: 12 }],
    ['有XL码吗', { size: 'XL' }],
    ['蓝色的还有吗', { colour: '蓝色' }],
    ['订单123456789012345678', { orderId: '123456789012345678' }],
    ['明天能到吗', { date: '2026-11-22' }],
    ['12月1号之前', { date: '2026-12-01' }],
    ['3号能到吗', { date: '2026-12-03' }],
    ['3天能到吗', { days: 3 }],
    ['招行可以分期吗', { bank: '招商银行' }],
    ['2公斤', { weightKg: 2 }],
    ['在吗', {}],
  ])('%s', (text, expected) => {
    expect(slots(text)).toEqual(expected);
  });

  it.each([
    ['二十五', 25],
    ['两百', 200],
    ['八五', 85],
    ['十', 10],
    ['一百二十', 120],
    ['12.5', 12.5],
    ['三千零五', 3005],
    ['百千', undefined],
    ['', undefined],
  ])('reads the number %s', (text, value) => {
    expect(numberOf(text)).toBe(value);
  });
});

describe('what is asked or feared of the goods', () => {
  const heard = (text: string, names: readonly string[] = []) => {
    const model = names.length === 0 ? tinyModel : modelOf([{ id: 'own', patterns: ['包邮'], examples: ['包邮'] }], names);
    const { details, weaknesses } = understand(text, model).slots;
    return [details ?? [], weaknesses ?? []];
  };
  it.each<[string, readonly string[], readonly string[]]>([
    ['什么料子的', ['材质'], []],
    ['能機洗嗎，成份是什麼', ['洗护', '材质'], []],
    ['会起球吗掉不掉色会褪色吗', [], ['起球', '掉色']],
    ['生产日期和保质期', ['生产日期', '保质期'], []],
    ['什么时候发货', [], []],
  ])('%s', (text, details, weaknesses) => {
    expect(heard(text)).toEqual([details, weaknesses]);
  });

  it('asks for nothing by the name of a product', () => {
    expect(heard('纯棉打底衫有货吗')).toEqual([['材质'], []]);
    expect(heard('纯棉打底衫有货吗', ['纯棉打底衫'])).toEqual([[], []]);
  });
});
