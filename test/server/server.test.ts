import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { documentedRoutes, openApiDocument, openApiText } from '../../src/server/openapi.js';
import { pagePaths } from '../../src/server/page-paths.js';
import { answerSchemas, conversationSchema, newTokenSchema, requestSchemas } from '../../src/server/wire-schemas.js';
import { openServer, question } from './opened.js';

const shop = '/v1/shops/demo';

describe('who may enter', () => {
  it('brings a token', async () => {
    const server = await openServer();
    for (const authorization of [undefined, 'zt_x', 'Bearer', 'Basic abc', `Bearer zt_${'x'.repeat(43)}`]) {
      const response = await server.app.inject({ url: `${shop}/replies`, headers: authorization ? { authorization } : {} });
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toMatch(/^Bearer realm="zaima"/);
      expect(response.json().code).toBe('unauthorized');
    }
  });

  it('opens its own shop alone, and learns nothing of the others', async () => {
    const server = await openServer();
    const foreign = await server.token('admin', 'other');
    await server.post(question(), { query: '?wait=answer' });
    for (const path of ['replies', 'conversations/c-1', 'away', 'tokens']) {
      expect((await server.get(`${shop}/${path}`, foreign)).statusCode).toBe(403);
    }
    expect((await server.get('/v1/shops/nobody/replies', foreign)).statusCode).toBe(403);
    expect((await server.get('/v1/shops/other/replies', foreign)).json().replies).toEqual([]);
    expect((await server.get('/v1/shops/other/conversations/c-1', foreign)).statusCode).toBe(404);
    const control = await server.token('admin', '*');
    expect((await server.get('/v1/shops/nobody/replies', control)).statusCode).toBe(404);
  });

  it.each([
    ['phrases', 403, 403, 403],
    ['read', 200, 404, 403],
    ['connect', 200, 404, 403],
    ['admin', 200, 404, 200],
  ] as const)('with scope %s', async (scope, feed, conversation, tokens) => {
    const server = await openServer();
    const token = await server.token(scope);
    const status = async (path: string) => (await server.get(`${shop}/${path}`, token)).statusCode;
    expect([await status('replies'), await status('conversations/none'), await status('tokens')]).toEqual([
      feed,
      conversation,
      tokens,
    ]);
    const receipt = await server.call('POST', `${shop}/replies/none/receipt`, token, { state: 'read' });
    expect(receipt.statusCode).toBe(scope === 'connect' || scope === 'admin' ? 404 : 403);
  });
});

describe('tokens', () => {
  it('are made, listed without their secret, and revoked at once', async () => {
    const server = await openServer();
    const admin = await server.token('admin');
    const made = await server.call('POST', `${shop}/tokens`, admin, { scope: 'read', note: '报表' });
    expect(made.statusCode).toBe(201);
    const { token, id } = newTokenSchema.strict().parse(made.json());
    expect((await server.get(`${shop}/replies`, token)).statusCode).toBe(200);
    const list = await server.get(`${shop}/tokens`, admin);
    expect(list.json().tokens).toHaveLength(2);
    expect(list.body).not.toContain(token);
    expect((await server.call('DELETE', `${shop}/tokens/${id}`, admin)).statusCode).toBe(204);
    expect((await server.call('DELETE', `${shop}/tokens/${id}`, admin)).statusCode).toBe(404);
    expect((await server.get(`${shop}/replies`, token)).statusCode).toBe(401);
    const wrong = await server.call('POST', `${shop}/tokens`, admin, { scope: 'all', colour: 'red' });
    expect(wrong.json().faults.map(({ field }: { field: string }) => field)).toEqual(['scope', 'colour']);
  });
});

describe('away-now', () => {
  it('is switched on and off, and ends by itself', async () => {
    const server = await openServer();
    const admin = await server.token('admin');
    const get = async () => (await server.get(`${shop}/away`, admin)).json();
    expect(await get()).toEqual({ away: false });
    const put = await server.call('PUT', `${shop}/away`, admin, { away: true, until: '2026-11-11T21:00:00+08:00' });
    const away = { away: true, since: '2026-11-11T12:00:00.000Z', until: '2026-11-11T13:00:00.000Z' };
    expect(put.json()).toEqual({ ...away, by: expect.objectContaining({ id: expect.any(String) }) });
    expect(await get()).toEqual(put.json());
    server.clock.now += 3_600_000;
    expect(await get()).toEqual({ away: false });
    expect((await server.call('PUT', `${shop}/away`, admin, { away: true })).json()).toMatchObject({ away: true });
    expect((await server.call('PUT', `${shop}/away`, admin, { away: false })).json()).toEqual({ away: false });
    const past = await server.call('PUT', `${shop}/away`, admin, { away: true, until: '2020-01-01T00:00:00Z' });
    expect([past.statusCode, past.json().faults[0].field]).toEqual([422, 'until']);
    expect((await server.call('PUT', `${shop}/away`, admin, { until: 3 })).json().faults).toHaveLength(2);
  });
});

