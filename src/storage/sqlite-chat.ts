/**
 * A conversation as its buyer sees it: own words, and what was sent. For platforms whose clients fetch their replies from us.
 */
import type { Instant, Message, Outgoing } from '../conversation.js';
import type { Sql } from './sqlite-statement.js';
import type { ChatLine } from './storage.js';

interface MessageRow {
  readonly id: string;
  readonly body: string;
  readonly sent_at_ms: Instant;
}

interface ReplyRow {
  readonly body: string;
  readonly created_at_ms: Instant;
  readonly receipts: number;
}

export function openChats(sql: Sql) {
  const messagePlace = sql.one<{ seq: number }>('select seq from messages where shop = ? and connector = ? and id = ?');
  const replyPlace = sql.one<{ position: number }>('select position from replies where shop = ? and id = ?');
  const messages = sql.many<MessageRow>(`
    select id, body, sent_at_ms from messages
    where shop = ? and conversation = ? and connector = ? and author = 'buyer' and seq > ? order by seq desc limit ?`);
  const replies = sql.many<ReplyRow>(`
    select body, created_at_ms, (
      select count(*) from receipts c where c.shop = r.shop and c.reply_id = r.id and c.state in ('delivered', 'read')
    ) as receipts
    from replies r where shop = ? and conversation = ? and position > ? order by position desc limit ?`);

  return {
    chat(
      shop: string,
      conversation: string,
      connector: string,
      after: { readonly message?: string | undefined; readonly reply?: string | undefined },
      limit: number,
    ): readonly ChatLine[] {
      const seq = after.message === undefined ? 0 : (messagePlace(shop, connector, after.message)?.seq ?? 0);
      const position = after.reply === undefined ? 0 : (replyPlace(shop, after.reply)?.position ?? 0);
      const own = messages(shop, conversation, connector, seq, limit).map(({ id, body, sent_at_ms: at }): ChatLine => {
        const { text, type } = JSON.parse(body) as Message;
        return { kind: 'message', id, text, type, at };
      });
      const sent = replies(shop, conversation, position, limit).map(({ body, created_at_ms: at, receipts }): ChatLine => {
        return { kind: 'reply', reply: JSON.parse(body) as Outgoing, at, isReceived: receipts > 0 };
      });
      // Each newest first; what was said at the same moment was said before it was answered.
      const lines = [...own.reverse(), ...sent.reverse()].sort((one, other) => one.at - other.at);
      return lines.slice(-limit);
    },
  };
}
