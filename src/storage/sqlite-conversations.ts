/**
 * Rows of conversations and the unanswered messages that hang on them: what accepting and finishing share.
 */
import type { Conversation, Memory, Message, Turn } from '../conversation.js';
import { messageFrom } from './message-body.js';
import { type DeskSeqs, openDeskSeqs } from './sqlite-desk-seq.js';
import type { Sql } from './sqlite-statement.js';
import type { ConversationChange } from './storage.js';

export interface ConversationRow {
  readonly shop: string;
  readonly id: string;
  readonly connector: string;
  readonly buyer: string;
  readonly version: number;
  readonly first_unanswered_at_ms: number | null;
  readonly due_at_ms: number | null;
  readonly memory: string;
}

export const conversationColumns = 'shop, id, connector, buyer, version, first_unanswered_at_ms, due_at_ms, memory';

export interface Conversations {
  load(shop: string, id: string): Conversation | undefined;
  add(conversation: Conversation): void;
  /** Writes the conversation as it is, whatever version is there. */
  replace(conversation: Conversation): void;
  /** False when the version is another one; else the version is one higher. */
  moveOn(shop: string, id: string, version: number, change: ConversationChange): boolean;
  /** What is seen of it at the desk has changed. */
  touch(shop: string, id: string): void;
  /** A reply did not reach the buyer: it stands open at the desk until it is next written. */
  undelivered(shop: string, id: string): void;
  /** Buyer messages without an Answer, in the order in which they were written. */
  pending(shop: string, id: string): readonly Message[];
  /** With the messages that wait for an Answer, else with those of a buyer who waits for an agent. */
  turn(conversation: Conversation): Turn;
}

export function conversationFrom(row: ConversationRow): Conversation {
  return {
    shop: row.shop,
    id: row.id,
    connector: row.connector,
    buyer: JSON.parse(row.buyer) as Conversation['buyer'],
    version: row.version,
    ...(row.first_unanswered_at_ms !== null && { firstUnansweredAt: row.first_unanswered_at_ms }),
    ...(row.due_at_ms !== null && { dueAt: row.due_at_ms }),
    memory: JSON.parse(row.memory) as Conversation['memory'],
  };
}

export function openConversations(sql: Sql, seqs: DeskSeqs = openDeskSeqs(sql, Date.now)): Conversations {
  const load = sql.one<ConversationRow>(`select ${conversationColumns} from conversations where shop = ? and id = ?`);
  const add = sql.write(
    `insert into conversations (${conversationColumns}, desk_seq, desk_open) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const replace = sql.write(`
    update conversations set connector = ?, buyer = ?, version = ?, first_unanswered_at_ms = ?, due_at_ms = ?, memory = ?,
      desk_seq = ?, desk_open = max(?, holder is not null)
    where shop = ? and id = ?`);
  const moveOn = sql.write(`
    update conversations set version = version + 1, first_unanswered_at_ms = ?, due_at_ms = ?, memory = ?,
      desk_seq = ?, desk_open = max(?, holder is not null)
    where shop = ? and id = ? and version = ?`);
  const touch = sql.write('update conversations set desk_seq = ? where shop = ? and id = ?');
  const reopen = sql.write('update conversations set desk_seq = ?, desk_open = 1 where shop = ? and id = ?');
  const pending = sql.many<{ body: string; sent_at_ms: number; received_at_ms: number }>(`
    select body, sent_at_ms, received_at_ms from messages
    where shop = ? and conversation = ? and author = 'buyer' and answer_id is null
    order by sent_at_ms, seq`);

  const waitingNamed = sql.many<{ body: string; sent_at_ms: number; received_at_ms: number }>(`
    select body, sent_at_ms, received_at_ms from messages
    where shop = ? and conversation = ? and author = 'buyer' and id in (select value from json_each(?))
    order by sent_at_ms, seq`);

  return {
    load(shop, id) {
      const row = load(shop, id);
      return row && conversationFrom(row);
    },
    add({ shop, id, connector, buyer, version, firstUnansweredAt, dueAt, memory }) {
      const [buyerJson, memoryJson] = [JSON.stringify(buyer), JSON.stringify(memory)];
      const seq = seqs.next(shop);
      add(shop, id, connector, buyerJson, version, firstUnansweredAt ?? null, dueAt ?? null, memoryJson, seq, waits(memory));
    },
    replace({ shop, id, connector, buyer, version, firstUnansweredAt, dueAt, memory }) {
      const [buyerJson, memoryJson] = [JSON.stringify(buyer), JSON.stringify(memory)];
      const seq = seqs.next(shop);
      const [first, due] = [firstUnansweredAt ?? null, dueAt ?? null];
      replace(connector, buyerJson, version, first, due, memoryJson, seq, waits(memory), shop, id);
    },
    moveOn(shop, id, version, { firstUnansweredAt, dueAt, memory }) {
      const [first, due] = [firstUnansweredAt ?? null, dueAt ?? null];
      const memoryJson = JSON.stringify(memory);
      return moveOn(first, due, memoryJson, seqs.next(shop), waits(memory), shop, id, version) === 1;
    },
    touch(shop, id) {
      touch(seqs.next(shop), shop, id);
    },
    undelivered(shop, id) {
      reopen(seqs.next(shop), shop, id);
    },
    pending(shop, id) {
      return pending(shop, id).map((row) => messageFrom(row.body, row.sent_at_ms, row.received_at_ms));
    },
    turn(conversation) {
      const { shop, id, memory } = conversation;
      const messages = this.pending(shop, id);
      const named = memory.waiting?.steppedInAt === undefined ? (memory.waiting?.messages ?? []) : [];
      if (messages.length > 0 || named.length === 0) return { conversation, messages };
      const waiting = waitingNamed(shop, id, JSON.stringify(named));
      return { conversation, messages, waiting: waiting.map((row) => messageFrom(row.body, row.sent_at_ms, row.received_at_ms)) };
    },
  };
}

/** Whether the buyer waits, as SQLite keeps it. */
export function waits({ unanswered }: Memory): 0 | 1 {
  return unanswered === undefined ? 0 : 1;
}
