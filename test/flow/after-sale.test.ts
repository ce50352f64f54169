/** Questions after the sale that are one side of a matter: answered as asked, or left to a person, never passed over. */
import { describe, expect, it } from 'vitest';
import { ask, demo, demoWith, noon, sentTexts } from './demo-shop.js';

const top = { item: { id: 'cotton-top', title: '纯棉打底衫', priceYuan: 59 } };
type Answered = ReturnType<typeof ask>;
const chosen = ({ answer: { action, replies } }: Answered) => [action, replies[0]?.template].join(' ');
const said = (answered: Answered) => sentTexts(answered).join('\n');
const heldBy = ({ answer: { action, replies } }: Answered) =>
  action === 'handoff' && replies.every(({ kind }) => kind === 'holding') ? 'person' : action;

describe('how a return is sent, with what, and which comes first', () => {
  it.each([
    '退货发什么快递',
    '退货走哪家快递',
    '退貨用什麼快遞',
    '退货可以发顺丰吗',
    '退货到付行不行',
    '寄回去可以到付吗',
    '退货要原包装吗',
    '退货要吊牌吗',
    '退货要带包装盒吗',
    '退货赠品要一起退吗',
    '换货要先寄回去吗',
    '换货是先发新的给我吗',
    '换货可以先发给我吗',
    '两单合一起退运费吗',
    '寄回去修运费谁出',
    '退货快递谁叫',
    '无理由退货扣钱吗',
    '退多了会拉黑吗',
    '换货没有要的颜色怎么办',
    '发货了还能退款吗',
    '已经发货了可以退款吗',
  ])('no rule of the shop says: %s', (text) => expect(heldBy(ask(text))).toBe('person'));

  it.each([
    ['退货要自己寄吗', 'returns.how_by_item'],
    ['寄回去了单号填哪', 'returns.how_by_item'],
    ['退货写什么单号', 'returns.how_by_item'],
    ['没拆封能退吗', 'returns.by_item'],
    ['拆封能退吗', 'returns.opened_by_item'],
    ['签收后多久可以退', 'returns.by_item'],
    ['簽收後7天內都能退嗎', 'returns.by_item'],
    ['签收后15天内能退吗', 'returns.past_term'],
    ['收到退货几天退款', 'returns.refund_time'],
    ['寄回去几天退款', 'returns.refund_time'],
    ['可以货到付款吗', 'cod'],
    ['能退吗', 'returns.by_item'],
    ['退货地址是哪', 'returns.address_on_page'],
  ])('but %s is told', (text, reply) => expect(chosen(ask(text))).toContain(`auto ${reply}`));
});

describe('where the money goes', () => {
  it.each(['退款退到哪里', '钱退到哪', '退款退回哪个账户', '退到支付宝吗', '錢退到哪裡', '退款是退到微信吗'])('%s', (text) => {
    expect(said(ask(text))).toMatch(/原来的付款方式退回|退回哪个账户/);
  });

  it.each(['钱退到哪里去了', '退款呢', '我的退款呢', '退款哪去了'])('is a person’s where the money is missed: %s', (text) =>
    expect(heldBy(ask(text))).toBe('person'),
  );

  it('comes as it is told, in whatever order it is asked', () => {
    expect(said(ask('退款到账需要多久'))).toMatch(/3天内/);
    expect(said(ask('到账要几天'))).not.toMatch(/现在付款/);
  });
});

describe('a product outside the no-reason rule', () => {
  it.each(['我要退货', '想退货', '怎么换货', '怎么退', '退货邮费谁出', '换货邮费谁出', '有运费险吗', '退换的邮费怎么算'])(
    'is not spoken of as one within it: %s',
    (text) => {
      const answered = ask(text, { more: top });
      expect(answered.answer.action).toBe('auto');
      expect(said(answered)).toMatch(/不参加7天无理由|不在无理由退换范围内/);
      expect(said(answered)).not.toMatch(/由您承担|各承担一程|二次销售|保险会/);
    },
  );

  it.each(['我要退货 打底衫', '打底衫退货运费谁出', '打底衫买大了怎么换'])('nor where it is named: %s', (text) => {
    expect(said(ask(text))).toMatch(/不参加7天无理由|不在无理由退换范围内/);
  });
});

