import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileBook } from '../../src/composing/book.js';
import { type Composed, type ComposeInput, compose } from '../../src/composing/compose.js';
import { characters } from '../../src/composing/limits.js';
import type { Decision, Slots } from '../../src/conversation.js';
import { factDocs } from '../../src/shop/facts.js';
import { book, demo, demoWith, factsOf, intentFiles, page, replyWords, understood } from './demo.js';

const chengdu: Slots = { region: { province: '四川', city: '成都' } };

interface Story extends Partial<Omit<ComposeInput, 'decision'>> {
  readonly slots?: Slots;
  readonly item?: string;
  readonly decision?: Partial<Decision>;
  readonly opening?: string;
}

function say(intents: readonly string[], story: Story = {}): Composed {
  const { slots = {}, item, decision, opening, ...rest } = story;
  const understanding = understood(intents, slots);
  return compose({
    decision: { action: 'auto', kind: 'answer', short: false, leaves: [], apart: [], because: [], ...decision },
    understanding,
    facts: factsOf(understanding, {
      item: item === undefined ? undefined : page(item),
      ...(opening === undefined ? {} : { opening }),
    }),
    book,
    limit: 128,
    avoid: [],
    seed: 0,
    ...rest,
  });
}

function textOf(composed: Composed): string | undefined {
  return composed.texts[0]?.text;
}

