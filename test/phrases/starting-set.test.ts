import { describe, expect, it } from 'vitest';
import { compileRules } from '../../src/compliance/check.js';
import { loadRules } from '../../src/compliance/load-rules.js';
import { assess } from '../../src/phrases/assess.js';
import { startingGroups, startingSet } from '../../src/phrases/starting-set.js';
import { judgeWords, scopedCode } from '../../src/phrases/words.js';
import { bareShop, demoShop, noon } from './shops.js';

const rules = compileRules(await loadRules());

describe.each(['亲', '您'] as const)('the phrases of a new shop that calls its buyers %s', (address) => {
  const set = startingSet(address);

  it('lead through a whole sale, from the welcome to the farewell', () => {
    expect([...new Set(set.map(({ group }) => group))]).toEqual([...startingGroups]);
    for (const group of startingGroups) expect(set.filter((one) => one.group === group).length).toBeGreaterThanOrEqual(3);
    expect(set.some(({ text }) => text.includes('评价'))).toBe(true);
    expect(new Set(set.map(scopedCode)).size).toBe(set.length);
    expect(new Set(set.map(({ title }) => title)).size).toBe(set.length);
  });

  it.each(set.map((one) => [one.code, one] as const))(
    '%s breaks no rule and is short, in a full shop and in a bare one',
    (_, words) => {
      for (const shop of [demoShop(rules), bareShop(rules)]) {
        const { assessed, faults } = judgeWords(words, shop, noon);
        expect(faults).toEqual([]);
        expect(assessed!.findings).toEqual([]);
        expect(assessed!.characters).toBeLessThanOrEqual(128);
      }
      expect(words.text).not.toMatch(/你|不行|没有|不知道|肯定|保证|绝对|最/);
      expect(words.text.startsWith(address === '亲' ? '亲，' : '您好，')).toBe(true);
    },
  );

  it('are whole in a shop that has set everything', () => {
    for (const { text } of set) {
      const assessed = assess(text, demoShop(rules), noon);
      expect('verdict' in assessed && assessed.gaps).toEqual([]);
    }
  });
});
