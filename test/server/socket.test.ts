/** The plumbing of websockets: doors, faults, back-pressure, farewells. A route that echoes stands for all of them. */
import { type Socket, connect as tcp } from 'node:net';
import cookies from '@fastify/cookie';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { z } from 'zod';
import { isAllowed } from '../../src/server/bearer.js';
import { InvalidRequest } from '../../src/server/errors-to-problems.js';
import { openMetrics } from '../../src/server/metrics.js';
import { openSockets } from '../../src/server/socket.js';
import { broadcast, type LiveSocket } from '../../src/server/socket-live.js';
import { requestsThatUpgrade } from '../../src/server/socket-upgrade.js';
import { dial as dialPath, type Peer } from './dial.js';
import { openServer } from './opened.js';

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const frames = {
  echo: z.object({ type: z.literal('echo'), id: z.string().optional(), text: z.string(), waitMs: z.number().default(0) }),
  join: z.object({ type: z.literal('join'), shop: z.string() }),
  fail: z.object({ type: z.literal('fail'), id: z.string(), how: z.enum(['invalid', 'bug']) }),
};

async function openEcho(sockets: { pingSeconds?: number; perCaller?: number; perShop?: number } = {}, publicUrl?: string) {
  const server = await openServer();
  const paths = new Set<string>();
  const app = Fastify({ http: { IncomingMessage: requestsThatUpgrade(paths) } });
  app.register(cookies);
  const metrics = openMetrics();
  const logged: unknown[] = [];
  const log = { warn: (...words: unknown[]) => logged.push(words), error: (...words: unknown[]) => logged.push(words) };
  const config = {
    sockets: { pingSeconds: 25, perCaller: 100, perShop: 100, ...sockets },
    web: { trustedProxies: [], ...(publicUrl !== undefined && { publicUrl }) },
  };
  const live = new Set<LiveSocket>();
  const connections: Socket[] = [];
  const taken: string[] = [];
  const begun: string[] = [];
  openSockets(app, { ...server, config, metrics, log } as never, paths).route({
    url: '/echo',
    permissions: ['connect', 'desk'],
    frames,
    open(socket) {
      live.add(socket);
      return {
        async frame(frame) {
          if (frame.type === 'echo') {
            begun.push(frame.text);
            if (frame.waitMs > 0) await later(frame.waitMs);
            taken.push(frame.text);
            socket.send({ type: 'echo', id: frame.id, text: frame.text });
          } else if (frame.type === 'join') {
            const isAllowedThere = isAllowed(socket.caller, frame.shop, ['connect', 'desk']);
            socket.send({ type: 'joined', ok: isAllowedThere && socket.join(frame.shop) });
          } else if (frame.how === 'invalid') {
            throw new InvalidRequest([{ field: 'how', problem: 'is wrong', mend: 'right it' }]);
          } else throw new Error('the words of a buyer');
        },
        closed: () => live.delete(socket),
      };
    },
  });
  app.server.on('connection', (connection) => connections.push(connection));
  app.post('/bytes', async (request) => ({ got: request.body }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await app.close();
  });
  const { port } = app.server.address() as { port: number };
  return { ...server, app, port, connections, metrics, live, begun, taken, logged };
}

type Echo = Awaited<ReturnType<typeof openEcho>>;

const dial = (echo: Parameters<typeof dialPath>[0], options: Parameters<typeof dialPath>[1] = {}) =>
  dialPath(echo, { path: '/echo', ...options });
const dialed = async (echo: Echo, scope: 'connect' | 'read' = 'connect') => dial(echo, { token: await echo.token(scope) });

