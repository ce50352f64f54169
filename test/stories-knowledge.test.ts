/** What an owner does to a shop while buyers write: the next reply knows, and a mistake costs nothing. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { signWebhook } from '../src/connectors/standard-webhook.js';
import { type Running, run } from '../src/start.js';
import { openSqlite } from '../src/storage/sqlite.js';
import { type HomeCopy, homeCopy } from './cli/home.js';

const secret = Buffer.alloc(32, 7);
const night = Date.parse('2026-11-11T03:00:00+08:00');

interface Status {
  readonly settings: { readonly revision: number; readonly source: string };
  readonly file: { readonly standing: string };
  readonly refused: readonly {
    readonly faults: readonly {
      readonly file: string;
      readonly line?: number;
      readonly path: string;
      readonly problem: string;
    }[];
    readonly changes?: readonly unknown[];
  }[];
  readonly warnings: readonly { readonly file: string; readonly path: string; readonly problem: string }[];
}

const atTheEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of atTheEnd.splice(0).reverse()) await end();
});

function newHome(): HomeCopy & { readonly dataDir: string } {
  const home = homeCopy();
  const dataDir = mkdtempSync(join(tmpdir(), 'zaima-story-'));
  atTheEnd.push(() => rmSync(dataDir, { recursive: true, force: true }), home.drop);
  return { ...home, dataDir };
}

async function opened(home = newHome()) {
  const { dataDir } = home;
  const began = Date.now();
  const now = () => night + (Date.now() - began);
  const key = `whsec_${secret.toString('base64')}`;
  const running: Running = await run({
    home: home.folder,
    say: () => undefined,
    now,
    environment: { PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', DEMO_WEBHOOK_SECRET: key, WOOL_WEBHOOK_SECRET: key },
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await running.stop();
    isOpen = false;
  };
  atTheEnd.push(close);
  const { token } = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as { token: string };
  let asked = 0;
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${running.address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const shop = {
    running,
    home,
    close,
    call,
    /** The words that a new buyer hears. */
    async ask(text: string): Promise<string> {
      const id = `m-${++asked}-${Date.now()}`;
      const body = JSON.stringify({ id, conversation: `c-${id}`, buyer: { id: `b-${id}` }, text });
      const response = await fetch(`${running.address}/v1/shops/demo/messages?wait=answer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signWebhook(id, body, [secret], now()) },
        body,
      });
      if (!response.ok) throw new Error(await response.text());
      const { answers } = (await response.json()) as { answers: { replies: { text: string }[] }[] };
      return answers[0]!.replies.map((reply) => reply.text).join('\n');
    },
    async status(): Promise<Status> {
      return (await call('GET', '/v1/shops/demo/knowledge')).json() as Promise<Status>;
    },
    /** Waits until the status is as wanted. */
    async until(wanted: (status: Status) => boolean): Promise<Status> {
      for (let tries = 0; tries < 600; tries++) {
        const status = await shop.status();
        if (wanted(status)) return status;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`it did not come to that: ${JSON.stringify(await shop.status())}`);
    },
  };
  return shop;
}

const freeFrom = '包邮吗';
const file = 'config/shops/demo.yaml';
const threshold = (from: number | RegExp, to: number) =>
  [file, typeof from === 'number' ? `freeFromYuan: ${from}` : from, `freeFromYuan: ${to}`] as const;

describe('an owner who edits a file while buyers write', () => {
  it('hears it in the next reply, without a restart and without a failed call', async () => {
    const shop = await opened();
    expect(await shop.ask(freeFrom)).toContain('95元');
    let isDone = false;
    const failures: unknown[] = [];
    const buyers = (async () => {
      while (!isDone) await shop.ask('到新疆多少运费').catch((error: unknown) => failures.push(error));
    })();
    shop.home.change(...threshold(95, 188));
    await shop.until(({ settings }) => settings.revision === 2);
    isDone = true;
    await buyers;
    expect(failures).toEqual([]);
    expect(await shop.ask(freeFrom)).toContain('188元');
  });

  it('is told every fault of a bad edit, and the old knowledge goes on until it is mended', async () => {
    const shop = await opened();
    const good = readFileSync(join(shop.home.folder, file), 'utf8');
    shop.home.change(file, 'freeFromYuan: 95', 'freeFromYuan: many\n  freeFrom: 1');
    shop.home.change('intents/courier.yaml', /^patterns:\n/m, "patterns:\n  - '(发什么快递'\n");
    const { refused, settings } = await shop.until((status) => status.refused.length === 2);
    expect(settings.revision).toBe(1);
    expect(refused.flatMap(({ faults }) => faults.map(({ file: name, line, path }) => `${name}:${line} ${path}`)).sort()).toEqual(
      [
        `${file}:${shop.home.lineOf(file, 'freeFromYuan')} shipping.freeFromYuan`,
        `${file}:${shop.home.lineOf(file, 'freeFrom:')} shipping.freeFrom`,
        `intents/courier.yaml:${shop.home.lineOf('intents/courier.yaml', "- '(发什么快递'")} patterns[0]`,
      ].sort(),
    );
    expect(await shop.ask(freeFrom)).toContain('95元');

    shop.home.write(file, good.replace('freeFromYuan: 95', 'freeFromYuan: 77'));
    await shop.until((status) => status.settings.revision === 2 && status.refused.length === 1);
    expect(await shop.ask(freeFrom)).toContain('77元');
    shop.home.change('intents/courier.yaml', "  - '(发什么快递'\n", '');
    await shop.until((status) => status.refused.length === 0);
  });

  it('may teach a new wording and a new reply', async () => {
    const shop = await opened();
    expect(await shop.ask('有实体店吗')).not.toContain('只做网店');
    const lines = [
      'id: physical_shop',
      'title: { zh: 实体店, en: Physical shop }',
      'most: auto',
      "patterns: ['(实体店|门店|专柜)']",
      'examples: [有实体店吗, 你们有门店吗, 有没有专柜, 实体店在哪里]',
      'replies:',
      '  - { id: none, asks: [rule, own_order, request, statement], texts: ["亲，我们只做网店，细节图都在商品页～"], short: 只做网店～ }',
    ];
    shop.home.write('intents/physical_shop.yaml', lines.join('\n'));
    let said = '';
    for (let tries = 0; tries < 600 && !said.includes('只做网店'); tries++) {
      await new Promise((done) => setTimeout(done, 50));
      said = await shop.ask('有实体店吗');
    }
    expect(said).toContain('只做网店');
  });
});

describe('a shop that says it otherwise', () => {
  const path = 'config/shops/demo/intents/shipping_fee.yaml';
  const saying = (words: string) => `id: shipping_fee
replies:
  - id: ask_threshold
    texts: ["${words}满{{ free_from_yuan }}元包邮，您寄到哪里？"]
    short: "${words}满{{ free_from_yuan }}元包邮～"
`;
  const own = (shop: Awaited<ReturnType<typeof opened>>, text: string, at = path) => {
    mkdirSync(join(shop.home.folder, 'config/shops/demo/intents'), { recursive: true });
    shop.home.write(at, text);
  };
  const becomes = async (shop: Awaited<ReturnType<typeof opened>>, text: string, words: string) => {
    let said = '';
    for (let tries = 0; tries < 600; tries++) {
      said = await shop.ask(text);
      if (said.includes(words)) break;
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(said).toContain(words);
  };

  it('is heard so from the next reply on, edited and taken away again too', async () => {
    const shop = await opened();
    own(shop, saying('山里小店，'));
    await becomes(shop, freeFrom, '山里小店，满95元包邮');
    own(shop, saying('海边小店，'));
    await becomes(shop, freeFrom, '海边小店，满95元包邮');
    // Both at once: the shop's words and what they say.
    shop.home.change(...threshold(95, 188));
    await becomes(shop, freeFrom, '海边小店，满188元包邮');
    shop.home.remove(path);
    await becomes(shop, freeFrom, '西藏');
    expect(await shop.ask(freeFrom)).not.toContain('小店');
  });

  it('hears its own words with its own patterns and examples, and the changed ones after an edit', async () => {
    const shop = await opened();
    const file = 'config/shops/demo/intents/engraving.yaml';
    const engraving = (pattern: string) => `id: engraving
title: { zh: 刻字, en: Engraving }
most: auto
patterns: ['${pattern}']
examples: [可以刻字吗, 能绣名字吗, 围巾上绣个名字行吗, 支持刻字不, 绣字要加钱吗]
replies:
  - { id: yes, asks: [rule, own_order, request, statement], texts: ["亲，可以绣字的，下单时备注想绣的字就好～"], short: 可以绣字～ }
`;
    own(shop, engraving('(刻|绣)(字|姓名)'), file);
    await becomes(shop, '请问可以刻字吗', '可以绣字');
    expect(await shop.ask('请问能在围巾上绣名字吗')).not.toContain('可以绣字');
    own(shop, engraving('(刻|绣)(字|名字|姓名)'), file);
    await becomes(shop, '请问能在围巾上绣名字吗', '可以绣字');
    // Its settings may name it now.
    shop.home.change(file.replace('/intents/engraving', ''), /^id: demo$/m, 'id: demo\nintents: { engraving: "off" }');
    await shop.until(({ settings }) => settings.revision === 2);
    expect(await shop.ask('请问能在围巾上绣名字吗')).not.toContain('可以绣字');
  });

  it('is told every fault of a bad edit, and says what it said before until it is mended', async () => {
    const shop = await opened();
    own(shop, saying('山里小店，'));
    await becomes(shop, freeFrom, '山里小店');
    own(shop, `${saying('加微信，')}patterns: ['(路费']\nmost: silent\n`);
    const { refused, settings } = await shop.until((status) => status.refused.length === 1);
    expect(settings.revision).toBe(1);
    const told = refused.flatMap(({ faults }) => faults.map(({ file: name, line, path: at }) => `${name}:${line} ${at}`));
    expect([...new Set(told)].sort()).toEqual(
      [`${path}:7 most`, `${path}:6 patterns[0]`, `${path}:5 replies[0].short`, `${path}:4 replies[0].texts[0]`].sort(),
    );
    expect(await shop.ask(freeFrom)).toContain('山里小店');
    // What all shops share and its settings go on changing meanwhile.
    shop.home.change(...threshold(95, 188));
    await becomes(shop, freeFrom, '山里小店，满188元包邮');
    own(shop, saying('海边小店，'));
    await becomes(shop, freeFrom, '海边小店');
    expect((await shop.status()).refused).toEqual([]);
  });
});

describe('a shop', () => {
  it('that comes while all bots are switched off is silent like the others', async () => {
    const shop = await opened();
    expect((await shop.call('PUT', '/v1/bot', { mode: 'off' })).status).toBe(200);
    shop.home.write('config/shops/wool.yaml', readFileSync(join(shop.home.folder, file), 'utf8').replace('id: demo', 'id: wool'));
    await shop.running.reload('test');
    const bot = await shop.call('GET', '/v1/shops/wool/bot');
    expect(await bot.json()).toMatchObject({ mode: 'off', file: 'auto' });
    // Its own switch outlives its file.
    await shop.call('PUT', '/v1/shops/wool/bot', { mode: 'shadow' });
    await shop.call('PUT', '/v1/bot', { mode: 'auto' });
    shop.home.remove('config/shops/wool.yaml');
    await shop.running.reload('test');
    shop.home.write('config/shops/wool.yaml', readFileSync(join(shop.home.folder, file), 'utf8').replace('id: demo', 'id: wool'));
    await shop.running.reload('test');
    expect(await (await shop.call('GET', '/v1/shops/wool/bot')).json()).toMatchObject({ mode: 'shadow', file: 'auto' });
  });

  it('is served when its file comes, and no longer when it goes; the others go on', async () => {
    const shop = await opened();
    const wool = readFileSync(join(shop.home.folder, file), 'utf8').replace('id: demo', 'id: wool');
    shop.home.write('config/shops/wool.yaml', wool);
    const becomes = async (status: number) => {
      for (let tries = 0; tries < 600; tries++) {
        if ((await shop.call('GET', '/v1/shops/wool/knowledge')).status === status) return true;
        await new Promise((done) => setTimeout(done, 50));
      }
      return false;
    };
    expect(await becomes(200)).toBe(true);
    shop.home.remove('config/shops/wool.yaml');
    expect(await becomes(404)).toBe(true);
    expect(await shop.ask(freeFrom)).toContain('95元');
  });

  it('without a secret is refused, and says so, while the others go on', async () => {
    const shop = await opened();
    shop.home.write('config/shops/silk.yaml', readFileSync(join(shop.home.folder, file), 'utf8').replace('id: demo', 'id: silk'));
    shop.home.change(...threshold(95, 188));
    await shop.running.reload('test');
    expect((await shop.call('GET', '/v1/shops/silk/knowledge')).status).toBe(404);
    expect(await shop.ask(freeFrom)).toContain('188元');
  });

  it('stays when the whole folder is gone for a moment', async () => {
    const shop = await opened();
    shop.home.remove(file);
    await shop.running.reload('test');
    expect(await shop.ask(freeFrom)).toContain('95元');
    expect((await shop.status()).refused).toMatchObject([{ faults: [{ problem: 'there is no shop' }] }]);
  });
});

describe('a shop that is changed over HTTP', () => {
  const patch = (shop: Awaited<ReturnType<typeof opened>>, base: string, freeFromYuan: number) =>
    shop.call('PATCH', '/v1/shops/demo/settings', { shipping: { freeFromYuan } }, { 'if-match': base });

  it('says so from the next reply on, and goes back when asked to', async () => {
    const shop = await opened();
    expect((await patch(shop, '"1"', 66)).status).toBe(200);
    expect(await shop.ask(freeFrom)).toContain('66元');
    const back = await shop.call('POST', '/v1/shops/demo/settings/rollback', { revision: 1 }, { 'if-match': '"2"' });
    expect(back.status).toBe(200);
    expect(await shop.ask(freeFrom)).toContain('95元');
    expect(await shop.status()).toMatchObject({ settings: { revision: 3, source: 'rollback' }, refused: [] });
  });

  it('does not lose that to a file somebody edits later, nor to a restart', async () => {
    const shop = await opened();
    await patch(shop, '"1"', 66);
    shop.home.change(...threshold(95, 188));
    const { file: standing, refused } = await shop.until((status) => status.refused.length === 1);
    expect(standing.standing).toBe('refused');
    expect(refused[0]?.changes).toEqual([{ path: 'shipping.freeFromYuan', before: 66, after: 188 }]);
    expect(await shop.ask(freeFrom)).toContain('66元');
    await shop.close();

    const again = await opened(shop.home);
    expect(await again.ask(freeFrom)).toContain('66元');
    expect((await again.status()).file.standing).toBe('refused');
    shop.home.change(...threshold(188, 95));
    await again.until((status) => status.file.standing === 'overruled' && status.refused.length === 0);
    expect(await again.ask(freeFrom)).toContain('66元');
  });

  it('is stopped from a change on an old revision, and from one that would be faulty', async () => {
    const shop = await opened();
    await patch(shop, '"1"', 66);
    const stale = await patch(shop, '"1"', 55);
    expect(stale.status).toBe(412);
    expect(await stale.json()).toMatchObject({ changes: [{ path: 'shipping.freeFromYuan', before: 95, after: 66 }] });
    expect((await patch(shop, '"2"', -1)).status).toBe(422);
    const pricing = { reason: '加微信给优惠' };
    const boast = await shop.call('PATCH', '/v1/shops/demo/settings', { pricing }, { 'if-match': '"2"' });
    expect(boast.status).toBe(422);
    expect(await boast.json()).toMatchObject({ faults: [{ problem: expect.stringContaining('off-platform-contact') }] });
    expect(await shop.ask(freeFrom)).toContain('66元');
  });

  it('starts with a price that an earlier version kept finer than a cent, says whole cents and so, and takes what is changed beside it', async () => {
    const shop = await opened();
    const settings = (await (await shop.call('GET', '/v1/shops/demo/settings')).json()) as {
      products: { id: string; priceYuan: number }[];
      shipping: { freeFromYuan: number };
    };
    await shop.close();
    const content = { ...settings, shipping: { ...settings.shipping, freeFromYuan: 94.996 } };
    const storage = openSqlite({ path: join(shop.home.dataDir, 'zaima.db') });
    await storage.addSettings({ shop: 'demo', parent: 1, at: night, source: 'api', author: '店长', content }, false);
    await storage.close();

    const again = await opened(shop.home);
    const odd = async () => (await again.status()).warnings.filter(({ path }) => path === 'shipping.freeFromYuan');
    expect(await odd()).toMatchObject([
      { file: 'settings of demo, revision 2', problem: 'is finer than a cent: 95 is said', mend: 'write 95' },
    ]);
    expect(await again.ask(freeFrom)).toContain('满95元');
    const change = (body: object, on: string) => again.call('PATCH', '/v1/shops/demo/settings', body, { 'if-match': on });
    expect((await change({ name: '木禾针织坊' }, '"2"')).status).toBe(200);
    const kept = (await (await again.call('GET', '/v1/shops/demo/settings')).json()) as typeof settings;
    expect(kept.shipping.freeFromYuan).toBe(94.996);
    expect((await odd()).map(({ file }) => file)).toEqual(['settings of demo, revision 3']);
    // The page is told beside its field, whatever is changed; another such amount is refused.
    const judged = await again.call('POST', '/v1/shops/demo/settings/check', { name: '木禾' });
    expect(await judged.json()).toMatchObject({
      faults: [],
      hints: [{ field: 'shipping.freeFromYuan', code: 'finer_kept', values: { rounded: 95 } }],
    });
    expect((await change({ shipping: { freeFromYuan: 94.995 } }, '"3"')).status).toBe(422);
    expect((await change({ shipping: { freeFromYuan: 95 } }, '"3"')).status).toBe(200);
    expect(await odd()).toEqual([]);
  });

  it('starts with hours that an earlier version kept though they overlap, says so, and takes no new ones', async () => {
    const shop = await opened();
    const settings = (await (await shop.call('GET', '/v1/shops/demo/settings')).json()) as {
      hours: { weekly: Record<string, string[]> };
    };
    await shop.close();
    const weekly = { ...settings.hours.weekly, mon: ['22:00-06:00'], tue: ['05:00-12:00', '11:00-14:00'] };
    const content = { ...settings, hours: { ...settings.hours, weekly } };
    const storage = openSqlite({ path: join(shop.home.dataDir, 'zaima.db') });
    await storage.addSettings({ shop: 'demo', parent: 1, at: night, source: 'api', author: '店长', content }, false);
    await storage.close();

    const again = await opened(shop.home);
    const status = await again.status();
    expect(status.settings.revision).toBe(2);
    const odd = status.warnings.filter(({ file: from }) => from === 'settings of demo, revision 2');
    expect(odd.map(({ path, problem }) => `${path} ${problem}`)).toEqual([
      expect.stringMatching(/^hours\.weekly\.tue\[1\] 11:00-14:00 overlaps 05:00-12:00/),
      expect.stringMatching(/^hours\.weekly\.tue\[0\] 05:00-12:00 overlaps 22:00-06:00 of mon/),
    ]);
    // Everybody who is there in either is there.
    const duty = async (at: string) =>
      ((await (await again.call('GET', `/v1/shops/demo/preview?at=${encodeURIComponent(at)}`)).json()) as { onDuty: boolean })
        .onDuty;
    expect([await duty('2026-11-17T05:30:00+08:00'), await duty('2026-11-17T13:00:00+08:00')]).toEqual([true, true]);

    const change = (body: object, on: string) => again.call('PATCH', '/v1/shops/demo/settings', body, { 'if-match': on });
    // What is changed beside them is taken; hours are not, before all of them are right.
    expect((await change({ shipping: { freeFromYuan: 66 } }, '"2"')).status).toBe(200);
    const refused = await change({ hours: { weekly: { tue: ['05:00-12:00'] } } }, '"3"');
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      {
        faults: [
          {
            field: 'hours.weekly.tue[0]',
            mend: 'end it at 05:00 (22:00-05:00), or begin this range at 06:00 (06:00-12:00)',
          },
        ],
      },
    ]);
    expect((await change({ hours: { weekly: { tue: ['06:00-12:00'] } } }, '"3"')).status).toBe(200);
    expect((await again.status()).warnings.filter(({ path }) => path.startsWith('hours.weekly'))).toEqual([]);
  });

  it('takes a file that was edited while nobody ran', async () => {
    const shop = await opened();
    await shop.close();
    shop.home.change(...threshold(95, 44));
    const again = await opened(shop.home);
    expect(await again.ask(freeFrom)).toContain('44元');
    expect(await again.status()).toMatchObject({ settings: { revision: 2, source: 'file' } });
  });
});

it('half-written files are not read', async () => {
  const shop = await opened();
  const path = join(shop.home.folder, file);
  const text = readFileSync(path, 'utf8').replace('freeFromYuan: 95', 'freeFromYuan: 188');
  for (const part of [0.3, 0.6, 1]) {
    writeFileSync(path, text.slice(0, Math.floor(text.length * part)));
    await new Promise((done) => setTimeout(done, 60));
    expect((await shop.status()).refused).toEqual([]);
  }
  await shop.until(({ settings }) => settings.revision === 2);
  expect((await shop.status()).refused).toEqual([]);
});
