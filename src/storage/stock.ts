/**
 * The part of the Storage port that keeps stock as it is imported: state, not settings. It comes every few minutes, and only
 * the latest count of each variant is worth anything.
 */
import type { Instant } from '../conversation.js';

/** What is known where pieces are not counted. */
export type StockState = 'in' | 'low' | 'out' | 'unknown';

/** Of one variant of a product, named by its colour and size as the settings write them. */
export interface StockLevel {
  readonly colour?: string;
  readonly size?: string;
  /** Pieces, or what is known of them. */
  readonly stock: number | StockState;
  /** When it was counted. */
  readonly asOf: Instant;
}

/** By product id. */
export type ShopStock = ReadonlyMap<string, readonly StockLevel[]>;

export interface StockStorage {
  /** `revision` grows with each change; 0: nothing was imported yet. */
  stock(shop: string): Promise<{ readonly revision: number; readonly stock: ShopStock }>;
  /**
   * Each product in `put` has from then on the levels given there, all in one transaction. The new revision; undefined, and
   * nothing is changed, where the stock is no longer at `base`.
   */
  putStock(shop: string, base: number, put: ShopStock): Promise<number | undefined>;
}
