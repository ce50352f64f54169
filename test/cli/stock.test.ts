/** `zaima stock`: at the running server, whose answers use it at once, and on the file when none runs. */
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
  const lines = ['商品ID,颜色,尺码,库存', 'wool-cardigan,雾蓝,L,20', 'wool-cardigan,雾蓝,XXXL,1'];
  writeFileSync(join(folder, 's.csv'), iconv.encode(lines.join('\r\n'), 'gb18030'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = (...args: string[]) => zaima(['stock', ...args], { dataDir, environment });

describe('zaima stock', () => {
  it('on the file: tries, imports, and exports what comes back the same', async () => {
    const file = join(folder, 's.csv');
    expect((await command('import', file)).lines.at(-1)).toBe('0 added, 0 changed, 0 unchanged, 0 missing, 2 skipped (csv)');
    const lines = [
      '2  added  wool-cardigan 雾蓝 L  20',
      expect.stringMatching(/^3 {2}skipped {2}wool-cardigan 雾蓝 XXXL {2}"wool/),
    ];
    const tried = await command('import', file, '--as-of', 'now', '--dry-run');
    expect(tried.lines).toEqual([...lines, 'would be: 1 added, 0 changed, 0 unchanged, 0 missing, 1 skipped (csv)']);
    const at = new Date(Date.now() - 60_000).toISOString();
    expect((await command('import', file, '--as-of', at)).lines.slice(0, 2)).toEqual(lines);
    for (const format of ['csv', 'json']) {
      const out = join(folder, `out.${format}`);
      expect((await command('export', '--format', format, '--output', out)).code).toBe(0);
      expect(readFileSync(out, 'utf8')).toContain('雾蓝');
      expect((await command('import', out, '--whole', '--as-of', at)).lines.at(-1)).toMatch(
        format === 'csv'
          ? /^\d+ added, 0 changed, 1 unchanged, 0 missing, 0 skipped \(csv\)$/
          : /^0 added, 0 changed, \d+ unchanged, 0 missing/,
      );
    }
    expect((await command('import', file, '--as-of', '2026-11-22')).code).not.toBe(0);
  });

  it('at the running server: is in force when the command returns', async () => {
    const served = await serve(dataDir, secret);
    try {
      const { lines } = await command('import', join(folder, 's.csv'), '--as-of', 'now', '--whole', 'out');
      expect(lines.at(-1)).toMatch(/^0 added, 0 changed, 1 unchanged, \d+ missing, 1 skipped \(csv\)$/);
      const { token } = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as { token: string };
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${served.address}/v1/shops/demo/stock?product=wool-cardigan`, { headers });
      const { rows } = (await answer.json()) as { rows: { stock: unknown }[] };
      expect(rows.map(({ stock }) => stock)).toEqual(['out', 'out', 'out', 'out', 'out', 20, 'out', 'out', 'out']);
      expect((await command('export')).lines[6]).toMatch(/^wool-cardigan,羊毛圆领开衫,雾蓝,L,,20,,/);
    } finally {
      served.process.kill('SIGTERM');
      await served.exited;
    }
  });
});
