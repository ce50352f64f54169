/** What a token opens. */
import { everyShop, type Scope, type Token } from '../storage/storage.js';

export const scopes = ['connect', 'phrases', 'read', 'admin'] as const satisfies readonly Scope[];

/** True when the token is of this shop (or of every shop: the control token, by which the command line speaks to the server) and has one of the scopes; `admin` includes all of them. */
export function opens(token: Token, shop: string, wanted: readonly Scope[]): boolean {
  if (token.shop !== shop && token.shop !== everyShop) return false;
  return token.scope === 'admin' || wanted.includes(token.scope);
}
