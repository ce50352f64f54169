import { describe, expect, it } from 'vitest';
import { PatternError, parsePattern } from '../../src/understanding/pattern.js';

const words = new Map([['when', ['几时', '多久']]]);
const parse = (pattern: string) => parsePattern(pattern, words, (word) => word.toLowerCase());
const literals = (pattern: string) =>
  parse(pattern).map((sequence) => sequence.elements.map((element) => element.slot ?? element.literals.join('|')));

describe('the pattern language', () => {
  it.each([
    ['发货', [['发货']]],
    ['(发|寄)(货|出)', [['发货|发出|寄货|寄出']]],
    ['{when}发', [['几时发|多久发']]],
    ['{when}…发', [['几时|多久', '发']]],
    ['到<region>', [['到', 'region']]],
    ['能?到', [['到'], ['能到']]],
    ['(还|)能', [['能'], ['还能']]],
    ['(不(能|会)|没法)退', [['不能退|不会退|没法退']]],
  ])('reads %s', (pattern, expected) => {
    expect(literals(pattern)).toEqual(expected);
  });

  it('reads gaps and anchors', () => {
    const [sequence] = parse('^a~b…c$');
    expect(sequence!.elements.map((element) => element.gapBefore)).toEqual([0, 3, 8]);
    expect([sequence!.fromClauseStart, sequence!.toClauseEnd]).toEqual([true, true]);
  });

  it.each(['{nobody}', '<planet>', '(a', 'a)', '…', '(a…b)', ''])('refuses %s and says where', (pattern) => {
    expect(() => parse(pattern)).toThrow(PatternError);
  });
});
