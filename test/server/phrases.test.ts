/** Quick phrases over HTTP: who sees and changes which, on which revision, what is refused, and what the audit keeps. */
import { describe, expect, it } from 'vitest';
import { openServer } from './opened.js';

const url = '/v1/shops/demo/phrases';
const words = { code: 'n1', title: '新的', text: '亲，在的', group: '招呼' };
const costly = '亲，开发票要加6个点哦';

type Server = Awaited<ReturnType<typeof openServer>>;
type Sent = {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

/** Calls as somebody who logged in, or by a token. */
function as(server: Server, who: Record<string, string>) {
  return ({ method = 'GET', path = '', body, headers = {} }: Sent) =>
    server.app.inject({
      method,
      url: `${url}${path}`,
      headers: { ...who, ...headers },
      ...(body !== undefined && { payload: body as object }),
    });
}
const person = async (server: Server, role: 'owner' | 'lead' | 'agent', login: string = role) => {
  const { cookie, user } = await server.loggedIn(role, ['demo'], login);
  return { call: as(server, { cookie: `${cookie.name}=${cookie.value}` }), user };
};
const machine = async (server: Server, scope: 'connect' | 'phrases' | 'read' | 'admin') =>
  as(server, { authorization: `Bearer ${await server.token(scope)}` });

describe('the set', () => {
  it('comes whole, then by If-None-Match or since', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const first = await call({});
    const { revision, whole, phrases, gone } = first.json();
    expect([first.statusCode, revision, whole, gone]).toEqual([200, 1, true, []]);
    expect(phrases.length).toBeGreaterThan(30);
    const tag = String(first.headers.etag);
    const known = await call({ headers: { 'if-none-match': tag } });
    expect([known.statusCode, known.body]).toEqual([304, '']);
    expect((await call({ headers: { 'if-none-match': `"x", W/${tag}` } })).statusCode).toBe(304);

    const added = await call({ method: 'POST', body: words });
    expect(added.statusCode).toBe(201);
    const removed = phrases[0].id as string;
    await call({ method: 'DELETE', path: `/${removed}`, headers: { 'if-match': '"1"' } });
    const after = await call({ path: '?since=1', headers: { 'if-none-match': tag } });
    expect(after.json()).toMatchObject({
      revision: 3,
      whole: false,
      phrases: [{ id: added.json().id, code: 'n1' }],
      gone: [{ id: removed }],
    });
    expect((await call({ path: '?since=3' })).json()).toMatchObject({ phrases: [], gone: [] });
    expect((await call({ path: '?since=77' })).json()).toMatchObject({ whole: true });
    expect((await call({ path: '?since=x' })).statusCode).toBe(422);
  });

  it('has another tag for another who sees it', async () => {
    const server = await openServer();
    const [lead, agent] = [await person(server, 'lead'), await person(server, 'agent')];
    expect((await lead.call({})).headers.etag).not.toBe((await agent.call({})).headers.etag);
  });

  it('tells what a text lacks in this shop', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const made = await call({ method: 'POST', body: { ...words, text: '{{ buyer_name }}，{{ cut_off }}前付款当天发' } });
    expect(made.json()).toMatchObject({
      gaps: [{ name: 'cut_off', parameter: 'dispatch.cutOff' }],
      open: [{ name: 'buyer_name' }],
      findings: [],
      verdict: 'send',
    });
  });
});

