/** Questions that name another figure, another term or another side than the shop has set: no wording says yes to them. */
import { describe, expect, it } from 'vitest';
import { ask, demo, demoWith, sentTexts, talk } from './demo-shop.js';

/** More than any reply has wordings, so that each is met. */
const versions = Array.from({ length: 12 }, (_, at) => at + 1);
const everyAnswer = (text: string, shop = demo) => versions.map((version) => ask(text, { version, shop }));
const everyWording = (text: string, shop = demo) => [...new Set(everyAnswer(text, shop).flatMap(sentTexts))];
const chosen = (text: string, shop = demo) => {
  const { action, replies } = ask(text, { shop }).answer;
  return [action, replies[0]?.kind, replies[0]?.template].join(' ');
};
const affirms = /(^|[，。；～！])(是的|对的|没错|嗯|有的|可以的|支持的|能的|没问题)/;

describe('Another compensation', () => {
  it.each(['假一赔十吗', '假一罚十吗', '假的赔十倍吗'])('is answered by the shop’s own: %s', (text) => {
    expect(chosen(text)).toBe('auto answer authenticity.compensation');
    for (const said of everyWording(text)) {
      expect(said).toContain('假一赔三');
      expect(said).not.toMatch(affirms);
    }
  });
});

describe('More days than the shop gives', () => {
  it.each(['买完降价了差价退吗 10天前买的', '价保30天吗', '价保一个月吗'])(
    'are told to be beyond the price protection: %s',
    (text) => {
      expect(chosen(text)).toBe('auto answer price_query.protection_beyond');
      for (const said of everyWording(text)) {
        expect(said).toContain('7天');
        expect(said).not.toMatch(affirms);
      }
    },
  );

  it.each(['5天前买的降价了差价退吗', '价保7天吗', '有价保吗'])('within it the rule is told: %s', (text) => {
    expect(chosen(text)).toBe('auto answer price_query.protection');
    for (const said of everyWording(text)) expect(said).not.toMatch(affirms);
  });

  it.each(['30天内可以退吗', '支持15天无理由退换吗', '一个月内可以换货吗', '30天内可以换吗'])(
    'are told to be beyond the return without reason: %s',
    (text) => {
      expect(chosen(text)).toBe('auto answer returns.past_term');
      for (const said of everyWording(text)) {
        expect(said).toContain('7天');
        expect(said).not.toMatch(affirms);
        expect(said).not.toMatch(/可以换的|可以退换的|能换的/);
      }
    },
  );

  it.each(['3天内可以退吗', '7天无理由吗'])('within it the rule is told as before: %s', (text) => {
    expect(chosen(text)).toBe('auto answer returns.by_item');
  });
});

describe('Sums and shares that are not the shop’s', () => {
  it.each(['有50元优惠券吗', '有8折活动吗', '第二件半价是吧', '新人有10元优惠券吗', '会员有8折吗'])(
    'are left to a person: %s',
    (text) => {
      expect(ask(text).answer.action).toBe('handoff');
    },
  );

  it.each(['有优惠吗', '有5元券吗', '新人有优惠吗', '会员有什么福利'])('what there is is told as before: %s', (text) => {
    expect(ask(text).answer.action).toBe('auto');
  });

  it('a named campaign that runs is not told as an answer to another sum', () => {
    const words = { name: '双十一', aliases: [], from: '2026-11-20', to: '2026-11-25', words: '第二件九折', products: [] };
    const shop = demoWith({}, { campaigns: [words] });
    expect(ask('双十一有活动吗', { shop }).answer.action).toBe('auto');
    expect(ask('双十一有满300减50吗', { shop }).answer.action).toBe('handoff');
    expect(ask('有50元优惠券吗', { shop }).answer.action).toBe('handoff');
  });

  it.each(['500块能分期吗', '300元能分3期吗'])('an amount below the instalments is told so: %s', (text) => {
    expect(chosen(text)).toBe('auto answer credit_card.below');
    for (const said of everyWording(text)) expect(said).not.toMatch(affirms);
  });

  it('an amount that reaches them promises nothing of the goods', () => {
    expect(chosen('1000元能分期吗')).toBe('auto answer credit_card.general');
  });

  it('an invoice of more than was paid is no matter of course', () => {
    expect(chosen('发票能多开点吗')).toBe('auto answer invoice.amount');
  });

  it('two ways to pay, one of which is not there', () => {
    expect(chosen('微信支付宝都能付吗')).toBe('auto answer payment.other_method');
    expect(chosen('可以用支付宝付吗')).toBe('auto answer payment.method');
  });
});

