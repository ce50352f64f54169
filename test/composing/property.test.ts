/**
 * Of everything that the intents that ship can say, in any shop: within its limit, filled, in one manner. Runs over all
 * templates, whoever wrote them.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose } from '../../src/composing/compose.js';
import { characters } from '../../src/composing/limits.js';
import type { CompiledTemplate } from '../../src/composing/template.js';
import { textOf } from '../../src/composing/wordings.js';
import type { Ask, Decision, FoundIntent, Item, Order, Slots, Understanding } from '../../src/conversation.js';
import { sentences } from '../../src/reasons.js';
import { factDocs, facts } from '../../src/shop/facts.js';
import { type ShopParameters, shopSchema } from '../../src/shop/parameters.js';
import { ask, demo, demoWith, night } from '../flow/demo-shop.js';

const { book, intents } = demo;
const asks: readonly Ask[] = ['rule', 'own_order', 'request', 'report', 'statement'];
const understood = (found: readonly FoundIntent[], slots: Slots = {}): Understanding => ({
  text: '',
  intents: found,
  slots,
  margin: 0.9,
  because: [],
});
const found = (id: string, ask: Ask, facet?: string): FoundIntent => ({
  id,
  ask,
  ...(facet !== undefined && { facet }),
  confidence: 0.95,
  by: 'both',
  evidence: [],
});
const decided = (action: Decision['action'], kind: Decision['kind'] = 'answer', short = false): Decision => ({
  action,
  ...(kind !== undefined && { kind }),
  short,
  leaves: [],
  apart: [],
  because: [],
});

// ---- any shop, any question -------------------------------------------------------------------

const hanzi = fc.constantFrom(...'棉麻丝绒织染绣缝裁剪线纱布衣帽巾袜鞋包伞杯盘碗茶盒');
const words = (most: number) => fc.array(hanzi, { minLength: 1, maxLength: most }).map((all) => all.join(''));
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const yuan = fc.oneof(fc.integer({ min: 0, max: 999 }), fc.constantFrom(0.1, 9.9, 12.55, 99_999.99, 1_000_000));
const provinces = ['广东', '上海', '新疆', '西藏', '四川', '台湾', '内蒙古', '海南', '香港', '北京'];
const couriers = ['顺丰', '圆通', '邮政', 'EMS', '京东'];
const someOf = (all: readonly string[]) => fc.subarray([...all]);
const days = fc.tuple(fc.nat(12), fc.nat(30)).map(([from, more]) => ({ from, to: from + more }));
const moment = fc.constantFrom('2026-11-21T08:00:00+08:00', '2026-01-01T00:00:00+08:00');
const colours = ['红', '雾蓝', '燕麦色'];
const sizes = ['S', 'XL', '180/96A'];

const product = (id: string) =>
  fc.record(
    {
      id: fc.constant(id),
      title: words(40),
      priceYuan: yuan,
      asOf: moment,
      noReasonReturn: fc.boolean(),
      cod: fc.boolean(),
      variants: fc
        .uniqueArray(fc.tuple(fc.constantFrom(...colours), fc.constantFrom(...sizes)), {
          minLength: 1,
          maxLength: 5,
          selector: String,
        })
        .chain((pairs) =>
          fc.tuple(
            ...pairs.map(([colour, size]) =>
              fc.record({ colour: fc.constant(colour), size: fc.constant(size), stock: fc.nat(30) }, { requiredKeys: ['stock'] }),
            ),
          ),
        ),
      alternatives: someOf(['p1', 'p2', 'p3'].filter((one) => one !== id)),
    },
    { requiredKeys: ['id', 'title', 'priceYuan', 'asOf', 'variants'] },
  );

const always = ['00:00-24:00'];
const hours = { weekly: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always } };

/** Keys that the schema does not know are a fault of this test, so that it follows the schema. */
const sections = {
  name: words(30),
  address: fc.constantFrom('亲', '您'),
  stickers: fc.boolean(),
  shipping: fc.record(
    {
      table: fc.array(
        fc.record(
          {
            regions: someOf(provinces).filter((all) => all.length > 0),
            firstKgYuan: yuan,
            nextKgYuan: yuan,
            couriers: someOf(couriers),
          },
          { requiredKeys: ['regions'] },
        ),
        { maxLength: 3 },
      ),
      notServed: someOf(provinces),
      freeFromYuan: yuan,
      freeFromItems: fc.integer({ min: 1, max: 99 }),
      freeExcludes: someOf(provinces),
      couriers: someOf(couriers),
      surchargeYuan: fc.dictionary(fc.constantFrom(...couriers), yuan),
    },
    { requiredKeys: [] },
  ),
  dispatch: fc.record(
    {
      cutOff: fc.constantFrom('00:00', '16:00', '23:59'),
      usualDays: days,
      trackingVisibleHours: fc.nat(96),
      shipsOn: fc.subarray(['mon', 'wed', 'sat'] as const),
    },
    { requiredKeys: [] },
  ),
  products: fc.tuple(product('p1'), product('p2'), product('p3')),
  pricing: fc.record(
    {
      policy: fc.constantFrom('fixed', 'tiered'),
      reason: words(30),
      coupons: fc.array(fc.record({ fromYuan: yuan, offYuan: yuan }), { maxLength: 4 }),
      gift: words(20),
    },
    { requiredKeys: ['policy'] },
  ),
  invoice: fc.record(
    {
      kinds: fc.subarray(['electronic', 'paper', 'vat_special'] as const, { minLength: 1 }),
      withinWorkingDays: fc.nat(60),
      sentBy: words(20),
    },
    { requiredKeys: ['kinds'] },
  ),
  returns: fc.record(
    {
      noReasonDays: fc.nat(30),
      insurance: fc.boolean(),
      refundDays: fc.nat(30),
      faultDays: fc.nat(90),
      noReasonPaidBy: fc.constantFrom('buyer', 'shop'),
      faultPaidBy: fc.constantFrom('buyer', 'shop'),
      exchangePaidBy: fc.constantFrom('buyer', 'shop', 'each'),
    },
    { requiredKeys: [] },
  ),
  creditCard: fc.record(
    {
      accepted: fc.boolean(),
      instalmentsFromYuan: yuan,
      periods: fc.array(fc.integer({ min: 2, max: 60 }), { maxLength: 5 }),
      services: fc.array(words(10), { maxLength: 4 }),
    },
    { requiredKeys: ['accepted'] },
  ),
  cod: fc.record({ enabled: fc.boolean(), notIn: someOf(provinces) }, { requiredKeys: ['enabled'] }),
} as const;

