/** What became of a reply: the state of its delivery and the receipts of the platform. */
import type { Instant } from '../conversation.js';
import type { ReplyDelivery } from './desk.js';
import type { Sql } from './sqlite-statement.js';
import type { DeliveryState, Receipt } from './storage.js';

interface ReceiptRow {
  readonly state: Receipt['state'];
  readonly at_ms: Instant;
  readonly platform_message_id: string | null;
  readonly error: string | null;
}

export type ReplyStates = (shop: string, replyId: string) => ReplyDelivery;

export function openReplyStates(sql: Sql): ReplyStates {
  const delivery = sql.one<{ state: DeliveryState; because: string | null }>(
    'select state, because from deliveries where shop = ? and reply_id = ?',
  );
  const receipts = sql.many<ReceiptRow>(`
    select state, at_ms, platform_message_id, error from receipts where shop = ? and reply_id = ? order by at_ms, seq`);
  const taken = sql.one<{ position: number }>(`
    select r.position from replies r join feed_taken t on t.shop = r.shop and t.position >= r.position
    where r.shop = ? and r.id = ?`);
  const retried = sql.one<{ id: string }>('select id from replies where shop = ? and retry_of = ?');
  return (shop, replyId) => {
    const row = delivery(shop, replyId);
    const its = receipts(shop, replyId).map(receiptFrom);
    const state = row?.state ?? stateByReceipts(its);
    const hasFailed = state === 'failed' || its.some((receipt) => receipt.state === 'failed');
    const again = hasFailed ? retried(shop, replyId) : undefined;
    return {
      replyId,
      state,
      ...(row === undefined && taken(shop, replyId) !== undefined && { isTaken: true as const }),
      ...(again !== undefined && { retriedAs: again.id }),
      ...(row?.because != null && { because: row.because }),
      receipts: its,
    };
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
