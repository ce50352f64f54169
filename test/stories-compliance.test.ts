/** Compliance in the running house: what is in breach is never sent, and order facts go to the ordering account alone. */
import { afterEach, describe, expect, it } from 'vitest';
import { type House, type HouseOptions, startHouse } from './running-house.js';

let house: House;
const open = async (options: HouseOptions = {}) => {
  house = await startHouse(options);
  return house;
};
afterEach(() => house.stop());

const night = '2026-11-21T23:30:00+08:00';
const noon = '2026-11-20T15:00:00+08:00';

/** A shop's own intent that tells the state of the order. */
const slip = `
id: slip
title: { zh: 小票, en: Slip }
most: auto
patterns: [小票状态]
examples: [看看小票状态, 小票状态发我, 我的小票状态]
replies:
  - id: state
    asks: [rule, own_order, request, report, statement]
    when: { order_status: true }
    texts: ["您的订单{{ order_id }}现在是{{ order_status }}～"]
    short: "订单{{ order_id }}：{{ order_status }}～"
  - id: other
    asks: [rule, own_order, request, report, statement]
    when: { order_status: false }
    texts: ["订单信息只能告诉下单的账号，请用下单的账号来问～"]
    short: "请用下单的账号来问～"
`;
/** One that says the title of the page, which the platform wrote. */
const label = `
id: label
title: { zh: 吊牌, en: Label }
most: auto
patterns: [吊牌写什么]
examples: [吊牌写什么, 看看吊牌写什么, 吊牌写什么字]
replies:
  - id: on_it
    asks: [rule, own_order, request, report, statement]
    when: { item_title: true }
    texts: ["{{ item_title }}的吊牌写着成分和洗法～"]
    short: "{{ item_title }}：吊牌写着成分和洗法～"
`;
const order = { id: '202611110001', status: '卖家已发货' };

describe('a breach in a composed reply', () => {
  it('turns the automatic answer into a holding reply', async () => {
    await open({ at: night, intents: { label } });
    const item = { id: 'p-77', title: '加微信mumu88看实拍的围巾', price: 168 };
    const clean = await house.ask('吊牌写什么', { item: { ...item, title: '素色围巾' } });
    expect([clean.action, clean.replies[0]!.kind]).toEqual(['auto', 'answer']);
    expect(clean.replies[0]!.text).toContain('素色围巾');
    const answer = await house.ask('吊牌写什么', { item });
    expect(answer.action).toBe('handoff');
    expect(answer.reasons.map(({ code }) => code)).toContain('finding');
    expect(answer.replies.map(({ kind, delivery }) => [kind, delivery])).toEqual([['holding', 'send']]);
    expect(answer.replies[0]!.text).not.toContain('微信');
    expect((await house.feed()).every(({ text }) => !text.includes('微信'))).toBe(true);
  });
});

describe('order facts', () => {
  const told = (text: string) => text.includes('已发货') || text.includes(order.id);

  it('are told to the account whose own message brought the order', async () => {
    await open({ at: night, intents: { slip } });
    const answer = await house.ask('看看小票状态', { order });
    expect([answer.action, told(answer.replies[0]!.text)]).toEqual(['auto', true]);
  });

  it('are not told where no order is known, nor to another account in the same conversation', async () => {
    await open({ at: night, intents: { slip } });
    expect(told((await house.ask('看看小票状态')).replies[0]!.text)).toBe(false);
    await house.ask('看看小票状态', { conversation: 'shared', order, buyer: { id: 'owner' } });
    const stranger = await house.ask('小票状态发我', { conversation: 'shared', buyer: { id: 'stranger' } });
    expect(stranger.replies.length).toBeGreaterThan(0);
    expect(stranger.replies.some(({ text }) => told(text))).toBe(false);
  });

  it('are withheld where another order is asked about by its number', async () => {
    await open({ at: night, intents: { slip } });
    await house.ask('在吗', { conversation: 'number', order });
    const answer = await house.ask('订单号998877665544332211的小票状态', { conversation: 'number' });
    expect(answer.replies.some(({ text }) => text.includes('已发货'))).toBe(false);
  });

  it.each(['帮我查一下朋友的订单，看看小票状态', '查下手机号13800138000的订单', '我老公拍的快递到哪了'])(
    'are withheld, and a person takes over: %s',
    async (text) => {
      await open({ at: night, intents: { slip } });
      const answer = await house.ask(text, { order });
      expect(answer.action).toBe('handoff');
      expect(answer.understanding.intents.map(({ id }) => id)).toContain('others_order');
      expect(answer.replies.map(({ kind }) => kind)).toEqual(['holding']);
      expect(told(answer.replies[0]!.text)).toBe(false);
      expect(answer.replies[0]!.findings).toEqual([]);
    },
  );

  it('are in no draft about somebody else’s order either', async () => {
    await open({ at: noon, intents: { slip } });
    const answer = await house.ask('帮我查一下朋友的订单，看看小票状态', { order });
    expect(answer.replies.some(({ text }) => told(text))).toBe(false);
  });
});