describe('an automatic answer', () => {
  it('asks a counter-question once, in whatever wording', () => {
    const asked = (avoid: readonly string[], seed: number) => say(['stock'], { avoid, seed });
    expect(asked([], 0)).toMatchObject({ eligible: true, because: [{ code: 'reply_chosen' }] });
    for (const seed of [0, 1]) {
      const before = textOf(asked([], seed))!;
      for (const again of [0, 1, 2])
        expect(asked([before], again)).toMatchObject({ eligible: false, because: [{ code: 'reply_said_before' }] });
    }
  });

  it('answers one need in one friendly text', () => {
    const composed = say(['shipping_fee'], { slots: { region: { province: '新疆', city: '克拉玛依' } } });
    expect(composed).toMatchObject({ eligible: true, open: [], because: [{ code: 'reply_chosen' }] });
    expect(composed.texts).toEqual([
      {
        text: '亲，寄克拉玛依路程远一些，不在包邮范围内，1公斤内18元，几件一起拍只算一份，您看可以吗？',
        characters: 45,
        intents: ['shipping_fee'],
        template: 'shipping_fee.fee_excluded',
        kind: 'answer',
      },
    ]);
  });

  it('answers several needs in one text, opening once, the most important first', () => {
    const composed = say(['credit_card', 'shipping_fee', 'stock'], { slots: chengdu, item: 'wool-cardigan' });
    expect(composed.texts[0]).toMatchObject({
      template: 'stock.in_stock+shipping_fee.free+credit_card.below',
      intents: ['stock', 'shipping_fee', 'credit_card'],
    });
    expect(textOf(composed)?.match(/亲/g)).toHaveLength(1);
    expect(composed.open).toEqual([]);
  });

  it('takes shorter wordings where the full ones do not fit', () => {
    const six = ['stock', 'shipping_fee', 'delivery_time', 'credit_card', 'invoice', 'returns'];
    const composed = say(six, { slots: chengdu, item: 'wool-cardigan', limit: 160 });
    expect(composed).toMatchObject({ eligible: true, open: [] });
    expect(composed.texts[0]!.characters).toBeGreaterThan(120);
    expect(composed.texts[0]!.characters).toBeLessThanOrEqual(160);
  });

  it('leaves open what has no room, says so, and names when a person answers', () => {
    const composed = say(['stock', 'shipping_fee', 'invoice', 'credit_card'], {
      slots: chengdu,
      item: 'wool-cardigan',
      limit: 70,
    });
    expect(composed.texts[0]!.intents[0]).toBe('stock');
    expect(composed.open).toContain('credit_card');
    expect(textOf(composed)).toMatch(/客服明早9点(上班后接着|上班后告诉|回复)/);
    expect(composed.because.map((one) => one.code)).toEqual(['reply_chosen', 'reply_left_open']);
  });

  it('names no time where none is known', () => {
    const story = { slots: chengdu, item: 'wool-cardigan', limit: 70 };
    expect(textOf(say(['stock', 'shipping_fee', 'invoice', 'credit_card'], { ...story, opening: '' }))).toMatch(
      /客服(看到后|稍后)/,
    );
  });

  it('is not eligible as long as one need has no reply, and says which', () => {
    const composed = say(['stock', 'order_status:own_order'], { item: 'wool-cardigan' });
    expect(composed).toEqual({
      texts: [],
      open: ['order_status', 'stock'],
      because: [{ code: 'reply_none_for_case', values: { intent: 'order_status' } }],
      eligible: false,
    });
  });

  it('names the parameter that is missing', () => {
    const composed = say(['shipping_fee'], { slots: { region: { province: '台湾' } } });
    expect(composed.eligible).toBe(false);
    expect(composed.because).toEqual([
      {
        code: 'reply_missing_facts',
        values: { intent: 'shipping_fee', template: 'shipping_fee.fee_excluded', facts: 'fee_yuan' },
      },
    ]);
  });

  it('is not eligible where even the shortest wording does not fit', () => {
    const composed = say(['shipping_fee'], { slots: chengdu, item: 'wool-cardigan', limit: 10 });
    expect(composed).toMatchObject({ eligible: false, texts: [], because: [{ code: 'reply_too_long' }] });
  });

  it('does not answer small talk beside a real question, but does by itself', () => {
    expect(say(['greeting:statement', 'stock'], { item: 'wool-cardigan' }).texts[0]!.intents).toEqual(['stock']);
    expect(say(['greeting:statement']).texts[0]!.template).toBe('greeting.off_duty');
    expect(say(['ack:statement', 'greeting:statement']).texts[0]!.intents).toEqual(['greeting']);
    expect(say(['ack:statement']).eligible).toBe(false);
  });

  it('answers a repeat in the short form', () => {
    const story = { slots: chengdu, item: 'wool-cardigan' } as const;
    const full = say(['delivery_time'], story);
    const again = say(['delivery_time'], { ...story, decision: { short: true }, avoid: [textOf(full)!] });
    expect(again.texts[0]!.characters).toBeLessThan(full.texts[0]!.characters);
  });

  it('never says a sentence twice, and stops when all are used', () => {
    const said: string[] = [];
    for (let seed = 0; seed < 10; seed += 1) {
      const composed = say(['delivery_time'], { avoid: said, seed });
      if (!composed.eligible) {
        expect(composed.because).toMatchObject([{ code: 'reply_said_before' }]);
        break;
      }
      const text = textOf(composed)!;
      const sentence = text.replace(/^亲(，您好，|，|～)/, '');
      expect(said.some((before) => before.includes(sentence))).toBe(false);
      said.push(text);
    }
    expect(said).toHaveLength(4);
  });

  it('chooses the wording by the seed alone', () => {
    const texts = [0, 1, 2, 3].map((seed) => textOf(say(['invoice'], { seed })));
    expect(new Set(texts).size).toBeGreaterThan(2);
    expect(textOf(say(['invoice'], { seed: 2 }))).toBe(texts[2]);
  });

  it('calls the buyer as the shop does', () => {
    const shop = demoWith((draft) => {
      draft.address = '您';
    });
    const understanding = understood(['invoice']);
    expect(textOf(say(['invoice'], { facts: factsOf(understanding, { parameters: shop }) }))).toMatch(/^您好，/);
  });
});

