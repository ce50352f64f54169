/**
 * The outbox: replies that a connector pushes out, claimed under a lease with a fence.
 */
import type { Instant, Outgoing } from '../conversation.js';
import type { Conversations } from './sqlite-conversations.js';
import type { Sql } from './sqlite-statement.js';
import { plainText } from './sqlite-statement.js';
import type { Delivery, DeliveryState } from './storage.js';

export interface Deliveries {
  claimDeliveries(now: Instant, leaseSeconds: number, limit: number): readonly Delivery[];
  settleDelivery(
    replyId: string,
    fence: number,
    state: Exclude<DeliveryState, 'sending'>,
    because: string,
    retryAt: Instant,
  ): boolean;
  nextDeliveryAt(): Instant | undefined;
  expireLeases(now: Instant, idempotentConnectors: readonly string[]): number;
}

interface DeliveryRow {
  readonly shop: string;
  readonly seq: number;
  readonly conversation: string;
  readonly connector: string;
  readonly body: string;
  readonly in_reply_to: string;
  readonly created_at_ms: number;
  readonly attempts: number;
}

interface Place {
  readonly shop: string;
  readonly conversation: string;
}

export function openDeliveries(sql: Sql, conversations: Conversations): Deliveries {
  const queued = sql.many<DeliveryRow>(`
    select d.shop as shop, d.seq as seq, r.conversation as conversation, d.connector as connector, r.body as body,
      r.in_reply_to as in_reply_to, r.created_at_ms as created_at_ms, d.attempts as attempts
    from deliveries d join replies r on r.shop = d.shop and r.id = d.reply_id
    where d.state = 'queued' and d.due_at_ms <= ? order by d.due_at_ms, d.seq limit ?`);
  // One count for all deliveries: a fence is never given twice, so that it also tells two shops' replies of one id apart.
  const latestFence = sql.one<{ fence: number | null }>('select max(fence) as fence from deliveries');
  const claim = sql.write(`
    update deliveries set state = 'sending', fence = ?, lease_ends_at_ms = ?, attempts = attempts + 1 where seq = ?`);
  const settle = sql.write(`
    update deliveries set state = ?, because = ?, due_at_ms = ?, lease_ends_at_ms = null
    where fence = ? and reply_id = ? and lease_ends_at_ms is not null`);
  const ofFence = sql.one<Place>(`
    select r.shop as shop, r.conversation as conversation
    from deliveries d join replies r on r.shop = d.shop and r.id = d.reply_id where d.fence = ?`);
  const expired = sql.many<Place>(`
    select r.shop as shop, r.conversation as conversation
    from deliveries d join replies r on r.shop = d.shop and r.id = d.reply_id
    where d.state = 'sending' and d.lease_ends_at_ms <= ?`);
  const nextDeliveryAt = sql.one<{ at: number | null }>("select min(due_at_ms) as at from deliveries where state = 'queued'");
  // The lease's end stays: the holder of an expired lease may still tell what became of it, until somebody claims anew.
  const backToQueue = sql.write(`
    update deliveries set state = 'queued', due_at_ms = ?, because = 'lease_expired'
    where state = 'sending' and lease_ends_at_ms <= ? and connector in (select value from json_each(?))`);
  const endAsUnknown = sql.write(`
    update deliveries set state = 'unknown', because = 'lease_expired'
    where state = 'sending' and lease_ends_at_ms <= ?`);

  return {
    claimDeliveries(now, leaseSeconds, limit) {
      const rows = queued(now, limit);
      let fence = rows.length === 0 ? 0 : (latestFence()?.fence ?? 0);
      return rows.map((row) => {
        fence += 1;
        claim(fence, now + leaseSeconds * 1000, row.seq);
        const reply = JSON.parse(row.body) as Outgoing;
        // An agent looks on while her own words go out.
        if (reply.kind === 'agent') conversations.touch(row.shop, row.conversation);
        return {
          shop: row.shop,
          conversation: row.conversation,
          connector: row.connector,
          reply,
          inReplyTo: JSON.parse(row.in_reply_to) as string[],
          createdAt: row.created_at_ms,
          attempts: row.attempts + 1,
          fence,
        };
      });
    },
    settleDelivery(replyId, fence, state, because, retryAt) {
      if (settle(state, because === '' ? null : plainText(because), retryAt, fence, replyId) === 0) return false;
      const place = ofFence(fence);
      if (place !== undefined) conversations[state === 'failed' ? 'undelivered' : 'touch'](place.shop, place.conversation);
      return true;
    },
    nextDeliveryAt: () => nextDeliveryAt()?.at ?? undefined,
    expireLeases(now, idempotentConnectors) {
      for (const { shop, conversation } of expired(now)) conversations.touch(shop, conversation);
      const requeued = backToQueue(now, now, JSON.stringify(idempotentConnectors));
      return requeued + endAsUnknown(now);
    },
  };
}