describe('the door', () => {
  it('opens to a token in the header, and in a subprotocol that is never sent back', async () => {
    const echo = await openEcho();
    const token = await echo.token('connect');
    const byHeader = await dial(echo, { token });
    byHeader.say({ type: 'echo', text: '在吗' });
    expect(await byHeader.next()).toEqual({ type: 'echo', text: '在吗' });
    const byProtocol = await dial(echo, { protocols: [`bearer.${token}`, 'zaima.v1'] });
    expect([byProtocol.status, byProtocol.ws.protocol]).toEqual([101, 'zaima.v1']);
  });

  it('refuses before the upgrade, as problem+json', async () => {
    const echo = await openEcho();
    const refused = async (options: Parameters<typeof dial>[1]) => {
      const { status, body } = await dial(echo, options);
      expect(body).toMatchObject({ type: `urn:zaima:problem:${body.code}`, status });
      return [status, body.code];
    };
    expect(await refused({})).toEqual([401, 'unauthorized']);
    expect(await refused({ token: `zt_${'x'.repeat(43)}` })).toEqual([401, 'unauthorized']);
    expect(await refused({ token: await echo.token('read') })).toEqual([403, 'forbidden']);
    expect(await refused({ token: await echo.token('connect'), protocols: ['graphql-ws'] })).toEqual([400, 'bad_request']);
    expect(await refused({ path: '/nothing', token: await echo.token('connect') }).catch(() => 'no problem')).toBe('no problem');
    const plain = await fetch(`http://127.0.0.1:${echo.port}/echo`);
    expect([plain.status, ((await plain.json()) as { code: string }).code]).toEqual([426, 'upgrade_required']);
  });

  it('opens to a person from our own pages alone', async () => {
    const echo = await openEcho({}, 'https://desk.example.com');
    const { cookie } = await echo.loggedIn('agent');
    const headers = { cookie: `${cookie.name}=${cookie.value}` };
    for (const origin of ['https://evil.example', 'null', `https://127.0.0.1:${echo.port}`, 'http://desk.example.com']) {
      const { status, body } = await dial(echo, { headers: { ...headers, origin } });
      expect([status, body.code]).toEqual([403, 'forbidden']);
    }
    for (const origin of ['https://desk.example.com', `http://127.0.0.1:${echo.port}`]) {
      expect((await dial(echo, { headers: { ...headers, origin } })).status).toBe(101);
    }
    expect((await dial(echo, { headers })).status).toBe(101);
    // A token proves itself, wherever the page lies.
    const token = await echo.token('connect');
    const protocols = [`bearer.${token}`, 'zaima.v1'];
    expect((await dial(echo, { protocols, headers: { origin: 'https://shop.example' } })).status).toBe(101);
  });

  it('leaves every other request with an Upgrade header to HTTP', async () => {
    const echo = await openEcho();
    const body = '{"a":1}';
    const raw = (head: string) =>
      new Promise<string>((done) => {
        let text = '';
        const socket = tcp(echo.port, '127.0.0.1', () => socket.write(head));
        socket.on('data', (chunk) => {
          text += chunk;
        });
        socket.on('close', () => done(text));
      });
    const h2c = 'host: x\r\nconnection: Upgrade, HTTP2-Settings, close\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk';
    const json = `content-type: application/json\r\ncontent-length: ${body.length}`;
    const posted = await raw(`POST /bytes HTTP/1.1\r\n${h2c}\r\n${json}\r\n\r\n${body}`);
    expect(posted).toContain('HTTP/1.1 200');
    expect(posted).toContain('{"got":{"a":1}}');
    const websocket =
      'host: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==';
    expect(await raw(`POST /bytes HTTP/1.1\r\n${websocket}\r\n${json}\r\n\r\n${body}`)).toContain('HTTP/1.1 200');
    expect(await raw(`GET /nothing HTTP/1.1\r\n${websocket}\r\n\r\n`)).toContain('HTTP/1.1 404');
    expect(await raw(`CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n`)).toBe('');
    // And the server goes on.
    expect((await dialed(echo)).status).toBe(101);
  });

  it('counts open sockets of a caller and of a shop, and lets others in when some go', async () => {
    const echo = await openEcho({ perCaller: 2, perShop: 3 });
    const [one, other] = [await echo.token('connect'), await echo.token('connect')];
    const first = await dial(echo, { token: one });
    await dial(echo, { token: one });
    const { status, body } = await dial(echo, { token: one });
    expect([status, body.code]).toEqual([429, 'too_many']);
    const third = await dial(echo, { token: other });
    first.ws.close();
    await first.closed;
    await expect.poll(async () => (await dial(echo, { token: one })).status).toBe(101);
    const joins = async (peer: Peer, shop: string) => {
      peer.say({ type: 'join', shop });
      return (await peer.next()).ok;
    };
    expect([await joins(third, 'demo'), await joins(third, 'demo'), await joins(third, 'other')]).toEqual([true, true, false]);
    const more = await echo.token('connect');
    const [a, b, c] = [await dial(echo, { token: more }), await dial(echo, { token: other }), await dial(echo, { token: more })];
    expect([await joins(a, 'demo'), await joins(b, 'demo'), await joins(c, 'demo')]).toEqual([true, true, false]);
    a.ws.terminate();
    await expect.poll(() => joins(c, 'demo')).toBe(true);
  });
});