describe('who may what', () => {
  it('owners, leads and their tokens keep the shop’s, agents their own, others read', async () => {
    const server = await openServer();
    const add = async (call: ReturnType<typeof as>, more = {}) =>
      (await call({ method: 'POST', body: { ...words, ...more } })).statusCode;
    expect(await add(await machine(server, 'phrases'), { code: 't1' })).toBe(201);
    expect(await add(await machine(server, 'admin'), { code: 't2' })).toBe(201);
    expect(await add((await person(server, 'owner')).call, { code: 'o1' })).toBe(201);
    expect(await add((await person(server, 'lead')).call, { code: 'l1' })).toBe(201);
    for (const scope of ['connect', 'read'] as const) {
      const call = await machine(server, scope);
      expect([await add(call), (await call({})).statusCode]).toEqual([403, 200]);
    }
    const agent = await person(server, 'agent');
    expect(await add(agent.call, { scope: 'shop' })).toBe(403);
    const own = await agent.call({ method: 'POST', body: words });
    expect(own.json()).toMatchObject({ scope: 'agent', agent: agent.user.id });
    expect((await server.app.inject({ method: 'GET', url })).statusCode).toBe(401);
    const foreign = as(server, { authorization: `Bearer ${await server.token('admin', 'other')}` });
    expect((await foreign({})).statusCode).toBe(403);
  });

  it('shows an agent his own and not another’s, who sees it go when it is handed on', async () => {
    const server = await openServer();
    const [one, other, lead] = [
      await person(server, 'agent', 'one'),
      await person(server, 'agent', 'other'),
      await person(server, 'lead'),
    ];
    const made = (await one.call({ method: 'POST', body: words })).json();
    const codes = async (call: typeof one.call, path = '') =>
      (await call({ path })).json().phrases.map(({ code }: { code: string }) => code) as string[];
    expect(await codes(one.call)).toContain('n1');
    expect(await codes(other.call)).not.toContain('n1');
    expect(await codes(lead.call)).not.toContain('n1');
    expect(await codes(lead.call, `?agent=${one.user.id}`)).toContain('n1');
    expect(await codes(await machine(server, 'connect'))).toContain('n1');
    expect((await other.call({ path: `?agent=${one.user.id}` })).statusCode).toBe(403);
    expect((await other.call({ path: '?agent=*' })).statusCode).toBe(403);
    for (const sent of [
      { path: `/${made.id}` },
      { method: 'PATCH', path: `/${made.id}`, body: { title: 'x' }, headers: { 'if-match': '*' } },
      { method: 'DELETE', path: `/${made.id}`, headers: { 'if-match': '*' } },
      { method: 'POST', path: `/${made.id}/used`, body: {} },
    ] as const)
      expect((await other.call(sent)).statusCode).toBe(404);
    expect((await other.call({ path: '/search?q=n1' })).json()).toEqual({ found: [] });
    const { revision } = (await one.call({})).json();
    const handed = await lead.call({
      method: 'PATCH',
      path: `/${made.id}`,
      body: { agent: other.user.id },
      headers: { 'if-match': '*' },
    });
    expect(handed.json()).toMatchObject({ agent: other.user.id });
    expect((await one.call({ path: `?since=${revision}` })).json()).toMatchObject({ phrases: [], gone: [{ id: made.id }] });
    expect(await codes(other.call, `?since=${revision}`)).toEqual(['n1']);
  });

  it('does not take somebody who does not work here for an agent', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const nobody = await call({ method: 'POST', body: { ...words, agent: 'nobody' } });
    expect(nobody.json().faults).toMatchObject([{ field: 'agent' }]);
    expect((await call({ method: 'POST', body: { ...words, scope: 'agent' } })).json().faults).toMatchObject([
      { field: 'agent' },
    ]);
    expect((await call({ method: 'POST', body: { ...words, scope: 'shop', agent: 'x' } })).statusCode).toBe(422);
  });
});

