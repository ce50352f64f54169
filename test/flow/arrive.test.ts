/** What a new message does to its conversation, before anything is understood. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Conversation, emptyMemory, type Message } from '../../src/conversation.js';
import { type ArriveSettings, arrive, mostWaitSeconds } from '../../src/flow/arrive.js';

const evening = Date.parse('2026-11-21T23:30:00+08:00');
const seconds = (count: number) => count * 1000;
const settings: ArriveSettings = { burstSeconds: 1.5, keepStillMinutes: 10, ownEchoes: new Set(['our-echo']) };

const conversation = (its: Partial<Conversation> = {}): Conversation => ({
  shop: 'demo',
  id: 'c1',
  connector: 'generic',
  buyer: { id: 'b1' },
  version: 3,
  memory: emptyMemory,
  ...its,
});
const message = (its: Partial<Message> = {}): Message => ({
  shop: 'demo',
  connector: 'generic',
  id: 'm1',
  conversation: 'c1',
  buyer: { id: 'b1' },
  author: 'buyer',
  type: 'text',
  text: '在吗',
  sentAt: evening,
  receivedAt: evening,
  ...its,
});
/** A buyer has waited for two seconds. */
const waiting = conversation({ firstUnansweredAt: evening - seconds(2), dueAt: evening + 500 });

describe("a buyer's message", () => {
  it('is answered when the buyer has been still for the time the shop set', () => {
    expect(arrive(conversation(), message(), settings)).toEqual({
      firstUnansweredAt: evening,
      dueAt: evening + 1500,
      memory: { ...emptyMemory, unanswered: { since: evening, count: 1 } },
    });
  });

  it('counts what the buyer waits for, and takes back what is recalled', () => {
    const waitsFor = (...types: Message['type'][]) => {
      let its = conversation();
      for (const [at, type] of types.entries())
        its = conversation(arrive(its, message({ type, receivedAt: evening + seconds(at) }), settings));
      return its.memory.unanswered;
    };
    expect(waitsFor('text', 'image', 'text')).toEqual({ since: evening, count: 3 });
    expect(waitsFor('text', 'text', 'recall')).toEqual({ since: evening, count: 1 });
    expect(waitsFor('text', 'recall')).toBeUndefined();
    expect(waitsFor('recall', 'text')).toEqual({ since: evening + seconds(1), count: 1 });
  });

  it('puts off the answer to the one before', () => {
    expect(arrive(waiting, message(), settings)).toMatchObject({
      firstUnansweredAt: evening - seconds(2),
      dueAt: evening + 1500,
    });
  });

  it('waits eight seconds at most, however long the buyer goes on typing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 8 }),
        (pauses, burst) => {
          let its = conversation();
          let at = evening;
          for (const pause of pauses) {
            at += pause;
            its = { ...its, ...arrive(its, message({ receivedAt: at, sentAt: at }), { ...settings, burstSeconds: burst }) };
            expect(its.firstUnansweredAt).toBe(evening + pauses[0]!);
            expect(its.dueAt).toBeLessThanOrEqual(its.firstUnansweredAt! + seconds(mostWaitSeconds));
            expect(its.dueAt).toBeLessThanOrEqual(at + seconds(burst));
          }
        },
      ),
    );
  });

  it('is answered at once where the shop set no wait', () => {
    expect(arrive(conversation(), message(), { ...settings, burstSeconds: 0 }).dueAt).toBe(evening);
  });

  it('counts from when it came in, not from when the platform says that it was sent', () => {
    const late = message({ sentAt: evening - seconds(3600) });
    expect(arrive(conversation(), late, settings)).toMatchObject({ firstUnansweredAt: evening, dueAt: evening + 1500 });
  });

  it('of the same moment as an agent’s word but written after it is not answered by that word', () => {
    const told = { ...conversation(), ...arrive(conversation(), message({ id: 'a1', author: 'agent' }), settings) };
    expect(told.memory.humanSpokeAt).toBe(evening);
    const { memory } = arrive(told, message(), settings);
    expect(memory.humanSpokeAt).toBeLessThan(evening);
    expect(memory.humanUntil).toBe(told.memory.humanUntil);
  });
});

describe("an agent's word", () => {
  const word = message({ id: 'a1', author: 'agent', text: '亲，在的' });

  it('takes over what waits at once, and keeps the bot still', () => {
    expect(arrive(waiting, word, settings)).toEqual({
      firstUnansweredAt: waiting.firstUnansweredAt,
      dueAt: evening,
      memory: { ...emptyMemory, humanSpokeAt: evening, humanUntil: evening + seconds(600) },
    });
  });

  it('makes nothing due where nothing waits', () => {
    expect(arrive(conversation(), word, settings)).toEqual({
      memory: { ...emptyMemory, humanSpokeAt: evening, humanUntil: evening + seconds(600) },
    });
  });

  it('is known for our own reply coming back: then nothing changes', () => {
    const echo = { ...word, id: 'our-echo' };
    expect(arrive(waiting, echo, settings)).toEqual({
      firstUnansweredAt: waiting.firstUnansweredAt,
      dueAt: waiting.dueAt,
      memory: emptyMemory,
    });
    expect(arrive(conversation(), echo, settings)).toEqual({ memory: emptyMemory });
  });
});

it("the platform's own lines change nothing", () => {
  const tip = message({ id: 's1', author: 'system', text: '买家已付款' });
  expect(arrive(waiting, tip, settings)).toEqual({
    firstUnansweredAt: waiting.firstUnansweredAt,
    dueAt: waiting.dueAt,
    memory: emptyMemory,
  });
  expect(arrive(conversation(), tip, settings)).toEqual({ memory: emptyMemory });
});
