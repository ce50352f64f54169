/** `zaima phrases`: at the running server, whose clients see it at once, and on the file when none runs. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../durability/served.js';
import { mustBeBuilt, startedOnce, zaima } from './command.js';

const secret = randomBytes(32);
const environment = { DEMO_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}` };
let folder: string;
let dataDir: string;
beforeAll(async () => {
  mustBeBuilt();
  folder = mkdtempSync(join(tmpdir(), 'zaima-cli-'));
  dataDir = join(folder, 'data');
  await startedOnce(dataDir);
  const lines = [
    '快捷短语编码,快捷短语,快捷短语分组',
    'hi,亲，欢迎光临,招呼',
    'hi,亲，再次欢迎,招呼',
    'fp9,亲，开发票要加6个点,售后',
  ];
  writeFileSync(join(folder, 'q.csv'), iconv.encode(lines.join('\r\n'), 'gb18030'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = (...args: string[]) => zaima(['phrases', ...args], { dataDir, environment });

describe('zaima phrases', () => {
  it('on the file: tries, imports, and exports what comes back the same', async () => {
    const tried = await command('import', join(folder, 'q.csv'), '--dry-run');
    expect(tried.lines).toEqual([
      '2  added  hi',
      '3  skipped  hi  line 2 has the code hi too',
      expect.stringMatching(/^4 {2}skipped {2}fp9 {2}"开发票要加6个点": /),
      'would be: 1 added, 0 changed, 0 unchanged, 2 skipped (qianniu)',
    ]);
    expect((await command('import', join(folder, 'q.csv'))).lines.at(-1)).toBe(
      '1 added, 0 changed, 0 unchanged, 2 skipped (qianniu)',
    );
    for (const format of ['qianniu', 'csv', 'json']) {
      const file = join(folder, `out.${format}`);
      expect((await command('export', '--format', format, '--output', file)).code).toBe(0);
      expect((await command('import', file)).lines).toEqual([`0 added, 0 changed, 39 unchanged, 0 skipped (${format})`]);
    }
    const out = readFileSync(join(folder, 'out.qianniu'), 'utf8');
    expect(out).toContain('hi,亲，欢迎光临,招呼\r\n');
  });

  it('at the running server: is in force when the command returns', async () => {
    const served = await serve(dataDir, secret);
    try {
      const { token } = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as { token: string };
      const set = async (since: number) => {
        const headers = { authorization: `Bearer ${token}` };
        const answer = await fetch(`${served.address}/v1/shops/demo/phrases?since=${since}`, { headers });
        return (await answer.json()) as { revision: number; phrases: { code: string; text: string }[] };
      };
      const before = await set(0);
      writeFileSync(join(folder, 'j.json'), '[{"code": "hi", "text": "亲，欢迎再来"}]');
      expect((await command('import', join(folder, 'j.json'))).lines[0]).toBe('1  changed  hi');
      expect((await set(before.revision)).phrases).toMatchObject([{ code: 'hi', text: '亲，欢迎再来' }]);
      expect((await command('import', join(folder, 'j.json'), '--skip-existing')).lines.at(-1)).toContain('1 unchanged');
      const gb = await command('export', '--format', 'qianniu');
      expect(gb.stdout).toContain('hi,亲，欢迎再来,招呼');
      writeFileSync(join(folder, 'none.txt'), 'a,b\n1,2');
      const refused = await command('import', join(folder, 'none.txt'));
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('快捷短语编码')]);
    } finally {
      served.process.kill('SIGTERM');
      await served.exited;
    }
  });
});
