/** The client against the real service: bad network, restarts, refusals. */
import { WebSocket as BrowserWebSocket } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { type ConnectOptions, type ConnectState, connectToZaima } from '../../src/client/connect-client.js';
import type { ConnectError } from '../../src/client/frames.js';
import { freshId, type House, type HouseOptions, startHouse } from '../running-house.js';
import { openCuttingProxy, seeded } from './cutting-proxy.js';

const night = '2026-11-11T02:00:00+08:00';
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const portOf = (house: House) => Number(new URL(house.address).port);

async function openHouse(options: HouseOptions = {}) {
  const house = await startHouse({
    at: night,
    shop: (shop) => {
      shop.bot = { ...shop.bot, burstSeconds: 0 };
    },
    ...options,
  });
  onTestFinished(() => house.stop());
  const { body } = await house.post('/v1/shops/demo/tokens', { scope: 'connect' });
  return { house, token: body.token as string, tokenId: body.id as string };
}

function openClient(port: number, token: string, more: Partial<ConnectOptions> = {}) {
  const seen: string[] = [];
  const states: ConnectState[] = [];
  const faults: ConnectError[] = [];
  const client = connectToZaima({
    url: `ws://127.0.0.1:${port}/v1/connect`,
    shop: 'demo',
    token,
    webSocket: WebSocket,
    backoff: { firstMs: 2, mostMs: 20 },
    onReplies: (replies) => void seen.push(...replies.map(({ id }) => id)),
    onState: (state) => states.push(state),
    onFault: (fault) => faults.push(fault),
    ...more,
  });
  onTestFinished(() => client.close());
  return { client, seen, states, faults };
}

const message = (i: number, text = '包邮吗') => ({ id: freshId(), conversation: `c-${i}`, buyer: { id: `b-${i}` }, text });

