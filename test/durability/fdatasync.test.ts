/** The acknowledgement comes after the disk: system calls of the real process, in order. Needs Linux and strace. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { post, serve } from './served.js';

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

describe.runIf(hasStrace)('the 200 of a message', () => {
  it.each([
    ['stored', false],
    ['stored and answered', true],
  ])('is written after fdatasync returned (%s)', { timeout: 60_000 }, async (_, wait) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zaima-sync-'));
    const trace = join(dataDir, 'trace');
    const secret = randomBytes(32);
    const served = await serve(dataDir, secret, [
      'strace',
      '-f',
      '-y',
      '-s',
      '4096',
      '-e',
      'trace=fdatasync,fsync,read,write,writev,pwrite64',
      '-o',
      trace,
    ]);
    await post(served.address, secret, { id: 'sync-1', conversation: 'c', buyer: { id: 'b' }, text: '包邮吗' }, wait);
    // strace keeps signals to itself: the traced process is told.
    process.kill(served.pid, 'SIGTERM');
    await served.exited;
    const lines = readFileSync(trace, 'utf8').split('\n');
    const asked = lines.findIndex((line) => /read(?:\(| resumed).*POST \/v1\/shops\/demo\/messages/.test(line));
    const answered = lines.findIndex((line, at) => at > asked && /writev?(?:\(| resumed).*HTTP\/1\.1 200 OK/.test(line));
    expect(asked).toBeGreaterThan(0);
    expect(answered).toBeGreaterThan(asked);
    const between = lines.slice(asked, answered);
    const synced = between.findIndex((line) =>
      /f(data)?sync\(\d+<[^>]*zaima\.db-wal>\)\s*= 0|f(data)?sync resumed.*= 0/.test(line),
    );
    expect(synced).toBeGreaterThan(0);
    // And what was synced held the message: it was written to the log before.
    expect(between.slice(0, synced).some((line) => /write.*zaima\.db-wal/.test(line) || /pwrite/.test(line))).toBe(true);
    rmSync(dataDir, { recursive: true, force: true });
  });
});
