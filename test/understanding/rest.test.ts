import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/understand.js';
import { modelOf } from './tiny-model.js';

const model = modelOf(
  [
    { id: 'delivery_time', patterns: ['(今天)?发货', '{when}…发货'], examples: ['什么时候发货'] },
    { id: 'quality', patterns: ['质量…(如何|怎么样)'], examples: ['质量怎么样'], mostBeside: 0 },
    { id: 'shipping_fee', patterns: ['包邮'], examples: ['包邮吗'], anyGoods: true },
    { id: 'greeting', group: 'talk', patterns: ['在吗'], examples: ['在吗'] },
  ],
  ['羊毛围巾'],
);
const beside = (text: string) => understand(text, model).because.find((one) => one.code === 'more_said')?.values?.words;

describe('what is said beside a matter', () => {
  it.each([
    '什么时候发货',
    '请问一下你们店今天可以发货吗',
    '在吗，什么时候发货呀',
    '羊毛围巾质量怎么样',
    '发新疆的话什么时候发货',
  ])('says nothing else in %s', (text) => expect(beside(text)).toBeUndefined());

  it('is shown in the buyer’s own words where nobody understood it', () => {
    expect(beside('老王说仓库失火了，什么时候發貨')).toBe('王、仓库失火');
    expect(beside('湿巾质量怎么样')).toBe('湿巾');
  });

  it('may be any goods where they are answered alike', () => {
    expect(beside('榴莲干和洗衣液一起包邮吗')).toBeUndefined();
    expect(beside('榴莲干质量怎么样')).toBe('榴莲干');
    expect(beside('榴莲干包邮吗，质量怎么样')).toBe('榴莲干');
    expect(beside('仓库失火了包邮吗')).toBe('仓库失火');
  });

  it('may be a little, as the intent’s file says', () => {
    expect(beside('棉袜什么时候发货')).toBeUndefined();
    expect(beside('棉袜质量怎么样')).toBe('棉袜');
  });
});

it('two sides of one matter, asked in two clauses, are two questions', () => {
  const returns = modelOf([
    { id: 'returns', patterns: ['退款'], facets: { time: ['{when}'], how: ['怎么'] }, examples: ['怎么退款'] },
  ]);
  const codes = (text: string) => understand(text, returns).because.map((one) => one.code);
  expect(codes('退款什么时候到？怎么退款')).toContain('part_not_understood');
  expect(codes('怎么退款？请问怎么退款')).not.toContain('part_not_understood');
});

describe('a weak word beside a sure find', () => {
  const weak = modelOf(
    [
      { id: 'returns', patterns: ['退款'], examples: ['怎么退款', '我要退款'] },
      {
        id: 'promotion',
        patterns: [{ match: '礼物', weight: 0.7 }],
        examples: ['有什么活动', '优惠券怎么领', '双十一打折吗', '给爸爸的礼物'],
      },
    ],
    [],
    [
      { text: '妈妈在家等着呢', intents: [] },
      { text: '妈妈的衣服我要退款', intents: ['returns'] },
    ],
  );

  it('is no second matter where the second reader does not hear it, and a person answers', () => {
    const { intents, because } = understand('妈妈的礼物我要退款', weak);
    expect(intents.map(({ id }) => id)).toEqual(['returns']);
    expect(because).toContainEqual({ code: 'more_said', values: { words: '礼物' } });
  });

  it('stands alone', () => {
    expect(understand('给妈妈的礼物', weak).intents.map(({ id }) => id)).toEqual(['promotion']);
  });
});

it('words that stand beside any matter are none by themselves, however like an example they sound', () => {
  const model = modelOf([
    { id: 'price_query', patterns: ['多少钱'], examples: ['多少钱', '这个可以吗', '这个可以吗', '这个可以吗', '这个可以吗'] },
    { id: 'returns', patterns: ['退款'], examples: ['怎么退款', '我要退款'] },
  ]);
  expect(understand('这个可以吗', model).intents).toEqual([]);
  // So sure that they would count in any other words.
  expect(understand('这个可以吗', model).runnerUp).toMatchObject({ id: 'price_query', confidence: expect.closeTo(0.72, 1) });
});

it('a call for attention asks nothing beside a matter, but for a side of its own', () => {
  const model = modelOf([
    { id: 'shipping_fee', patterns: ['包邮'], examples: ['包邮吗'] },
    { id: 'greeting', group: 'talk', patterns: ['^在吗$', '几点上班'], facets: { hours: ['几点上班'] }, examples: ['在吗'] },
  ]);
  const codes = (text: string) => understand(text, model).because.map((one) => one.code);
  expect(codes('在吗\n包邮吗')).not.toContain('part_not_understood');
  expect(codes('你们几点上班\n包邮吗')).toContain('part_not_understood');
});
