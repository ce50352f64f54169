/** How many pieces are wanted: no sum from the wholesale count on, and never more told as there than there are. */
import { describe, expect, it } from 'vitest';
import { ask, demoWith, sentTexts, talk } from './demo-shop.js';

const chosen = ({ answer: { action, replies } }: ReturnType<typeof ask>) =>
  [action, replies[0]?.kind, replies[0]?.template].join(' ');
const said = (answered: ReturnType<typeof ask>) => sentTexts(answered).join('\n');

describe('From the wholesale count on (30 in the demo shop) the price is a person’s', () => {
  it.each([
    '针织帽100顶什么价',
    '围脖50个一共多少钱',
    '围脖30个多少钱',
    '素色围巾100条多少钱',
    '针织帽一百顶多少钱',
    '打底衫拿200件什么价格',
  ])('%s', (text) => {
    const answered = ask(text);
    expect(chosen(answered)).toBe('auto answer price_query.wholesale');
    expect(said(answered)).not.toMatch(/合计|一共|\d{4}元/);
    expect(answered.answer.open).toContain('price_query');
  });

  it('and so with another count', () => {
    const from60 = demoWith({}, { wholesale: { fromItems: 60, words: '按数量报价' } });
    expect(chosen(ask('针织帽50顶什么价', { shop: from60 }))).toBe('auto answer price_query.sum_coupon');
    expect(chosen(ask('针织帽60顶什么价', { shop: from60 }))).toBe('auto answer price_query.wholesale');
  });

  it.each(['围脖29个多少钱', '开衫买3件多少钱', '买3个围脖多少钱'])('below it the sum is told: %s', (text) => {
    expect(chosen(ask(text))).toBe('auto answer price_query.sum_coupon');
  });

  it.each(['围脖几十个多少钱', '围脖上百个什么价', '围脖30多个一共多少钱', '针织帽十几顶多少钱'])(
    'where how many is not said it is asked, and never told as the price of one or of ten: %s',
    (text) => {
      expect(chosen(ask(text))).toBe('auto answer price_query.many_how_many');
    },
  );

  it.each(['围脖两打多少钱', '围脖一打什么价'])('a dozen is no piece: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });
});

describe('More than there are is never told as there', () => {
  it.each([
    '针织帽100顶有货吗',
    '围脖有200个吗',
    '围脖有100个库存吗',
    '大衣够不够30件',
    '大衣有50件吗',
    '黑色打底衫L有60件吗',
    '麻花毛衣要5件有吗',
    '米白围脖要40个有吗',
  ])('%s', (text) => {
    const answered = ask(text);
    expect(chosen(answered)).toBe('auto answer stock.not_enough');
    expect(said(answered)).not.toMatch(/有货，|能直接拍|就能拍/);
  });

  it.each([
    // 30 and 24 of two colours: whether they may be mixed a person asks.
    '围脖要50个有吗',
    '开衫M码要20件有吗',
    '大衣还剩10件吗',
  ])('pieces of several kinds together are a person’s: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });

  it('whatever the goods are called later, and earlier', () => {
    const [first, second] = talk(['要50条有货吗', '素色围巾']);
    expect(chosen(first!)).toBe('auto answer stock.which_name');
    expect(said(second!)).not.toMatch(/有货，|有现货|能拍/);
    const [one, more] = talk(['围脖有货吗', '要200个呢']);
    expect(chosen(one!)).toBe('auto answer stock.in_stock');
    expect(said(more!)).not.toMatch(/有货，|有现货|能直接拍/);
    expect(said(ask('要200个\n围脖有货吗'))).not.toMatch(/有货，|有现货|能直接拍/);
  });

  it.each(['大衣有5件吗', '黑色打底衫L有30件吗'])('as many as there are is told: %s', (text) => {
    expect(ask(text).answer.replies[0]?.template).toMatch(/^stock\.(in_stock|in_variant)/);
  });

  it('what is offered instead has as many', () => {
    const few = said(ask('羊绒格纹围巾有货吗'));
    expect(few).toMatch(/针织围脖|羊毛素色围巾/);
    expect(said(ask('羊绒格纹围巾要100条有货吗'))).not.toMatch(/针织围脖|羊毛素色围巾/);
    expect(said(ask('雾蓝开衫L要30件有没有'))).not.toMatch(/炭灰|燕麦/);
  });

  it.each([
    ['围脖100个今天能发吗', 'auto answer delivery_time.not_enough'],
    ['打底衫30件今天发吗', 'auto answer delivery_time.bulk'],
  ])('no day is named for them: %s', (text, reply) => {
    const answered = ask(text);
    expect(chosen(answered)).toBe(reply);
    expect(answered.answer.open).toContain('delivery_time');
    expect(said(answered)).not.toMatch(/明天发|今天发/);
  });
});

describe('No sum is told of what is not there', () => {
  const on = (id: string) => ({ more: { item: { id, title: id } } });

  it.each([
    ['5件多少钱', 'cable-sweater', '229元', '3件'],
    ['5件一共多少钱', 'cable-sweater', '229元', '3件'],
    ['18件大衣多少钱', 'double-face-coat', '899元', '13件'],
    ['8件M多少钱', 'double-face-coat', '899元', '7件'],
  ])('%s of %s: the price of one, and how many there are', (text, id, price, there) => {
    const answered = ask(text, on(id));
    expect(chosen(answered)).toBe('auto answer price_query.short_of');
    expect(said(answered)).toContain(price);
    expect(said(answered)).toContain(there);
    expect(said(answered)).not.toMatch(/一共|合计/);
  });

  it.each([
    ['3件多少钱', 'cable-sweater'],
    ['13件大衣多少钱', 'double-face-coat'],
  ])('%s of %s: all that there are', (text, id) => expect(chosen(ask(text, on(id)))).toBe('auto answer price_query.sum_coupon'));

  it.each([
    ['多少钱', 'wool-beret', /79元.*(?:卖断|断货).*羊毛针织帽/],
    ['两个多少钱', 'wool-beret', /79元.*(?:卖断|断货)/],
    ['多少钱', 'cashmere-scarf', /259元.*(?:卖断|断货).*2027年3月8日/],
    ['雾蓝L多少钱', 'wool-cardigan', /168元.*雾蓝L码.*(?:卖断|断货).*燕麦色、炭灰/],
  ])('%s of %s that is sold out is told as such', (text, id, expected) => {
    const answered = ask(text, on(id));
    expect(answered.answer.action).toBe('auto');
    expect(said(answered)).toMatch(expected);
    expect(said(answered)).not.toMatch(/一共|合计|几件呢/);
  });

  it('nor a price of so many to who haggles', () => {
    expect(ask('5件能便宜点吗', on('cable-sweater')).answer.action).toBe('handoff');
    expect(ask('3件能便宜点吗', on('cable-sweater')).answer.action).toBe('auto');
  });
});

describe('How many were said right before', () => {
  const beanie = { more: { item: { id: 'wool-beanie', title: '羊毛针织帽' } } };

  it.each([[['我要3件', '多少钱']], [['这件包邮吗', '我要3件', '多少钱']], [['有货吗', '要3个', '一共多少钱']]])(
    '%j asks for the sum of three',
    (texts) => {
      const last = talk(texts, beanie).at(-1)!;
      expect(chosen(last)).toBe('auto answer price_query.sum');
      expect(said(last)).toMatch(/3件(?:一共|合计)177元/);
    },
  );

  it('are none of another product, nor of one piece', () => {
    expect(talk(['我要3件', '围脖多少钱'], beanie)[1]!.answer.understanding.slots.quantity).toBeUndefined();
    expect(talk(['我要3件', '多少钱一件'], beanie)[1]!.answer.understanding.slots.quantity).toBe(1);
  });

  it('leave the fee to the place that was named', () => {
    expect(chosen(talk(['寄新疆包邮吗', '多少钱'], beanie)[1]!)).toMatch(/^auto answer shipping_fee\./);
    expect(chosen(talk(['发顺丰吗', '多少钱'], beanie)[1]!)).toMatch(/^auto answer shipping_fee\./);
  });
});

describe('What the parcel weighs', () => {
  const coat = { more: { item: { id: 'double-face-coat', title: '双面羊毛大衣' } } };

  it.each(['两件到拉萨运费多少', '到拉萨运费多少', '2公斤到拉萨运费多少'])(
    'beyond the fees of the shop is a person’s: %s',
    (text) => {
      const answered = ask(text, coat);
      expect(answered.answer.action).toBe('handoff');
      expect(said(answered)).not.toMatch(/18元|只算一份/);
    },
  );

  it('leaves what is free free, and says where it is not', () => {
    expect(chosen(ask('寄北京运费多少', coat))).toBe('auto answer shipping_fee.free');
    expect(chosen(ask('到新疆包邮吗', coat))).toBe('auto answer shipping_fee.excluded_without_fee');
  });
});

describe('Several goods in one order', () => {
  it.each([
    '买一条围巾加一个帽子包邮吗 上海',
    '买一个围脖一个帽子包邮吗 北京',
    '一件打底衫一件针织帽到北京多少运费',
    '打底衫和围脖到上海包邮吗',
  ])('are counted together: %s', (text) => {
    expect(chosen(ask(text))).toBe('auto answer shipping_fee.free');
    expect(said(ask(text))).not.toContain('凑一件');
  });

  it.each(['打底衫和围脖一起包邮吗', '一个围脖一个帽子包邮吗'])('and where it goes is asked: %s', (text) => {
    expect(chosen(ask(text))).toBe('auto answer shipping_fee.together_reached');
  });

  it.each(['打底衫和围脖哪个包邮', '打底衫、围脖分别包邮吗'])('but not where they are asked apart: %s', (text) => {
    expect(said(ask(text))).not.toMatch(/够条件|门槛|就够/);
  });

  it.each(['两件M一件L多少钱', '雾蓝两件，燕麦色一件多少钱'])('of several sizes have no sum of one of them: %s', (text) => {
    const answered = ask(text, { more: { item: { id: 'wool-cardigan', title: '羊毛圆领开衫' } } });
    expect(answered.answer.action).toBe('handoff');
  });
});

describe('All of them', () => {
  it.each(['素色围巾都要一件多少钱', '素色围巾每个颜色一条多少钱', '素色围巾全要了多少钱', '素色围巾通通拿下多少钱'])(
    'is no one piece: a person says what it comes to: %s',
    (text) => {
      const answered = ask(text);
      expect(answered.answer.action).toBe('handoff');
      expect(said(answered)).not.toMatch(/89元|合计/);
    },
  );
});

describe('A count that was said holds for what is asked next', () => {
  it.each([
    ['我要50件', '能便宜吗', 'haggling.wholesale'],
    ['我要50件', '能便宜点吗', 'haggling.wholesale'],
    ['我要50件', '最低多少', 'haggling.wholesale'],
    ['拿50件', '有优惠吗', 'promotion.wholesale'],
    ['我要50件', '运费多少', 'shipping_fee.bulk'],
    ['我要50件', '包邮吗', 'shipping_fee.bulk'],
    ['我要30条围巾', '几天能发', 'delivery_time.bulk'],
    ['我想買50件', '什麼時候發貨', 'delivery_time.bulk'],
    ['我要50件', '今天拍今天能发吗', 'delivery_time.bulk'],
  ])('from the wholesale count on a person’s: %s, %s', (first, second, template) => {
    const [, last] = talk([first, second]);
    expect(chosen(last!)).toBe(`auto answer ${template}`);
  });

  it('through a greeting, and from one question to the next', () => {
    expect(chosen(talk(['50件', '在吗', '能便宜吗']).at(-1)!)).toBe('auto answer haggling.wholesale');
    expect(chosen(talk(['我要50件', '运费多少', '什么时候发货']).at(-1)!)).toBe('auto answer delivery_time.bulk');
  });

  it('and a few pieces are counted too', () => {
    expect(said(talk(['我要3件', '包邮吗']).at(-1)!)).toContain('3件够条件的');
    expect(said(talk(['我要1件', '包邮吗']).at(-1)!)).not.toContain('够条件的');
  });

  it('until another is said, or another product than the one that was counted is spoken of', () => {
    expect(chosen(talk(['我要50件', '2件能便宜吗']).at(-1)!)).not.toContain('wholesale');
    expect(chosen(talk(['我要50个围脖', '针织帽能便宜吗']).at(-1)!)).not.toContain('wholesale');
  });

  it('but colours that are counted are no colour that postage depends on', () => {
    expect(chosen(ask('雾蓝两件燕麦色一件几天能发'))).toBe(chosen(ask('三件几天能发')));
  });
});
