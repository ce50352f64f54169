/**
 * How long news takes to many sockets. `node test/bench/sockets.mjs` (after a build).
 *   connect: N clients of one shop on /v1/connect; replies reach every one of them (each client sees the whole feed).
 *   plumbing: N sockets on a bare route, RATE broadcasts a second, each to every socket: what the desk's fan-out may cost.
 *   phrases: N sockets, RATE changes of phrases a second, told as /v1/connect tells them.
 *   MODE=connect|plumbing|phrases SOCKETS=200 RATE=10 SECONDS=10
 */

import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import WebSocket from 'ws';

const root = resolve(import.meta.dirname, '../..');
const mode = process.env.MODE ?? 'connect';
const sockets = Number(process.env.SOCKETS ?? 200);
const rate = Number(process.env.RATE ?? 10);
const seconds = Number(process.env.SECONDS ?? 10);
const dist = (path) => join(root, 'dist', path);
const later = (ms) => new Promise((done) => setTimeout(done, ms));

/** The server, in a process of its own: answers `{port, token}`, then sends what it is told to. */
async function serve() {
  if (mode === 'connect') {
    const { run } = await import(dist('start.js'));
    const home = mkdtempSync(join(tmpdir(), 'zaima-sockets-'));
    const running = await run({
      say: () => undefined,
      environment: { PORT: '0', DATA_DIR: home, LOG_LEVEL: 'error' },
    });
    const { readFileSync } = await import('node:fs');
    const control = JSON.parse(readFileSync(join(home, 'control.json'), 'utf8'));
    await fetch(`${running.address}/v1/shops/demo/away`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
      body: '{"away":true}',
    });
    process.send({ port: Number(new URL(running.address).port), token: control.token });
    process.on('message', async (told) => {
      if (told !== 'stop') return;
      await running.stop();
      rmSync(home, { recursive: true, force: true });
      process.exit(0);
    });
    return;
  }
  const [
    { default: Fastify },
    { default: cookies },
    { openSockets },
    { broadcast, pack },
    { requestsThatUpgrade },
    { openMetrics },
    { openPhraseNews },
    { z },
  ] = await Promise.all([
    import('fastify'),
    import('@fastify/cookie'),
    import(dist('server/socket.js')),
    import(dist('server/socket-live.js')),
    import(dist('server/socket-upgrade.js')),
    import(dist('server/metrics.js')),
    import(dist('server/phrase-news.js')),
    import('zod'),
  ]);
  const paths = new Set();
  const app = Fastify({ http: { IncomingMessage: requestsThatUpgrade(paths) } });
  app.register(cookies);
  const token = { id: 't', shop: 'demo', scope: 'connect', createdAt: 0 };
  const access = { check: async () => token, onRevoke: () => () => undefined };
  const sessions = { check: async () => undefined, onEnd: () => () => undefined };
  const config = { sockets: { pingSeconds: 25, perCaller: 100_000, perShop: 100_000 }, web: {} };
  const live = new Set();
  let change = () => undefined;
  const news = openPhraseNews({
    changes: async () => ({ revision: 0 }),
    onPhrases(_shop, listener) {
      change = listener;
      return () => undefined;
    },
  });
  openSockets(app, { access, sessions, config, metrics: openMetrics(), log: console }, paths).route({
    url: '/v1/connect',
    permissions: ['connect'],
    frames: { hello: z.object({ type: z.literal('hello') }) },
    open(socket) {
      live.add(socket);
      if (mode === 'phrases') news.add('demo', socket);
      return { frame: () => void socket.send({ type: 'welcome' }), closed: () => live.delete(socket) };
    },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  process.send({ port: app.server.address().port, token: 'zt_any' });
  process.on('message', async (told) => {
    if (told === 'stop') {
      await app.close();
      process.exit(0);
    }
    // A conversation as the desk would tell it.
    const filler = '亲，满95元包邮哦，您寄到哪个省呢？'.repeat(20);
    if (mode === 'phrases') change(Date.now());
    else broadcast(live, pack({ type: 'news', at: Date.now(), filler }));
    process.send({ cpu: process.cpuUsage(), memory: process.memoryUsage().rss });
  });
}

async function measure() {
  const server = fork(import.meta.filename, { env: { ...process.env, ROLE: 'server' } });
  const { port, token } = await new Promise((done) => server.once('message', done));
  let usage;
  server.on('message', (told) => {
    usage = told;
  });
  const latencies = [];
  const sentAt = new Map();
  let received = 0;
  const open = await Promise.all(
    Array.from({ length: sockets }, async () => {
      const ws = new WebSocket(`ws://127.0.0.1:${port}/v1/connect`, ['zaima.v1', `bearer.${token}`]);
      const welcomed = new Promise((done, fail) => {
        ws.once('error', fail);
        ws.on('message', (data) => {
          const now = Date.now();
          const frame = JSON.parse(String(data));
          if (frame.type === 'welcome') done();
          else if (frame.type === 'news') {
            received += 1;
            latencies.push(now - frame.at);
          } else if (frame.type === 'phrases.changed') {
            received += 1;
            latencies.push(now - frame.revision);
          } else if (frame.type === 'replies') {
            for (const reply of frame.replies) {
              const at = sentAt.get(reply.inReplyTo[0]);
              if (at === undefined) continue;
              received += 1;
              latencies.push(now - at);
            }
            ws.send(JSON.stringify({ type: 'seen', cursor: frame.cursor }));
          }
        });
      });
      await new Promise((done) => ws.once('open', done));
      ws.send(JSON.stringify({ type: 'hello', shop: 'demo' }));
      await welcomed;
      return ws;
    }),
  );
  let sent = 0;
  const began = Date.now();
  while (Date.now() - began < seconds * 1000) {
    if (mode === 'connect') {
      // By the webhook's rules, answered at once; the control token may hand in by websocket.
      const id = randomUUID();
      sentAt.set(id, Date.now());
      const message = { id, conversation: `c-${id}`, buyer: { id: `b-${id}` }, text: '包邮吗', sentAt: new Date().toISOString() };
      open[sent % open.length].send(JSON.stringify({ type: 'messages', id, messages: [message] }));
    } else server.send('news');
    sent += 1;
    await later(Math.max(0, began + (sent * 1000) / rate - Date.now()));
  }
  for (let tries = 0; tries < 200 && received < sent * sockets; tries++) await later(50);
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  console.log(
    `${mode}: ${sockets} sockets, ${sent} sent in ${seconds} s, ${received} of ${sent * sockets} received; ` +
      `ms p50 ${at(0.5)} p95 ${at(0.95)} p99 ${at(0.99)} most ${latencies.at(-1)}` +
      (mode === 'connect' ? ' (from the message to the reply at a client, the burst wait of 1,500 ms included)' : ''),
  );
  if (usage?.memory !== undefined) {
    const cpu = (usage.cpu.user + usage.cpu.system) / 1e6;
    console.log(`server: ${Math.round(usage.memory / 2 ** 20)} MB, ${cpu.toFixed(1)} s of processor time since its start`);
  }
  for (const ws of open) ws.terminate();
  server.send('stop');
  await new Promise((done) => server.once('exit', done));
}

if (process.env.ROLE === 'server') await serve();
else await measure();
