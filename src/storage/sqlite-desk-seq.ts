/**
 * The sequence numbers of the shops' conversations. One process owns the file, so the latest number of a shop is known here;
 * a number that a rolled back transaction took is never given again. Numbers are at least the clock's milliseconds: what was
 * deleted, or is missing from a backup that was brought back, does not let them start anew.
 */
import type { Instant } from '../conversation.js';
import type { Sql } from './sqlite-statement.js';

export interface DeskSeqs {
  /** The next number, for a change in this transaction. */
  next(shop: string): number;
  latest(shop: string): number;
  /** What its conversations rest on has changed: listeners are told even where no conversation has. */
  moved(shop: string): void;
  /** Called after a commit: tells those who listen which shops changed. */
  committed(): void;
  listen(listener: (shops: ReadonlySet<string>) => void): () => void;
}

export function openDeskSeqs(sql: Sql, now: () => Instant): DeskSeqs {
  const highest = sql.one<{ seq: number | null }>(
    'select max(desk_seq) as seq from conversations where shop = ? and desk_open = ?',
  );
  const latestOf = new Map<string, number>();
  const listeners = new Set<(shops: ReadonlySet<string>) => void>();
  let changed = new Set<string>();

  function latest(shop: string): number {
    let seq = latestOf.get(shop);
    if (seq === undefined) {
      seq = Math.max(highest(shop, 0)?.seq ?? 0, highest(shop, 1)?.seq ?? 0);
      latestOf.set(shop, seq);
    }
    return seq;
  }

  return {
    next(shop) {
      const seq = Math.max(latest(shop) + 1, now());
      latestOf.set(shop, seq);
      changed.add(shop);
      return seq;
    },
    latest,
    moved(shop) {
      changed.add(shop);
    },
    committed() {
      if (changed.size === 0) return;
      const shops = changed;
      changed = new Set();
      for (const listener of listeners) listener(shops);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
