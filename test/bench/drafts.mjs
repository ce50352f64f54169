/**
 * From a buyer's message to the draft on an agent's screen: the running service, Chromium, so many open conversations, one of
 * them on the screen. Each message is handed in by the signed webhook and timed from the call until a draft that answers it
 * has been painted. `node test/bench/drafts.mjs` (after a build). CONVERSATIONS=50 MESSAGES=60
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { startService } from './service.mjs';

const conversations = Number(process.env.CONVERSATIONS ?? 50);
const messages = Number(process.env.MESSAGES ?? 60);
/** What is asked, and what of it stands in the draft. */
const places = ['北京', '新疆', '上海', '西藏', '广东', '内蒙古'];

// On duty at any hour, and nobody steps in: drafts are what is timed.
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const zaima = await startService({
  shop(parameters) {
    parameters.hours = { weekly: Object.fromEntries(days.map((day) => [day, ['00:00-24:00']])) };
    parameters.bot = {};
  },
});

let asked = 0;
const ask = (conversation, text) =>
  zaima.ask({ id: `m-${++asked}`, conversation, buyer: { id: `b-${conversation}`, name: conversation }, text });

const password = 'a sentence is a good one';
const made = await fetch(`${zaima.address}/v1/users`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${zaima.token}` },
  body: JSON.stringify({ login: 'lin', name: 'lin', role: 'agent', shops: ['demo'], password }),
});
if (!made.ok) throw new Error(await made.text());
for (let at = 0; at < conversations; at++) await ask(`客${at}`, '在吗');

const ofTheSystem = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM_PATH ?? ofTheSystem.find((one) => existsSync(one));
if (executablePath === undefined) throw new Error('name a Chromium in CHROMIUM_PATH');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ baseURL: zaima.address, viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
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
await zaima.stop();
