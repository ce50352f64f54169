/** People over HTTP: in, out, what each role may, what another site may not, and what the audit keeps. */
import { describe, expect, it } from 'vitest';
import { openServer } from './opened.js';

const password = 'a sentence is a good one';
const login = (server: Awaited<ReturnType<typeof openServer>>, body: object, headers: Record<string, string> = {}) =>
  server.app.inject({ method: 'POST', url: '/v1/login', payload: body, headers });

describe('logging in', () => {
  it('gives a cookie that scripts and other sites do not get, and says who it is', async () => {
    const server = await openServer();
    const { setCookie, call, user } = await server.loggedIn('lead');
    expect(setCookie).toMatch(/^zaima=zs_[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await call('GET', '/v1/me')).json()).toMatchObject({
      id: user.id,
      role: 'lead',
      permissions: ['phrases', 'stock', 'read', 'desk', 'away'],
      servedShops: [{ id: 'demo', timeZone: 'Asia/Shanghai' }],
    });
  });

  it('over https by a proxy that is believed sends it over https alone', async () => {
    const server = await openServer({ web: { publicUrl: 'https://desk.example.com' } });
    const { cookie, setCookie } = await server.loggedIn('owner');
    expect(cookie.name).toBe('__Host-zaima');
    expect(setCookie).toContain('; Secure');
  });

  it('tells a wrong password and an unknown login alike, and slows who tries on', async () => {
    const server = await openServer();
    await server.people.add({ login: 'owner', role: 'owner', shops: ['*'], password });
    const wrong = await login(server, { login: 'owner', password: 'not this one' });
    const unknown = await login(server, { login: 'nobody', password: 'not this one' });
    expect([wrong.statusCode, wrong.body]).toEqual([401, unknown.body]);
    for (let tries = 0; tries < 4; tries++) await login(server, { login: 'owner', password: 'not this one' });
    const slowed = await login(server, { login: 'owner', password });
    expect(slowed.statusCode).toBe(429);
    expect(slowed.headers['retry-after']).toBe('1');
    server.clock.now += 1000;
    expect((await login(server, { login: 'Owner ', password })).statusCode).toBe(200);
    const rows = await server.storage.auditLog('*', undefined, 20);
    expect(rows.map(({ action }) => action)).toEqual(['login', ...Array(6).fill('login_failed')]);
    expect(JSON.stringify(rows)).not.toContain('not this one');
  });

  it('ends when one logs out, when it is ended elsewhere, and when it was not used for a week', async () => {
    const server = await openServer();
    const { call, user, cookie } = await server.loggedIn('agent');
    const again = await login(server, { login: user.login, password });
    const other = `zaima=${(again.cookies[0] as { value: string }).value}`;
    const seen = await call('GET', '/v1/me/sessions');
    expect(seen.json().sessions).toHaveLength(2);
    const [mine] = seen.json().sessions.filter((one: { current: boolean }) => one.current);
    expect(
      (await server.app.inject({ method: 'DELETE', url: `/v1/me/sessions/${mine.id}`, headers: { cookie: other } })).statusCode,
    ).toBe(204);
    expect((await call('GET', '/v1/me')).statusCode).toBe(401);
    expect(cookie.value).not.toBe(other);
    const me = () => server.app.inject({ method: 'GET', url: '/v1/me', headers: { cookie: other } });
    server.clock.now += 167 * 3_600_000;
    expect((await me()).statusCode).toBe(200);
    server.clock.now += 169 * 3_600_000;
    expect((await me()).statusCode).toBe(401);
    const third = await login(server, { login: user.login, password });
    const headers = { cookie: `zaima=${(third.cookies[0] as { value: string }).value}` };
    expect((await server.app.inject({ method: 'POST', url: '/v1/logout', headers })).statusCode).toBe(204);
    expect((await server.app.inject({ method: 'GET', url: '/v1/me', headers })).statusCode).toBe(401);
  });

  it('changes the own password with the old one, which ends the other sessions', async () => {
    const server = await openServer();
    const { call, user } = await server.loggedIn('agent');
    const elsewhere = await login(server, { login: user.login, password });
    const weak = await call('PUT', '/v1/me/password', { current: password, next: 'short' });
    expect(weak.json().faults).toMatchObject([{ field: 'next', problem: 'has 5 characters' }]);
    const wrong = await call('PUT', '/v1/me/password', { current: 'not this one', next: 'another sentence it is' });
    expect(wrong.json().faults).toMatchObject([{ field: 'current' }]);
    const same = await call('PUT', '/v1/me/password', { current: password, next: password });
    expect(same.json().faults).toMatchObject([{ field: 'next', problem: 'is the one that you have' }]);
    expect((await call('PUT', '/v1/me/password', { current: password, next: 'another sentence it is' })).statusCode).toBe(204);
    expect((await call('GET', '/v1/me')).statusCode).toBe(200);
    const headers = { cookie: `zaima=${(elsewhere.cookies[0] as { value: string }).value}` };
    expect((await server.app.inject({ method: 'GET', url: '/v1/me', headers })).statusCode).toBe(401);
    expect((await login(server, { login: user.login, password })).statusCode).toBe(401);
    expect((await login(server, { login: user.login, password: 'another sentence it is' })).statusCode).toBe(200);
  });
});