const shops: fc.Arbitrary<ShopParameters> = fc
  .oneof(
    // Everything is set, or something is not.
    fc.record(sections),
    fc.record(sections, { requiredKeys: ['name'] }),
  )
  .map((its) => shopSchema.parse({ id: 'any', timeZone: 'Asia/Shanghai', hours, ...its }));

const slots: fc.Arbitrary<Slots> = fc
  .record({
    region: optional(
      fc.constantFrom({ province: '新疆', city: '克拉玛依' }, { province: '台湾' }, { province: '广东' }, { province: '西藏' }),
    ),
    courier: optional(fc.constantFrom(...couriers, '韵达')),
    quantity: optional(fc.constantFrom(0, 1, 2, 99, 100_000)),
    offeredPriceYuan: optional(yuan),
    size: optional(fc.constantFrom(...sizes, 'XXXL')),
    colour: optional(fc.constantFrom(...colours, '粉色')),
    date: optional(fc.constantFrom('2026-11-22', '2027-02-10')),
    weightKg: optional(fc.constantFrom(0.5, 3, 1.25)),
    instalments: optional(fc.constantFrom(3, 24)),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Slots);

const needs = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...intents.keys()), fc.nat(99), fc.nat(9)).map(([id, which, pick]) => {
    const { replies, facets } = intents.get(id)!;
    // Mostly what the intent has an answer to.
    const known = [...replies.flatMap((reply) => reply.asks), ...replies.flatMap((reply) => reply.asks), ...asks];
    return found(id, known[which % known.length]!, [undefined, ...Object.keys(facets)][pick]);
  }),
  { minLength: 1, maxLength: 4, selector: (one) => one.id },
);

