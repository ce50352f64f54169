/** What may be conceded at which round, and that nothing ever goes below a floor or an authority. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Haggling } from '../../src/conversation.js';
import {
  type Haggled,
  type HagglingInput,
  type HagglingOutcome,
  haggle,
  type Pricing,
  stillKnown,
  withConceded,
} from '../../src/policy/haggling.js';

const now = Date.parse('2026-11-21T23:30:00+08:00');
const hour = 3_600_000;
const pricing = (its: Partial<NonNullable<Pricing['concessions']>> = {}, more: Partial<Pricing> = {}): Pricing => ({
  policy: 'fixed',
  concessions: { steps: [0, 0.01, 0.02], ...its },
  ...more,
});
const plea = (its: Partial<HagglingInput> = {}): HagglingInput => ({
  pricing: pricing(),
  item: 'scarf',
  priceYuan: 100,
  listPriceYuan: 100,
  plea: 'price',
  now,
  ...its,
});
const at = (rounds: number, its: Partial<Haggling> = {}): Haggling => ({ item: 'scarf', rounds, at: now, pieces: 1, ...its });
const offering = (yuan: number) => ({ yuan, of: 'unsaid' }) as const;
/** So many turns with the same words, each price noted as told. */
const rounds = (count: number, its: Partial<HagglingInput>): readonly Haggled[] => {
  const turns: Haggled[] = [];
  for (let n = 0; n < count; n++) {
    const last = turns.at(-1);
    turns.push(haggle(plea({ ...its, memory: last && withConceded(last) })));
  }
  return turns;
};
const told = (turns: readonly Haggled[]) => turns.map(({ outcome, priceYuan }) => [outcome, priceYuan]);

describe('rounds', () => {
  it('tells what exists first, then goes step by step and stays at the last', () => {
    expect(told(rounds(4, {}))).toEqual([
      ['perks', undefined],
      ['concede', 99],
      ['concede', 98],
      ['concede', 98],
    ]);
  });

  it.each<[string, Pricing]>([
    ['no steps', { policy: 'fixed' }],
    ['steps of 0', pricing({ steps: [0, 0, 0] })],
    ['a floor at the price', pricing({ floorShare: 1 })],
    ['an authority of nothing', pricing({}, { agentShare: 1 })],
    ['an amount not reached', pricing({ fromYuan: 100.01 })],
    ['an amount from which agents may', pricing({}, { agentShare: 0.9, agentFromYuan: 300 })],
  ])('concedes nothing with %s', (_, itsPricing) => {
    expect(told(rounds(4, { pricing: itsPricing })).map(([outcome]) => outcome)).toEqual(['perks', 'hold', 'hold', 'hold']);
  });

  it('keeps an entry of 0 at its round', () => {
    expect(told(rounds(3, { pricing: pricing({ steps: [0.01, 0, 0.02] }) }))).toEqual([
      ['concede', 99],
      // What was told stands.
      ['concede', 99],
      ['concede', 98],
    ]);
  });

  it('tells probing from insistent, and generous from both', () => {
    expect(rounds(4, {}).map((one) => one.kind)).toEqual(['probing', 'probing', 'insistent', 'insistent']);
    expect(haggle(plea({ words: 'presses' })).kind).toBe('probing');
    expect(haggle(plea({ words: 'presses', memory: at(1) })).kind).toBe('insistent');
    expect(haggle(plea({ offer: offering(80), memory: at(1, { lowestOfferYuan: 80 }) })).kind).toBe('insistent');
    expect(haggle(plea({ words: 'drops', memory: at(4) }))).toMatchObject({ kind: 'generous', outcome: 'perks' });
  });

  it('starts anew with another item and after a day', () => {
    expect(haggle(plea({ memory: at(2), item: 'coat' })).round).toBe(1);
    expect(haggle(plea({ memory: at(2), now: now + 25 * hour })).round).toBe(1);
    expect(haggle(plea({ memory: at(2), now: now + 23 * hour })).round).toBe(3);
    expect(haggle(plea({ memory: at(2), item: '' }))).toMatchObject({ round: 3, memory: { item: 'scarf' } });
    expect(stillKnown(at(2), 'coat', now)).toBeUndefined();
  });

  it('gives no price away to a plea for a gift or postage', () => {
    for (const other of ['gift', 'postage'] as const)
      expect(rounds(3, { plea: other }).map((one) => [one.outcome, one.priceYuan])).toEqual([
        ['perks', undefined],
        ['hold', undefined],
        ['hold', undefined],
      ]);
  });
});