describe('the own sessions', () => {
  it('all end at once but the one that asks', async () => {
    const server = await openServer();
    const { call, user } = await server.loggedIn('agent');
    const elsewhere = await login(server, { login: user.login, password });
    expect((await call('DELETE', '/v1/me/sessions')).statusCode).toBe(204);
    const headers = { cookie: `zaima=${(elsewhere.cookies[0] as { value: string }).value}` };
    expect((await server.app.inject({ method: 'GET', url: '/v1/me', headers })).statusCode).toBe(401);
    expect((await call('GET', '/v1/me/sessions')).json().sessions).toMatchObject([{ current: true }]);
  });
});

describe('what another site sends', () => {
  it.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://other.localhost:80' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:80' }, 200],
    [{}, 200],
  ])('in the name of somebody who is logged in, with %j: %i', async (headers, status) => {
    const server = await openServer();
    const { call } = await server.loggedIn('owner');
    expect((await call('PUT', '/v1/shops/demo/away', { away: true }, headers as Record<string, string>)).statusCode).toBe(status);
  });

  it('cannot log anybody in', async () => {
    const server = await openServer();
    expect((await login(server, { login: 'a1', password }, { origin: 'https://evil.example' })).statusCode).toBe(403);
  });
});

describe('roles', () => {
  it('open their shops alone, and what the role may do', async () => {
    const server = await openServer();
    const [owner, lead, agent] = [await server.loggedIn('owner'), await server.loggedIn('lead'), await server.loggedIn('agent')];
    for (const one of [owner, lead, agent]) {
      expect((await one.call('GET', '/v1/shops/demo/preview')).statusCode).toBe(200);
      expect((await one.call('GET', '/v1/shops/other/preview')).statusCode).toBe(403);
      expect((await one.call('GET', '/v1/shops/nowhere/preview')).statusCode).toBe(403);
    }
    expect((await owner.call('PUT', '/v1/shops/demo/away', { away: true })).statusCode).toBe(200);
    expect((await lead.call('PUT', '/v1/shops/demo/bot', { mode: 'off' })).statusCode).toBe(403);
    expect((await agent.call('GET', '/v1/users')).statusCode).toBe(403);
    expect((await owner.call('PUT', '/v1/bot', { mode: 'off' })).statusCode).toBe(403);
    const all = await server.loggedIn('owner', ['*']);
    expect((await all.call('PUT', '/v1/bot', { mode: 'off' })).statusCode).toBe(200);
  });

  it('leave a token what it is: no login, no person', async () => {
    const server = await openServer();
    const token = await server.token('admin');
    expect((await server.get('/v1/me', token)).statusCode).toBe(403);
    expect((await server.get('/v1/users', token)).statusCode).toBe(403);
    expect((await server.get('/v1/me')).statusCode).toBe(401);
  });
});

