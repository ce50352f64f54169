/**
 * What the bot would have said in shadow mode, beside what a person of the shop then really wrote.
 */
import type { Answer, Instant } from '../conversation.js';
import { messageFrom } from './message-body.js';
import type { Sql } from './sqlite-statement.js';
import type { ShadowAnswer } from './storage.js';

interface MessageRow {
  readonly body: string;
  readonly sent_at_ms: number;
  readonly received_at_ms: number;
}

export function openShadow(sql: Sql) {
  const page = sql.many<{ seq: number; conversation: string; body: string }>(`
    select seq, conversation, body from answers
    where shop = ? and shadow is not null and at_ms >= ? and seq > ? order by seq limit ?`);
  const newest = sql.many<{ seq: number; conversation: string; body: string }>(`
    select seq, conversation, body from answers
    where shop = ? and shadow is not null and at_ms >= ? and seq < ? order by seq desc limit ?`);
  // Our own replies coming back, from before the switch, are no person's words.
  const nextWord = sql.one<MessageRow>(`
    select body, sent_at_ms, received_at_ms from messages m
    where shop = ? and conversation = ? and author = 'agent'
      and seq > (select max(seq) from messages where shop = ? and conversation = ? and answer_id = ?)
      and not exists (
        select 1 from replies r
        where r.shop = m.shop and r.conversation = m.conversation and r.echo_message_id = m.id)
    order by seq limit 1`);

  const beside =
    (shop: string) =>
    ({ seq, conversation, body }: { seq: number; conversation: string; body: string }): ShadowAnswer => {
      const answer = JSON.parse(body) as Answer;
      const row = nextWord(shop, conversation, shop, conversation, answer.id);
      if (row === undefined) return { position: seq, answer };
      const { text, type, receivedAt } = messageFrom(row.body, row.sent_at_ms, row.received_at_ms);
      return { position: seq, answer, agent: { text, type, at: receivedAt } };
    };

  return {
    shadowAnswers(shop: string, since: Instant, after: number, limit: number): readonly ShadowAnswer[] {
      return page(shop, since, after, limit).map(beside(shop));
    },
    newestShadowAnswers(shop: string, since: Instant, before: number | undefined, limit: number): readonly ShadowAnswer[] {
      return newest(shop, since, before ?? Number.MAX_SAFE_INTEGER, limit).map(beside(shop));
    },
  };
}
