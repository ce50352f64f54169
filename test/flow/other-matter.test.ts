/** Words that name one matter and are of another: the last day before a holiday, what comes back, a lost invoice, a place not abroad. */
import { describe, expect, it } from 'vitest';
import { ask, sentTexts, talk } from './demo-shop.js';

type Answered = ReturnType<typeof ask>;
const last = (texts: readonly string[]) => talk(texts).at(-1)!;
const said = (answered: Answered) => sentTexts(answered).join('\n');

describe('the last day before a holiday', () => {
  it.each(['年前最后一天发货是几号', '过年最后一天发货是哪天', '年前发货到几号', '春节前最晚几号发货'])(
    'is no day to arrive by: %s',
    (text) => {
      const answered = ask(text);
      expect(answered.answer.understanding.slots.days).toBeUndefined();
      expect(said(answered)).not.toMatch(/赶不上|一般明天发/);
    },
  );

  it('while a day counted is', () => expect(ask('1天能到吗').answer.understanding.slots.days).toBe(1));
});

describe('money for an order that was called off', () => {
  it.each([['多久退款'], ['几天到账']])('comes back without goods: %s', (text) =>
    expect(said(last(['我要取消订单', text, '那退款要几天']))).not.toMatch(/寄回|退回的宝贝/),
  );

  it.each(['原路退吗', '退款是原路返回吗', '是原路退回來嗎'])('by the way that it was paid: %s', (text) =>
    expect(said(ask(text))).toMatch(/原来的付款方式|退回哪个账户/),
  );
});

describe('what is told of an own parcel or invoice', () => {
  it.each(['快递退回了怎么办', '货退回了什么时候退款', '发票丢了能补吗', '我把發票弄丟了怎麼辦'])('is a person’s: %s', (text) =>
    expect(ask(text).answer.action).toBe('handoff'),
  );

  it('and a lost invoice is no lost parcel', () => expect(said(ask('发票丢了能补吗'))).not.toMatch(/包裹|快递/));
});

describe('the courier of what goes back', () => {
  it.each([
    ['我要退货', '发什么快递'],
    ['退货地址是哪', '用什么快递'],
  ])('is none of new orders: %s, %s', (first, then) => expect(last([first, then]).answer.action).toBe('handoff'));

  it('which is told to who asks for it', () => expect(said(ask('发什么快递'))).toContain('中通'));
});

describe('a later day at the buyer’s wish', () => {
  it.each(['下周一发吧', '周一发吧', '禮拜三再發就行'])('is noted by a person: %s', (text) =>
    expect(ask(text).answer.action).toBe('handoff'),
  );
});

describe('Taiwan after a question for abroad', () => {
  it('is not answered as abroad', () => expect(said(last(['海外能寄吗', '台湾呢']))).not.toContain('海外'));
  it('nor is abroad as known', () => expect(said(ask('海外能寄吗'))).toContain('海外'));
});
