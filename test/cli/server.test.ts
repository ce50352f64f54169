/** The commands that work on a running server, or on its file when none runs. */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, type Served, serve } from '../durability/served.js';
import { homeWith } from '../running-house.js';
import { mustBeBuilt, run, startedOnce, zaima } from './command.js';
import { root } from './home.js';

const secret = randomBytes(32);
const environment = { DEMO_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}` };
const folders: string[] = [];
const folder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'zaima-cli-')));
  return folders.at(-1)!;
};

let home: string;
let dataDir: string;
let served: Served;
beforeAll(async () => {
  mustBeBuilt();
  // Somebody is always on duty, whatever the hour at which this test runs.
  home = homeWith((shop) => {
    const allDay = ['00:00-24:00'];
    shop.hours = { weekly: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay } };
  });
  folders.push(home);
  dataDir = folder();
  served = await serve(dataDir, secret, ['env', `ZAIMA_HOME=${home}`]);
});
afterAll(async () => {
  served?.process.kill('SIGTERM');
  await served?.exited;
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

const command = (...args: string[]) => zaima(args, { dataDir, home, environment });
let count = 0;
const ask = async (text: string, address = served.address) => {
  const id = `m${++count}`;
  const told = (await post(address, secret, { id, conversation: `c-${id}`, buyer: { id: `b-${id}` }, text }, true)) as {
    answers: { action: string }[];
  };
  return told.answers[0]!.action;
};
const replies = async (token: string) =>
  (await fetch(`${served.address}/v1/shops/demo/replies`, { headers: { authorization: `Bearer ${token}` } })).status;

describe('zaima sign', () => {
  it('prints a call that a shell can run as it stands', async () => {
    const { code, stdout, stderr } = await command(
      'sign',
      '--text',
      `it's "可以开发票吗" $HOME \`id\``,
      '--conversation',
      'pasted',
    );
    expect([code, stderr]).toEqual([0, 'signed with the secret of DEMO_WEBHOOK_SECRET in the environment\n']);
    const pasted = await run('bash', ['-c', `${stdout.trimEnd()} -w '\\n%{http_code}'`], { dataDir });
    const [body, status] = pasted.lines;
    expect(status).toBe('200');
    const { messages, answers } = JSON.parse(body!) as { messages: { duplicate: boolean }[]; answers: Record<string, any>[] };
    expect(messages).toMatchObject([{ duplicate: false }]);
    expect(answers).toMatchObject([{ conversation: 'pasted', understanding: { text: `it's "可以开发票吗" $HOME \`id\`` } }]);
  });

  it('signs the bytes of a file, and says what to send with them', async () => {
    const body = `{"id":"from-file","conversation":"c","buyer":{"id":"b"},"text":"在吗"}`;
    const { lines } = await zaima(['sign', '--headers', '--body', '-'], { dataDir, environment, input: body });
    const headers = Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
    const call = (text: string) => fetch(`${served.address}/v1/shops/demo/messages`, { method: 'POST', headers, body: text });
    expect((await call(body.replace('在吗', '在么'))).status).toBe(401);
    expect((await call(body)).status).toBe(200);
  });
});

describe('zaima token', () => {
  it('adds one that works at once, lists it without its secret, and revokes it at once', async () => {
    const added = await command('token', 'add', '--shop', 'demo', '--scope', 'connect', '--note', '千牛插件');
    expect(added.code).toBe(0);
    const token = added.lines.at(-1)!;
    expect(token).toMatch(/^zt_[\w-]{43}$/);
    expect(await replies(token)).toBe(200);

    const listed = await command('token', 'list', '--json');
    const mine = listed.lines.map((line) => JSON.parse(line) as { id: string; note?: string; scope: string });
    expect(mine).toMatchObject([{ scope: 'connect', note: '千牛插件' }]);
    expect(listed.stdout).not.toContain(token);
    const table = (await command('token', 'list')).lines;
    expect(table[0]).toMatch(/^id +scope +made +last used +note$/);
    expect(table[1]).toMatch(/ connect .* 千牛插件$/);

    expect((await command('token', 'revoke', mine[0]!.id)).code).toBe(0);
    expect(await replies(token)).toBe(401);
    expect((await command('token', 'list')).lines).toEqual([]);
  });

  it('says so when there is no such token or scope', async () => {
    const [gone, odd] = await Promise.all([command('token', 'revoke', 'nobody'), command('token', 'add', '--scope', 'all')]);
    expect([gone.code, gone.stderr]).toEqual([1, 'zaima: the server refused: the shop has no such token\n']);
    expect([odd.code, odd.stdout]).toEqual([1, '']);
    expect(odd.stderr).toMatch(/connect, phrases, stock, read, admin/);
  });
});

