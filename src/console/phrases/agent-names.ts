/** Names of those whose own phrases stand in the list. */
import { ApiError, at, call } from '../shared/api.js';
import { me } from '../shared/session.js';
import type { AgentsAtDesk } from '../shared/wire.js';

/** By id, one's own first. */
export async function agentNames(shop: string): Promise<ReadonlyMap<string, string>> {
  const self = me.peek();
  const own = self === undefined ? [] : [[self.id, self.name] as const];
  try {
    const { agents } = (await call<AgentsAtDesk>('GET', at`/v1/shops/${shop}/agents`)).data;
    // A program at the desk has no phrases of its own.
    return new Map([...own, ...agents.filter(({ login }) => login !== undefined).map(({ id, name }) => [id, name] as const)]);
  } catch (error) {
    // Names are a help to the reader, the list stands without them.
    if (error instanceof ApiError) return new Map(own);
    throw error;
  }
}
