/** What SQLite must do besides the contract: own its file, survive a kill, share commits, refuse what it would bend. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBatch } from '../../src/storage/batch.js';
import { migrations } from '../../src/storage/migrations.js';
import { openSqlite } from '../../src/storage/sqlite.js';
import { openAccess } from '../../src/storage/sqlite-access.js';
import { openBuyers } from '../../src/storage/sqlite-buyers.js';
import { openConversations } from '../../src/storage/sqlite-conversations.js';
import { closeDatabase, openDatabase, transactionOn } from '../../src/storage/sqlite-database.js';
import { openDeliveries } from '../../src/storage/sqlite-deliveries.js';
import { openDesk } from '../../src/storage/sqlite-desk.js';
import { openDeskSeqs } from '../../src/storage/sqlite-desk-seq.js';
import { openDeskViews } from '../../src/storage/sqlite-desk-views.js';
import { openFeed } from '../../src/storage/sqlite-feed.js';
import { openMessages } from '../../src/storage/sqlite-messages.js';
import { openPeople } from '../../src/storage/sqlite-people.js';
import { openPhrases } from '../../src/storage/sqlite-phrases.js';
import { openReplyStates } from '../../src/storage/sqlite-reply-states.js';
import { openSearch } from '../../src/storage/sqlite-search.js';
import { openSql, type Sql } from '../../src/storage/sqlite-statement.js';
import { openTranscripts } from '../../src/storage/sqlite-transcript.js';
import { openTurns } from '../../src/storage/sqlite-turns.js';
import { storageContract } from './contract.js';
import { arrive, askedAndAnswered, evening, finishing, message, token } from './samples.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zaima-storage-'));
  path = join(folder, 'zaima.db');
});
const atTheEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of atTheEnd.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
});

storageContract('SQLite in memory', async () => openSqlite({ path: ':memory:' }));
storageContract('SQLite in a file', async () => openSqlite({ path }));

/** A connection of the test's own, closed with the test. */
function ownDatabase(at = path, list = migrations): Database.Database {
  const database = openDatabase(at, list, evening);
  atTheEnd.push(() => closeDatabase(database));
  return database;
}

const libsql = JSON.stringify(createRequire(import.meta.url).resolve('libsql'));
/** Another process that does to the file what we do, with nothing of ours. */
const otherProcess = `
  const database = new (require(${libsql}))(process.argv[1]);
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.exec("begin immediate; update meta set value = 'touched' where key = 'epoch'; commit");
  console.log('ready');
  if (process.argv[2] === 'stay') setInterval(() => {}, 1000);`;

describe('the lock', () => {
  test('a second opening is refused, saying how to mend it', async () => {
    const storage = openSqlite({ path });
    atTheEnd.push(() => storage.close());
    expect(() => openSqlite({ path })).toThrowError(
      expect.objectContaining({ code: 'storage_locked', retry: 'later', message: expect.stringContaining('DATA_DIR') }),
    );
    expect(await storage.healthy()).toBe(true);
    await storage.accept([message()], arrive);
  });

  test('no other process can write while we have it, and any can afterwards', async () => {
    const storage = openSqlite({ path });
    await storage.accept([message()], arrive);
    const during = spawnSync(process.execPath, ['-e', otherProcess, path], { encoding: 'utf8' });
    expect(during.stderr).toContain('database is locked');
    expect(during.stdout).toBe('');
    await storage.close();
    const after = spawnSync(process.execPath, ['-e', otherProcess, path], { encoding: 'utf8' });
    expect(after.stdout).toBe('ready\n');
  });

  test('a killed process leaves no lock, and what it committed is there', async () => {
    await openSqlite({ path }).close();
    const other = spawn(process.execPath, ['-e', otherProcess, path, 'stay'], { stdio: ['ignore', 'pipe', 'inherit'] });
    atTheEnd.push(() => other.kill('SIGKILL'));
    await once(other.stdout, 'data');
    expect(() => openSqlite({ path })).toThrowError(expect.objectContaining({ code: 'storage_locked' }));
    other.kill('SIGKILL');
    await once(other, 'exit');
    const storage = openSqlite({ path });
    expect((await storage.feed('tea', 0, 1)).epoch).toBe('touched');
    await storage.close();
  });
});

