/** The flow at work on real SQLite in memory, by a clock of the test's own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, emptyMemory, type Message } from '../../src/conversation.js';
import { createFlow, type Flow, type FlowOptions } from '../../src/flow/flow.js';
import type { Shop } from '../../src/shop/shop.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import type { Storage } from '../../src/storage/storage.js';
import { demo, demoWith, message, night, noon } from './demo-shop.js';

/** One turn of the event loop: SQLite commits in it. Taken before the clock is faked. */
const turnOfLoop = setImmediate;
const loop = () => new Promise<void>((done) => turnOfLoop(done));

let storage: Storage;
let flow: Flow;
let answered: Answer[];
let failed: { conversation: string; error: unknown }[];
const opened: { flow: Flow; storage: Storage }[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: night, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(async () => {
  for (const { flow, storage } of opened.splice(0)) {
    await flow.stop();
    await storage.close();
  }
  vi.useRealTimers();
});

async function open({ path = ':memory:', ...its }: Partial<FlowOptions> & { path?: string } = {}): Promise<void> {
  answered = [];
  failed = [];
  storage = its.storage ?? openSqlite({ path, now: Date.now });
  flow = createFlow({
    storage,
    shop: (id) => (id === 'demo' ? demo : undefined),
    now: Date.now,
    events: {
      answered: (answer) => answered.push(answer),
      failed: (_, conversation, error) => failed.push({ conversation, error }),
    },
    ...its,
  });
  opened.push({ flow, storage });
  await flow.start(['demo']);
  await settled();
}

async function close(): Promise<void> {
  await flow.stop();
  await storage.close();
  opened.pop();
}

/** Until nothing is under way at this moment of the clock. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) {
    await vi.advanceTimersByTimeAsync(0);
    await loop();
  }
}

async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await settled();
}

let count = 0;
const from = (conversation: string, text: string, its: Partial<Message> = {}): Message =>
  message({
    id: `m${++count}`,
    conversation,
    buyer: { id: `b-${conversation}` },
    text,
    sentAt: Date.now(),
    receivedAt: Date.now(),
    ...its,
  });
const feed = async () => (await storage.feed('demo', 0, 100)).rows;
const inFeed = async () => (await feed()).map((row) => row.conversation);

describe('what is due', () => {
  it('is answered when the buyer has been still, once, and lies in the feed', async () => {
    await open();
    await flow.accept([from('c1', '在吗')]);
    await pass(1000);
    await flow.accept([from('c1', '可以开发票吗')]);
    await pass(1400);
    expect(await feed()).toEqual([]);
    await pass(100);
    expect(await feed()).toMatchObject([{ conversation: 'c1', reply: { kind: 'answer' } }]);
    expect((await feed())[0]!.inReplyTo).toHaveLength(2);
    await pass(60_000);
    expect(answered).toHaveLength(1);
    expect((await storage.turn('demo', 'c1'))!.messages).toEqual([]);
  });

  it('is foreseen for agents while the buyer still writes, in the same words, and nothing of it is stored', async () => {
    vi.setSystemTime(noon);
    await open();
    await flow.accept([from('c1', '包邮吗')]);
    const turn = (await storage.turn('demo', 'c1'))!;
    const foreseen = flow.foresee(turn)!;
    expect(foreseen).toMatchObject({ action: 'draft', replies: [{ delivery: 'suggest' }, {}, {}] });
    expect(answered).toEqual([]);
    expect((await storage.transcript('demo', 'c1', 10))!.answers).toEqual([]);
    await pass(1500);
    expect(answered[0]!.replies.map(({ text }) => text)).toEqual(foreseen.replies.map(({ text }) => text));
    expect(flow.foresee((await storage.turn('demo', 'c1'))!)).toBeUndefined();
  });

  it('is answered after eight seconds of typing on and on', async () => {
    await open();
    for (let second = 0; second < 8; second++) {
      await flow.accept([from('c1', '在吗')]);
      expect(answered).toEqual([]);
      await pass(1000);
    }
    expect(answered[0]!.inReplyTo).toHaveLength(8);
  });

  it('is answered at once for a caller who waits, and the flow does not answer it again', async () => {
    await open();
    const { answers } = await flow.accept([from('c1', '可以开发票吗'), from('c2', '包邮吗')], true);
    expect(answers.map(({ action, conversation }) => `${conversation} ${action}`)).toEqual(['c1 auto', 'c2 auto']);
    await pass(10_000);
    expect(answered).toHaveLength(2);
    expect(await inFeed()).toEqual(['c1', 'c2']);
  });

  it("is not hurried by the platform's own lines, even where their caller waits for answers", async () => {
    await open();
    await flow.accept([from('c1', '在吗')]);
    const tip = from('c1', '买家正在浏览', { author: 'system' });
    expect((await flow.accept([tip], true)).answers).toEqual([]);
    await flow.accept([from('c1', '可以开发票吗')]);
    await pass(1500);
    expect(answered.map(({ inReplyTo }) => inReplyTo.length)).toEqual([2]);
  });

  it('is answered by the next process when this one stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zaima-flow-'));
    const path = join(folder, 'zaima.db');
    try {
      await open({ path });
      await flow.accept([from('c1', '可以开发票吗')]);
      await close();
      await pass(60_000);
      await open({ path });
      expect(await inFeed()).toEqual(['c1']);
    } finally {
      await close();
      rmSync(folder, { recursive: true });
    }
  });

  it('is answered for many conversations in one go', async () => {
    await open();
    await flow.accept(Array.from({ length: 450 }, (_, at) => from(`c${at}`, '包邮吗')));
    await pass(1500);
    expect(new Set(answered.map(({ conversation }) => conversation)).size).toBe(450);
    expect(answered).toHaveLength(450);
  });
});

describe('a message that comes in while its conversation is being answered', () => {
  /** Hands in a message between reading and finishing, so many times. */
  function interrupted(times: number): Storage {
    const real = openSqlite({ path: ':memory:', now: Date.now });
    let left = times;
    return {
      ...real,
      async finish(finish) {
        if (left-- > 0) await flow.accept([from('c1', '那新疆呢')]);
        return real.finish(finish);
      },
    };
  }

  it('is taken into the answer: the first try is stale', async () => {
    await open({ storage: interrupted(1) });
    await flow.accept([from('c1', '邮费多少')]);
    await pass(1500);
    expect(answered).toHaveLength(1);
    expect(answered[0]!.inReplyTo).toHaveLength(2);
    expect(await inFeed()).toEqual(['c1']);
    await pass(20_000);
    expect(answered).toHaveLength(1);
    expect(failed).toEqual([]);
  });

  it('three times over puts the turn back for a little while, and nothing is answered twice', async () => {
    await open({ storage: interrupted(3) });
    await flow.accept([from('c1', '邮费多少')]);
    await pass(1500);
    expect(answered).toEqual([]);
    await pass(2000);
    expect(answered).toHaveLength(1);
    expect(answered[0]!.inReplyTo).toHaveLength(4);
    expect(await inFeed()).toEqual(['c1']);
  });
});

