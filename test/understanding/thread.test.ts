import { describe, expect, it } from 'vitest';
import { emptyMemory, type Slots } from '../../src/conversation.js';
import { offerGoneOn, pointsAtPage, threadAfter, threadAt } from '../../src/understanding/thread.js';
import { understand } from '../../src/understanding/understand.js';
import { modelOf, tinyModel } from './tiny-model.js';

const once = (intent: string, lastSlots: Slots = {}) => ({ lastIntents: [intent], lastSlots });
const heard = (text: string, context = {}) =>
  understand(text, tinyModel, context).intents.map(({ id, facet, by }) => [id, facet, by].filter(Boolean).join(' '));

describe('a few words after a matter', () => {
  it.each([
    ['那新疆呢', 'shipping_fee', 'shipping_fee context'],
    ['新疆', 'shipping_fee', 'shipping_fee context'],
    ['寄到广州的话', 'shipping_fee', 'shipping_fee context'],
    ['那两件呢', 'shipping_fee', 'shipping_fee context'],
    ['3件吧', 'shipping_fee', 'shipping_fee context'],
    ['谁出', 'returns', 'returns context'],
    ['运费谁出', 'returns', 'returns postage context'],
    ['运费呢', 'returns', 'returns postage context'],
    ['退的话呢', 'shipping_fee', 'returns context'],
  ])('%s after %s is %s', (text, last, expected) => expect(heard(text, once(last))).toEqual([expected]));

  it.each(['那新疆呢', '新疆', '那两件呢', '谁出', '退的话呢'])('%s says nothing by itself', (text) => {
    expect(heard(text)).toEqual([]);
  });

  it('leaves what stands for itself alone', () => {
    expect(heard('运费呢')[0]).toMatch(/^shipping_fee (rules|both)$/);
    expect(heard('什么时候发货', once('shipping_fee'))[0]).toMatch(/^delivery_time (rules|both)$/);
    expect(heard('好的知道了', once('shipping_fee'))).toEqual([]);
  });

  it('goes on from a matter that the words can be asked of, and from no other', () => {
    expect(heard('那新疆呢', once('returns'))).toEqual([]);
    expect(heard('谁出', once('delivery_time'))).toEqual([]);
  });

  it('goes on after some sides of a matter alone', () => {
    const after = { match: '^要手续费$', facet: 'fee', afterFacets: ['none', 'plan'] };
    const card = {
      id: 'card',
      patterns: ['刷卡'],
      examples: ['能刷卡吗'],
      facets: { fee: ['手续费'], plan: ['几期'], other: ['白条'] },
      goesOn: { patterns: [after] },
    };
    const model = modelOf([card]);
    const sides = (lastFacets?: Record<string, string>) =>
      understand('要手续费吗', model, { lastIntents: ['card'], ...(lastFacets && { lastFacets }) }).intents.map(
        ({ facet }) => facet,
      );
    expect(sides()).toEqual(['fee']);
    expect(sides({ card: 'plan' })).toEqual(['fee']);
    expect(sides({ card: 'other' })).toEqual([]);
    expect(sides({ stock: 'other' })).toEqual(['fee']);
  });

  it('speaks for itself when it is long', () => {
    expect(heard('我在新疆那边上学的时候也常常穿这种衣服', once('shipping_fee'))).toEqual([]);
  });

  it('keeps the slots of the question before and takes the new ones', () => {
    const context = once('shipping_fee', { region: { province: '广东' }, quantity: 2 });
    expect(understand('那新疆呢', tinyModel, context).slots).toEqual({ region: { province: '新疆' }, quantity: 2 });
  });

  it('keeps the place for whatever depends on it', () => {
    const context = once('delivery_time', { region: { province: '新疆' } });
    expect(understand('邮费多少', tinyModel, context).slots).toEqual({ region: { province: '新疆' } });
    expect(understand('可以退货吗', tinyModel, context).slots).toEqual({});
  });

  it('keeps the colour and size asked where the next question of the product names none', () => {
    const stock = {
      id: 'stock',
      patterns: ['有(货|吗)'],
      examples: ['有货吗'],
      facets: { kinds: ['哪些'], plain: ['^有货$'], coloured: ['<colour>', 'm码'] },
      keepsVariant: ['plain', 'coloured'],
    };
    const model = modelOf([stock, { id: 'returns', patterns: ['退货'], examples: ['退货'] }], ['围巾']);
    const context = { lastSlots: { colour: '蓝色', size: 'L', quantity: 2 } };
    const slots = (text: string, more = {}) => understand(text, model, { ...context, ...more }).slots;
    expect(slots('有货吗')).toEqual({ colour: '蓝色', size: 'L' });
    expect(slots('红色有吗')).toEqual({ colour: '红色', size: 'L' });
    expect(slots('m码有吗')).toEqual({ colour: '蓝色', size: 'M' });
    expect(slots('有哪些有货')).toEqual({});
    expect(slots('能退货吗')).toEqual({});
    expect(slots('有货吗', { isNewItem: true })).toEqual({});
    expect(slots('有货吗', { isOtherItem: true })).toEqual({});
  });

  it('asks the same of another product, without the colour of the former', () => {
    const stock = { id: 'stock', patterns: ['有货'], examples: ['有货吗'], goesOn: { slots: ['colour', 'item'] } };
    const model = modelOf([stock], ['围巾']);
    const context = { lastIntents: ['stock'], lastSlots: { colour: '蓝色', quantity: 2 } };
    expect(understand('那围巾呢', model, context)).toMatchObject({ intents: [{ id: 'stock' }], slots: { quantity: 2 } });
    expect(understand('那围巾呢', model, context).slots).not.toHaveProperty('colour');
    expect(understand('这款呢', model, { ...context, isNewItem: true }).intents).toMatchObject([{ id: 'stock' }]);
    expect(understand('这款呢', model, context).intents).toEqual([]);
  });
});

