/** What each role may do. Small and pure: the pages tell it from here, so that they cannot say otherwise than the server does. */
import type { Role } from '../storage/people.js';
import type { Scope } from '../storage/storage.js';

/**
 * What a call may ask for: a token's scopes; `desk`: to speak with buyers as a person of the shop; `away`: to say that nobody
 * is there, and that somebody is back.
 */
export type Permission = Scope | 'desk' | 'away';

/** Whoever is the last to leave the desk says so: else buyers wait for nobody. A lead keeps phrases and stock in order and reads everything; who works there and how the shop is set is the owner's. */
const ofRole: Readonly<Record<Role, readonly Permission[]>> = {
  owner: ['connect', 'phrases', 'stock', 'read', 'desk', 'away', 'admin'],
  lead: ['phrases', 'stock', 'read', 'desk', 'away'],
  agent: ['read', 'desk', 'away'],
};

/** What a role may do in its shops. */
export function permissionsOf(role: Role): readonly Permission[] {
  return ofRole[role];
}

/** True for who stands above agents: moves and closes what a colleague holds, lets out what is never allowed. */
export function isLead(role: Role): boolean {
  return role !== 'agent';
}
