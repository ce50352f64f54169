/** What a token opens. */
import type { Scope, Token } from '../storage/storage.js';

export const scopes = ['connect', 'phrases', 'read', 'admin'] as const satisfies readonly Scope[];

/** The shop of the process's own control token, by which the command line speaks to the running server. */
export const everyShop = '*';

/** True when the token is of this shop (or of every shop) and has one of the scopes; `admin` includes all of them. */
export function opens(token: Token, shop: string, wanted: readonly Scope[]): boolean {
  if (token.shop !== shop && token.shop !== everyShop) return false;
  return token.scope === 'admin' || wanted.includes(token.scope);
}
