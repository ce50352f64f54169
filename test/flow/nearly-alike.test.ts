/** Words that lie near a rule of the shop and ask something else: answered as they are meant, or held. */
import { describe, expect, it } from 'vitest';
import { ask, demoWith, sentTexts, talk } from './demo-shop.js';

const chosen = (answered: ReturnType<typeof ask>) => {
  const { action, replies } = answered.answer;
  return [action, replies[0]?.kind, replies[0]?.template].join(' ');
};
const said = (answered: ReturnType<typeof ask>) => sentTexts(answered).join('\n');
const matters = (text: string) => ask(text).answer.understanding.intents.map(({ id }) => id);

describe('What is paid with 花呗', () => {
  it.each([
    ['花呗分6期免息吗', 'huabei_fee'],
    ['蚂蚁花分期要手续费吗', 'huabei_fee'],
    ['花呗利息多少', 'huabei_fee'],
    ['用花呗要加钱吗', 'huabei_fee'],
    ['大衣花呗分6期免息吗', 'huabei_fee'],
    ['围脖花呗分6期免息吗', 'huabei_below'],
    ['礼盒花呗能分几期', 'huabei_not_for_item'],
    ['花呗能分几期', 'huabei_plan'],
    ['花呗分24期可以吗', 'no_such_period'],
  ])('is answered of 花呗 and of no card: %s', (text, reply) => {
    const answered = ask(text);
    expect(chosen(answered)).toBe(`auto answer credit_card.${reply}`);
    expect(said(answered)).not.toContain('信用卡');
  });

  it('is held where the shop has no such instalments', () => {
    const shop = demoWith({}, { creditCard: { accepted: true, instalmentsFromYuan: 600, periods: [3], services: ['白条'] } });
    expect(ask('花呗分3期免息吗', { shop }).answer.action).toBe('handoff');
    expect(ask('花呗能分几期', { shop }).answer.action).toBe('handoff');
  });

  it.each(['我花呗额度不够能分开付吗', '花呗付不了怎么回事', '为什么不能用花呗'])(
    'is a person’s where it does not work: %s',
    (text) => {
      expect(ask(text).answer.action).toBe('handoff');
    },
  );
});

