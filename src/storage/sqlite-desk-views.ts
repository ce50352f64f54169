/** Conversations as the desk shows them: their newest lines, what was understood, what became of the replies, the buyer's card. */
import type { Answer, Instant, Outgoing } from '../conversation.js';
import type { DeskLine, DeskRow, DeskView } from './desk.js';
import { messageFrom } from './message-body.js';
import type { Buyers } from './sqlite-buyers.js';
import { type ConversationRow, conversationColumns, conversationFrom } from './sqlite-conversations.js';
import type { ReplyStates } from './sqlite-reply-states.js';
import type { Sql } from './sqlite-statement.js';

export interface DeskConversationRow extends ConversationRow {
  readonly desk_seq: number;
  readonly desk: string | null;
}

export const deskColumns = `${conversationColumns}, desk_seq, desk`;

/** What a queue shows and what an open conversation needs to go on; the rest is fetched. */
const mostLines = 8;
const mostAnswers = 3;

export interface DeskViews {
  view(row: DeskConversationRow): DeskView;
}

export function deskRowFrom(row: DeskConversationRow): DeskRow {
  return {
    conversation: conversationFrom(row),
    desk: row.desk === null ? {} : (JSON.parse(row.desk) as DeskRow['desk']),
    seq: row.desk_seq,
  };
}

export function openDeskViews(sql: Sql, stateOf: ReplyStates, buyers: Buyers): DeskViews {
  const messages = sql.many<{ seq: number; body: string; sent_at_ms: number; received_at_ms: number; answer_id: string | null }>(`
    select seq, body, sent_at_ms, received_at_ms, answer_id from messages m
    where shop = ? and conversation = ?
      and (author <> 'agent' or not exists (
        select 1 from replies r where r.shop = m.shop and r.conversation = m.conversation and r.echo_message_id = m.id))
    order by sent_at_ms desc, seq desc limit ?`);
  const replies = sql.many<{ body: string; created_at_ms: Instant }>(`
    select body, created_at_ms from replies
    where shop = ? and conversation = ? order by created_at_ms desc, position desc limit ?`);
  const answer = sql.one<{ seq: number; body: string }>('select seq, body from answers where shop = ? and id = ?');
  const following = sql.many<{ seq: number; body: string }>(
    'select seq, body from answers where shop = ? and follows = ? order by seq',
  );

  return {
    view(row) {
      const { shop, id } = row;
      const spoken = messages(shop, id, mostLines + 1);
      const sent = replies(shop, id, mostLines + 1);
      const answerIds = [...new Set(spoken.map((one) => one.answer_id).filter((one) => one !== null))].slice(0, mostAnswers);
      const answers = answerIds
        .flatMap((answerId) => [answer(shop, answerId), ...following(shop, answerId)])
        .filter((one) => one !== undefined)
        .sort((one, other) => one.seq - other.seq)
        .map((one) => JSON.parse(one.body) as Answer);
      const lines = [
        ...spoken.toReversed().map((one) => ({ at: one.sent_at_ms, message: one })),
        ...sent.toReversed().map((one) => ({ at: one.created_at_ms, reply: one })),
      ].sort((one, other) => one.at - other.at);
      return {
        ...deskRowFrom(row),
        card: buyers.card(shop, (JSON.parse(row.buyer) as { id: string }).id),
        lines: lines.slice(-mostLines).map((one): DeskLine => {
          if ('message' in one) {
            const { seq, body, sent_at_ms, received_at_ms } = one.message;
            return { from: 'message', at: one.at, position: seq, message: messageFrom(body, sent_at_ms, received_at_ms) };
          }
          const reply = JSON.parse(one.reply.body) as Outgoing;
          return { from: 'reply', at: one.at, reply, delivery: stateOf(shop, reply.id) };
        }),
        hasEarlier: lines.length > mostLines,
        answers,
      };
    },
  };
}