describe('a change', () => {
  it('builds on the revision that its author saw', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const made = await call({ method: 'POST', body: words });
    const path = `/${made.json().id}`;
    expect([made.headers.etag, made.headers.location]).toEqual(['"2"', `${url}${path}`]);
    expect((await call({ method: 'PATCH', path, body: { title: '甲' } })).statusCode).toBe(428);
    expect((await call({ method: 'DELETE', path })).statusCode).toBe(428);
    const changed = await call({
      method: 'PATCH',
      path,
      body: { title: '甲', validTo: '2026-12-01T00:00:00+08:00' },
      headers: { 'if-match': '"2"' },
    });
    expect([changed.headers.etag, changed.json().title, changed.json().validTo]).toEqual([
      '"3"',
      '甲',
      '2026-11-30T16:00:00.000Z',
    ]);
    const stale = await call({ method: 'PATCH', path, body: { title: '乙' }, headers: { 'if-match': '"2"' } });
    expect([stale.statusCode, stale.headers.etag]).toEqual([412, '"3"']);
    expect(stale.json()).toMatchObject({ code: 'stale', revision: 3, phrase: { title: '甲' } });
    expect((await call({ method: 'DELETE', path, headers: { 'if-match': '"2"' } })).statusCode).toBe(412);
    expect((await call({ method: 'PATCH', path, body: {}, headers: { 'if-match': '"3"' } })).statusCode).toBe(422);
    expect((await call({ method: 'PATCH', path, body: { title: '丙' }, headers: { 'if-match': 'x' } })).statusCode).toBe(422);
    const open = await call({ method: 'PATCH', path, body: { validTo: null }, headers: { 'if-match': '*' } });
    expect(open.json().validTo).toBeUndefined();
    expect((await call({ path, headers: { 'if-none-match': '"4"' } })).statusCode).toBe(304);
    expect((await call({ method: 'DELETE', path, headers: { 'if-match': '"4"' } })).statusCode).toBe(204);
    expect((await call({ path })).statusCode).toBe(404);
  });

  it('tells every fault with its field, and who has the code', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const faulty = await call({ method: 'POST', body: { code: 'a b', title: '', text: '{{ nobody_knows }}' } });
    expect(faulty.json().faults.map(({ field }: { field: string }) => field)).toEqual(['text', 'code', 'title']);
    expect((await call({ method: 'POST', body: { code: 'a' } })).json().faults).toMatchObject([{ field: 'text' }]);
    await call({ method: 'POST', body: words });
    const taken = await call({ method: 'POST', body: { ...words, code: 'Ｎ1', title: undefined } });
    expect([taken.statusCode, taken.json().phrase.code]).toEqual([409, 'n1']);
  });

  it('tells faults of words beside those of the schema, all at once', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const fields = (answer: { json(): { faults: { field: string }[] } }) => answer.json().faults.map(({ field }) => field);
    const wrong = { code: 'a b', title: 5, text: '{{ byer_name }}，在的', enabled: 'yes', validFrom: 'soon', agent: 'nobody' };
    const created = await call({ method: 'POST', body: wrong });
    expect([created.statusCode, fields(created)]).toEqual([422, ['title', 'enabled', 'validFrom', 'agent', 'text', 'code']]);
    expect(created.json().faults.find(({ field }: { field: string }) => field === 'text').mend).toContain('{{ buyer_name }}');

    const made = (await call({ method: 'POST', body: words })).json();
    const headers = { 'if-match': '*' };
    const changed = await call({ method: 'PATCH', path: `/${made.id}`, body: { text: '', postion: 3 }, headers });
    expect(changed.json().faults).toMatchObject([
      { field: 'postion', mend: 'Did you mean position?' },
      { field: 'text', problem: 'is empty' },
    ]);

    const operations = [
      { op: 'create', phrase: { code: 'b1', text: '{{ nobody_knows }}' } },
      { op: 'update', id: made.id, revision: '*', change: { code: 'c d', scope: 'shop', agent: 'x' } },
      { op: 'delete', id: made.id },
    ];
    expect(fields(await call({ method: 'POST', path: '/bulk', body: { operations } }))).toEqual([
      'operations[2].revision',
      'operations[1].change.agent',
      'operations[0].phrase.text',
      'operations[1].change.code',
    ]);
  });

  it('that breaks a rule is kept switched off, or taken upon oneself, which the audit keeps', async () => {
    const server = await openServer();
    const lead = await person(server, 'lead');
    const refused = await lead.call({ method: 'POST', body: { ...words, text: costly } });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ code: 'finding', findings: [{ rule: 'invoice', points: 6 }] });
    const off = await lead.call({ method: 'POST', body: { ...words, text: costly, enabled: false } });
    expect([off.statusCode, off.json().verdict]).toEqual([201, 'stop']);
    const path = `/${off.json().id}`;
    expect((await lead.call({ method: 'PATCH', path, body: { enabled: true }, headers: { 'if-match': '*' } })).statusCode).toBe(
      422,
    );
    const on = await lead.call({
      method: 'PATCH',
      path: `${path}?override=true`,
      body: { enabled: true },
      headers: { 'if-match': '*' },
    });
    expect(on.json()).toMatchObject({ enabled: true, findings: [{ rule: 'invoice' }] });
    const agent = await person(server, 'agent');
    const insult = { method: 'POST', path: '?override=true', body: { ...words, code: 'i1', text: '亲，你是傻逼吗' } } as const;
    const never = await agent.call(insult);
    expect(never.statusCode).toBe(422);
    expect(never.json().detail).toContain('ask an owner or a lead');
    expect(never.json().detail).not.toContain('override');
    // No judgement of its own.
    const program = await (await machine(server, 'phrases'))(insult);
    expect([program.statusCode, program.json().code]).toEqual([422, 'finding']);
    const points = { ...insult, body: { ...words, code: 'p1', text: costly } };
    expect((await (await machine(server, 'phrases'))(points)).statusCode).toBe(201);
    expect((await (await machine(server, 'admin'))(insult)).statusCode).toBe(201);
    const rows = (await server.storage.auditLog('demo', undefined, 50)).filter(({ action }) => action === 'finding_overridden');
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatchObject({
      by: { kind: 'user', id: lead.user.id },
      subject: off.json().id,
      details: { rules: 'invoice', where: 'phrase' },
    });
    expect((await lead.call({ method: 'POST', body: { ...words, code: 'w', text: '亲，这款绝对好看' } })).json()).toMatchObject({
      verdict: 'warn',
    });
  });

  it('of many is done whole or not at all, in one revision', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const unsaid = await call({ method: 'POST', path: '/bulk', body: { operations: [{ op: 'delete', id: 'x' }] } });
    expect(unsaid.json().faults).toMatchObject([
      { field: 'operations[0].revision', problem: 'is missing', mend: 'add it: a number or "*"' },
    ]);
    const [first, second] = (await call({})).json().phrases;
    const operations = [
      { op: 'create', phrase: words },
      { op: 'update', id: first.id, revision: 1, change: { group: '问候' } },
      { op: 'delete', id: second.id, revision: '*' },
    ];
    const broken = await call({
      method: 'POST',
      path: '/bulk',
      body: { operations: [...operations, { op: 'create', phrase: { ...words, code: 'x', text: '{{ z' } }] },
    });
    expect(broken.json().faults).toMatchObject([{ field: 'operations[3].phrase.text' }]);
    const stale = [...operations, { op: 'update', id: first.id, revision: 7, change: { title: 'x' } }];
    expect((await call({ method: 'POST', path: '/bulk', body: { operations: stale } })).statusCode).toBe(412);
    expect((await call({})).json().revision).toBe(1);
    const done = await call({ method: 'POST', path: '/bulk', body: { operations } });
    expect(done.json()).toMatchObject({ revision: 2, phrases: [{ code: 'n1' }, { id: first.id, group: '问候' }] });
    expect((await call({ path: '?since=1' })).json()).toMatchObject({ revision: 2, gone: [{ id: second.id, revision: 2 }] });
  });

  it('of the order is told to clients as any other', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const [a, b, c] = (await call({})).json().phrases;
    expect((await call({ method: 'POST', path: '/reorder', body: { ids: [c.id, a.id] } })).json()).toEqual({ revision: 2 });
    const after = (await call({})).json().phrases.slice(0, 3);
    expect(after.map(({ id }: { id: string }) => id)).toEqual([c.id, b.id, a.id]);
    expect((await call({ method: 'POST', path: '/reorder', body: { ids: [a.id, a.id] } })).statusCode).toBe(422);
    expect((await call({ method: 'POST', path: '/reorder', body: { ids: [a.id, 'x'] } })).statusCode).toBe(404);
  });

  it('is told to listeners with the revision that a delta then brings', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    await call({});
    const heard: number[] = [];
    server.phrases.onPhrases('demo', (revision) => heard.push(revision));
    await call({ method: 'POST', body: words });
    expect(heard).toEqual([2]);
    expect((await call({ path: '?since=1' })).json().revision).toBe(2);
  });
});

