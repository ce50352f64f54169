import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openRowSums } from '../../src/understanding/row-sums.js';

const weight = fc.integer({ min: -127, max: 127 });
const float = fc.integer({ min: -8192, max: 8192 }).map((number) => number / 1024);

const summed = fc
  .record({ rows: fc.integer({ min: 1, max: 40 }), columns: fc.integer({ min: 1, max: 70 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      columns: fc.constant(columns),
      weights: fc.array(fc.array(weight, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      steps: fc.array(float, { minLength: columns, maxLength: columns }),
      biases: fc.array(float, { minLength: columns, maxLength: columns }),
      named: fc.array(fc.tuple(fc.nat(rows - 1), float), { maxLength: 50 }),
    }),
  );

describe('sums of rows', () => {
  it('are those that are added one by one', () => {
    fc.assert(
      fc.property(summed, ({ columns, weights, steps, biases, named }) => {
        const sums = openRowSums(weights.length, columns, 50);
        for (const [row, its] of weights.entries()) sums.weights.set(its, row * sums.stride);
        sums.steps.set(steps);
        sums.biases.set(biases);
        const places = Int32Array.from(named, ([row]) => row);
        const values = Float32Array.from(named, ([, value]) => value);
        const found = sums.sumsOf(places, values, named.length);
        expect(found.length).toBe(columns);
        for (let column = 0; column < columns; column++) {
          const added = named.map(([row, value]) => value * weights[row]![column]!);
          const expected = added.reduce((sum, one) => sum + one, 0) * steps[column]! + biases[column]!;
          // Four bytes keep seven digits of the largest that is added.
          const largest =
            added.reduce((most, one) => most + Math.abs(one), 1) * Math.abs(steps[column]!) + Math.abs(biases[column]!);
          expect(Math.abs(found[column]! - expected)).toBeLessThanOrEqual(largest * 1e-5);
        }
      }),
    );
  });

  it('are only of the rows that are named, however many were before', () => {
    const sums = openRowSums(2, 3, 4);
    sums.weights.set([1, 2, 3], 0);
    sums.weights.set([10, 20, 30], sums.stride);
    sums.steps.fill(1);
    const of = (...rows: number[]) => [...sums.sumsOf(Int32Array.from(rows), new Float32Array(4).fill(1), rows.length)];
    expect(of(0, 1, 1, 1)).toEqual([31, 62, 93]);
    expect(of(1)).toEqual([10, 20, 30]);
    expect(of()).toEqual([0, 0, 0]);
    expect(() => of(0, 0, 0, 0, 0)).toThrow('5 rows are more than the 4 that there is room for');
  });

  it('are of their own for each that is open', () => {
    const many = Array.from({ length: 500 }, (_, number) => {
      const sums = openRowSums(1, 1, 1);
      sums.weights[0] = number % 100;
      sums.steps[0] = 1;
      return sums;
    });
    const one = Float32Array.of(1);
    expect(many.map(({ sumsOf }) => sumsOf(Int32Array.of(0), one, 1)[0])).toEqual(many.map((_, number) => number % 100));
  });
});
