import { describe, expect, it } from 'vitest';
import { cursorText, readCursor } from '../../src/server/cursor.js';
import type { FlowPort } from '../../src/server/flow-port.js';
import { feedPageSchema } from '../../src/server/wire-schemas.js';
import { answerTo, openServer, question } from './opened.js';

const feed = '/v1/shops/demo/replies';
/** How many callers wait for the feed at the moment. */
function listeningOf(flow: Pick<FlowPort, 'onFeed'>): () => number {
  let listening = 0;
  const { onFeed } = flow;
  flow.onFeed = (shop, listener) => {
    listening += 1;
    const stop = onFeed(shop, listener);
    return () => {
      listening -= 1;
      stop();
    };
  };
  return () => listening;
}

describe('the feed', () => {
  it('gives what was sent, from the start, once per cursor', async () => {
    const server = await openServer();
    const token = await server.token('connect');
    expect((await server.get(feed, token)).json()).toMatchObject({ replies: [] });
    for (const conversation of ['c-1', 'c-2', 'c-3']) {
      await server.post(question('在吗', { id: `m-${conversation}`, conversation }), { query: '?wait=answer' });
    }
    const first = feedPageSchema.strict().parse((await server.get(`${feed}?limit=2&after=`, token)).json());
    expect(first.replies).toEqual([
      {
        id: expect.stringMatching(/^r-/),
        conversation: 'c-1',
        inReplyTo: ['m-c-1'],
        author: 'bot',
        kind: 'answer',
        text: '亲，新疆首重20元哦~',
        createdAt: '2026-11-11T12:00:00.000Z',
      },
      expect.objectContaining({ conversation: 'c-2' }),
    ]);
    const second = (await server.get(`${feed}?after=${first.cursor}`, token)).json();
    expect(second.replies.map((reply: { conversation: string }) => reply.conversation)).toEqual(['c-3']);
    const third = (await server.get(`${feed}?after=${second.cursor}`, token)).json();
    expect(third).toEqual({ replies: [], cursor: second.cursor });
    expect((await server.get(`${feed}?after=${first.cursor}`, token)).json()).toEqual(second);
  });

  it('shows what a client has read and gone on from as handed over, without a receipt; who only looks hands over nothing', async () => {
    const server = await openServer();
    const [connect, read] = [await server.token('connect'), await server.token('read')];
    const agent = await server.loggedIn('agent');
    await server.post(question('在吗', { conversation: 'c-1' }));
    const turn = (await server.storage.turn('demo', 'c-1'))!;
    const { version, memory } = turn.conversation;
    const answer = answerTo(turn, server.clock.now);
    // Nothing is pushed: the shop has no callback.
    await server.storage.finish({ shop: 'demo', conversation: 'c-1', version, answer, change: { memory }, callback: false });
    const state = async () => {
      const { conversations } = (await agent.call('GET', '/v1/shops/demo/conversations?show=all')).json();
      return conversations[0].lines.at(-1).delivery.state;
    };
    const { cursor, replies } = (await server.get(feed, connect)).json();
    expect(await state()).toBe('queued');
    await server.get(`${feed}?after=${cursor}`, read);
    expect(await state()).toBe('queued');
    await server.get(`${feed}?after=${cursor}`, connect);
    expect(await state()).toBe('handed');
    await server.call('POST', `${feed}/${replies[0].id}/receipt`, connect, { state: 'delivered' });
    expect(await state()).toBe('delivered');
  });

  it('carries the same reply that the waiting call got', async () => {
    const server = await openServer();
    const answered = (await server.post(question(), { query: '?wait=answer' })).json();
    const { replies } = (await server.get(feed, await server.token('read'))).json();
    expect(replies[0].id).toBe(answered.answers[0].replies[0].id);
  });

  it('wakes a long poll as soon as a reply is there', async () => {
    const server = await openServer();
    const token = await server.token('connect');
    // Longer than the test may take.
    const listening = listeningOf(server.flow);
    const polling = server.get(`${feed}?wait=60`, token);
    await expect.poll(listening).toBe(1);
    await server.post(question(), { query: '?wait=answer' });
    expect((await polling).json().replies).toHaveLength(1);
  });

  it('ends a long poll with nothing when its time is up', async () => {
    const server = await openServer();
    const response = await server.get(`${feed}?wait=0.2`, await server.token('connect'));
    expect(response.json().replies).toEqual([]);
  });

  it('stops listening when the caller goes', async () => {
    const server = await openServer();
    const token = await server.token('connect');
    const listening = listeningOf(server.flow);
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.app.server.address() as { port: number };
    const caller = new AbortController();
    const headers = { authorization: `Bearer ${token}` };
    const polling = fetch(`http://127.0.0.1:${port}${feed}?wait=60`, { headers, signal: caller.signal }).catch(() => 'gone');
    await expect.poll(listening).toBe(1);
    caller.abort();
    expect(await polling).toBe('gone');
    await expect.poll(listening).toBe(0);
  });

  it('lets waiting callers go when the server stops', async () => {
    const server = await openServer();
    const token = await server.token('connect');
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.app.server.address() as { port: number };
    const listening = listeningOf(server.flow);
    let ended = false;
    const polling = fetch(`http://127.0.0.1:${port}${feed}?wait=30`, { headers: { authorization: `Bearer ${token}` } }).finally(
      () => {
        ended = true;
      },
    );
    await expect.poll(listening).toBe(1);
    expect(ended).toBe(false);
    await server.app.close();
    expect((await polling).status).toBe(200);
  });

  it('answers a cursor that leads nowhere with 410 and one that leads on', async () => {
    const server = await openServer();
    const token = await server.token('connect');
    await server.post(question(), { query: '?wait=answer' });
    const page = (await server.get(feed, token)).json();
    const { epoch, position, lastReply } = readCursor(page.cursor)!;
    for (const cursor of [
      { epoch: 'another', position, lastReply },
      { epoch, position: position + 1, lastReply },
      { epoch: 'another', position: 0, lastReply: '' },
      // A restored backup that has come as far again with other replies.
      { epoch, position, lastReply: 'anotherreply' },
    ]) {
      const response = await server.get(`${feed}?after=${cursorText(cursor)}`, token);
      expect([response.statusCode, response.json().code]).toEqual([410, 'cursor_gone']);
      const onward = await server.get(`${feed}?after=${response.json().cursor}`, token);
      expect(onward.json().replies).toEqual(page.replies);
    }
  });

  it.each([
    ['after=abc!', 'query after', {}],
    ['after=abcdef', 'query after', {}],
    ['limit=0', 'query limit', { code: 'number', values: { is: 0, bound: 'at_least', limit: 1 } }],
    ['limit=501', 'query limit', { code: 'number', values: { is: 501, bound: 'at_most', limit: 500 } }],
    ['limit=many', 'query limit', { code: 'not_kind', values: { expected: ['number'] } }],
    ['wait=-1', 'query wait', { code: 'number', values: { is: -1, bound: 'at_least', limit: 0 } }],
  ])('refuses %s', async (query, field, told) => {
    const server = await openServer();
    const response = await server.get(`${feed}?${query}`, await server.token('connect'));
    expect(response.statusCode).toBe(422);
    expect(response.json().faults).toEqual([{ field, problem: expect.any(String), mend: expect.any(String), ...told }]);
  });
});

