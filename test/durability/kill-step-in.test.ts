/** A buyer who waits on duty is answered by the bot once, however often the process is killed while it steps in. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { homeWith } from '../running-house.js';
import { get, post, type Served, serve } from './served.js';

const kills = Number(process.env.STEP_IN_KILLS ?? 6);
const buyers = 300;
/** All of them must have written before the first is due. */
const afterSeconds = 10;

interface FeedPage {
  readonly replies: readonly { readonly conversation: string; readonly inReplyTo: readonly string[] }[];
}

it(`steps in exactly once in ${kills} kills`, { timeout: 120_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zaima-kill-step-in-'));
  const home = homeWith((shop) => {
    // Somebody is always on duty, so that the test does not depend on the hour.
    for (const day of Object.keys(shop.hours.weekly)) shop.hours.weekly[day] = ['00:00-24:00'];
    shop.hours.holidays.ranges = ['00:00-24:00'];
    shop.hours.exceptions = [];
    shop.bot = { ...shop.bot, burstSeconds: 0.1, stepIn: { afterSeconds, with: 'answer' } };
  });
  const before = process.env.ZAIMA_HOME;
  process.env.ZAIMA_HOME = home;
  try {
    const secret = randomBytes(32);
    const feed = async (served: Served) => (await get<FeedPage>(served, '/v1/shops/demo/replies?limit=500')).replies;
    let served = await serve(dataDir, secret);
    const lastAt = Date.now();
    await Promise.all(
      Array.from({ length: buyers }, (_, i) => {
        const message = { id: `s${i}`, conversation: `c-s${i}`, buyer: { id: `b-s${i}` }, text: '可以开发票吗' };
        return post(served.address, secret, message, i % 2 === 0);
      }),
    );
    expect(await feed(served)).toEqual([]);
    // Killed around the moment at which all of them are due.
    await new Promise((done) => setTimeout(done, Math.max(0, lastAt + afterSeconds * 1000 - Date.now())));
    for (let round = 0; round < kills; round++) {
      await new Promise((done) => setTimeout(done, round * 13));
      served.process.kill('SIGKILL');
      await served.exited;
      served = await serve(dataDir, secret);
    }
    let replies = await feed(served);
    for (let tries = 0; tries < 400 && replies.length < buyers; tries++) {
      await new Promise((done) => setTimeout(done, 100));
      replies = await feed(served);
    }
    expect(replies).toHaveLength(buyers);
    expect(new Set(replies.map(({ conversation }) => conversation)).size).toBe(buyers);
    expect(replies.flatMap(({ inReplyTo }) => inReplyTo)).toEqual([]);
    await new Promise((done) => setTimeout(done, 1000));
    expect(await feed(served)).toHaveLength(buyers);
    served.process.kill('SIGTERM');
    await served.exited;
  } finally {
    if (before === undefined) delete process.env.ZAIMA_HOME;
    else process.env.ZAIMA_HOME = before;
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }
});
