/** What a chat client's frame loads: everything of the built sidebar, in the language that needs most, as it goes over the wire. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const built = resolve(import.meta.dirname, '../../../dist/console');
const mostBytes = 60_000;
const packed = (file: string) => gzipSync(readFileSync(join(built, file)), { level: 9 }).length;

describe('the built sidebar', () => {
  it.runIf(existsSync(join(built, 'sidebar.html')))('weighs at most 60 kB of scripts and styles', () => {
    const html = readFileSync(join(built, 'sidebar.html'), 'utf8');
    const files = new Set([...html.matchAll(/(?:src|href)="\/(assets\/[^"]+|[\w-]+\.js)"/g)].map((match) => match[1]!));
    expect([...files].some((file) => file.endsWith('.js'))).toBe(true);
    expect([...files].some((file) => file.endsWith('.css'))).toBe(true);
    // What the scripts import of each other is all named in the document; a language is loaded on demand.
    for (const file of files)
      if (file.endsWith('.js'))
        for (const [, name] of readFileSync(join(built, file), 'utf8').matchAll(/from"\.\/([^"]+\.js)"/g))
          expect(files).toContain(`assets/${name}`);
    const languages = readdirSync(join(built, 'assets')).filter((name) => /^[a-z]{2}-[\w-]{8}\.js$/.test(name));
    expect(languages.length).toBeGreaterThan(0);
    const largest = Math.max(...languages.map((name) => packed(`assets/${name}`)));
    const bytes = [...files].reduce((sum, file) => sum + packed(file), 0) + largest;
    expect(bytes).toBeLessThanOrEqual(mostBytes);
  });
});
