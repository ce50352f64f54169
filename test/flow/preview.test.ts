/** What is previewed is what the flow then does, to the letter: same moment, same words, on a real database. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../src/conversation.js';
import { createFlow } from '../../src/flow/flow.js';
import { preview } from '../../src/flow/preview.js';
import type { BotMode } from '../../src/policy/bot-mode.js';
import type { Shop } from '../../src/shop/shop.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import type { Away } from '../../src/storage/storage.js';
import { demo, demoWith, message, night, noon } from './demo-shop.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const turnOfLoop = setImmediate;

/** All Answers that the flow gives to a lone message within an hour. */
async function flowAnswers(
  shop: Shop,
  away: Away | undefined,
  at: number,
  text: string,
  lowered?: BotMode,
): Promise<readonly Answer[]> {
  vi.setSystemTime(at);
  const answered: Answer[] = [];
  const storage = openSqlite({ path: ':memory:', now: Date.now });
  const flow = createFlow({
    storage,
    shop: () => shop,
    now: Date.now,
    lowered: () => lowered,
    events: { answered: (answer) => answered.push(answer) },
  });
  await storage.setAway('demo', away);
  await flow.start(['demo']);
  const more = { id: 'preview_message', conversation: 'preview', buyer: { id: 'preview' }, sentAt: at, receivedAt: at };
  await flow.accept([message({ text, ...more })], true);
  for (let turns = 0; turns < 30; turns++) {
    await vi.advanceTimersByTimeAsync(3_600_000 / 30);
    await new Promise<void>((done) => turnOfLoop(done));
  }
  await flow.stop();
  await storage.close();
  return answered;
}

const told = ({ action, because, open, replies, follows }: Answer) => ({
  action,
  because,
  open,
  follows: follows !== undefined,
  replies: replies.map(({ id: _, ...reply }) => reply),
});

const texts = ['可以开发票吗', '邮费多少', '在吗', '我要投诉', '好的谢谢', '那个那个怎么说呢就是那样', '到新疆几天', '便宜点吧'];
const moment = fc.integer({ min: Date.parse('2026-09-01'), max: Date.parse('2027-02-20') });
const away = fc.option(fc.tuple(fc.integer({ min: 0, max: 36e5 }), fc.integer({ min: 1, max: 4 * 864e5 })));
const stepIn = fc.option(fc.record({ with: fc.constantFrom('busy', 'answer'), afterSeconds: fc.integer({ min: 5, max: 600 }) }));

const asItIs = { away: undefined };

describe('a preview', () => {
  it('is what the flow then does', async () => {
    const run = fc.asyncProperty(
      moment,
      fc.constantFrom(...texts),
      away,
      stepIn,
      fc.constantFrom('auto' as const, 'auto' as const, 'shadow' as const, 'off' as const),
      fc.constantFrom(undefined, undefined, 'shadow' as const, 'off' as const),
      async (at, text, absence, rule, mode, lowered) => {
        const shop = demoWith({
          mode,
          stepIn: rule === null ? undefined : { afterMessages: 3, notBeforeSeconds: 10, ...rule },
        });
        const switched = absence === null ? undefined : { since: at - absence[0], until: at - absence[0] + absence[1] };
        const seen = preview(shop, { away: switched, lowered }, { at, days: 1, text });
        const done = await flowAnswers(shop, switched, at, text, lowered);
        expect(done.map(told)).toEqual([seen.answer, seen.stepIn].filter((one) => one !== undefined).map(told));
      },
    );
    await fc.assert(run, { numRuns: 120 });
  }, 60_000);

  it('tells the calendar alone where no message is given', () => {
    const { answer, stepIn, duty, openingWords } = preview(demo, asItIs, { at: night, days: 1 });
    expect([answer, stepIn, duty.onDuty, openingWords]).toEqual([undefined, undefined, false, '明天上午10点']);
  });

  it('says how long a buyer waits before the bot steps in, on duty alone', () => {
    const waits = (shop: typeof demo, at: number) => preview(shop, asItIs, { at, days: 0 }).stepInSeconds;
    const rule = { afterSeconds: 45, afterMessages: 3, notBeforeSeconds: 10, with: 'answer' } as const;
    expect(waits(demoWith({ stepIn: rule }), noon)).toBe(45);
    expect(waits(demoWith({ stepIn: rule }), night)).toBeUndefined();
    expect(waits(demoWith({ stepIn: undefined }), noon)).toBeUndefined();
  });

  it('knows the product page, and names an absence only while it lasts', () => {
    const gone = { since: noon - 36e5, until: noon };
    const { away: shown, answer } = preview(
      demo,
      { ...asItIs, away: gone },
      { at: noon, days: 0, text: '这款有货吗', itemId: 'cashmere-scarf' },
    );
    expect(shown).toBeUndefined();
    expect(answer!.replies[0]!.text).toContain('围巾');
    expect(preview(demo, { ...asItIs, away: gone }, { at: noon - 1, days: 0 }).away).toEqual(gone);
  });
});
