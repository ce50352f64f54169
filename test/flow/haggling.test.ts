/** Haggling over several turns: what the shop has set is conceded step by step, what is beyond goes to a person. */
import { describe, expect, it } from 'vitest';
import type { Memory } from '../../src/conversation.js';
import type { Answered } from '../../src/flow/answer.js';
import type { ShopParameters } from '../../src/shop/parameters.js';
import { type Asked, ask, demo, demoWith, night, noon, sentTexts, talk } from './demo-shop.js';

type Its = Partial<NonNullable<ShopParameters['pricing']>>;
const products = (floorYuan?: number) =>
  demo.parameters.products.map((one) => (one.id === 'wool-cardigan' && floorYuan !== undefined ? { ...one, floorYuan } : one));
/** 168 yuan a piece; an agent may give 95折 at any amount. */
const shop = (its: Its = {}, floorYuan?: number) =>
  demoWith(
    {},
    {
      products: products(floorYuan),
      pricing: {
        policy: 'fixed',
        coupons: [],
        gift: '洗护小卡',
        concessions: { steps: [0, 0.01, 0.02] },
        agentShare: 0.95,
        leadShare: 0.9,
        ...its,
      },
    },
  );
const cardigan = { item: { id: 'wool-cardigan', title: '羊毛圆领开衫', priceYuan: 168 } };
const coat = { item: { id: 'double-face-coat', title: '双面羊毛大衣', priceYuan: 899 } };
const over = (its: Its = {}, floorYuan?: number): Asked => ({ shop: shop(its, floorYuan), more: cardigan });
const templates = (turns: readonly Answered[]) => turns.map(({ answer }) => answer.replies[0]?.template);
const codes = ({ answer }: Answered) => answer.because.map((one) => one.code);
const prices = (turn: Answered) =>
  sentTexts(turn).flatMap((text) => [...text.matchAll(/(\d+(?:\.\d+)?)元/g)].map((one) => Number(one[1])));

