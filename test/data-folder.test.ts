import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataFolder } from '../src/data-folder.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zaima-folder-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the data folder', () => {
  it('is made with those above it, for this account alone; one that is there stays as it is', () => {
    const path = join(folder, 'deep', 'data');
    makeDataFolder(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    const before = statSync(folder).mode;
    makeDataFolder(folder);
    expect(statSync(folder).mode).toBe(before);
  });

  it('that cannot be is told with the mend', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')])
      expect(() => makeDataFolder(path)).toThrowError(expect.objectContaining({ code: 'storage_unusable' }));
    expect(() => makeDataFolder(file)).toThrowError(/there is a file of that name\. Set DATA_DIR/);
  });

  it.runIf(existsSync('/proc/self'))('under /proc is refused and not tried for ever', () => {
    expect(() => makeDataFolder('/proc/zaima/data')).toThrowError(/Set DATA_DIR/);
  });
});
