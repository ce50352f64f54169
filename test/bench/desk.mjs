/**
 * A shop's desk under load: so many screens on /v1/desk, buyers' messages at an even pace by the signed webhook, and how long
 * it takes from the call until a screen has the conversation with the message in it. `node test/bench/desk.mjs` (after a build).
 *   SOCKETS=1000 PER_SECOND=50 SECONDS=20
 */
import { readFileSync } from 'node:fs';
import WebSocket from 'ws';
import { startService } from './service.mjs';

const screens = Number(process.env.SOCKETS ?? 1000);
const perSecond = Number(process.env.PER_SECOND ?? 50);
const seconds = Number(process.env.SECONDS ?? 20);
const texts = ['包邮吗', '可以开发票吗', '几天能到新疆', '支持信用卡吗', '在吗', '这款还有货吗'];

const zaima = await startService({
  service: { limits: { buyerMessagesPerMinute: 100_000 }, sockets: { perCaller: 100_000, perShop: 100_000 } },
});

/** When each message was handed in, by its words. */
const askedAt = new Map();
/** What a frame tells, read once: all screens get the same bytes. */
const told = new Map();
const delays = [];
let frames = 0;
let bytes = 0;

function wordsIn(data) {
  const key = data.toString('latin1', 0, 40);
  let its = told.get(key);
  if (its === undefined) {
    const frame = JSON.parse(data.toString());
    its = frame.type === 'changed' ? frame.conversations.map(({ lines }) => lines.at(-1).text) : [];
    told.set(key, its);
  }
  return its;
}

async function screen() {
  const ws = new WebSocket(`${zaima.address.replace('http', 'ws')}/v1/desk`, {
    headers: { authorization: `Bearer ${zaima.token}` },
    perMessageDeflate: false,
  });
  await new Promise((done, fail) => {
    ws.on('error', fail);
    ws.on('open', () => ws.send('{"type":"hello","shop":"demo"}'));
    ws.on('message', function ready(data) {
      if (!data.includes('"ready"')) return;
      ws.off('message', ready);
      done();
    });
  });
  const seen = new Set();
  ws.on('message', (data) => {
    const now = performance.now();
    frames += 1;
    bytes += data.length;
    if (!data.subarray(0, 20).includes('changed')) return;
    for (const words of wordsIn(data)) {
      const at = askedAt.get(words);
      // The first time that this screen shows it.
      if (at === undefined || seen.has(words)) continue;
      seen.add(words);
      delays.push(now - at);
    }
  });
  return ws;
}

const connectedSince = performance.now();
const all = [];
for (let at = 0; at < screens; at += 50)
  all.push(...(await Promise.all(Array.from({ length: Math.min(50, screens - at) }, screen))));
console.log(`${all.length} screens in ${((performance.now() - connectedSince) / 1000).toFixed(1)} s`);
frames = bytes = 0;

let asked = 0;
async function ask() {
  asked += 1;
  const id = `m-${asked}`;
  const words = `${texts[asked % texts.length]} ${asked}`;
  askedAt.set(words, performance.now());
  await zaima.ask({ id, conversation: `c-${asked % 400}`, buyer: { id: `b-${asked % 400}` }, text: words });
}

const began = performance.now();
while (performance.now() - began < seconds * 1000) {
  void ask();
  await new Promise((done) => setTimeout(done, Math.max(0, began + (asked * 1000) / perSecond - performance.now())));
}
await new Promise((done) => setTimeout(done, 2000));
delays.sort((a, b) => a - b);
const at = (share) => delays[Math.floor((delays.length - 1) * share)]?.toFixed(0);
const closed = all.filter((ws) => ws.readyState !== WebSocket.OPEN).length;
console.log(`${asked} messages, ${delays.length} of ${asked * screens} deliveries seen, ${closed} screens lost`);
console.log(`from call to screen: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`);
console.log(`${(frames / seconds).toFixed(0)} frames/s, ${(bytes / seconds / 1e6).toFixed(1)} MB/s`);
const status = readFileSync(`/proc/${zaima.pid}/status`, 'utf8');
console.log(`memory of the service ${Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024)} MB`);
for (const ws of all) ws.terminate();
await zaima.stop();
