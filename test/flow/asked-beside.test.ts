/** Questions that stand beside thanks, or far behind another question. */
import { describe, expect, it } from 'vitest';
import { ask, sentTexts } from './demo-shop.js';

const said = (answered: ReturnType<typeof ask>) => sentTexts(answered).join('\n');

describe('a question beside thanks', () => {
  it.each([
    '没有了，谢谢您，要多久可以好?',
    '谢谢你！我需要做什么呢？',
    '那我再买别的还可以用10元卷么',
    '噢好吧几点开始的',
    '备注留言有用吗？谢谢了哈',
    '好的 我重新订一个？好了',
    '好的 這樣可以嗎',
  ])('is not passed over in silence: %s', (text) => expect(ask(text).answer.action).not.toBe('silent'));

  it.each(['好的谢谢', '好的呢', '嗯嗯 知道了 谢谢啊', '谢谢啦', '好的谢谢呢', '好的那我下单了'])(
    'and thanks alone are: %s',
    (text) => expect(ask(text).answer.action).toBe('silent'),
  );

  it.each(['在吗', '没人吗', '你好 有人在吗？', '在不在呀'])('while a greeting that asks is greeted: %s', (text) =>
    expect(ask(text).answer.action).toBe('auto'),
  );
});

describe('a second question far behind what was found', () => {
  it.each(['南京几天可以收到我拍四件是真空包装吗', '太原需要几天的时间有没有这款的包装袋子'])(
    'is left to a person by name: %s',
    (text) => expect(said(ask(text))).toMatch(/客服/),
  );

  it.each(['南京几天可以收到', '发什么快递'])('and one alone needs none: %s', (text) =>
    expect(said(ask(text))).not.toMatch(/客服/),
  );
});