describe('a turn that cannot be answered', () => {
  /** Knowledge that breaks on one buyer's words. */
  function brokenOn(text: string): { shop: Shop; mend: () => void } {
    let broken = true;
    const scan: typeof demo.model.matcher.scan = (folded) => {
      if (broken && folded.length === text.length) throw new Error('broken knowledge');
      return demo.model.matcher.scan(folded);
    };
    return {
      shop: { ...demo, model: { ...demo.model, matcher: { ...demo.model.matcher, scan } } },
      mend: () => {
        broken = false;
      },
    };
  }
  const unlucky = '可以开发票吗请问一下';

  it('is tried again later; the others are answered meanwhile', async () => {
    const { shop, mend } = brokenOn(unlucky);
    await open({ shop: () => shop });
    await flow.accept([from('before', '包邮吗'), from('unlucky', unlucky), from('behind', '几天能到')]);
    await pass(1500);
    expect((await inFeed()).sort()).toEqual(['before', 'behind']);
    expect(failed).toEqual([{ conversation: 'unlucky', error: new Error('broken knowledge') }]);
    await pass(2000);
    expect(failed).toHaveLength(2);
    mend();
    await pass(2000);
    expect(await inFeed()).toContain('unlucky');
    expect(failed).toHaveLength(2);
  });

  it('is stored nevertheless when its caller waits for the answer', async () => {
    const { shop, mend } = brokenOn(unlucky);
    await open({ shop: () => shop });
    const { accepted, answers } = await flow.accept([from('unlucky', unlucky), from('lucky', '包邮吗')], true);
    expect(accepted.map(({ duplicate }) => duplicate)).toEqual([false, false]);
    expect(answers.map(({ conversation }) => conversation)).toEqual(['lucky']);
    mend();
    await pass(1500);
    expect(await inFeed()).toEqual(['lucky', 'unlucky']);
  });

  it('by a fault of the storage is told and tried again, not all the time', async () => {
    const real = openSqlite({ path: ':memory:', now: Date.now });
    let isFull = false;
    const due: Storage['due'] = (now, limit) => (isFull ? Promise.reject(new Error('disk full')) : real.due(now, limit));
    await open({ storage: { ...real, due } });
    isFull = true;
    await flow.accept([from('c1', '包邮吗')]);
    await pass(10_000);
    expect(failed.length).toBeGreaterThanOrEqual(4);
    expect(failed.length).toBeLessThanOrEqual(6);
    isFull = false;
    await pass(2000);
    expect(await inFeed()).toEqual(['c1']);
  });

  it('is looked for again when the storage could not say what is due next', async () => {
    const real = openSqlite({ path: ':memory:', now: Date.now });
    let faults = 0;
    const nextDueAt = () => (faults-- > 0 ? Promise.reject(new Error('disk full')) : real.nextDueAt());
    await open({ storage: { ...real, nextDueAt } });
    await flow.accept([from('c1', '包邮吗')]);
    // Handed in behind the flow's back, as by a process that was killed: only the storage knows that it is due.
    await real.accept([from('c2', '包邮吗')], (_, { receivedAt }) => ({ dueAt: receivedAt + 3000, memory: emptyMemory }));
    faults = 1;
    await pass(1500);
    expect(await inFeed()).toEqual(['c1']);
    expect(failed).toEqual([{ conversation: '', error: new Error('disk full') }]);
    await pass(2000);
    expect(await inFeed()).toEqual(['c1', 'c2']);
  });
});

