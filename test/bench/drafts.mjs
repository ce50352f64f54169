/**
 * From a buyer's message to the draft on an agent's screen: the running service, Chromium, so many open conversations, one of
 * them on the screen. Each message is handed in by the signed webhook and timed from the call until a draft that answers it
 * has been painted. `node test/bench/drafts.mjs` (after a build). CONVERSATIONS=50 MESSAGES=60
 */
import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { parse, stringify } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const conversations = Number(process.env.CONVERSATIONS ?? 50);
const messages = Number(process.env.MESSAGES ?? 60);
/** What is asked, and what of it stands in the draft. */
const places = ['北京', '新疆', '上海', '西藏', '广东', '内蒙古'];

const secret = randomBytes(32);
const port = await new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address();
    probe.close(() => done(free));
  });
});
const home = mkdtempSync(join(tmpdir(), 'zaima-bench-'));
symlinkSync(join(root, 'intents'), join(home, 'intents'));
cpSync(join(root, 'config'), join(home, 'config'), { recursive: true });
// On duty at any hour, and nobody steps in: drafts are what is timed.
const shop = join(home, 'config/shops/demo.yaml');
const parameters = parse(readFileSync(shop, 'utf8'));
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
parameters.hours = { weekly: Object.fromEntries(days.map((day) => [day, ['00:00-24:00']])) };
parameters.bot = {};
writeFileSync(shop, stringify(parameters));
const dataDir = join(home, 'data');
const zaima = spawn(process.execPath, [join(root, 'dist/main.js')], {
  env: {
    ...process.env,
    ZAIMA_HOME: home,
    LOG_LEVEL: 'error',
    DEMO_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}`,
    PORT: String(port),
    DATA_DIR: dataDir,
  },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const address = `http://127.0.0.1:${port}`;
for (;;) {
  const up = await fetch(`${address}/healthz`).then(
    (response) => response.ok,
    () => false,
  );
  if (up && existsSync(join(dataDir, 'control.json'))) break;
  await new Promise((done) => setTimeout(done, 20));
}
const { token } = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8'));

async function called(path, body, headers) {
  const response = await fetch(address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}

let asked = 0;
function ask(conversation, text) {
  const id = `m-${++asked}`;
  const body = JSON.stringify({ id, conversation, buyer: { id: `b-${conversation}`, name: conversation }, text });
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`w-${id}.${timestamp}.${body}`).digest('base64');
  return called('/v1/shops/demo/messages', body, {
    'webhook-id': `w-${id}`,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  });
}

const password = 'a sentence is a good one';
await called('/v1/users', JSON.stringify({ login: 'lin', name: 'lin', role: 'agent', shops: ['demo'], password }), {
  authorization: `Bearer ${token}`,
});
for (let at = 0; at < conversations; at++) await ask(`客${at}`, '在吗');

const ofTheSystem = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM_PATH ?? ofTheSystem.find((one) => existsSync(one));
if (executablePath === undefined) throw new Error('name a Chromium in CHROMIUM_PATH');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
await context.request.post('/v1/login', { data: { login: 'lin', password } });
const page = await context.newPage();
await page.goto('/');
await page.getByRole('option').first().waitFor();
await page
  .getByRole('option')
  .filter({ hasText: '客0 ' })
  .or(page.getByRole('option').filter({ hasText: /^.*客0(?!\d)/ }))
  .first()
  .click();
await page.locator('.draft-text').first().waitFor();

/** Resolves with the moment at which a draft that holds the words has been painted. */
const painted = (words) =>
  page.evaluate(
    (awaited) =>
      new Promise((done) => {
        const isThere = () => [...document.querySelectorAll('.draft-text')].some((one) => one.textContent.includes(awaited));
        const look = () => {
          if (isThere()) requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())));
          else requestAnimationFrame(look);
        };
        look();
      }),
    words,
  );

const delays = [];
for (let at = 0; at < messages; at++) {
  const place = places[at % places.length];
  const shown = painted(place);
  // The other conversations go on as well.
  void ask(`客${1 + (at % (conversations - 1))}`, '包邮吗');
  await new Promise((done) => setTimeout(done, 30));
  const since = performance.timeOrigin + performance.now();
  await ask('客0', `寄${place}运费多少`);
  delays.push((await shown) - since);
  await new Promise((done) => setTimeout(done, 250));
}
delays.sort((a, b) => a - b);
const share = (part) => delays[Math.min(delays.length - 1, Math.floor(delays.length * part))].toFixed(0);
console.log(
  `${delays.length} messages, ${conversations} open conversations: from webhook to painted draft p50 ${share(0.5)} ms, p95 ${share(0.95)} ms, most ${share(1)} ms`,
);
await browser.close();
zaima.kill('SIGTERM');
await new Promise((done) => zaima.once('exit', done));
rmSync(home, { recursive: true, force: true });
