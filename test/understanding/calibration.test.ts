import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrated } from '../../src/understanding/calibration.js';

/** So many judged examples at a score, of which a share was right. */
const judgedAt = (score: number, count: number, share: number) =>
  Array.from({ length: count }, (_, at) => ({ score, isRight: at < count * share }));

describe('calibration', () => {
  it('tells how often such a score was right', () => {
    // Shares on one logistic curve: slope 2, offset 1.
    const curve = (score: number) => 1 / (1 + Math.exp(-(2 * score + 1)));
    const judged = [-1.5, -1, -0.5, 0, 0.5, 1].flatMap((score) => judgedAt(score, 1000, curve(score)));
    const { confidenceOf } = calibrated(judged);
    for (const score of [-1.5, -0.75, 0, 0.8]) expect(Math.abs(confidenceOf(score) - curve(score))).toBeLessThan(0.02);
  });

  it('never falls as the score rises, whatever was judged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ score: fc.double({ min: -4, max: 4, noNaN: true }), isRight: fc.boolean() }), { maxLength: 40 }),
        (judged) => {
          const { confidenceOf } = calibrated(judged);
          const scores = [-4, -2, -1, 0, 1, 2, 4].map(confidenceOf);
          expect(scores).toEqual([...scores].sort((a, b) => a - b));
          for (const one of scores) expect(one >= 0 && one <= 1).toBe(true);
        },
      ),
    );
  });

  it('stays near the usual where there is little to judge by', () => {
    const { confidenceOf } = calibrated(judgedAt(-2, 2, 1));
    expect(confidenceOf(-2)).toBeLessThan(0.6);
    expect(confidenceOf(1)).toBeGreaterThan(0.8);
  });
});
