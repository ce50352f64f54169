import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../src/errors.js';
import { problemSchema } from '../../src/server/problem.js';
import { messagesResultSchema } from '../../src/server/wire-schemas.js';
import { openServer, question, secretOf, start } from './opened.js';

type Server = Awaited<ReturnType<typeof openServer>>;
type Answered = Awaited<ReturnType<Server['post']>>;

/** A refusal is problem+json in full, and left nothing behind. */
async function refused(server: Server, response: Answered, status: number, code: string) {
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.strict().parse(response.json());
  expect(problem).toMatchObject({ status, code });
  const admin = await server.token('read');
  expect((await server.get('/v1/shops/demo/conversations/c-1', admin)).statusCode).toBe(404);
  return problem;
}

describe('a signed call', () => {
  it('is taken when its messages are stored', async () => {
    const server = await openServer();
    const response = await server.post(question('在吗', { id: 'm-a' }));
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ messages: [{ id: 'm-a', duplicate: false }] });
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    expect((await server.storage.turn('demo', 'c-1'))?.messages).toHaveLength(1);
  });

  it('gets its answers when it waits for them, one per conversation and none for agents', async () => {
    const server = await openServer();
    const messages = [
      question('在吗', { id: 'm-1a' }),
      question('到新疆多少钱', { id: 'm-1b' }),
      question('发什么快递', { id: 'm-2', conversation: 'c-2' }),
      question('您好', { id: 'm-3', conversation: 'c-3', author: 'agent' }),
    ];
    const response = await server.post(messages, { query: '?wait=answer' });
    const { answers } = messagesResultSchema.parse(response.json());
    expect(answers?.map(({ conversation, inReplyTo }) => [conversation, inReplyTo])).toEqual([
      ['c-1', ['m-1a', 'm-1b']],
      ['c-2', ['m-2']],
    ]);
    expect(answers?.[0]).toMatchObject({
      action: 'auto',
      because: 'off duty, a person answers 明早9点',
      reasons: [{ code: 'off_duty', values: { opening: '明早9点' } }],
      understanding: {
        text: '在吗\n到新疆多少钱',
        because: 'agents are on duty: drafts only',
        runnerUp: { id: 'courier', confidence: 0.1 },
        slots: { region: { province: '新疆' } },
      },
      replies: [{ kind: 'answer', characters: 11, findings: [], delivery: 'send' }],
      open: [],
      at: '2026-11-11T12:00:00.000Z',
    });
    // Nothing is served that the document does not describe.
    expect(messagesResultSchema.parse(response.json())).toEqual(response.json());
  });

  it('that comes again changes nothing and gets the stored answer', async () => {
    const server = await openServer();
    const message = question('到新疆多少钱', { id: 'm-d', sentAt: '2026-11-11T12:00:00Z' });
    const first = (await server.post(message, { query: '?wait=answer' })).json();
    server.clock.now += 60_000;
    const again = (await server.post(message, { query: '?wait=answer' })).json();
    expect(again.messages).toEqual([{ id: 'm-d', duplicate: true }]);
    expect(again.answers).toEqual(first.answers);
    expect(server.flow.answers()).toBe(1);
    const both = (await server.post([question('手续费呢'), message], { query: '?wait=answer' })).json();
    expect(both.answers).toHaveLength(2);
  });

  it('that comes again later is no conflict when it does not say when it was sent', async () => {
    const server = await openServer();
    const message = question('在吗', { id: 'm-e' });
    await server.post(message);
    server.clock.now += 60_000;
    expect((await server.post(message)).json()).toEqual({ messages: [{ id: 'm-e', duplicate: true }] });
  });

  it('with a known id and another body keeps the first and says so', async () => {
    const server = await openServer();
    const sentAt = '2026-11-11T12:00:00Z';
    await server.post(question('第一', { id: 'm-c', sentAt }));
    const response = await server.post(question('第二', { id: 'm-c', sentAt }));
    expect(response.json()).toEqual({ messages: [{ id: 'm-c', duplicate: true, conflict: true }] });
    expect((await server.storage.turn('demo', 'c-1'))?.messages[0]?.text).toBe('第一');
  });

  it('may be signed with either of two secrets', async () => {
    const [former, current] = [randomBytes(32), randomBytes(32)];
    const server = await openServer({ secrets: [current, former] });
    for (const secret of [former, current]) expect((await server.post(question(), { secret })).statusCode).toBe(200);
    expect((await server.post(question())).statusCode).toBe(401);
  });

  it('may carry any content type, for it is signed', async () => {
    const server = await openServer();
    const response = await server.post(question(), { headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(response.statusCode).toBe(200);
  });

  it('may be as large as a hundred full messages written with escapes', async () => {
    const server = await openServer();
    const full = Array.from({ length: 100 }, (_, i) =>
      question('好'.repeat(4000), { conversation: `c-${i}`, buyer: { id: `b-${i}` } }),
    );
    const escaped = JSON.stringify(full).replace(
      /[\u0080-\uffff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    expect(escaped.length).toBeGreaterThan(2_400_000);
    expect((await server.post(escaped)).statusCode).toBe(200);
  });
});

describe('a call is refused', () => {
  it('without a signature', async () => {
    const server = await openServer();
    const response = await server.app.inject({ method: 'POST', url: '/v1/shops/demo/messages', payload: question() });
    const { detail, faults } = await refused(server, response, 401, 'signature');
    expect(detail).toMatch(/webhook-id is missing/);
    expect(faults).toHaveLength(3);
    expect(response.headers['www-authenticate']).toBeDefined();
  });

  it.each([
    ['with a wrong secret', { secret: randomBytes(32) }, /signature is wrong/],
    ["with another shop's secret", { secret: secretOf.other }, /signature is wrong/],
    ['when it is stale', { signedAt: start - 301_000 }, /stale: 301 seconds/],
    ['when it comes from the future', { signedAt: start + 301_000 }, /future: 301 seconds/],
    ['with a changed body', { headers: { 'webhook-id': 'other' } }, /signature is wrong/],
  ])('%s', async (_, options, detail) => {
    const server = await openServer();
    const problem = await refused(server, await server.post(question(), options), 401, 'signature');
    expect(problem.detail).toMatch(detail);
    expect(problem.faults?.[0]?.mend).not.toBe('');
  });

  it('for a shop that is not there', async () => {
    const server = await openServer();
    await refused(server, await server.post(question(), { shop: 'nobody' }), 404, 'not_found');
  });

  it('when the body is empty or no JSON', async () => {
    const server = await openServer();
    await refused(server, await server.post(''), 400, 'not_json');
    const problem = await refused(server, await server.post('{"id": 1,}'), 400, 'not_json');
    expect(problem.detail).toMatch(/position 9/);
  });

  it('when the body is too large', async () => {
    const server = await openServer();
    await refused(server, await server.post(`"${'x'.repeat(4_194_304)}"`), 413, 'too_large');
  });

  it('with all its faults at once, and as a whole', async () => {
    const server = await openServer();
    const response = await server.post([question(), { id: '', conversation: 'c', buyer: {}, author: 'bot' }]);
    const { faults } = await refused(server, response, 422, 'invalid');
    expect(faults?.map(({ field }) => field)).toEqual(['[1].id', '[1].buyer.id', '[1].author', '[1].text']);
  });

  it('when it asks to wait for something else', async () => {
    const server = await openServer();
    const { faults } = await refused(server, await server.post(question(), { query: '?wait=long' }), 422, 'invalid');
    expect(faults?.[0]).toMatchObject({ field: 'query wait', mend: 'write "answer"' });
  });

  it('when a buyer writes more than sixty messages a minute, and names the buyer', async () => {
    const server = await openServer();
    const by = (buyer: string, n: number) =>
      Array.from({ length: n }, () => question('在吗', { buyer: { id: buyer }, conversation: buyer }));
    const tooMany = await server.post([...by('b-9', 1), ...by('b-7', 61)]);
    const problem = await refused(server, tooMany, 429, 'too_many');
    expect(problem.faults?.[0]).toMatchObject({ field: '[1].buyer.id', mend: expect.stringMatching(/at most 60/) });
    expect((await server.post(by('b-7', 60))).statusCode).toBe(200);
    const late = await server.post([...by('b-8', 1), ...by('b-7', 1)]);
    expect([late.statusCode, late.headers['retry-after']]).toEqual([429, '1']);
    expect(await server.storage.turn('demo', 'b-8')).toBeUndefined();
    expect((await server.post(question('您好', { author: 'agent', buyer: { id: 'b-7' } }))).statusCode).toBe(200);
    server.clock.now += 1000;
    expect((await server.post(by('b-7', 1))).statusCode).toBe(200);
  });

  it('when a shop calls more than five thousand times a second', async () => {
    const server = await openServer();
    const agent = () => question('您好', { author: 'agent' });
    for (let i = 0; i < 5000; i += 1) await server.post(agent());
    const response = await server.post(agent());
    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '1']);
    expect((await server.post(agent(), { shop: 'other', secret: secretOf.other })).statusCode).toBe(200);
  });

  it('with 503 when it cannot be stored, and without telling why', async () => {
    const server = await openServer();
    server.flow.accept = async () => {
      throw new CodedError('storage_failed', 'SQLITE_IOERR at /data/zaima.db', 'later');
    };
    const response = await server.post(question());
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5']);
    expect(response.body).not.toContain('SQLITE');
    server.flow.accept = async () => {
      throw new TypeError('undefined is not a function');
    };
    const broken = await server.post(question());
    expect([broken.statusCode, broken.json().code]).toEqual([500, 'internal']);
    expect(broken.body).not.toContain('undefined');
    expect((await server.get('/healthz')).statusCode).toBe(200);
  });
});

it('logs hold neither words nor names nor secrets', async () => {
  const server = await openServer();
  await server.post(question('我的电话是13800000000'));
  await server.post('{"text": "我的电话"');
  const token = await server.token('read');
  await server.get('/v1/shops/demo/replies', token);
  const log = server.lines.join('');
  expect(log).toContain('/v1/shops/:shop/messages');
  for (const secret of ['电话', '小王', token, secretOf.demo.toString('base64')]) expect(log).not.toContain(secret);
});
