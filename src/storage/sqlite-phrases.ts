/** Quick phrases: the set of each shop, its revision, and what is left of deleted ones. */
import type { Instant } from '../conversation.js';
import type { Phrase, PhraseChanges, PhraseDecision, PhraseDraft, PhraseSet, PhraseTombstone } from './phrases.js';
import { plainText, type Sql } from './sqlite-statement.js';

export interface Phrases {
  set(shop: string): PhraseSet;
  one(shop: string, id: string): Phrase | undefined;
  changes(shop: string, since: number): PhraseChanges;
  change<Result>(
    shop: string,
    at: Instant,
    decide: (set: PhraseSet) => PhraseDecision<Result>,
  ): { readonly revision: number; readonly changed: boolean; readonly result: Result };
  use(shop: string, id: string, at: Instant): Phrase | undefined;
}

/** Deletions that are remembered in a shop: a client that missed more takes the whole set. */
const usuallyKept = 5000;

interface Row {
  readonly id: string;
  readonly revision: number;
  readonly position: number;
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly group_name: string;
  readonly agent: string | null;
  readonly enabled: number;
  readonly valid_from_at_ms: number | null;
  readonly valid_to_at_ms: number | null;
  readonly created_at_ms: number;
  readonly changed_at_ms: number;
  readonly changed_by: string;
  readonly uses: number;
  readonly last_used_at_ms: number | null;
}

const words = 'position, code, title, text, group_name, agent, enabled, valid_from_at_ms, valid_to_at_ms, changed_by';
const columns = `id, revision, ${words}, created_at_ms, changed_at_ms, uses, last_used_at_ms`;
const inOrder = 'order by position, created_at_ms, id';
const untouched = { revision: 0, whole_before: 0 } as const;

/** @param kept how many deletions of a shop are remembered */
export function openPhrases(sql: Sql, kept = usuallyKept): Phrases {
  const head = sql.one<{ revision: number; whole_before: number }>(
    'select revision, whole_before from phrase_sets where shop = ?',
  );
  const moveOn = sql.write(`
    insert into phrase_sets (shop, revision, whole_before) values (?, ?, ?)
    on conflict (shop) do update set revision = excluded.revision, whole_before = excluded.whole_before`);
  const all = sql.many<Row>(`select ${columns} from phrases where shop = ? ${inOrder}`);
  const later = sql.many<Row>(`select ${columns} from phrases where shop = ? and revision > ? ${inOrder}`);
  const one = sql.one<Row>(`select ${columns} from phrases where shop = ? and id = ?`);
  const put = sql.write(`
    insert into phrases (shop, id, revision, ${words}, created_at_ms, changed_at_ms) values (?, ?, ?, ${'?, '.repeat(10)}?, ?)
    on conflict (shop, id) do update set revision = excluded.revision, position = excluded.position, code = excluded.code,
      title = excluded.title, text = excluded.text, group_name = excluded.group_name, agent = excluded.agent,
      enabled = excluded.enabled, valid_from_at_ms = excluded.valid_from_at_ms, valid_to_at_ms = excluded.valid_to_at_ms,
      changed_by = excluded.changed_by, changed_at_ms = excluded.changed_at_ms`);
  const remove = sql.write('delete from phrases where shop = ? and id = ?');
  const bury = sql.write('insert or replace into phrase_tombstones (shop, id, revision) values (?, ?, ?)');
  const dig = sql.write('delete from phrase_tombstones where shop = ? and id = ?');
  const gone = sql.many<PhraseTombstone>(
    'select id, revision from phrase_tombstones where shop = ? and revision > ? order by revision, id',
  );
  const oldest = sql.one<{ revision: number }>(
    'select revision from phrase_tombstones where shop = ? order by revision desc limit 1 offset ?',
  );
  const forget = sql.write('delete from phrase_tombstones where shop = ? and revision <= ?');
  const use = sql.write(
    'update phrases set uses = uses + 1, last_used_at_ms = max(coalesce(last_used_at_ms, 0), ?) where shop = ? and id = ?',
  );

  const set = (shop: string): PhraseSet => ({
    revision: (head(shop) ?? untouched).revision,
    phrases: all(shop).map(phraseFrom),
  });
  const find = (shop: string, id: string) => {
    const row = one(shop, id);
    return row && phraseFrom(row);
  };
  function store(shop: string, draft: PhraseDraft, revision: number, at: Instant): void {
    put(
      shop,
      draft.id,
      revision,
      draft.position,
      plainText(draft.code),
      plainText(draft.title),
      plainText(draft.text),
      plainText(draft.group),
      draft.agent ?? null,
      draft.enabled ? 1 : 0,
      draft.validFrom ?? null,
      draft.validTo ?? null,
      plainText(draft.changedBy),
      at,
      at,
    );
    dig(shop, draft.id);
  }

  return {
    set,
    one: find,
    changes(shop, since) {
      const { revision, whole_before } = head(shop) ?? untouched;
      if (since < whole_before || since > revision || since <= 0) return { ...set(shop), whole: true, gone: [] };
      return {
        revision,
        whole: false,
        phrases: later(shop, since).map(phraseFrom),
        gone: gone(shop, since).map(({ id, revision: at }) => ({ id, revision: at })),
      };
    },
    change(shop, at, decide) {
      const before = head(shop) ?? untouched;
      const { put: drafts, remove: ids, result } = decide(set(shop));
      const revision = before.revision + 1;
      for (const draft of drafts) store(shop, draft, revision, at);
      let isAnyGone = false;
      for (const id of ids) {
        if (remove(shop, id) === 0) continue;
        bury(shop, id, revision);
        isAnyGone = true;
      }
      if (drafts.length === 0 && !isAnyGone) return { revision: before.revision, changed: false, result };
      const firstForgotten = isAnyGone ? oldest(shop, kept)?.revision : undefined;
      if (firstForgotten !== undefined) forget(shop, firstForgotten);
      moveOn(shop, revision, firstForgotten ?? before.whole_before);
      return { revision, changed: true, result };
    },
    use(shop, id, at) {
      use(at, shop, id);
      return find(shop, id);
    },
  };
}

function phraseFrom(row: Row): Phrase {
  return {
    id: row.id,
    revision: row.revision,
    position: row.position,
    code: row.code,
    title: row.title,
    text: row.text,
    group: row.group_name,
    ...(row.agent !== null && { agent: row.agent }),
    enabled: row.enabled === 1,
    ...(row.valid_from_at_ms !== null && { validFrom: row.valid_from_at_ms }),
    ...(row.valid_to_at_ms !== null && { validTo: row.valid_to_at_ms }),
    createdAt: row.created_at_ms,
    changedAt: row.changed_at_ms,
    changedBy: row.changed_by,
    uses: row.uses,
    ...(row.last_used_at_ms !== null && { lastUsedAt: row.last_used_at_ms }),
  };
}
