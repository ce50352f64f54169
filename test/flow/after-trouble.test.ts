/** What is asked after something was told of an own order: neither the rule of new orders nor that of changed minds answers it. */
import { describe, expect, it } from 'vitest';
import { ask, demoWith, night, sentTexts, talk } from './demo-shop.js';

type Answered = ReturnType<typeof ask>;
const last = (...texts: readonly string[]) => talk(texts).at(-1)!;
const chosen = ({ answer: { action, replies } }: Answered) => [action, replies[0]?.template].join(' ');
const said = (answered: Answered) => sentTexts(answered).join('\n');

describe('a fault was told', () => {
  it.each([
    ['破了个洞', '那运费谁出'],
    ['收到是坏的', '邮费谁出'],
    ['收到就破了', '郵費誰承擔'],
    ['衣服有质量问题', '退货运费你们出吗'],
    ['衣服开线了', '换货运费谁出'],
    ['收到有線頭', '退貨郵費誰出'],
    ['线头好多', '运费谁出'],
    ['质量不好', '退货运费谁出'],
  ])('the postage is that of a fault: %s // %s', (...texts) => {
    const answered = last(...texts);
    expect(answered.answer.action).toBe('auto');
    expect(said(answered)).toMatch(/质量问题.*邮费由店里承担/);
    expect(said(answered)).not.toMatch(/由您承担|各承担一程|不喜欢/);
  });

  it.each([
    ['衣服开线了', '能退吗'],
    ['衣服起球了', '可以退货吗'],
    ['破损了', '能换吗'],
    ['破了个洞', '怎么退'],
    ['收到有线头', '我要退货'],
    ['衣服有质量问题', '可以退么'],
    ['衣服有股味', '能退吗'],
    ['做工粗糙', '可以退吗'],
  ])('it goes back as a fault: %s // %s', (...texts) => {
    const answered = last(...texts);
    expect(answered.answer.action).toBe('auto');
    expect(said(answered)).toMatch(/15天/);
    expect(said(answered)).not.toMatch(/7天|二次销售|各承担一程/);
  });

  it('who denies one hears both postages', () => {
    expect(said(last('不是质量问题 就是不喜欢', '运费谁出'))).toMatch(/(不喜欢|无理由).*由您承担/);
    expect(said(last('這不是質量問題，就是不喜歡', '運費誰出'))).toMatch(/(不喜欢|无理由).*由您承担/);
    expect(said(last('这不是质量问题吗', '运费谁出'))).not.toMatch(/由您承担/);
  });

  it('the money comes as after every return', () => {
    expect(chosen(last('衣服开线了', '能退吗', '几天到账'))).toBe('auto returns.refund_time');
  });

  it('nothing is told where the shop has set nothing for faults', () => {
    const { returns } = demoWith({}).parameters;
    const { faultDays: _, ...rest } = returns!;
    const shop = demoWith({}, { returns: { ...rest, faultPaidBy: undefined } as NonNullable<typeof returns> });
    for (const text of ['运费谁出', '能退吗', '能换吗', '换货运费谁出'])
      expect(talk(['衣服开线了', text], { shop }).at(-1)!.answer.action, text).toBe('handoff');
  });

  it.each([
    ['会开线吗', '能退吗'],
    ['质量怎么样', '不好能退吗'],
    ['会起球吗', '能退吗'],
    ['有没有味道', '能退吗'],
    ['没有破损', '能退吗'],
    ['我没说质量问题', '能退吗'],
    ['破了个洞', '看错了没有破', '能退吗'],
  ])('a question before buying tells of none: %s // %s', (...texts) => {
    expect(chosen(last(...texts))).toBe('auto returns.by_item');
  });
});

