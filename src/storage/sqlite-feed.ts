/**
 * Replies that go to buyers: the feed, their receipts, and telling our own echo from a human.
 */
import type { Instant, Message, Outgoing } from '../conversation.js';
import type { Conversations } from './sqlite-conversations.js';
import type { Sql } from './sqlite-statement.js';
import { plainText } from './sqlite-statement.js';
import type { FeedPage, Receipt } from './storage.js';

export interface Feed {
  feed(shop: string, after: number, limit: number): FeedPage;
  /** In a transaction only where `isNews` says so: clients come back with the same position all the time. */
  feedTaken(shop: string, position: number): void;
  isNews(shop: string, position: number): boolean;
  receipt(shop: string, replyId: string, receipt: Receipt): boolean;
  ownEcho(message: Message, since: Instant): boolean;
}

interface ReplyRow {
  readonly position: number;
  readonly conversation: string;
  readonly in_reply_to: string;
  readonly body: string;
  readonly created_at_ms: number;
}

interface SentRow {
  readonly id: string;
  readonly body: string;
  readonly echo_message_id: string | null;
}

export function openFeed(sql: Sql, conversations: Conversations): Feed {
  const epoch = sql.one<{ value: string }>("select value from meta where key = 'epoch'")()?.value ?? '';
  const page = sql.many<ReplyRow>(`
    select position, conversation, in_reply_to, body, created_at_ms from replies
    where shop = ? and position > ? order by position limit ?`);
  const takenUpTo = sql.one<{ position: number }>('select position from feed_taken where shop = ?');
  const take = sql.write(`
    insert into feed_taken (shop, position) values (?, ?)
    on conflict (shop) do update set position = max(position, excluded.position)`);
  const between = sql.many<{ conversation: string }>(
    'select distinct conversation from replies where shop = ? and position > ? and position <= ?',
  );
  const known = sql.one<{ conversation: string }>('select conversation from replies where shop = ? and id = ?');
  // A repeated receipt changes nothing, but it may bring the platform's id that the first one lacked.
  const addReceipt = sql.write(`
    insert into receipts (shop, reply_id, state, at_ms, platform_message_id, error) values (?, ?, ?, ?, ?, ?)
    on conflict (shop, reply_id, state) do update set platform_message_id = excluded.platform_message_id
    where receipts.platform_message_id is null and excluded.platform_message_id is not null`);
  const sentAs = sql.many<SentRow>(`
    select replies.id as id, replies.body as body, replies.echo_message_id as echo_message_id
    from receipts join replies on replies.shop = receipts.shop and replies.id = receipts.reply_id
    where receipts.shop = ? and receipts.platform_message_id = ? and replies.conversation = ?
    order by replies.position`);
  // A reply that is known not to have gone out has no echo: the same words are then a person's.
  const sentSince = sql.many<SentRow>(`
    select id, body, echo_message_id from replies r
    where shop = ? and conversation = ? and created_at_ms >= ?
      and not exists (
        select 1 from deliveries d where d.shop = r.shop and d.reply_id = r.id and d.state in ('dropped', 'failed'))
      and not exists (
        select 1 from receipts c where c.shop = r.shop and c.reply_id = r.id and c.state = 'failed')
    order by position`);
  const markEchoed = sql.write('update replies set echo_message_id = ? where shop = ? and id = ?');

  return {
    feed(shop, after, limit) {
      const rows = page(shop, after, limit).map((row) => ({
        position: row.position,
        conversation: row.conversation,
        inReplyTo: JSON.parse(row.in_reply_to) as string[],
        reply: JSON.parse(row.body) as Outgoing,
        createdAt: row.created_at_ms,
      }));
      return { rows, position: rows.at(-1)?.position ?? after, epoch };
    },

    isNews: (shop, position) => position > (takenUpTo(shop)?.position ?? 0),

    feedTaken(shop, position) {
      const before = takenUpTo(shop)?.position ?? 0;
      if (position <= before) return;
      take(shop, position);
      for (const { conversation } of between(shop, before, position)) conversations.touch(shop, conversation);
    },

    receipt(shop, replyId, { state, at, platformMessageId, error }) {
      const row = known(shop, replyId);
      if (row === undefined) return false;
      addReceipt(shop, replyId, state, at, platformMessageId ?? null, error === undefined ? null : plainText(error));
      conversations[state === 'failed' ? 'undelivered' : 'touch'](shop, row.conversation);
      return true;
    },

    ownEcho({ shop, conversation, id, text }, since) {
      const byId = sentAs(shop, id, conversation);
      const recent = sentSince(shop, conversation, since);
      // Asked before about this very message, by a process that died before it stored it.
      if ([...byId, ...recent].some((sent) => sent.echo_message_id === id)) return true;
      const words = text.trim();
      const own =
        byId.find((sent) => sent.echo_message_id === null) ??
        recent.find((sent) => sent.echo_message_id === null && words !== '' && textOf(sent).trim() === words);
      if (own === undefined) return false;
      markEchoed(id, shop, own.id);
      return true;
    },
  };
}

function textOf(sent: SentRow): string {
  return (JSON.parse(sent.body) as Outgoing).text;
}
