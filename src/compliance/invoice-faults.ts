/** What can be wrong with what is said of invoices, for the agent: the sentences of rules/invoice.ts. */
export const why = {
  refused: {
    zh: '买家要发票时不能拒绝：平台规定卖家有开票义务',
    en: 'an invoice may not be refused: the platform obliges sellers to give one',
  },
  receipt: {
    zh: '“不开票”“只有收据”等同拒开发票',
    en: '不开票 or 只有收据 amounts to refusing an invoice',
  },
  charged: {
    zh: '开发票不能向买家收税点、邮费或任何费用',
    en: 'nothing may be charged for an invoice: no tax, no postage, no fee',
  },
  tax: {
    zh: '税点由卖家承担，不能转给买家',
    en: "the tax is the seller's to bear",
  },
  postage: {
    zh: '开发票不能加价，寄发票的邮费也由卖家承担',
    en: "an invoice may not raise the price, and its postage is the seller's to bear",
  },
  excuse: {
    zh: '特价、活动或发票用完都不能作为不开发票的理由',
    en: 'a special price, a campaign or used-up forms are no reason to refuse an invoice',
  },
  machine: {
    zh: '不能以机器故障、人不在为由推脱开票',
    en: 'a broken machine or an absent colleague is no reason to put off an invoice',
  },
  contents: {
    zh: '发票内容要和实际商品一致，不能开成其他品类',
    en: 'an invoice names the goods that were bought, not another kind',
  },
  paid: {
    zh: '发票要由本店按实付金额开具，不能换公司或多开',
    en: "the invoice is the shop's own and for the sum that was paid: no other company, no higher sum",
  },
  dissuaded: {
    zh: '不能劝买家不要发票',
    en: 'a buyer may not be talked out of an invoice',
  },
  fee: {
    zh: '开发票不能向买家收任何费用',
    en: 'nothing may be charged for an invoice',
  },
  ownName: {
    zh: '发票要由本店开具，不能换公司',
    en: "the invoice is the shop's own, not another company's",
  },
  taxed: {
    zh: '开发票不能向买家收税点',
    en: 'no tax may be charged for an invoice',
  },
  goods: {
    zh: '发票要由本店按实际商品开具',
    en: "the invoice is the shop's own, for the goods that were bought",
  },
  sum: {
    zh: '开发票不能设金额门槛',
    en: 'an invoice needs no least sum',
  },
  dearer: {
    zh: '开发票不能加价',
    en: 'an invoice may not raise the price',
  },
  delayed: {
    zh: '不能拖着不给买家开票',
    en: 'an invoice may not be put off',
  },
  perks: {
    zh: '不能因为开发票而加价或取消优惠',
    en: 'prices may not rise and discounts may not end because a buyer wants an invoice',
  },
  without: {
    zh: '“没有票”等同拒开发票',
    en: '没有票 amounts to refusing an invoice',
  },
  bargain: {
    zh: '开发票不能加价，也不能拿不开票换优惠',
    en: 'an invoice may not raise the price, nor may going without one lower it',
  },
  office: {
    zh: '不能以机器、税务、人手为由推脱开票',
    en: 'machines, the tax office or staff are no reason to put off an invoice',
  },
  goodsAndSum: {
    zh: '发票要由本店按实际商品和实付金额开具',
    en: "the invoice is the shop's own, for the goods that were bought and the sum that was paid",
  },
  threshold: {
    zh: '开发票不能设门槛，也不能用收据代替',
    en: 'an invoice has no threshold, and a receipt does not replace it',
  },
  conditions: {
    zh: '买家要发票时不能拒绝、拖延或设条件：平台规定卖家有开票义务',
    en: 'an invoice may not be refused, put off or tied to conditions: the platform obliges sellers to give one',
  },
};
