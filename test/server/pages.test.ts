/** The pages as they are served: one document for all addresses, its policy, and assets that are kept for good. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { errorsToProblems } from '../../src/server/errors-to-problems.js';
import { openPages } from '../../src/server/pages.js';

function built(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zaima-pages-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>t</title>');
  writeFileSync(join(folder, 'before-paint.js'), '1');
  writeFileSync(join(folder, 'assets/a-1.js'), 'plain');
  writeFileSync(join(folder, 'assets/a-1.js.br'), 'small');
  return folder;
}

function open(pagesFolder: string | undefined) {
  const app = Fastify();
  onTestFinished(() => app.close());
  errorsToProblems(app);
  openPages(app, { config: loadConfig('/nowhere.yaml', {}).value!, ...(pagesFolder !== undefined && { pagesFolder }) });
  return app;
}

describe('pages', () => {
  it('are one document under a policy without inline scripts, in no frame', async () => {
    const reply = await open(built()).inject('/login?next=%2F');
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('<!doctype html>');
    const policy = String(reply.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(reply.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' });
  });

  it('bring assets that are kept for good, compressed as they were built', async () => {
    const app = open(built());
    const small = await app.inject({ url: '/assets/a-1.js', headers: { 'accept-encoding': 'br' } });
    expect(small).toMatchObject({ statusCode: 200, body: 'small' });
    expect(small.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' });
    expect((await app.inject('/assets/a-1.js')).body).toBe('plain');
    expect((await app.inject('/assets/none.js')).json()).toMatchObject({ code: 'not_found' });
    expect((await app.inject('/assets/..%2findex.html')).statusCode).toBeGreaterThanOrEqual(400);
  });

  it('say so where they are not built', async () => {
    const reply = await open(undefined).inject('/');
    expect(reply.statusCode).toBe(404);
    expect(reply.json().detail).toContain('npm run build');
  });
});
