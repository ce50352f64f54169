import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.js';

/** Rooms whose tests leave nothing behind may share what is imported, which costs more than to run them. */
const pure = ['understanding', 'compliance', 'composing', 'policy', 'stock', 'desk', 'phrases', 'flow', 'shop', 'access'].map(
  (room) => `test/${room}/**/*.test.ts`,
);

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'others', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/bench/**', ...pure] } },
    ],
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