describe('offers', () => {
  it.each<[string, Partial<HagglingInput>, HagglingOutcome, number | undefined]>([
    ['at this round’s price', { offer: offering(99), memory: at(1) }, 'accept', 99],
    ['above it', { offer: offering(99.5), memory: at(1) }, 'accept', 99.5],
    ['of a later round', { offer: offering(98), memory: at(1) }, 'concede', 99],
    ['of a later round, at a round of nothing', { offer: offering(98) }, 'perks', undefined],
    ['below all rounds', { offer: offering(97.99), memory: at(2) }, 'beyond', undefined],
    ['below the floor of the item', { offer: offering(98.5), memory: at(2), floorYuan: 99 }, 'beyond', undefined],
    ['at the floor of the item', { offer: offering(99), memory: at(2), floorYuan: 99 }, 'accept', 99],
    ['of the price itself', { offer: offering(100) }, 'perks', undefined],
    ['above the price', { offer: offering(130) }, 'beyond', undefined],
    ['as a discount within', { discount: 0.98, memory: at(2) }, 'accept', 98],
    ['as a discount beyond', { discount: 0.8, memory: at(2) }, 'beyond', undefined],
    ['as an amount off within', { offer: { reductionYuan: 2, of: 'unsaid' }, memory: at(2) }, 'accept', 98],
    ['as an amount off beyond', { offer: { reductionYuan: 10, of: 'unsaid' }, memory: at(2) }, 'beyond', undefined],
    ['for two, each', { offer: { yuan: 98, of: 'piece' }, quantity: 2, memory: at(2) }, 'accept', 196],
    ['for two, together', { offer: { yuan: 196, of: 'all' }, quantity: 2, memory: at(2) }, 'accept', 196],
    ['for two, unsaid, more than one costs', { offer: offering(197), quantity: 2, memory: at(2) }, 'accept', 197],
    ['for two, unsaid, about what one costs', { offer: offering(98), quantity: 2, memory: at(2) }, 'accept', 196],
    ['for two, each or together', { offer: offering(40), quantity: 2, memory: at(2) }, 'beyond', undefined],
    ['without a known price', { offer: offering(90), priceYuan: undefined, memory: at(2) }, 'beyond', undefined],
  ])('%s', (_, its, outcome, priceYuan) => {
    expect(haggle(plea(its))).toMatchObject({ outcome, ...(priceYuan === undefined ? {} : { priceYuan }) });
  });

  it('is met by a coupon without a concession', () => {
    const coupons = [{ fromYuan: 100, offYuan: 5 }];
    const answered = haggle(plea({ pricing: pricing({}, { coupons }), offer: offering(95), memory: at(2) }));
    expect(answered).toMatchObject({ outcome: 'hold', isCovered: true, payableYuan: 95 });
    // 98 by steps is dearer than what the coupon gives anyway.
    expect(haggle(plea({ pricing: pricing({}, { coupons }), memory: at(2) })).priceYuan).toBeUndefined();
  });

  it('of one price for all goes to a person only where a person may agree', () => {
    const shop: Pricing = { policy: 'fixed', agentShare: 0.97, agentFromYuan: 300, leadShare: 0.95 };
    const outcome = (yuan: number, priceYuan: number) =>
      haggle(plea({ pricing: shop, priceYuan, listPriceYuan: priceYuan, offer: offering(yuan) })).outcome;
    // 100 is below what an agent may, the lead may at any amount.
    expect([outcome(94, 100), outcome(98, 100), outcome(390, 400), outcome(380, 400), outcome(379, 400)]).toEqual([
      'perks',
      'beyond',
      'beyond',
      'beyond',
      'perks',
    ]);
  });

  it('of a shop by pieces is an agent’s word', () => {
    expect(haggle(plea({ pricing: { policy: 'tiered' }, offer: offering(90) })).outcome).toBe('beyond');
  });

  it('is remembered at its lowest', () => {
    const first = haggle(plea({ offer: offering(90) }));
    const second = haggle(plea({ offer: offering(95), memory: first.memory }));
    expect(second.memory).toMatchObject({ lowestOfferYuan: 90, rounds: 2 });
  });

  it('goes by the list where the page shows a campaign price', () => {
    // 90 on the page of 100: ten per cent are gone already, and the floor is 97.
    const turns = rounds(3, { priceYuan: 90, pricing: pricing({ floorShare: 0.97 }) });
    expect(turns.map((one) => one.priceYuan)).toEqual([undefined, undefined, undefined]);
  });
});

