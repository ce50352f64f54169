/** Words that turn what is asked: what is left out, denied, priced in one, sold out, or another product after a fee. */
import { describe, expect, it } from 'vitest';
import { ask, demoWith, noon, sentTexts, talk } from './demo-shop.js';

const page = (id: string, title: string, priceYuan: number) => ({ item: { id, title, priceYuan } });
const cardigan = page('wool-cardigan', '羊毛圆领开衫', 168);
const scarf = page('wool-scarf', '羊毛素色围巾', 89);
const soldOut = page('cashmere-scarf', '羊绒格纹围巾', 259);
type Answered = ReturnType<typeof ask>;
const chosen = ({ answer: { action, replies } }: Answered) => [action, replies[0]?.template].join(' ');
const said = (answered: Answered) => sentTexts(answered).join('\n');
const matters = ({ answer }: Answered) => answer.understanding.intents.map(({ id }) => id);
const last = (texts: readonly string[], more = {}) => talk(texts, { more }).at(-1)!;

describe('colours beside those that are left out', () => {
  it.each([
    ['除了雾蓝还有什么颜色', 'product_info.colours_beside', '燕麦色、炭灰'],
    ['除了霧藍還有什麼顏色', 'product_info.colours_beside', '燕麦色、炭灰'],
    ['除了雾蓝还有别的颜色吗', 'stock.colours_beside', '燕麦色、炭灰'],
    ['雾蓝以外还有别的颜色吗', 'stock.colours_beside', '燕麦色、炭灰'],
    ['除了雾蓝和燕麦色还有哪些颜色', 'product_info.colours_beside', '炭灰'],
  ])('%s', (text, template, rest) => {
    const answered = ask(text, { more: cardigan });
    expect(chosen(answered)).toBe(`auto ${template}`);
    expect(said(answered)).toContain(rest);
    expect(said(answered)).toContain('雾蓝');
    expect(said(answered)).not.toMatch(/雾蓝、炭灰|燕麦色、雾蓝、/);
  });

  it.each([
    '除了红色还有什么颜色',
    '除了这个还有什么颜色',
    '除了雾蓝、燕麦色、炭灰还有什么颜色',
    '除了紅色還有什麼顏色',
    '有什么颜色，除了雾蓝',
    '除了M码还有什么码',
  ])('are a person’s where what is left out or what is left is not known: %s', (text) => {
    expect(ask(text, { more: cardigan }).answer.action).toBe('handoff');
  });
});

describe('what is denied', () => {
  it.each([
    ['我不是要退货 就想问问怎么洗', 'product_info'],
    ['我不是要退货就想问问怎么洗', 'product_info'],
    ['不是要换货，想问保修多久', 'warranty'],
    ['不是要发票 我是问能不能用花呗', 'credit_card'],
  ])('is not asked, and held by what is: %s', (text, matter) => {
    const answered = ask(text, { more: cardigan });
    expect(matters(answered)).toEqual([matter]);
    expect(answered.answer.action).toBe('handoff');
    expect(said(answered)).not.toMatch(/退|换货|发票/);
  });

  it('is passed over where the other is plain', () => {
    const answered = ask('我不问运费，想问能开发票吗');
    expect(matters(answered)).toEqual(['invoice']);
    expect(answered.answer.action).toBe('auto');
  });

  it.each([
    ['是不是要退货才能换', 'returns'],
    ['不是要退货吗', 'returns'],
    ['你们不是要七天内退货吗', 'returns'],
    ['不是退货，是要换货', 'returns'],
  ])('is asked in %s', (text, matter) => expect(matters(ask(text))).toContain(matter));
});

describe('another product after the fee of instalments', () => {
  it.each([
    ['那礼盒呢', 'fee_not_for_item', /不参加分期/],
    ['那大衣呢', 'fee_reached', /3、6、12期/],
    ['那围脖呢', 'fee_below', /600元/],
  ])('%s', (text, template, words) => {
    const answered = last(['能分期吗', '手续费呢', text]);
    expect(chosen(answered)).toBe(`auto credit_card.${template}`);
    expect(said(answered)).toMatch(words);
  });

  it('and where the fee is asked of it at once', () => {
    expect(chosen(ask('礼盒分期有手续费吗'))).toBe('auto credit_card.fee_not_for_item');
  });
});

