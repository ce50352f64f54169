/**
 * Writes that are asked for at the same time share one transaction, because the commit (a flush to disk) costs ten times
 * what a write costs. "At the same time" is one turn of the event loop: setImmediate runs after every socket that had
 * bytes was read, so that all requests of that turn are in. An idle process therefore waits for nothing.
 */

/** The three things a database must do; `rollback` may be called when the database has rolled back by itself. */
export interface Transaction {
  begin(): void;
  commit(): void;
  rollback(): void;
}

export interface Batch {
  /**
   * Runs `work` inside the next transaction; resolves with its result after the commit. `work` is synchronous and may run
   * twice (again alone, after another of its batch failed), so it touches nothing but the database.
   * Rejects with what `work` threw, with what begin or commit threw, or at once after `close`.
   */
  write<Result>(work: () => Result): Promise<Result>;
  /** Runs what waits, then refuses everything. */
  close(): void;
}

interface Waiting {
  readonly work: () => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Taken once at load: a test that fakes the clock must not stop the database. */
const afterThisTurn = setImmediate;

/**
 * @param closed makes the error for a write after `close`
 * @param committed told after each commit how many writes shared it
 */
export function openBatch(transaction: Transaction, closed: () => Error, committed: (writes: number) => void = () => {}): Batch {
  let waiting: Waiting[] = [];
  let isClosed = false;

  function runWaiting(): void {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    if (commitTogether(batch)) return;
    for (const one of batch) commitTogether([one]);
  }

  /** False: one of several threw, everything is rolled back and nobody was told yet. */
  function commitTogether(batch: readonly Waiting[]): boolean {
    const results: unknown[] = [];
    try {
      transaction.begin();
      try {
        for (const { work } of batch) results.push(work());
      } catch (error) {
        transaction.rollback();
        if (batch.length > 1) return false;
        throw error;
      }
      try {
        transaction.commit();
      } catch (error) {
        transaction.rollback();
        throw error;
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return true;
    }
    committed(batch.length);
    batch.forEach(({ resolve }, at) => {
      resolve(results[at]);
    });
    return true;
  }

  return {
    write<Result>(work: () => Result): Promise<Result> {
      if (isClosed) return Promise.reject(closed());
      if (waiting.length === 0) afterThisTurn(runWaiting);
      return new Promise<Result>((resolve, reject) => {
        waiting.push({ work, resolve: resolve as (result: unknown) => void, reject });
      });
    },
    close(): void {
      if (isClosed) return;
      isClosed = true;
      runWaiting();
    },
  };
}
