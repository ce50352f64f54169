import { describe, expect, it } from 'vitest';
import { check, compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { ordinaryLines, violatingLines } from './own-lines.js';

const compiled = compileRules(await loadRules());
const told = (line: string, context = {}) =>
  check(line, context, compiled).map(({ rule, words }) => `${line} ← ${rule}: ${words}`);

describe('ordinary lines of service', () => {
  it('are enough to tell, each once', () => {
    expect(ordinaryLines.length).toBeGreaterThanOrEqual(3500);
    expect(new Set(ordinaryLines).size).toBe(ordinaryLines.length);
  });

  it.each([
    ['nothing is known', {}],
    ['the buyer owns the order and all is allowed', { codEnabled: false, cardAccepted: true, orderOwner: true }],
    ['the shop has a threshold', { freeShipping: { excludes: ['新疆', '西藏', '台湾'], fromYuan: 95, fromItems: 2 } }],
  ])('give no points and no block where %s', (_, context) => {
    const grave = ordinaryLines.flatMap((line) =>
      check(line, context, compiled)
        .filter(({ severity }) => severity !== 'hint')
        .map(({ rule, words }) => `${line} ← ${rule}: ${words}`),
    );
    expect(grave).toEqual([]);
  });

  it('give hints in 1 of 100 at most', () => {
    const hinted = ordinaryLines.flatMap((line) => told(line));
    expect(hinted.length, hinted.join('\n')).toBeLessThanOrEqual(ordinaryLines.length * 0.01);
  });
});

describe('lines that break a rule', () => {
  it('are enough to tell, each once, and none is ordinary', () => {
    expect(violatingLines.length).toBeGreaterThanOrEqual(2500);
    const all = [...violatingLines.map(([, line]) => line), ...ordinaryLines];
    expect(new Set(all).size).toBe(all.length);
  });

  it('are caught, 95 of 100, by the rule they break', () => {
    const context = {
      codEnabled: true,
      cardAccepted: true,
      freeShipping: { excludes: ['新疆', '西藏', '香港', '澳门', '台湾', '海外'], fromYuan: 95, fromItems: 2 },
    };
    const missed = violatingLines.filter(
      ([rule, line]) => !check(line, context, compiled).some((finding) => finding.rule === rule),
    );
    expect(missed.length, missed.map((line) => line.join(': ')).join('\n')).toBeLessThanOrEqual(violatingLines.length * 0.05);
  });
});
