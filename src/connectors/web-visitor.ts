/**
 * Who a visitor of the web chat is: an id that the server gave away, signed, so that nobody makes one up or reads another's
 * chat. No cookie and no row: the browser keeps the token. Signed with a key of its own, made from the shop's secret.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** 16 random bytes in base64url. */
const idForm = /^[\w-]{22}$/;
const tokenForm = /^zv_([\w-]{22})_([\w-]{43})$/;
/** Ids that no other platform gives: what lies in the feed for visitors is told by them. */
const place = 'zaima.web.';

export function visitorToken(shop: string, visitor: string, secret: Buffer): string {
  if (!idForm.test(visitor)) throw new RangeError('a visitor’s id is 16 bytes in base64url');
  return `zv_${visitor}_${signature(shop, visitor, secret).toString('base64url')}`;
}

/** The visitor whose token it is; undefined: none of this shop's secrets signed it. */
export function visitorOf(shop: string, token: string, secrets: readonly Buffer[]): string | undefined {
  const [, visitor, signed] = tokenForm.exec(token) ?? [];
  if (visitor === undefined || signed === undefined) return undefined;
  const given = Buffer.from(signed, 'base64url');
  return secrets.some((secret) => timingSafeEqual(signature(shop, visitor, secret), given)) ? visitor : undefined;
}

function signature(shop: string, visitor: string, secret: Buffer): Buffer {
  const key = createHmac('sha256', secret).update('zaima web chat visitor').digest();
  return createHmac('sha256', key).update(`${shop}\n${visitor}`).digest();
}

/** Conversation and buyer of a visitor: one for good. */
export function visitorPlace(visitor: string): string {
  return place + visitor;
}

/** Whether a conversation is a visitor's: its replies are fetched by the visitor's browser alone. */
export function isVisitorPlace(conversation: string): boolean {
  return conversation.startsWith(place) && idForm.test(conversation.slice(place.length));
}
