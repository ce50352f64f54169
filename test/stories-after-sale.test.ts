/** Two and three turns with buyers who ask about the goods, or come back with what they bought. */
import { afterEach, describe, expect, it } from 'vitest';
import { type BuyerMessage, freshId, type House, type HouseOptions, startHouse, type WireAnswer } from './running-house.js';

let house: House;
const open = async (options: HouseOptions = {}) => {
  house = await startHouse(options);
  return house;
};
afterEach(() => house.stop());

/** Off duty in the demo shop: a Saturday night. */
const night = '2026-11-21T23:30:00+08:00';
const cardigan = { id: 'wool-cardigan', title: '羊毛圆领开衫' };

/** One conversation, a turn after the other. */
async function talk(messages: readonly (string | Partial<BuyerMessage>)[]): Promise<readonly WireAnswer[]> {
  const conversation = `c-${freshId()}`;
  const answers: WireAnswer[] = [];
  for (const message of messages) {
    const { body } = await house.send(
      { conversation, ...(typeof message === 'string' ? { text: message } : message) },
      { wait: true },
    );
    answers.push(...body.answers!);
  }
  return answers;
}
const textsOf = (answers: readonly WireAnswer[]) => answers.map((answer) => answer.replies[0]?.text ?? '');

describe('what was bought', () => {
  it('a broken parcel: soothed and asked for a photo, the photo goes to a person, nothing is promised', async () => {
    await open({ at: night });
    const answers = await talk(['收到货打开一看都碎了', { type: 'image' }]);
    expect(answers.map((answer) => answer.action)).toEqual(['handoff', 'handoff']);
    const [first, second] = answers;
    expect(first!.replies[0]).toMatchObject({ kind: 'holding', template: 'parcel_problem.holding' });
    expect(first!.replies[0]!.text).toMatch(/抱歉|对不住/);
    expect(first!.replies[0]!.text).toMatch(/拍|照片/);
    expect(first!.replies[0]!.text).toContain('明天上午10点');
    expect(first!.replies[0]!.text).not.toMatch(/赔|马上退|已经为您/);
    // One holding reply a closed period: the picture is kept for the person, the buyer is not told twice.
    expect(second!.replies).toEqual([]);
    expect(second!.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['not_text', 'held_already']));
  });

  it('sides of a parcel are held in words of their own', async () => {
    await open({ at: night });
    const held = async (text: string) => (await house.ask(text)).replies[0]!.text;
    expect(await held('显示签收了但我没收到')).toMatch(/驿站|代收/);
    expect(await held('关键是东西我没有收到')).not.toMatch(/签收|代收|照片|完成/);
    expect(await held('你们发错颜色了')).toMatch(/收到的/);
    expect(await held('少发了一件')).toMatch(/少/);
    expect(await held('湿巾漏发了')).not.toMatch(/破损|外箱/);
  });

  it('an own case, a refusal at the door, an invoice to be made anew go to a person, the policy is still told', async () => {
    await open({ at: night });
    for (const text of ['那我现在能退不', '直接拒收就行吧', '退了花呗会还我吗', '发票抬头开错了能重新开不', '半包还能退吗'])
      expect((await house.ask(text)).replies[0], text).toMatchObject({ kind: 'holding' });
    expect((await house.ask('可以退货吗')).replies[0]!.text).toContain('不影响二次销售');
    expect((await house.ask('怎么退货')).replies[0]!.text).toContain('不影响二次销售');
    expect((await house.ask('我要发票')).replies[0]!.text).toMatch(/电子发票.*留在这里/);
  });

  it('what the shop says of its goods is told of them alone', async () => {
    await open({ at: night });
    for (const text of ['湿巾质量好不好', '整机保修几年']) expect((await house.ask(text)).action, text).toBe('handoff');
    expect((await house.ask('质量怎么样')).action).toBe('auto');
    expect((await house.ask('开衫质量怎么样')).action).toBe('auto');
    expect((await house.ask('要保证质量哦')).replies[0]!.text).toMatch(/尽量.*15天/);
  });

  it('a wish before sending and a parcel that never came are not asked for photos', async () => {
    await open({ at: night });
    for (const text of ['发货前帮我检查好别有瑕疵', '没有收到货怎么显示完成了'])
      expect((await house.ask(text)).replies[0]!.text, text).not.toMatch(/拍下|照片|面单/);
    expect((await house.ask('问了半天没人搭理')).replies[0]!.text).toMatch(/抱歉|不周到/);
  });

  it('a fault of the goods is a report, not a question of quality', async () => {
    await open({ at: night });
    const [doubt] = await talk([{ text: '这款会起球吗', item: cardigan }]);
    const [fault] = await talk([{ text: '刚穿一次就起球了', item: cardigan }]);
    expect(doubt!.action).toBe('auto');
    expect(doubt!.replies[0]!.text).toContain('会起少量小球');
    expect(fault!.action).toBe('handoff');
    expect(fault!.replies[0]!.text).toMatch(/照片|拍/);
  });

  it('who would cancel, change or complain gets a person', async () => {
    await open({ at: night });
    for (const text of [
      '帮我取消订单',
      '地址改好了没有',
      '颜色拍错了换成黑色',
      '催一下我的快递',
      '再不处理我就投诉',
      '麻烦帮我改下价',
    ]) {
      const answer = await house.ask(text);
      expect(answer.action, text).toBe('handoff');
      expect(answer.replies[0]!.kind, text).toBe('holding');
    }
  });

  it('tells how the address is changed where the shop says so, and holds it where it does not', async () => {
    await open({ at: night });
    expect((await house.ask('收货地址怎么改')).replies[0]!.text).toContain('修改地址');
    // Who asks for it hears how it is done, and when a person sees to the rest.
    expect((await house.ask('帮我改下地址', { conversation: 'other' })).replies[0]!.text).toMatch(/修改地址.*客服明/);
    await house.stop();
    await open({ at: night, shop: (shop) => delete shop.dispatch.addressChange });
    expect((await house.ask('收货地址怎么改')).action).toBe('handoff');
  });
});

