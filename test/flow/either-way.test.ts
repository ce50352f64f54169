/** What is true whichever is the case, told to who does not say which: and left to a person where a word tells that it is the other. */
import { describe, expect, it } from 'vitest';
import { ask, sentTexts, talk } from './demo-shop.js';

type Answered = ReturnType<typeof ask>;
const heldBy = ({ answer: { action, replies } }: Answered) =>
  action === 'handoff' && replies.every(({ kind }) => kind === 'holding') ? 'person' : action;
const said = (answered: Answered) => sentTexts(answered).join('\n');

describe('who has just paid', () => {
  it.each([
    '拍下了什么时候发货',
    '已拍什么时候发货',
    '什么时候发货刚付款',
    '刚刚拍的今天发货吗',
    '下单了今天可以发货吧',
    '今天发货么已经付款了',
    '我刚付了款，今天能发出吗',
    '剛拍的什麼時候發貨',
  ])('is told by what hour it leaves the same day: %s', (text) => expect(said(ask(text))).toMatch(/16:00前付/));

  it.each([
    '昨天拍的什么时候发货',
    '前天付款了今天能发吗',
    '我18号拍的什么时候发',
    '早上拍的今天能发吗',
    '买了好几天了什么时候发',
    '拍下了怎么还没发货',
    '拍下了到底什么时候发货',
  ])('but who has waited is not: %s', (text) => expect(heldBy(ask(text))).toBe('person'));

  it('nor who has told of a delay', () => {
    const [, last] = talk(['一直没发货', '拍了什么时候发']);
    expect(last!.answer.action).not.toBe('auto');
  });
});

describe('bought or not', () => {
  it.each(['那我啥时候能收到货', '什么时候能送过来', '我这里能多久到货', '快递几天能到', '多久能收到貨'])('%s', (text) => {
    expect(said(ask(text))).toMatch(/已经下单的/);
    expect(said(ask(text))).toMatch(/现在付款的?一般/);
  });

  it.each(['今天能到吗', '今天能收到不', '今晚能到嗎', '几点能到', '明天上午能到吗'])('under way or not: %s', (text) => {
    expect(said(ask(text))).toMatch(/已经寄出的/);
    expect(said(ask(text))).toMatch(/现在付款的?一般/);
  });

  it('a place is told of', () => expect(said(ask('我在天津快递几天能到'))).toMatch(/到天津路上/));

  it.each(['我的快递什么时候到', '我的包裹今天派送吗', '不是说今天能到吗', '我的货今天能到吗'])(
    'but of the own parcel not: %s',
    (text) => expect(heldBy(ask(text))).toBe('person'),
  );
});

describe('opened goods', () => {
  it.each(['拆开了能退吗', '用过了能退吗', '洗了可以退吗', '剪了吊牌还能退吗', '能退吗我拆开了', '拆封了還能退嗎'])(
    'go back by how they look, which a person sees: %s',
    (text) => {
      expect(said(ask(text))).toMatch(/二次销售/);
      expect(said(ask(text))).toMatch(/照片/);
    },
  );

  it.each(['没拆开能退吗', '还没拆封可以退吗'])('untouched ones as any: %s', (text) =>
    expect(said(ask(text))).not.toMatch(/照片/),
  );

  it.each(['不用了能退吗', '洗了缩水能退吗', '打开是坏的能退货吗', '这个号停用了怎么换'])('but %s is a person’s', (text) =>
    expect(heldBy(ask(text))).toBe('person'),
  );
});

describe('a mind made up', () => {
  it.each(['那我退货', '那就申请退款吧', '干脆退货退款', '只好退货了', '退款', '现在可以退货不', '那我退款重新拍'])(
    'is told how: %s',
    (text) => expect(said(ask(text))).toMatch(/申请售后/),
  );

  it.each(['退款呢', '那我退货运费谁出', '质量这么差那我退货', '还不发货那我退款', '那就退一个'])(
    'but %s is a person’s',
    (text) => expect(heldBy(ask(text))).toBe('person'),
  );

  it('after a fault, by the rule of faults', () => {
    const [, last] = talk(['收到是坏的', '那我退货']);
    expect(said(last!)).toMatch(/质量问题/);
    expect(said(last!)).not.toMatch(/不影响二次销售/);
  });
});

describe('between the buyer and who lends', () => {
  it.each([
    '花呗每个月几号还',
    '白条怎么还款',
    '花呗账单什么时候出',
    '白条怎么开通',
    '分期买的可以提前还清吗',
    '信用卡逾期了会影响征信吗',
    '花唄幾號還款',
    '花呗怎么绑定',
  ])('the shop sees nothing: %s', (text) => expect(said(ask(text))).toMatch(/店里(看不到|不经手)/));

  it.each(['用白条付的退款会退到白条吗', '信用卡付的退款能退回卡里吗', '用花呗买的退货了钱退到花呗吗'])(
    'money goes back the way it came: %s',
    (text) => expect(said(ask(text))).toMatch(/额度/),
  );

  it.each([
    '白条什么时候退',
    '退款了白条额度怎么没恢复',
    '退到花呗了吗',
    '退货了花呗手续费退吗',
    '没开通花呗能分期吗',
    '白条额度不够怎么办',
  ])('but how far it is, and what does not work, a person looks up: %s', (text) => expect(heldBy(ask(text))).toBe('person'));

  it.each(['花呗分3期每期还多少', '分12期每个月还多少'])('what each time comes to is the pay page’s: %s', (text) =>
    expect(said(ask(text))).toMatch(/每期/),
  );
});

describe('an invoice wished in a name, or of a kind', () => {
  it.each([
    '我要企业发票',
    '我要开个公司的发票',
    '公司的发票',
    '抬头开单位',
    '发票抬头为公司',
    '发票要公司的',
    '帮我开个人发票',
    '记得放发票',
    '發票抬頭寫公司',
  ])('is told how: %s', (text) => expect(said(ask(text))).toMatch(/抬头、税号/));

  it.each(['已经下单了要公司发票', '我要专票', '发票抬头写错了写成公司了', '能改成公司的发票吗'])(
    'but %s is a person’s',
    (text) => expect(heldBy(ask(text))).toBe('person'),
  );
});