describe('the client', () => {
  it('loses, doubles and reorders nothing over 200 cuts at any moment', { timeout: 180_000 }, async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    const random = seeded(seed);
    const { house, token } = await openHouse();
    const proxy = await openCuttingProxy(portOf(house), 200, random);
    onTestFinished(() => proxy.close());
    // By chance few cuts fall between a commit and its ack, or none.
    proxy.acksToLose = 10;
    const seen: string[] = [];
    const { client, states } = openClient(proxy.port, token, {
      random,
      async onReplies(replies) {
        // A plug-in that has its own faults and takes its time.
        if (random() < 0.05) throw new Error('the chat client is busy');
        if (random() < 0.3) await later(random() * 4);
        seen.push(...replies.map(({ id }) => id));
      },
    });
    const acks = [];
    for (let i = 0; i < 500; i++) {
      acks.push(client.send(message(i)));
      // Spread over the cuts.
      while (proxy.cutsLeft > 200 - i * 0.4) await later(1);
    }
    const told = await Promise.all(acks);
    await expect.poll(() => proxy.cutsLeft, { timeout: 60_000, message: `seed ${seed}` }).toBe(0);
    const replies = await house.feedOf(500);
    await expect.poll(() => seen.length, { timeout: 30_000, message: `seed ${seed}` }).toBe(500);
    expect(seen, `seed ${seed}`).toEqual(replies.map(({ id }) => id));
    expect(new Set(replies.flatMap(({ inReplyTo }) => inReplyTo))).toEqual(new Set(told.map(({ id }) => id)));
    expect(proxy.acksToLose).toBe(0);
    expect(told.filter(({ duplicate }) => duplicate).length, `seed ${seed}`).toBeGreaterThan(0);
    expect(told.filter(({ conflict }) => conflict)).toEqual([]);
    for (let i = 0; i < 500; i += 7) {
      const { body } = await house.get(`/v1/shops/demo/conversations/c-${i}`);
      expect((body as { messages: unknown[] }).messages).toHaveLength(1);
    }
    const downs = states.filter(({ state }) => state === 'waiting').length;
    expect(downs).toBeGreaterThanOrEqual(200);
    // Whoever comes with the cursor gets nothing anew.
    const next = openClient(portOf(house), token, { cursor: client.cursor! });
    await client.send(message(1000));
    await expect.poll(() => next.seen.length).toBe(1);
    expect(seen.slice(0, 500)).not.toContain(next.seen[0]);
    process.stderr.write(
      `cuts: ${downs} times down, ${told.filter(({ duplicate }) => duplicate).length} acks lost, seed ${seed}\n`,
    );
  });

  it('goes on after the service restarts, and keeps the order of a conversation', async () => {
    const { mkdtempSync, rmSync } = await import('node:fs');
    const dataDir = mkdtempSync('/tmp/zaima-restart-');
    const shop = (parameters: Record<string, any>) => {
      parameters.bot = { ...parameters.bot, burstSeconds: 8 };
    };
    const first = await startHouse({ at: night, dataDir, shop });
    const { body } = await first.post('/v1/shops/demo/tokens', { scope: 'connect' });
    const proxy = await openCuttingProxy(portOf(first), 0, Math.random);
    const { client, states } = openClient(proxy.port, body.token);
    const said = Array.from({ length: 60 }, (_, i) => ({
      ...message(0, `第${i}句`),
      sentAt: new Date(first.now() + i).toISOString(),
    }));
    const acks = said.map((one) => client.send(one));
    await acks[20];
    await first.stop();
    const acksAfter = Array.from({ length: 5 }, () => client.send(message(1)));
    await expect.poll(() => states.at(-1)?.state).not.toBe('open');
    const second = await startHouse({ at: night, dataDir, shop });
    onTestFinished(async () => {
      await second.stop();
      await proxy.close();
      rmSync(dataDir, { recursive: true, force: true });
    });
    proxy.target = portOf(second);
    await Promise.all([...acks, ...acksAfter]);
    const { body: read } = await second.get('/v1/shops/demo/conversations/c-0');
    expect((read as { messages: { text: string }[] }).messages.map(({ text }) => text)).toEqual(said.map(({ text }) => text));
    expect(states.some((one) => one.state === 'waiting' && one.code === 1012)).toBe(true);
  });

  it('runs on the WebSocket that browsers have, which throws before it is open and insists on the subprotocol', async () => {
    const { house, token } = await openHouse();
    const proxy = await openCuttingProxy(portOf(house), 5, seeded(3));
    onTestFinished(() => proxy.close());
    const { client, seen, faults } = openClient(proxy.port, token, { webSocket: BrowserWebSocket, silenceMs: 2000 });
    await Promise.all(Array.from({ length: 20 }, (_, i) => client.send(message(i))));
    await expect.poll(() => seen.length).toBe(20);
    const [reply] = await house.feedOf(20);
    await client.receipt(reply!.id, { state: 'sent' });
    expect(faults.filter(({ code }) => code !== 'socket')).toEqual([]);
  });

  it('waits for a buyer who has sent too much without keeping the others waiting', async () => {
    const { house, token } = await openHouse({ service: { limits: { buyerMessagesPerMinute: 30 } } });
    const { client } = openClient(portOf(house), token);
    const order: string[] = [];
    const eager = Array.from({ length: 32 }, () => client.send(message(0)).then(() => order.push('eager')));
    const others = Array.from({ length: 20 }, (_, i) => client.send(message(i + 1)).then(() => order.push('other')));
    await Promise.all(others);
    expect(order.filter((one) => one === 'eager').length).toBeLessThan(32);
    await Promise.all(eager);
  });

  it('tells which message is wrong, and hands in the others', async () => {
    const { house, token } = await openHouse();
    const { client } = openClient(portOf(house), token);
    const [a, b, c, d] = [client.send(message(1)), client.send(message(2)), client.send(message(3, '')), client.send(message(4))];
    await expect(c).rejects.toMatchObject({
      code: 'invalid',
      faults: [{ field: expect.stringMatching(/^messages\[\d+\]\.text$/) }],
    });
    expect((await Promise.all([a, b, d])).every(({ duplicate }) => !duplicate)).toBe(true);
    await expect(client.receipt('r-none', { state: 'sent' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(client.send(message(5, 'x'.repeat(300_000)))).rejects.toMatchObject({ code: 'too_large' });
    await client.send(message(6));
  });

  it('bounds what waits, and gives it back when it is closed', async () => {
    const { client } = openClient(1, 'zt_none', { mostWaiting: 3 });
    const waiting = [1, 2, 3].map((i) => client.send(message(i)));
    await expect(client.send(message(4))).rejects.toMatchObject({ code: 'queue_full' });
    client.close();
    for (const one of waiting) await expect(one).rejects.toMatchObject({ code: 'closed' });
    await expect(client.send(message(5))).rejects.toMatchObject({ code: 'closed' });
  });

  it('waits where its token is refused, not all clients alike, and asks for another', async () => {
    const { house, token, tokenId } = await openHouse();
    let asked = 0;
    let current = token;
    const numbers = seeded(7);
    const { client, states, faults } = openClient(portOf(house), '', {
      token: async () => {
        asked += 1;
        return current;
      },
      backoff: { firstMs: 10, mostMs: 80 },
      refusedMs: 120,
      random: numbers,
    });
    await client.send(message(1));
    const revoked = await fetch(`${house.address}/v1/shops/demo/tokens/${tokenId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${(await house.post('/v1/shops/demo/tokens', { scope: 'admin' })).body.token}` },
    });
    expect(revoked.status).toBe(204);
    const waits = () => states.flatMap((one) => (one.state === 'waiting' ? [one] : []));
    await expect.poll(() => waits().length).toBeGreaterThan(5);
    expect(waits()[0]!.code).toBe(4001);
    const milliseconds = waits().map((one) => one.milliseconds);
    for (const [i, most] of [10, 120, 120, 120, 120, 120].entries()) {
      expect(milliseconds[i]).toBeGreaterThanOrEqual(most / 2);
      expect(milliseconds[i]).toBeLessThanOrEqual(most);
    }
    expect(faults.map(({ code }) => code)).toContain('unauthorized');
    current = (await house.post('/v1/shops/demo/tokens', { scope: 'connect' })).body.token;
    await client.send(message(2));
    expect(asked).toBeGreaterThan(5);
  });

  it.each([
    ['ws', WebSocket],
    ['that of browsers', BrowserWebSocket],
  ] as const)('tells a dead service from one that refuses it, by the WebSocket %s', async (_, webSocket) => {
    const { house, token } = await openHouse();
    const refused = openClient(portOf(house), 'zt_none', { webSocket, refusedMs: 60_000 });
    const elsewhere = openClient(portOf(house), token, { webSocket, shop: 'elsewhere' });
    const dead = openClient(1, token, { webSocket, backoff: { firstMs: 10, mostMs: 80 } });
    for (const { faults, states } of [refused, elsewhere]) {
      await expect.poll(() => faults.map(({ code }) => code)).toContain('unauthorized');
      await expect.poll(() => states.at(-1)).toMatchObject({ state: 'waiting' });
      expect((states.at(-1) as { milliseconds: number }).milliseconds).toBeGreaterThanOrEqual(30_000);
    }
    const waits = () => dead.states.flatMap((one) => (one.state === 'waiting' ? [one.milliseconds] : []));
    await expect.poll(() => waits().length).toBeGreaterThan(5);
    for (const [i, most] of [10, 20, 40, 80, 80].entries()) {
      expect(waits()[i]).toBeGreaterThanOrEqual(most / 2);
      expect(waits()[i]).toBeLessThanOrEqual(most);
    }
    expect(dead.faults.map(({ code }) => code)).not.toContain('unauthorized');
  });

  it('tells what a message lacks without sending it', async () => {
    const { client } = openClient(1, 'zt_none');
    const send = (sent: unknown) => client.send(sent as never);
    await expect(send({ text: '在吗' })).rejects.toMatchObject({
      name: 'ConnectError',
      code: 'invalid',
      faults: [{ field: 'id' }, { field: 'conversation' }, { field: 'buyer.id', problem: 'is missing' }],
    });
    await expect(send(undefined)).rejects.toMatchObject({ code: 'invalid' });
    await expect(send({ id: 'm', conversation: 'c', buyer: { id: 7 } })).rejects.toMatchObject({
      faults: [{ field: 'buyer.id', problem: 'is a number, not text' }],
    });
  });

  it('gives up a connection that says nothing', async () => {
    const { createServer } = await import('node:net');
    const mute = createServer(() => undefined).listen(0, '127.0.0.1');
    onTestFinished(() => void mute.close());
    await later(20);
    const { states } = openClient((mute.address() as { port: number }).port, 'zt_x', { silenceMs: 200 });
    await expect.poll(() => states.some((one) => one.state === 'waiting' && one.reason === 'silence')).toBe(true);
  });
});
