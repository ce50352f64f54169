import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.js';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/bench/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Tests compile many homes that nobody starts again: they must not crowd out what the build made for the commands.
    env: { ZAIMA_CACHE_DIR: join(import.meta.dirname, 'dist/compiled-in-tests') },
    // What is waited for comes, however busy the machine: the default is a second.
    expect: { poll: { timeout: 20_000, interval: 50 } },
  },
});