describe('an invoice that is to be another', () => {
  it.each([
    '发票能换抬头吗',
    '發票可以換抬頭嗎',
    '换了发票类型可以吗',
    '电子发票能换纸质吗',
    '发票改个人可以吗',
    '发票可以换开吗',
    '发票怎么换',
    '发票开了吗',
    '发票开好了没',
    '我的發票開了沒有',
  ])('%s', (text) => expect(heldBy(ask(text))).toBe('person'));

  it.each(['能开公司抬头吗', '发票能开个人吗', '可以开发票吗', '发票开吗'])('but what can be made is told: %s', (text) => {
    expect(ask(text).answer.action).toBe('auto');
  });
});

describe('a check that shows nothing', () => {
  it.each(['二维码扫不出来是假货吧', '扫码扫不出来', '查不到真伪', '防伪码查不到', '二維碼掃不出來'])('%s', (text) =>
    expect(heldBy(ask(text))).toBe('person'),
  );

  it('how it is checked is told', () => expect(chosen(ask('怎么查真假'))).toBe('auto authenticity.check'));
});

describe('what is sent for something else', () => {
  it.each([
    '重发什么时候能发出',
    '换的什么时候发',
    '补的那件几天到',
    '补发的几天能到',
    '修好什么时候寄',
    '什么时候送货',
    '什么时候派送啊',
  ])('ships by no rule of new orders: %s', (text) => expect(heldBy(ask(text))).toBe('person'));

  it('new orders do', () => expect(ask('什么时候发货').answer.action).toBe('auto'));
});

describe('a courier who has it fetched', () => {
  it.each(['快递要我自己去拿', '快递让自提', '快递员叫我自己去取'])('is not the shop’s counter: %s', (text) =>
    expect(heldBy(ask(text))).toBe('person'),
  );

  it('which is told where it is asked for', () => expect(chosen(ask('可以自提吗'))).toBe('auto courier.pickup_no'));
});

describe('a return of money for a good review', () => {
  it.each(['好评能退邮费吗', '好评退运费吗', '五星好评退点钱不', '晒图退现金吗'])('is no return of goods: %s', (text) => {
    expect(said(ask(text))).not.toMatch(/无理由|质量问题|运费险/);
  });

  it('is none where goods go back', () => expect(said(ask('给了好评还能退货吗'))).not.toMatch(/返现/));
});

describe('what the warranty covers', () => {
  it.each(['保修包括什么', '保修范围', '保修保哪些', '掉扣保修吗', '質保範圍是什麼'])('%s', (text) => {
    expect(said(ask(text))).toMatch(/3个月/);
    expect(said(ask(text))).toMatch(/开线、掉扣/);
  });

  it.each(['怎么报修', '保修要寄回吗', '维修要寄回去吗'])('%s', (text) => expect(said(ask(text))).toMatch(/寄回店里免费修补/));
});

describe('goods that may turn out faulty', () => {
  it.each([
    '质量问题能退吗',
    '質量問題可以退換嗎',
    '质量问题包退吗',
    '有瑕疵可以换吗',
    '衣服有质量问题可以退货吗',
    '如果质量不好可以退吗',
    '萬一有質量問題能退嗎',
    '质量问题几天内可以退',
  ])('go back by the rule of faults: %s', (text) => {
    const answered = ask(text);
    expect(chosen(answered)).toBe('auto returns.fault_rule');
    expect(said(answered)).toMatch(/15天.*邮费由店里承担/);
    expect(said(answered)).not.toMatch(/7天|二次销售|各承担一程/);
  });

  it.each(['有质量问题退货运费谁承担', '质量问题换货邮费谁出'])('and the postage is the shop’s: %s', (text) =>
    expect(said(ask(text))).toMatch(/质量问题.{0,5}由店里承担/),
  );

  it.each(['质量有问题我要退货', '用了有质量问题能退吗', '我昨天收到的 质量问题能退吗', '穿了两天质量不好可以退吗'])(
    'who tells of his own is heard by a person: %s',
    (text) => expect(heldBy(ask(text))).toBe('person'),
  );

  it('a draft alone speaks of it where the shop has set nothing for faults', () => {
    const { returns } = demo.parameters;
    const { faultDays: _, ...rest } = returns!;
    const shop = demoWith({}, { returns: { ...rest, faultPaidBy: undefined } as NonNullable<typeof returns> });
    expect(ask('质量问题能退吗', { shop }).answer.action).toBe('handoff');
    const drafted = ask('质量问题能退吗', { shop, at: noon });
    expect(chosen(drafted)).toBe('draft returns.fault_rule_unset');
  });
});