describe("a shop's own templates", () => {
  const own = {
    id: 'gift_wrap',
    title: { zh: '礼品包装' },
    group: 'own',
    priority: 50,
    holding: [],
    replies: [
      { id: 'agent', asks: ['rule' as const], when: {}, texts: ['只给客服看～'], short: '客服～', only: 'draft' as const },
      {
        id: 'wrap',
        asks: ['rule' as const],
        when: {},
        texts: ['亲，可以包装{% if extra_fee %}，{{ extra_fee }}元{% endif %}～'],
        short: '可以包装～',
      },
    ],
  };
  const { book: withOwn } = compileBook([...intentFiles, own], replyWords, factDocs);
  const parameters = demoWith((draft) => {
    draft.extra = { fee: 3 } as never;
  });
  const facts = factsOf(understood(['gift_wrap']), { parameters });

  it('may use Liquid conditions and greet by themselves', () => {
    expect(textOf(say(['gift_wrap'], { book: withOwn, facts }))).toBe('亲，可以包装，3元～');
  });

  it('marked as drafts go to agents only', () => {
    const drafts = say(['gift_wrap'], { book: withOwn, facts, decision: { action: 'draft' } });
    expect(drafts.texts.map((one) => one.template)).toContain('gift_wrap.agent');
    const { book: onlyDraft } = compileBook([{ ...own, replies: own.replies.slice(0, 1) }], replyWords, factDocs);
    expect(say(['gift_wrap'], { book: onlyDraft, facts })).toMatchObject({
      eligible: false,
      because: [{ code: 'reply_draft_only' }],
    });
  });

  it('that promise what a person will do leave the matter open when they are sent, and say so', () => {
    const [, wrap] = own.replies;
    const { book: promising } = compileBook([{ ...own, replies: [{ ...wrap!, promises: true }] }], replyWords, factDocs);
    expect(say(['gift_wrap'], { book: promising, facts })).toMatchObject({
      eligible: true,
      open: ['gift_wrap'],
      because: [{ code: 'reply_chosen' }, { code: 'reply_promises', values: { intents: 'gift_wrap' } }],
    });
    expect(say(['gift_wrap'], { book: withOwn, facts }).open).toEqual([]);
    // A draft is an agent's own word, who is there.
    expect(say(['gift_wrap'], { book: promising, facts, decision: { action: 'draft' } }).open).toEqual([]);
  });

  it('met twice by one reply are said once', () => {
    const twice = say(['gift_wrap', 'gift_wrap'], { book: withOwn, facts });
    expect(twice.texts[0]).toMatchObject({ text: '亲，可以包装，3元～', template: 'gift_wrap.wrap', intents: ['gift_wrap'] });
  });
});

describe('drafts', () => {
  const drafting: Story = {
    slots: { region: { province: '新疆' }, quantity: 2 },
    item: 'wool-cardigan',
    limit: 200,
    decision: { action: 'draft' },
  };

  it('are up to three different texts, the fullest first, and say what they leave open', () => {
    const composed = say(['stock', 'shipping_fee', 'others_order:report'], drafting);
    expect(composed.eligible).toBe(true);
    expect(composed.texts).toHaveLength(3);
    expect(new Set(composed.texts.map((one) => one.text)).size).toBe(3);
    expect(composed.texts[1]!.characters).toBeLessThan(composed.texts[0]!.characters);
    expect(composed.open).toEqual(['others_order']);
    expect(composed.because).toContainEqual({ code: 'reply_none_for_ask', values: { intent: 'others_order', ask: 'report' } });
    for (const { text } of composed.texts) expect(text).not.toContain('上班后');
  });

  it('may repeat what was said: the agent decides', () => {
    const first = say(['invoice'], drafting);
    expect(say(['invoice'], { ...drafting, avoid: first.texts.map((one) => one.text) }).eligible).toBe(true);
  });

  it('are none where no need has a reply', () => {
    expect(say(['others_order:report'], drafting)).toMatchObject({ eligible: false, texts: [], open: ['others_order'] });
  });
});

