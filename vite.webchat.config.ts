/** Builds the script for shops' own sites (src/webchat) into dist/webchat/webchat.js: one classic script. */
import { join } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    outDir: join(import.meta.dirname, 'dist/webchat'),
    emptyOutDir: true,
    target: ['chrome87', 'safari14', 'firefox90'],
    reportCompressedSize: false,
    lib: {
      entry: join(import.meta.dirname, 'src/webchat/webchat.ts'),
      formats: ['iife'],
      name: 'zaimaWebChat',
      fileName: () => 'webchat.js',
    },
  },
});