it('a conversation shows messages, answers and what became of the replies', async () => {
  const server = await openServer();
  const item = { id: 'SKU', title: '羊毛衫', price: 199 };
  await server.post(question('到新疆多少钱', { id: 'm-x', item }), { query: '?wait=answer' });
  await server.post(question('好的', { id: 'm-y', sentAt: '2026-11-11T12:00:10Z' }));
  const token = await server.token('read');
  const body = (await server.get(`${shop}/conversations/c-1`, token)).json();
  expect(conversationSchema.parse(body)).toEqual(body);
  expect(body).toMatchObject({
    id: 'c-1',
    connector: 'generic',
    buyer: { id: 'b-1', name: '小王' },
    messages: [
      { id: 'm-x', answerId: body.answers[0].id, item: { priceYuan: 199 } },
      { id: 'm-y', author: 'buyer' },
    ],
    deliveries: [{ replyId: body.answers[0].replies[0].id, state: 'queued', receipts: [] }],
  });
  const chinese = encodeURIComponent('会话/😀'.padEnd(120, '长'));
  await server.post(question('在吗', { conversation: decodeURIComponent(chinese) }));
  expect((await server.get(`${shop}/conversations/${chinese}`, token)).statusCode).toBe(200);
});

describe('the process', () => {
  it('says that it lives, and whether it is ready', async () => {
    let ready = false;
    const server = await openServer({ ready: () => ready });
    expect((await server.get('/healthz')).json()).toEqual({ status: 'ok', version: '0.1.0' });
    expect((await server.get('/readyz')).statusCode).toBe(503);
    ready = true;
    expect((await server.get('/readyz')).json()).toEqual({ ready: true });
    await server.storage.close();
    expect((await server.get('/readyz')).json()).toMatchObject({ code: 'unavailable' });
    expect((await server.get('/healthz')).statusCode).toBe(200);
  });

  it('counts without words, names or shops', async () => {
    const server = await openServer();
    await server.post(question('到新疆多少钱'));
    await server.post('no json');
    const metrics = await server.get('/metrics');
    expect(metrics.headers['content-type']).toMatch(/^text\/plain/);
    expect(metrics.body).toContain('zaima_messages_total{fate="stored"} 1');
    expect(metrics.body).toContain('zaima_messages_total{fate="refused"} 1');
    expect(metrics.body).toMatch(
      /zaima_request_seconds_count\{route="\/v1\/shops\/:shop\/messages",method="POST",status="200"\} 1/,
    );
    for (const word of ['新疆', '小王', 'demo', 'b-1']) expect(metrics.body).not.toContain(word);
  });

  it.each([
    ['GET', '/nowhere', 404, 'not_found'],
    ['GET', '/docs/nowhere', 404, 'not_found'],
    ['GET', `${shop}/messages`, 405, 'method_not_allowed'],
    ['PATCH', `${shop}/away`, 405, 'method_not_allowed'],
    ['GET', `${shop}/conversations/%E4%ZZ`, 400, 'bad_request'],
    ['GET', `/v1/shops/${'x'.repeat(2000)}/replies`, 414, 'bad_request'],
  ] as const)('answers %s %s with %i', async (method, url, status, code) => {
    const server = await openServer();
    const response = await server.app.inject({ method, url });
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    if (status === 405) expect(response.headers.allow).toBeDefined();
  });

  it.each([
    ['text/plain', 'away', 415, 'media_type'],
    ['application/json', '{', 400, 'not_json'],
    ['application/json', '', 400, 'not_json'],
    ['application/json', '{"__proto__": {}}', 400, 'not_json'],
    ['application/json', `"${'x'.repeat(70_000)}"`, 413, 'too_large'],
  ])('answers a %s body %#', async (type, payload, status, code) => {
    const server = await openServer();
    const authorization = `Bearer ${await server.token('admin')}`;
    const response = await server.app.inject({
      method: 'PUT',
      url: `${shop}/away`,
      payload,
      headers: { authorization, 'content-type': type },
    });
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
    if (payload === '{') expect(response.json().faults).toMatchObject([{ problem: expect.stringContaining('line 1, column 2') }]);
    if (status === 413) expect(response.json().detail).toBe('the body is larger than 64 KiB');
  });

  it('answers what is not even HTTP as a problem, and stays up', async () => {
    const server = await openServer();
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.app.server.address() as { port: number };
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('NO HTTP AT ALL\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"bad_request"/);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  it('sends headers that keep browsers from guessing', async () => {
    const server = await openServer();
    const { headers } = await server.get('/healthz');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
    });
  });
});

