/** Stories of a sale, two or three turns each, through the real server off duty: price, campaigns, paying, ordering, stock. */
import { afterEach, describe, expect, it } from 'vitest';
import { freshId, type House, type HouseOptions, startHouse, type WireAnswer } from './running-house.js';

let house: House;
afterEach(() => house.stop());

const night = '2026-11-21T23:30:00+08:00';

/** Plays what one buyer says, turn by turn. */
async function play(says: readonly string[], options: HouseOptions = {}, item?: string): Promise<readonly WireAnswer[]> {
  house = await startHouse({ at: night, ...options });
  const conversation = `c-${freshId()}`;
  const answers: WireAnswer[] = [];
  const page = item === undefined ? {} : { item: { id: item, title: item } };
  for (const text of says) answers.push(await house.ask(text, { conversation, ...page }));
  return answers;
}

const textOf = (answer: WireAnswer | undefined) => answer?.replies[0]?.text ?? '';
const kinds = (answers: readonly WireAnswer[]) =>
  answers.map(({ action, replies }) => `${action} ${replies[0]?.kind ?? 'nothing'}`);

describe('what was pointed at or agreed', () => {
  it('a link or the number of a product is not asked for again', async () => {
    const answers = await play(['538000111222这个有货吗']);
    expect(kinds(answers)).toEqual(['handoff holding']);
    expect(textOf((await house.ask('有货吗')) as WireAnswer)).toMatch(/哪(一)?款/);
    const taste = await house.ask('有原味的吗');
    expect(textOf(taste)).not.toMatch(/颜色|尺码/);
  });

  it('so many pieces that wholesale begins are left to a quote', async () => {
    const [answer] = await play(['200件优惠多少']);
    expect(textOf(answer)).toMatch(/30件起.*上班后/);
  });

  it('a first order hears of its gift; a gift agreed before, a campaign of the page go to a person', async () => {
    const [first] = await play(['第一次买便宜点吧']);
    expect(textOf(first)).toContain('小样洗护液');
    for (const text of ['记得多送我两包哦', '买二送5送的啥', '有礼物啊我知道'])
      expect((await house.ask(text)).action, text).toBe('handoff');
    expect(textOf(await house.ask('收藏关注有礼物送吗'))).toMatch(/手写洗护小卡.*上班后/);
    expect(textOf(await house.ask('蚂蚁花可以吗'))).toMatch(/花呗/);
  });
});

describe('price protection', () => {
  it.each([
    ['双十一价保吗', /7天/],
    ['价保', /7天/],
    ['雙十一有價保嗎', /7天/],
    ['怎么申请价保', /7天.*订单/],
    ['超过7天还能价保吗', /付款.*7天.*(超出|这之内).*核对|付款.*7天.*看下付款时间/],
    ['买了10天后降价还能退差价吗', /7天/],
  ])('is told by the shop’s own days, and never beyond: %s', async (text, says) => {
    const [answer] = await play([text]);
    expect(kinds([answer!])).toEqual(['auto answer']);
    expect(textOf(answer)).toMatch(says);
    expect(textOf(answer)).not.toMatch(/10天|可以的|没问题/);
  });

  it('is never guessed', async () => {
    const [answer] = await play(['价保几天'], {
      shop: (parameters) => {
        parameters.pricing = { policy: 'fixed' };
      },
    });
    expect(kinds([answer!])).toEqual(['handoff holding']);
  });
});

describe('the way is no matter of the goods', () => {
  it('what is offered for it is answered with its fee', async () => {
    const [answer] = await play(['寄到新疆12块行不行']);
    expect(answer!.understanding.intents.map(({ id }) => id)).toEqual(['shipping_fee']);
    expect(textOf(answer)).toMatch(/新疆.*18元/);
  });

  it('a courier that is not wanted is no order that is not wanted', async () => {
    const [answer] = await play(['不想要顺丰']);
    expect(answer!.understanding.intents.map(({ id }) => id)).toEqual(['courier']);
    expect(textOf(answer)).toMatch(/备注.*中通/);
  });

  it('what is left of a question about Hong Kong is named, and nothing is where nothing is left', async () => {
    const [whole, half] = await play(['寄香港可以吗', '能寄澳门吗？运费多少']);
    expect(textOf(whole)).toMatch(/香港.*EMS/);
    expect(textOf(whole)).not.toMatch(/上班后/);
    expect(textOf(half)).toMatch(/澳门.*运费(的事，)?客服.*上班后/);
  });
});

describe('a price', () => {
  it('is told once the buyer names the product, for the pieces asked before', async () => {
    const answers = await play(['两件多少钱', '开衫']);
    expect(kinds(answers)).toEqual(['auto answer', 'auto answer']);
    expect(textOf(answers[0])).toMatch(/哪(一)?款/);
    expect(textOf(answers[1])).toContain('331');
  });

  it('asks which product once, then leaves it to a person', async () => {
    const answers = await play(['多少钱', '什么价呀']);
    expect(kinds(answers)).toEqual(['auto answer', 'handoff holding']);
  });

  it('is not told by the pound, nor of two products at once', async () => {
    const [byPound] = await play(['这个一斤多少钱'], {}, 'wool-cardigan');
    expect(kinds([byPound!])).toEqual(['handoff holding']);
    expect((await house.ask('开衫和围脖一共多少钱')).action).toBe('handoff');
  });

  it('that fell after the order goes to a person, the rule is told', async () => {
    const answers = await play(['你们有价保吗', '我昨天买的今天就降价了']);
    expect(kinds(answers)).toEqual(['auto answer', 'handoff holding']);
    expect(textOf(answers[0])).toContain('7天');
    expect(textOf(answers[1])).toContain('订单号');
  });
});