describe('zaima shop away', () => {
  it('holds in the running server before the command returns, and over nothing but its own shop', async () => {
    expect(await ask('可以开发票吗')).toBe('draft');
    expect((await command('shop', 'away', 'demo', 'on')).lines).toEqual(['demo away on']);
    expect(await ask('可以开发票吗')).toBe('auto');
    expect((await command('shop', 'away', 'demo', 'off')).lines).toEqual(['demo away off']);
    expect(await ask('可以开发票吗')).toBe('draft');
    const odd = await command('shop', 'away', 'demo', 'maybe');
    expect([odd.code, odd.stderr]).toEqual([1, 'zaima: say on or off, not "maybe"\n']);
  });
});

describe('zaima shop bot', () => {
  it('stops the running server before the command returns, and says who did it', async () => {
    await command('shop', 'away', 'demo', 'on');
    expect(await ask('可以开发票吗')).toBe('auto');
    expect((await command('shop', 'bot', 'demo', 'off')).lines).toEqual(['demo bot off']);
    expect(await ask('可以开发票吗')).toBe('silent');
    expect((await command('shop', 'bot', '--all', 'shadow')).lines).toEqual(['all shops bot shadow']);
    expect((await command('shop', 'bot', 'demo', 'auto')).lines).toEqual([
      expect.stringMatching(/^demo bot shadow: all shops are switched to shadow since \S+Z by command line \(\S+\)$/),
    ]);
    expect((await command('shop', 'bot', 'demo')).lines[0]).toMatch(/all shops are switched to shadow since/);
    expect(await ask('可以开发票吗')).toBe('draft');
    expect((await command('shop', 'bot', '--all', 'auto')).lines).toEqual(['all shops bot auto']);
    expect(await ask('可以开发票吗')).toBe('auto');
    const shown = (await command('shop', 'bot', 'demo')).lines;
    expect(shown[0]).toBe('demo bot auto');
    expect(shown.slice(1)).toEqual([
      expect.stringMatching(/^ {2}\S+Z auto command line \(\S+\)$/),
      expect.stringMatching(/ off /),
    ]);
    await command('shop', 'away', 'demo', 'off');
  });

  it('is not kept from it by a file that is broken, and refuses other words', async () => {
    const file = join(home, 'config/shops/demo.yaml');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, 'id: [demo\n');
    try {
      expect((await command('shop', 'bot', 'demo', 'off')).lines).toEqual(['demo bot off']);
      expect((await command('shop', 'bot', 'demo', 'auto')).lines).toEqual(['demo bot auto']);
    } finally {
      writeFileSync(file, before);
    }
    const [odd, none, nobody] = await Promise.all([
      command('shop', 'bot', 'demo', 'quiet'),
      command('shop', 'bot'),
      command('shop', 'bot', 'nobody', 'off'),
    ]);
    expect([odd.code, odd.stderr]).toEqual([1, 'zaima: say off, shadow or auto, not "quiet"\n']);
    expect([none.code, none.stderr]).toEqual([1, 'zaima: say `shop bot <shop> off`, or `shop bot --all off`\n']);
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringMatching(/^zaima: the server refused: .*shop/)]);
  });
});

