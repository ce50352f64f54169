/** Rows of variants that nobody filled in. */
import { describe, expect, it } from 'vitest';
import { emptyVariants } from '../../../src/console/settings/local-faults.js';

const of = (...variants: object[]) => ({ products: [{ id: 'coat', variants }] });
const told = (draft: object, base: object = {}) =>
  emptyVariants(draft as never, base as never, 'empty').map(({ field }) => field);

describe('a row of variants without colour, size and code', () => {
  it('is told beside others, however its stock is written', () => {
    expect(told(of({ stock: 'unknown' }, { colour: '米色', stock: 3 }))).toEqual(['products[0].variants[0]']);
    expect(told(of({ size: 'L', stock: 1 }, { colour: ' ', stock: 3 }))).toEqual(['products[0].variants[1]']);
  });

  it('is sound alone, with a code, and where it was kept so', () => {
    expect(told(of({ stock: 'unknown' }))).toEqual([]);
    expect(told(of({ sku: 'A1', stock: 1 }, { colour: '米色', stock: 3 }))).toEqual([]);
    const kept = of({ stock: 1 }, { colour: '米色', stock: 3 });
    expect(told(kept, kept)).toEqual([]);
  });
});
