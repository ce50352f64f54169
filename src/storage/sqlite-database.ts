/**
 * Opening and closing the SQLite file: the lock, the pragmas, the migrations.
 */
import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import Database from 'libsql';
import type { Instant } from '../conversation.js';
import { CodedError } from '../errors.js';
import type { Transaction } from './batch.js';
import type { Migration } from './migrations.js';
import { coded, openSql, type Sql, storageError } from './sqlite-statement.js';

/**
 * Opens (or makes) the file, takes its lock and brings its tables up to date.
 * @param path of the file in a folder that is there, or `:memory:`
 * @param at when, for the record of migrations
 * @throws CodedError `storage_locked` at once when another process has it, `storage_newer` when a newer version wrote it,
 *   `storage_unusable` when it is no database or cannot be opened
 */
export function openDatabase(path: string, migrations: readonly Migration[], at: Instant): Database.Database {
  const database = openFile(path);
  try {
    takeLock(database);
    // Only now: a second process must be refused at once, not after five seconds.
    database.pragma('busy_timeout = 5000');
    migrate(database, path, migrations, at);
  } catch (error) {
    try {
      closeDatabase(database);
    } catch {
      // What stopped the opening is the news; without the lock there is nothing to write back.
    }
    throw openError(path, error);
  }
  return database;
}

function openFile(path: string): Database.Database {
  try {
    if (path !== ':memory:') keepPrivate(path);
    return new Database(path);
  } catch (error) {
    throw new CodedError('storage_unusable', `cannot open ${path}: ${(error as Error).message}`, 'never', { cause: error });
  }
}

/**
 * Buyers' words are for the account of the service alone, from the first moment: SQLite gives the files beside it the rights that
 * the database has when they are made.
 */
function keepPrivate(path: string): void {
  // Only a file that is not there is opened: to close one that is would give away the lock on it.
  if (!existsSync(path)) closeSync(openSync(path, 'ax', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`])
    if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) chmodSync(file, 0o600);
}

/**
 * With locking_mode EXCLUSIVE the operating system's lock stays from the first transaction until the process ends, even by
 * kill -9; and WAL needs no shared memory file.
 * The lock is the process's: on Linux and macOS it is lost when this process opens and closes the file by other means, so a
 * backup of a running database is made by `vacuum into`, never by reading the file here.
 */
function takeLock(database: Database.Database): void {
  database.pragma('busy_timeout = 0');
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // 64 MiB of pages in memory (SQLite's own 2 MB make every index a disk read), and 16 MiB of log between two checkpoints:
  // on the bench that took a third off what a message costs in SQLite.
  database.pragma('cache_size = -65536');
  database.pragma('wal_autocheckpoint = 4096');
  database.exec('begin immediate');
  database.exec('commit');
}

function migrate(database: Database.Database, path: string, migrations: readonly Migration[], at: Instant): void {
  database.exec('begin immediate');
  try {
    database.exec(`create table if not exists migrations (
      seq integer primary key autoincrement, id text not null unique, applied_at_ms integer not null) strict`);
    const sql = openSql(database);
    const applied = sql
      .many<{ id: string }>('select id from migrations order by seq')()
      .map((row) => row.id);
    const foreign = applied.find((id, place) => migrations[place]?.id !== id);
    if (foreign !== undefined) {
      throw new CodedError(
        'storage_newer',
        `${path} was written by a newer Zaima (it holds migration ${foreign}, which this version does not know): ` +
          'start that version, or restore the backup that was made before it',
        'never',
      );
    }
    const record = sql.write('insert into migrations (id, applied_at_ms) values (?, ?)');
    for (const migration of migrations.slice(applied.length)) {
      database.exec(migration.sql);
      record(migration.id, at);
    }
    database.exec('commit');
  } catch (error) {
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
}

function openError(path: string, error: unknown): unknown {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return new CodedError(
      'storage_locked',
      `${path} is in use by another process (one process owns the file): stop the Zaima that runs on it, ` +
        'or set DATA_DIR to another folder. A process that was killed leaves no lock behind',
      'later',
      { cause: error },
    );
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT' || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_READONLY') {
    return new CodedError(
      'storage_unusable',
      `${path} cannot be used as a database: ${(error as Error).message}. Restore a backup, mend its rights, or move it away`,
      'never',
      { cause: error },
    );
  }
  return storageError(error);
}

/** The transactions of writes (batch.ts). They take the write lock at once, so that a batch never fails half-way for it. */
export function transactionOn(database: Database.Database, sql: Sql): Transaction {
  const begin = sql.write('begin immediate');
  const commit = sql.write('commit');
  return {
    begin() {
      begin();
    },
    commit() {
      commit();
    },
    rollback() {
      // SQLite rolls back by itself on some faults (disk full); a second roll-back would hide the first error.
      if (database.inTransaction) coded(() => database.exec('rollback'));
    },
  };
}

/**
 * Writes everything into the one file and lets go of it. The driver's close leaves the connection open until its statements
 * are garbage collected, and with it the lock: leaving WAL and then exclusive mode is what frees it at once.
 */
export function closeDatabase(database: Database.Database): void {
  try {
    coded(() => {
      database.pragma('journal_mode = DELETE');
      database.pragma('locking_mode = NORMAL');
      database.prepare('select count(*) from sqlite_schema').get();
    });
  } finally {
    database.close();
  }
}
