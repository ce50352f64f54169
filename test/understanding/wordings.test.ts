/** What is counted of words is found again, all of it and nothing else; characters that are read alike are listed. */
import { describe, expect, it } from 'vitest';
import {
  countWordings,
  edge,
  leastWorth,
  spelt,
  unseenPair,
  type Wordings,
  wordingsOf,
} from '../../src/understanding/wordings.js';

const code = (character: string) => character.charCodeAt(0);
const pair = (wordings: Wordings, two: string) => wordings.pairOf(code(two[0]!), code(two[1]!));
const listed = ({ listed, starts }: Wordings, list: number) =>
  String.fromCharCode(...listed.subarray(starts[list]!, starts[list + 1]!));
const syllables = { huo: '货获火', tui: '退', ma: '吗马', hao: '好号' };
const small = wordingsOf(countWordings(['有货吗', '有货', '退货吗'], new Map([['好吗', 3]]), syllables));

describe('wordings', () => {
  it('know which characters stand side by side, and where words start and end', () => {
    for (const two of ['有货', '货吗', '退货', '好吗']) expect(pair(small, two)).not.toBe(unseenPair);
    expect(small.pairOf(edge, code('有'))).not.toBe(unseenPair);
    expect(small.pairOf(code('吗'), edge)).not.toBe(unseenPair);
    for (const two of ['货有', '有吗', '获吗', '吗货']) expect(pair(small, two)).toBe(unseenPair);
    expect(small.pairOf(edge, code('好'))).toBe(unseenPair);
  });

  it('find every pair of many, and none that was never there', () => {
    const all = Array.from({ length: 20000 }, (_, n) => String.fromCharCode(0x4e00 + (n % 997), 0x5800 + ((n * 7919) % 3001)));
    const many = wordingsOf(countWordings([], new Map(all.map((two) => [two, 1])), {}));
    expect(all.filter((two) => pair(many, two) === unseenPair)).toEqual([]);
    expect(new Set(all.map((two) => pair(many, two))).size).toBe(new Set(all).size);
    expect(all.filter((two) => pair(many, two[1]! + two[0]!) !== unseenPair)).toEqual([]);
  });

  it('give more for what goes on from the pair before, and never less than the least', () => {
    const known = pair(small, '货吗');
    const behind = small.worthOf(pair(small, '有货'), known, code('吗'));
    const alone = small.worthOf(unseenPair, known, code('吗'));
    expect(behind).toBeLessThan(0);
    expect(alone).toBeLessThan(0);
    expect(behind).not.toBe(alone);
    expect(Math.min(behind, alone)).toBeGreaterThanOrEqual(leastWorth);
    expect(small.worthOf(pair(small, '有货'), unseenPair, code('获'))).toBeLessThan(leastWorth);
  });

  it('list known characters by their reading alone', () => {
    expect(listed(small, small.listAlike(code('获')))).toBe('货');
    expect(listed(small, small.listAlike(code('马')))).toBe('吗');
    expect(listed(small, small.listAlike(code('有')))).toBe('');
    expect(listed(small, small.listAlike(0x20))).toBe('');
    const spelling = [...'huo'].reduce((former, one) => spelt(former, code(one)), 0);
    expect(listed(small, small.byReading.get(spelling)!)).toBe('货');
    expect(listed(small, small.byReading.get(spelt(0, code('h')))!)).toBe('货');
    expect(small.byReading.get(spelt(0, code('u')))).toBeUndefined();
  });
});
