/**
 * Throughput of signed `?wait=answer` calls with full durability, alternating with a bare fastify echo of the same bodies
 * in the same run, so that the ratio holds when the machine's speed drifts. `npm run bench` (after a build).
 *   PAIRS=5 SECONDS=5 CONNECTIONS=50
 */
import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import autocannon from 'autocannon';

const root = resolve(import.meta.dirname, '../..');
const pairs = Number(process.env.PAIRS ?? 5);
const seconds = Number(process.env.SECONDS ?? 5);
const connections = Number(process.env.CONNECTIONS ?? 50);
const texts = [
  '包邮吗',
  '可以开发票吗',
  '几天能到新疆',
  '支持信用卡吗',
  '七天无理由吗',
  '在吗',
  '这款还有货吗',
  '可以货到付款吗',
];

const secret = randomBytes(32);
const freePort = () =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });

/** Calls signed beforehand, each a conversation and a buyer of its own. */
function signedCalls(count, run) {
  const timestamp = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, (_, i) => {
    const id = `${run}-${i}`;
    const body = JSON.stringify({ id, conversation: `c-${id}`, buyer: { id: `b-${id}` }, text: texts[i % texts.length] });
    const signature = createHmac('sha256', secret).update(`w-${id}.${timestamp}.${body}`).digest('base64');
    return {
      method: 'POST',
      path: '/v1/shops/demo/messages?wait=answer',
      headers: {
        'content-type': 'application/json',
        'webhook-id': `w-${id}`,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': `v1,${signature}`,
      },
      body,
    };
  });
}

async function untilUp(url, since) {
  for (;;) {
    const up = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return performance.now() - since;
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** One run; the calls are spread over the connections so that none is sent twice. */
async function cannon(port, calls) {
  const share = Math.floor(calls.length / connections);
  let next = 0;
  return new Promise((done, fail) => {
    const instance = autocannon(
      {
        url: `http://127.0.0.1:${port}`,
        connections,
        duration: seconds,
        setupClient(client) {
          const at = next++;
          client.setRequests(calls.slice(at * share, (at + 1) * share));
        },
      },
      (error, result) => (error ? fail(error) : done(result)),
    );
    instance.on('error', fail);
  });
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const home = mkdtempSync(join(tmpdir(), 'zaima-bench-'));
symlinkSync(join(root, 'intents'), join(home, 'intents'));
cpSync(join(root, 'config'), join(home, 'config'), { recursive: true });
// The limits are there to refuse such a caller.
writeFileSync(join(home, 'config/service.yaml'), 'limits: { signedCallsPerSecond: 1000000, buyerMessagesPerMinute: 100000 }\n');
const [port, echoPort] = [await freePort(), await freePort()];
const environment = {
  ...process.env,
  ZAIMA_HOME: home,
  LOG_LEVEL: 'error',
  DEMO_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}`,
};

const starts = [];
for (let i = 0; i < 5; i++) {
  const since = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    env: { ...environment, PORT: String(port), DATA_DIR: join(home, `start-${i}`) },
    stdio: 'ignore',
  });
  starts.push(await untilUp(`http://127.0.0.1:${port}/healthz`, since));
  child.kill('SIGTERM');
  await new Promise((done) => child.once('exit', done));
}

const dataDir = join(home, 'data');
const zaima = spawn(process.execPath, [join(root, 'dist/main.js')], {
  env: { ...environment, PORT: String(port), DATA_DIR: dataDir },
  stdio: ['ignore', 'ignore', 'inherit'],
});
// Ready, not only up: the control token is written once the first owner is made.
await untilUp(`http://127.0.0.1:${port}/readyz`, 0);
const echo = spawn(process.execPath, [join(import.meta.dirname, 'echo.mjs')], {
  env: { ...process.env, PORT: String(echoPort) },
  stdio: ['ignore', 'ignore', 'inherit'],
});
await untilUp(`http://127.0.0.1:${echoPort}/healthz`, 0);
const control = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8'));
await fetch(`http://127.0.0.1:${port}/v1/shops/demo/away`, {
  method: 'PUT',
  headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
  body: '{"away":true}',
});

const perRun = Math.ceil((20_000 * seconds) / connections) * connections;
const rows = [];
for (let pair = -1; pair < pairs; pair++) {
  const mine = await cannon(port, signedCalls(perRun, `p${pair}`));
  const theirs = await cannon(echoPort, signedCalls(perRun, `e${pair}`));
  if (mine.non2xx + mine.errors > 0) throw new Error(`${mine.non2xx} refused, ${mine.errors} failed`);
  const row = {
    pair,
    zaima: mine.requests.average,
    echo: theirs.requests.average,
    ratio: mine.requests.average / theirs.requests.average,
    p50: mine.latency.p50,
    p99: mine.latency.p99,
  };
  // The first pair warms both up and is not counted.
  if (pair >= 0) rows.push(row);
  console.log(
    `${pair < 0 ? 'warm-up' : `pair ${pair + 1}`}  zaima ${row.zaima.toFixed(0)}/s  echo ${row.echo.toFixed(0)}/s  ratio ${row.ratio.toFixed(3)}  p50 ${row.p50} ms  p99 ${row.p99} ms`,
  );
}
const status = readFileSync(`/proc/${zaima.pid}/status`, 'utf8');
console.log(
  `median ratio ${median(rows.map((row) => row.ratio)).toFixed(3)}, ${median(rows.map((row) => row.zaima)).toFixed(0)} answers/s, p99 ${median(rows.map((row) => row.p99))} ms`,
);
console.log(
  `memory ${Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024)} MB (peak ${Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024)} MB)`,
);
console.log(`start to healthz: median ${median(starts).toFixed(0)} ms`);
zaima.kill('SIGTERM');
echo.kill('SIGTERM');
await new Promise((done) => zaima.once('exit', done));
rmSync(home, { recursive: true, force: true });
