/** Stock as a file that can be taken in again. */
import { csvText } from '../csv.js';
import type { ShelfRow } from './stocked.js';

const header = ['product', 'title', 'colour', 'size', 'sku', 'count', 'state', 'asOf', 'source', 'stale'] as const;

export function stockCsv(rows: readonly ShelfRow[]): string {
  return csvText([
    header,
    ...rows.map(({ product, title, colour = '', size = '', sku = '', stock, asOf, source, stale }) => [
      product,
      title,
      colour,
      size,
      sku,
      typeof stock === 'number' ? String(stock) : '',
      typeof stock === 'number' ? '' : stock,
      asOf === undefined ? '' : new Date(asOf).toISOString(),
      source,
      String(stale),
    ]),
  ]);
}