describe('wrong or missing goods, a lost parcel, an order that is late or called off', () => {
  it.each([
    ['发错货了', '那运费谁出'],
    ['发错颜色了', '能换吗'],
    ['颜色发错了', '换货运费谁出'],
    ['少发一件', '运费谁出'],
    ['显示签收了没收到', '能退款吗'],
    ['物流不动', '能退款吗'],
    ['一直没发货', '退款几天到'],
    ['物流三天没动', '什么时候能到'],
    ['快递一直没到', '到底哪天能到'],
    ['取消订单', '几天到账'],
    ['还没发货不想要了', '退款多久到'],
    ['不想要了能拒收吗', '运费谁出'],
    ['太慢了吧', '能退吗'],
    ['机洗缩水了', '能换吗'],
    ['穿了两次起球', '能退吗'],
    ['洗了一次就掉色', '运费谁出'],
  ])('are a person’s: %s // %s', (...texts) => {
    const answered = last(...texts);
    expect(answered.answer.action).toBe('handoff');
    expect(answered.answer.replies.filter(({ kind }) => kind === 'answer')).toEqual([]);
  });

  it.each([
    ['发错了', '我要退款', 'own_claim', /申请售后/],
    ['发错颜色了', '那我怎么退', 'own_claim', /申请售后/],
    ['一直没发货', '怎么退款', 'not_come_claim', /点退款/],
    ['物流三天没更新', '我要退款', 'not_come_claim', /点退款/],
  ])('how it is applied for is told by what happened: %s // %s', (first, second, reply, words) => {
    const answered = last(first, second);
    expect(chosen(answered)).toBe(`auto returns.${reply}`);
    expect(said(answered)).toMatch(words);
    expect(said(answered)).not.toMatch(/7天|二次销售|寄回/);
  });

  it('other matters are answered on', () => {
    expect(chosen(last('发错货了', '发票什么时候开'))).toBe('auto invoice.when_paper');
    expect(chosen(last('破了个洞', '退货地址发一下'))).toBe('auto returns.address_on_page');
  });
});

describe('a price that fell', () => {
  it.each([
    ['价保几天', '几天到账'],
    ['差价退吗', '怎么退'],
    ['昨天买的今天降了10块', '能退吗'],
  ])('what goes back is the difference: %s // %s', (...texts) => {
    expect(last(...texts).answer.action).toBe('handoff');
  });

  it('other matters are answered on', () => {
    expect(chosen(last('价保几天', '退货地址发一下'))).toBe('auto returns.address_on_page');
    expect(chosen(last('价保几天', '发票怎么开'))).toBe('auto invoice.how');
  });
});

describe('goods on their way back', () => {
  it.each([
    ['我要换货', '多久能收到'],
    ['我要退款', '几天能到'],
    ['还没发货能退款吗', '多久到'],
    ['退款要几天', '什么时候能到'],
    ['保修', '怎么修', '邮费谁出'],
    ['保修多久', '运费谁出'],
  ])('neither the days of a new order nor its postage: %s // %s', (...texts) => {
    expect(last(...texts).answer.action).toBe('handoff');
  });

  it.each([
    ['支持七天无理由吗', '几天能到'],
    ['能退吗', '到上海几天'],
  ])('who has not bought yet hears the days: %s // %s', (...texts) => {
    const answered = last(...texts);
    expect(answered.answer.action).toBe('auto');
    expect(said(answered)).toMatch(/路上通常2-3天/);
  });
});

describe('who calls again after that', () => {
  it.each(['骗子', '投诉你们', '破了个洞', '快递一直没到', '我要给差评'])('is not welcomed with a smile: %s', (first) => {
    const answered = last(first, '有人吗');
    expect(chosen(answered)).toBe('auto greeting.after_trouble');
    expect(said(answered)).not.toMatch(/欢迎|\/:|库存/);
  });

  it('is greeted as ever on another day', () => {
    const memory = ask('破了个洞').change.memory;
    const later = ask('在吗', { memory, at: night + 3 * 3_600_000 });
    expect(chosen(later)).toBe('auto greeting.off_duty');
    expect(chosen(ask('能退吗', { memory: later.change.memory, at: night + 3 * 3_600_000 + 5000 }))).toBe('auto returns.by_item');
  });
});