describe('a holding reply', () => {
  const holding: Story = { decision: { action: 'handoff', kind: 'holding' } };

  it('soothes in the words of the most important intent and names the time', () => {
    const composed = say(['order_status:own_order', 'complaint:report'], holding);
    expect(composed.texts[0]).toMatchObject({
      template: 'complaint.holding',
      kind: 'holding',
      intents: ['complaint', 'order_status'],
    });
    expect(textOf(composed)).toContain('明早9点');
    expect(composed.open).toEqual(['complaint', 'order_status']);
  });

  it('gives the first steps where the side of the matter has some', () => {
    const understanding = understood(['payment:report']);
    const stuck = { ...understanding, intents: [{ ...understanding.intents[0]!, facet: 'cannot_pay' }] };
    expect(textOf(say(['payment:report'], { ...holding, understanding: stuck }))).toMatch(/换个网络.*明早9点/);
    expect(textOf(say(['payment:report'], holding))).not.toContain('网络');
  });

  it('acknowledges the matter in general words where an intent has none of its own', () => {
    const bare = compileBook(
      intentFiles.map((file) => ({ ...file, holding: [] })),
      replyWords,
      factDocs,
    ).book;
    expect(textOf(say(['stock:own_order'], { ...holding, book: bare }))).toBe(
      '亲，您问的库存我记下啦，客服明早9点上班，到时先回复您～',
    );
  });

  it('names no time where none is known', () => {
    for (const intents of [[], ['stock'], ['complaint:report']]) {
      const text = textOf(say(intents, { ...holding, opening: '' }));
      expect(text).toBeDefined();
      expect(text).not.toMatch(/上班/);
    }
  });

  it('tells on duty that all agents are busy', () => {
    expect(say(['stock'], { ...holding, busy: true, opening: '' }).texts[0]!.template).toBe('busy');
  });

  it('fits into 40 characters, whatever was asked and whenever a person is back', () => {
    const ids = fc.constantFrom(...intentFiles.map((file) => `${file.id}:report`));
    fc.assert(
      fc.property(
        fc.uniqueArray(ids, { maxLength: 3 }),
        fc.constantFrom('', '明早9点', '2027年12月31日上午11点45分'),
        fc.nat(),
        (intents, opening, seed) => {
          const composed = say(intents, { ...holding, opening, seed, limit: 40 });
          expect(composed.eligible).toBe(true);
          expect(composed.texts[0]!.characters).toBeLessThanOrEqual(40);
        },
      ),
    );
  });

  it('is not said twice in the same words', () => {
    const said: string[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      const text = textOf(say(['complaint:report'], { ...holding, avoid: said, seed: turn }));
      if (text === undefined) break;
      expect(said).not.toContain(text);
      said.push(text);
    }
    expect(said.length).toBeGreaterThan(4);
    expect(said.length).toBeLessThan(20);
  });
});

describe('a holding reply for one side of the matter', () => {
  const held = (id: string, facet: string | undefined, ask = 'report', opening = '明早9点', seed = 0) => {
    const understanding = understood([`${id}:${ask}`]);
    const [found] = understanding.intents;
    const aside = { ...understanding, intents: [{ ...found!, ...(facet === undefined ? {} : { facet }) }] };
    return textOf(
      compose({
        decision: { action: 'handoff', kind: 'holding', short: false, leaves: [], apart: [], because: [] },
        understanding: aside,
        facts: factsOf(aside, { opening }),
        book,
        limit: 128,
        avoid: [],
        seed,
      }),
    );
  };

  it.each<[string, string | undefined, string, RegExp]>([
    ['parcel_problem', 'signed', 'report', /签收|代收/],
    ['parcel_problem', 'damaged', 'report', /外箱|破损/],
    ['parcel_problem', 'missing', 'report', /少/],
    ['parcel_problem', undefined, 'report', /包裹的事/],
    ['cancel_order', 'keep', 'request', /留着这单|还要/],
    ['order_change', 'price', 'request', /价/],
    ['order_status', 'urge', 'request', /发货的事我记下/],
    ['complaint', 'slow', 'report', /等/],
    ['quality', 'received', 'report', /照片|拍/],
    ['quality', 'general', 'rule', /疑问|在意/],
  ])('%s.%s', (id, facet, ask, expected) => {
    for (const seed of [0, 1]) expect(held(id, facet, ask, undefined, seed)).toMatch(expected);
    expect(held(id, facet, ask)).toContain('明早9点');
    const untimed = held(id, facet, ask, '');
    expect(untimed).toMatch(expected);
    expect(untimed).not.toMatch(/上班/);
  });
});

