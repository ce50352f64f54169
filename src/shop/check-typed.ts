/** A text that an agent types, held against all rules by the shop's own terms. */
import { check } from '../compliance/check.js';
import type { Finding } from '../conversation.js';
import type { Shop } from './shop.js';

/** @param orderOwner whether it goes to the account that ordered; undefined: not known, only what nobody may be told is found */
export function checkTyped(text: string, shop: Shop, orderOwner: boolean | undefined): readonly Finding[] {
  return check(text, orderOwner === undefined ? shop.checkContext : { ...shop.checkContext, orderOwner }, shop.rules);
}
