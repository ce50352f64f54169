import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Connector, SendOutcome } from '../../src/connectors/connector.js';
import { type CallbackSettings, startCallback } from '../../src/flow/callback.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import type { Delivery } from '../../src/storage/storage.js';
import { answerTo, start } from '../server/opened.js';

// The database commits on setImmediate, which stays real.
beforeEach(() => void vi.useFakeTimers({ now: start, toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const memory = { answered: [], misunderstood: 0, lastIntents: [], lastSlots: {}, lastTexts: [] };

/** Replies in the outbox of a real database, and a connector that does what it is told. */
async function openOutbox(
  outcomes: (delivery: Delivery, signal: AbortSignal) => Promise<SendOutcome> | SendOutcome,
  more: Partial<CallbackSettings> = {},
) {
  const storage = openSqlite({ path: ':memory:', now: Date.now });
  const sent: { reply: string; at: number }[] = [];
  const connector: Connector = {
    name: 'generic',
    idempotent: true,
    pushes: () => true,
    receive: () => ({ refused: false, messages: [] }),
    async send(delivery, signal) {
      sent.push({ reply: delivery.reply.id, at: Date.now() - start });
      return outcomes(delivery, signal);
    },
  };
  const claim = vi.spyOn(storage, 'claimDeliveries');
  const worker = startCallback({
    storage,
    connectors: [connector],
    mayStillSend: async () => undefined,
    retrySeconds: [5, 300],
    jitterSeconds: (wait) => wait / 10,
    now: Date.now,
    language: 'en',
    log: pino({ level: 'silent' }),
    ...more,
  });
  onTestFinished(async () => {
    await worker.stop();
    await storage.close();
  });

  let count = 0;
  async function queue(conversation: string, connectorName = 'generic'): Promise<string> {
    count += 1;
    const { turns } = await storage.accept(
      [
        {
          shop: 'demo',
          connector: connectorName,
          id: `m-${count}`,
          conversation,
          buyer: { id: 'b' },
          author: 'buyer',
          type: 'text',
          text: '在吗',
          sentAt: Date.now(),
          receivedAt: Date.now(),
        },
      ],
      () => ({ memory, dueAt: Date.now() }),
    );
    const turn = turns[0]!;
    const answer = answerTo(turn, Date.now());
    await storage.finish({
      shop: 'demo',
      conversation,
      version: turn.conversation.version,
      answer,
      change: { memory },
      callback: true,
    });
    worker.wake();
    return answer.replies[0]!.id;
  }
  async function state(conversation: string) {
    const { deliveries } = (await storage.transcript('demo', conversation, 10))!;
    return deliveries.map((one) => [one.state, one.because]);
  }
  return { storage, worker, sent, claim, queue, state };
}

/** Lets time pass in steps, and between them whatever was begun go as far as it can. */
async function passed(ms: number): Promise<void> {
  const step = Math.max(100, ms / 2000);
  for (let left = ms; left > 0; left -= step) {
    for (let i = 0; i < 12; i += 1) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(Math.min(step, left));
  }
  for (let i = 0; i < 12; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('callbacks', () => {
  it('go out as soon as they are queued, and cost nothing while there are none', async () => {
    const box = await openOutbox(() => ({ state: 'sent' }));
    await passed(3_600_000);
    expect(box.claim).not.toHaveBeenCalled();
    const id = await box.queue('c-1');
    await passed(1);
    expect(box.sent.map(({ reply }) => reply)).toEqual([id]);
    expect(await box.state('c-1')).toEqual([['sent', undefined]]);
    await passed(3_600_000);
    expect(box.sent).toHaveLength(1);
    expect(box.claim).toHaveBeenCalledTimes(1);
  });

  it('are tried again by the schedule, and given up after its end', async () => {
    const box = await openOutbox(() => ({ state: 'retry', because: 'answered 503' }));
    await box.queue('c-1');
    await passed(1);
    expect(await box.state('c-1')).toEqual([['queued', 'answered 503']]);
    await passed(400_000);
    const [first, second, third] = box.sent.map(({ at }) => at);
    expect(first).toBeLessThan(500);
    expect(second! - first!).toBeGreaterThanOrEqual(5500);
    expect(second! - first!).toBeLessThan(6500);
    expect(third! - second!).toBeGreaterThanOrEqual(330_000);
    expect(third! - second!).toBeLessThan(331_000);
    await passed(3_600_000);
    expect(box.sent).toHaveLength(3);
    expect(await box.state('c-1')).toEqual([['failed', 'answered 503; given up after 3 attempts']]);
  });

  it('wait longer when the receiver asks for it', async () => {
    const box = await openOutbox((delivery) =>
      delivery.attempts === 1 ? { state: 'retry', because: 'answered 429', afterSeconds: 60 } : { state: 'sent' },
    );
    await box.queue('c-1');
    await passed(65_000);
    expect(box.sent).toHaveLength(1);
    await passed(2000);
    expect(await box.state('c-1')).toEqual([['sent', undefined]]);
  });

  it('are dropped when a person took over meanwhile, and say so', async () => {
    const box = await openOutbox(() => ({ state: 'sent' }), { mayStillSend: async () => ({ code: 'on_duty' }) });
    await box.queue('c-1');
    await passed(1);
    expect(box.sent).toEqual([]);
    expect(await box.state('c-1')).toEqual([['dropped', expect.stringMatching(/agents are on duty/)]]);
  });

  it('of one conversation go out one after the other, of several at once', async () => {
    let open = 0;
    let most = 0;
    const ends: string[] = [];
    const box = await openOutbox(async (delivery) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setTimeout(resolve, delivery.inReplyTo[0] === 'm-1' ? 3000 : 100));
      ends.push(delivery.inReplyTo[0]!);
      open -= 1;
      return { state: 'sent' };
    });
    await box.queue('c-1');
    await box.queue('c-1');
    await box.queue('c-2');
    await passed(5000);
    expect(ends).toEqual(['m-3', 'm-1', 'm-2']);
    expect(most).toBe(2);
  });

  it('are retried when a connector breaks, and fail where there is none', async () => {
    const box = await openOutbox((delivery) => {
      if (delivery.attempts === 1) throw new Error('a bug');
      return { state: 'sent' };
    });
    await box.queue('c-1');
    await box.queue('c-2', 'wecom');
    await passed(10_000);
    expect(await box.state('c-1')).toEqual([['sent', undefined]]);
    expect(await box.state('c-2')).toEqual([['failed', expect.stringMatching(/wecom/)]]);
  });

  it('are taken up again when the process that held them died', async () => {
    const box = await openOutbox(() => ({ state: 'sent' }));
    await passed(1);
    await box.worker.stop();
    await box.queue('c-1');
    expect(await box.storage.claimDeliveries(Date.now(), 30, 1)).toHaveLength(1);
    const worker = startCallback({
      storage: box.storage,
      connectors: [
        {
          name: 'generic',
          idempotent: true,
          pushes: () => true,
          receive: () => ({ refused: false, messages: [] }),
          send: async () => ({ state: 'sent', platformMessageId: 'p-1' }),
        },
      ],
      mayStillSend: async () => undefined,
      retrySeconds: [5],
      jitterSeconds: () => 0,
      now: Date.now,
      language: 'zh',
      log: pino({ level: 'silent' }),
    });
    await passed(29_000);
    expect(await box.state('c-1')).toEqual([['sending', undefined]]);
    await passed(32_000);
    const { deliveries } = (await box.storage.transcript('demo', 'c-1', 10))!;
    expect(deliveries[0]).toMatchObject({ state: 'sent', receipts: [{ platformMessageId: 'p-1' }] });
    await worker.stop();
  });

  it('survive a storage that fails for a while', async () => {
    const box = await openOutbox(() => ({ state: 'sent' }));
    await passed(1);
    const failing = vi.spyOn(box.storage, 'nextDeliveryAt').mockRejectedValue(new Error('disk'));
    await box.queue('c-1');
    await passed(10_000);
    expect(failing.mock.calls.length).toBeLessThan(10);
    failing.mockRestore();
    await passed(60_000);
    expect(await box.state('c-1')).toEqual([['sent', undefined]]);
  });

  it('under way are waited for at the end', async () => {
    const box = await openOutbox(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return { state: 'sent' };
    });
    await box.queue('c-1');
    await passed(1);
    let stopped = false;
    const stopping = box.worker.stop().then(() => {
      stopped = true;
    });
    await passed(4000);
    expect(stopped).toBe(false);
    await passed(2000);
    await stopping;
    expect(await box.state('c-1')).toEqual([['sent', undefined]]);
  });
});
