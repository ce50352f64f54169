/** The samples of both READMEs, as they stand there, against a running service; those whose language is missing are skipped. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, startHouse } from './running-house.js';

const root = resolve(import.meta.dirname, '..');
const readmes = ['README.md', 'README.zh-CN.md'];

/** How each is run, and what must be there for it; the file's name stands in its first line. */
const samples = [
  { file: 'ask.mjs', command: ['node'], needs: ['node', '--version'], speaks: 'once' },
  { file: 'ask.py', command: ['python3'], needs: ['python3', '--version'], speaks: 'once' },
  { file: 'Ask.java', command: ['java', '-Dstdout.encoding=UTF-8'], needs: ['java', '--version'], speaks: 'once' },
  { file: 'ask.php', command: ['php'], needs: ['php', '--version'], speaks: 'once' },
  { file: 'connect.mjs', command: ['node'], needs: ['node', '--version'], speaks: 'on' },
  { file: 'connect.py', command: ['python3'], needs: ['python3', '-c', 'import websockets.sync.client'], speaks: 'on' },
] as const;

function isThere([command, ...rest]: readonly string[]): boolean {
  try {
    execFileSync(command!, rest, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function sampleIn(readme: string, file: string): string {
  const text = readFileSync(join(root, readme), 'utf8');
  const blocks = [...text.matchAll(/^```(?:js|python|java|php)\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
  const found = blocks.filter((block) =>
    block
      .split('\n', 1)[0]!
      .split(/[\s:]+/)
      .includes(file),
  );
  if (found.length !== 1) throw new Error(`${readme} has ${found.length} samples ${file}`);
  return found[0]!;
}

describe('the samples of the READMEs', () => {
  let house: House;
  let token: string;
  const folders: string[] = [];
  beforeAll(async () => {
    // The samples sign by the clock: the house keeps it, and is away so that it answers by itself.
    house = await startHouse();
    await house.away(true);
    token = (await house.post('/v1/shops/demo/tokens', { scope: 'connect' })).body.token;
  });
  afterAll(async () => {
    await house.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  for (const readme of readmes) {
    for (const { file, command, needs, speaks } of samples) {
      const isMissing = !isThere(needs);
      if (isMissing) process.stderr.write(`${readme}: ${file} is not run, there is no \`${needs.join(' ')}\` here\n`);
      it.skipIf(isMissing)(`${readme}: ${file}`, async () => {
        const folder = mkdtempSync(join(tmpdir(), 'zaima-sample-'));
        folders.push(folder);
        for (const name of ['node_modules', 'dist']) symlinkSync(join(root, name), join(folder, name));
        const { host } = new URL(house.address);
        // The service stands elsewhere, and nobody is asked twice in one conversation.
        const conversation = `c-${folders.length}`;
        const code = sampleIn(readme, file).replaceAll('127.0.0.1:8080', host).replaceAll('c-1', conversation);
        expect(code).toContain(host);
        writeFileSync(join(folder, file), code);
        const child = spawn(command[0], [...command.slice(1), file, '到新疆多少运费'], {
          cwd: folder,
          env: {
            ...process.env,
            LC_ALL: 'C.UTF-8',
            TOKEN: token,
            DEMO_WEBHOOK_SECRET: `whsec_${house.secret.toString('base64')}`,
          },
        });
        let out = '';
        let errors = '';
        child.stdout.on('data', (chunk) => {
          out += chunk;
        });
        child.stderr.on('data', (chunk) => {
          errors += chunk;
        });
        const ended = new Promise<number | null>((done) => child.once('exit', done));
        if (speaks === 'once') expect(await ended, errors).toBe(0);
        // Connected ones run on: the reply to their message is enough.
        else
          await expect.poll(() => out, { timeout: 30_000, message: errors }).toMatch(new RegExp(`^${conversation} .*新疆`, 'm'));
        child.kill();
        await ended;
        expect(errors).toBe('');
        expect(out).toContain('新疆');
      });
    }
  }
});