describe('the file', () => {
  test('opened again it holds everything, and positions, epoch and fences go on', async () => {
    const before = openSqlite({ path });
    await askedAndAnswered(before);
    await before.receipt('tea', 'r1', { state: 'sent', at: evening });
    await before.setAway('tea', { since: evening });
    await before.addToken(token(), 'hash');
    const [claimed] = await before.claimDeliveries(evening + 5000, 30, 1);
    const page = await before.feed('tea', 0, 10);
    const transcript = await before.transcript('tea', 'c1', 10);
    await before.close();

    const after = openSqlite({ path });
    atTheEnd.push(() => after.close());
    expect(await after.feed('tea', 0, 10)).toStrictEqual(page);
    expect(await after.transcript('tea', 'c1', 10)).toStrictEqual(transcript);
    expect(await after.away('tea')).toStrictEqual({ since: evening });
    expect(await after.token('hash')).toStrictEqual(token());
    expect(await after.settleDelivery('r1', claimed?.fence ?? 0, 'sent', '')).toBe(true);
    expect((await after.accept([message()], arrive)).accepted[0]?.duplicate).toBe(true);
  });

  test('closed it is one file, so that copying it is a backup', async () => {
    const storage = openSqlite({ path });
    await storage.accept([message()], arrive);
    await storage.close();
    expect(readdirSync(folder)).toStrictEqual(['zaima.db']);
  });

  test('two databases have two epochs', async () => {
    const storages = [openSqlite({ path: ':memory:' }), openSqlite({ path: ':memory:' })];
    const [one, other] = await Promise.all(storages.map((storage) => storage.feed('tea', 0, 1)));
    expect(one?.epoch).not.toBe(other?.epoch);
    await Promise.all(storages.map((storage) => storage.close()));
  });

  test('it and what lies beside it are for this account alone, from the first moment', async () => {
    const rights = () => readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    const storage = openSqlite({ path });
    await storage.accept([message()], arrive);
    expect(rights()).toStrictEqual([
      ['zaima.db', '600'],
      ['zaima.db-wal', '600'],
    ]);
    await storage.close();
    // As an earlier version, or a copy, left it.
    chmodSync(path, 0o644);
    const again = openSqlite({ path });
    await again.accept([message({ id: 'm2' })], arrive);
    expect(rights().map(([, mode]) => mode)).toStrictEqual(['600', '600']);
    await again.close();
  });

  test('what is no database is refused and left as it is', () => {
    writeFileSync(path, 'not a database, '.repeat(100));
    expect(() => openSqlite({ path })).toThrowError(expect.objectContaining({ code: 'storage_unusable', retry: 'never' }));
    expect(() => openSqlite({ path: folder })).toThrowError(expect.objectContaining({ code: 'storage_unusable' }));
    expect(() => openSqlite({ path: join(path, 'below.db') })).toThrowError(
      expect.objectContaining({ code: 'storage_unusable' }),
    );
  });

  test('it is durable: WAL, every commit flushed, foreign keys checked, five seconds of patience', () => {
    const database = ownDatabase();
    const pragma = (name: string) => Object.values((database.pragma(name) as object[])[0] ?? {})[0];
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('busy_timeout')).toBe(5000);
    expect(pragma('locking_mode')).toBe('exclusive');
  });

  test('every table of a shop has the shop first, and every table is strict', () => {
    const sql = openSql(ownDatabase(':memory:'));
    const tables = sql.many<{ name: string; strict: number }>(
      // The search's index is no table of ours: its words bear the shop.
      "select name, strict from pragma_table_list where schema = 'main' and type = 'table' and name not like 'sqlite_%' order by name",
    )();
    const first = sql.many<{ name: string }>('select name from pragma_table_info(?) where cid = 0');
    expect(tables.filter((table) => table.strict !== 1)).toStrictEqual([]);
    const others = tables.map((table) => table.name).filter((name) => first(name)[0]?.name !== 'shop');
    expect(others).toStrictEqual(['meta', 'migrations', 'sessions', 'users']);
    const written = migrations.flatMap(({ sql }) => sql.match(/create table /g) ?? []).length;
    expect(tables).toHaveLength(written + 1);
  });

  test('no statement of ours reads a table from end to end', () => {
    const database = ownDatabase(':memory:');
    const sql = openSql(database);
    const statements: string[] = [];
    const noting = (kind: keyof Sql) => (query: string) => {
      statements.push(query);
      return sql[kind](query) as never;
    };
    const noted: Sql = { write: noting('write'), one: noting('one'), many: noting('many') };
    const conversations = openConversations(noted);
    openMessages(noted, conversations, openTurns(noted, conversations));
    openFeed(noted, conversations);
    const stateOf = openReplyStates(noted);
    openTranscripts(noted, conversations, stateOf);
    openDeliveries(noted, conversations);
    const buyers = openBuyers(noted);
    const views = openDeskViews(noted, stateOf, buyers);
    const [seqs, people] = [openDeskSeqs(noted, Date.now), openPeople(sql)];
    openDesk(noted, { conversations, seqs, views, stateOf, buyers, people });
    openSearch(noted);
    openAccess(noted);
    openPhrases(noted);

    const found = (wanted: RegExp) =>
      statements.filter((query) => {
        const nothing = Array.from(query.matchAll(/\?/g), () => null);
        return sql
          .many<{ detail: string }>(`explain query plan ${query}`)(...nothing)
          .some((row) => wanted.test(row.detail));
      });
    expect(statements.length).toBeGreaterThan(30);
    expect(found(/^SCAN (?!json_each|w$|\w+_words VIRTUAL TABLE INDEX \d+:M)/)).toStrictEqual([]);
    // Few rows by nature: the echo's candidates, a reply's receipts, what an agent wrote in a conversation, a buyer's
    // conversations and orders, a shop's tokens and phrases.
    const sorted = found(/TEMP B-TREE/).map((query) => /from (\w+)/.exec(query)?.[1]);
    // What a search found, a few hundred at most, and the conversations of a buyer whose note it found.
    const ofSearch = ['message_words', 'reply_words', 'conversations'];
    const ofDesk = ['replies', ...Array(4).fill('conversations'), ...ofSearch];
    expect(sorted).toStrictEqual(['receipts', 'replies', 'receipts', ...ofDesk, 'tokens', 'phrases', 'phrases']);
  });
});