describe('a shop that was taken out of the configuration', () => {
  it('keeps its rows and is answered by nobody; it does not hold up the others', async () => {
    let gone = false;
    await open({ shop: (id) => (id === 'demo' || (id === 'old' && !gone) ? demo : undefined) });
    await flow.accept([from('left', '包邮吗', { shop: 'old' })]);
    gone = true;
    await flow.accept([from('c1', '包邮吗')]);
    await pass(5000);
    expect(answered.map(({ conversation }) => conversation)).toEqual(['c1']);
    expect((await storage.turn('old', 'left'))!.messages).toHaveLength(1);
    expect(failed).toEqual([]);
    gone = false;
    await pass(3_600_000);
    expect((await storage.turn('old', 'left'))!.messages).toEqual([]);
  });
});

describe('the away switch', () => {
  it('holds over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zaima-flow-'));
    const path = join(folder, 'zaima.db');
    try {
      vi.setSystemTime(noon);
      await open({ path });
      await flow.setAway('demo', { since: noon, until: noon + 3_600_000 });
      await close();
      await open({ path });
      expect(flow.away('demo')).toEqual({ since: noon, until: noon + 3_600_000 });
      const [away] = (await flow.accept([from('c1', '包邮吗')], true)).answers;
      expect(away!.action).toBe('auto');
      vi.setSystemTime(noon + 3_600_000);
      const [back] = (await flow.accept([from('c1', '可以开发票吗')], true)).answers;
      expect(back!.action).toBe('draft');
    } finally {
      await close();
      rmSync(folder, { recursive: true });
    }
  });

  it('counts from the moment it is set, and no longer once it is taken away', async () => {
    vi.setSystemTime(noon);
    await open();
    const action = async () => (await flow.accept([from(`c${count}`, '包邮吗')], true)).answers[0]!.action;
    expect(await action()).toBe('draft');
    await flow.setAway('demo', { since: noon });
    expect(await action()).toBe('auto');
    await flow.setAway('demo', undefined);
    expect(await action()).toBe('draft');
    expect(await storage.away('demo')).toBeUndefined();
  });
});