describe('zaima shop shadow', () => {
  it('tells what would have been said, as text and as JSON, from the running server', async () => {
    await command('shop', 'bot', 'demo', 'shadow');
    await command('shop', 'away', 'demo', 'on');
    await ask('可以开发票吗');
    await command('shop', 'away', 'demo', 'off');
    await command('shop', 'bot', 'demo', 'auto');
    const [text, json, later] = await Promise.all([
      command('shop', 'shadow', 'demo'),
      command('shop', 'shadow', 'demo', '--json', '--limit', '1'),
      command('shop', 'shadow', 'demo', '--since', '2099-01-01T00:00:00+08:00'),
    ]);
    expect(text.stdout).toMatch(/买家 可以开发票吗\n {2}会说 亲.*发票.*\(answer · invoice\.\w+\)/);
    const report = JSON.parse(json.stdout) as { summary: { answers: number }; answers: unknown[] };
    expect(report.summary.answers).toBeGreaterThan(0);
    expect(report.answers).toHaveLength(1);
    expect(later.stdout).toContain('nothing was recorded');
  });
});

describe('zaima replay', () => {
  const file = (name: string, lines: readonly string[]) => {
    const path = join(dataDir, name);
    writeFileSync(path, `${lines.join('\n')}\n`);
    return path;
  };

  it('plays recorded messages through the running server and counts what became of them', async () => {
    const recorded = file('recorded.txt', [
      '可以开发票吗',
      '好的谢谢',
      '{"id":"d1","text":"请问可以开发票吗","labels":["invoice"],"natural":true}',
      '',
      '我要投诉你们',
      '{"text":"能开票不","conversation":"one","author":"buyer"}',
    ]);
    const out = join(dataDir, 'transcripts.jsonl');
    const { code, stdout, lines } = await command('replay', recorded, '--out', out);
    expect(code).toBe(0);
    expect(lines[0]).toBe('messages 5');
    const counts = Object.fromEntries(
      [...stdout.matchAll(/^ {2}(\S+(?: \S+)?) +(\d+)$/gm)].map(([, key, number]) => [key, Number(number)]),
    );
    expect(counts).toMatchObject({
      draft: 3,
      handoff: 1,
      silent: 1,
      invoice: 3,
      ack: 1,
      complaint: 1,
      'suggest answer': expect.any(Number),
    });
    // Off duty words do not go to an agent: the complaint gets drafts of its own.
    expect(stdout).not.toContain('suggest holding');
    const transcripts = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string });
    expect(transcripts.map(({ text }) => text)).toContain('请问可以开发票吗');
    expect(transcripts).toHaveLength(5);
  });

  it('plays no more than it is asked to, and stops at a line that it cannot read', async () => {
    const broken = file('broken.txt', ['可以开发票吗', '{"text":', '包邮吗']);
    const [limited, stopped] = await Promise.all([
      command('replay', broken, '--limit', '1'),
      command('replay', broken, '--concurrency', '1'),
    ]);
    expect([limited.code, limited.lines[0]]).toEqual([0, 'messages 1']);
    expect([stopped.code, stopped.stdout]).toEqual([1, '']);
    expect(stopped.stderr).toMatch(/^zaima: line 2 is not JSON: .+\n$/);
  });

  it('says so when no server or no file is there', async () => {
    const path = file('one.txt', ['在吗']);
    const [nowhere, refused] = await Promise.all([
      zaima(['replay', path], { dataDir: folder(), environment }),
      zaima(['replay', path, '--url', 'http://127.0.0.1:1'], { dataDir, environment }),
    ]);
    const missing = await command('replay', join(dataDir, 'nowhere.txt'));
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/nowhere\.txt is not there: check its name\n$/)]);
    expect([nowhere.code, nowhere.stderr]).toEqual([
      1,
      expect.stringMatching(/^zaima: no server runs on .+; start one with npm start, or name it with --url\n$/),
    ]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/^zaima: .*127\.0\.0\.1:1\n$/)]);
  });
});

