/** The web chat over HTTP: who may call it, that nobody reads another's chat, and that each word goes each way once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitorOf, visitorToken } from '../../src/connectors/web-visitor.js';
import { addressOf } from '../../src/server/webchat-doors.js';
import { chatLinesSchema, webChatSchema } from '../../src/server/webchat-routes.js';
import { type House, startHouse } from '../running-house.js';
import { openServer } from './opened.js';

const site = 'https://www.shop.example';
let house: House;
beforeAll(async () => {
  house = await startHouse({
    at: '2026-11-21T23:30:00+08:00',
    shop: (parameters) => {
      parameters.webChat = { origins: [site], title: '木禾客服' };
      parameters.callbackUrl = 'https://callback.example/zaima';
      parameters.bot = { burstSeconds: 0.2 };
    },
    files: {
      'shops/quiet.yaml':
        'id: quiet\nname: 静\ntimeZone: Asia/Shanghai\nhours: { weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } }\n',
    },
    service: { webChat: { visitorMessagesPerMinute: 20, addressVisitorsPerMinute: 60 } },
  });
});
afterAll(() => house.stop());

const base = (shop = 'demo') => `${house.address}/v1/shops/${shop}/webchat`;
const visit = async (): Promise<string> => {
  const response = await fetch(`${base()}/visitors`, { method: 'POST', headers: { origin: site } });
  expect(response.status).toBe(200);
  return ((await response.json()) as { token: string }).token;
};
let count = 0;
const newId = () => `page-message-${++count}`;
const write = async (token: string, messages: readonly object[], headers: Record<string, string> = {}) => {
  const response = await fetch(`${base()}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', origin: site, ...headers },
    body: JSON.stringify({ messages }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
};
const read = async (token: string, query = '') => {
  const response = await fetch(`${base()}/messages${query}`, { headers: { authorization: `Bearer ${token}`, origin: site } });
  const body = (await response.json()) as any;
  expect([response.status, body.faults]).toEqual([200, undefined]);
  expect(chatLinesSchema.parse(body)).toEqual(body);
  return body as { messages: { id: string; author: string; text: string; name?: string }[]; cursor: string; token?: string };
};

describe('the door of the web chat', () => {
  it('tells pages of the shop’s sites how it begins, and others nothing', async () => {
    const named = await fetch(base(), { headers: { origin: site } });
    expect(named.headers.get('access-control-allow-origin')).toBe(site);
    expect(named.headers.get('access-control-allow-credentials')).toBeNull();
    expect(named.headers.get('set-cookie')).toBeNull();
    const told = webChatSchema.parse(await named.json());
    expect(told).toMatchObject({ shop: 'demo', title: '木禾客服', onDuty: false, answers: 'bot', opening: '明天上午10点' });
    expect((await fetch(base(), { headers: { origin: house.address } })).status).toBe(200);
    const stranger = await fetch(base(), { headers: { origin: 'https://evil.example' } });
    expect([stranger.status, stranger.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect((await fetch(base('quiet'), { headers: { origin: site } })).status).toBe(404);
  });

  it('answers what browsers ask before a call', async () => {
    const ask = (origin: string) =>
      fetch(`${base()}/messages`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
    const allowed = await ask(site);
    expect([allowed.status, allowed.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization, content-type']);
    expect((await ask('https://evil.example')).status).toBe(403);
  });

  it('lets nobody in whose token is made up, of another shop or changed', async () => {
    const token = await visit();
    const [, visitor, signed] = /^zv_(.{22})_(.{43})$/.exec(token)!;
    const other = `zv_${visitor!.slice(0, 21)}${visitor!.endsWith('A') ? 'B' : 'A'}_${signed}`;
    for (const one of ['', 'zv_nothing', other, `zv_${visitor}_${'A'.repeat(43)}`, `${token}x`]) {
      const response = await fetch(`${base()}/messages`, { headers: { authorization: `Bearer ${one}`, origin: site } });
      expect([one, response.status]).toEqual([one, 401]);
    }
  });
});

describe('a chat', () => {
  it('is answered as any other, read by its visitor alone, and pushed or fed to nobody else', async () => {
    const [mine, other] = [await visit(), await visit()];
    const id = newId();
    const sent = await write(mine, [{ id, text: '寄到新疆多少运费', item: 'wool-scarf' }]);
    expect([sent.status, sent.body]).toEqual([200, { messages: [{ id, duplicate: false }] }]);
    const first = await read(mine, '?wait=10');
    let lines = first.messages;
    if (lines.length < 2) lines = [...lines, ...(await read(mine, `?after=${first.cursor}&wait=10`)).messages];
    expect(lines.map(({ author }) => author)).toEqual(['visitor', 'bot']);
    expect(lines[0]).toMatchObject({ id, text: '寄到新疆多少运费' });
    expect(lines[1]!.text).toContain('18元');
    expect((await read(other)).messages).toEqual([]);
    expect((await read(mine)).messages.map(({ author }) => author)).toEqual(['visitor', 'bot']);

    await house.send({ conversation: 'platform-chat', text: '可以开发票吗' }, { wait: true });
    const feed = await house.feed();
    expect(feed.map(({ conversation }) => conversation)).toContain('platform-chat');
    expect(feed.some(({ conversation }) => conversation.startsWith('zaima.web.'))).toBe(false);
    const { conversations } = (await house.get('/v1/shops/demo/conversations?show=all')).body as any;
    const desk = conversations.find((one: any) => one.connector === 'webchat');
    expect(desk.buyer.name).toMatch(/^网页访客 /);
    const told = (await house.get(`/v1/shops/demo/conversations/${desk.id}`)).body as any;
    expect(told.messages[0]).toMatchObject({ item: { id: 'wool-scarf', title: '羊毛素色围巾', priceYuan: 89 } });
    expect(told.deliveries).toHaveLength(1);
  });

  it('takes each message once, however often it is sent, and another visitor’s of the same id as well', async () => {
    const [mine, other] = [await visit(), await visit()];
    const [one, two] = [
      { id: newId(), text: '在吗' },
      { id: newId(), text: '这款围巾还有货吗' },
    ];
    await write(mine, [one]);
    const again = await write(mine, [one, two]);
    expect(again.body.messages).toEqual([
      { id: one.id, duplicate: true },
      { id: two.id, duplicate: false },
    ]);
    expect((await write(mine, [{ ...one, text: '别的话' }])).body.messages).toEqual([
      { id: one.id, duplicate: true, conflict: true },
    ]);
    expect((await write(other, [one])).body.messages).toEqual([{ id: one.id, duplicate: false }]);
    const own = (await read(mine)).messages.filter(({ author }) => author === 'visitor');
    expect(own.map(({ text }) => text)).toEqual(['在吗', '这款围巾还有货吗']);
  });

  it('streams what is said at once, an agent’s word among it, and takes receipts for it', async () => {
    const token = await visit();
    await write(token, [{ id: newId(), text: '我要找人工' }]);
    const abort = new AbortController();
    const response = await fetch(`${base()}/stream`, {
      headers: { authorization: `Bearer ${token}`, origin: site },
      signal: abort.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('access-control-allow-origin')).toBe(site);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (words: string) => {
      while (!text.includes(words)) text += (await reader.read()).value ?? '';
      return text;
    };
    await until('我要找人工');
    const { conversations } = (await house.get('/v1/shops/demo/conversations?show=all')).body as any;
    const desk = conversations.find((one: any) => one.connector === 'webchat');
    expect((await house.post(`/v1/shops/demo/conversations/${desk.id}/take`, {})).status).toBe(200);
    const sent = await house.post(`/v1/shops/demo/conversations/${desk.id}/send`, { text: '您好，我是木木，来帮您看看～' });
    expect([sent.status, sent.body.faults]).toEqual([200, undefined]);
    const events = (await until('我是木木')).split('\n\n').filter((block) => block.startsWith('data: '));
    const last = chatLinesSchema.parse(JSON.parse(events.at(-1)!.slice(6)));
    const word = last.messages.at(-1)!;
    expect(word).toMatchObject({ author: 'agent', text: '您好，我是木木，来帮您看看～' });
    expect(last.cursor.length).toBeGreaterThan(10);
    expect(Buffer.from(last.cursor, 'base64url').toString()).not.toMatch(/\[\d|"\d+"/);
    abort.abort();

    const receipt = (who: string, state: string) =>
      fetch(`${base()}/receipts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json', origin: site },
        body: JSON.stringify({ replies: [word.id], state }),
      }).then(({ status }) => status);
    const stateNow = async () => {
      const told = (await house.get(`/v1/shops/demo/conversations/${desk.id}`)).body as any;
      const delivery = told.deliveries.find(({ replyId }: any) => replyId === word.id);
      return delivery.receipts.map(({ state }: any) => state);
    };
    expect(await receipt(await visit(), 'read')).toBe(204);
    expect(await stateNow()).toEqual([]);
    expect(await receipt(token, 'delivered')).toBe(204);
    expect(await receipt(token, 'read')).toBe(204);
    expect(await stateNow()).toEqual(['delivered', 'read']);
  });

  it('never gives out what the kill switch stopped, and keeps what the visitor has', async () => {
    const token = await visit();
    await write(token, [{ id: newId(), text: '可以开发票吗' }]);
    const answered = async () => {
      for (;;) {
        const lines = (await read(token, '?wait=1')).messages;
        const bots = lines.filter(({ author }) => author === 'bot');
        if (bots.length > 0) return bots;
      }
    };
    const [reply] = await answered();
    await house.put('/v1/shops/demo/bot', { mode: 'off' });
    expect((await read(token)).messages.map(({ author }) => author)).toEqual(['visitor']);
    await fetch(`${base()}/receipts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ replies: [reply!.id], state: 'delivered' }),
    });
    expect((await read(token)).messages.map(({ author }) => author)).toEqual(['visitor', 'bot']);
    await house.put('/v1/shops/demo/bot', { mode: 'auto' });
  });

  it('refuses what is no message, with its place, and more than a visitor may say', async () => {
    const token = await visit();
    const wrong = await write(token, [
      { id: 'short', text: '' },
      { id: newId(), text: '好', author: 'agent' },
    ]);
    expect(wrong.status).toBe(422);
    expect(wrong.body.faults.map(({ field }: any) => field)).toEqual([
      'messages[0].id',
      'messages[0].text',
      'messages[1].author',
    ]);
    expect(wrong.headers.get('access-control-allow-origin')).toBe(site);
    const many = Array.from({ length: 20 }, () => ({ id: newId(), text: '在吗' }));
    expect((await write(token, many)).status).toBe(200);
    const over = await write(token, [{ id: newId(), text: '在吗' }]);
    expect([over.status, over.body.code, Number(over.headers.get('retry-after')) > 0]).toEqual([429, 'too_many', true]);
    expect((await write(await visit(), [{ id: newId(), text: '在吗' }])).status).toBe(200);
  });
});

it('/webchat.js is there for every page, small and with a tag of its own', async () => {
  const response = await fetch(`${house.address}/webchat.js`, { headers: { 'accept-encoding': 'identity' } });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  const { gzipSync } = await import('node:zlib');
  expect(gzipSync(Buffer.from(await response.arrayBuffer())).length).toBeLessThanOrEqual(15_000);
  const again = await fetch(`${house.address}/webchat.js`, { headers: { 'if-none-match': response.headers.get('etag')! } });
  expect(again.status).toBe(304);
});

it('a token of the former secret is good while the secret is rotated, and is given anew', async () => {
  const [fresh, former] = [Buffer.alloc(32, 8), Buffer.alloc(32, 9)];
  const server = await openServer({ secrets: [fresh, former] });
  const visitor = Buffer.alloc(16, 5).toString('base64url');
  const get = (token: string) => server.get('/v1/shops/demo/webchat/messages', token);
  const told = (await get(visitorToken('demo', visitor, former))).json() as { token?: string };
  expect(visitorOf('demo', told.token!, [fresh])).toBe(visitor);
  expect(((await get(told.token!)).json() as { token?: string }).token).toBeUndefined();
});

it('one customer counts as one address', () => {
  const same = (one: string, other: string) => addressOf({ ip: one }) === addressOf({ ip: other });
  expect(same('2001:db8:1:2::1', '2001:db8:1:2:ffff::9')).toBe(true);
  expect(same('2001:db8:1:2::1', '2001:db8:1:3::1')).toBe(false);
  expect(same('::ffff:203.0.113.9', '203.0.113.9')).toBe(true);
  expect(same('203.0.113.9', '203.0.113.8')).toBe(false);
});