describe('who listens to the feed', () => {
  it('is called after replies were committed, and only for what goes to buyers of the shop', async () => {
    await open();
    const heard: number[] = [];
    const stop = flow.onFeed('demo', () => {
      void feed().then((rows) => heard.push(rows.length));
    });
    flow.onFeed('other', () => heard.push(-1));
    await flow.accept([from('c1', '包邮吗')], true);
    await flow.accept([from('c2', '好的谢谢')], true);
    await flow.accept([from('c3', '可以开发票吗')]);
    await pass(1500);
    expect(heard).toEqual([1, 2]);
    stop();
    await flow.accept([from('c4', '包邮吗')], true);
    await settled();
    expect(heard).toEqual([1, 2]);
  });

  it('hears of deliveries only where the shop has a callback', async () => {
    const queued = vi.fn();
    const withCallback = demoWith({}, { callbackUrl: 'https://shop.example/zaima' });
    await open({ shop: (id) => (id === 'demo' ? demo : withCallback), events: { queued } });
    await flow.accept([from('c1', '包邮吗')], true);
    expect(queued).not.toHaveBeenCalled();
    await flow.accept([from('c2', '包邮吗', { shop: 'calling' })], true);
    expect(queued).toHaveBeenCalledOnce();
    expect(await storage.claimDeliveries(Date.now(), 30, 10)).toMatchObject([{ shop: 'calling', conversation: 'c2' }]);
  });
});

describe('who speaks', () => {
  const agent = (conversation: string, text: string) => from(conversation, text, { author: 'agent' });

  it('an agent in the middle of a burst takes it over: it is closed in silence', async () => {
    await open();
    await flow.accept([from('c1', '包邮吗')]);
    await pass(500);
    await flow.accept([agent('c1', '亲，包的')]);
    await pass(5000);
    expect(answered.map(({ action }) => action)).toEqual(['silent']);
    expect(await feed()).toEqual([]);
  });

  it('a question that comes in together with an agent’s older word is kept for the agent, not lost', async () => {
    await open();
    const said = agent('c1', '亲，在的');
    await flow.accept([{ ...from('c1', '可以开发票吗'), sentAt: said.sentAt + 1000 }, said]);
    await pass(5000);
    expect(answered.map(({ action }) => action)).toEqual(['draft']);
    expect(answered[0]!.replies.map(({ delivery }) => delivery)).toContain('suggest');
  });

  it('our own reply that the platform echoes is no agent’s word', async () => {
    await open();
    const [first] = (await flow.accept([from('c1', '可以开发票吗')], true)).answers;
    await flow.accept([agent('c1', first!.replies[0]!.text)]);
    const [second] = (await flow.accept([from('c1', '包邮吗')], true)).answers;
    expect(second!.action).toBe('auto');
    await flow.accept([agent('c1', first!.replies[0]!.text)]);
    const [third] = (await flow.accept([from('c1', '支持信用卡吗')], true)).answers;
    expect(third!.action).toBe('draft');
  });
});

it('stops in the middle of its work without losing a turn', async () => {
  await open();
  await flow.accept([from('c1', '包邮吗'), from('c2', '包邮吗')]);
  vi.advanceTimersByTime(1500);
  await flow.stop();
  const done = answered.length;
  await pass(10_000);
  expect(answered).toHaveLength(done);
  const waiting = await Promise.all(['c1', 'c2'].map(async (id) => (await storage.turn('demo', id))!.messages.length));
  expect(waiting.filter((messages) => messages === 0)).toHaveLength(done);
});
