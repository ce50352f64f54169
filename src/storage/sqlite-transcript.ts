/**
 * A conversation as a person reads it: its messages, the Answers they got, what agents wrote, and what became of the replies.
 */
import type { AgentReply, Answer, Instant } from '../conversation.js';
import { messageFrom } from './message-body.js';
import type { Conversations } from './sqlite-conversations.js';
import type { ReplyStates } from './sqlite-reply-states.js';
import type { Sql } from './sqlite-statement.js';
import type { Transcript } from './storage.js';

interface LineRow {
  readonly seq: number;
  readonly body: string;
  readonly sent_at_ms: Instant;
  readonly received_at_ms: Instant;
  readonly answer_id: string | null;
  readonly echo_of: string | null;
}

export function openTranscripts(sql: Sql, conversations: Conversations, stateOf: ReplyStates) {
  const newest = sql.many<LineRow>(`
    select m.seq as seq, m.body as body, m.sent_at_ms as sent_at_ms, m.received_at_ms as received_at_ms,
      m.answer_id as answer_id,
      case when m.author = 'agent' then (
        select r.id from replies r where r.shop = m.shop and r.conversation = m.conversation and r.echo_message_id = m.id
      ) end as echo_of
    from messages m
    where m.shop = ? and m.conversation = ? and m.seq > ? and (m.sent_at_ms, m.seq) < (?, ?)
    order by m.sent_at_ms desc, m.seq desc limit ?`);
  const placeOf = sql.one<{ sent_at_ms: Instant }>(
    'select sent_at_ms from messages where seq = ? and shop = ? and conversation = ?',
  );
  const answer = sql.one<{ seq: number; body: string }>('select seq, body from answers where shop = ? and id = ?');
  const following = sql.many<{ seq: number; body: string }>(
    'select seq, body from answers where shop = ? and follows = ? order by seq',
  );
  const written = sql.many<{ body: string; created_at_ms: Instant }>(`
    select body, created_at_ms from replies
    where shop = ? and conversation = ? and created_at_ms >= ? and created_at_ms < ? and json_extract(body, '$.kind') = 'agent' order by position`);

  return {
    transcript(
      shop: string,
      id: string,
      limit: number,
      { after = 0, before }: { readonly after?: number | undefined; readonly before?: number | undefined } = {},
    ): Transcript | undefined {
      const conversation = conversations.load(shop, id);
      if (conversation === undefined) return undefined;
      // What was stored later may have been said earlier: the lines go by when they were said.
      const end = before === undefined ? undefined : placeOf(before, shop, id)?.sent_at_ms;
      if (before !== undefined && end === undefined) return { conversation, lines: [], answers: [], written: [], deliveries: [] };
      const until = end ?? Number.MAX_SAFE_INTEGER;
      const rows = newest(shop, id, after, until, before ?? Number.MAX_SAFE_INTEGER, limit).toReversed();
      const answerIds = new Set(rows.map((row) => row.answer_id).filter((answerId) => answerId !== null));
      const answers = [...answerIds]
        .flatMap((answerId) => [answer(shop, answerId), ...following(shop, answerId)])
        .filter((row) => row !== undefined)
        .sort((one, other) => one.seq - other.seq)
        .map((row) => JSON.parse(row.body) as Answer);
      // The newest page is all there is where it is not full.
      const since = rows.length < limit && after === 0 ? 0 : (rows[0]?.sent_at_ms ?? Number.MAX_SAFE_INTEGER);
      const byAgents = written(shop, id, since, until).map((row) => ({
        reply: JSON.parse(row.body) as AgentReply,
        at: row.created_at_ms,
      }));
      const sent = answers.flatMap((one) => one.replies).filter((reply) => reply.delivery === 'send');
      return {
        conversation,
        lines: rows.map((row) => ({
          message: messageFrom(row.body, row.sent_at_ms, row.received_at_ms),
          position: row.seq,
          ...(row.answer_id !== null && { answerId: row.answer_id }),
          ...(row.echo_of !== null && { echoOf: row.echo_of }),
        })),
        answers,
        written: byAgents,
        deliveries: [...sent, ...byAgents.map(({ reply }) => reply)].map((reply) => stateOf(shop, reply.id)),
      };
    },
  };
}
