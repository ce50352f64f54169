/** `zaima preview`: any moment, for people and for programs; with the away switch as it stands. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { previewSchema } from '../../src/server/preview-wire.js';
import { mustBeBuilt, startedOnce, zaima } from './command.js';

let dataDir: string;
beforeAll(() => {
  mustBeBuilt();
  dataDir = mkdtempSync(join(tmpdir(), 'zaima-preview-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const preview = (...args: string[]) => zaima(['preview', ...args], { dataDir });
const holiday = '2026-10-01T23:10:00+08:00';

describe('zaima preview', () => {
  it('tells people the rule, the opening in words, the changes and the Answer, and makes no file', async () => {
    const { code, stderr, lines } = await preview('可以开发票吗', '--at', holiday, '--days', '1');
    expect([code, stderr]).toEqual([0, '']);
    expect(lines.slice(0, 8)).toEqual([
      '时刻: 2026-10-01 周四 23:10 (Asia/Shanghai)',
      '非工作时间',
      '因为: 国庆节放假，2026-10-02 10:00 有人回复',
      '依据: 法定节假日 (holiday) 2026-10-01 国庆节 10:00-22:00',
      '下次上班: 2026-10-02 周五 10:00 “明天上午10点”',
      '此后变化:',
      '  2026-10-02 周五 10:00 上班',
      '  2026-10-02 周五 22:00 下班',
    ]);
    expect(lines).toContain('决定: 自动回复 (auto)');
    expect(existsSync(join(dataDir, 'zaima.db'))).toBe(false);
  });

  it('--json prints it as HTTP serves it; on duty with the word that goes out when nobody answers', async () => {
    const { lines } = await preview('可以开发票吗', '--at', '2026-11-20T15:00:00+08:00', '--json');
    const told = JSON.parse(lines[0]!) as Record<string, any>;
    expect(previewSchema.parse(told)).toEqual(told);
    expect(told).toMatchObject({ onDuty: true, rule: { by: 'week' }, answer: { action: 'draft' }, stepIn: { action: 'auto' } });
  });

  it('counts the away switch of the data folder, and leaves it out when told so', async () => {
    await startedOnce(dataDir);
    expect((await zaima(['shop', 'away', 'demo', 'on', '--until', '2030-01-04T09:00:00+08:00'], { dataDir })).code).toBe(0);
    const at = ['--at', '2029-12-20T15:00:00+08:00', '--json', '--days', '0'];
    // One after the other: the data folder is one process's at a time.
    const away = await preview(...at);
    const plain = await preview(...at, '--no-away');
    expect(JSON.parse(away.lines[0]!)).toMatchObject({
      rule: { by: 'away' },
      nextOpening: { at: '2030-01-04T01:00:00.000Z', words: '1月4日上午9点' },
    });
    expect(JSON.parse(plain.lines[0]!)).toMatchObject({ rule: { by: 'week' }, onDuty: true });
  });
});
