/** Settings while they are edited: patches that lead from what was to what is wanted, whatever stands there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Content,
  changedPaths,
  isSame,
  onTop,
  patchBetween,
  stepsOf,
  touches,
  valueAt,
  withValue,
} from '../../../src/console/settings/content.js';
import { mergePatch } from '../../../src/shop/merge-patch.js';

const leaf = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
const json = fc.letrec<{ value: unknown; record: Content }>((tie) => ({
  value: fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.array(tie('record'), { maxLength: 2 }), tie('record')),
  record: fc.dictionary(fc.constantFrom('a', 'b', 'c', '顺丰', 'constructor', '__proto__'), tie('value'), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
})).record;

describe('settings while they are edited', () => {
  it('are sent as the patch that makes them so', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const patch = patchBetween(before, after);
        expect(isSame(patch === undefined ? before : mergePatch(before, patch), after)).toBe(true);
        expect(patch === undefined).toBe(isSame(before, after));
      }),
    );
  });

  it('keep what I typed on top of what another changed elsewhere', () => {
    const before = { shipping: { freeFromYuan: 95, freeFromItems: 2 }, name: '木禾' };
    const mine = { shipping: { freeFromYuan: 88 }, name: '木禾' };
    const theirs = { shipping: { freeFromYuan: 95, freeFromItems: 3 }, name: '木禾针织' };
    expect(onTop({ before, after: mine }, theirs)).toEqual({ shipping: { freeFromYuan: 88 }, name: '木禾针织' });
    fc.assert(fc.property(json, json, (a, b) => isSame(onTop({ before: a, after: b }, a), b)));
  });

  it('take a value at any path and give it back, in its place', () => {
    const content = { products: [{ id: 'a', details: { 材质: '羊毛', 产地: '桐乡' } }], id: 'demo' };
    const path = ['products', 0, 'details', '材质'];
    const changed = withValue(content, path, '棉') as typeof content;
    expect(valueAt(changed, path)).toBe('棉');
    expect(Object.keys(changed.products[0]!.details)).toEqual(['材质', '产地']);
    expect(content.products[0]!.details.材质).toBe('羊毛');
    expect(valueAt(content, ['products', 1, 'id'])).toBeUndefined();
    expect(valueAt(content, ['constructor'])).toBeUndefined();
  });

  it('leave nothing of a section whose last value is taken out', () => {
    const content = { id: 'demo', bot: { mode: 'auto' } };
    const set = withValue(content, ['warranty', 'months'], 3);
    expect(set).toEqual({ ...content, warranty: { months: 3 } });
    expect(withValue(set, ['warranty', 'months'], undefined)).toEqual(content);
    expect(withValue(content, ['returns', 'refundDays'], undefined)).toEqual(content);
    expect(withValue({ list: [1, 2, 3] }, ['list', 1], undefined)).toEqual({ list: [1, 3] });
    expect(withValue({ list: [{ a: 1 }] }, ['list', 0, 'a'], undefined)).toEqual({ list: [{}] });
  });

  it('know their paths by words and by steps', () => {
    expect(stepsOf('products[scarf-01].variants[2].stock')).toEqual(['products', 'scarf-01', 'variants', 2, 'stock']);
    expect(stepsOf('shipping.surchargeYuan.顺丰')).toEqual(['shipping', 'surchargeYuan', '顺丰']);
    expect(changedPaths({ a: { b: 1, c: null }, d: [1] })).toEqual([['a', 'b'], ['a', 'c'], ['d']]);
    expect(touches(stepsOf('shipping.table[1].regions'), ['shipping', 'table'])).toBe(true);
    expect(touches(stepsOf('shipping.tables'), ['shipping', 'table'])).toBe(false);
  });
});
