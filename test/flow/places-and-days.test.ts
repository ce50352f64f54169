/** Places that are not where the goods go, days on which nothing leaves, and what is said to have been promised. */
import { describe, expect, it } from 'vitest';
import { ask, demo, demoWith, sentTexts, talk } from './demo-shop.js';

const said = (answered: ReturnType<typeof ask>) => sentTexts(answered).join('\n');
const chosen = (answered: ReturnType<typeof ask>) => {
  const { action, replies } = answered.answer;
  return [action, replies[0]?.kind, replies[0]?.template].join(' ');
};

describe('Where goods come from', () => {
  it.each(['从北京发货吗', '从杭州发吗', '你们是上海发货吗'])('is answered by where they leave: %s', (text) => {
    expect(chosen(ask(text))).toBe('auto answer courier.from');
  });

  it.each(['支付宝和微信都行吗', '今天津贴发吗', '是新疆棉吗'])('and a word that lies across a name is no place: %s', (text) => {
    expect(said(ask(text))).not.toMatch(/信都|天津|新疆/);
  });

  it.each(['新疆发货吗', '你们新疆发货吗', '香港发货吗'])(
    '%s is answered as what it may ask as well: whether goods go there',
    (text) => {
      const answered = ask(text);
      expect(chosen(answered)).toBe('auto answer courier.to_or_from');
      expect(said(answered)).toContain('嘉兴');
      expect(said(answered)).toMatch(/(新疆|香港)[^；]*寄到|寄到(新疆|香港)/);
    },
  );

  it('and not for a place that the shop does not send to', () => {
    const shipping = { ...demo.parameters.shipping!, notServed: ['海外', '新疆'] };
    const answered = ask('新疆发货吗', { shop: demoWith({}, { shipping }) });
    expect(chosen(answered)).toBe('auto answer courier.to_or_from_not_served');
  });
});

describe('The next question', () => {
  const shipping = (before: string) => said(talk([before, '包邮吗'])[1]!);

  it.each(['从北京发货吗', '北京发出的吗', '快递还在北京', '北京专柜有吗', '除了北京都包邮吗', '我不在北京', '我是新会员'])(
    'is not answered for a place that was named otherwise: %s',
    (before) => {
      expect(shipping(before)).not.toMatch(/北京|新会/);
    },
  );

  it('is answered for the buyer’s own', () => {
    expect(shipping('我在北京')).toContain('北京');
  });
});

describe('Days on which the shop sends nothing', () => {
  it.each(['2027年2月6号发货吗', '初八发货吗', '过年期间下单什么时候发货'])(
    'are told where the dispatch is asked of: %s',
    (text) => {
      const answered = ask(text);
      expect(answered.answer.action).toBe('auto');
      expect(said(answered)).toMatch(/春节.{0,24}(休息|暂停)/);
    },
  );

  it.each(['除夕能收到吗', '现在下单除夕能收到吗', '2月6号能到吗', '2.6号能到吗', '过年能收到吗'])(
    'and beside what leaves now where a parcel is asked for on one: %s',
    (text) => {
      const answered = ask(text);
      expect(answered.answer.action).toBe('auto');
      expect(said(answered)).toMatch(/春节.{0,24}休息/);
      expect(said(answered)).toContain('现在付款');
      expect(said(answered)).toMatch(/打包票|以快递为准/);
    },
  );

  it.each(['除夕前能收到吗', '年前能到吗', '2月6号前能到吗', '2/6前能到吗'])(
    'and not where it is asked for before: %s',
    (text) => {
      expect(said(ask(text))).not.toContain('休息');
    },
  );
});

describe('A colour that is left out', () => {
  it('is not the one that is asked for', () => {
    const answered = ask('开衫除了雾蓝还有什么颜色');
    expect(answered.answer.understanding.slots.colour).toBeUndefined();
    expect(said(answered)).not.toContain('现在能拍的是雾蓝');
  });
});

describe('What somebody of the shop is said to have promised', () => {
  it.each([
    '客服说包邮的',
    '你们说好包邮的',
    '上次客服答应给我包邮',
    '昨天客服说可以包邮到新疆 对吗',
    '运费怎么这么贵',
    '为什么运费18',
  ])('is a person’s, and so is a fee that is complained of: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });

  it.each(['你们包邮吗', '您家包邮不', '老板包邮吗', '邮费怎么算'])('and the rule is told who asks for it: %s', (text) => {
    expect(ask(text).answer.action).toBe('auto');
  });
});

describe('A day by which a parcel is to be there', () => {
  it.each(['今天拍11月23号能到吗', '今天下单11/23能到吗', '2026-11-23前能到吗'])(
    'may be in figures, and is not the day of paying: %s',
    (text) => {
      const answered = ask(text);
      expect(chosen(answered)).toBe('auto answer delivery_time.too_soon');
      expect(said(answered)).not.toContain('今天怕是');
    },
  );

  it.each(['16:30前能到吗', '160/84能到吗', '3-5能到吗'])('is none in other figures, which a person reads: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });
});

describe('Bought today, to be there tomorrow', () => {
  it.each(['今天拍明天能到吗', '今天下单明天能到上海吗', '今天買明天能到嗎'])('is told as it is: %s', (text) => {
    const answered = ask(text);
    expect(chosen(answered)).toBe('auto answer delivery_time.too_soon');
    expect(said(answered)).toContain('已经下单的看物流更新');
  });

  it.each(['昨天拍今天能到吗', '我今天拍了明天能到吗'])('an order of his own goes to a person: %s', (text) =>
    expect(ask(text).answer.action).toBe('handoff'),
  );
});

describe('With which courier it goes where', () => {
  it.each(['新疆发什么快递', '到新疆发什么快递', '新疆發哪家快遞'])('is told by the place: %s', (text) =>
    expect(said(ask(text))).toMatch(/新疆(默认发|一般走)邮政/),
  );

  it('but not beside where it leaves from', () => {
    expect(ask('上海发货吗 什么快递').answer.action).toBe('handoff');
    expect(ask('从上海发货 发什么快递').answer.action).toBe('handoff');
  });
});