describe('migrations', () => {
  const grown = [
    ...migrations,
    { id: '999_colours', sql: "create table colours (name text) strict; insert into colours values ('红')" },
  ];

  test('each is applied once, and new ones are added to an old file without loss', async () => {
    const storage = openSqlite({ path, now: () => 5 });
    await storage.accept([message()], arrive);
    await storage.close();
    closeDatabase(openDatabase(path, grown, evening));

    const sql = openSql(ownDatabase(path, grown));
    expect(sql.many('select id, applied_at_ms from migrations order by seq')()).toStrictEqual([
      ...migrations.map(({ id }) => ({ id, applied_at_ms: 5 })),
      { id: '999_colours', applied_at_ms: evening },
    ]);
    expect(sql.many('select name from colours')()).toStrictEqual([{ name: '红' }]);
    expect(sql.many('select id from messages')()).toStrictEqual([{ id: 'm1' }]);
  });

  test('a file of a newer version is refused and left as it is', async () => {
    closeDatabase(openDatabase(path, grown, evening));
    expect(() => openSqlite({ path })).toThrowError(
      expect.objectContaining({ code: 'storage_newer', retry: 'never', message: expect.stringContaining('999_colours') }),
    );
    const sql = openSql(ownDatabase(path, grown));
    expect(sql.many('select name from colours')()).toHaveLength(1);
  });

  test('one that fails leaves the file as it was, and free for the next try', async () => {
    await openSqlite({ path }).close();
    const broken = [...migrations, { id: '002', sql: 'create table half (a) ; create table broken (' }];
    expect(() => openDatabase(path, broken, evening)).toThrowError(expect.objectContaining({ code: 'storage_failed' }));
    const sql = openSql(ownDatabase());
    expect(sql.many("select name from sqlite_schema where name = 'half'")()).toStrictEqual([]);
    expect(sql.many('select id from migrations')()).toHaveLength(migrations.length);
  });
});