describe('a receipt', () => {
  it('is noted on a reply of the shop and of no other', async () => {
    const server = await openServer();
    const token = await server.token('connect');
    const { answers } = (await server.post(question(), { query: '?wait=answer' })).json();
    const id = answers[0].replies[0].id;
    const sent = await server.call('POST', `${feed}/${id}/receipt`, token, {
      state: 'sent',
      platformMessageId: 'p-1',
      at: '2026-11-11T20:00:05+08:00',
    });
    expect([sent.statusCode, sent.body]).toEqual([204, '']);
    expect((await server.call('POST', `${feed}/none/receipt`, token, { state: 'read' })).statusCode).toBe(404);
    const foreign = await server.token('connect', 'other');
    const elsewhere = await server.call('POST', `/v1/shops/other/replies/${id}/receipt`, foreign, { state: 'read' });
    expect(elsewhere.statusCode).toBe(404);
    const wrong = await server.call('POST', `${feed}/${id}/receipt`, token, { state: 'lost', at: 'now' });
    expect(wrong.json().faults.map(({ field }: { field: string }) => field)).toEqual(['state', 'at']);
    const conversation = (await server.get('/v1/shops/demo/conversations/c-1', token)).json();
    expect(conversation.deliveries[0].receipts).toEqual([
      { state: 'sent', at: '2026-11-11T12:00:05.000Z', platformMessageId: 'p-1' },
    ]);
  });
});

it('a cursor is read back as it was written, and nothing else is', () => {
  const cursor = { epoch: 'a1b2', position: 12, lastReply: 'f3e4' };
  expect(readCursor(cursorText(cursor))).toEqual(cursor);
  for (const text of ['', ' ', '12', '中', Buffer.from('01.a').toString('base64url'), Buffer.from('1.').toString('base64url')]) {
    expect(readCursor(text)).toBeUndefined();
  }
});