describe('frames', () => {
  it('that are no good are told with their faults, and the socket stays open', async () => {
    const echo = await openEcho();
    const peer = await dialed(echo);
    peer.say('{"type":"echo"');
    expect(await peer.next()).toMatchObject({
      type: 'error',
      code: 'not_json',
      faults: [{ problem: expect.stringContaining('line 1'), mend: 'send one JSON object as text' }],
    });
    peer.ws.send(Buffer.from('{"type":"echo","text":"x"}'));
    expect(await peer.next()).toMatchObject({ type: 'error', code: 'not_json', faults: [{ problem: 'is binary' }] });
    for (const [frame, field] of [
      [[], 'type'],
      [null, 'type'],
      [{ type: 'toString' }, 'type'],
      [{ type: 'echo', id: 'e1' }, 'text'],
    ] as const) {
      peer.say(JSON.stringify(frame));
      expect(await peer.next()).toMatchObject({
        type: 'error',
        code: 'invalid',
        faults: [{ field, mend: expect.stringMatching(/./) }],
      });
    }
    peer.say({ type: 'echo', id: 'e2', text: 5 });
    expect(await peer.next()).toMatchObject({ inReplyTo: 'e2', faults: [{ field: 'text' }] });
    peer.say({ type: 'fail', id: 'f1', how: 'invalid' });
    expect(await peer.next()).toMatchObject({ code: 'invalid', inReplyTo: 'f1', faults: [{ field: 'how', mend: 'right it' }] });
    peer.say({ type: 'fail', id: 'f2', how: 'bug' });
    const told = await peer.next();
    expect(told).toMatchObject({ code: 'internal', inReplyTo: 'f2' });
    expect(JSON.stringify(told)).not.toContain('buyer');
    expect(echo.logged).toHaveLength(1);
    peer.say({ type: 'ping', id: 'p' });
    expect(await peer.next()).toEqual({ type: 'pong', id: 'p' });
    peer.say({ type: 'echo', text: 'well' });
    expect(await peer.next()).toEqual({ type: 'echo', text: 'well' });
  });

  it('that are no good ten times in a row close the socket; a good one between forgives', async () => {
    const echo = await openEcho();
    const peer = await dialed(echo);
    for (let i = 0; i < 9; i++) peer.say({ type: 'nothing' });
    peer.say({ type: 'echo', text: 'sorry' });
    for (let i = 0; i < 9; i++) await peer.next();
    expect(await peer.next()).toMatchObject({ type: 'echo' });
    for (let i = 0; i < 10; i++) peer.say({ type: 'nothing' });
    expect(await peer.closed).toEqual({ code: 1008, reason: '10 bad frames in a row' });
  });

  it('that are too large close the socket', async () => {
    const echo = await openEcho();
    const peer = await dialed(echo);
    peer.say({ type: 'echo', text: 'x'.repeat(200 * 1024) });
    expect((await peer.next()).text).toHaveLength(200 * 1024);
    peer.say({ type: 'echo', text: 'x'.repeat(260 * 1024) });
    expect((await peer.closed).code).toBe(1009);
    expect(echo.logged).toEqual([]);
  });

  it('are handled one after the other in their order, and few of them wait', async () => {
    const echo = await openEcho();
    const peer = await dialed(echo);
    for (let i = 0; i < 200; i++) peer.say({ type: 'echo', text: String(i), waitMs: i % 20 === 0 ? 5 : 0 });
    const read: string[] = [];
    for (let i = 0; i < 200; i++) read.push((await peer.next()).text);
    expect(read).toEqual(Array.from({ length: 200 }, (_, i) => String(i)));
    // 8 MB behind one slow frame: the network holds them, not the process.
    const connection = echo.connections.at(-1)!;
    const before = connection.bytesRead;
    peer.say({ type: 'echo', text: 'slow', waitMs: 2000 });
    for (let i = 0; i < 80; i++) peer.say({ type: 'echo', text: 'x'.repeat(100 * 1024) });
    await later(200);
    expect(echo.begun.at(-1)).toBe('slow');
    expect(connection.bytesRead - before).toBeGreaterThan(0);
    expect(connection.bytesRead - before).toBeLessThan(2 * 2 ** 20);
    for (let i = 0; i < 81; i++) await peer.next();
  });
});