describe('whatever the parameters, offers and rounds', () => {
  const share = fc.double({ min: 0.3, max: 1, noNaN: true });
  const money = fc.double({ min: 0, max: 3000, noNaN: true }).map((one) => Math.round(one * 100) / 100);
  const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
  const shops = fc.record({
    policy: fc.constantFrom('fixed' as const, 'tiered' as const),
    coupons: fc.array(fc.record({ fromYuan: money, offYuan: money }), { maxLength: 2 }),
    concessions: maybe(
      fc.record({
        steps: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.9, noNaN: true })), { minLength: 1, maxLength: 5 }),
        fromYuan: maybe(money),
        floorShare: maybe(share),
      }),
    ),
    agentShare: maybe(share),
    agentFromYuan: maybe(money),
    leadShare: maybe(share),
  });
  const words = fc.record({
    offer: maybe(
      fc.oneof(
        fc.record({ yuan: money, of: fc.constantFrom('piece' as const, 'all' as const, 'unsaid' as const) }),
        fc.record({ reductionYuan: money, of: fc.constantFrom('piece' as const, 'unsaid' as const) }),
      ),
    ),
    discount: maybe(fc.double({ min: 0.01, max: 0.99, noNaN: true })),
    quantity: maybe(fc.integer({ min: 0, max: 200 })),
    plea: fc.constantFrom('price' as const, 'price' as const, 'gift' as const, 'postage' as const),
    words: maybe(fc.constantFrom('drops' as const, 'presses' as const)),
  });

  it('no price is below a floor, an authority or a step, and none above the price', () => {
    fc.assert(
      fc.property(
        shops,
        fc.array(words, { minLength: 1, maxLength: 6 }),
        maybe(money),
        maybe(money),
        maybe(money),
        (itsPricing, turns, priceYuan, listPriceYuan, floorYuan) => {
          let memory: Haggling | undefined;
          for (const turn of turns) {
            const input = { pricing: itsPricing, item: 'x', priceYuan, listPriceYuan, floorYuan, now, memory, ...turn };
            const haggled = haggle(input);
            memory = withConceded(haggled);
            const { priceYuan: given, outcome, pieces, limitYuan } = haggled;
            expect(given !== undefined).toBe(outcome === 'accept' || outcome === 'concede');
            if (given === undefined) continue;
            const { concessions, agentShare, agentFromYuan = 0 } = itsPricing;
            const paid = priceYuan! * pieces;
            const full = Math.max(priceYuan!, listPriceYuan ?? 0) * pieces;
            const least = Math.max(
              full * (1 - Math.max(...concessions!.steps)),
              floorYuan === undefined ? full * (concessions!.floorShare ?? 0) : floorYuan * pieces,
              agentShare === undefined ? 0 : full * agentShare,
            );
            // A thousandth of a fen is what adding decimals costs.
            expect(given).toBeGreaterThanOrEqual(least - 1e-5);
            expect(given).toBeGreaterThanOrEqual(limitYuan!);
            expect(given).toBeLessThan(paid + 0.005);
            expect(turn.plea).toBe('price');
            expect(paid).toBeGreaterThanOrEqual((concessions!.fromYuan ?? 0) - 0.005);
            if (agentShare !== undefined) expect(paid).toBeGreaterThanOrEqual(agentFromYuan - 0.005);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('an offer that is to hold the postage too', () => {
  const delivered = (yuan: number) => ({ yuan, of: 'unsaid', withPostage: true }) as const;

  it.each([98, 99, 100, 120])('of %d, which the price alone would allow, is for a person', (yuan) => {
    const haggled = haggle(plea({ offer: delivered(yuan), memory: at(2) }));
    expect(haggled.outcome).toBe('beyond');
    expect(haggled.because.at(-1)?.code).toMatch(/haggling_(?:with_postage|unclear)/);
    expect(haggled.priceYuan).toBeUndefined();
  });

  it('is declined where nobody may go so low', () => {
    expect(haggle(plea({ pricing: { policy: 'fixed', agentShare: 0.97 }, offer: delivered(80) })).outcome).toBe('perks');
  });
});
