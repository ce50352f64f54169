import { expect, test } from 'vitest';
import type { Delivery, Storage } from '../../src/storage/storage.js';
import { answer, arrive, askedAndAnswered, evening, finishing, message, reply } from './samples.js';

export function deliveryContract(storage: () => Storage): void {
  const later = evening + 10_000;

  async function claim(now = later, limit = 1): Promise<Delivery> {
    const [delivery] = await storage().claimDeliveries(now, 30, limit);
    if (delivery === undefined) throw new Error('nothing to claim');
    return delivery;
  }
  const shown = async () => (await storage().transcript('tea', 'c1', 10))?.deliveries[0];

  test('a reply to be delivered is queued from the moment of its Answer', async () => {
    await askedAndAnswered(storage());
    expect(await storage().nextDeliveryAt()).toBe(evening + 1500);
    expect(await storage().claimDeliveries(evening + 1499, 30, 10)).toStrictEqual([]);
    expect(await storage().claimDeliveries(evening + 1500, 30, 10)).toStrictEqual([
      {
        shop: 'tea',
        conversation: 'c1',
        connector: 'webhook',
        reply: reply(),
        inReplyTo: ['m1'],
        createdAt: evening + 1500,
        attempts: 1,
        fence: expect.any(Number),
      },
    ]);
  });

  test('a reply for the feed alone, and one that is only suggested, are not delivered', async () => {
    await askedAndAnswered(storage(), { callback: false });
    await storage().accept([message({ id: 'm2' })], arrive);
    const draft = answer({ id: 'a2', inReplyTo: ['m2'], replies: [reply({ id: 'r2', delivery: 'suggest' })] });
    await storage().finish(finishing({ version: 3, answer: draft, callback: true }));
    expect(await storage().nextDeliveryAt()).toBeUndefined();
    expect(await storage().claimDeliveries(later, 30, 10)).toStrictEqual([]);
  });

  test('a reply goes out where the buyer wrote last', async () => {
    await storage().accept([message(), message({ id: 'm2', connector: 'wecom' })], arrive);
    await storage().finish(finishing({ version: 2, answer: answer({ inReplyTo: ['m1', 'm2'] }), callback: true }));
    expect((await claim()).connector).toBe('wecom');
  });

  test('a claimed delivery is sending and is not claimed again, also by two at once', async () => {
    await askedAndAnswered(storage());
    const claims = await Promise.all([storage().claimDeliveries(later, 30, 10), storage().claimDeliveries(later, 30, 10)]);
    expect(claims.map((one) => one.length)).toStrictEqual([1, 0]);
    expect((await shown())?.state).toBe('sending');
    expect(await storage().nextDeliveryAt()).toBeUndefined();
  });

  test('deliveries are claimed oldest first, no more than asked for', async () => {
    for (const at of [3, 1, 2]) {
      await storage().accept([message({ id: `m${at}`, conversation: `c${at}` })], arrive);
      const its = answer({ id: `a${at}`, inReplyTo: [`m${at}`], replies: [reply({ id: `r${at}` })], at: evening + at });
      await storage().finish(finishing({ conversation: `c${at}`, answer: its, callback: true }));
    }
    const claimed = await storage().claimDeliveries(later, 30, 2);
    expect(claimed.map((one) => one.reply.id)).toStrictEqual(['r1', 'r2']);
    expect(new Set(claimed.map((one) => one.fence)).size).toBe(2);
    expect(await storage().nextDeliveryAt()).toBe(evening + 3);
  });

  test('a settled delivery keeps its state and why', async () => {
    for (const state of ['sent', 'unknown', 'dropped', 'failed'] as const) {
      const id = `r-${state}`;
      await storage().accept([message({ id: state, conversation: state })], arrive);
      const its = answer({ id: `a-${state}`, inReplyTo: [state], replies: [reply({ id })] });
      await storage().finish(finishing({ conversation: state, answer: its, callback: true }));
      const { fence } = await claim();
      expect(await storage().settleDelivery(id, fence, state, state === 'sent' ? '' : 'why 为什么')).toBe(true);
      expect((await storage().transcript('tea', state, 1))?.deliveries).toStrictEqual([
        { replyId: id, state, ...(state !== 'sent' && { because: 'why 为什么' }), receipts: [] },
      ]);
    }
    expect(await storage().claimDeliveries(later + 999_999, 30, 10)).toStrictEqual([]);
  });

  test('a delivery put back is claimed again at its time, with a higher fence', async () => {
    await askedAndAnswered(storage());
    const first = await claim();
    expect(await storage().settleDelivery('r1', first.fence, 'queued', 'rate_limited', later + 5000)).toBe(true);
    expect(await storage().nextDeliveryAt()).toBe(later + 5000);
    expect(await storage().claimDeliveries(later + 4999, 30, 10)).toStrictEqual([]);
    const second = await claim(later + 5000);
    expect(second.attempts).toBe(2);
    expect(second.fence).toBeGreaterThan(first.fence);
  });

  test('who was overtaken may not settle, nor may anybody twice', async () => {
    await askedAndAnswered(storage());
    const first = await claim();
    await storage().settleDelivery('r1', first.fence, 'queued', 'rate_limited', later);
    expect(await storage().settleDelivery('r1', first.fence, 'sent', '')).toBe(false);
    const second = await claim();
    expect(await storage().settleDelivery('r1', first.fence, 'failed', 'late')).toBe(false);
    expect(await storage().settleDelivery('r1', second.fence + 1, 'failed', 'invented')).toBe(false);
    expect(await storage().settleDelivery('r2', second.fence, 'failed', 'other reply')).toBe(false);
    expect(await storage().settleDelivery('r1', second.fence, 'sent', '')).toBe(true);
    expect(await storage().settleDelivery('r1', second.fence, 'queued', 'again')).toBe(false);
    expect((await shown())?.state).toBe('sent');
  });

  test('two shops may have replies of the same id', async () => {
    await askedAndAnswered(storage());
    await storage().accept([message({ shop: 'shoes' })], arrive);
    await storage().finish(finishing({ shop: 'shoes', callback: true }));
    const [one, other] = await storage().claimDeliveries(later, 30, 10);
    expect([one?.shop, other?.shop]).toStrictEqual(['tea', 'shoes']);
    expect(await storage().settleDelivery('r1', other?.fence ?? 0, 'sent', '')).toBe(true);
    expect((await shown())?.state).toBe('sending');
  });

  test('a lease that ran out goes back to the queue for idempotent connectors and ends as unknown for others', async () => {
    await askedAndAnswered(storage());
    await storage().accept([message({ conversation: 'c2', connector: 'line' })], arrive);
    const its = answer({ id: 'a2', replies: [reply({ id: 'r2' })] });
    await storage().finish(finishing({ conversation: 'c2', answer: its, callback: true }));
    await storage().claimDeliveries(later, 30, 10);

    expect(await storage().expireLeases(later + 29_999, ['line'])).toBe(0);
    expect(await storage().expireLeases(later + 30_000, ['line'])).toBe(2);
    expect(await shown()).toStrictEqual({ replyId: 'r1', state: 'unknown', because: 'lease_expired', receipts: [] });
    expect(await storage().nextDeliveryAt()).toBe(later + 30_000);
    expect(await storage().expireLeases(later + 99_999, ['line'])).toBe(0);
    expect(await claim(later + 30_000)).toMatchObject({ reply: { id: 'r2' }, attempts: 2 });
  });

  test('the holder of a lease that ran out may still tell what became of it, until it is claimed anew', async () => {
    await askedAndAnswered(storage());
    const first = await claim();
    await storage().expireLeases(later + 30_000, []);
    expect(await storage().settleDelivery('r1', first.fence, 'sent', '')).toBe(true);
    expect(await shown()).toStrictEqual({ replyId: 'r1', state: 'sent', receipts: [] });
  });
}
