import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featuresOf, trainingFeatures, trainNgrams } from '../../src/understanding/ngrams.js';
import { fold } from '../../src/understanding/normalise.js';
import { tinyModel } from './tiny-model.js';

const { folding } = tinyModel;

describe('n-grams', () => {
  it('are the same on the hot path as in training', () => {
    const seen = new Uint32Array(1 << 16);
    let mark = 0;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'包邮吗发货abc 1，'), maxLength: 40 }), (text) => {
        const folded = fold(text, folding);
        const into = new Int32Array(1024);
        const n = featuresOf(folded, into, seen, ++mark);
        expect(new Set(into.subarray(0, n))).toEqual(trainingFeatures(folded));
      }),
    );
  });

  it('learn the examples, give the same model each time, and are unsure of strange words', () => {
    const texts: [string, number][] = [
      ['包邮吗', 0],
      ['邮费多少', 0],
      ['什么时候发货', 1],
      ['几天能到', 1],
      ['可以退货吗', 2],
      ['怎么退款', 2],
    ];
    const train = () =>
      trainNgrams(
        texts.map(([text, intent]) => ({ text: fold(text, folding), intent })),
        3,
      );
    const score = (text: string, model = train()) => [...model.score(fold(text, folding)).clause];
    for (const [text, intent] of texts) {
      const scores = score(text);
      expect(scores.indexOf(Math.max(...scores))).toBe(intent);
    }
    expect(score('包邮吗')).toEqual(score('包邮吗'));
    expect(Math.max(...score('zzzz qqqq'))).toBeLessThan(0.5);
  });
});
