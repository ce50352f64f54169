/** What there is of each product in sum, as the list of products says it. */
import type { ShelfListed } from '../shared/wire.js';

type State = Exclude<ShelfListed['stock'], number>;
type Row = Pick<ShelfListed, 'product' | 'stock' | 'stale'>;

export interface ShelfSum {
  /** Of the variants that were counted; undefined: none was. */
  readonly pieces: number | undefined;
  /** What is known of the others. */
  readonly states: readonly State[];
  readonly isStale: boolean;
  readonly isOut: boolean;
}

export interface SumSayings {
  readonly stock: (count: number) => string;
  readonly stockPartly: (count: number) => string;
  readonly stockIs: (state: string) => string;
  readonly shelf: { readonly states: Readonly<Record<State, string>> };
}

/** By the product's id. */
export function sumsOf(rows: readonly Row[]): ReadonlyMap<string, ShelfSum> {
  const sums = new Map<string, ShelfSum>();
  for (const { product, stock, stale } of rows) {
    const sum = sums.get(product) ?? { pieces: undefined, states: [], isStale: false, isOut: true };
    const isCounted = typeof stock === 'number';
    sums.set(product, {
      pieces: isCounted ? (sum.pieces ?? 0) + stock : sum.pieces,
      states: isCounted ? sum.states : [...sum.states, stock],
      isStale: sum.isStale || stale,
      isOut: sum.isOut && (stock === 0 || stock === 'out'),
    });
  }
  return sums;
}

const bestFirst = ['in', 'low', 'unknown', 'out'] as const;

/** A figure where pieces were counted, and that some were not; else a word: nobody's count is no nought. */
export function stockSaid({ pieces, states }: ShelfSum, say: SumSayings): string {
  if (pieces !== undefined) return states.includes('unknown') ? say.stockPartly(pieces) : say.stock(pieces);
  return say.stockIs(say.shelf.states[bestFirst.find((one) => states.includes(one)) ?? 'unknown']);
}
