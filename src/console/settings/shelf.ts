/** The stock in force, variant by variant: read, and changed at once. It is state, no part of the settings and their revisions. */
import { signal } from '@preact/signals';
import { at, call } from '../shared/api.js';
import { setServerTime } from '../shared/clock.js';
import type { Shelf, ShelfListed, StockImported } from '../shared/wire.js';
import type { StockFigure } from './typed.js';

export type Variant = Pick<ShelfListed, 'product' | 'colour' | 'size'>;

const heard = signal<{ readonly shop: string; readonly rows: readonly ShelfListed[] } | undefined>(undefined);

/** Undefined: not heard yet, or of another shop. */
export function shelfOf(shop: string): readonly ShelfListed[] | undefined {
  return heard.value?.shop === shop ? heard.value.rows : undefined;
}

/** @throws ApiError */
export async function readShelf(shop: string): Promise<void> {
  const { data } = await call<Shelf>('GET', at`/v1/shops/${shop}/stock`);
  setServerTime(data.at);
  heard.value = { shop, rows: data.rows };
}

/** Counted just now. @throws ApiError */
export async function putFigures(
  shop: string,
  figures: readonly (Variant & { readonly stock: StockFigure })[],
): Promise<StockImported> {
  const rows = figures.map(({ product, colour, size, stock }) => ({
    product,
    ...(colour !== undefined && { colour }),
    ...(size !== undefined && { size }),
    ...(typeof stock === 'number' ? { count: stock } : { state: stock }),
  }));
  const { data } = await call<StockImported>('PATCH', `${at`/v1/shops/${shop}/stock`}?asOf=now`, { body: rows });
  await readShelf(shop);
  return data;
}

export interface TableOptions {
  readonly dryRun: boolean;
  /** Rows that do not say when they were counted are of now. */
  readonly isNow: boolean;
  /** What becomes of variants that the table leaves out. */
  readonly missing: 'keep' | 'unknown' | 'out';
}

/** @throws ApiError */
export async function putTable(shop: string, file: Blob, { dryRun, isNow, missing }: TableOptions): Promise<StockImported> {
  const query = new URLSearchParams({
    dryRun: String(dryRun),
    ...(isNow && { asOf: 'now' }),
    ...(missing !== 'keep' && { missing }),
  });
  const { data } = await call<StockImported>(
    missing === 'keep' ? 'PATCH' : 'PUT',
    `${at`/v1/shops/${shop}/stock`}?${query.toString()}`,
    { body: file, contentType: 'application/octet-stream' },
  );
  if (!dryRun) await readShelf(shop);
  return data;
}
