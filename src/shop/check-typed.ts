/** A text that an agent types, held against all rules by the shop's own terms. */
import { check } from '../compliance/check.js';
import type { Finding, Instant, Item } from '../conversation.js';
import { goodsKnown } from './goods-known.js';
import type { Shop } from './shop.js';

export interface TypedFor {
  /** Whether it goes to the account that ordered; undefined: not known, only what nobody may be told is found. */
  readonly orderOwner?: boolean | undefined;
  /** What the conversation is about. */
  readonly item?: Item | undefined;
  /** Stock that is too old by then is not known. */
  readonly now: Instant;
}

/** @param shop with the stock of the moment */
export function checkTyped(text: string, shop: Shop, { orderOwner, item, now }: TypedFor): readonly Finding[] {
  const goods = goodsKnown(shop.parameters, text, item, now);
  const context = {
    ...shop.checkContext,
    ...(orderOwner !== undefined && { orderOwner }),
    ...(goods !== undefined && { goods }),
  };
  return check(text, context, shop.rules);
}
