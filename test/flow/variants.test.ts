/** Colours and sizes over a conversation: what is told as there is what was asked for, or a person looks. */
import { describe, expect, it } from 'vitest';
import { ask, sentTexts, talk } from './demo-shop.js';

const cardigan = { item: { id: 'wool-cardigan', title: '羊毛圆领开衫', priceYuan: 168 } };
const warmer = { item: { id: 'neck-warmer', title: '针织围脖', priceYuan: 69 } };
const said = (answered: ReturnType<typeof ask>) => [answered.answer.action, ...sentTexts(answered)].join(' ');
const isThere = /有货|有现货|能直接拍|就能拍|能拍下/;

describe('a size said in words', () => {
  it.each(['雾蓝大码什么时候有', '雾蓝大号有没有', '雾蓝有大码吗'])('%s is told as the sold-out L', (text) => {
    expect(said(ask(text, { more: cardigan }))).toMatch(/^auto .*雾蓝L码.*2027年3月8日/);
  });

  it.each([
    ['雾蓝中码有吗', '雾蓝M码'],
    ['雾蓝小号有货吗', '雾蓝S码'],
    ['燕麦色大号有吗', '燕麦色L码'],
  ])('%s is told as %s', (text, variant) => {
    const told = said(ask(text, { more: cardigan }));
    expect(told).toMatch(isThere);
    expect(told).toContain(variant);
  });

  it('that is not made is told by those that are', () => {
    expect(said(ask('雾蓝加大码还有吗', { more: cardigan }))).toMatch(/^auto .*S码、M码/);
  });

  it.each(['雾蓝最大的码有货吗', '雾蓝最大码有吗', '雾蓝特大号有吗', '雾蓝有大一点的吗', '雾蓝大的有吗'])(
    '%s is left to a person',
    (text) => expect(ask(text, { more: cardigan }).answer.action).toBe('handoff'),
  );

  it('is left to a person where the product has one size', () => {
    expect(ask('黑色大码有吗', { more: warmer }).answer.action).toBe('handoff');
  });
});

describe('all of a colour', () => {
  it('is never told as there where one is missing', () => {
    for (const text of ['雾蓝都有货吗', '雾蓝都有吗', '都有货吗', '雾蓝码数都齐吗'])
      expect(ask(text, { more: cardigan }).answer.action).toBe('handoff');
    expect(said(ask('燕麦色都有货吗', { more: cardigan }))).toMatch(isThere);
  });
});

describe('the size said before', () => {
  it.each([
    ['我穿L', '雾蓝有货吗'],
    ['L码', '雾蓝有货吗'],
    ['有L码吗', '雾蓝有货吗'],
    ['雾蓝L有吗', '那什么时候有'],
    ['雾蓝L有吗', '什么时候有货'],
    ['雾蓝L有吗', '现在能拍吗'],
    ['L码有吗', '开衫雾蓝有货吗'],
    ['雾蓝有吗', '大码有吗'],
  ])('%s, then %s: the sold-out one is meant', (before, text) => {
    expect(said(talk([before, text], { more: cardigan })[1]!)).toMatch(/^auto .*雾蓝L码.*2027年3月8日/);
  });

  it('holds over another matter, and not for another product', () => {
    const [, , later] = talk(['雾蓝L有吗', '几天能到北京', '雾蓝有货吗'], { more: cardigan });
    expect(later!.answer.understanding.slots).toMatchObject({ colour: '雾蓝', size: 'L' });
    const turns = talk(['L码有吗', '围脖有货吗', '黑色有吗'], { more: cardigan });
    for (const { answer } of turns.slice(1)) expect(answer.understanding.slots).not.toHaveProperty('size');
    expect(said(turns[2]!)).toMatch(/针织围脖|黑色/);
  });

  it('says nothing of the colours that there are', () => {
    const [, colours] = talk(['L码有吗', '有哪些颜色'], { more: cardigan });
    expect(said(colours!)).toContain('燕麦色、雾蓝、炭灰');
  });
});

describe('two sizes or colours at once', () => {
  it.each(['雾蓝M或者L有吗', '雾蓝M和L有吗', '雾蓝两件M一件L有货吗', '雾蓝和燕麦色L有吗', '雾蓝L有吗\n燕麦色呢'])(
    '%s is left to a person',
    (text) => {
      const { answer } = ask(text, { more: cardigan });
      expect(answer.action).toBe('handoff');
      expect(answer.because.map(({ code }) => code)).toContain('several_variants');
    },
  );
});

