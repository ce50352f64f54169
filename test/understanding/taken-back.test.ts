import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/compliance/load-rules.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import { understand } from '../../src/understanding/understand.js';

const { model } = loadKnowledge(process.cwd(), await loadRules()).shops.get('demo')!;
const back = (text: string) => understand(text, model).because.find(({ code }) => code === 'taken_back')?.values?.words;

describe('what is taken back in the same breath', () => {
  it.each([
    '不要M码的，S码有吗',
    'M码太小了，L码还有货吗',
    'L码的不行，S的有货吗',
    '不要黑色，燕麦色有货吗',
    '不是雾蓝，燕麦色有货吗',
    '大衣不要驼色有货吗',
    '不要发圆通，发顺丰要加多少运费，北京',
    '別發中通，發順豐運費多少 寄北京',
    '到青海多少运费\n打错了 新疆',
    '到新疆包邮吗\n算了 不要了',
    '雾蓝M有货吗\n不要雾蓝了，燕麦色M呢',
    '雾蓝L有货吗\n算了 要炭灰L',
    '退货运费谁出\n我是说换货',
    '可以开发票吗\n不用了谢谢',
    '我没说要退货',
    '我不是要退货，就问问颜色',
    '不是问发票，问运费多少',
    '没问你包邮不包邮',
    '没有说要退货啊',
  ])('is told of %s', (text) => expect(back(text)).toEqual(expect.any(String)));

  it.each([
    '到新疆包邮吗',
    '是不是发顺丰',
    '不发新疆吗，运费多少',
    '雾蓝色和燕麦色都有货吗',
    '顺丰和中通运费一样吗，寄北京',
    '新疆克拉玛依包邮吗，不是说满95包邮吗',
    '能不能便宜点，不行就算了',
    '什么时候发货\n不是说今天发吗',
    '羊毛围巾有没有黑色',
    'M码有货吗\n包邮吗',
    '寄北京多少运费\n不是，我问的是寄上海',
    '千万别发申通',
    '没问题，什么时候发货',
    '你们没说要收运费啊',
    '有没有问题，能退货吗',
    '是不是要退货才能换',
  ])('is nothing in %s', (text) => expect(back(text)).toBeUndefined());
});
