/** What the list of products says of the stock. */
import { describe, expect, it } from 'vitest';
import { enPages } from '../../../src/console/i18n/en-pages.js';
import { zhPages } from '../../../src/console/i18n/zh-pages.js';
import { stockSaid, sumsOf } from '../../../src/console/settings/shelf-sums.js';

const said = (...stocks: (number | 'in' | 'low' | 'out' | 'unknown')[]) => {
  const sum = sumsOf(stocks.map((stock) => ({ product: 'coat', stock, stale: false }))).get('coat')!;
  return [zhPages, enPages].map((words) => stockSaid(sum, words.settings.products));
};

describe('the stock of a product in sum', () => {
  it('is the pieces that were counted, and says that others were not', () => {
    expect(said(3, 4)).toEqual(['库存 7', '7 in stock']);
    expect(said(0)).toEqual(['库存 0', '0 in stock']);
    expect(said(3, 'unknown')).toEqual(['库存 3，有的未知', '3 in stock, some unknown']);
  });

  it('is a word where none was counted', () => {
    expect(said('unknown', 'out')).toEqual(['库存：未知', 'Stock: unknown']);
    expect(said('unknown', 'low', 'in')[0]).toBe('库存：有货');
    expect(said('out')[0]).toBe('库存：缺货');
  });
});