describe('users', () => {
  it('are added with a password told once, and log in with it', async () => {
    const server = await openServer();
    const { call } = await server.loggedIn('owner', ['*']);
    const added = await call('POST', '/v1/users', { login: 'Xiaozhou', name: '小周', role: 'agent', shops: ['demo'] });
    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({ login: 'xiaozhou', name: '小周', role: 'agent', shops: ['demo'] });
    expect((await login(server, { login: 'xiaozhou', password: added.json().password })).statusCode).toBe(200);
    expect((await call('POST', '/v1/users', { login: 'xiaozhou', role: 'agent', shops: ['demo'] })).statusCode).toBe(409);
    const bad = await call('POST', '/v1/users', { login: 'a b', role: 'boss', shops: ['nowhere'] });
    expect(bad.json().faults.map((one: { field: string }) => one.field)).toEqual(['login', 'role', 'shops[0]']);
    const { id } = added.json();
    const worse = await call('PATCH', `/v1/users/${id}`, { role: 'boss', colour: 1, shops: ['demo', 'nowhere'] });
    expect(worse.json().faults.map((one: { field: string }) => one.field)).toEqual(['role', 'colour', 'shops[1]']);
    const weak = await call('POST', '/v1/users', { login: 'lili', role: 'boss', shops: ['demo'], password: 'lili is here' });
    expect(weak.json().faults.map((one: { field: string }) => one.field)).toEqual(['role', 'password']);
    const noShop = await call('POST', '/v1/users', { login: 'ab', role: 'agent', shops: ['demo', 'nowhere'] });
    expect(noShop.json().faults).toMatchObject([{ field: 'shops[1]', problem: 'there is no shop nowhere' }]);
    const listed = (await call('GET', '/v1/users')).json().users.find((one: { login: string }) => one.login === 'xiaozhou');
    expect(listed.lastLoginAt).toBe(new Date(server.clock.now).toISOString());
    expect((await call('GET', '/v1/users')).body).not.toContain('scrypt');
  });

  it('of other shops are none of an owner’s business', async () => {
    const server = await openServer();
    const all = await server.loggedIn('owner', ['*']);
    const other = (await all.call('POST', '/v1/users', { login: 'theirs', role: 'agent', shops: ['demo', 'other'] })).json();
    const { call, user } = await server.loggedIn('owner', ['demo']);
    expect((await call('GET', '/v1/users')).json().users.map((one: { login: string }) => one.login)).toEqual([user.login]);
    expect((await call('PATCH', `/v1/users/${other.id}`, { role: 'lead' })).statusCode).toBe(404);
    expect((await call('PUT', `/v1/users/${all.user.id}/password`, {})).statusCode).toBe(404);
    expect((await call('POST', '/v1/users', { login: 'mine', role: 'agent', shops: ['*'] })).statusCode).toBe(403);
    expect((await call('PATCH', `/v1/users/${user.id}`, { shops: ['demo', 'other'] })).statusCode).toBe(403);
  });

  it('who are shut out are out at once; the last owner stays', async () => {
    const server = await openServer();
    const owner = await server.loggedIn('owner', ['*']);
    const agent = await server.loggedIn('agent');
    expect((await owner.call('PATCH', `/v1/users/${owner.user.id}`, { disabled: true })).statusCode).toBe(409);
    expect((await owner.call('PATCH', `/v1/users/${agent.user.id}`, { disabled: true })).json().disabledAt).toBeDefined();
    expect((await agent.call('GET', '/v1/me')).statusCode).toBe(401);
    expect((await login(server, { login: agent.user.login, password })).statusCode).toBe(401);
    await owner.call('PATCH', `/v1/users/${agent.user.id}`, { disabled: false });
    const told = await owner.call('PUT', `/v1/users/${agent.user.id}/password`, {});
    expect((await login(server, { login: agent.user.login, password: told.json().password })).statusCode).toBe(200);
    expect((await owner.call('PATCH', `/v1/users/${agent.user.id}`, {})).statusCode).toBe(422);
    const given = await owner.call('PUT', `/v1/users/${agent.user.id}/password`, { password: 'a sentence of the owner' });
    expect([given.statusCode, given.json()]).toEqual([200, {}]);
    const weak = await owner.call('PUT', `/v1/users/${agent.user.id}/password`, { password: 'password1234' });
    expect(weak.json().faults).toMatchObject([{ field: 'password' }]);
    const own = await owner.call('PUT', `/v1/users/${owner.user.id}/password`, { password: 'a sentence of the owner' });
    expect(own.json().faults).toMatchObject([{ mend: 'send the current one and the next to PUT /v1/me/password' }]);
    expect((await owner.call('GET', '/v1/me')).statusCode).toBe(200);
  });
});

