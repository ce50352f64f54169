/** Who works at the desk of a shop, online or not: to whom a conversation can be handed over. No more is told than that takes. */
import { mayDo } from '../access/scopes.js';
import type { ServerDeps } from './deps.js';
import type { DeskHub, Present } from './desk-hub.js';

export interface AgentAtDesk extends Present {
  /** Absent: a program by its token. */
  readonly login?: string;
  readonly holds: number;
}

/** Online first, those who are away after them; among these whoever holds the fewest. */
export function openDeskAgents({ people, storage }: Pick<ServerDeps, 'people' | 'storage'>, hub: Pick<DeskHub, 'present'>) {
  return async (shop: string): Promise<readonly AgentAtDesk[]> => {
    const [users, held] = await Promise.all([people.list(), storage.deskHeld(shop)]);
    const present = new Map(hub.present(shop).map((one) => [one.id, one]));
    const agents: AgentAtDesk[] = [];
    for (const user of users) {
      const { id, name, login, disabledAt } = user;
      if (disabledAt !== undefined || !mayDo(user, shop, ['desk'])) continue;
      const { online, away, open } = present.get(id) ?? { online: false, away: false, open: [] };
      present.delete(id);
      agents.push({ id, name, login, online, away, holds: held.get(id) ?? 0, open });
    }
    for (const program of present.values()) agents.push({ ...program, holds: held.get(program.id) ?? 0 });
    return agents.sort((one, other) => rank(one) - rank(other) || one.holds - other.holds || one.name.localeCompare(other.name));
  };
}

function rank({ online, away }: Present): number {
  return online ? (away ? 1 : 0) : 2;
}
