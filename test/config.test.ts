import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shopSecret } from '../src/access/shop-secret.js';
import { loadConfig } from '../src/config.js';
import { parseYaml } from '../src/yaml-file.js';

const folder = () => mkdtempSync(join(tmpdir(), 'zaima-config-'));
const file = (text: string): string => {
  const path = join(folder(), 'service.yaml');
  writeFileSync(path, text);
  return path;
};

describe('the configuration', () => {
  it('has a default for everything, and the file that comes with Zaima says the same', () => {
    const none = loadConfig(join(folder(), 'service.yaml'), {});
    expect(none.faults).toEqual([]);
    expect(none.value).toMatchObject({ language: 'zh', host: '127.0.0.1', port: 8080, logging: { level: 'info' } });
    expect(loadConfig('config/service.yaml', {})).toEqual(none);
    expect(readFileSync('config/service.yaml', 'utf8')).not.toMatch(/whsec_/);
  });

  it('tells all faults at once, with file, line, path and mend', () => {
    const path = file('language: de\nlimits:\n  signedCallsPerSecond: 0\n  bodyByte: 1\nfeed: 30\n');
    const { value, faults } = loadConfig(path, { PORT: '80800', LOG_LEVEL: 'loud' });
    expect(value).toBeUndefined();
    expect(faults.map(({ line, path }) => [line, path])).toEqual([
      [1, 'language'],
      [3, 'limits.signedCallsPerSecond'],
      [4, 'limits.bodyByte'],
      [5, 'feed'],
      [undefined, 'PORT'],
      [undefined, 'LOG_LEVEL'],
    ]);
    for (const fault of faults) expect(fault.mend).not.toBe('');
    expect(faults.at(-1)?.mend).toMatch(/debug/);
  });

  it('takes the environment over the file, and an empty variable for none', () => {
    const path = file('logging: {level: warn}\n');
    expect(loadConfig(path, { PORT: '0', HOST: '::', DATA_DIR: '/d', LOG_LEVEL: 'debug' }).value).toMatchObject({
      port: 0,
      host: '::',
      dataDir: '/d',
      logging: { level: 'debug' },
    });
    expect(loadConfig(path, { PORT: '', LOG_LEVEL: '' }).value).toMatchObject({ port: 8080, logging: { level: 'warn' } });
  });

  it('says what cannot be read', () => {
    expect(loadConfig(folder(), {}).faults[0]?.problem).toMatch(/EISDIR/);
  });
});

describe('a YAML file', () => {
  const schema = z.strictObject({
    replies: z.array(z.strictObject({ id: z.string(), when: z.strictObject({ fee: z.number() }).optional() })),
    hours: z
      .string()
      .regex(/^\d\d:\d\d$/, 'write a time of day as HH:MM')
      .optional(),
    either: z.union([z.string(), z.strictObject({ match: z.string() })]).optional(),
  });
  const faults = (text: string) => parseYaml(text, schema, 'a.yaml').faults;

  it('points at the deepest part that is written', () => {
    const text = 'replies:\n  - id: a\n  - when:\n      fee: much\nhours: 9\neither: {match: 1}\n';
    expect(faults(text)).toEqual([
      {
        file: 'a.yaml',
        line: 3,
        path: 'replies[1].id',
        problem: 'is missing',
        mend: 'add it: text',
        severity: 'error',
        code: 'missing',
        values: { expected: ['text'] },
      },
      expect.objectContaining({ line: 4, path: 'replies[1].when.fee', problem: 'is text, not a number' }),
      expect.objectContaining({ line: 5, path: 'hours', mend: 'write text, in quotes' }),
      expect.objectContaining({ line: 6, path: 'either.match' }),
    ]);
    expect(faults('replies: []\nhours: "9"')[0]?.mend).toBe('write a time of day as HH:MM');
    expect(faults('replies: []\neither: 3')[0]).toMatchObject({ problem: 'is a number, not text or an object' });
    expect(faults('')[0]).toMatchObject({ path: 'replies', problem: 'is missing' });
  });

  it.each([
    ['a doubled key', 'replies: []\nreplies: []\n', 2],
    ['a tab', 'replies:\n\t- id: a\n', 2],
    ['an open bracket', 'replies: [\n', 1],
    ['an unknown tag', 'replies: !secret []\n', 1],
  ])('tells the line of %s', (_, text, line) => {
    expect(faults(text)[0]).toMatchObject({ line, severity: 'error' });
  });

  it('does not explode on aliases', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 9; i += 1)
      bomb.push(
        `b${i}: &b${i} [${Array(9)
          .fill(i === 1 ? '*a' : `*b${i - 1}`)
          .join(',')}]`,
      );
    expect(faults(bomb.join('\n'))[0]?.problem).toMatch(/alias/);
  });
});

describe("a shop's secret", () => {
  it('is required, and the fault names the variable', () => {
    const { secret, faults } = shopSecret('old_town', {}, folder(), true);
    expect(secret).toBeUndefined();
    expect(faults[0]).toMatchObject({ path: 'OLD_TOWN_WEBHOOK_SECRET', problem: expect.stringMatching(/no secret, no start/) });
  });

  it('may be two while rotating, and never shows', () => {
    const one = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const { secret } = shopSecret('demo', { DEMO_WEBHOOK_SECRET: `${one} ${one}` }, folder(), true);
    expect(secret?.reveal()).toHaveLength(2);
    expect([JSON.stringify({ secret }), String(secret), inspect(secret)]).toEqual(['{"secret":"***"}', '***', '***']);
    const wrong = shopSecret('demo', { DEMO_WEBHOOK_SECRET: 'hunter2!' }, folder(), true);
    expect(wrong.faults[0]?.path).toBe('DEMO_WEBHOOK_SECRET');
    expect(JSON.stringify(wrong.faults)).not.toContain('hunter2');
  });

  it('is made for the demo shop alone, kept, and readable by its owner only', () => {
    const dir = folder();
    expect(shopSecret('demo', {}, dir, false).faults[0]).toMatchObject({ mend: expect.stringContaining('DATA_DIR') });
    const first = shopSecret('demo', {}, dir, true);
    expect(first.secret?.reveal()[0]).toHaveLength(32);
    expect(shopSecret('demo', {}, dir, true).secret?.reveal()).toEqual(first.secret?.reveal());
    const path = join(dir, 'demo-webhook-secret');
    expect(first.file).toBe(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    chmodSync(path, 0o600);
    writeFileSync(path, '');
    expect(shopSecret('demo', {}, dir, true).faults[0]).toMatchObject({ file: path });
  });
});