describe('news of an order', () => {
  const status = { id: 'T20261120', status: '已发货', buyerId: 'buyer-1' };
  const ask = (order: object | undefined) =>
    house.ask('我的快递到哪里了', { buyer: { id: 'buyer-1' }, ...(order === undefined ? {} : ({ order } as object)) });

  it('are for the account that placed it', async () => {
    await open({ at: night });
    const own = await ask(status);
    expect(own.action).toBe('auto');
    expect(own.replies[0]!.text).toContain('已发货');
    for (const order of [{ ...status, buyerId: 'buyer-2' }, undefined]) {
      const other = await ask(order);
      expect(other.action).toBe('handoff');
      expect(other.replies[0]!.text).not.toContain('已发货');
    }
  });

  it('are for a person where the buyer urges or has waited', async () => {
    await open({ at: night });
    for (const text of ['我的快递好几天没动了', '怎么还没发货', '快点发货啊急用']) {
      const answer = await house.ask(text, { buyer: { id: 'buyer-1' }, ...({ order: status } as object) });
      expect(answer.action, text).toBe('handoff');
    }
  });
});

describe('returns', () => {
  it('rule, then who pays, then the insurance: one side each time', async () => {
    await open({ at: night });
    const answers = await talk([{ text: '不喜欢可以退吗', item: cardigan }, '退回去邮费谁出', '运费险多久到账']);
    expect(answers.map((answer) => answer.action)).toEqual(['auto', 'auto', 'auto']);
    const [rule, pays, insurance] = textsOf(answers);
    expect(rule).toMatch(/7天/);
    expect(rule).toMatch(/不影响二次销售/);
    expect(pays).toMatch(/由您承担/);
    expect(pays).toMatch(/由店里承担/);
    expect(insurance).toMatch(/72小时/);
    expect(insurance).toMatch(/单号/);
    expect(new Set([rule, pays, insurance]).size).toBe(3);
  });

  it('a late one is for a person', async () => {
    await open({ at: night });
    expect((await house.ask('超过7天还能退吗', { item: cardigan })).action).toBe('handoff');
  });

  it('a washed one is promised nothing but a look by a person', async () => {
    await open({ at: night });
    for (const text of ['洗过了还能退吗', '吊牌剪了能换吗']) {
      const answer = await house.ask(text, { item: cardigan, conversation: text });
      for (const reply of answer.replies) expect(reply.text).toMatch(/照片/);
    }
  });
});

