import { describe, expect, it } from 'vitest';
import { shadowReportSchema } from '../../src/server/shadow-wire.js';
import { botSchema, botsSchema } from '../../src/server/wire-schemas.js';
import { openServer, question } from './opened.js';

const bot = '/v1/shops/demo/bot';

describe('the kill switch over HTTP', () => {
  it('is turned and shown in the shape that is documented, with who did it', async () => {
    const server = await openServer();
    const admin = await server.token('admin');
    expect(botSchema.strict().parse((await server.get(bot, admin)).json())).toEqual({ mode: 'auto', file: 'auto', history: [] });
    const put = await server.call('PUT', bot, admin, { mode: 'off', by: '店长' });
    const told = botSchema.strict().parse(put.json());
    expect(told).toMatchObject({ mode: 'off', file: 'auto', switch: { mode: 'off', since: '2026-11-11T12:00:00.000Z' } });
    expect(told.switch!.by).toMatch(/^token .+ \(店长\)$/);
    server.clock.now += 60_000;
    const back = (await server.call('PUT', bot, admin, { mode: 'auto' })).json();
    expect(back.history.map((turn: { mode: string }) => turn.mode)).toEqual(['auto', 'off']);
    expect(back.history[0].by).not.toContain('店长');
  });

  it('takes an admin of this shop, and a mode that there is', async () => {
    const server = await openServer();
    const admin = await server.token('admin');
    expect((await server.get(bot)).statusCode).toBe(401);
    // How it stands may be read by whoever reads the rest.
    const reader = await server.token('read');
    expect((await server.get(bot, reader)).statusCode).toBe(200);
    expect((await server.call('PUT', bot, reader, { mode: 'off' })).statusCode).toBe(403);
    expect((await server.call('PUT', bot, await server.token('admin', 'other'), { mode: 'off' })).statusCode).toBe(403);
    for (const body of [{}, { mode: 'quiet' }, { mode: 'off', until: 'now' }, { mode: 'off', by: '' }]) {
      const refused = await server.call('PUT', bot, admin, body);
      expect([refused.statusCode, refused.json().code]).toEqual([422, 'invalid']);
    }
    expect((await server.get(bot, admin)).json().history).toEqual([]);
  });

  it('of all shops takes no token of one shop', async () => {
    const server = await openServer();
    expect((await server.get('/v1/bot')).statusCode).toBe(401);
    const refused = await server.call('PUT', '/v1/bot', await server.token('admin'), { mode: 'off' });
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden']);
    const control = await server.token('admin', '*');
    const told = await server.call('PUT', '/v1/bot', control, { mode: 'off' });
    expect(botsSchema.strict().parse(told.json())).toMatchObject({ mode: 'off', history: [{ by: 'command line' }] });
    expect((await server.get(bot, control)).json()).toMatchObject({ mode: 'off', all: { mode: 'off' } });
  });

  it('leads a reader of the feed past what it stopped, page by page', async () => {
    const server = await openServer();
    const [admin, connect] = [await server.token('admin'), await server.token('connect')];
    for (let at = 0; at < 5; at++) await server.post(question('在吗', { conversation: `c-${at}` }), { query: '?wait=answer' });
    server.clock.now += 1000;
    await server.call('PUT', bot, admin, { mode: 'off' });
    await server.call('PUT', bot, admin, { mode: 'auto' });
    server.clock.now += 1000;
    const answered = (await server.post(question('在吗', { conversation: 'c-9' }), { query: '?wait=answer' })).json();
    const page = (await server.get('/v1/shops/demo/replies?limit=2&after=', connect)).json();
    expect(page.replies.map((reply: { id: string }) => reply.id)).toEqual([answered.answers[0].replies[0].id]);
    const next = await server.get(`/v1/shops/demo/replies?limit=2&after=${page.cursor}`, connect);
    expect([next.statusCode, next.json()]).toEqual([200, { replies: [], cursor: page.cursor }]);
  });
});

describe('the shadow report over HTTP', () => {
  const shadow = '/v1/shops/demo/shadow';

  it('is read with the scope for reading, in the shape that is documented', async () => {
    const server = await openServer();
    const read = await server.token('read');
    const empty = shadowReportSchema.strict().parse((await server.get(shadow, read)).json());
    expect([empty.summary?.answers, empty.answers, empty.cursor]).toEqual([0, [], '']);
    expect((await server.get(shadow, await server.token('connect'))).statusCode).toBe(403);
    for (const query of ['since=yesterday', 'after=x', 'limit=501', 'since=1960-01-01T00:00:00Z'])
      expect((await server.get(`${shadow}?${query}`, read)).statusCode, query).toBe(422);
  });
});