describe('Sides of a return', () => {
  it.each(['换货运费谁出', '换货要我自己出运费吗', '换货来回运费谁付', '换大一码邮费谁承担'])(
    'postage of an exchange is told of the exchange: %s',
    (text) => {
      expect(chosen(text)).toBe('auto answer returns.exchange_postage');
      for (const said of everyWording(text)) expect(said).toMatch(/换货的?邮费来回各承担一程/);
    },
  );

  it('postage of an exchange is held where the shop has not said who pays it', () => {
    const { exchangePaidBy: _unset, ...returns } = demo.parameters.returns!;
    expect(ask('换货运费谁出', { shop: demoWith({}, { returns }) }).answer.action).toBe('handoff');
  });

  it.each(['退换货运费谁出', '退货换货邮费谁付'])('of both, both are told: %s', (text) => {
    for (const said of everyWording(text)) {
      expect(said).toContain('由您承担');
      expect(said).toContain('换货邮费来回各承担一程');
    }
  });

  it.each(['运费要我出吗', '邮费是我出吗', '运费你们承担吗'])('after a return was asked of, %s means its postage', (text) => {
    const last = talk(['能退货吗', text]).at(-1)!;
    expect([last.answer.action, last.answer.replies[0]?.template]).toEqual(['auto', 'returns.postage_insured']);
    expect(ask(text).answer.understanding.intents[0]?.id).not.toBe('returns');
  });

  it.each(['礼盒能换颜色吗', '开衫能换码吗', '围巾可以换个颜色吗'])('an exchange of a product is told as one: %s', (text) => {
    for (const said of everyWording(text)) expect(said).toMatch(/换/);
  });

  it.each(['仅退款可以吗', '能仅退款吗', '可以部分退款吗', '仅退款不退货可以吗', '只退一部分钱', '可以只退款吗'])(
    'the money without the goods, or a part of it, is a person’s: %s',
    (text) => {
      expect(ask(text).answer.action).toBe('handoff');
    },
  );

  it.each(['退款24小时到账吗', '退款七天到账吗', '退款48小时内退吗'])(
    'by when the money comes is told by the shop’s own days: %s',
    (text) => {
      expect(chosen(text)).toBe('auto answer returns.refund_time');
      for (const said of everyWording(text)) {
        expect(said).toContain('3天内');
        expect(said).not.toMatch(/24小时|48小时/);
        expect(said).not.toMatch(affirms);
      }
    },
  );

  it('by when the money comes is held where the shop has not said', () => {
    const { refundDays: _unset, ...returns } = demo.parameters.returns!;
    const shop = demoWith({}, { returns });
    for (const text of ['退款24小时到账吗', '退款多久到账']) expect(ask(text, { shop }).answer.action, text).toBe('handoff');
  });

  it.each(['退款到账了吗', '我退款3天了还没到账'])('a refund under way is a person’s: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });

  it.each(['换货多久寄出', '换货要多久', '换货几天能收到', '换的货什么时候发'])(
    'when an exchange leaves no rule of new orders tells: %s',
    (text) => {
      expect(ask(text).answer.action).toBe('handoff');
    },
  );

  it.each(['退货了发票怎么办', '退款后发票要退吗'])('the invoice of what goes back is a person’s: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });
});
