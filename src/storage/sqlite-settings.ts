/** The revisions of each shop's settings: rows that are only added. */
import { plainText, type Sql } from './sqlite-statement.js';
import type { SettingsRevision, SettingsSource } from './storage.js';

export interface Settings {
  current(shop: string): SettingsRevision | undefined;
  revision(shop: string, number: number): SettingsRevision | undefined;
  history(shop: string, before: number | undefined, limit: number): readonly SettingsRevision[];
  add(revision: Omit<SettingsRevision, 'number'>, isFile: boolean): SettingsRevision | undefined;
  file(shop: string): number | undefined;
  noteFile(shop: string, number: number): void;
}

interface Row {
  readonly shop: string;
  readonly number: number;
  readonly parent: number | null;
  readonly at_ms: number;
  readonly source: SettingsSource;
  readonly author: string;
  readonly note: string | null;
  readonly content: string;
}

const columns = 'shop, number, parent, at_ms, source, author, note, content';

export function openSettings(sql: Sql): Settings {
  const newest = sql.one<{ number: number }>('select number from settings where shop = ? order by number desc limit 1');
  const current = sql.one<Row>(`select ${columns} from settings where shop = ? order by number desc limit 1`);
  const revision = sql.one<Row>(`select ${columns} from settings where shop = ? and number = ?`);
  const history = sql.many<Row>(`select ${columns} from settings where shop = ? and number < ? order by number desc limit ?`);
  const add = sql.write(`insert into settings (${columns}) values (?, ?, ?, ?, ?, ?, ?, ?)`);
  const file = sql.one<{ number: number }>('select number from settings_files where shop = ?');
  const noteFile = sql.write('insert or replace into settings_files (shop, number) values (?, ?)');

  return {
    current(shop) {
      const row = current(shop);
      return row && revisionFrom(row);
    },
    revision(shop, number) {
      const row = revision(shop, number);
      return row && revisionFrom(row);
    },
    history: (shop, before, limit) => history(shop, before ?? Number.MAX_SAFE_INTEGER, limit).map(revisionFrom),
    add({ shop, parent, at, source, author, note, content }, isFile) {
      const before = newest(shop)?.number;
      if (before !== parent) return undefined;
      const number = (before ?? 0) + 1;
      const noted = note === undefined ? null : plainText(note);
      add(shop, number, parent ?? null, at, source, plainText(author), noted, JSON.stringify(content));
      if (isFile) noteFile(shop, number);
      return this.revision(shop, number);
    },
    file: (shop) => file(shop)?.number,
    noteFile(shop, number) {
      noteFile(shop, number);
    },
  };
}

function revisionFrom(row: Row): SettingsRevision {
  return {
    shop: row.shop,
    number: row.number,
    ...(row.parent !== null && { parent: row.parent }),
    at: row.at_ms,
    source: row.source,
    author: row.author,
    ...(row.note !== null && { note: row.note }),
    content: JSON.parse(row.content) as unknown,
  };
}
