/** /v1/connect, frame by frame. */
import { describe, expect, it } from 'vitest';
import { connectServerFrameSchema } from '../../src/server/connect-frames.js';
import type { PhraseSource } from '../../src/server/phrase-news.js';
import { dial } from './dial.js';
import { openServer, question } from './opened.js';

async function openConnected(phrases?: PhraseSource) {
  const server = await openServer(phrases === undefined ? {} : { phrases });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as { port: number };
  const token = await server.token('connect');
  return {
    ...server,
    port,
    connectToken: token,
    async greeted(hello: object = {}, secret = token) {
      const peer = await dial({ port }, { token: secret });
      peer.say({ type: 'hello', shop: 'demo', ...hello });
      return { ...peer, welcome: connectServerFrameSchema.parse(await peer.next()) as any };
    },
    /** A buyer's message that is answered at once. */
    answered: (conversation: string) => server.post(question('在吗', { conversation }), { query: '?wait=answer' }),
  };
}

describe('hello', () => {
  it('is answered with the limits and the cursor, and comes first, once', async () => {
    const server = await openConnected();
    const peer = await dial(server, { token: server.connectToken });
    peer.say({ type: 'messages', id: 'f1', messages: [question()] });
    expect(await peer.next()).toMatchObject({ type: 'error', code: 'invalid', inReplyTo: 'f1', faults: [{ field: 'type' }] });
    peer.say({ type: 'hello', shop: 'demo', client: 'test 1.0' });
    expect(connectServerFrameSchema.parse(await peer.next())).toEqual({
      type: 'welcome',
      shop: 'demo',
      cursor: expect.stringMatching(/^[\w-]+$/),
      limits: { messages: 100, frameBytes: 262_144, replies: 100, unseenFrames: 8 },
    });
    peer.say({ type: 'hello', shop: 'other' });
    expect(await peer.next()).toMatchObject({ code: 'invalid', faults: [{ field: 'type', problem: 'came a second time' }] });
  });

  it('refuses a foreign shop, an unknown one and a cursor that is none', async () => {
    const server = await openConnected();
    const foreign = await dial(server, { token: server.connectToken });
    foreign.say({ type: 'hello', shop: 'other' });
    expect(await foreign.next()).toMatchObject({ type: 'error', code: 'forbidden' });
    expect((await foreign.closed).code).toBe(1008);
    const nowhere = await dial(server, { token: (await server.access.create('gone', 'connect')).secret });
    nowhere.say({ type: 'hello', shop: 'gone' });
    expect(await nowhere.next()).toMatchObject({ type: 'error', code: 'not_found' });
    const reader = await dial(server, { token: await server.token('read') });
    expect([reader.status, reader.body.code]).toEqual([403, 'forbidden']);
    const owner = await server.loggedIn('owner', ['demo']);
    const headers = { cookie: `${owner.cookie.name}=${owner.cookie.value}` };
    const person = await dial(server, { headers });
    person.say({ type: 'hello', shop: 'demo', cursor: 'not a cursor' });
    expect(await person.next()).toMatchObject({ code: 'invalid', faults: [{ field: 'cursor', problem: 'is no cursor' }] });
    person.say({ type: 'hello', shop: 'demo' });
    expect(await person.next()).toMatchObject({ type: 'welcome' });
    const agent = await server.loggedIn('agent', ['demo']);
    expect((await dial(server, { headers: { cookie: `${agent.cookie.name}=${agent.cookie.value}` } })).status).toBe(403);
    expect((await dial(server, { headers: { ...headers, origin: 'https://evil.example' } })).status).toBe(403);
  });
});

