import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/compliance/load-rules.js';
import { loadKnowledge } from '../../src/shop/knowledge.js';
import { understand } from '../../src/understanding/understand.js';
import { modelOf, tinyModel } from './tiny-model.js';

const ids = (text: string) => understand(text, tinyModel).intents.map((intent) => intent.id);

describe('understanding', () => {
  it('finds several intents in one message', () => {
    expect(ids('包邮吗？什么时候发货').sort()).toEqual(['delivery_time', 'shipping_fee']);
  });

  it('lets gaps match inside a clause and not across', () => {
    expect(ids('什么时候可以给我发货')).toEqual(['delivery_time']);
    expect(understand('什么时候有空。发货', tinyModel).intents.filter((intent) => intent.by !== 'ngrams')).toEqual([]);
  });

  it('lets longer words win: 运费险 is not 运费', () => {
    expect(ids('有运费险吗')).toEqual(['returns']);
  });

  it('takes a side from an intent only by words of one that is told too', () => {
    const facetBeside = (weight: number) => {
      const model = modelOf([
        { id: 'returns', patterns: ['退货'], facets: { cost: ['要钱'] }, examples: ['可以退货吗'] },
        { id: 'price_query', patterns: [{ match: '要钱', weight }], examples: ['多少钱'] },
      ]);
      return understand('退货要钱吗', model).intents.find(({ id }) => id === 'returns')?.facet;
    };
    expect([facetBeside(0.9), facetBeside(0.2)]).toEqual([undefined, 'cost']);
  });

  it('drops an intent where its `unless` is found', () => {
    expect(ids('退货的运费谁出')).toEqual(['returns']);
  });

  it('drops talk beside a real matter, and keeps it alone', () => {
    expect(ids('在吗')).toEqual(['greeting']);
    expect(ids('在吗？包邮吗')).toEqual(['shipping_fee']);
    expect(ids('亲，在吗')).toEqual(['greeting']);
    expect(ids('东西现在吗放哪')).toEqual([]);
  });

  it('joins a burst: messages are clauses of one text', () => {
    expect(ids('在吗\n包邮吗\n几天能到').sort()).toEqual(['delivery_time', 'shipping_fee']);
  });

  it("names the words it rests on, in the buyer's own spelling", () => {
    const [intent] = understand('親，包油嗎', tinyModel).intents;
    expect(intent!.evidence).toEqual([{ start: 2, end: 4, words: '包油', rule: '包邮' }]);
    expect(intent!.by).toBe('both');
  });

  it('takes a product named alone as the same question of that product, the same side of it', () => {
    const model = modelOf(
      [
        {
          id: 'price_query',
          patterns: ['多少钱'],
          facets: { ask: ['多少钱'] },
          examples: ['多少钱'],
          goesOn: { slots: ['item'] },
        },
      ],
      ['羊毛围巾'],
    );
    const context = { lastIntents: ['price_query'], lastSlots: { quantity: 2 }, lastFacets: { price_query: 'ask' } };
    const { intents, slots } = understand('羊毛围巾呢', model, context);
    expect(intents[0]).toMatchObject({ id: 'price_query', by: 'context', facet: 'ask' });
    expect(slots.quantity).toBe(2);
    expect(understand('羊毛围巾会起球的呀', model, context).intents).toEqual([]);
    expect(understand('羊毛围巾呢', model, { ...context, lastIntents: ['returns'] }).intents).toEqual([]);
    expect(understand('羊毛围巾呢', model).intents).toEqual([]);
  });

  it('takes measures as the answer to our question of the size, and only then', () => {
    const context = { lastIntents: ['advice'], lastSlots: { heightCm: 165 } };
    const model = modelOf([
      { id: 'advice', patterns: ['推荐'], examples: ['推荐一个'], goesOn: { slots: ['heightCm', 'weightKg'] } },
      { id: 'shipping_fee', patterns: ['包邮'], examples: ['包邮吗'], goesOn: { slots: ['weightKg'] } },
    ]);
    const heard = understand('身高166cm，体重112斤', model, context);
    expect(heard.intents).toMatchObject([{ id: 'advice', by: 'context' }]);
    expect(heard.slots).toMatchObject({ heightCm: 166, weightKg: 56 });
    expect(understand('110斤', model, context).slots).toMatchObject({ heightCm: 165, weightKg: 55 });
    // A range is over where one weight is said.
    const ranged = { lastIntents: ['advice'], lastSlots: { heightCm: 165, weightKg: 55, weightFromKg: 50 } };
    expect(understand('112斤', model, ranged).slots).toEqual({ heightCm: 165, weightKg: 56 });
    expect(understand('身高166', model, ranged).slots).toMatchObject({ weightKg: 55, weightFromKg: 50 });
    expect(understand('身高166cm，体重112斤', model).intents).toEqual([]);
    expect(understand('身高166cm，体重112斤', model, { lastIntents: ['shipping_fee'], lastSlots: {} }).intents).toEqual([]);
  });

  it('hears nothing in the name of a product', () => {
    const intents = [
      { id: 'product_info', patterns: ['羊毛'], examples: ['是羊毛的吗'] },
      { id: 'shipping_fee', patterns: ['包邮'], examples: ['包邮吗'] },
    ];
    const model = modelOf(intents, ['羊毛围巾']);
    expect(understand('这款羊毛围巾包邮吗', model).intents.map((intent) => [intent.id, intent.by])).toEqual([
      ['shipping_fee', 'both'],
    ]);
    expect(understand('这款是羊毛的吗', model).intents.map((intent) => intent.id)).toEqual(['product_info']);
  });

  it('tells which side of a matter is asked', () => {
    const model = modelOf([
      { id: 'returns', patterns: ['退货'], facets: { postage: ['(运|邮)费'], how: ['怎么退'] }, examples: ['可以退货吗'] },
    ]);
    const facet = (text: string) => understand(text, model).intents[0]?.facet;
    expect([facet('退货运费谁出'), facet('退货怎么退'), facet('可以退货吗'), facet('可以退货吗？运费呢')]).toEqual([
      'postage',
      'how',
      undefined,
      undefined,
    ]);
  });

  it('lets intents stand beside each other on the same words', () => {
    const intents = (beside: string[]) => [
      { id: 'order_change', patterns: ['改运费'], beside, examples: ['帮我改运费'] },
      { id: 'shipping_fee', patterns: ['运费'], examples: ['运费多少'] },
    ];
    expect(understand('帮我改运费', modelOf(intents([]))).intents.map((intent) => intent.id)).toEqual(['order_change']);
    expect(
      understand('帮我改运费', modelOf(intents(['shipping_fee'])))
        .intents.map((intent) => intent.id)
        .sort(),
    ).toEqual(['order_change', 'shipping_fee']);
  });

  it('takes an order named anywhere in the turn as what is asked about', () => {
    const model = modelOf([{ id: 'delivery_time', patterns: ['什么时候发'], aboutOrder: true, examples: ['什么时候发货'] }]);
    expect(understand('什么时候发', model).intents[0]?.ask).toBe('rule');
    expect(understand('我昨天拍的订单。什么时候发', model).intents[0]?.ask).toBe('own_order');
  });

  it('gives exactly the best intent or none from examples alone', () => {
    const model = modelOf([
      { id: 'cats', examples: ['my cat is hungry', 'the cat sleeps', 'feed the cat', 'cat food'] },
      { id: 'trains', examples: ['when does the train leave', 'train to berlin', 'the train is late', 'train ticket'] },
    ]);
    expect(understand('is the train late', model).intents.map((intent) => intent.id)).toEqual(['trains']);
    expect(understand('xqzv wkpt', model).intents).toEqual([]);
  });

  it('takes any Unicode of any length without a crash, and evidence lies inside the text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(
            fc.constantFrom(...'包邮发货什么时候到新疆退在吗?？。 12折'),
            fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
          ),
          maxLength: 300,
        }),
        (text) => {
          const result = understand(text, tinyModel, { today: '2026-11-21' });
          for (const intent of result.intents)
            for (const one of intent.evidence) expect(text.slice(one.start, one.end)).toBe(one.words);
          expect(result.margin).toBeGreaterThanOrEqual(0);
          expect(result.margin).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('hears a word pasted a thousand times as often as it needs', () => {
    const [intent] = understand('包邮 '.repeat(1000), tinyModel).intents;
    expect(intent!.id).toBe('shipping_fee');
    expect(intent!.evidence.length).toBeLessThanOrEqual(8);
  });

  it('answers the same for the same words: nothing is left over from the message before', () => {
    const first = understand('到新疆多少钱', tinyModel);
    understand('什么时候发货？包邮吗'.repeat(200), tinyModel);
    expect(understand('到新疆多少钱', tinyModel)).toEqual(first);
  });

  it('has nothing that leads where nothing was found, whatever came next', async () => {
    const { model } = loadKnowledge(process.cwd(), await loadRules()).shops.get('demo')!;
    expect(understand('邮箱是多少', model)).toMatchObject({ intents: [], runnerUp: { id: 'shipping_fee' }, margin: 0 });
  });

  it('names no runner-up that is told already: weak patterns whose matter the second reader heard', async () => {
    const { model } = loadKnowledge(process.cwd(), await loadRules()).shops.get('demo')!;
    const { intents, runnerUp } = understand('吗邮包', model);
    expect(intents.map(({ id }) => id)).toEqual(['shipping_fee']);
    expect(runnerUp?.id).not.toBe('shipping_fee');
  });
});
