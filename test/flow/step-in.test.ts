/** Busy step-in on real SQLite, by a clock of the test's own: once a waiting spell, never over an agent's word. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer, Message } from '../../src/conversation.js';
import { draftsOf } from '../../src/desk/drafts.js';
import { answer } from '../../src/flow/answer.js';
import { createFlow, type Flow } from '../../src/flow/flow.js';
import type { ShopParameters } from '../../src/shop/parameters.js';
import type { Shop } from '../../src/shop/shop.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import type { Storage } from '../../src/storage/storage.js';
import { conversation, demoWith, message, noon } from './demo-shop.js';

const turnOfLoop = setImmediate;
const loop = () => new Promise<void>((done) => turnOfLoop(done));

type StepIn = NonNullable<ShopParameters['bot']['stepIn']>;
const rule: StepIn = { afterSeconds: 60, afterMessages: 3, notBeforeSeconds: 10, with: 'busy' };
const shopWith = (its: Partial<StepIn> = {}, bot: Partial<ShopParameters['bot']> = {}): Shop =>
  demoWith({ stepIn: { ...rule, ...its }, ...bot });

let storage: Storage;
let flow: Flow;
let answered: Answer[];
let shop: Shop;

beforeEach(() => {
  vi.useFakeTimers({ now: noon, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(async () => {
  await flow.stop();
  await storage.close();
  vi.useRealTimers();
});

async function open(its: Shop = shopWith(), path = ':memory:', wrap = (real: Storage) => real): Promise<void> {
  answered = [];
  shop = its;
  storage = wrap(openSqlite({ path, now: Date.now }));
  const events = { answered: (answer: Answer) => answered.push(answer) };
  flow = createFlow({ storage, shop: (id) => (id === 'demo' ? shop : undefined), now: Date.now, events });
  await flow.start(['demo']);
  await settled();
}

async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) {
    await vi.advanceTimersByTimeAsync(0);
    await loop();
  }
}

async function pass(seconds: number): Promise<void> {
  for (let left = seconds; left > 0; left -= 5) {
    await vi.advanceTimersByTimeAsync(Math.min(left, 5) * 1000);
    await settled();
  }
}

let count = 0;
async function says(text: string, its: Partial<Message> = {}): Promise<void> {
  const more = { id: `m${++count}`, sentAt: Date.now(), receivedAt: Date.now(), ...its };
  await flow.accept([message({ text, ...more })]);
}
const agentSays = (text: string) => says(text, { author: 'agent' });
const sent = async () => (await storage.feed('demo', 0, 100)).rows.map(({ reply }) => reply);
const actions = () => answered.map(({ action, replies }) => `${action} ${replies.map(({ delivery }) => delivery)[0] ?? '-'}`);
const codes = (answer: Answer | undefined) => answer?.because.map(({ code }) => code);

describe('a buyer whom no agent answers', () => {
  it('gets one word of patience a minute after the first message, and no second one in this spell', async () => {
    await open();
    await says('可以开发票吗');
    await pass(59);
    expect(actions()).toEqual(['draft suggest']);
    await pass(1);
    expect(actions()).toEqual(['draft suggest', 'auto send']);
    expect(await sent()).toMatchObject([{ kind: 'holding', template: 'busy' }]);
    const [draft, stepIn] = answered;
    expect(stepIn).toMatchObject({ inReplyTo: [], follows: draft!.id, open: ['invoice'] });
    expect(stepIn!.because).toContainEqual({ code: 'step_in_seconds', values: { seconds: 60 } });
    await says('在吗');
    await pass(90);
    await says('人呢');
    await pass(300);
    expect(await sent()).toHaveLength(1);
  });

  it('gets the answer where the shop allows it and it is sure', async () => {
    await open(shopWith({ with: 'answer' }));
    await says('可以开发票吗');
    await pass(60);
    expect(await sent()).toMatchObject([{ kind: 'answer', intents: ['invoice'] }]);
    expect(answered[1]!.open).toEqual([]);
  });

  it.each([
    ['is not understood', '那个那个怎么说呢就是那样'],
    ['may only be drafted', '可以开发票吗'],
  ])('is asked for patience where the matter %s', async (_, text) => {
    const its = shopWith({ with: 'answer' });
    await open({ ...its, parameters: { ...its.parameters, intents: { invoice: 'draft' } } });
    await says(text);
    await pass(60);
    expect(await sent()).toMatchObject([{ kind: 'holding', template: 'busy' }]);
    expect(answered.at(-1)!.action).toBe('auto');
  });

  it.each([
    ['complains', '你们太过分了，我要投诉你们', 'complaint.holding', /抱歉.*客服正在赶来/],
    ['wants a person', '转人工', 'human.holding', /人工客服/],
    ['tells of a damaged parcel', '收到的箱子都压坏了', 'parcel_problem.holding', /抱歉.*客服正在赶来/],
  ])('hears that his own matter is seen and somebody is on the way where he %s', async (_, text, template, words) => {
    await open(shopWith({ with: 'answer' }));
    await says(text);
    await pass(60);
    const replies = await sent();
    expect(replies).toMatchObject([{ kind: 'holding', template }]);
    expect(replies[0]!.text).toMatch(words);
    // No time is named: agents are there.
    expect(replies[0]!.text).not.toMatch(/上班|看到后/);
    expect(answered.at(-1)!.action).toBe('auto');
  });

  describe('who haggles', () => {
    const coat = { item: { id: 'double-face-coat', title: '双面羊毛大衣', priceYuan: 899 } };
    const shopThatGives = (its: Partial<NonNullable<ShopParameters['pricing']>>) => {
      const base = shopWith({ with: 'answer' });
      const pricing = { policy: 'fixed' as const, coupons: [], gift: '洗护小卡', ...its };
      return { ...base, parameters: { ...base.parameters, pricing } };
    };

    it('is not refused what agents may still give: he is asked for patience, the matter stays open and the drafts stand', async () => {
      await open(shopThatGives({ agentShare: 0.97 }));
      await says('850行不行', coat);
      await pass(5);
      expect(answered[0]!.replies.map(({ text }) => text).join()).toContain('873元');
      await pass(55);
      const stepIn = answered[1]!;
      expect(await sent()).toMatchObject([{ kind: 'holding' }]);
      expect(codes(stepIn)).toContain('haggling_agents_turn');
      expect(stepIn.open).toEqual(['haggling']);
      const { standing, open: left } = draftsOf(answered, {});
      expect(standing.map(({ reply }) => reply.text)).toEqual(answered[0]!.replies.map(({ text }) => text));
      expect(left).toEqual(['haggling']);
    });

    it('is not told that nothing can be done before he has named a price', async () => {
      await open(shopThatGives({ agentShare: 0.97 }));
      await says('能便宜点吗', coat);
      await pass(60);
      expect(await sent()).toMatchObject([{ kind: 'holding' }]);
    });

    it('is answered where nobody may give anything', async () => {
      await open(shopThatGives({}));
      await says('850行不行', coat);
      await pass(60);
      expect(await sent()).toMatchObject([{ kind: 'answer', intents: ['haggling'] }]);
    });
  });

  it('is understood as a whole: what came in several bursts is answered together', async () => {
    await open(shopWith({ with: 'answer', afterMessages: 5 }));
    await says('邮费多少');
    await pass(20);
    await says('那新疆呢');
    await pass(40);
    expect(answered.map(({ inReplyTo }) => inReplyTo.length)).toEqual([1, 1, 0]);
    expect(answered[2]!.follows).toBe(answered[1]!.id);
    expect((await sent())[0]!.text).toContain('新疆');
  });

  it('is heard at the third message, though not within the first ten seconds', async () => {
    await open();
    for (const text of ['在吗', '可以开发票吗', '几天能到']) await says(text);
    await pass(9);
    expect(await sent()).toEqual([]);
    await pass(1);
    expect(await sent()).toHaveLength(1);
    expect(answered[1]!.because).toContainEqual({ code: 'step_in_messages', values: { messages: 3 } });
  });

  it('is heard at the third message of three bursts as soon as that one is drafted', async () => {
    await open();
    for (const text of ['可以开发票吗', '几天能到']) {
      await says(text);
      await pass(12);
    }
    expect(await sent()).toEqual([]);
    await says('人呢');
    await pass(2);
    expect(await sent()).toHaveLength(1);
  });

  it('is heard again when he comes back long after the bot stepped in, in other words', async () => {
    await open();
    await says('可以开发票吗');
    await pass(60);
    await pass(11 * 60);
    await says('几天能到');
    await pass(60);
    const texts = (await sent()).map(({ text }) => text);
    expect(texts).toHaveLength(2);
    expect(new Set(texts).size).toBe(2);
  });
});

describe('an agent', () => {
  it('who answers in time cancels it', async () => {
    await open();
    await says('可以开发票吗');
    await pass(50);
    await agentSays('亲，可以的');
    await pass(300);
    expect(await sent()).toEqual([]);
  });

  it('who took over is trusted for as long as the bot keeps still; then the buyer has been forgotten', async () => {
    await open();
    await agentSays('亲，我来看看');
    await pass(30);
    await says('可以开发票吗');
    await pass(9.5 * 60 - 1);
    expect(await sent()).toEqual([]);
    await pass(1);
    expect(await sent()).toHaveLength(1);
  });

  it('ends a spell in which the bot has stepped in: a new one may come', async () => {
    await open();
    await says('可以开发票吗');
    await pass(60);
    await agentSays('亲，可以的');
    await says('几天能到');
    await pass(599);
    expect(await sent()).toHaveLength(1);
    await pass(1);
    expect(await sent()).toHaveLength(2);
  });

  it('is not what the platform says, nor our own words coming back', async () => {
    await open();
    await says('可以开发票吗');
    await says('买家正在浏览', { author: 'system' });
    await pass(60);
    const [busy] = await sent();
    await agentSays(busy!.text);
    await pass(5);
    await says('在吗');
    await pass(120);
    expect(await sent()).toHaveLength(1);
  });
});

describe('nothing goes out', () => {
  it('where the shop has not allowed it', async () => {
    await open(demoWith({ stepIn: undefined }));
    await says('可以开发票吗');
    await pass(600);
    expect([await sent(), actions()]).toEqual([[], ['draft suggest']]);
    expect(await storage.nextDueAt()).toBeUndefined();
  });

  it('where the shop took it back meanwhile', async () => {
    await open();
    await says('可以开发票吗');
    await pass(30);
    shop = demoWith({ stepIn: undefined });
    await pass(60);
    expect([await sent(), actions()]).toEqual([[], ['draft suggest']]);
    expect((await storage.turn('demo', 'c1'))!.conversation.memory.waiting).toBeUndefined();
    expect(await storage.nextDueAt()).toBeUndefined();
  });

  it('in shadow mode, but what would have is recorded', async () => {
    await open(shopWith({ with: 'answer' }, { mode: 'shadow' }));
    await says('可以开发票吗');
    await pass(60);
    expect(await sent()).toEqual([]);
    expect(actions()).toEqual(['draft suggest', 'draft suggest']);
    expect(codes(answered[1])).toEqual(expect.arrayContaining(['step_in_seconds', 'shadow']));
    expect(answered[1]!.replies).toHaveLength(1);
  });

  it('to thanks, and to a question that was taken back', async () => {
    await open();
    await says('好的谢谢');
    await says('可以开发票吗', { conversation: 'c2' });
    await pass(20);
    await says('', { type: 'recall', conversation: 'c2' });
    await pass(300);
    expect(await sent()).toEqual([]);
    expect(await storage.nextDueAt()).toBeUndefined();
  });
});

it('that comes due after closing is told when a person answers, as off duty', async () => {
  vi.setSystemTime(Date.parse('2026-11-20T22:59:30+08:00'));
  await open();
  await says('你们太过分了，我要投诉你们');
  await pass(60);
  const [held] = await sent();
  expect(held).toMatchObject({ kind: 'holding', template: 'complaint.holding' });
  expect(held!.text).toContain('明早9点');
  expect(answered[1]!.action).toBe('handoff');
});

it('that waits for an agent who left with the shop is answered as off duty once he has been silent long enough', async () => {
  vi.setSystemTime(Date.parse('2026-11-20T22:55:00+08:00'));
  await open();
  await agentSays('亲，在的');
  await pass(360);
  await says('可以开发票吗');
  await pass(239);
  expect(actions()).toEqual(['draft suggest']);
  await pass(1);
  expect(await sent()).toMatchObject([{ kind: 'answer', intents: ['invoice'] }]);
  expect(codes(answered[1])).toContain('off_duty');
});

it('is due for a caller who waits for the answer, too', async () => {
  await open();
  const asked = message({ id: 'waits', text: '可以开发票吗', sentAt: Date.now(), receivedAt: Date.now() });
  expect((await flow.accept([asked], true)).answers[0]!.action).toBe('draft');
  await pass(60);
  expect(await sent()).toHaveLength(1);
});

it('is done once by the next process, whether it was due before the restart or after', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zaima-step-in-'));
  const path = join(folder, 'zaima.db');
  try {
    await open(shopWith(), path);
    await says('可以开发票吗');
    await pass(20);
    for (const seconds of [20, 40, 200]) {
      await flow.stop();
      await storage.close();
      await vi.advanceTimersByTimeAsync(1000 * seconds);
      await open(shopWith(), path);
    }
    expect(await sent()).toHaveLength(1);
  } finally {
    await flow.stop();
    await storage.close();
    await open();
    rmSync(folder, { recursive: true });
  }
});

it('gives way to a word that comes in while it is being said', async () => {
  let isInterrupted = false;
  await open(shopWith(), ':memory:', (real) => ({
    ...real,
    async finish(finish) {
      if (finish.answer.follows !== undefined && !isInterrupted) {
        isInterrupted = true;
        await agentSays('亲，可以的');
      }
      return real.finish(finish);
    },
  }));
  await says('可以开发票吗');
  await pass(120);
  expect(isInterrupted).toBe(true);
  expect(await sent()).toEqual([]);
  expect(actions()).toEqual(['draft suggest']);
});

describe('whatever buyers write', () => {
  const word = fc.constantFrom(
    ...'在吗 亲 包邮吗 邮费多少 便宜点 发票 有货吗 什么时候发货 几天能到 退货 信用卡 货到付款 可以吗 呢 新疆 两件 我要投诉 好的 谢谢 开衫 😀 ？ 订单号123456789012'.split(
      ' ',
    ),
  );
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(''));

  it('it is answered on duty only where it would be off duty, in words that keep the rules, and never twice the same', () => {
    let answers = 0;
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.constantFrom('busy', 'answer'), (texts, how) => {
        const its = shopWith({ with: how });
        const messages = texts.map((one, at) => message({ id: `p${at}`, text: one, sentAt: noon + at, receivedAt: noon + at }));
        const asked = conversation({ version: 2 });
        const first = answer({ conversation: asked, messages }, its, { now: noon + 2000, away: undefined, id: 'an1' });
        const { memory, dueAt } = first.change;
        if (first.answer.action === 'silent') {
          expect([memory.waiting, dueAt]).toEqual([undefined, undefined]);
          return;
        }
        const step = { now: dueAt!, away: undefined, id: 'an2' };
        const again = { conversation: { ...asked, version: 3, memory }, messages: [], waiting: messages };
        const { answer: done, change } = answer(again, its, step);
        const [said, ...drafts] = done.replies;
        expect([done.action, done.inReplyTo, done.follows, said!.delivery]).toEqual(['auto', [], 'an1', 'send']);
        expect(change.dueAt).toBeUndefined();
        // What it leaves open is for the agent who is there.
        expect(drafts.every(({ delivery }) => delivery === 'suggest')).toBe(true);
        if (done.open.length === 0) expect(drafts).toEqual([]);
        expect(said!.text.length).toBeLessThanOrEqual(128);
        expect(said!.findings.filter(({ severity }) => severity !== 'hint')).toEqual([]);
        expect(change.memory.lastTexts).toEqual([said!.text]);
        if (said!.kind === 'holding') return;
        answers += 1;
        expect(how).toBe('answer');
        const offDuty = answer({ conversation: asked, messages }, its, { ...step, away: { since: noon } });
        expect(offDuty.answer.replies[0]?.kind).toBe('answer');
      }),
      { numRuns: 300 },
    );
    expect(answers).toBeGreaterThan(10);
  });
});
