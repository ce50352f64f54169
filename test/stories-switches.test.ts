/** Who may say what: a shop's own words, switches of one intent, the kill switch, and shadow mode with its report. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { freshId, type House, type HouseOptions, startHouse } from './running-house.js';

let house: House;
const open = async (options: HouseOptions = {}) => {
  house = await startHouse({ at: night, ...options });
  return house;
};
const after: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  await house.stop();
  for (const one of after.splice(0)) await one();
});

const night = '2026-11-21T23:30:00+08:00';
const closed = { mon: ['09:00-18:00'], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const wool = (more: object = {}) =>
  stringify({ id: 'wool', name: '线团小铺', timeZone: 'Asia/Shanghai', hours: { weekly: closed }, ...more });
const engraving = stringify({
  id: 'engraving',
  title: { zh: '刻字', en: 'Engraving' },
  most: 'auto',
  patterns: ['(刻|绣)(字|名字|姓名)'],
  examples: ['可以刻字吗', '能绣名字吗', '围巾上刻个名字行吗', '支持刻字不', '绣字要加钱吗'],
  replies: [{ id: 'yes', asks: ['rule'], texts: ['可以绣字的，下单备注想绣的字就好～'], short: '可以绣字，备注就好～' }],
  tests: { yes: ['可以刻字吗'], no: ['可以开发票吗'] },
});
const bot = (mode: string, shop = 'demo') => house.put(`/v1/shops/${shop}/bot`, { mode, by: '店长' });
const texts = async () => (await house.feed()).map((reply) => reply.text);

describe("a shop's own words", () => {
  it('are said in this shop alone', async () => {
    await open({ files: { 'shops/wool.yaml': wool(), 'shops/wool/intents/engraving.yaml': engraving } });
    const here = await house.ask('围巾能绣名字吗', {}, 'wool');
    expect([here.action, here.replies[0]!.intents]).toEqual(['auto', ['engraving']]);
    expect(here.replies[0]!.text).toContain('绣字');
    const there = await house.ask('围巾能绣名字吗');
    expect(there.understanding.intents.map((intent) => intent.id)).not.toContain('engraving');
  });

  it('are a draft at most where the shop says so', async () => {
    await open({
      files: { 'shops/wool.yaml': wool({ intents: { engraving: 'draft' } }), 'shops/wool/intents/engraving.yaml': engraving },
    });
    const answer = await house.ask('围巾能绣名字吗', {}, 'wool');
    expect([answer.action, answer.replies.map((reply) => reply.kind)]).toEqual(['handoff', ['holding']]);
  });

  it('change one reply and leave the others', async () => {
    const warranty = {
      id: 'greeting',
      replies: [{ id: 'ours', asks: ['rule'], texts: ['线团小铺欢迎您～'], short: '欢迎您～' }],
    };
    await open({ files: { 'shops/wool.yaml': wool(), 'shops/wool/intents/greeting.yaml': stringify(warranty) } });
    const [here, there] = [await house.ask('在吗', {}, 'wool'), await house.ask('在吗')];
    expect(here.replies[0]).toMatchObject({ text: expect.stringContaining('线团小铺欢迎您'), template: 'greeting.ours' });
    expect(there.replies[0]!.text).not.toContain('线团小铺');
  });
});

describe('the switch of one intent', () => {
  it('drafts on duty, holds off duty, and leaves the others alone', async () => {
    await open({ shop: (shop) => (shop.intents = { ...shop.intents, invoice: 'draft' }) });
    expect((await house.ask('可以开发票吗')).action).toBe('handoff');
    expect((await house.ask('这款包邮吗')).action).toBe('auto');
    await house.stop();
    await open({ at: '2026-11-20T15:00:00+08:00', shop: (shop) => (shop.intents = { ...shop.intents, invoice: 'off' }) });
    const off = await house.ask('可以开发票吗');
    expect([off.action, off.replies]).toEqual(['draft', []]);
  });
});

describe('the kill switch', () => {
  it('holds at once, over one shop alone, and says who and when', async () => {
    await open({ files: { 'shops/wool.yaml': wool({ creditCard: { accepted: true } }) } });
    expect((await house.ask('这款包邮吗')).action).toBe('auto');
    const { body } = await bot('off');
    expect(body).toMatchObject({ mode: 'off', file: 'auto', switch: { mode: 'off', by: 'command line (店长)' } });
    const stopped = await house.ask('这款包邮吗');
    expect([stopped.action, stopped.replies, stopped.open]).toEqual(['silent', [], ['shipping_fee']]);
    expect((await house.ask('好的谢谢')).open).toEqual([]);
    expect(stopped.reasons.map((one) => one.code)).toEqual(expect.arrayContaining(['bot_switched', 'bot_off']));
    expect((await house.ask('可以用信用卡吗', {}, 'wool')).action).toBe('auto');
    await bot('auto');
    expect((await house.ask('这款包邮吗')).action).toBe('auto');
    const shown = (await house.get('/v1/shops/demo/bot')).body as { mode: string; history: { mode: string }[] };
    expect([shown.mode, shown.history.map((turn) => turn.mode)]).toEqual(['auto', ['auto', 'off']]);
  });

  it('never makes the bot bolder than its file', async () => {
    await open({ shop: (shop) => (shop.bot = { ...shop.bot, mode: 'shadow' }) });
    expect((await bot('auto')).body).toMatchObject({ mode: 'shadow', file: 'shadow' });
    expect((await house.ask('这款包邮吗')).replies.every((reply) => reply.delivery === 'suggest')).toBe(true);
  });

  it('stops all shops at once, and no token of one shop can turn it', async () => {
    await open({ files: { 'shops/wool.yaml': wool({ creditCard: { accepted: true } }) } });
    expect((await house.put('/v1/bot', { mode: 'off' })).status).toBe(200);
    expect((await house.ask('这款包邮吗')).action).toBe('silent');
    expect((await house.ask('可以用信用卡吗', {}, 'wool')).action).toBe('silent');
    expect((await bot('auto')).body).toMatchObject({ mode: 'off', all: { mode: 'off' } });
    const made = await fetch(`${house.address}/v1/shops/demo/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await control()}` },
      body: JSON.stringify({ scope: 'admin' }),
    });
    const { token } = (await made.json()) as { token: string };
    expect((await house.get('/v1/bot', token)).status).toBe(403);
    expect((await house.get('/v1/shops/demo/bot', token)).status).toBe(200);
  });

  it('outlives a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zaima-data-'));
    after.push(async () => rmSync(dataDir, { recursive: true, force: true }));
    await open({ dataDir });
    await bot('off');
    await house.stop();
    await open({ dataDir });
    expect((await house.ask('这款包邮吗')).action).toBe('silent');
  });

  it('takes back what lies in the feed and was not fetched, for good, and leads readers past it', async () => {
    await open();
    await house.ask('这款包邮吗');
    const first = (await house.get('/v1/shops/demo/replies?limit=1')).body as { cursor: string; replies: unknown[] };
    expect(first.replies).toHaveLength(1);
    for (const text of ['可以开发票吗', '支持信用卡吗', '到新疆多少运费']) await house.ask(text);
    await bot('off');
    const next = async (cursor: string) =>
      (await house.get(`/v1/shops/demo/replies?limit=2&after=${cursor}`)) as {
        status: number;
        body: { cursor: string; replies: { text: string }[] };
      };
    expect((await next(first.cursor)).body.replies).toEqual([]);
    await bot('auto');
    await new Promise((done) => setTimeout(done, 5));
    expect(await texts()).toEqual([]);
    const answer = await house.ask('这款包邮吗');
    const page = await next(first.cursor);
    expect([page.status, page.body.replies.map((reply) => reply.text)]).toEqual([200, [answer.replies[0]!.text]]);
    expect(await next(page.body.cursor)).toMatchObject({ status: 200, body: { replies: [] } });
  });

  it('drops what is queued for a callback, also when the switch is back before it would go', async () => {
    const calls: string[] = [];
    const receiver: Server = createServer((request, response) => {
      calls.push(String(request.headers['webhook-id']));
      request.resume();
      response.writeHead(503).end();
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    after.push(() => new Promise((done) => receiver.close(done)));
    const callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    await open({
      shop: (shop) => (shop.callbackUrl = callbackUrl),
      service: { callbacks: { allowPrivateAddresses: true, retrySeconds: [1, 1, 1] } },
    });
    const conversation = `c-${freshId()}`;
    await house.ask('这款包邮吗', { conversation });
    while (calls.length === 0) await new Promise((done) => setTimeout(done, 20));
    await bot('off');
    await bot('auto');
    await new Promise((done) => setTimeout(done, 2200));
    expect(calls).toHaveLength(1);
    const { body } = await house.get(`/v1/shops/demo/conversations/${conversation}`);
    expect((body as { deliveries: unknown[] }).deliveries).toMatchObject([
      { state: 'dropped', because: '机器人已被停下，这条不再发出' },
    ]);
  });
});

async function control(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return (JSON.parse(await readFile(join(house.dataDir, 'control.json'), 'utf8')) as { token: string }).token;
}

interface Report {
  readonly summary?: {
    readonly answers: number;
    readonly byAction: Record<string, number>;
    readonly wouldSend: Record<string, number>;
    readonly autoShare: number;
    readonly byIntent: readonly { readonly intent: string; readonly auto: number }[];
  };
  readonly answers: readonly {
    readonly said: string;
    readonly action: string;
    readonly because: string;
    readonly replies: readonly { readonly kind: string; readonly text: string }[];
    readonly agent?: { readonly text: string };
  }[];
  readonly cursor: string;
}

describe('shadow mode', () => {
  const shadow = (its: HouseOptions = {}) => open({ shop: (shop) => (shop.bot = { ...shop.bot, mode: 'shadow' }), ...its });
  const report = async (query = '') => (await house.get(`/v1/shops/demo/shadow${query}`)).body as Report;

  it('tells what the bot would have sent, beside what a person wrote, and sends nothing', async () => {
    await shadow();
    await house.ask('这款包邮吗', { conversation: 'one' });
    await house.send({ conversation: 'one', author: 'agent', text: '满95包邮的亲' });
    await house.ask('你们太过分了，我要投诉你们', { conversation: 'two' });
    await house.ask('好的谢谢', { conversation: 'three' });
    expect(await house.feed()).toEqual([]);
    const { summary, answers } = await report();
    expect(summary).toMatchObject({
      answers: 3,
      byAction: { auto: 1, handoff: 1, draft: 0, silent: 1 },
      wouldSend: { answer: 1, holding: 1 },
      autoShare: 0.5,
    });
    expect(summary!.byIntent.map((one) => one.intent).sort()).toEqual(['complaint', 'shipping_fee']);
    expect(answers.map(({ said, action, agent }) => [said, action, agent?.text])).toEqual([
      ['这款包邮吗', 'auto', '满95包邮的亲'],
      ['你们太过分了，我要投诉你们', 'handoff', undefined],
      ['好的谢谢', 'silent', undefined],
    ]);
    expect(answers[0]!.replies[0]).toMatchObject({ kind: 'answer', text: expect.stringContaining('包邮') });
    expect(answers[1]!.because).toContain('须由人工处理');
  });

  it('comes in pages, the figures on the first alone, and no answers of other modes', async () => {
    await shadow();
    for (const text of ['这款包邮吗', '可以开发票吗', '支持信用卡吗']) await house.ask(text);
    const first = await report('?limit=2');
    const second = await report(`?limit=2&after=${first.cursor}`);
    expect([first.summary?.answers, first.answers.length, second.summary, second.answers.length]).toEqual([3, 2, undefined, 1]);
    expect((await report(`?after=${second.cursor}`)).answers).toEqual([]);
    expect((await report('?since=2027-01-01T00:00:00Z')).summary?.answers).toBe(0);
    await bot('off');
    await house.ask('这款包邮吗');
    expect((await report()).summary?.answers).toBe(3);
    expect((await house.get('/v1/shops/demo/shadow?limit=0')).status).toBe(422);
  });

  it('goes on as if it had spoken: holds once, takes the short form, and says what auto mode would say', async () => {
    const lines = ['可以开发票吗', '可以开发票吗', '我的快递三天没动了', '到底去哪了我的包裹'];
    const story = async () => {
      const all = [];
      for (const text of lines) all.push(await house.ask(text, { conversation: 'same' }));
      return all.map(({ action, replies }) => [action === 'draft' ? 'auto' : action, replies.map((reply) => reply.text)]);
    };
    await shadow();
    const watched = await story();
    await house.stop();
    await open();
    expect(await story()).toEqual(watched);
  });

  it('leaves nothing behind that silences the bot when it may speak', async () => {
    await open();
    await bot('shadow');
    const held = await house.ask('我的快递三天没动了', { conversation: 'later' });
    expect(held.replies.map((reply) => [reply.kind, reply.delivery])).toEqual([['holding', 'suggest']]);
    await bot('auto');
    const again = await house.ask('到底去哪了我的包裹', { conversation: 'later' });
    expect(again.replies.map((reply) => [reply.kind, reply.delivery])).toEqual([['holding', 'send']]);
  });
});

describe('settings saved while buyers wait', () => {
  it('give them drafts by the new settings, and the stopped bot’s come back with it', async () => {
    let table: { regions: string[]; firstKgYuan?: number }[] = [];
    await open({
      at: '2026-11-20T15:00:00+08:00',
      shop: (shop) => {
        delete shop.bot.stepIn;
        table = shop.shipping.table.map((row: (typeof table)[number]) => ({
          ...row,
          ...(row.firstKgYuan === 12 && { firstKgYuan: 13 }),
        }));
      },
    });
    await house.ask('寄北京多少钱运费', { conversation: 'waits' });
    const drafts = async () => {
      const { body } = await house.get('/v1/shops/demo/conversations');
      return (body as { conversations: { drafts: { text: string; reasons: { code: string }[] }[] }[] }).conversations[0]!.drafts;
    };
    expect((await drafts())[0]!.text).toContain('12元');
    const saved = await fetch(`${house.address}/v1/shops/demo/settings`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${house.token}`,
        'content-type': 'application/merge-patch+json',
        'if-match': '*',
      },
      body: JSON.stringify({ shipping: { table } }),
    });
    expect(saved.status).toBe(200);
    await expect.poll(async () => (await drafts())[0]?.text).toContain('13元');
    await bot('off');
    expect(await drafts()).toEqual([]);
    await bot('auto');
    expect((await drafts())[0]).toMatchObject({
      text: expect.stringContaining('13元'),
      reasons: [{ code: 'drafts_made_anew' }, {}, {}],
    });
  });
});
