/** What differs, path by path: nothing is left out, and nothing told that is the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePatch } from '../../src/shop/merge-patch.js';
import { changeLines, changesBetween } from '../../src/shop/settings-diff.js';
import { anySettings } from './any-settings.js';

const lines = (before: unknown, after: unknown) => changeLines(changesBetween(before, after));

describe('the difference between two settings', () => {
  it('names each value that was changed, set or taken out', () => {
    const before = { bot: { mode: 'auto', lowStock: 5 }, callbackUrl: 'https://a.example/' };
    const after = { bot: { mode: 'shadow', lowStock: 5 }, cod: { enabled: false } };
    expect(lines(before, after)).toEqual([
      '~ bot.mode: "auto" → "shadow"',
      '- callbackUrl: "https://a.example/"',
      '+ cod: {"enabled":false}',
    ]);
  });

  it('follows a product by its id, wherever it stands', () => {
    const scarf = { id: 'scarf', priceYuan: 99, variants: [{ stock: 3 }] };
    const hat = { id: 'hat', priceYuan: 59, variants: [{ stock: 1 }] };
    const sold = { ...scarf, variants: [{ stock: 2 }] };
    expect(lines({ products: [hat, scarf] }, { products: [sold] })).toEqual([
      `- products[hat]: ${JSON.stringify(hat)}`,
      '~ products[scarf].variants[0].stock: 3 → 2',
    ]);
    expect(changesBetween({ products: [hat, scarf] }, { products: [scarf, hat] })).toHaveLength(1);
  });

  it('tells one new row as one', () => {
    const row = (region: string) => ({ regions: [region], firstKgYuan: 8 });
    const before = { table: [row('广东'), row('新疆')] };
    expect(lines(before, { table: [row('广东'), row('湖南'), row('新疆')] })).toEqual([
      `+ table[1]: ${JSON.stringify(row('湖南'))}`,
    ]);
    expect(lines(before, { table: [row('广东'), row('西藏')] })).toEqual(['~ table[1].regions: ["新疆"] → ["西藏"]']);
    expect(lines(before, { table: [row('新疆')] })).toEqual([`- table[0]: ${JSON.stringify(row('广东'))}`]);
  });

  it('tells the order of the owner’s own keys, for it is the order in which they are said', () => {
    expect(lines({ surchargeYuan: { 顺丰: 15, EMS: 9 } }, { surchargeYuan: { EMS: 9, 顺丰: 15 } })).toHaveLength(1);
  });

  it('is empty if and only if both say the same', () => {
    fc.assert(
      fc.property(anySettings, anySettings, (one, other) => {
        expect(changesBetween(one, structuredClone(one))).toEqual([]);
        expect(changesBetween(one, other).length === 0).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a merge patch', () => {
  it('does what RFC 7396 shows', () => {
    const target = { title: 'Goodbye!', author: { givenName: 'John', familyName: 'Doe' }, tags: ['a', 'b'], content: 'c' };
    const patch = { title: 'Hello!', phone: '1', author: { familyName: null }, tags: ['a'] };
    const merged = { title: 'Hello!', author: { givenName: 'John' }, tags: ['a'], content: 'c', phone: '1' };
    expect(mergePatch(target, patch)).toStrictEqual(merged);
    expect(mergePatch({ a: 'c' }, { a: { bb: { ccc: null } } })).toStrictEqual({ a: { bb: {} } });
    expect(mergePatch(undefined, { a: 1 })).toStrictEqual({ a: 1 });
    expect(mergePatch({ a: 1 }, ['c'])).toStrictEqual(['c']);
    expect(target.author.familyName).toBe('Doe');
  });
});