describe('Two questions in one breath', () => {
  it.each(['大衣分12期每期多少', '大衣分3期一期还多少', '花呗分12期每期多少', '大衣分6期每期多少钱'])(
    'what each period comes to is told to stand on the pay page: %s',
    (text) => {
      const answered = ask(text);
      expect(chosen(answered)).toBe('auto answer credit_card.each_period');
      expect(said(answered)).toMatch(/每期/);
    },
  );

  it('but not for an order that is too small, or goods without instalments', () => {
    expect(chosen(ask('围脖分3期每期多少'))).toBe('auto answer credit_card.below');
    expect(chosen(ask('礼盒分3期每期多少'))).toBe('auto answer credit_card.not_for_item');
  });

  it.each([
    '发票可以开公司吗税号多少',
    '能开专票吗你们税号是什么',
    '你们税号多少',
    '店里的税号是什么',
    '公司名称叫什么',
    '你们公司抬头是什么',
  ])('the shop’s own number is a person’s: %s', (text) => {
    expect(chosen(ask(text))).toBe('handoff holding invoice.holding');
  });

  it.each(['抬头写什么', '可以开票吗抬头写谁', '我公司税号怎么填'])('what the buyer is to write is told: %s', (text) => {
    expect(chosen(ask(text))).toBe('auto answer invoice.how');
  });

  it.each(['大衣多重什么颜色', '开衫什么颜色多重', '围脖多少钱包邮吗'])('half an answer is none: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });

  it('a second half that nobody understood is told to be open', () => {
    const answered = ask('能开发票吗多久开');
    expect(answered.answer.open).toEqual(['none']);
    expect(said(answered)).toContain('上班后');
  });

  it.each([
    '开衫和大衣有货吗',
    '要一条素色围巾，一件大衣，多少钱',
    '开衫多少钱，大衣呢',
    '大衣有货吗，围脖多少钱',
    '开衫有货吗\n大衣多少钱',
  ])('of two products none is answered for the other: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });
});

describe('Who said so', () => {
  it.each(['谁说可以货到付款的', '谁说有优惠的', '谁告诉你能退的', '谁规定要发票的'])(
    'doubts, and asks for no rule: %s',
    (text) => {
      expect(ask(text).answer.action).toBe('handoff');
    },
  );
});

describe('到付', () => {
  it.each(['快递费到付可以吗', '寄到付行吗', '顺丰到付可以吗', '邮费到付行不', '到付运费可以吗', '能发顺丰到付吗'])(
    'of the postage is a person’s: %s',
    (text) => {
      const answered = ask(text);
      expect(answered.answer.action).toBe('handoff');
      expect(said(answered)).not.toContain('货到付款');
    },
  );

  it.each(['可不可以到付', '可以到付吗', '能到付不', '到付'])('alone is asked back: %s', (text) => {
    const answered = ask(text);
    expect(chosen(answered)).toBe('auto answer cod.bare');
    expect(said(answered)).toMatch(/运费/);
  });

  it('of goods is told as before', () => {
    expect(chosen(ask('素色围巾可以货到付款吗'))).toBe('auto answer cod.offered');
    expect(chosen(ask('可以货到付款吗'))).toBe('auto answer cod.by_item');
  });
});

describe('Postage', () => {
  it.each(['付了12元邮费能退吗', '补的邮费可以退吗', '我付的运费能退给我吗', '刚付了15块运费能退吗'])(
    'that was paid is no return postage: %s',
    (text) => {
      expect(ask(text).answer.action).toBe('handoff');
    },
  );

  it('of a return is told as before', () => {
    expect(chosen(ask('退货邮费能退吗'))).toBe('auto answer returns.postage_insured');
  });

  it.each([
    ['寄美国多少钱', '美国'],
    ['寄到美国运费多少', '美国'],
    ['发日本要多少邮费', '日本'],
    ['到英国包邮吗', '英国'],
    ['寄澳大利亚几天到', '澳大利亚'],
  ])('abroad is told as the shop has set it: %s', (text, place) => {
    const answered = ask(text);
    expect(chosen(answered)).toMatch(/^auto answer (shipping_fee|delivery_time)\.not_served$/);
    expect(said(answered)).toContain(`${place}`);
  });

  it('abroad is held where the shop has not said', () => {
    const shipping = { ...demoWith({}).parameters.shipping!, notServed: [] };
    const shop = demoWith({}, { shipping });
    expect(ask('寄美国多少钱', { shop }).answer.action).toBe('handoff');
    expect(ask('发日本要多少邮费', { shop }).answer.action).toBe('handoff');
  });

  it('goods that come from abroad go nowhere', () => {
    expect(chosen(ask('日本进口的羊毛吗，包邮吗'))).not.toContain('not_served');
  });

  it.each(['发顺丰要加钱吗', '走顺丰加多少钱'])('what a courier costs on top is told: %s', (text) => {
    expect(chosen(ask(text))).toBe('auto answer shipping_fee.courier_ask');
  });

  it.each(['by不', 'by吗', '全国by吗', 'yf怎么算'])(
    'letters that are plain with what stands behind them are sure: %s',
    (text) => {
      expect(chosen(ask(text))).toBe('auto answer shipping_fee.ask_threshold');
    },
  );

  it.each(['yf多少', '这件yf多少钱', 'ruby吗'])('others are guessed at most: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });
});

describe('A matter that is left', () => {
  it.each([
    '不是问运费',
    '我不是问运费',
    '没问你运费',
    '不说运费了',
    '运费就不问了',
    '不问发票了',
    '发票的事不问了',
    '先不说退货的事',
    '价格就不问了',
    '不是问你几天到',
    '我没说要退货',
  ])('is neither answered nor held by its name: %s', (text) => {
    const answered = ask(text);
    expect(answered.answer.action).toBe('handoff');
    expect(matters(text)).toEqual([]);
    expect(said(answered)).not.toMatch(/运费|发票|开票|退|价格|发货/);
    expect(answered.answer.understanding.because.map(({ code }) => code)).toContain('taken_back');
  });

  it.each([
    ['运费不问了，发票能开吗', 'invoice'],
    ['不问发票了，包邮吗', 'shipping_fee'],
    ['开票不说了，什么时候发货', 'delivery_time'],
  ])('is passed over beside another: %s', (text, other) => {
    expect(matters(text)).toEqual([other]);
    expect(ask(text).answer.action).toBe('auto');
  });

  it('one that only corrects is held, by what is meant', () => {
    expect(matters('不是问运费，是问什么时候发货')).toEqual(['delivery_time']);
    expect(ask('不是问运费，是问什么时候发货').answer.action).toBe('handoff');
  });

  it.each(['不是问运费吗', '你们怎么不说运费', '是不是问运费', '没问题，包邮吗'])('is none in %s', (text) => {
    expect(matters(text)).toContain('shipping_fee');
  });
});

describe('Plain words in few signs', () => {
  it('a body and two sizes are advised by the chart', () => {
    expect(chosen(ask('开衫165/52kg M还是L'))).toBe('auto answer advice.size_one');
    expect(matters('165/52kg M还是L')).toEqual(['advice']);
    expect(matters('M还是L有货')).toEqual(['stock']);
  });

  it('English colours', () => {
    expect(ask('XL red still有吗').answer.understanding.slots).toMatchObject({ size: 'XL', colour: '红色' });
    expect(chosen(ask('XL red still有吗'))).toBe('auto answer stock.which');
  });

  it.each([
    ['850拿下可以不', 850],
    ['大衣850带走行吗', 850],
    ['200块拿下行吗', 200],
    ['9块9能拿下吗', 9.9],
    ['9块9卖不卖', 9.9],
    ['九块九卖不卖', 9.9],
    ['128块8行不', 128.8],
  ])('an offer is read: %s', (text, yuan) => {
    expect(ask(text).answer.understanding.slots.offeredPriceYuan).toBe(yuan);
    expect(matters(text)).toEqual(['haggling']);
  });

  it.each(['15天了开线了怎么办', '穿了15天开线了怎么办'])('a fault is noted as one: %s', (text) => {
    const answered = ask(text);
    expect(chosen(answered)).toBe('handoff holding quality.holding');
    expect(said(answered)).toMatch(/照片|处理/);
  });
});

describe('A fake', () => {
  it.each(['假货吧你们', '你们卖假货', '这是假的吧', '都是假货', '一看就是假的', '仿的吧这个', '恐怕是假货'])(
    'that is said and not asked gets no praise of the goods: %s',
    (text) => {
      const answered = ask(text);
      expect(chosen(answered)).toBe('handoff holding authenticity.holding');
      expect(said(answered)).toMatch(/抱歉|不好意思/);
      expect(said(answered)).not.toMatch(/喜欢|挑|正品/);
    },
  );

  it.each(['是假货吗', '会不会是假货', '不会是假的吧', '是不是冒牌的', '假货？'])(
    'that is feared is answered plainly: %s',
    (text) => {
      for (const version of [1, 2, 3, 4]) {
        const answered = ask(text, { version });
        expect(chosen(answered)).toBe('auto answer authenticity.worried_compensated');
        expect(said(answered)).not.toMatch(/喜欢|挑/);
      }
    },
  );

  it('goods that are asked to be genuine are told to be', () => {
    expect(chosen(ask('是正品吗'))).toBe('auto answer authenticity.genuine_compensated');
  });
});

describe('The same question in other plain words', () => {
  const cardigan = { id: 'wool-cardigan', title: '羊毛圆领开衫' };
  it.each([
    ['几点下班', 'greeting.hours_off_duty'],
    ['能用微信吗', 'payment.other_method'],
    ['几点截单', 'delivery_time.pay_time'],
    ['羊毛扎人吗', 'product_info.detail'],
    ['是修身的吧', 'product_info.detail'],
    ['有L码吗', 'stock.in_variant'],
    ['满减能跟平台券一起用吗', 'promotion.stack_no'],
  ])('is answered as in the usual ones: %s', (text, reply) => {
    expect(chosen(ask(text, { more: { item: cardigan } }))).toBe(`auto answer ${reply}`);
  });

  it.each(['是100%羊毛吗', '是80%羊毛吗'])('what it is made of is told, whatever share is asked: %s', (text) => {
    for (const version of [1, 2, 3, 4]) {
      const answered = ask(text, { more: { item: cardigan }, version });
      expect(chosen(answered)).toBe('auto answer product_info.detail');
      expect(said(answered)).toContain('70%羊毛、30%锦纶');
      expect(said(answered)).not.toMatch(/是的|对的|100%|80%/);
    }
  });

  it('money off is haggled for, pieces too few are a parcel’s', () => {
    expect(matters('少10块')).toEqual(['haggling']);
    expect(matters('少了10块')).toEqual(['parcel_problem']);
    expect(matters('怎么联系平台')).toEqual(['human']);
  });
});

describe('What goods do after washing', () => {
  const facets = (text: string) => ask(text).answer.understanding.intents.map(({ id, facet }) => `${id}/${facet}`);

  it.each(['洗了会缩水吗', '洗完会变形吗', '穿久了会不会起球', '洗了掉色吗', '戴久了容易起球吗'])(
    'is a question before buying, for which nobody apologises: %s',
    (text) => {
      expect(facets(text)).toEqual(['quality/after_use']);
      expect(said(ask(text))).not.toMatch(/抱歉|不好意思|订单号/);
    },
  );

  it.each(['洗了两次就缩水了', '收到洗了会掉毛', '洗了就变形了怎么办', '穿了一天就起球了'])(
    'and a report where it was worn already: %s',
    (text) => {
      const answered = ask(text);
      expect(answered.answer.action).toBe('handoff');
      expect(said(answered)).toMatch(/抱歉|不好意思/);
    },
  );
});

describe('When somebody is there', () => {
  it.each(['你们什么时候上班', '早上几点开门', '请问你们几点下班谢谢', '麻烦问下早上几点开门 谢谢'])(
    'is told by the hours: %s',
    (text) => {
      const answered = ask(text);
      expect(answered.answer.action).toBe('auto');
      expect(said(answered)).toMatch(/09:00/);
    },
  );

  it.each(['驿站几点关门', '实体店几点开门', '快递几点下班'])('but of others it is a person’s: %s', (text) => {
    expect(ask(text).answer.action).toBe('handoff');
  });

  it('没人吗 is a greeting', () => {
    expect(matters('没人吗')).toEqual(['greeting']);
  });
});

describe('The next few words after a way to pay', () => {
  it.each([
    ['可以刷信用卡吗', '有手续费吗'],
    ['可以分期吗', '要手续费吗'],
    ['信用卡能付吗', '手續費多少'],
  ])('what it costs is told: %s // %s', (...texts) => {
    const answered = talk(texts).at(-1)!;
    expect(answered.answer).toMatchObject({ action: 'auto', understanding: { intents: [{ id: 'credit_card', facet: 'fee' }] } });
    expect(sentTexts(answered).join('')).toMatch(/店里不(另|收).*付款页/);
  });

  it.each([
    ['白条可以吗', '有手续费吗'],
    ['能货到付款吗', '有手续费吗'],
    ['能开发票吗', '要手续费吗'],
  ])('but not of what the shop has not, or another matter: %s // %s', (...texts) =>
    expect(talk(texts).at(-1)!.answer.action).toBe('handoff'),
  );

  it.each([
    [['微信能付吗', '支付宝呢'], /支付宝/],
    [['银行卡可以吗'], /银行卡/],
    [['雲閃付可以嗎'], /支付宝、银行卡、花呗/],
  ])('another way is told of: %s', (texts, words) => {
    const answered = talk(texts).at(-1)!;
    expect(answered.answer.action).toBe('auto');
    expect(sentTexts(answered).join('')).toMatch(words);
  });
});

describe('Another courier', () => {
  it.each(['圆通不到我们这 能换吗', '中通到不了我家，可以换一家吗', '圓通不送我們村 能換嗎'])(
    'is no exchange of goods: %s',
    (text) => {
      const answered = ask(text);
      expect(matters(text)).not.toContain('returns');
      expect(said(answered)).not.toMatch(/换货|尺码|二次销售/);
    },
  );

  it('but what is worn is exchanged as before', () => {
    expect(matters('顺丰收到的尺码小了能换吗')).toContain('returns');
    expect(chosen(ask('不合适能换吗'))).toMatch(/^auto answer returns\.exchange/);
  });
});

describe('An invoice that the rule does not speak of', () => {
  it.each(['开发票要身份证吗', '能开19年的发票吗', '去年买的发票还能开吗', '開發票要營業執照嗎'])(
    'is left to a person: %s',
    (text) => expect(ask(text).answer.action).toBe('handoff'),
  );

  it.each(['能开发票吗', '发票几年内能开'])('and the rule is told beside: %s', (text) => {
    expect(matters(text)).toContain('invoice');
  });
});
