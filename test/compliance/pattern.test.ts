import { describe, expect, it } from 'vitest';
import { fold } from '../../src/compliance/fold.js';
import { anchorTable, candidates, occurrence, patterns } from '../../src/compliance/pattern.js';

const finds = (source: string, text: string) => {
  const all = patterns(source);
  const folded = fold(text);
  return candidates(anchorTable(all), folded).some((index) => {
    const { expression } = all[index] as (typeof all)[number];
    expression.lastIndex = 0;
    return expression.test(folded.text);
  });
};

describe('patterns', () => {
  it.each([
    ['发票…加钱', '发票要另外加钱', true],
    ['发票…加钱', '发票有的，要不要加钱', false],
    ['发票‥{8}加钱', '发票有的，要加钱', true],
    ['发票‥{8}加钱', '发票有的。要加钱', false],
    ['发票…{2}加钱', '发票这边要加钱', false],
    ['(不|没)开票?', '不开', true],
    ['微信', '微，信', true],
    ['不开', '不，开', false],
    ['(?<!迷)你', '迷你风扇', false],
    ['(加|留)[vw]', '加W', true],
    ['\\d{2,3}天', '15天', true],
    ['没有任何\\d*', '没有任何', true],
    ['(会|能)*到(了|啦)', '会能会到啦', true],
  ])('%s in %s: %s', (source, text, isFound) => {
    expect(finds(source, text)).toBe(isFound);
  });

  it.each(['(发票', '发票)', '(a|(b)'])('that are not well-formed are refused: %s', (source) => {
    expect(() => patterns(source)).toThrow('unbalanced pattern');
  });

  it.each(['發票', 'QQ', '加Ｖ'])('that no folded text contains are refused: %s', (source) => {
    expect(() => patterns(source)).toThrow('never occurs in a folded text');
  });

  it('know the words without which they cannot match', () => {
    expect(patterns('(不|没法)…开(具|出)?发票').map(({ anchors }) => anchors)).toEqual([[['不', '没法'], ['开'], ['发票']]]);
    expect(patterns('微信|(v|w)信?号').map(({ anchors }) => anchors)).toEqual([[['微信']], [['v', 'w'], ['号']]]);
    expect(patterns('(会|\\d)吗?')[0]?.anchors).toEqual([]);
  });

  it('as exceptions may be bound to the end', () => {
    expect(occurrence('不|没法', true).test('这个没法')).toBe(true);
    expect(occurrence('不|没法', true).test('没法的')).toBe(false);
  });
});