describe('rounds of one conversation', () => {
  it('tells the perks, then concedes step by step, firmer each time', () => {
    const turns = talk(['能便宜点吗', '再便宜点嘛', '还能再少点吗'], over());
    expect(templates(turns)).toEqual(['haggling.steps_perks', 'haggling.concede', 'haggling.concede_insistent']);
    expect(turns.map((turn) => codes(turn).find((code) => /probing|insistent/.test(code)))).toEqual([
      'haggling_probing',
      'haggling_probing',
      'haggling_insistent',
    ]);
    expect(sentTexts(turns[0]!)[0]).toContain('洗护小卡');
    expect(sentTexts(turns[1]!)[0]).toContain('167元');
    expect(sentTexts(turns[2]!)[0]).toContain('165元');
    // A person changes the price: so the buyer orders and does not pay yet.
    for (const turn of turns.slice(1)) expect(sentTexts(turn)[0]).toMatch(/不付款.*客服明天上午10点上班后/);
    // That is promised, so that somebody must see to it.
    expect(turns.map(({ answer }) => answer.open)).toEqual([[], ['haggling'], ['haggling']]);
    expect(turns[2]!.change.memory.haggling).toMatchObject({ item: 'wool-cardigan', rounds: 3, concededYuan: 165 });
  });

  it('answers the same words again as the next round, and hands them over in the end', () => {
    const turns = talk(Array(6).fill('能便宜点吗'), { more: cardigan });
    expect(turns.map(({ answer }) => answer.action)).toEqual(['auto', 'auto', 'auto', 'auto', 'handoff', 'handoff']);
    expect(templates(turns).slice(0, 3)).toEqual(['haggling.fixed_coupons_gift', 'haggling.hold', 'haggling.insistent_cheaper']);
    expect(new Set(turns.flatMap(sentTexts)).size).toBe(5);
    expect(sentTexts(turns[2]!)[0]).toContain('针织半裙');
  });

  it('takes an offer within the limit at the buyer’s own price', () => {
    const turns = talk(['能便宜点吗', '再便宜点嘛', '那165吧'], over());
    expect(templates(turns)[2]).toBe('haggling.accept');
    expect(sentTexts(turns[2]!)[0]).toContain('165元');
    expect(turns[2]!.answer.because).toContainEqual({ code: 'haggling_accept', values: { offer: 165, limit: 164.64 } });
  });

  it('counts pieces into the price', () => {
    const [turn] = talk(['两件330行吗'], over({ concessions: { steps: [0.02] } }));
    expect(turn!.answer.action).toBe('auto');
    expect(sentTexts(turn!)[0]).toContain('2件一共330元');
  });

  it('reads 少10块 as an amount off', () => {
    const within = ask('能少3块吗', over({ concessions: { steps: [0.02] } }));
    expect(sentTexts(within)[0]).toContain('165元');
    const beyond = ask('能少10块吗', over({ concessions: { steps: [0.02] } }));
    expect(beyond.answer.action).toBe('handoff');
    expect(sentTexts(beyond)[0]).toContain('便宜10元');
  });

  it('hands an offer beyond the limit to a person, kindly and with the price noted', () => {
    const turn = ask('150卖不卖', over());
    expect(turn.answer).toMatchObject({ action: 'handoff', open: ['haggling'] });
    expect(turn.answer.replies).toMatchObject([{ kind: 'holding', template: 'haggling.holding' }]);
    expect(sentTexts(turn)[0]).toMatch(/150元.*明天上午10点/);
    expect(turn.answer.because).toContainEqual({ code: 'haggling_beyond', values: { offer: 150, limit: 164.64 } });
    expect(turn.change.memory.haggling).toMatchObject({ lowestOfferYuan: 150 });
    expect(turn.change.memory.haggling?.concededYuan).toBeUndefined();
  });

  it('asks a person whether an offer is for each or for all', () => {
    const turn = ask('买两件80行吗', over());
    expect(codes(turn)).toContain('haggling_unclear');
    expect(turn.answer.action).toBe('handoff');
  });

  it.each<[string, Its]>([
    ['steps of 0', { concessions: { steps: [0, 0, 0] } }],
    ['a floor at the price', { concessions: { steps: [0.05], floorShare: 1 } }],
    ['an amount not reached', { concessions: { steps: [0.05], fromYuan: 200 } }],
  ])('concedes nothing with %s', (_, its) => {
    const turns = talk(['能便宜点吗', '再便宜点嘛', '还能再少点吗'], over(its));
    expect(turns.map(({ answer }) => answer.action)).toEqual(['auto', 'auto', 'auto']);
    // Only the cheaper product is named with a price.
    expect(turns.flatMap(prices).filter((one) => one !== 129)).toEqual([]);
  });

  it('keeps the floor of the item', () => {
    const turns = talk(['能便宜点吗', '再便宜点嘛', '还能再少点吗', '165行吗'], over({}, 166.5));
    expect(turns.slice(1, 3).map(prices)).toEqual([[167], [167]]);
    expect(turns[3]!.answer.action).toBe('handoff');
  });

  it('starts anew with another item', () => {
    const first = talk(['能便宜点吗', '再便宜点嘛'], over());
    const memory = first.at(-1)!.change.memory;
    const other = ask('能便宜点吗', { shop: shop(), more: coat, memory, version: 9 });
    expect(other.change.memory.haggling).toMatchObject({ item: 'double-face-coat', rounds: 1 });
    expect(templates([other])).toEqual(['haggling.steps_perks']);
    const nextDay = ask('能便宜点吗', { ...over(), memory, at: night + 25 * 3_600_000 });
    expect(nextDay.change.memory.haggling).toMatchObject({ rounds: 1 });
  });

  it('knows the item of the round before where no page is open', () => {
    const turns = talk(['圆领开衫能便宜点吗', '再便宜点嘛'], { shop: shop() });
    expect(sentTexts(turns[1]!)[0]).toContain('167元');
  });
});

describe('kinds', () => {
  it('keeps still where the buyer drops it, and says so', () => {
    const turns = talk(['能便宜点吗', '好吧'], over());
    expect(turns[1]!.answer).toMatchObject({ action: 'silent', replies: [] });
    expect(codes(turns[1]!)).toContain('haggling_dropped');
    expect(codes(ask('好吧'))).not.toContain('haggling_dropped');
  });

  it('thanks who drops it in words', () => {
    const turn = ask('不便宜也行', over());
    expect(templates([turn])).toEqual(['haggling.generous']);
    expect(codes(turn)).toContain('haggling_generous');
  });

  it('stays kind with who threatens to leave', () => {
    const turns = talk(['能便宜点吗', '便宜点不然我去别家了'], { more: cardigan });
    expect(codes(turns[1]!)).toContain('haggling_insistent');
    expect(sentTexts(turns[1]!)[0]).toMatch(/体谅/);
  });
});

describe('pleas that are not for a price', () => {
  it.each([
    ['再送点吧', 'haggling.gift'],
    ['送个小礼物呗', 'haggling.gift'],
  ])('%s is told the gift that there is', (text, template) => {
    const turn = ask(text, over());
    expect(turn.answer.replies[0]?.template).toContain(template);
    expect(sentTexts(turn)[0]).toContain('洗护小卡');
  });

  it('counts no pieces of a gift as bought', () => {
    expect(ask('再送我两个小样', over()).change.memory.haggling).toMatchObject({ rounds: 1, pieces: 1 });
  });

  it('leaves a gift to a person where none is set', () => {
    expect(ask('送个小礼物呗', over({ gift: undefined })).answer.action).toBe('handoff');
  });

  it('tells the rule of free shipping no wider than it is', () => {
    const turn = ask('包邮吧亲', over());
    expect(turn.answer.action).toBe('auto');
    expect(sentTexts(turn)[0]).toMatch(/满95元或满2件包邮（西藏、新疆/);
    expect(prices(turn)).not.toContain(167);
  });
});

