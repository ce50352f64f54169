/** The measure: each line of it by an example small enough to count by hand. */
import { describe, expect, it } from 'vitest';
import { countedPairs, mistakeCount, mistakesOf, pairsOf } from '../../src/cli/confusion.js';
import { type Labelled, precision, recall, scoreOf } from '../../src/cli/score.js';

const gold = (labels: readonly string[], also: readonly string[] = []): Labelled => ({
  id: '1',
  text: '',
  labels,
  also,
  natural: false,
});
const row = (labels: readonly string[], also: readonly string[], intents: readonly string[], auto = false) => ({
  gold: gold(labels, also),
  predicted: { intents, auto },
});

describe('the score', () => {
  it('counts found, wrong and missed over all, over the core, and by intent', () => {
    const score = scoreOf([
      row(['invoice'], [], ['invoice'], true), // found
      row(['invoice', 'courier'], [], ['invoice', 'invoice']), // found once, courier missed
      row(['returns'], ['quality'], ['quality'], true), // missed; quality may be found
      row(['none'], [], ['promotion'], true), // wrong, a false alarm
      row(['none'], [], ['none']), // in peace
      row(['none'], ['ack'], []), // not counted among those that ask nothing
      row([], ['stock', 'none'], []), // either of both would do
      row([], ['stock', 'advice'], ['advice']), // found at no gain
      row([], ['stock'], ['cod'], true), // wrong, and nobody's miss
    ]);
    // Found 2, wrong 2 (promotion, cod), missed 2 (courier, returns) and 1 without a label of both.
    expect(score.f1All).toBeCloseTo(4 / 9);
    // Core: found 2, wrong 1 (cod), missed 1 (returns).
    expect([score.f1Core, score.precisionCore, score.recallCore].map((one) => one.toFixed(3))).toEqual([
      '0.667',
      '0.667',
      '0.667',
    ]);
    expect([score.messages, score.falseAlarm]).toEqual([9, 0.5]);
    expect(score.autoCoverage).toBeCloseTo(4 / 9);
    // Of four answered, two in a topic that nobody gave; of three with a core label, two answered.
    expect([score.autoWrong, score.autoCoverageCore.toFixed(3)]).toEqual([0.5, '0.667']);
    expect(score.perIntent.get('invoice')).toEqual({ found: 2, wrong: 0, missed: 0, f1: 1 });
    expect(score.perIntent.get('courier')).toEqual({ found: 0, wrong: 0, missed: 1, f1: 0 });
    expect(score.perIntent.has('quality')).toBe(false);
  });

  it('is 0 where there is nothing to divide by', () => {
    const { perIntent, ...figures } = scoreOf([]);
    expect(Object.values(figures).every((figure) => figure === 0)).toBe(true);
    expect(perIntent.size).toBe(0);
    expect([precision({ found: 0, wrong: 0, missed: 3 }), recall({ found: 0, wrong: 1, missed: 0 })]).toEqual([0, 0]);
  });
});

describe('what was taken for what', () => {
  const pairs = (labels: readonly string[], also: readonly string[], found: readonly string[]) => {
    const one = gold(labels, also);
    return pairsOf(one, mistakesOf(one, found)).map(({ expected, found: instead }) => `${expected} > ${instead}`);
  };

  it.each([
    ['right', ['invoice'], [], ['invoice'], []],
    ['right with what one labeller gave', ['invoice'], ['courier'], ['courier', 'invoice'], []],
    ['missed', ['invoice'], [], [], ['invoice > none']],
    ['taken for another', ['invoice'], [], ['courier'], ['invoice > courier']],
    ['two missed for one', ['invoice', 'returns'], [], ['courier'], ['invoice > courier', 'returns > courier']],
    ['found beside', ['invoice'], [], ['invoice', 'courier'], ['invoice > +courier']],
    ['a false alarm', ['none'], [], ['courier'], ['none > courier']],
    ['nothing to find', ['none'], [], [], []],
    ['none of those that one gave', [], ['stock', 'advice'], ['courier'], ['stock | advice > courier']],
    ['nothing of those that one gave', [], ['stock'], [], ['stock > none']],
    ['one of those that one gave', [], ['stock', 'advice'], ['stock'], []],
    ['beside one of those that one gave', [], ['stock'], ['stock', 'cod'], ['stock > +cod']],
  ] as const)('%s', (_, labels, also, found, expected) => {
    expect(pairs(labels, also, found)).toEqual(expected);
  });

  it('has as many mistakes as the score counts', () => {
    const cases = [
      [gold(['invoice', 'returns']), ['courier']],
      [gold([], ['stock']), ['cod']],
      [gold(['none']), ['ack', 'ack']],
      [gold(['stock'], ['cod']), ['cod', 'stock', 'none']],
    ] as const;
    const counts = cases.map(([one, found]) => mistakeCount(mistakesOf(one, found)));
    expect(counts).toEqual([3, 2, 1, 0]);
  });

  it('ranks pairs by messages, then by name', () => {
    const a = { expected: 'a', found: 'x' };
    const b = { expected: 'b', found: 'x' };
    const c = { expected: 'c', found: 'x' };
    expect(countedPairs([[c, b], [b], [a]]).map(({ expected, messages }) => expected + messages)).toEqual(['b2', 'a1', 'c1']);
  });
});
