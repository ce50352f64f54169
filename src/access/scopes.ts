/** What a token opens, and what a role does. */
import type { User } from '../storage/people.js';
import { everyShop, type Scope, type Token } from '../storage/storage.js';
import { type Permission, permissionsOf } from './roles.js';

export const scopes = ['connect', 'phrases', 'stock', 'read', 'admin'] as const satisfies readonly Scope[];

/** True when the token is of this shop (or of every shop: the control token, by which the command line speaks to the server) and has one of the scopes; `admin` includes all of them. */
export function opens(token: Token, shop: string, wanted: readonly Permission[]): boolean {
  if (token.shop !== shop && token.shop !== everyShop) return false;
  return token.scope === 'admin' || wanted.includes(token.scope);
}

/** True when the user works in this shop and the role may do one of these. */
export function mayDo(user: User, shop: string, wanted: readonly Permission[]): boolean {
  return worksIn(user, shop) && wanted.some((one) => permissionsOf(user.role).includes(one));
}

export function worksIn({ shops }: User, shop: string): boolean {
  return shops.includes(everyShop) || shops.includes(shop);
}

/** True when an owner may see and change this user: nobody changes who works in a shop that is not theirs. */
export function mayManage(owner: User, { shops }: Pick<User, 'shops'>): boolean {
  return owner.role === 'owner' && (owner.shops.includes(everyShop) || shops.every((shop) => owner.shops.includes(shop)));
}
