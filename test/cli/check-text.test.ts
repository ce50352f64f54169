/** `zaima check-text`: what an agent types, for people and for programs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { checkResultSchema } from '../../src/server/wire-schemas.js';
import { mustBeBuilt, zaima } from './command.js';

let dataDir: string;
beforeAll(() => {
  mustBeBuilt();
  dataDir = mkdtempSync(join(tmpdir(), 'zaima-check-text-'));
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const checkText = (...args: string[]) => zaima(['check-text', ...args], { dataDir });

describe.concurrent('zaima check-text', () => {
  it('shows people the verdict, the words, why and what could be said; and ends with 1', async ({ expect }) => {
    const { code, lines } = await checkText('亲，开发票要加6个点哦');
    expect(code).toBe(1);
    expect(lines[0]).toBe('不能发送 (stop) · 扣6分');
    expect(lines[1]).toMatch(/^扣分6分 发票 \(invoice\) 第3-10字 “开发票要加6个点”$/);
    expect(lines[2]).toMatch(/^ {2}为什么: .*加价/);
    expect(lines[3]).toMatch(/^ {2}可以说: 亲/);
  });

  it('lets through what is only a hint, and what is clean', async ({ expect }) => {
    const hint = await checkText('质量肯定没问题');
    expect([hint.code, hint.lines[0]]).toEqual([0, '提醒 (warn)']);
    const clean = await checkText('好的亲，马上帮您查');
    expect([clean.code, clean.lines]).toEqual([0, ['可以发送 (send)']]);
  });

  it('knows by --item what the shop says of it', async ({ expect }) => {
    const { code, lines } = await checkText('肯定不起球的', '--item', 'wool-cardigan');
    expect(code).toBe(0);
    expect(lines[3]).toMatch(/少量小球/);
  });

  it('--json prints what HTTP serves, by whether it goes to the ordering account', async ({ expect }) => {
    const text = '您的包裹昨天已经发出了';
    const other = await checkText(text, '--ordering-account', 'no', '--json');
    const told = JSON.parse(other.lines[0]!) as Record<string, unknown>;
    expect(checkResultSchema.parse(told)).toEqual(told);
    expect(told).toMatchObject({ verdict: 'stop', points: 6, findings: [{ rule: 'buyer-data' }] });
    const own = await checkText(text, '--ordering-account', 'yes', '--json');
    expect(JSON.parse(own.lines[0]!)).toEqual({ verdict: 'send', points: 0, findings: [] });
  });
});
