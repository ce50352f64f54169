/** What became of a user, for the audit: what was before and what is now, of each thing that changed. Pure. */
import type { AuditEntry, User } from '../storage/people.js';

type Details = NonNullable<AuditEntry['details']>;

/** Undefined: nothing changed. */
export function userChanges(before: User, after: User): Details | undefined {
  const changed: Record<string, string> = {};
  const isNow = (what: string, from: string, to: string) => {
    if (from !== to) changed[what] = `${from} -> ${to}`;
  };
  isNow('name', before.name, after.name);
  isNow('role', before.role, after.role);
  isNow('shops', before.shops.join(' '), after.shops.join(' '));
  isNow('state', stateOf(before), stateOf(after));
  return Object.keys(changed).length === 0 ? undefined : { login: after.login, ...changed };
}

/** Of a user who was added, or whose password was set. */
export function userDetails({ login, name, role, shops }: Pick<User, 'login' | 'name' | 'role' | 'shops'>): Details {
  return { login, name, role, shops: shops.join(' ') };
}

function stateOf({ disabledAt }: User): string {
  return disabledAt === undefined ? 'enabled' : 'disabled';
}
