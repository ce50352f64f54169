/** The same question asked again is told apart, so that no buyer reads the same lines twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyMemory, type Item, type Memory, type Slots, type Understanding } from '../../src/conversation.js';
import { cooldownKey, noteAnswered, timesAnswered } from '../../src/policy/cooldown.js';
import { afterAgentWord, isHeldByAgent } from '../../src/policy/presence.js';

const now = Date.parse('2026-11-21T23:30:00+08:00');
const minutes = (count: number) => count * 60_000;
const cooldown = 120;

function understood(intents: readonly string[], slots: Slots = {}): Understanding {
  return {
    text: '',
    intents: intents.map((one) => {
      const [id = '', ask = 'rule', facet] = one.split(':');
      return { id, ask: ask as 'rule', ...(facet === undefined ? {} : { facet }), confidence: 0.9, by: 'both', evidence: [] };
    }),
    slots,
    margin: 1,
    because: [],
  };
}

const scarf: Item = { id: 'wool-scarf', title: '羊毛素色围巾' };
const key = (intents: readonly string[], slots: Slots = {}, item?: Item, buyer = 'b1') =>
  cooldownKey(buyer, understood(intents, slots), item);

describe('the same question', () => {
  it('is the same in whatever order its parts stand', () => {
    expect(key(['cod', 'invoice'], { quantity: 2, colour: '米白' })).toBe(
      key(['invoice', 'cod'], { colour: '米白', quantity: 2 }),
    );
  });

  it.each<[string, string]>([
    ['another buyer', key(['shipping_fee'], {}, undefined, 'b2')],
    ['another intent', key(['invoice'])],
    ['one intent more', key(['shipping_fee', 'invoice'])],
    ['another ask', key(['shipping_fee:request'])],
    ['another side of the matter', key(['shipping_fee:rule:courier'])],
    ['another product', key(['shipping_fee'], {}, scarf)],
    ['a region', key(['shipping_fee'], { region: { province: '新疆' } })],
    ['a quantity', key(['shipping_fee'], { quantity: 2 })],
  ])('is another one with %s', (_, other) => expect(other).not.toBe(key(['shipping_fee'])));

  it('tells a province from its city', () => {
    const province = key(['shipping_fee'], { region: { province: '新疆' } });
    expect(key(['shipping_fee'], { region: { province: '新疆', city: '克拉玛依' } })).not.toBe(province);
    expect(key(['shipping_fee'], { region: { province: '新疆' } })).toBe(province);
  });
});

describe('how often it was answered', () => {
  const asked = (memory: Memory, at: number): Memory => ({
    ...memory,
    answered: noteAnswered(memory, 'fee', at, cooldown),
  });

  it('is never at first, then once, then twice', () => {
    const once = asked(emptyMemory, now);
    const twice = asked(once, now + minutes(5));
    expect([emptyMemory, once, twice].map((memory) => timesAnswered(memory, 'fee', now + minutes(6), cooldown))).toEqual([
      0, 1, 2,
    ]);
    expect(timesAnswered(twice, 'invoice', now, cooldown)).toBe(0);
  });

  it('is forgotten after the cool-down, counted from the last answer', () => {
    const twice = asked(asked(emptyMemory, now), now + minutes(100));
    expect(timesAnswered(twice, 'fee', now + minutes(220), cooldown)).toBe(2);
    expect(timesAnswered(twice, 'fee', now + minutes(220) + 1, cooldown)).toBe(0);
    expect(asked(twice, now + minutes(221)).answered).toEqual([{ key: 'fee', at: now + minutes(221), times: 1 }]);
  });

  it('counts no repeat where the shop set no cool-down', () => {
    const once = { ...emptyMemory, answered: noteAnswered(emptyMemory, 'fee', now, 0) };
    expect(timesAnswered(once, 'fee', now + 1, 0)).toBe(0);
  });

  it('keeps a dozen questions at most, the newest', () => {
    let memory: Memory = emptyMemory;
    for (let question = 0; question < 30; question++)
      memory = { ...memory, answered: noteAnswered(memory, `q${question}`, now + question, cooldown) };
    expect(memory.answered.map((one) => one.key)).toEqual(Array.from({ length: 12 }, (_, at) => `q${18 + at}`));
  });

  it('counts right and keeps no question twice, however many are asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: minutes(30) })), { maxLength: 60 }),
        (asks) => {
          let memory: Memory = emptyMemory;
          let at = now;
          for (const [question, later] of asks) {
            at += later;
            const before = timesAnswered(memory, `q${question}`, at, cooldown);
            memory = { ...memory, answered: noteAnswered(memory, `q${question}`, at, cooldown) };
            expect(timesAnswered(memory, `q${question}`, at, cooldown)).toBe(before + 1);
            expect(memory.answered.length).toBeLessThanOrEqual(12);
            expect(new Set(memory.answered.map((one) => one.key)).size).toBe(memory.answered.length);
            expect(memory.answered.every((one) => at - one.at <= minutes(cooldown))).toBe(true);
          }
        },
      ),
    );
  });
});

describe("an agent's word", () => {
  it('keeps the bot still for the time the shop set, and forgives misunderstandings', () => {
    const memory = afterAgentWord({ ...emptyMemory, misunderstood: 2, lastIntents: ['cod'] }, now, 10);
    expect(memory).toEqual({
      ...emptyMemory,
      humanSpokeAt: now,
      humanUntil: now + minutes(10),
      misunderstood: 0,
      lastIntents: ['cod'],
    });
    expect([now, now + minutes(10) - 1, now + minutes(10)].map((at) => isHeldByAgent(memory, at))).toEqual([true, true, false]);
    expect(isHeldByAgent(emptyMemory, now)).toBe(false);
  });

  it('keeps it still no moment where the shop set none', () => {
    expect(isHeldByAgent(afterAgentWord(emptyMemory, now, 0), now)).toBe(false);
  });
});