describe('using one', () => {
  it('counts, fills it in and moves no revision', async () => {
    const server = await openServer();
    const call = await machine(server, 'connect');
    const keeper = await machine(server, 'phrases');
    const made = (
      await keeper({ method: 'POST', body: { ...words, text: '{{ buyer_name }}您好，这里是{{ shop_name }}' } })
    ).json();
    const used = await call({ method: 'POST', path: `/${made.id}/used`, body: { values: { buyer_name: '小王' } } });
    expect(used.json()).toMatchObject({ text: '小王您好，这里是demo', uses: 1, open: [], verdict: 'send' });
    expect((await call({ method: 'POST', path: `/${made.id}/used` })).json()).toMatchObject({
      text: '{买家昵称}您好，这里是demo',
      uses: 2,
    });
    const slipped = await call({ method: 'POST', path: `/${made.id}/used`, body: { values: { buyer_nmae: '小王', x: 1 } } });
    expect([slipped.statusCode, slipped.json().faults]).toMatchObject([
      422,
      [
        { field: 'values.buyer_nmae', mend: 'Did you mean buyer_name?' },
        { field: 'values.x', mend: 'use a name that GET …/phrases/variables lists' },
      ],
    ]);
    expect((await call({ path: `/${made.id}` })).json()).toMatchObject({ uses: 2, revision: 2 });
    expect((await call({})).json().revision).toBe(2);
    expect((await (await machine(server, 'read'))({ method: 'POST', path: `/${made.id}/used` })).statusCode).toBe(403);
  });

  it('is preceded by finding it, by initials too, and marks where', async () => {
    const server = await openServer();
    const call = await machine(server, 'read');
    const { found } = (await call({ path: '/search?q=fh&limit=3' })).json();
    expect(found.map(({ phrase }: { phrase: { code: string } }) => phrase.code)).toEqual(['fh1', 'fh2', 'fhyf']);
    expect(found[2].matches).toContainEqual({ field: 'title', start: 0, end: 2 });
    expect((await call({ path: '/search' })).statusCode).toBe(422);
  });

  it('and writing one are helped by a preview and the list of variables', async () => {
    const server = await openServer();
    const call = await machine(server, 'read');
    const preview = (text: string) => call({ method: 'POST', path: '/preview', body: { text, values: { buyer_name: '小王' } } });
    expect((await preview('{{ buyer_name }}，{{ shop_name }}')).json()).toMatchObject({ text: '小王，demo', characters: 7 });
    expect((await preview(costly)).json()).toMatchObject({ verdict: 'stop', points: 6 });
    expect((await preview('好'.repeat(201))).json()).toMatchObject({ characters: 201 });
    expect((await preview('{{ nobody_knows }}')).json().faults).toMatchObject([{ field: 'text' }]);
    const { variables, longest } = (await call({ path: '/variables' })).json();
    expect(longest).toBeGreaterThan(100);
    expect(variables).toContainEqual(expect.objectContaining({ name: 'shop_name', source: 'shop', value: 'demo' }));
  });
});

