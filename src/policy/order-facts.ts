/**
 * Whether facts of an order may be said to this buyer: only to the account that ordered. The platform shows whose order it is
 * by naming the account (`order.buyerId`), or by sending it along with the buyer's own message.
 */
import type { Memory, Message, Order, Slots } from '../conversation.js';

type OrderMemory = Pick<Memory, 'order' | 'orderOf'>;

/** The order that was named last, and by whose message: the memory's or a newer message's. Only messages of buyers are given. */
export function orderNamed({ order, orderOf }: OrderMemory, messages: readonly Message[]): OrderMemory {
  const newest = messages.findLast((message) => message.order !== undefined);
  if (newest?.order !== undefined) return { order: newest.order, orderOf: newest.order.buyerId ?? newest.buyer.id };
  return { ...(order === undefined ? {} : { order }), ...(orderOf === undefined ? {} : { orderOf }) };
}

/** Whether this account ordered; undefined: no order is known, or not whose. */
export function isOrderingAccount({ order, orderOf }: OrderMemory, buyer: string): boolean | undefined {
  return order === undefined || orderOf === undefined ? undefined : orderOf === buyer;
}

/**
 * The order that may be spoken of, if any: none where the account is another one, or where the buyer asks about another order
 * (names its number, or somebody else's order).
 */
export function orderToTell(
  memory: OrderMemory,
  buyer: string,
  slots: Pick<Slots, 'orderId'>,
  asksOfAnother: boolean,
): Order | undefined {
  const { order } = memory;
  if (order === undefined || asksOfAnother || isOrderingAccount(memory, buyer) !== true) return undefined;
  const { orderId } = slots;
  return orderId === undefined || order.id.endsWith(orderId) || orderId.endsWith(order.id) ? order : undefined;
}
