/** Names of those whose own phrases stand in the list. */
import { ApiError, call } from '../shared/api.js';
import { may, me } from '../shared/session.js';
import type { User } from '../shared/wire.js';

/** By id. Who may not see the list of people knows only of himself. */
export async function agentNames(shop: string): Promise<ReadonlyMap<string, string>> {
  const self = me.peek();
  const own = new Map(self === undefined ? [] : [[self.id, self.name]]);
  if (!may('admin')) return own;
  try {
    const { users } = (await call<{ users: readonly User[] }>('GET', '/v1/users')).data;
    const here = users.filter(
      ({ shops, disabledAt }) => disabledAt === undefined && (shops.includes('*') || shops.includes(shop)),
    );
    return new Map([...own, ...here.map(({ id, name }) => [id, name] as const)]);
  } catch (error) {
    // Names are a help to the reader, the list stands without them.
    if (error instanceof ApiError) return own;
    throw error;
  }
}
