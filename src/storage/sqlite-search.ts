/**
 * Finds conversations by what was said in them, by names, order numbers and notes. The index is brought up to date when
 * somebody searches, a few rows at a time: what comes in pays nothing for it, and what came in before there was an index is found.
 */
import type { Message, Outgoing } from '../conversation.js';
import type { DeskRow } from './desk.js';
import { indexWords, searchQuery } from './search-words.js';
import { type DeskConversationRow, deskColumns, deskRowFrom } from './sqlite-desk-views.js';
import type { Sql } from './sqlite-statement.js';

/** Rows that are indexed in one transaction: about ten milliseconds. */
export const rowsAtOnce = 1000;
/** Of the newest so many lines that hold the words the conversations are told. */
const mostHits = 400;
const mostBuyers = 50;
const mostVisits = 20;

export interface Search {
  /** Indexes the next rows, in a transaction of the caller's. True: there may be more. */
  catchUp(): boolean;
  find(shop: string, typed: string, limit: number): readonly DeskRow[];
}

export function openSearch(sql: Sql): Search {
  const mark = sql.one<{ value: string }>('select value from meta where key = ?');
  const setMark = sql.write('insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value');
  const messages = sql.many<{ at: number; body: string }>(
    'select seq as at, body from messages where seq > ? order by seq limit ?',
  );
  const replies = sql.many<{ at: number; shop: string; body: string }>(
    'select position as at, shop, body from replies where position > ? order by position limit ?',
  );
  const addMessage = sql.write('insert into message_words (rowid, words) values (?, ?)');
  const addReply = sql.write('insert into reply_words (rowid, words) values (?, ?)');
  const said = sql.many<{ conversation: string }>(`
    select distinct m.conversation as conversation
    from (select rowid as at from message_words where message_words match ? order by rowid desc limit ?) w
    cross join messages m on m.seq = w.at`);
  const answered = sql.many<{ conversation: string }>(`
    select distinct r.conversation as conversation
    from (select rowid as at from reply_words where reply_words match ? order by rowid desc limit ?) w
    cross join replies r on r.position = w.at`);
  const noted = sql.many<{ id: string }>(`
    select id from buyers
    where shop = ? and (instr(lower(coalesce(nickname, '')), ?) > 0 or instr(lower(coalesce(note, '')), ?) > 0) limit ?`);
  const visits = sql.many<{ id: string }>(`
    select id from conversations where shop = ? and json_extract(buyer, '$.id') = ? order by desk_seq desc limit ?`);
  const row = sql.one<DeskConversationRow>(`select ${deskColumns} from conversations where shop = ? and id = ?`);

  const markOf = (key: string): number => Number(mark(key)?.value ?? 0);

  function catchUpMessages(): number {
    const rows = messages(markOf('searched_messages'), rowsAtOnce);
    // Who speaks, and of what, goes in once for many lines.
    const known = new Set<string>();
    for (const { at, body } of rows) {
      const { shop, conversation, buyer, text, item, order } = JSON.parse(body) as Message;
      const key = [shop, conversation, buyer.id, buyer.name, item?.id].join('\0');
      const about = known.has(key) ? [] : [conversation, buyer.id, buyer.name, item?.title];
      known.add(key);
      addMessage(at, indexWords(shop, [text, order?.id, ...about]));
    }
    const last = rows.at(-1);
    if (last !== undefined) setMark('searched_messages', String(last.at));
    return rows.length;
  }

  function catchUpReplies(): number {
    const rows = replies(markOf('searched_replies'), rowsAtOnce);
    for (const { at, shop, body } of rows) addReply(at, indexWords(shop, [(JSON.parse(body) as Outgoing).text]));
    const last = rows.at(-1);
    if (last !== undefined) setMark('searched_replies', String(last.at));
    return rows.length;
  }

  return {
    catchUp() {
      const [some, others] = [catchUpMessages(), catchUpReplies()];
      return some === rowsAtOnce || others === rowsAtOnce;
    },
    find(shop, typed, limit) {
      const found = new Set<string>();
      const query = searchQuery(shop, typed);
      if (query !== undefined) {
        for (const { conversation } of said(query, mostHits)) found.add(conversation);
        for (const { conversation } of answered(query, mostHits)) found.add(conversation);
      }
      const whole = typed.trim().toLowerCase();
      if (whole !== '')
        for (const { id } of noted(shop, whole, whole, mostBuyers))
          for (const visit of visits(shop, id, mostVisits)) found.add(visit.id);
      return [...found]
        .map((id) => row(shop, id))
        .filter((one) => one !== undefined)
        .sort((one, other) => other.desk_seq - one.desk_seq)
        .slice(0, limit)
        .map(deskRowFrom);
    },
  };
}
