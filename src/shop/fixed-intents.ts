/** The intent ids that other tools and gold data measure by: an interface. Shops may add their own; these must exist. */

/** The eight that a shop is asked most. */
export const coreIntents = [
  'stock',
  'haggling',
  'invoice',
  'shipping_fee',
  'delivery_time',
  'returns',
  'credit_card',
  'cod',
] as const;

export const supportingIntents = [
  'greeting',
  'ack',
  'promotion',
  'price_query',
  'product_info',
  'authenticity',
  'quality',
  'advice',
  'how_to_order',
  'payment',
  'order_change',
  'cancel_order',
  'order_status',
  'parcel_problem',
  'courier',
  'warranty',
  'wholesale',
  'complaint',
  'human',
  'off_topic',
] as const;

export const fixedIntents: readonly string[] = [...coreIntents, ...supportingIntents];
