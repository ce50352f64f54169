/** Settings over HTTP: each change on the revision its author saw, all faults at once, a history that can be read. */
import { describe, expect, it } from 'vitest';
import { openServer } from './opened.js';

const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const first = { id: 'demo', name: '木禾', timeZone: 'Asia/Shanghai', hours: { weekly: closed }, shipping: { freeFromYuan: 95 } };
const url = '/v1/shops/demo/settings';

async function opened() {
  const server = await openServer();
  await server.settings.syncFile('demo', first, 'config/shops/demo.yaml');
  const { token } = (await server.access.create('demo', 'admin', '控制台').then(({ token: one, secret }) => ({
    token: { id: one.id, secret },
  }))) as { token: { id: string; secret: string } };
  const call = (method: 'PUT' | 'PATCH' | 'POST', path: string, payload: unknown, headers: Record<string, string> = {}) =>
    server.app.inject({
      method,
      url: `${url}${path}`,
      headers: { authorization: `Bearer ${token.secret}`, 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
  const read = (path = '', headers: Record<string, string> = {}) =>
    server.app.inject({ url: `${url}${path}`, headers: { authorization: `Bearer ${token.secret}`, ...headers } });
  return { ...server, tokenId: token.id, call, read };
}

const merge = { 'content-type': 'application/merge-patch+json' };

describe('reading settings', () => {
  it('gives them as the owner wrote them, under their revision', async () => {
    const { read } = await opened();
    const got = await read();
    expect([got.statusCode, got.headers.etag, got.json()]).toEqual([200, '"1"', first]);
    expect((await read('', { 'if-none-match': '"1"' })).statusCode).toBe(304);
  });

  it('takes a token that reads, and changing takes an admin’s', async () => {
    const { app, token } = await opened();
    const headers = { authorization: `Bearer ${await token('read')}`, 'if-match': '"1"' };
    expect((await app.inject({ url, headers })).statusCode).toBe(200);
    expect((await app.inject({ method: 'PATCH', url, headers, payload: { name: '木' } })).statusCode).toBe(403);
    expect((await app.inject({ url, headers: { authorization: `Bearer ${await token('connect')}` } })).statusCode).toBe(403);
    expect((await app.inject({ url })).statusCode).toBe(401);
  });
});

describe('changing settings', () => {
  it('merges a patch: what is named is set, null takes it out', async () => {
    const { call, read, tokenId } = await opened();
    const patch = { shipping: { freeFromYuan: null, freeFromItems: 2 } };
    const answer = await call('PATCH', '?note=%E5%8F%8C11', patch, { 'if-match': '"1"', ...merge });
    expect(answer.headers.etag).toBe('"2"');
    expect(answer.json()).toEqual({
      revision: 2,
      parent: 1,
      at: '2026-11-11T12:00:00.000Z',
      source: 'api',
      author: `控制台 (${tokenId})`,
      note: '双11',
      changes: [
        { path: 'shipping.freeFromYuan', before: 95 },
        { path: 'shipping.freeFromItems', after: 2 },
      ],
    });
    expect((await read()).json()).toEqual({ ...first, shipping: { freeFromItems: 2 } });
  });

  it('replaces all of them', async () => {
    const { call, read } = await opened();
    const { shipping: _, ...wanted } = first;
    expect((await call('PUT', '', wanted, { 'if-match': '"1"' })).statusCode).toBe(200);
    expect((await read()).json()).toEqual(wanted);
  });

  it('needs to know on what: 428 without, 412 with the difference when another was quicker, * forces', async () => {
    const { call } = await opened();
    const missing = await call('PATCH', '', { name: '木' });
    expect([missing.statusCode, missing.json().code]).toEqual([428, 'precondition_required']);
    await call('PATCH', '', { name: '木' }, { 'if-match': '"1"' });
    const stale = await call('PATCH', '', { name: '禾' }, { 'if-match': '"1"' });
    expect(stale.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(stale.json()).toMatchObject({
      status: 412,
      code: 'stale',
      revision: 2,
      changes: [{ path: 'name', before: '木禾', after: '木' }],
    });
    expect((await call('PATCH', '', { name: '禾' }, { 'if-match': '*' })).json()).toMatchObject({ revision: 3 });
    const odd = await call('PATCH', '', { name: '禾' }, { 'if-match': 'yesterday' });
    expect(odd.json()).toMatchObject({ status: 422, faults: [{ field: 'header if-match' }] });
  });

  it('tells every fault at once with field and mend, and changes nothing', async () => {
    const { call, read } = await opened();
    const patch = {
      name: '',
      shipping: { freeFromYuan: 'many' },
      cod: { enabled: true, notIn: ['火星'] },
      intents: { x: 'off' },
    };
    const answer = await call('PATCH', '', patch, { 'if-match': '"1"' });
    expect(answer.statusCode).toBe(422);
    const { code, faults } = answer.json() as { code: string; faults: { field: string; mend: string }[] };
    expect(code).toBe('invalid');
    expect(faults.map(({ field }) => field).sort()).toEqual(['cod.notIn[0]', 'intents.x', 'name', 'shipping.freeFromYuan']);
    for (const { mend } of faults) expect(mend).not.toBe('');
    // Programs and pages say it in their own language.
    const byField = (field: string) => faults.find((one) => one.field === field);
    expect(byField('cod.notIn[0]')).toMatchObject({ code: 'no_place', values: { region: expect.any(String) } });
    expect(byField('intents.x')).toMatchObject({ code: 'no_intent', values: {} });
    expect(faults.filter((one) => !('code' in one))).toEqual([]);
    expect((await read()).headers.etag).toBe('"1"');
  });

  it('refuses what is no JSON, no object, or another type', async () => {
    const { call } = await opened();
    const on = { 'if-match': '"1"' };
    expect((await call('PATCH', '', '{', { ...on, ...merge })).json()).toMatchObject({ status: 400, code: 'not_json' });
    expect((await call('PATCH', '', '[]', { ...on, ...merge })).json()).toMatchObject({ status: 422, code: 'invalid' });
    expect((await call('PUT', '', 'a: 1', { ...on, 'content-type': 'application/yaml' })).statusCode).toBe(415);
  });
});

describe('the history', () => {
  it('tells who changed what and when, and any two differ as told', async () => {
    const { call, read } = await opened();
    await call('PATCH', '', { name: '木' }, { 'if-match': '"1"' });
    await call('PATCH', '', { shipping: { freeFromYuan: 88 } }, { 'if-match': '"2"' });
    const { revisions } = (await read('/revisions')).json() as { revisions: { revision: number; source: string }[] };
    expect(revisions.map(({ revision, source }) => [revision, source])).toEqual([
      [3, 'api'],
      [2, 'api'],
      [1, 'file'],
    ]);
    expect((await read('/revisions?limit=1&before=3')).json()).toMatchObject({ revisions: [{ revision: 2 }] });
    expect((await read('/revisions/1')).json()).toMatchObject({ revision: 1, settings: first });
    expect((await read('/diff')).json()).toMatchObject({ from: 2, to: 3, text: '~ shipping.freeFromYuan: 95 → 88' });
    expect((await read('/diff?from=3&to=1')).json().changes).toEqual([
      { path: 'name', before: '木', after: '木禾' },
      { path: 'shipping.freeFromYuan', before: 88, after: 95 },
    ]);
    expect((await read('/revisions/9')).statusCode).toBe(404);
    expect((await read('/diff?from=9')).statusCode).toBe(404);
    expect((await read('/revisions/x')).statusCode).toBe(422);
  });

  it('goes back by going on', async () => {
    const { call, read } = await opened();
    await call('PATCH', '', { name: '木' }, { 'if-match': '"1"' });
    const stale = await call('POST', '/rollback', { revision: 1 }, { 'if-match': '"1"' });
    expect(stale.statusCode).toBe(412);
    const blind = await call('POST', '/rollback', { revision: 1 });
    expect([blind.statusCode, blind.json().code]).toEqual([428, 'precondition_required']);
    const back = await call('POST', '/rollback', { revision: 1 }, { 'if-match': '"2"' });
    expect(back.json()).toMatchObject({ revision: 3, parent: 2, source: 'rollback', note: 'back to revision 1' });
    expect((await read()).json()).toEqual(first);
    expect((await call('POST', '/rollback', { revision: 9 }, { 'if-match': '*' })).statusCode).toBe(404);
  });
});
