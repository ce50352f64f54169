import { describe, expect, test, vi } from 'vitest';
import { openBatch, type Transaction } from '../../src/storage/batch.js';

/** A database of one list: what is written shows after the commit only. */
function notebook(faults: Partial<Record<keyof Transaction, () => Error | undefined>> = {}) {
  const told: string[] = [];
  let written: string[] = [];
  let open: string[] | undefined;
  const say = (what: keyof Transaction) => {
    told.push(what);
    const error = faults[what]?.();
    if (error !== undefined) throw error;
  };
  const transaction: Transaction = {
    begin() {
      if (open !== undefined) throw new Error('a transaction within a transaction');
      say('begin');
      open = [...written];
    },
    commit() {
      say('commit');
      written = open ?? [];
      open = undefined;
    },
    rollback() {
      say('rollback');
      open = undefined;
    },
  };
  const put = (word: string) => () => {
    if (open === undefined) throw new Error('written outside of a transaction');
    open.push(word);
    return word.length;
  };
  return { transaction, put, told, written: () => written };
}

const closed = () => new Error('closed');

describe('the batch', () => {
  test('writes of one turn of the event loop share one transaction and get their own results', async () => {
    const { transaction, put, told, written } = notebook();
    const committed = vi.fn();
    const batch = openBatch(transaction, closed, committed);
    // A request that had to await something on its way, as handlers do.
    const afterAwait = (async () => {
      for (let step = 0; step < 20; step++) await undefined;
      return batch.write(put('ccc'));
    })();
    const results = await Promise.all([batch.write(put('a')), batch.write(put('bb')), afterAwait]);
    expect(results).toStrictEqual([1, 2, 3]);
    expect(told).toStrictEqual(['begin', 'commit']);
    expect(committed.mock.calls).toStrictEqual([[3]]);
    expect(written()).toStrictEqual(['a', 'bb', 'ccc']);
  });

  test('a promise resolves after the commit and not before', async () => {
    const { transaction, put, told, written } = notebook();
    const seen: unknown[] = [];
    const done = openBatch(transaction, closed)
      .write(put('a'))
      .then(() => seen.push([...told], written()));
    expect(told).toStrictEqual([]);
    await done;
    expect(seen).toStrictEqual([['begin', 'commit'], ['a']]);
  });

  test('a write asked for by a result goes into the next transaction', async () => {
    const { transaction, put, told, written } = notebook();
    const batch = openBatch(transaction, closed);
    await batch.write(put('a')).then(() => batch.write(put('b')));
    expect(told).toStrictEqual(['begin', 'commit', 'begin', 'commit']);
    expect(written()).toStrictEqual(['a', 'b']);
  });

  test('one that throws fails alone: all is rolled back and each runs by itself, in order', async () => {
    const { transaction, put, told, written } = notebook();
    const committed = vi.fn();
    const batch = openBatch(transaction, closed, committed);
    const half = () => {
      put('half')();
      throw new Error('broken');
    };
    const results = await Promise.allSettled([batch.write(put('a')), batch.write(half), batch.write(put('b'))]);
    expect(results).toStrictEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: new Error('broken') },
      { status: 'fulfilled', value: 1 },
    ]);
    expect(written()).toStrictEqual(['a', 'b']);
    expect(told).toStrictEqual(['begin', 'rollback', 'begin', 'commit', 'begin', 'rollback', 'begin', 'commit']);
    expect(committed.mock.calls).toStrictEqual([[1], [1]]);
  });

  test('one that throws alone in its batch runs once', async () => {
    const { transaction, told } = notebook();
    const work = vi.fn(() => {
      throw new Error('broken');
    });
    await expect(openBatch(transaction, closed).write(work)).rejects.toThrow('broken');
    expect(work).toHaveBeenCalledOnce();
    expect(told).toStrictEqual(['begin', 'rollback']);
  });

  test.each(['begin', 'commit'] as const)('when %s fails all reject, nothing shows, and the next batch works', async (step) => {
    let isFull = true;
    const { transaction, put, written } = notebook({ [step]: () => (isFull ? new Error('disk full') : undefined) });
    const committed = vi.fn();
    const batch = openBatch(transaction, closed, committed);
    const results = await Promise.allSettled([batch.write(put('a')), batch.write(put('b'))]);
    expect(results.map((result) => result.status)).toStrictEqual(['rejected', 'rejected']);
    expect(results[1]).toMatchObject({ reason: new Error('disk full') });
    expect(written()).toStrictEqual([]);
    expect(committed).not.toHaveBeenCalled();

    isFull = false;
    await batch.write(put('c'));
    expect(written()).toStrictEqual(['c']);
  });

  test('when even the roll-back fails nobody waits for ever', async () => {
    const { transaction, put } = notebook({ commit: () => new Error('disk full'), rollback: () => new Error('disk gone') });
    const batch = openBatch(transaction, closed);
    const results = await Promise.allSettled([batch.write(put('a')), batch.write(put('b'))]);
    expect(results.map((result) => result.status)).toStrictEqual(['rejected', 'rejected']);
  });

  test('closing runs what waits at once, and then refuses', async () => {
    const { transaction, put, told, written } = notebook();
    const batch = openBatch(transaction, closed);
    const last = batch.write(put('a'));
    batch.close();
    expect(written()).toStrictEqual(['a']);
    expect(await last).toBe(1);
    await expect(batch.write(put('b'))).rejects.toThrow('closed');
    batch.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toStrictEqual(['begin', 'commit']);
  });

  test('a faked clock does not stop it', async () => {
    vi.useFakeTimers();
    try {
      const { transaction, put } = notebook();
      expect(await openBatch(transaction, closed).write(put('a'))).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
});
