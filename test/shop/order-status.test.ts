import { expect, it } from 'vitest';
import { saidStatus } from '../../src/shop/order-status.js';

it.each([
  ['卖家已发货', '卖家已发货'],
  ['WAIT_BUYER_CONFIRM_GOODS', '卖家已发货'],
  ['wait_seller_send_goods ', '买家已付款，等待发货'],
  ['shipped', undefined],
  ['3', undefined],
  [undefined, undefined],
])('a buyer is told of an order that is %s: %s', (status, said) => expect(saidStatus(status)).toBe(said));