describe('the thread', () => {
  const at = Date.parse('2026-11-20T15:00:00Z');
  const minutes = 60_000;
  const memory = { ...emptyMemory, lastIntents: ['shipping_fee'], lastSlots: { quantity: 2 }, wroteAt: at };

  it('holds for an hour', () => {
    expect(threadAt(memory, at + 60 * minutes)).toMatchObject({ isFresh: true, lastIntents: ['shipping_fee'] });
    expect(threadAt(memory, at + 61 * minutes)).toEqual({ isFresh: false, lastIntents: [], lastSlots: {} });
    expect(threadAt(emptyMemory, at).isFresh).toBe(false);
  });

  it('is not ended by thanks or by words that nobody understood, which may name the place', () => {
    const thread = threadAfter(memory, understand('新疆这边', tinyModel), tinyModel, at + minutes);
    expect(thread).toEqual({
      lastIntents: ['shipping_fee'],
      lastSlots: { quantity: 2, region: { province: '新疆' } },
      wroteAt: at + minutes,
    });
    expect(threadAfter(memory, understand('在吗', tinyModel), tinyModel, at).lastIntents).toEqual(['shipping_fee']);
  });

  it('goes on with the newest matter and keeps the place', () => {
    const before = { lastIntents: ['shipping_fee'], lastSlots: { region: { province: '新疆' }, quantity: 2 } };
    expect(threadAfter(before, understand('可以退货吗', tinyModel), tinyModel, at)).toEqual({
      lastIntents: ['returns'],
      lastSlots: { region: { province: '新疆' } },
      wroteAt: at,
    });
  });

  it('keeps the colour and size until another product is named', () => {
    const before = { lastIntents: ['stock'], lastSlots: { colour: '蓝色', size: 'L', quantity: 2 } };
    const said = understand('可以退货吗', tinyModel);
    expect(threadAfter(before, said, tinyModel, at).lastSlots).toEqual({ colour: '蓝色', size: 'L' });
    expect(threadAfter(before, said, tinyModel, at, true).lastSlots).toEqual({});
  });
});

it('tells words that point at the page from words that do not', () => {
  expect([pointsAtPage('这个多少钱'), pointsAtPage('這款呢'), pointsAtPage('有蓝色吗')]).toEqual([true, true, false]);
});

describe('a question in which nothing was found', () => {
  const codes = (text: string) => understand(text, tinyModel).because.map((one) => one.code);
  it.each(['包邮吗，这个会扎脖子吗', '运费多少\n上次那种怎么洗', '会起球吗？包邮吗'])('is noticed beside a matter: %s', (text) =>
    expect(codes(text)).toContain('part_not_understood'),
  );
  it.each(['包邮吗', '在吗，包邮吗', '我是学生，包邮吗', '包邮吗，我想买两件', '包邮吗，退货运费呢'])(
    'is not seen in %s',
    (text) => expect(codes(text)).not.toContain('part_not_understood'),
  );
});

it('notices a question that ends in the middle, without a mark', () => {
  const codes = (text: string) => understand(text, tinyModel).because.map((one) => one.code);
  expect(codes('我是前三百么那什么时候发货呢')).toContain('part_not_understood');
  expect(codes('这款包邮吗另外什么时候发货')).not.toContain('part_not_understood');
});

describe('a bare number after an offer', () => {
  const offered = { lastIntents: ['haggling'], lastSlots: { offeredPriceYuan: 800 } };
  it.each([
    ['850呢', 850],
    ['那850块呢', 850],
    ['820行吗', 820],
    ['799.5', 799.5],
  ])('%s is the next one', (text, yuan) => expect(offerGoneOn(text, offered)).toBe(yuan));

  it.each(['3呢', '13812345678', '850件呢', '850寄到上海', '2000呢'])('%s is none', (text) =>
    expect(offerGoneOn(text, offered)).toBeUndefined(),
  );

  it('goes on from no other talk', () => {
    expect(offerGoneOn('850呢', { lastIntents: ['price_query'], lastSlots: { quantity: 2 } })).toBeUndefined();
    expect(offerGoneOn('850呢', {})).toBeUndefined();
  });
});
