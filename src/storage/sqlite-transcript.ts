/**
 * A conversation as a person reads it: its messages, the Answers they got and what became of the replies.
 */
import type { Answer, Instant } from '../conversation.js';
import { messageFrom } from './message-body.js';
import type { Conversations } from './sqlite-conversations.js';
import type { Sql } from './sqlite-statement.js';
import type { DeliveryState, Receipt, Transcript } from './storage.js';

interface ReceiptRow {
  readonly state: Receipt['state'];
  readonly at_ms: Instant;
  readonly platform_message_id: string | null;
  readonly error: string | null;
}

export function openTranscripts(sql: Sql, conversations: Conversations) {
  const newest = sql.many<{ body: string; sent_at_ms: number; received_at_ms: number; answer_id: string | null }>(`
    select body, sent_at_ms, received_at_ms, answer_id from messages
    where shop = ? and conversation = ? order by sent_at_ms desc, seq desc limit ?`);
  const answer = sql.one<{ seq: number; body: string }>('select seq, body from answers where shop = ? and id = ?');
  const following = sql.many<{ seq: number; body: string }>(
    'select seq, body from answers where shop = ? and follows = ? order by seq',
  );
  const delivery = sql.one<{ state: DeliveryState; because: string | null }>(
    'select state, because from deliveries where shop = ? and reply_id = ?',
  );
  const receipts = sql.many<ReceiptRow>(`
    select state, at_ms, platform_message_id, error from receipts where shop = ? and reply_id = ? order by at_ms, seq`);

  function deliveryOf(shop: string, replyId: string): Transcript['deliveries'][number] {
    const row = delivery(shop, replyId);
    const its = receipts(shop, replyId).map(receiptFrom);
    return {
      replyId,
      state: row?.state ?? stateByReceipts(its),
      ...(row?.because != null && { because: row.because }),
      receipts: its,
    };
  }

  return {
    transcript(shop: string, id: string, limit: number): Transcript | undefined {
      const conversation = conversations.load(shop, id);
      if (conversation === undefined) return undefined;
      const rows = newest(shop, id, limit).toReversed();
      const answerIds = new Set(rows.map((row) => row.answer_id).filter((answerId) => answerId !== null));
      const answers = [...answerIds]
        .flatMap((answerId) => [answer(shop, answerId), ...following(shop, answerId)])
        .filter((row) => row !== undefined)
        .sort((one, other) => one.seq - other.seq)
        .map((row) => JSON.parse(row.body) as Answer);
      const sent = answers.flatMap((one) => one.replies).filter((reply) => reply.delivery === 'send');
      return {
        conversation,
        lines: rows.map((row) => ({
          message: messageFrom(row.body, row.sent_at_ms, row.received_at_ms),
          ...(row.answer_id !== null && { answerId: row.answer_id }),
        })),
        answers,
        deliveries: sent.map((reply) => deliveryOf(shop, reply.id)),
      };
    },
  };
}

function receiptFrom(row: ReceiptRow): Receipt {
  return {
    state: row.state,
    at: row.at_ms,
    ...(row.platform_message_id !== null && { platformMessageId: row.platform_message_id }),
    ...(row.error !== null && { error: row.error }),
  };
}

/** A reply that only lies in the feed is fetched by others: what is known of it is what they report. */
function stateByReceipts(receipts: readonly Receipt[]): DeliveryState {
  if (receipts.some((receipt) => receipt.state !== 'failed')) return 'sent';
  return receipts.length > 0 ? 'failed' : 'queued';
}