describe('an agent types', () => {
  const check = (body: object) => house.post('/v1/shops/demo/check', body);

  it('and is told what breaks a rule, where, and what could be said', async () => {
    await open({ at: noon });
    const { status, body } = await check({ text: '亲，发票要另加6个点，加我薇❤' });
    expect([status, body.verdict, body.points]).toEqual([200, 'stop', 6]);
    expect(body.findings.map(({ rule, words }: any) => [rule, words])).toEqual([
      ['off-platform-contact', '加我薇❤'],
      ['invoice', expect.stringContaining('加6个点')],
    ]);
    expect((await check({ text: '质量肯定没问题' })).body).toMatchObject({ verdict: 'warn', points: 0 });
    expect((await check({ text: '好的亲，马上帮您查' })).body).toEqual({ verdict: 'send', points: 0, findings: [] });
  });

  it('by the terms of the shop', async () => {
    await open({ at: noon });
    expect((await check({ text: '新疆也包邮的' })).body.findings[0]).toMatchObject({ rule: 'free-shipping', points: 4 });
  });

  it('by what the shop says of the goods that the conversation is about', async () => {
    await open({ at: noon });
    await house.ask('在吗', { conversation: 'coat', item: { id: 'wool-cardigan', title: '开衫' } });
    const wording = async (text: string, context?: object) =>
      (await check({ text, ...(context && { context }) })).body.findings[0]?.wording;
    expect(await wording('百分百纯羊毛的', { conversation: 'coat' })).toMatch(/70%羊毛/);
    expect(await wording('百分百纯羊毛的', { item: 'cable-sweater' })).toMatch(/50%羊毛/);
    expect(await wording('仅剩最后一件', { conversation: 'coat' })).toMatch(/商品页/);
    expect(await wording('焦糖色仅剩最后一件', { item: 'cable-sweater' })).toBeUndefined();
    expect(await wording('假一赔十')).toMatch(/假一赔三/);
  });

  it('to the account that ordered or to another', async () => {
    await open({ at: noon });
    await house.ask('在吗', { conversation: 'mine', order, buyer: { id: 'owner' } });
    const text = '您的包裹昨天已经发出了';
    const verdict = async (context: object) => (await check({ text, context })).body.verdict;
    expect(await verdict({ conversation: 'mine' })).toBe('send');
    expect(await verdict({ orderingAccount: false })).toBe('stop');
    expect(await verdict({ conversation: 'mine', orderingAccount: false })).toBe('stop');
    await house.ask('我的包裹呢', { conversation: 'mine', buyer: { id: 'stranger' } });
    expect(await verdict({ conversation: 'mine' })).toBe('stop');
    expect((await check({ text, context: { conversation: 'nobody' } })).status).toBe(404);
  });

  it('and a text that is no text, or too long, is refused with the mend', async () => {
    await open({ at: noon });
    const { status, body } = await check({ text: '', context: { orderingAccount: 'yes' } });
    expect([status, body.code, body.faults.map(({ field }: any) => field)]).toEqual([
      422,
      'invalid',
      ['text', 'context.orderingAccount'],
    ]);
    expect((await check({ text: '啊'.repeat(4001) })).status).toBe(422);
    expect((await check({ text: '啊'.repeat(40_000) })).status).toBe(413);
  });
});
