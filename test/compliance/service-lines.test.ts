import { describe, expect, it } from 'vitest';
import { check, compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { ordinaryLines as firstLines } from './service-lines.js';
import { ordinaryLinesNear } from './service-lines-near.js';
import { ordinaryLinesOfTheSale } from './service-lines-of-the-sale.js';
import { ordinaryLinesTyped } from './service-lines-typed.js';
import { violatingLines as firstViolating } from './violating-lines.js';
import { disguisedLines } from './violating-lines-disguised.js';
import { roundaboutLines } from './violating-lines-roundabout.js';
import { typedLines } from './violating-lines-typed.js';

const ordinaryLines = [...firstLines, ...ordinaryLinesOfTheSale, ...ordinaryLinesTyped, ...ordinaryLinesNear];
const violatingLines = [...firstViolating, ...disguisedLines, ...typedLines, ...roundaboutLines];

const compiled = compileRules(await loadRules());
const told = (line: string, context = {}) =>
  check(line, context, compiled).map(({ rule, words }) => `${line} ← ${rule}: ${words}`);

describe('ordinary lines of service', () => {
  it('are enough to tell', () => {
    expect(new Set(ordinaryLines).size).toBeGreaterThanOrEqual(900);
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

  it('give hints in 2 of 100 at most', () => {
    const hinted = ordinaryLines.flatMap((line) => told(line));
    expect(hinted.length, hinted.join('\n')).toBeLessThanOrEqual(ordinaryLines.length * 0.02);
  });
});

describe('lines that break a rule', () => {
  it('are enough to tell', () => {
    expect(violatingLines.length).toBeGreaterThanOrEqual(900);
  });

  it('are caught, 95 of 100, by the rule they break', () => {
    const context = { codEnabled: true, cardAccepted: true };
    const missed = violatingLines.filter(
      ([rule, line]) => !check(line, context, compiled).some((finding) => finding.rule === rule),
    );
    expect(missed.length, missed.map((line) => line.join(': ')).join('\n')).toBeLessThanOrEqual(violatingLines.length * 0.05);
  });
});