const items: fc.Arbitrary<Item | undefined> = fc.constantFrom(
  undefined,
  { id: 'p1', title: '商品页' },
  { id: 'p2', title: '商品页', priceYuan: 88 },
  { id: 'elsewhere', title: '手工编织发带', priceYuan: 25 },
);
const orders: fc.Arbitrary<Order | undefined> = fc.constantFrom(
  undefined,
  { id: '260123456789012345' },
  { id: '1', status: '已发货' },
);
const decisions = fc.constantFrom(
  decided('auto'),
  decided('auto', 'answer', true),
  decided('draft'),
  decided('handoff', 'holding'),
  decided('draft', 'holding'),
);

const unfilled = /[{}]|undefined|null|NaN|Infinity|\[object|true|false/;
/** Two marks beside each other, but for …… and the like, which are one. */
const twoMarks = /[，。！？；：、,;][，。！？；：、,;～]|～[，。！？；：、,;～]|(^|\n)[，。！？；：、～]/u;

describe('any reply of any shop to any question', () => {
  it('keeps its limit, is filled, and is punctuated once', () => {
    fc.assert(
      fc.property(
        fc.record({ parameters: shops, needs, slots, item: items, order: orders, decision: decisions }),
        fc.record({
          limit: fc.constantFrom(40, 60, 128, 200),
          seed: fc.nat(50),
          opening: fc.constantFrom('', '明早9点', '2027年2月18日（周四）10:00'),
        }),
        ({ parameters, needs, slots, item, order, decision }, { limit, seed, opening }) => {
          const understanding = understood(needs, slots);
          const known = facts({ parameters, understanding, item, order, now: night, opening });
          const input = { decision, understanding, facts: known, book, limit, seed };
          const first = compose({ ...input, avoid: [] });
          const again = compose({ ...input, avoid: first.texts.map((one) => one.text) });
          for (const composed of [first, again]) {
            for (const { text, characters: counted } of composed.texts) {
              expect(counted).toBe(characters(text));
              expect(counted, text).toBeLessThanOrEqual(limit);
              expect(text).not.toMatch(unfilled);
              expect(text).not.toMatch(twoMarks);
              expect(text.trim()).toBe(text);
            }
            if (composed.eligible) expect(composed.texts.length).toBeGreaterThan(0);
            else expect(composed.because.length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('the demo shop', () => {
  const pairs = [...intents.values()].flatMap(({ id, facets }) =>
    asks.flatMap((ask) => [undefined, ...Object.keys(facets)].map((facet) => [id, ask, facet] as const)),
  );

  it.each(pairs)('says something to %s asked as %s (%s), or why not', (id, ask, facet) => {
    const understanding = understood([found(id, ask, facet)]);
    const known = facts({ parameters: demo.parameters, understanding, now: night, opening: '明早9点' });
    for (const action of ['auto', 'draft'] as const) {
      const composed = compose({ decision: decided(action), understanding, facts: known, book, limit: 128, avoid: [], seed: 0 });
      expect(composed.because.length).toBeGreaterThan(0);
      for (const { code } of composed.because) expect(Object.keys(sentences)).toContain(code);
      expect([composed.eligible, composed.texts.length > 0]).toEqual([composed.texts.length > 0, composed.eligible]);
      if (!composed.eligible) expect(composed.open).toEqual([id]);
    }
    const held = compose({
      decision: decided('handoff', 'holding'),
      understanding,
      facts: known,
      book,
      limit: 128,
      avoid: [],
      seed: 0,
    });
    expect(held.texts).toHaveLength(1);
  });
});

// ---- the shop's manners -----------------------------------------------------------------------

const { words: around } = book;
const templates: readonly (readonly [string, CompiledTemplate])[] = [
  ...[...book.intents.values()].flatMap((intent) => [
    ...intent.replies.flatMap((reply) => [...reply.texts, reply.short].map((one) => [reply.id, one] as const)),
    ...intent.holding.flatMap(({ texts }) => texts.map((one) => [`${intent.id}.holding`, one] as const)),
  ]),
  ...(around.openings.您 ?? []).map((one) => ['openings.您', one] as const),
  ...[
    ...around.leftOpenWithTime,
    ...around.leftOpenWithoutTime,
    ...around.holdingWithTime,
    ...around.holdingWithoutTime,
    ...around.shortest,
    ...around.busy,
  ].map((one) => ['language', one] as const),
];

/** Every way in which a template can be filled: each documented value of each fact that it names, beside samples of the others. */
function sayings(template: CompiledTemplate, address: '亲' | '您'): readonly string[] {
  const docs: Readonly<Record<string, { readonly values?: readonly (string | number | boolean)[] }>> = factDocs;
  const set = (name: string) => (name === 'address' ? address : name === 'sticker' ? undefined : (docs[name]?.values?.[0] ?? 3));
  const full = Object.fromEntries(template.variables.map((name) => [name, set(name)]));
  const bare = Object.fromEntries(template.needed.map((name) => [name, set(name)]));
  const others = template.variables.flatMap((name) =>
    name === 'address' ? [] : (docs[name]?.values ?? []).slice(1).map((value) => ({ ...full, [name]: value })),
  );
  return [full, bare, ...others].map((known) => textOf(template, known)).filter((text) => text !== undefined);
}

const sticker = /\/:|[(（][^()（）\p{L}\p{N}]{2,}[)）]|[\^>T=][_.o-][\^<T=]|\p{Extended_Pictographic}/u;

describe('a shop that says 您 and no stickers', () => {
  it.each([...new Map(templates.map(([id, one]) => [`${id} ${one.source}`, one])).entries()])('%s', (_, template) => {
    for (const text of sayings(template, '您')) {
      expect(text).not.toContain('亲');
      expect(text).not.toMatch(sticker);
    }
    expect(template.source.replaceAll(/\{[{%].*?[%}]\}/g, '')).not.toMatch(sticker);
  });

  it('would be caught at 亲 and at a sticker', () => {
    for (const text of ['好的/:^_^', '好的(≧▽≦)', '好的^_^', '好的😊']) expect(text).toMatch(sticker);
    for (const text of ['满95元（西藏除外）～', '4.8分，(12期)']) expect(text).not.toMatch(sticker);
  });
});

describe('drafts', () => {
  const noon = Date.parse('2026-11-20T15:00:00+08:00');
  const questions = [
    '这款包邮吗',
    '到新疆多少运费',
    '可以开发票吗',
    '能便宜点吗',
    '支持信用卡分期吗',
    '什么时候发货，包邮吗，能开发票吗',
  ];

  it.each(questions)('to %s are as long as the shop lets drafts be, whatever the limit of what is sent', (text) => {
    for (const draftCharacters of [40, 60, 200]) {
      const { answer } = ask(text, { shop: demoWith({ draftCharacters, replyCharacters: 50 }), at: noon });
      for (const reply of answer.replies) expect(reply.characters, reply.text).toBeLessThanOrEqual(draftCharacters);
      if (answer.replies.length === 0) expect(answer.because.map((one) => one.code)).toContain('reply_too_long');
    }
    const lengths = [50, 200].map((draftCharacters) => {
      const { answer } = ask(text, { shop: demoWith({ draftCharacters, replyCharacters: 50 }), at: noon });
      return Math.max(0, ...answer.replies.map((reply) => reply.characters));
    });
    expect(lengths[1]).toBeGreaterThanOrEqual(lengths[0]!);
  });
});

describe('a shop that says 亲', () => {
  it('says it where the shop wants it, and 您 beside it is no fault', () => {
    const openings = (around.openings.亲 ?? []).map((one) => textOf(one, {}));
    expect(openings.length).toBeGreaterThan(0);
    for (const text of openings) expect(text).toContain('亲');
  });
});
