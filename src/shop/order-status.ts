/** The state of a buyer's order in words that a buyer reads. */

/** Names of Taobao's trade states (taobao.trade.get), as its own pages say them. */
const named: Readonly<Record<string, string>> = {
  WAIT_BUYER_PAY: '等待买家付款',
  WAIT_SELLER_SEND_GOODS: '买家已付款，等待发货',
  SELLER_CONSIGNED_PART: '部分已发货',
  WAIT_BUYER_CONFIRM_GOODS: '卖家已发货',
  TRADE_BUYER_SIGNED: '已签收',
  TRADE_FINISHED: '交易成功',
  TRADE_CLOSED: '交易关闭',
  TRADE_CLOSED_BY_TAOBAO: '交易关闭',
};

/**
 * @param status as the platform or the client tells it
 * @returns undefined where it is a code that nobody here knows: a buyer is not told `shipped`
 */
export function saidStatus(status: string | undefined): string | undefined {
  if (status === undefined || /\p{Script=Han}/u.test(status)) return status;
  return named[status.trim().toUpperCase()];
}
