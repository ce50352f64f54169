/**
 * Prepared statements with the driver's traps closed. libsql 0.5 binds undefined and missing values as NULL, rounds
 * integers over 2^53, cuts text at a NUL, aborts the whole process on a boolean, and `get` after `all` on one statement
 * ignores its values. So values are checked here, and a statement is used in one way only.
 */
import type Database from 'libsql';
import { CodedError } from '../errors.js';

/** What may be bound. Booleans are not stored; times, counts and versions are whole numbers. */
export type Value = string | number | null;

/** Prepares each statement once. Rows are typed by the caller: the select's column names are the row's keys. */
export interface Sql {
  /** Returns how many rows changed. */
  write(sql: string): (...values: Value[]) => number;
  one<Row>(sql: string): (...values: Value[]) => Row | undefined;
  many<Row>(sql: string): (...values: Value[]) => readonly Row[];
}

/** @throws CodedError `storage_bad_value` for a value that SQLite would not give back as it was */
function checkValues(values: readonly unknown[], expected: number, sql: string): void {
  if (values.length !== expected) throw badValue(`${values.length} values for ${expected} places`, sql);
  for (const value of values) {
    if (typeof value === 'string') {
      if (value.includes('\0')) throw badValue('text with a NUL character', sql);
    } else if (typeof value === 'number') {
      if (!Number.isSafeInteger(value)) throw badValue(`${value} is not a whole number below 2^53`, sql);
    } else if (value !== null) {
      throw badValue(`a value of type ${typeof value}`, sql);
    }
  }
}

function badValue(problem: string, sql: string): CodedError {
  return new CodedError('storage_bad_value', `refused to store ${problem} (${firstLine(sql)})`, 'never');
}

/** Statements hold no values, so their first line may stand in a message. */
function firstLine(sql: string): string {
  return sql.trim().split('\n', 1)[0] ?? '';
}

/** The database's own error as ours: a broken constraint is a fault of the call, anything else of the disk or file. */
export function storageError(error: unknown): unknown {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (error instanceof CodedError || typeof code !== 'string' || !code.startsWith('SQLITE_')) return error;
  const message = `database: ${(error as Error).message} (${code})`;
  return code.startsWith('SQLITE_CONSTRAINT')
    ? new CodedError('storage_conflict', message, 'never', { cause: error })
    : new CodedError('storage_failed', message, 'later', { cause: error });
}

/** Runs something on the database; what it throws comes out coded. */
export function coded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw storageError(error);
  }
}

/** @param database stays the caller's: statements of it must not be used after it is closed */
export function openSql(database: Database.Database): Sql {
  function prepare(sql: string) {
    return { statement: coded(() => database.prepare<Value[]>(sql)), places: sql.split('?').length - 1 };
  }
  return {
    write(sql) {
      const { statement, places } = prepare(sql);
      return (...values) => {
        checkValues(values, places, sql);
        return coded(() => statement.run(values as never).changes);
      };
    },
    one<Row>(sql: string) {
      const { statement, places } = prepare(sql);
      return (...values: Value[]) => {
        checkValues(values, places, sql);
        return coded(() => statement.get(values as never) as Row | undefined);
      };
    },
    many<Row>(sql: string) {
      const { statement, places } = prepare(sql);
      return (...values: Value[]) => {
        checkValues(values, places, sql);
        return coded(() => statement.all(values as never) as readonly Row[]);
      };
    },
  };
}

/** Free words (an error from outside, a note) in a form that the driver does not cut. */
export function plainText(words: string): string {
  return words.replaceAll('\0', '\uFFFD');
}
