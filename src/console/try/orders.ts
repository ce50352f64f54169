/** The buyer's own order, as platforms tell of it. */
import type { AskRequest } from '../shared/wire.js';

export const orderStates = ['none', 'pending', 'paid', 'shipped', 'signed'] as const;
export type OrderState = (typeof orderStates)[number];

const id = '202611220001';
const statuses: Readonly<Record<Exclude<OrderState, 'none'>, string>> = {
  pending: '待付款',
  paid: '待发货',
  shipped: '已发货',
  signed: '已签收',
};

export function orderOf(state: OrderState): Pick<AskRequest, 'order'> {
  return state === 'none' ? {} : { order: { id, status: statuses[state] } };
}
