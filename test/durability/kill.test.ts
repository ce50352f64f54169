/** Nothing acknowledged is lost and nothing is answered twice, however often the process is killed under load. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { get, post, putAway, type Served, serve } from './served.js';

const kills = Number(process.env.KILLS ?? 20);
const writers = 8;
const texts = ['包邮吗', '可以开发票吗', '我要投诉', '支持信用卡吗', '怎么还没发货', 'qwerty'];

interface FeedPage {
  readonly replies: readonly { readonly id: string; readonly inReplyTo: readonly string[] }[];
  readonly cursor: string;
}

async function wholeFeed(served: Served): Promise<FeedPage['replies']> {
  const all: FeedPage['replies'][number][] = [];
  let after = '';
  for (;;) {
    const page: FeedPage = await get<FeedPage>(served, `/v1/shops/demo/replies?limit=500&after=${after}`);
    all.push(...page.replies);
    if (page.replies.length === 0) return all;
    after = page.cursor;
  }
}

it(`loses and doubles nothing in ${kills} kills under load`, { timeout: 300_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zaima-kill-'));
  const secret = randomBytes(32);
  const acknowledged = new Map<string, string>();
  let next = 0;
  for (let round = 0; round < kills; round++) {
    const served = await serve(dataDir, secret);
    if (round === 0) await putAway(served);
    let isOver = false;
    const write = async () => {
      while (!isOver) {
        const id = `k${next++}`;
        const message = { id, conversation: `c-${id}`, buyer: { id: `b-${id}` }, text: texts[next % texts.length] };
        // Every other message waits for its answer, so that kills fall into both ways.
        try {
          await post(served.address, secret, message, next % 2 === 0);
          acknowledged.set(id, message.conversation);
        } catch {
          return;
        }
      }
    };
    const load = Array.from({ length: writers }, write);
    await new Promise((done) => setTimeout(done, 150 + ((round * 97) % 400)));
    served.process.kill('SIGKILL');
    isOver = true;
    await Promise.all([...load, served.exited]);
  }

  const served = await serve(dataDir, secret);
  const answered = () => wholeFeed(served).then((replies) => replies.flatMap((reply) => reply.inReplyTo));
  let ids = await answered();
  for (let tries = 0; tries < 400 && [...acknowledged.keys()].some((id) => !ids.includes(id)); tries++) {
    await new Promise((done) => setTimeout(done, 100));
    ids = await answered();
  }
  const times = new Map<string, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  expect(acknowledged.size).toBeGreaterThan(kills * writers);
  expect([...acknowledged.keys()].filter((id) => times.get(id) !== 1)).toEqual([]);
  expect([...times].filter(([, count]) => count !== 1)).toEqual([]);

  const some = [...acknowledged].filter((_, i) => i % Math.ceil(acknowledged.size / 200) === 0);
  for (const [id, conversation] of some) {
    const transcript = await get<{ messages: readonly { readonly id: string }[] }>(
      served,
      `/v1/shops/demo/conversations/${conversation}`,
    );
    expect(transcript.messages.filter((message) => message.id === id)).toHaveLength(1);
  }
  served.process.kill('SIGTERM');
  await served.exited;
  rmSync(dataDir, { recursive: true, force: true });
});
