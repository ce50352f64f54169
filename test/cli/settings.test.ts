/** `zaima shop …`: settings out, changed, in again and back; with a server and without. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from '../durability/served.js';
import { mustBeBuilt, startedOnce, zaima } from './command.js';
import { type HomeCopy, homeCopy } from './home.js';

const secret = Buffer.alloc(32, 3);
const environment = { DEMO_WEBHOOK_SECRET: `whsec_${secret.toString('base64')}` };
const config = 'config/shops/demo.yaml';

let home: HomeCopy;
let dataDir: string;
beforeAll(async () => {
  mustBeBuilt();
  home = homeCopy(true);
  dataDir = mkdtempSync(join(tmpdir(), 'zaima-settings-'));
  await startedOnce(dataDir);
});
afterAll(() => {
  home.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const shop = (...args: string[]) => zaima(['shop', ...args], { dataDir, home: home.folder, environment });
const exported = () => join(dataDir, 'exported.yaml');
async function exportTo(change: (text: string) => string): Promise<string> {
  writeFileSync(exported(), change((await shop('export', 'demo')).stdout));
  return exported();
}

describe.each(['no server', 'a running server'])('zaima shop with %s', (kind) => {
  let served: Served | undefined;
  beforeAll(async () => {
    if (kind === 'a running server') served = await serve(dataDir, secret, ['env', `ZAIMA_HOME=${home.folder}`]);
  });
  afterAll(async () => {
    served?.process.kill('SIGTERM');
    await served?.exited;
  });

  const newest = async () => Number((await shop('revisions', 'demo', '--limit', '1')).stdout.split(' ')[0]);

  it('exports what it imports, and tells both who and what', async () => {
    const before = await newest();
    const same = await shop('import', await exportTo((text) => text));
    expect([same.code, same.lines]).toEqual([0, [`demo says so already: revision ${before} is in force`]]);

    const wanted = kind === 'no server' ? 61 : 62;
    const file = await exportTo((text) => text.replace(/freeFromYuan: \d+/, `freeFromYuan: ${wanted}`));
    const { code, lines } = await shop('import', file, '--note', '促销');
    expect(code).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^~ shipping\\.freeFromYuan: \\d+ → ${wanted}$`)),
      `demo revision ${before + 1} is in force`,
    ]);
    expect((await shop('revisions', 'demo')).lines[0]).toMatch(new RegExp(`^${before + 1}  \\S+Z  cli  \\S+  促销$`));
    expect((await shop('diff', 'demo')).lines[0]).toBe(`demo revision ${before} → ${before + 1}`);
    expect((await shop('export', 'demo')).stdout).toContain(`freeFromYuan: ${wanted}`);
    expect((await shop('export', 'demo', '--revision', String(before))).stdout).not.toContain(`freeFromYuan: ${wanted}`);
  });

  it('refuses a file that was made before another change, shows that change, and takes the file by force', async () => {
    const old = await exportTo((text) => text.replace('name: 木禾针织', 'name: 木禾'));
    const text = readFileSync(old, 'utf8');
    await shop('import', await exportTo((now) => now.replace(/lowStock: .*|freeFromItems: \d+/, 'freeFromItems: 9')));
    writeFileSync(old, text);
    const refused = await shop('import', old);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/changed meanwhile.*\n {2}~ shipping\.freeFromItems: \d → 9\n.*--force/s);
    expect((await shop('import', old, '--force')).code).toBe(0);
    const back = await shop('rollback', 'demo', '1');
    expect(back.code).toBe(0);
    expect((await shop('diff', 'demo', '1')).lines.at(-1)).toBe('they say the same');
    expect((await shop('revisions', 'demo', '--limit', '1')).stdout).toContain('rollback');
  });

  it('tells faults with their lines, an unknown shop and an unknown revision', async () => {
    const file = await exportTo((text) => text.replace('shipping:\n', 'shipping:\n  free: 1\n').replace('- 广东', '- 东广'));
    const lines = readFileSync(file, 'utf8').split('\n');
    const faulty = await shop('import', file);
    expect(faulty.code).toBe(1);
    expect(faulty.stderr).toContain(`${file}:${lines.indexOf('  free: 1') + 1} shipping.free: is not a known key`);
    expect(faulty.stderr).toMatch(/exported\.yaml:\d+ shipping\.table\[0\]\.regions\[0\]: "东广" is no place/);
    for (const args of [
      ['status', 'nowhere'],
      ['rollback', 'demo', '9999'],
      ['export', 'demo', '--revision', '9999'],
    ]) {
      const { code, stderr } = await shop(...args);
      expect([args, code]).toEqual([args, 1]);
      expect(stderr).toMatch(/no (such|shop)/);
    }
  });

  it('judges the address of the callback as a start would', async () => {
    const before = await newest();
    const file = await exportTo((text) => `${text}callbackUrl: http://10.0.0.8/zaima\n`);
    const refused = await shop('import', file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/exported\.yaml:\d+ callbackUrl: is not https/);
    expect(await newest()).toBe(before);
    const taken = await shop('import', await exportTo((text) => `${text}callbackUrl: https://shop.example/zaima\n`));
    expect([taken.code, taken.lines.at(-1)]).toEqual([0, `demo revision ${before + 1} is in force`]);
    expect((await shop('rollback', 'demo', String(before))).code).toBe(0);
  });

  it('says what is in force', async () => {
    const { lines } = await shop('status', 'demo');
    expect(lines[0]).toMatch(/^in force {3}\d+ /);
    expect(lines[1]).toMatch(kind === 'no server' ? /none runs/ : /^knowledge {2}[0-9a-f]{16} since /);
    expect(lines[2]).toContain(config);
  });
});
