/** Builds the web pages (src/console) into dist/console: hashed assets, each also as gzip and brotli. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const outDir = join(import.meta.dirname, 'dist/console');

/** So that the server compresses nothing while it serves. */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    closeBundle() {
      for (const name of readdirSync(join(outDir, 'assets'))) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const file = join(outDir, 'assets', name);
        const bytes = readFileSync(file);
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
      }
    },
  };
}

export default defineConfig({
  root: join(import.meta.dirname, 'src/console'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [precompressed()],
  build: {
    outDir,
    emptyOutDir: true,
    // Chat clients embed old browsers.
    target: ['chrome92', 'safari15.4', 'firefox91'],
    // A data: address would need the policy of the pages to be wider.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    port: 5173,
    // `npm run dev` beside a running `npm start`.
    proxy: { '/v1': { target: process.env.ZAIMA ?? 'http://127.0.0.1:8080', ws: true } },
  },
});