describe('the document', () => {
  it('is served as it lies in the repository', async () => {
    const server = await openServer();
    const served = await server.get('/openapi.json');
    expect(served.headers['content-type']).toMatch(/^application\/json/);
    expect(served.body).toBe(openApiText());
    expect(readFileSync('openapi.json', 'utf8'), 'run: zaima openapi').toBe(served.body);
  });

  it('names every route of the server and no other', async () => {
    const server = await openServer();
    await server.app.ready();
    const printed = server.app.printRoutes({ commonPrefix: false });
    for (const { method, url } of documentedRoutes) expect(server.app.hasRoute({ method, url }), url).toBe(true);
    const shown = 5 + pagePaths.length; // /docs, /docs/*, /openapi.json, /webchat.js, /sidebar, and the pages
    const routes = printed.match(/\((?:[A-Z, ]+)\)/g)?.flatMap((list) => list.match(/GET|POST|PUT|PATCH|DELETE/g) ?? []);
    expect(routes).toHaveLength(documentedRoutes.length + shown);
  });

  it('is OpenAPI 3.1 without loose ends', () => {
    const document = openApiDocument();
    const text = JSON.stringify(document);
    const { schemas } = document.components as { schemas: Record<string, unknown> };
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) expect(schemas).toHaveProperty(name!);
    expect(text).not.toMatch(/"\$schema"|PLACEHOLDER/);
    for (const path of Object.values(document.paths as Record<string, Record<string, { responses: object }>>)) {
      for (const { responses } of Object.values(path)) expect(Object.keys(responses).length).toBeGreaterThan(0);
    }
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining(['Message', 'Answer', 'Problem', 'FeedPage']));
  });

  it('tells an integrator of every route what it does, what it takes, gives and refuses', () => {
    const lacking: string[] = [];
    for (const { url, method, docs, schema } of documentedRoutes) {
      const lacks = (what: string, is: boolean) => is || lacking.push(`${method} ${url}: ${what}`);
      lacks('words', docs.summary.length > 3 && docs.description.length > 10);
      lacks(
        'an example of what it takes',
        docs.body === undefined || Object.keys(docs.body.examples).length > 0 || docs.body.schema === 'ShopSettings',
      );
      const [first] = Object.entries(docs.answers);
      lacks('an answer', first !== undefined);
      for (const [status, { schema: ofAnswer, contentType = 'application/json', example }] of Object.entries(docs.answers)) {
        const isJson = ofAnswer !== undefined || (status === '200' && contentType === 'application/json');
        lacks(
          `an example of its answer ${status}`,
          !isJson || status.startsWith('3') || status === '204' || example !== undefined,
        );
      }
      lacks('problems of who may not enter', docs.security === 'none' || 401 in docs.problems);
      for (const [status, { codes, when }] of Object.entries(docs.problems)) lacks(status, codes.length > 0 && when.length > 5);
      lacks('problems of a wrong body', schema.body === undefined || 422 in docs.problems);
    }
    expect(lacking).toEqual([]);
    const document = openApiDocument();
    const paths = Object.values(
      document.paths as Record<string, Record<string, { parameters: { name: string; description?: string }[] }>>,
    );
    const unsaid = paths.flatMap((path) =>
      Object.values(path).flatMap(({ parameters }) => parameters.filter((one) => one.description === undefined)),
    );
    expect(unsaid).toEqual([]);
  });

  it('shows examples that are what the schemas say', () => {
    const wrong = documentedRoutes.flatMap(({ docs }) =>
      Object.values(docs.answers).flatMap(({ schema, example }) => {
        if (schema === undefined || example === undefined) return [];
        const { success, error } = { ...requestSchemas, ...answerSchemas }[schema].safeParse(example);
        return success ? [] : [`${docs.id}: ${JSON.stringify(error.issues[0])}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('names every field of the settings and of a finding', () => {
    const { schemas } = openApiDocument().components as { schemas: Record<string, Json> };
    type Json = { description?: string; properties?: Record<string, Json>; items?: Json; $ref?: string };
    const unnamed = (schema: Json, path: string): string[] => [
      ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => [
        ...(one.description === undefined ? [`${path}.${name}`] : []),
        ...unnamed(one, `${path}.${name}`),
      ]),
      ...(schema.items === undefined ? [] : unnamed(schema.items, `${path}[]`)),
    ];
    expect(unnamed(schemas.ShopSettings!, 'ShopSettings')).toEqual([]);
    const { findings } = schemas.CheckResult!.properties!;
    expect(unnamed(findings!, 'findings')).toEqual([]);
  });

  it('is shown by a page that runs its own scripts alone', async () => {
    const server = await openServer();
    const page = await server.get('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toMatch(/script-src 'self';/);
    expect(page.body).not.toMatch(/<script>(?!<)/);
    for (const [, file] of page.body.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await server.get(file!)).statusCode, file).toBe(200);
    expect((await server.get('/docs/json')).json()).toEqual(openApiDocument());
  });
});