describe('commits', () => {
  const counted = () => {
    const commits: number[] = [];
    const storage = openSqlite({ path, committed: (writes) => commits.push(writes) });
    atTheEnd.push(() => storage.close());
    return { storage, commits };
  };

  test('fifty messages that come at once cost one commit', async () => {
    const { storage, commits } = counted();
    const calls = Array.from({ length: 50 }, (_, at) =>
      storage.accept([message({ id: `m${at}`, conversation: `c${at % 7}` })], arrive),
    );
    await Promise.all(calls);
    expect(commits).toStrictEqual([50]);
  });

  test('different verbs share a commit, reading costs none', async () => {
    const { storage, commits } = counted();
    await storage.accept([message()], arrive);
    await Promise.all([
      storage.finish(finishing()),
      storage.setAway('tea', { since: evening }),
      storage.accept([message({ shop: 'shoes' })], arrive),
      storage.turn('tea', 'c1'),
      storage.due(0, 10),
    ]);
    expect(commits).toStrictEqual([1, 3]);
  });

  test('a failing call costs the others a commit each, not their work', async () => {
    const { storage, commits } = counted();
    const fault = () => {
      throw new Error('broken');
    };
    const calls = await Promise.allSettled([
      storage.accept([message()], arrive),
      storage.accept([message({ id: 'm2' })], fault),
      storage.accept([message({ id: 'm3' })], arrive),
    ]);
    expect(calls.map((call) => call.status)).toStrictEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(commits).toStrictEqual([1, 1]);
  });

  test('a commit that SQLite refuses rejects all of it, leaves nothing, and the next one works', async () => {
    const database = ownDatabase(':memory:');
    const sql = openSql(database);
    const batch = openBatch(transactionOn(database, sql), () => new Error('closed'));
    const away = sql.write('insert into away (shop, since_at_ms) values (?, ?)');
    // Its conversation does not exist: the constraint is deferred, so only the commit finds out.
    const orphan = sql.write(`insert into messages (shop, connector, id, conversation, author, sent_at_ms, received_at_ms, body)
      values ('tea', 'webhook', 'm1', 'nowhere', 'buyer', 1, 1, '{}')`);
    const results = await Promise.allSettled([batch.write(() => away('tea', 1)), batch.write(() => orphan())]);
    const refused = { status: 'rejected', reason: { code: 'storage_conflict' } };
    expect(results).toMatchObject([refused, refused]);
    expect(sql.many('select * from away')()).toStrictEqual([]);
    await batch.write(() => away('tea', 2));
    expect(sql.many('select since_at_ms as at from away')()).toStrictEqual([{ at: 2 }]);
  });
});

describe('statements', () => {
  test.each([
    ['undefined', [undefined]],
    ['a missing value', []],
    ['one too many', [1, 2]],
    ['a boolean', [true]],
    ['a big integer', [1n]],
    ['an object', [{}]],
    ['a number over 2^53', [2 ** 53]],
    ['not a number', [Number.NaN]],
    ['a fraction', [0.5]],
    ['a NUL', ['a\0b']],
  ])('%s is refused', (_, values) => {
    const sql = openSql(ownDatabase(':memory:'));
    const refused = expect.objectContaining({ code: 'storage_bad_value' });
    for (const kind of ['write', 'one', 'many'] as const) {
      expect(() => sql[kind]('select value from meta where key = ?')(...(values as never[]))).toThrowError(refused);
    }
  });

  test('the largest whole number comes back as it was', () => {
    const sql = openSql(ownDatabase(':memory:'));
    sql.write('insert into away (shop, since_at_ms) values (?, ?)')('tea', Number.MAX_SAFE_INTEGER);
    const row = sql.one<{ at: number }>('select since_at_ms as at from away')();
    expect(row?.at).toBe(Number.MAX_SAFE_INTEGER);
  });
});