describe('sizes', () => {
  it('asks for height and weight and advises by the chart once they come', async () => {
    await open({ at: night });
    const answers = await talk([{ text: '我穿什么码合适', item: cardigan }, '162，106斤']);
    expect(answers.map((answer) => answer.action)).toEqual(['auto', 'auto']);
    expect(textsOf(answers)[0]).toMatch(/身高.*体重/);
    expect(textsOf(answers)[1]).toMatch(/M码/);
    expect(textsOf(answers)[1]).toMatch(/106斤/);
  });

  it('takes height and weight one after the other', async () => {
    await open({ at: night });
    const answers = await talk([{ text: '穿几码呀', item: cardigan }, '身高166', '114斤']);
    expect(textsOf(answers)[1]).toMatch(/体重/);
    expect(textsOf(answers)[2]).toMatch(/M码.*L码/);
    expect(textsOf(answers)[2]).toMatch(/合身.*宽松|宽松.*合身/);
  });

  it('never advises outside the chart, and not without one', async () => {
    await open({ at: night });
    const outside = await talk([{ text: '身高183体重160斤穿什么码', item: cardigan }]);
    expect(outside[0]!.action).toBe('handoff');
    expect(outside[0]!.replies[0]!.text).toMatch(/身高体重/);
    const none = await talk([{ text: '身高165体重110斤穿什么码', item: { id: 'knit-skirt', title: '针织半裙' } }]);
    expect(none[0]!.action).toBe('handoff');
  });
});

describe('the goods', () => {
  it('goes on from one detail to the next', async () => {
    await open({ at: night });
    const answers = await talk([{ text: '这件什么料子的', item: cardigan }, '那产地呢']);
    expect(answers.map((answer) => answer.action)).toEqual(['auto', 'auto']);
    expect(textsOf(answers)[0]).toContain('70%羊毛');
    expect(textsOf(answers)[1]).toContain('桐乡');
  });

  it('tells no detail that the shop has not set, none of another item, and compares nothing', async () => {
    await open({ at: night });
    const unset = await house.ask('什么材质的', { item: { id: 'knit-skirt', title: '针织半裙' } });
    expect(unset.action).toBe('handoff');
    expect(unset.replies[0]!.text).toContain('材质');
    for (const text of ['520401029636这个是什么材质', '这两款材质有什么区别', '宝宝能穿吗'])
      expect((await house.ask(text, { item: cardigan })).action, text).toBe('handoff');
    const nothing = await house.ask('什么材质的');
    expect(nothing.action).toBe('handoff');
    expect(nothing.replies[0]!.text).toMatch(/哪一款|链接/);
  });

  it('says where the goods come from without vows', async () => {
    await open({ at: night });
    const answer = await house.ask('你们能保证是正品吗', { item: cardigan });
    expect(answer.action).toBe('auto');
    expect(answer.replies[0]!.text).toContain('假一赔三');
    expect(answer.replies[0]!.text).not.toMatch(/保证|肯定|绝对|100|最/);
    // Asked in either order, by either form of the question.
    for (const text of ['保真吗 是不是正品', '是正品吗 保真吗', '是不是正品'])
      expect((await house.ask(text, { item: cardigan })).replies[0], text).toMatchObject({
        kind: 'answer',
        template: expect.stringMatching(/^authenticity\.genuine/),
      });
    for (const text of ['我怀疑买到假的了', '你们这不是正品', '收到的不是正品'])
      expect((await house.ask(text)).action, text).toBe('handoff');
  });
});
