import { describe, expect, it } from 'vitest';
import { check, compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';

const rules = await loadRules();
const compiled = compileRules(rules);

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  const context = rule.examples.context ?? {};

  it('has examples enough, a title in both languages, and points only where it counts points', () => {
    expect(rule.examples.pass.length).toBeGreaterThanOrEqual(6);
    expect(rule.examples.fail.length).toBeGreaterThanOrEqual(10);
    expect(rule.title.zh).not.toBe('');
    expect(rule.title.en).not.toBe('');
    expect(rule.points > 0).toBe(rule.severity === 'points');
  });

  it.each(rule.examples.pass)('passes: %s', (text) => {
    expect(rule.check(text, context)).toEqual([]);
  });

  it.each(rule.examples.fail)('catches: %s', (text) => {
    const found = rule.check(text, context);
    expect(found).not.toEqual([]);
    for (const finding of found) {
      expect(finding).toMatchObject({ rule: rule.id, severity: rule.severity, points: rule.points });
      expect(finding.note).toBe(rule.note?.zh);
      expect(finding.english?.note).toBe(rule.note?.en);
      expect(text.slice(finding.start, finding.end)).toBe(finding.words);
      expect(finding.because).toMatch(/\p{Script=Han}/u);
    }
  });

  it('proposes wordings that keep every rule', () => {
    const wordings = new Set(rule.examples.fail.flatMap((text) => rule.check(text, context).map((finding) => finding.wording)));
    for (const wording of wordings) {
      expect([...wording].length).toBeLessThanOrEqual(60);
      const strict = { ...context, codEnabled: true, cardAccepted: true, orderOwner: false };
      expect(check(wording, strict, compiled)).toEqual([]);
      expect(check(wording, {}, compiled)).toEqual([]);
    }
  });
});
