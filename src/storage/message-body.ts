/**
 * A message as it lies in the database: canonical JSON, so that the same message gives the same text. Comparing the texts
 * tells a re-delivery from another message under the same id, without a hash. NUL and lone surrogates survive as escapes.
 */
import type { Instant, Message } from '../conversation.js';

/** All of the message but its times: a platform that gives none is stamped anew at each delivery. */
export function messageBody(message: Message): string {
  const { shop, connector, id, conversation, buyer, author, type, text, item, order } = message;
  return JSON.stringify({
    shop,
    connector,
    id,
    conversation,
    buyer: { id: buyer.id, name: buyer.name },
    author,
    type,
    text,
    item: item && { id: item.id, title: item.title, priceYuan: item.priceYuan, url: item.url },
    order: order && { id: order.id, status: order.status, buyerId: order.buyerId },
  });
}

export function messageFrom(body: string, sentAt: Instant, receivedAt: Instant): Message {
  return { ...(JSON.parse(body) as Omit<Message, 'sentAt' | 'receivedAt'>), sentAt, receivedAt };
}