describe('on duty', () => {
  const drafts = (text: string, its: Asked = {}) =>
    ask(text, { at: noon, more: coat, ...its }).answer.replies.map(({ template, text, delivery }) => ({
      template,
      text,
      delivery,
    }));

  it('suggests the agent’s own authority with the price', () => {
    const all = drafts('能便宜点吗');
    expect(all.every((one) => one.delivery === 'suggest')).toBe(true);
    // 97折 of 899, in whole yuan upwards.
    expect(all.find((one) => one.template === 'haggling.draft_agent')?.text).toContain('873元');
  });

  it.each([
    ['880行吗', 'haggling.draft_accept', '880元'],
    ['860行吗', 'haggling.draft_ask_lead', '860元'],
    ['600卖吗', 'haggling.draft_counter', '873元'],
  ])('%s is drafted by %s', (text, template, words) => {
    expect(drafts(text)[0]).toMatchObject({ template, text: expect.stringContaining(words) });
  });

  it('suggests no price where the amount is below the agents’ own', () => {
    expect(drafts('能便宜点吗', { more: cardigan }).some((one) => /draft/.test(one.template))).toBe(false);
  });

  it('never sends what is for an agent’s eyes', () => {
    for (const text of ['能便宜点吗', '880行吗', '600卖吗'])
      expect(ask(text, { more: coat }).answer.replies.some((one) => one.template.includes('draft'))).toBe(false);
  });
});

describe('memory', () => {
  it('of an older version, without haggling, goes on', () => {
    const old = JSON.parse(
      '{"answered":[],"misunderstood":0,"lastIntents":["haggling"],"lastSlots":{},"lastTexts":[]}',
    ) as Memory;
    expect(ask('能便宜点吗', { ...over(), memory: old }).change.memory.haggling).toMatchObject({ rounds: 1 });
    expect(ask('有货吗', { memory: old }).change.memory).not.toHaveProperty('haggling');
  });

  it('is kept beside other questions and stays small', () => {
    const turns = talk(['能便宜点吗', '包邮吗', '再便宜点嘛'], over());
    expect(turns[1]!.change.memory.haggling).toMatchObject({ rounds: 1 });
    expect(turns[2]!.change.memory.haggling).toMatchObject({ rounds: 2 });
    expect(JSON.stringify(turns[2]!.change.memory.haggling).length).toBeLessThan(200);
  });
});

describe('an offer that goes on from another', () => {
  it('is answered as an offer, and a number of something else is not', () => {
    const [, next] = talk(['800卖不', '850呢'], { more: coat });
    expect(next!.answer.action).toBe('auto');
    expect(next!.answer.understanding).toMatchObject({ slots: { offeredPriceYuan: 850 }, offer: { yuan: 850 } });
    expect(sentTexts(next!).join()).toContain('850元');
    const [, other] = talk(['800卖不', '3呢'], { more: coat });
    expect(other!.answer.understanding.slots.offeredPriceYuan).toBeUndefined();
  });
});

describe('a price with the postage in it', () => {
  it.each(['150包邮卖吗', '130包邮行不行', '一百四包邮行吗', '开衫150包邮可以吗', '包邮150卖吗'])(
    '%s is haggled over',
    (text) => {
      const turn = ask(text, { more: cardigan });
      expect(turn.answer.understanding.intents.map(({ id }) => id)).toEqual(['haggling']);
      expect(turn.answer.replies[0]?.template).toBe('haggling.offer_declined');
    },
  );

  it.each(['160包邮可以吗', '160包邮我就拍了', '一百六包邮行吗', '170包邮卖吗', '99元两件包邮可以吗'])(
    '%s is left to a person: where it goes is not known',
    (text) => {
      for (const its of [{}, { concessions: { steps: [0.05, 0.1] } }]) {
        const turn = ask(text, { ...over(its), more: cardigan });
        expect(turn.answer.action).toBe('handoff');
        expect(sentTexts(turn).join()).not.toMatch(/门槛|包邮/);
      }
    },
  );

  it.each(['满99包邮吗', '99包邮吗', '买100块包邮吗', '下单100包邮可以吗'])('%s asks for the rule', (text) => {
    const turn = ask(text, { more: cardigan });
    expect(turn.answer.understanding.intents.map(({ id }) => id)).toEqual(['shipping_fee']);
    expect(turn.answer.understanding.slots.offeredPriceYuan).toBeUndefined();
  });
});
