/** Several questions in one line, parted by nothing but a space or a comma: each is answered. */
import { describe, expect, it } from 'vitest';
import { ask, sentTexts } from './demo-shop.js';

const page = (id: string, title: string, priceYuan: number) => ({ more: { item: { id, title, priceYuan } } });
const cardigan = page('wool-cardigan', '羊毛圆领开衫', 168);
const sweater = page('cable-sweater', '麻花高领毛衣', 229);
const said = (text: string, more = {}) => sentTexts(ask(text, more)).join('\n');

describe('stock and what is asked beside it', () => {
  it.each([
    '雾蓝还有吗 今天拍明天能发吗',
    '雾蓝M还有吗，今天能发吗',
    '霧藍M碼還有嗎 今天能發嗎',
    '亲 这个开衫M码雾蓝还有吗 今天拍明天能发吗 到杭州几天',
    'L码燕麦色有吗，明天能发吗',
  ])('%s', (text) => {
    expect(said(text, cardigan)).toMatch(/有货|能直接拍|有现货/);
    expect(said(text, cardigan)).toMatch(/现在付款/);
  });

  it.each(['奶白还剩几件 我要两件', '奶白M还剩几件，我要两件'])('as told: %s', (text) => {
    expect(said(text, sweater)).toMatch(/2件/);
  });

  it('and what is not understood is left to a person by name', () => {
    expect(said('焦糖色还有吗 就一件了是吗', sweater)).toMatch(/1件.*客服/);
  });
});

describe('a detail that the product tells, beside one that it does not', () => {
  it.each(['双面绒的吗 厚不厚', '是手工的吗，厚不厚', '厚不厚 是手工的吗', '厚不厚，是手工的嗎？'])(
    'leaves the other to a person: %s',
    (text) => expect(said(text, cardigan)).toMatch(/中等厚度.*客服/),
  );

  it.each(['什么材质 厚不厚', '厚不厚', '什么面料的 能机洗吗'])('while both are told: %s', (text) =>
    expect(said(text, cardigan)).not.toMatch(/客服/),
  );
});

describe('thanks in front of a pause', () => {
  it.each(['可以啊 我直接给快递员就行了是吧', '哦 这样啊 我还要把手机恢复出厂设置吧'])('are not all that is said: %s', (text) =>
    expect(ask(text).answer.action).not.toBe('silent'),
  );
});