describe('whatever is asked', () => {
  const asked = fc.uniqueArray(
    fc
      .tuple(
        fc.constantFrom(...intentFiles.map((file) => file.id)),
        fc.constantFrom('rule', 'own_order', 'request', 'report', 'statement'),
      )
      .map((pair) => pair.join(':')),
    { maxLength: 5, selector: (one) => one.split(':')[0] },
  );
  const slots = fc.constantFrom<Slots>(
    {},
    chengdu,
    { region: { province: '新疆' } },
    { region: { province: '台湾' } },
    { colour: '雾蓝', size: 'L' },
    { quantity: 3 },
  );
  const item = fc.constantFrom(undefined, ...demo.products.map((product) => product.id));
  const decision = fc.constantFrom<Partial<Decision>>(
    {},
    { short: true },
    { action: 'draft' },
    { action: 'handoff', kind: 'holding' },
  );

  it('never exceeds the limit, never repeats, answers or leaves open every need', () => {
    fc.assert(
      fc.property(
        asked,
        slots,
        item,
        decision,
        fc.integer({ min: 40, max: 200 }),
        fc.nat(),
        (intents, slot, product, how, limit, seed) => {
          const story = { slots: slot, ...(product === undefined ? {} : { item: product }), decision: how, limit, seed };
          const composed = say(intents, story);
          expect(composed.eligible).toBe(composed.texts.length > 0);
          for (const one of composed.texts) {
            expect(one.characters).toBe(characters(one.text));
            expect(one.characters).toBeLessThanOrEqual(limit);
            expect(one.text).not.toMatch(/[{}]|undefined|你/);
          }
          const isTalk = (id: string) => ['greeting', 'ack', 'off_topic'].includes(id);
          const ids = intents.map((one) => one.split(':')[0]!);
          const needs = ids.every(isTalk) ? [] : ids.filter((id) => !isTalk(id));
          for (const id of needs) expect([...(composed.texts[0]?.intents ?? []), ...composed.open]).toContain(id);
          const again = say(intents, { ...story, avoid: composed.texts.map((one) => one.text) });
          if (how.action !== 'draft')
            for (const one of again.texts) expect(composed.texts.map((before) => before.text)).not.toContain(one.text);
          expect(say(intents, story)).toEqual(composed);
        },
      ),
      { numRuns: 500 },
    );
  });
});

it('asks the buyer one thing in a text where the other parts can be said without a question', () => {
  const text = textOf(say(['shipping_fee', 'promotion:rule'], { understanding: exists() }));
  expect(text?.match(/？/g)).toHaveLength(1);
});

function exists() {
  const understanding = understood(['shipping_fee', 'promotion']);
  const facets: Readonly<Record<string, string>> = { shipping_fee: 'free', promotion: 'exists' };
  return { ...understanding, intents: understanding.intents.map((one) => ({ ...one, facet: facets[one.id]! })) };
}

it('names no matter in a holding reply that it is not sure of', () => {
  const understanding = understood(['complaint:report']);
  const as = (by: 'rules' | 'both', confidence: number) =>
    say(['complaint:report'], {
      decision: { action: 'handoff', kind: 'holding' },
      understanding: { ...understanding, intents: [{ ...understanding.intents[0]!, by, confidence }] },
    }).texts[0]?.template;
  expect([as('rules', 0.7), as('rules', 0.9), as('both', 0.7)]).toEqual([
    'holding.with_time',
    'complaint.holding',
    'complaint.holding',
  ]);
});