describe('a start that cannot be', () => {
  it('says in one line why, and what to set', async () => {
    const path = join(folder(), 'a-file');
    writeFileSync(path, '');
    const start = (dataDir: string, more: Record<string, string>) =>
      run(process.execPath, [join(root, 'dist/main.js')], { dataDir, environment: { ...environment, PORT: '0', ...more } });
    const [host, taken, proc] = await Promise.all([
      start(folder(), { HOST: 'no.such.host.invalid' }),
      start(path, {}),
      start('/proc/zaima', {}),
    ]);
    for (const told of [host, taken, proc]) expect([told.code, told.stderr.trimEnd().split('\n').length]).toEqual([1, 1]);
    expect(host.stderr).toMatch(/^zaima: HOST is no address of this machine; set it to /);
    expect(taken.stderr).toMatch(/^zaima: the data folder .*a-file cannot be made: there is a file of that name\. Set DATA_DIR/);
    expect(proc.stderr).toMatch(/^zaima: the data folder .*Set DATA_DIR/);
  });
});

describe('the data folder', () => {
  it('has one owner: a second server refuses, and the first goes on', async () => {
    const second = await run(process.execPath, [join(root, 'dist/main.js')], {
      dataDir,
      environment: { ...environment, PORT: '0' },
    });
    expect([second.code, second.stdout]).toEqual([1, '']);
    expect(second.stderr).toMatch(
      /^zaima: .*zaima\.db is in use by another process .*stop the Zaima that runs on it, or set DATA_DIR/,
    );
    expect(second.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect((await command('token', 'list')).code).toBe(0);
    expect(await ask('在吗')).toBe('draft');
  });

  it('is not written behind the back of a server whose address is lost', async () => {
    const control = join(dataDir, 'control.json');
    renameSync(control, `${control}.aside`);
    try {
      const { code, stderr } = await command('token', 'list');
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^zaima: .*zaima\.db is in use by another process/)]);
    } finally {
      renameSync(`${control}.aside`, control);
    }
  });

  // Some fifteen processes one after the other.
  const manyStarts = { timeout: 180_000 };
  it(
    'takes changes without a server, which the next server knows; the address of one that was killed confuses nobody',
    manyStarts,
    async () => {
      const own = folder();
      const offline = (...args: string[]) => zaima(args, { dataDir: own, home, environment });
      const control = join(own, 'control.json');

      for (const args of [
        ['user', 'list'],
        ['token', 'add', '--scope', 'read'],
        ['shop', 'away', 'demo', 'on'],
        ['phrases', 'export'],
      ])
        expect(await offline(...args)).toMatchObject({
          code: 1,
          stdout: '',
          stderr: expect.stringContaining(`in ${own} (DATA_DIR)`),
        });
      const unsigned = await zaima(['sign'], { dataDir: own, home });
      expect([unsigned.code, unsigned.stderr]).toEqual([1, expect.stringContaining('set DATA_DIR')]);
      expect(readdirSync(own)).toEqual([]);
      await startedOnce(own);
      await offline('shop', 'away', 'demo', 'on', '--until', '2099-01-01T00:00:00+08:00');
      const killed = await serve(own, secret, ['env', `ZAIMA_HOME=${home}`]);
      expect(await ask('可以开发票吗', killed.address)).toBe('auto');
      killed.process.kill('SIGKILL');
      await killed.exited;

      // Its port is free: nobody answers.
      expect(await offline('token', 'list')).toMatchObject({ code: 0, stdout: '' });
      // Its port was taken, by another Zaima: that one is not the server of this folder.
      writeFileSync(control, JSON.stringify({ ...JSON.parse(readFileSync(control, 'utf8')), url: served.address }));
      const added = await offline('token', 'add', '--scope', 'read');
      expect(added.lines.at(-1)).toMatch(/^zt_/);
      expect(await replies(added.lines.at(-1)!)).toBe(401);
      // It was cut short.
      writeFileSync(control, '{"url":');
      expect((await offline('token', 'list')).lines).toHaveLength(2);
      const audit = await offline('user', 'list');
      expect(audit.lines[1]).toMatch(/^owner +店主 +owner/);
    },
  );
});