describe('whoever sits at the desk', () => {
  it('may say that nobody is there, and who did is seen and kept', async () => {
    const server = await openServer();
    const [owner, agent] = [await server.loggedIn('owner'), await server.loggedIn('agent')];
    const by = { id: agent.user.id, name: agent.user.name };
    expect((await agent.call('PUT', '/v1/shops/demo/away', { away: true })).json()).toMatchObject({ away: true, by });
    expect((await owner.call('GET', '/v1/shops/demo/away')).json()).toMatchObject({ away: true, by });
    expect((await agent.call('PUT', '/v1/shops/other/away', { away: true })).statusCode).toBe(403);
    expect((await agent.call('PUT', '/v1/shops/demo/away', { away: false })).json()).toEqual({ away: false });
    const { rows } = (await owner.call('GET', '/v1/shops/demo/audit?action=away_switched')).json();
    expect(rows).toMatchObject([
      { by, details: { away: false } },
      { by, details: { away: true } },
    ]);
  });
});

describe('the audit', () => {
  it('tells who did what, page by page, to those who may know', async () => {
    const server = await openServer();
    const owner = await server.loggedIn('owner', ['*']);
    const token = await server.token('admin');
    await owner.call('PUT', '/v1/shops/demo/away', { away: true });
    await server.call('POST', '/v1/shops/demo/tokens', token, { scope: 'read', note: '千牛' });
    const { rows, before } = (await owner.call('GET', '/v1/shops/demo/audit?limit=2')).json();
    expect(rows).toMatchObject([
      { action: 'token_added', by: { kind: 'token' }, details: { scope: 'read', note: '千牛' } },
      { action: 'away_switched', by: { kind: 'user', name: owner.user.name }, details: { away: true } },
    ]);
    const rest = (await owner.call('GET', `/v1/shops/demo/audit?limit=2&before=${before}`)).json();
    expect(rest.rows).toMatchObject([{ action: 'login' }]);
    expect(rest.before).toBeUndefined();
    const filtered = async (query: string) => (await owner.call('GET', `/v1/shops/demo/audit?${query}`)).json().rows;
    expect(await filtered(`by=${owner.user.id}&action=away_switched`)).toHaveLength(1);
    expect(await filtered('action=exported')).toEqual([]);
    expect((await owner.call('GET', '/v1/shops/demo/audit?action=dance')).statusCode).toBe(422);
    await server.call('DELETE', `/v1/shops/demo/tokens/${rows[0].subject}`, token);
    expect(await filtered('action=token_revoked')).toMatchObject([{ details: { scope: 'read', note: '千牛' } }]);
    expect((await server.get('/v1/shops/demo/audit', await server.token('read'))).statusCode).toBe(403);
    const only = async (query: string) => (await owner.call('GET', `/v1/shops/demo/audit?${query}`)).json().rows;
    expect(await only(`by=${owner.user.id}`)).toMatchObject([{ action: 'away_switched' }, { action: 'login' }]);
    expect(await only('action=token_added')).toMatchObject([{ action: 'token_added' }]);
    expect((await owner.call('GET', '/v1/shops/demo/audit?action=anything')).statusCode).toBe(422);
  });

  it('tells what became of a user, and who turned the bot', async () => {
    const server = await openServer();
    const owner = await server.loggedIn('owner', ['*']);
    const { user } = await server.loggedIn('agent', ['demo'], 'xiaozhou');
    const change = (body: object) => owner.call('PATCH', `/v1/users/${user.id}`, body);
    await change({ name: '小周', role: 'lead' });
    await change({ disabled: true });
    await change({ disabled: false, shops: ['demo', 'other'] });
    await change({ role: 'lead' });
    await owner.call('PUT', '/v1/shops/demo/bot', { mode: 'off', by: '店长' });
    const { rows } = (await owner.call('GET', '/v1/shops/demo/audit')).json();
    expect(rows.slice(0, 4).map(({ details }: any) => details)).toEqual([
      { mode: 'off', by: `${owner.user.name} (店长)` },
      { login: 'xiaozhou', shops: 'demo -> demo other', state: 'disabled -> enabled' },
      { login: 'xiaozhou', state: 'enabled -> disabled' },
      { login: 'xiaozhou', name: 'xiaozhou -> 小周', role: 'agent -> lead' },
    ]);
  });
});