describe('messages', () => {
  it('are acknowledged once they are stored, by the rules of the webhook', async () => {
    const server = await openConnected();
    const peer = await server.greeted();
    const [one, two] = [question('包邮吗'), question('几天到')];
    peer.say({ type: 'messages', id: 'f1', messages: [one, two] });
    const ack = connectServerFrameSchema.parse(await peer.next());
    expect(ack).toEqual({
      type: 'ack',
      id: 'f1',
      messages: [
        { id: one.id, duplicate: false },
        { id: two.id, duplicate: false },
      ],
    });
    const stored = await server.storage.transcript('demo', 'c-1', 10);
    expect(stored?.lines.map(({ message }) => message.id)).toEqual([one.id, two.id]);
    peer.say({ type: 'messages', id: 'f2', messages: [one, { ...two, text: '另一句' }] });
    expect((await peer.next()).messages).toEqual([
      { id: one.id, duplicate: true },
      { id: two.id, duplicate: true, conflict: true },
    ]);
    // One message, two ways in.
    expect((await server.post(one)).json().messages).toEqual([{ id: one.id, duplicate: true }]);
    const figures = (await server.get('/metrics')).body;
    expect(figures).toContain('zaima_messages_total{fate="stored"} 2');
    expect(figures).toContain('zaima_messages_total{fate="conflict"} 1');
    expect(figures).toContain('zaima_socket_frames_total{route="/v1/connect",direction="in"} 3');
  });

  it('that are wrong are told all at once, with their places, and nothing is taken', async () => {
    const server = await openConnected();
    const peer = await server.greeted();
    const good = question();
    peer.say({ type: 'messages', id: 'f1', messages: [good, { ...question(), text: '' }, { id: 'x', conversation: 'c' }] });
    const told = connectServerFrameSchema.parse(await peer.next()) as any;
    expect(told).toMatchObject({ type: 'error', code: 'invalid', inReplyTo: 'f1' });
    expect(told.faults.map(({ field }: { field: string }) => field)).toEqual([
      'messages[1].text',
      'messages[2].buyer',
      'messages[2].text',
    ]);
    expect(await server.storage.transcript('demo', 'c-1', 10)).toBeUndefined();
    peer.say({ type: 'messages', id: 'f2', messages: [] });
    expect(await peer.next()).toMatchObject({ code: 'invalid', inReplyTo: 'f2', faults: [{ field: 'messages' }] });
    peer.say({ type: 'messages', id: 'f3', messages: Array.from({ length: 101 }, () => good) });
    expect(await peer.next()).toMatchObject({ code: 'invalid', inReplyTo: 'f3', faults: [{ field: 'messages' }] });
  });

  it('of one buyer are limited together with those of the webhook', async () => {
    const server = await openConnected();
    const peer = await server.greeted();
    const many = (count: number) => Array.from({ length: count }, () => question());
    expect((await server.post(many(30))).statusCode).toBe(200);
    peer.say({ type: 'messages', id: 'f1', messages: many(30) });
    expect(await peer.next()).toMatchObject({ type: 'ack' });
    peer.say({ type: 'messages', id: 'f2', messages: [question('别人', { buyer: { id: 'b-2' } }), ...many(1)] });
    expect(await peer.next()).toMatchObject({
      type: 'error',
      code: 'too_many',
      inReplyTo: 'f2',
      retryAfterSeconds: 1,
      faults: [{ field: 'messages[1].buyer.id' }],
    });
    server.clock.now += 1000;
    peer.say({ type: 'messages', id: 'f3', messages: many(1) });
    expect(await peer.next()).toMatchObject({ type: 'ack', id: 'f3' });
  });
});

describe('replies', () => {
  it('come in the order of commit, go on by cursor, and are those of the feed', async () => {
    const server = await openConnected();
    await server.answered('c-1');
    const peer = await server.greeted();
    const first = connectServerFrameSchema.parse(await peer.next()) as any;
    expect(first.replies.map((reply: any) => reply.conversation)).toEqual(['c-1']);
    await server.answered('c-2');
    const second = await peer.next();
    expect(second.replies.map((reply: any) => reply.conversation)).toEqual(['c-2']);
    const feed = (await server.get('/v1/shops/demo/replies', server.connectToken)).json();
    expect(feed).toEqual({ replies: [...first.replies, ...second.replies], cursor: second.cursor });
    const other = await server.greeted({ cursor: first.cursor });
    expect(other.welcome.cursor).toBe(first.cursor);
    expect(await other.next()).toEqual(second);
    const late = await server.greeted({ cursor: second.cursor });
    await server.answered('c-3');
    const [a, b, c] = [await peer.next(), await other.next(), await late.next()];
    expect([b, c]).toEqual([a, a]);
  });

  it('stop when nobody says that they were seen, and go on when somebody does', async () => {
    const server = await openConnected();
    const peer = await server.greeted();
    const cursors: string[] = [];
    for (let i = 0; i < 12; i++) {
      await server.answered(`c-${i}`);
      if (i < 8) cursors.push((await peer.next()).cursor);
    }
    peer.say({ type: 'ping' });
    expect(await peer.next()).toEqual({ type: 'pong' });
    peer.say({ type: 'seen', cursor: cursors[1] });
    const rest = await peer.next();
    expect(rest.replies.map((reply: any) => reply.conversation)).toEqual(['c-8', 'c-9', 'c-10', 'c-11']);
    peer.say({ type: 'seen', cursor: cursors[0] });
    expect(await peer.next()).toMatchObject({ type: 'error', code: 'invalid', faults: [{ field: 'cursor' }] });
    peer.say({ type: 'seen', cursor: rest.cursor });
    await server.answered('c-12');
    expect((await peer.next()).replies).toHaveLength(1);
  });

  it('that the kill switch stopped never leave, not even to who waits behind a full window', async () => {
    const server = await openConnected();
    const peer = await server.greeted();
    for (let i = 0; i < 9; i++) await server.answered(`c-${i}`);
    let last: any;
    for (let i = 0; i < 8; i++) last = await peer.next();
    server.clock.now += 1000;
    await server.flow.bots.turn('demo', { mode: 'off', at: server.clock.now, by: 'test' });
    peer.say({ type: 'seen', cursor: last.cursor });
    peer.say({ type: 'ping' });
    expect(await peer.next()).toEqual({ type: 'pong' });
    server.clock.now += 1000;
    await server.flow.bots.turn('demo', { mode: 'auto', at: server.clock.now, by: 'test' });
    await server.answered('c-after');
    expect((await peer.next()).replies.map((reply: any) => reply.conversation)).toEqual(['c-after']);
  });

  it('of another database are told with a fresh cursor, on the open socket', async () => {
    const [server, former] = [await openConnected(), await openConnected()];
    await former.answered('c-1');
    const { cursor } = (await former.get('/v1/shops/demo/replies', former.connectToken)).json();
    await server.answered('c-2');
    const peer = await dial(server, { token: server.connectToken });
    peer.say({ type: 'hello', shop: 'demo', cursor });
    const gone = connectServerFrameSchema.parse(await peer.next()) as any;
    expect(gone).toMatchObject({ type: 'error', code: 'cursor_gone' });
    peer.say({ type: 'hello', shop: 'demo', cursor: gone.cursor });
    expect(await peer.next()).toMatchObject({ type: 'welcome', cursor: gone.cursor });
    expect((await peer.next()).replies).toHaveLength(1);
  });

  it('are read once for all who stand at the same place', async () => {
    const server = await openConnected();
    const peers = await Promise.all(Array.from({ length: 30 }, () => server.greeted()));
    let looks = 0;
    const { feed } = server.storage;
    server.storage.feed = (...given) => {
      looks += 1;
      return feed(...given);
    };
    await server.answered('c-1');
    const frames = await Promise.all(peers.map((peer) => peer.next()));
    expect(new Set(frames.map((frame) => JSON.stringify(frame))).size).toBe(1);
    // The new page, and that nothing lies behind it.
    expect(looks).toBeLessThanOrEqual(4);
  });
});

