/** Words that sound like a question of the rules and are something else. */
import { describe, expect, it } from 'vitest';
import { ask, sentTexts } from './demo-shop.js';

type Answered = ReturnType<typeof ask>;
const heldBy = ({ answer: { action, replies } }: Answered) =>
  action === 'handoff' && replies.every(({ kind }) => kind === 'holding') ? 'person' : action;
const said = (answered: Answered) => sentTexts(answered).join('\n');

describe('a request for a refund that is there already', () => {
  it.each([
    '我想取消退款申请',
    '怎么取消退款',
    '帮我取消退货',
    '我要撤销退款',
    '退款申请怎么撤回',
    '撤回我的退款申请好吗',
    '我沒有申請退貨',
    '我没申请退款啊',
    '谁申请退款了',
    '怎么显示我申请退款 我没申请',
    '帮我确认退款',
    '款没退完吗',
    '货退回你们那了吗',
    '包裹退回到你那了吗',
    '退款选什么原因',
  ])('is not told how to ask for one: %s', (text) => expect(heldBy(ask(text))).toBe('person'));

  it.each(['我要退款', '怎么申请退款', '可以退货吗'])('and who asks for one is: %s', (text) =>
    expect(ask(text).answer.action).toBe('auto'),
  );

  it.each(['退这个要几天', '退了多久能到', '这个退，大概要多长时间？'])(
    'nor told the policy where its time is asked: %s',
    (text) => expect(said(ask(text))).toMatch(/3天内/),
  );
});

describe('a deposit', () => {
  it.each(['定金可以退吗', '訂金能退不', '预付款能退吗', '付了定金不想要了能退吗', '定金退不退'])(
    'goes back by no rule of goods in hand: %s',
    (text) => expect(heldBy(ask(text))).toBe('person'),
  );
});

describe('an order without freight insurance', () => {
  it.each(['我忘记买运费险了怎么办', '没买运费险能退吗', '没有运费险退货谁出运费', '這單沒有運費險怎麼退'])(
    'is not told what the insurance pays: %s',
    (text) => expect(heldBy(ask(text))).toBe('person'),
  );

  it.each(['有运费险吗', '没有运费险吗', '不带运费险吗'])('and who asks whether there is one is: %s', (text) =>
    expect(ask(text).answer.action).toBe('auto'),
  );
});

describe('the end of what runs', () => {
  it.each([
    '活动何时结束',
    '活动几点结束',
    '优惠券只能那几天用吗',
    '現在的優惠還能用幾天',
    '前几天的优惠还有吗',
    '优惠到什么时候',
  ])('is no beginning of the next: %s', (text) => expect(said(ask(text))).not.toContain('年货节'));

  it.each(['什么时候有活动', '什么时候再搞活动'])('which is told to who asks for it: %s', (text) =>
    expect(said(ask(text))).toContain('年货节'),
  );
});

describe('what was promised, and how long ago it was bought', () => {
  it.each([
    '不是说24小时内发货吗',
    '之前说是24小时内会发给我的',
    '昨天說好今天發的',
    '我才买了几天',
    '买了没几天',
    '我明天收到不行了后天又不在家',
  ])('is answered by no days of new orders: %s', (text) => expect(heldBy(ask(text))).toBe('person'));

  it.each(['买了几天能到', '48小时内发货吗', '付款后24小时内发货吗'])('and who asks for them is told: %s', (text) =>
    expect(ask(text).answer.action).toBe('auto'),
  );
});

describe('other words that are no question of the rule', () => {
  it.each(['中途会转其他快递吗', '到乡下會轉別的快遞嗎', '可以的但是运费您自己承担', '能开增票吗', '今天不能发货不能我要退款'])(
    '%s',
    (text) => expect(heldBy(ask(text))).toBe('person'),
  );
});