describe('files', () => {
  const file = '快捷短语编码,快捷短语,快捷短语分组\r\nn1,亲，在的,招呼\r\nn2,亲，开发票要加6个点哦,发票\r\n';
  const text = { 'content-type': 'text/csv' };

  it('are tried, then imported on the revision of the trial, and audited', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const trial = await call({ method: 'POST', path: '/import?dryRun=true', body: file, headers: text });
    expect(trial.json()).toMatchObject({
      dryRun: true,
      format: 'qianniu',
      revision: 1,
      added: 1,
      skipped: 1,
      rows: [
        { line: 2, code: 'n1', outcome: 'added' },
        { line: 3, outcome: 'skipped', why: 'finding', findings: [{ rule: 'invoice' }] },
      ],
    });
    expect((await call({})).json().revision).toBe(1);
    expect(await server.storage.auditLog('demo', undefined, 50)).toEqual([]);
    await call({ method: 'POST', body: words });
    const late = await call({ method: 'POST', path: '/import', body: file, headers: { ...text, 'if-match': '"1"' } });
    expect([late.statusCode, late.json().revision]).toEqual([412, 2]);
    const done = await call({
      method: 'POST',
      path: '/import',
      body: file.replace('在的', '在的呢'),
      headers: { ...text, 'if-match': '"2"' },
    });
    expect(done.json()).toMatchObject({ dryRun: false, revision: 3, changed: 1, skipped: 1 });
    const [row] = await server.storage.auditLog('demo', undefined, 50);
    expect(row).toMatchObject({
      action: 'imported',
      details: { what: 'phrases', format: 'qianniu', added: 0, changed: 1, skipped: 1 },
    });
    expect(JSON.stringify(row)).not.toContain('在的');
  });

  it('come out for 千牛 in GB18030, and are audited', async () => {
    const server = await openServer();
    const call = await machine(server, 'read');
    const out = await call({ path: '/export?format=qianniu&encoding=gb18030' });
    expect(out.headers['content-type']).toBe('text/csv; charset=gb18030; header=present');
    expect(out.headers['content-disposition']).toBe('attachment; filename="phrases-demo-1.csv"');
    expect(new TextDecoder('gb18030').decode(out.rawPayload)).toContain(
      '快捷短语编码,快捷短语,快捷短语分组\r\nzai,亲，在的呢，欢迎光临demo',
    );
    expect(JSON.parse((await call({ path: '/export' })).body).phrases[0].text).toContain('{{ shop_name }}');
    const rows = await server.storage.auditLog('demo', undefined, 50);
    expect(rows.map(({ action, details }) => [action, details?.format])).toEqual([
      ['exported', 'json'],
      ['exported', 'qianniu'],
    ]);
  });

  it('that an agent brings become his own', async () => {
    const server = await openServer();
    const { call, user } = await person(server, 'agent');
    expect((await call({ method: 'POST', path: '/import', body: file, headers: text })).json()).toMatchObject({ added: 1 });
    const own = (await call({})).json().phrases.filter(({ code }: { code: string }) => code === 'n1');
    expect(own).toMatchObject([{ agent: user.id }]);
  });

  it('that are none, too large, or name nobody, say so', async () => {
    const server = await openServer();
    const call = await machine(server, 'phrases');
    const send = (body: string | Buffer) => call({ method: 'POST', path: '/import', body, headers: text });
    expect((await send('a,b\r\n1,2')).json().faults[0].problem).toContain('neither JSON nor a CSV');
    expect((await send(Buffer.alloc(4_194_305, 'a'))).statusCode).toBe(413);
    const row = JSON.stringify([{ code: 'n1', text: '亲，在的', agent: 'nobody' }]);
    expect((await send(row)).json().rows).toMatchObject([{ outcome: 'skipped', why: 'row' }]);
    const many = `快捷短语编码,快捷短语\n${Array.from({ length: 5001 }, (_, at) => `c${at},亲`).join('\n')}`;
    expect((await send(many)).statusCode).toBe(422);
  });
});
