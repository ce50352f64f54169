/** The service is killed (SIGKILL) again and again under load by websocket: what was acknowledged is there, replies come once. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import { connectToZaima } from '../../src/client/connect-client.js';
import { openCuttingProxy } from '../client/cutting-proxy.js';
import { get, putAway, type Served, serve } from './served.js';

const kills = 6;
interface FeedPage {
  readonly replies: readonly { readonly id: string; readonly inReplyTo: readonly string[] }[];
  readonly cursor: string;
}

async function wholeFeed(served: Served): Promise<FeedPage['replies']> {
  const replies = [];
  let after = '';
  for (;;) {
    const page = await get<FeedPage>(served, `/v1/shops/demo/replies?limit=500&after=${after}`);
    if (page.replies.length === 0) return replies;
    replies.push(...page.replies);
    after = page.cursor;
  }
}

it('keeps acknowledged messages and answers each once when it is killed', { timeout: 300_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zaima-kill-'));
  const secret = randomBytes(32);
  let served = await serve(dataDir, secret);
  await putAway(served);
  const made = await fetch(`${served.address}/v1/shops/demo/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${served.token}`, 'content-type': 'application/json' },
    body: '{"scope":"connect"}',
  });
  const { token } = (await made.json()) as { token: string };
  const proxy = await openCuttingProxy(Number(new URL(served.address).port), 0, Math.random);
  const seen: string[] = [];
  const client = connectToZaima({
    url: `ws://127.0.0.1:${proxy.port}/v1/connect`,
    shop: 'demo',
    token,
    webSocket: WebSocket,
    backoff: { firstMs: 10, mostMs: 50 },
    onReplies: (replies) => void seen.push(...replies.map(({ id }) => id)),
  });
  const acks: Promise<{ id: string; duplicate: boolean }>[] = [];
  let isOver = false;
  let unacknowledged = 0;
  const load = (async () => {
    while (!isOver) {
      const id = `k${acks.length}`;
      unacknowledged += 1;
      const ack = client.send({ id, conversation: `c-${id}`, buyer: { id: `b-${id}` }, text: '包邮吗' });
      acks.push(ack);
      void ack.then(() => {
        unacknowledged -= 1;
      });
      while (unacknowledged > 200 && !isOver) await new Promise((done) => setTimeout(done, 5));
      if (acks.length % 5 === 0) await new Promise((done) => setTimeout(done, 5));
    }
  })();
  for (let round = 0; round < kills; round++) {
    await new Promise((done) => setTimeout(done, 400 + ((round * 97) % 400)));
    served.process.kill('SIGKILL');
    await served.exited;
    served = await serve(dataDir, secret);
    proxy.target = Number(new URL(served.address).port);
  }
  isOver = true;
  await load;
  const told = await Promise.all(acks);
  expect(told.length).toBeGreaterThan(kills * 50);
  await expect.poll(() => seen.length, { timeout: 60_000 }).toBe(told.length);
  const feed = await wholeFeed(served);
  expect(seen).toEqual(feed.map(({ id }) => id));
  expect(feed.flatMap(({ inReplyTo }) => inReplyTo).sort()).toEqual(told.map(({ id }) => id).sort());
  process.stderr.write(
    `killed ${kills} times, ${told.length} messages, ${told.filter(({ duplicate }) => duplicate).length} acks lost\n`,
  );
  client.close();
  await proxy.close();
  served.process.kill('SIGTERM');
  await served.exited;
  rmSync(dataDir, { recursive: true, force: true });
});