describe('a bank', () => {
  it('alone is not passed over as an advertisement', () => {
    expect(ask('招商银行').answer.action).toBe('handoff');
    expect(matters(ask('招商信用卡可以用吗'))).toEqual(['credit_card']);
    expect(matters(ask('我们在招商 有兴趣吗'))).toEqual(['off_topic']);
  });

  it('goes on from the card', () => {
    expect(matters(last(['能分期吗', '招商银行']))).toEqual(['credit_card']);
  });
});

describe('so many for one price, postage free', () => {
  it.each(['99元两件包邮吗', '99两件包邮吗', '50元3件包邮吗', '两件99包邮吗', '3件100块能包邮吗'])(
    'is an offer or a page’s, and no case of the rule: %s',
    (text) => {
      expect(ask(text, { more: scarf }).answer.action).toBe('handoff');
      expect(ask(text).answer.action).toBe('handoff');
    },
  );

  it.each(['两件包邮吗', '满99元包邮吗', '买两件包邮吗', '买100块包邮吗'])('%s asks for the rule', (text) => {
    expect(chosen(ask(text))).toMatch(/^auto shipping_fee\./);
  });
});

describe('haggling over what is sold out', () => {
  it.each(['便宜点吧', '200卖不卖', '能优惠点吗', '送个小礼物吧'])('says so, and what is there instead: %s', (text) => {
    const answered = ask(text, { more: soldOut });
    expect(chosen(answered)).toBe('auto haggling.sold_out_alternatives');
    expect(said(answered)).toMatch(/卖断|断货/);
    expect(said(answered)).not.toMatch(/满200减5|不好单独给/);
  });

  it('of a colour and size, and says it again', () => {
    expect(chosen(ask('雾蓝L便宜点吧', { more: cardigan }))).toBe('auto haggling.sold_out_choices');
    expect(chosen(ask('雾蓝M便宜点吧', { more: cardigan }))).toBe('auto haggling.fixed_coupons_gift');
    expect(said(last(['便宜点吧', '再便宜点嘛'], soldOut))).toMatch(/断/);
  });

  it('concedes nothing, nor does an agent’s draft', () => {
    const pricing = { policy: 'fixed' as const, coupons: [], concessions: { steps: [0.1, 0.2] }, agentShare: 0.7 };
    const shop = demoWith({}, { pricing });
    const turns = talk(['便宜点吧', '240卖吗'], { shop, more: soldOut });
    for (const turn of turns) {
      expect(chosen(turn)).toBe('auto haggling.sold_out_alternatives');
      expect(turn.change.memory.haggling?.concededYuan).toBeUndefined();
    }
    const drafted = ask('240卖吗', { shop, more: soldOut, at: noon }).answer.replies[0]?.text;
    expect(drafted).toMatch(/断/);
  });
});

describe('counts in other words', () => {
  it.each([
    ['伍件多少钱', 5],
    ['贰拾件有货吗', 20],
    ['拾贰条有货吗', 12],
    ['一打有货吗', 12],
    ['半打有货吗', 6],
    ['要2打能便宜吗', 24],
  ])('%s', (text, quantity) => {
    expect(ask(text, { more: scarf }).answer.understanding.slots.quantity).toBe(quantity);
  });

  it('no more are told as there than there are', () => {
    expect(chosen(ask('一打有货吗', { more: scarf }))).toBe('auto stock.in_stock');
    expect(said(ask('伍件多少钱', { more: scarf }))).toContain('445元');
    expect(chosen(ask('十打有货吗', { more: scarf }))).not.toBe('auto stock.in_stock');
  });

  it.each(['买一打折吗', '一打开就坏了', '大陆包邮吗', '收拾好了发货吗', '能打几折', '买一打八折吗'])('none in %s', (text) => {
    expect(ask(text).answer.understanding.slots.quantity ?? 1).toBe(1);
  });
});

