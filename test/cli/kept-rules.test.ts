/** Commands that judge texts start with what was learnt before: it costs a second to learn it anew. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');
let folder: string | undefined;
afterEach(() => {
  vi.doUnmock('../../src/paths.js');
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

it('what the line reader learnt is kept for the next command', async () => {
  const parts = mkdtempSync(join(tmpdir(), 'zaima-parts-'));
  folder = parts;
  vi.doMock('../../src/paths.js', async (original) => ({ ...(await original<object>()), partFolders: [parts] }));
  const { keptRules } = await import('../../src/cli/kept-rules.js');
  const rules = await keptRules();
  expect(rules.reader()).toBeDefined();
  expect(readdirSync(parts)).toEqual([expect.stringMatching(/^lines-/)]);
});

it('no command has rules that learn anew', () => {
  const files = readdirSync(join(src, 'cli')).filter((name) =>
    readFileSync(join(src, 'cli', name), 'utf8').includes('compileRules'),
  );
  expect(files).toEqual([]);
});
