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

  it.each([
    ['[a-z]+', '[a-z]+', 0, /\(a\|b\|c\); <number>/],
    ['gr[ae]y', '[ae]', 2, /\(a\|b\|c\)/],
    ['(退|货*)', '*', 4, /的\? or \(的\)\?/],
    ['退.*货', '.*', 1, /… up to 8/],
    ['发{2,3}', '{2,3}', 1, /~ is up to 3/],
    ['\\d+元', '\\d+', 0, /<number>/],
    ['(?:退|换)', '(?:', 0, /\(either\|or\)/],
    ['(a|(?!b)c)', '(?!', 3, /unless/],
  ])('says of %s that %s is of regular expressions, where it is, and what to write', (pattern, part, at, mend) => {
    const error = (() => {
      try {
        return parse(pattern);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(PatternError);
    const said = { message: `"${part}" is of regular expressions, which this is not`, at, mend: expect.stringMatching(mend) };
    expect(error).toMatchObject(said);
  });

  it('takes a point for what it is, and names the lists where there is none of that name', () => {
    expect(literals('1.5元')).toEqual([['1.5元']]);
    expect(() => parse('{nobody}')).toThrow('{nobody} is no word list of the language file, which has when');
  });
});