describe('a promotion', () => {
  it('is told, and where to claim it, and whether it stacks', async () => {
    const answers = await play(['有什么优惠吗', '券在哪里领', '可以叠加用吗']);
    expect(kinds(answers)).toEqual(['auto answer', 'auto answer', 'auto answer']);
    expect(textOf(answers[0])).toContain('满200减5');
    expect(textOf(answers[1])).toContain('优惠栏');
    expect(textOf(answers[2])).toMatch(/一张/);
  });

  it('runs by the date: told on its last day, never on the day after', async () => {
    const [onDay] = await play(['双十一有活动吗'], { at: '2026-11-11T23:40:00+08:00' });
    expect(textOf(onDay)).toContain('第二件九折');
    await house.stop();
    const [after] = await play(['双十一有活动吗'], { at: '2026-11-12T00:10:00+08:00' });
    expect(kinds([after!])).toEqual(['handoff holding']);
    expect(textOf(after)).not.toContain('九折');
  });

  it('that did not apply goes to a person, and reviews are not bought', async () => {
    const answers = await play(['好评有返现吗', '拍下怎么没减5元']);
    expect(kinds(answers)).toEqual(['auto answer', 'handoff holding']);
    expect(textOf(answers[0])).toMatch(/规定/);
  });

  it('bound to a product is told of it alone; the price of another is answered as ever', async () => {
    const shop: HouseOptions['shop'] = (parameters) => {
      parameters.campaigns = [
        { name: '店庆', from: '2026-11-20', to: '2026-11-25', words: '第二条八折', products: ['wool-scarf'] },
      ];
    };
    const answers = await play(['这个多少钱', '店庆有活动吗'], { shop }, 'wool-cardigan');
    expect(kinds(answers)).toEqual(['auto answer', 'auto answer']);
    expect(textOf(answers[0])).toMatch(/168/);
    expect(textOf(answers[0])).not.toMatch(/店庆/);
    expect(textOf(answers[1])).toMatch(/仅羊毛素色围巾：第二条八折/);
    const scarf = { item: { id: 'wool-scarf', title: 'wool-scarf' } };
    expect(textOf(await house.ask('这个多少钱', scarf))).toMatch(/89.*店庆（第二条八折）/);
    const unsaid = await house.ask('最近有什么优惠活动');
    expect(unsaid.action).toBe('auto');
    expect(textOf(unsaid)).toMatch(/仅羊毛素色围巾：第二条八折/);
    // In old characters, and going on from the price of a scarf.
    expect(textOf(await house.ask('現在有活動嗎', scarf))).toMatch(/店庆（第二条八折）/);
  });

  it('of which the shop has set nothing is never guessed', async () => {
    const shop: HouseOptions['shop'] = (parameters) => {
      delete parameters.campaigns;
      parameters.pricing = { policy: 'fixed' };
    };
    const answers = await play(['有什么活动吗', '送什么小礼物'], { shop });
    expect(answers.map(({ action }) => action)).toEqual(['handoff', 'handoff']);
    expect(answers.flatMap(({ replies }) => replies).map(({ kind }) => kind)).toEqual(['holding']);
  });
});

describe('paying and ordering', () => {
  it('is told by the ways that the shop names, and first steps where it fails', async () => {
    const answers = await play(['怎么付款', '可以用微信付吗', '付款失败了怎么办']);
    expect(kinds(answers)).toEqual(['auto answer', 'auto answer', 'handoff holding']);
    expect(textOf(answers[1])).toMatch(/支付宝/);
    expect(textOf(answers[1])).not.toMatch(/微信/);
    expect(textOf(answers[2])).toMatch(/网络.*明早9点|网络.*明天上午10点/);
  });

  it('an order can wait as long as the platform keeps it', async () => {
    const answers = await play(['先拍下晚点付款可以吗', '不同颜色可以一起拍吗']);
    expect(kinds(answers)).toEqual(['auto answer', 'auto answer']);
    expect(textOf(answers[0])).toContain('24小时');
    expect(textOf(answers[1])).toContain('购物车');
  });

  it('wholesale is told by its rule, partners go to a person', async () => {
    const answers = await play(['可以批发吗', '我想做代理']);
    expect(kinds(answers)).toEqual(['auto answer', 'handoff holding']);
    expect(textOf(answers[0])).toContain('30件');
  });
});

describe('stock and hours', () => {
  it('tells the colours there are, and of another kind of goods nothing', async () => {
    const answers = await play(['还有别的颜色吗', '你们家有洗衣粉卖吗'], {}, 'wool-cardigan');
    expect(kinds(answers)).toEqual(['auto answer', 'handoff holding']);
    expect(textOf(answers[0])).toContain('雾蓝');
  });

  it('out of stock after the order is for a person', async () => {
    const answers = await play(['页面有货怎么下单后又说没货'], {}, 'wool-cardigan');
    expect(kinds(answers)).toEqual(['handoff holding']);
  });

  it('hands a person and names the hours', async () => {
    const answers = await play(['你们几点上班', '帮我转人工']);
    expect(kinds(answers)).toEqual(['auto answer', 'handoff holding']);
    expect(textOf(answers[0])).toContain('周日10:00-12:00');
  });
});