describe('words that only sound like another matter', () => {
  it('发多少钱 in 批发多少钱 is no postage', () => {
    expect(matters(ask('批发多少钱'))).not.toContain('shipping_fee');
    expect(matters(ask('快递发多少钱'))).toContain('shipping_fee');
  });

  it('a hurry beside the day asked for is no order', () => {
    const answered = ask('周六能到吗，急用');
    expect(matters(answered)).toEqual(['delivery_time']);
    expect(answered.answer.action).toBe('auto');
    expect(matters(ask('我的快递周六能到吗，急用'))).toContain('order_status');
  });

  it('another courier is no exchange', () => {
    expect(matters(ask('圆通太慢了换一个'))).toEqual(['courier']);
    expect(matters(ask('这件太小了换一个'))).toContain('returns');
  });

  it.each(['退货要自己出钱吗', '退货要我出钱吗', '退回去我自己掏钱吗'])('who pays is asked, and not for how long: %s', (text) => {
    expect(said(ask(text))).toContain('邮费由您承担');
  });

  it.each(['有儿童款吗', '你们有男款的吗', '有亲子装吗'])('for whom it is made is no product to be named: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });

  it.each(['掉色吗', '缩水吗', '这款会起球吗'])('a weakness in two words: %s', (text) => {
    expect(chosen(ask(text, { more: cardigan }))).toBe('auto quality.weakness');
  });

  it('which of two colours is no choice of two products', () => {
    expect(ask('雾蓝和燕麦色哪个好看', { more: cardigan }).answer.action).toBe('handoff');
    expect(chosen(ask('哪个好看', { more: cardigan }))).toBe('auto advice.two_in_stock');
  });

  it('a courier that is left out is not offered', () => {
    const answered = ask('除了顺丰还有什么快递');
    expect(chosen(answered)).toBe('auto courier.beside');
    expect(said(answered)).toContain('中通、圆通、邮政');
    expect(said(answered)).not.toContain('15元');
    expect(ask('除了中通还有什么快递').answer.action).toBe('handoff');
  });

  it('a way to pay that is left out is not asked for', () => {
    expect(matters(ask('除了花呗还能用什么付'))).not.toContain('credit_card');
    expect(matters(ask('能用花呗付吗'))).toContain('credit_card');
  });

  it('whenever is no question, and until when is one', () => {
    expect(ask('我不急 什么时候发都行').answer.action).not.toBe('auto');
    expect(chosen(ask('什么时候付款才今天发'))).toBe('auto delivery_time.pay_time');
    expect(chosen(ask('什么时候发货'))).toBe('auto delivery_time.general');
  });

  it('how much wool is in it asks for the material', () => {
    expect(said(ask('羊毛含量多少', { more: cardigan }))).toContain('70%羊毛');
  });
});

describe('coupons and a campaign by its name', () => {
  it.each(['优惠券能和年货节一起用吗', '年货节能用券吗', '年货节可以叠加优惠券吗'])('that is to come: %s', (text) => {
    const answered = ask(text);
    expect(chosen(answered)).toBe('auto promotion.stack_next');
    expect(said(answered)).toMatch(/同享|一起用/);
  });

  it('that runs', () => {
    const running = (stacks?: boolean) => {
      const campaigns = [{ name: '店庆', aliases: [], words: '两件九折', products: [], ...(stacks !== undefined && { stacks }) }];
      return ask('店庆能叠加优惠券吗', { shop: demoWith({}, { campaigns }) });
    };
    expect(chosen(running(true))).toBe('auto promotion.stack_on');
    expect(running(false).answer.action).toBe('handoff');
    expect(running().answer.action).toBe('handoff');
  });

  it.each(['券能和双十一叠加吗', '双十二能叠加优惠券吗'])('that is over or not listed is a person’s: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });

  it('by none is asked of coupons among themselves', () => {
    expect(chosen(ask('满200减5可以叠加吗'))).toBe('auto promotion.stack_no');
  });
});

describe('a few words after', () => {
  it.each([
    ['90呢', /还差5元/],
    ['买90呢', /还差5元/],
    ['100呢', /够啦/],
  ])('how much postage is free from: %s', (text, words) => {
    const answered = last(['满多少包邮', text]);
    expect(answered.answer.action).toBe('auto');
    expect(said(answered)).toMatch(words);
  });

  it('a sum counts, and not the price of the page', () => {
    expect(said(last(['寄到广东满多少包邮', '90呢'], cardigan))).toMatch(/还差5元|差5元/);
  });

  it.each(['48小时', '48小时内', '24小时发吗'])('when it is sent: %s', (text) => {
    expect(chosen(last(['什么时候发货', text]))).toBe('auto delivery_time.general');
    expect(ask(text === '24小时发吗' ? '24小时' : text).answer.action).not.toBe('auto');
  });

  it('two ways to pay in one question', () => {
    expect(chosen(ask('支付宝和银行卡都可以吗'))).toBe('auto payment.method');
    expect(chosen(ask('支付宝和微信都可以吗'))).toBe('auto payment.other_method');
  });

  it('a campaign that is over is a person’s', () => {
    expect(ask('双十一还有活动吗').answer.action).toBe('handoff');
  });
});