describe('what is sent', () => {
  it('to many is made ready once and reaches all', async () => {
    const echo = await openEcho();
    const peers = await Promise.all(Array.from({ length: 20 }, () => dialed(echo)));
    let made = 0;
    const frame = { type: 'news', toJSON: () => ({ type: 'news', made: ++made }) };
    broadcast(echo.live, frame);
    expect(await Promise.all(peers.map((peer) => peer.next()))).toEqual(peers.map(() => ({ type: 'news', made: 1 })));
    expect(made).toBe(1);
  });

  it('as state to a slow reader is replaced by the latest; what must arrive ends as 4008, with little kept', async () => {
    const echo = await openEcho();
    const peer = await dialed(echo);
    const [socket] = [...echo.live] as [LiveSocket];
    peer.ws.pause();
    const block = 'x'.repeat(32 * 1024);
    let sent = 0;
    while (!socket.isSlow && sent < 5000) {
      socket.send({ type: 'fill', block });
      sent += 1;
      if (sent % 20 === 0) await later(1);
    }
    expect(socket.isSlow).toBe(true);
    for (let i = 0; i < 1000; i++) {
      socket.offer('clock', { type: 'clock', i });
      socket.offer(`c-${i % 10}`, { type: 'conversation', i, block });
    }
    let wasTaken = false;
    socket.onTaken(() => {
      wasTaken = true;
    });
    peer.ws.resume();
    for (let i = 0; i < sent; i++) expect((await peer.next()).type).toBe('fill');
    const states = [];
    for (let i = 0; i < 11; i++) states.push((await peer.next()).i);
    expect(states.sort((a, b) => a - b)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999, 999]);
    await expect.poll(() => wasTaken).toBe(true);

    peer.ws.pause();
    while (socket.send({ type: 'fill', block })) if (sent++ % 20 === 0) await later(1);
    expect(socket.isOpen).toBe(false);
    peer.ws.resume();
    expect((await peer.closed).code).toBe(4008);
  });
});

describe('a socket ends', () => {
  it('with 4001 when its token is revoked, its session ends or its user changes', async () => {
    const echo = await openEcho();
    const { token, secret } = await echo.access.create('demo', 'connect');
    const [machine, other] = [await dial(echo, { token: secret }), await dialed(echo)];
    const { cookie, user } = await echo.loggedIn('agent');
    const second = await echo.loggedIn('lead');
    const person = await dial(echo, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
    const lead = await dial(echo, { headers: { cookie: `${second.cookie.name}=${second.cookie.value}` } });
    await echo.access.revoke('demo', token.id);
    expect((await machine.closed).code).toBe(4001);
    const [session] = await echo.sessions.list(user.id);
    await echo.sessions.end(user.id, session!.id);
    expect((await person.closed).code).toBe(4001);
    await echo.people.change(second.user.id, { disabled: true, at: 1 } as never);
    expect((await lead.closed).code).toBe(4001);
    expect(other.ws.readyState).toBe(WebSocket.OPEN);
  });

  it('with 4001 when nobody told but the store no longer knows it, and a peer that is silent is cut off', async () => {
    const echo = await openEcho({ pingSeconds: 0.15 });
    const { cookie } = await echo.loggedIn('agent');
    const person = await dial(echo, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
    const machine = await dialed(echo);
    const dead = await dial(echo, { token: await echo.token('connect') });
    // It neither reads nor answers pings.
    dead.ws.pause();
    echo.clock.now += 200 * 3_600_000;
    expect((await person.closed).code).toBe(4001);
    await expect.poll(() => echo.live.size).toBe(1);
    await later(500);
    expect(machine.ws.readyState).toBe(WebSocket.OPEN);
    const figures = await echo.metrics.text();
    expect(figures).toContain('zaima_sockets{route="/echo"} 1');
    expect(figures).toContain('zaima_socket_closes_total{route="/echo",code="4001"} 1');
    expect(figures).toContain('zaima_socket_closes_total{route="/echo",code="1006"} 1');
  });

  it('with 1012 when the server stops, after what is at work; newcomers are told to come back', async () => {
    const echo = await openEcho();
    const peer = await dialed(echo);
    const mute = await dialed(echo);
    mute.ws.pause();
    peer.say({ type: 'echo', text: 'at work', waitMs: 200 });
    await expect.poll(() => echo.begun).toContain('at work');
    const stopped = performance.now();
    const closing = echo.app.close();
    expect(await peer.next()).toMatchObject({ text: 'at work' });
    expect((await peer.closed).code).toBe(1012);
    await closing;
    // Who says nothing is given two seconds; left to itself, the socket would be waited for half a minute.
    expect(performance.now() - stopped).toBeLessThan(20_000);
    expect(echo.live.size).toBe(0);
  });
});
