/**
 * Turns that wait to be answered, and finishing them.
 */
import type { Instant, Turn } from '../conversation.js';
import { type ConversationRow, type Conversations, conversationColumns, conversationFrom } from './sqlite-conversations.js';
import type { Sql } from './sqlite-statement.js';
import type { Finish } from './storage.js';

export interface Turns {
  turn(shop: string, conversation: string): Turn | undefined;
  /** `idle`: conversations that are due although nothing waits in them. */
  due(now: Instant, limit: number): { readonly turns: readonly Turn[]; readonly idle: readonly Turn[] };
  /** Takes the due time off an idle conversation, unless it moved meanwhile. */
  clearDue(idle: Turn): void;
  nextDueAt(): Instant | undefined;
  finish(finish: Finish): 'done' | 'stale';
  /** Stores an Answer and what goes out of it; its conversation is written by the caller, before. */
  record(shop: string, conversation: string, done: Pick<Finish, 'answer' | 'callback'>): void;
  requeue(shop: string, conversation: string, dueAt: Instant): void;
}

export function openTurns(sql: Sql, conversations: Conversations): Turns {
  const due = sql.many<ConversationRow>(`
    select ${conversationColumns} from conversations where due_at_ms <= ? order by due_at_ms, rowid limit ?`);
  const nextDueAt = sql.one<{ at: number | null }>('select min(due_at_ms) as at from conversations where due_at_ms is not null');
  const clearDue = sql.write('update conversations set due_at_ms = null where shop = ? and id = ? and version = ?');
  const requeue = sql.write('update conversations set due_at_ms = ? where shop = ? and id = ?');
  const addAnswer = sql.write(
    'insert into answers (shop, id, conversation, at_ms, body, follows, shadow) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const markAnswered = sql.write(`
    update messages set answer_id = ?
    where shop = ? and conversation = ? and author = 'buyer' and answer_id is null and id = ?`);
  const addReply = sql.write(`
    insert into replies (shop, id, conversation, in_reply_to, body, created_at_ms) values (?, ?, ?, ?, ?, ?)`);
  const addDelivery = sql.write(`
    insert into deliveries (shop, reply_id, connector, state, due_at_ms)
    select shop, ?, connector, 'queued', ? from conversations where shop = ? and id = ?`);

  return {
    turn(shop, id) {
      const conversation = conversations.load(shop, id);
      return conversation && conversations.turn(conversation);
    },
    due(now, limit) {
      const all = due(now, limit).map((row) => conversations.turn(conversationFrom(row)));
      const waits = ({ messages, waiting = [] }: Turn) => messages.length > 0 || waiting.length > 0;
      return { turns: all.filter(waits), idle: all.filter((turn) => !waits(turn)) };
    },
    clearDue({ conversation: { shop, id, version } }) {
      clearDue(shop, id, version);
    },
    nextDueAt: () => nextDueAt()?.at ?? undefined,
    requeue(shop, id, dueAt) {
      requeue(dueAt, shop, id);
    },

    finish({ shop, conversation, version, change, ...done }) {
      if (!conversations.moveOn(shop, conversation, version, change)) return 'stale';
      record(shop, conversation, done);
      return 'done';
    },
    record,
  };

  function record(shop: string, conversation: string, { answer, callback }: Pick<Finish, 'answer' | 'callback'>): void {
    addAnswer(shop, answer.id, conversation, answer.at, JSON.stringify(answer), answer.follows ?? null, answer.shadow ?? null);
    for (const messageId of answer.inReplyTo) markAnswered(answer.id, shop, conversation, messageId);
    for (const reply of answer.replies) {
      if (reply.delivery !== 'send') continue;
      addReply(shop, reply.id, conversation, JSON.stringify(answer.inReplyTo), JSON.stringify(reply), answer.at);
      if (callback) addDelivery(reply.id, answer.at, shop, conversation);
    }
  }
}