describe('beside', () => {
  it('receipts are noted, and unknown replies told', async () => {
    const server = await openConnected();
    await server.answered('c-1');
    const peer = await server.greeted();
    const [reply] = (await peer.next()).replies;
    peer.say({
      type: 'receipt',
      id: 'r1',
      reply: reply.id,
      state: 'sent',
      platformMessageId: 'p-1',
      at: '2026-11-11T20:00:05+08:00',
    });
    expect(await peer.next()).toEqual({ type: 'ack', id: 'r1' });
    const transcript = await server.storage.transcript('demo', 'c-1', 10);
    expect(transcript?.deliveries[0]?.receipts).toEqual([
      { state: 'sent', at: Date.parse('2026-11-11T12:00:05Z'), platformMessageId: 'p-1' },
    ]);
    peer.say({ type: 'receipt', id: 'r2', reply: 'r-none', state: 'sent' });
    expect(await peer.next()).toMatchObject({ type: 'error', code: 'not_found', inReplyTo: 'r2' });
    peer.say({ type: 'receipt', id: 'r3', reply: reply.id, state: 'lost' });
    expect(await peer.next()).toMatchObject({ code: 'invalid', inReplyTo: 'r3', faults: [{ field: 'state' }] });
  });

  it('changes of phrases are told, also those that were missed', async () => {
    const listeners = new Map<string, Set<(revision: number) => void>>();
    let revision = 7;
    const server = await openConnected({
      revision: () => revision,
      onChange(shop, listener) {
        const its = listeners.get(shop) ?? new Set();
        listeners.set(shop, its.add(listener));
        return () => its.delete(listener);
      },
    });
    const missed = await server.greeted({ phrasesRevision: 5 });
    expect(await missed.next()).toEqual({ type: 'phrases.changed', revision: 7 });
    const current = await server.greeted({ phrasesRevision: 7 });
    const none = await server.greeted();
    expect(listeners.get('demo')?.size).toBe(1);
    revision = 8;
    for (const listener of listeners.get('demo')!) listener(revision);
    for (const peer of [missed, current, none]) expect(await peer.next()).toEqual({ type: 'phrases.changed', revision: 8 });
    for (const peer of [missed, current, none]) peer.ws.close();
    await expect.poll(() => listeners.get('demo')?.size).toBe(0);
  });

  it('no words, names or secrets get into log and metrics', async () => {
    const server = await openConnected();
    const peer = await server.greeted();
    peer.say({ type: 'messages', id: 'f1', messages: [question('我的手机号很秘密')] });
    await peer.next();
    peer.say({ type: 'messages', id: 'f2', messages: [{ text: '另一句秘密' }] });
    await peer.next();
    const told = server.lines.join('\n') + (await server.get('/metrics')).body;
    for (const secret of ['秘密', '小王', 'b-1', server.connectToken]) expect(told).not.toContain(secret);
  });

  it('a revoked token ends it', async () => {
    const server = await openConnected();
    const { token, secret } = await server.access.create('demo', 'connect');
    const peer = await server.greeted({}, secret);
    await server.access.revoke('demo', token.id);
    expect((await peer.closed).code).toBe(4001);
    expect((await dial(server, { token: secret })).status).toBe(401);
  });
});