describe('height and weight in any order', () => {
  it.each([
    ['我110斤162选什么码', /162cm.*110斤/],
    ['体重120 172穿什么码', /172cm.*120斤/],
  ])('%s is answered by the size chart', (text, expected) => {
    const told = said(ask(text, { more: cardigan }));
    expect(told).toMatch(expected);
    expect(told).not.toMatch(/身高吗|说下身高/);
  });

  it('is left to a person outside of it, and where no size is asked', () => {
    expect(ask('我150斤175选什么码', { more: cardigan }).answer.action).toBe('handoff');
    for (const text of ['168cm 60kg', '一米六 九十斤', '身高170 体重120'])
      expect(ask(text, { more: cardigan }).answer.action).toBe('handoff');
    expect(said(talk(['选什么码', '168cm 60kg'], { more: cardigan })[1]!)).toMatch(/^auto .*L码/);
  });
});

describe('a name that several products share', () => {
  it.each([
    ['灰格围巾什么时候到货', /羊绒格纹围巾的灰格|灰格要等/],
    ['灰格圍巾多少錢', /259元.*灰格/],
    ['围巾酒红有吗', /羊毛素色围巾的酒红|酒红能直接拍|酒红有货/],
    ['帽子黑色还有货吗', /黑色/],
    ['帽子酒红有吗', /羊毛贝雷帽|断/],
  ])('means the one that comes in the colour said: %s', (text, expected) => {
    expect(said(ask(text))).toMatch(/^auto/);
    expect(said(ask(text))).toMatch(expected);
  });

  it.each(['帽子有米白的吗', '围巾有吗', '有围巾卖吗 黑色的'])('means none without one: %s', (text) =>
    expect(said(ask(text))).not.toMatch(isThere),
  );

  it('that is sold out in the colour named says so of that alone', () => {
    const told = said(ask('雾蓝L码今天拍什么时候发', { more: cardigan }));
    expect(told).toMatch(/^auto .*雾蓝L码(现在断货|要等)/);
  });
});

describe('the price of one, by its own measure', () => {
  const scarf = { item: { id: 'wool-scarf', title: '羊毛素色围巾', priceYuan: 89 } };
  it.each(['多少钱一条', '一条多少钱', '多少一条'])('%s', (text) => {
    const told = said(ask(text, { more: scarf }));
    expect(told).toMatch(/^auto .*89元/);
    expect(told).not.toMatch(/1件|合计/);
  });

  it.each(['两条多少', '兩條多少錢', '两条一共多少'])('%s', (text) =>
    expect(said(ask(text, { more: scarf }))).toMatch(/^auto .*178元/),
  );

  it('but not by another', () => expect(said(ask('一米多少', { more: scarf }))).toMatch(/^handoff/));
});

describe('what is told bit by bit', () => {
  it.each([
    [['选什么码', '160', '100'], /身高160cm.*100斤|S码/],
    [['穿多大', '一米六五', '一百一'], /165cm.*110斤/],
    [['什么码', '165', '55'], /165cm.*110斤/],
    [['選什麼碼', '168的', '130左右'], /168cm.*130斤/],
  ])('height and weight: %s', (texts, expected) => {
    const told = said(talk(texts, { more: cardigan }).at(-1)!);
    expect(told).toMatch(/^auto/);
    expect(told).toMatch(expected);
  });

  it.each([
    ['选什么码', '60'],
    ['能便宜吗', '160'],
    ['尺码怎么选', '200'],
  ])('a number that is no body’s is none: %s // %s', (...texts) =>
    expect(talk(texts, { more: cardigan }).at(-1)!.answer.understanding.slots).not.toHaveProperty('heightCm'),
  );

  it('what a courier costs on top', () => {
    expect(said(talk(['能发顺丰吗', '加多少']).at(-1)!)).toMatch(/^auto .*15元/);
    expect(said(talk(['能发顺丰吗', '要加多少钱', '到甘肃呢']).at(-1)!)).toMatch(/^auto .*甘肃.*15元/);
    expect(talk(['发什么快递', '加多少']).at(-1)!.answer.action).toBe('handoff');
  });

  it.each([
    ['花呗', '分期', '几期'],
    ['信用卡能付吗', '能分几期'],
  ])('into how many instalments: %s', (...texts) => expect(said(talk(texts).at(-1)!)).toMatch(/^auto .*3、6、12期/));
});
