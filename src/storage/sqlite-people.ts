/** Users, their sessions, and the audit. */
import type { Instant } from '../conversation.js';
import type { Actor, AuditAction, AuditEntry, AuditFilter, AuditRow, Role, Session, User, UserChange } from './people.js';
import { plainText, type Sql } from './sqlite-statement.js';
import { everyShop } from './storage.js';

export interface People {
  addUser(user: User, passwordHash: string): void;
  user(id: string): User | undefined;
  userByLogin(login: string): { readonly user: User; readonly passwordHash: string } | undefined;
  users(): readonly User[];
  changeUser(id: string, change: UserChange): User | 'last_owner' | undefined;
  setPassword(id: string, passwordHash: string, keepSession?: string): boolean;
  addSession(session: Session, secretHash: string): void;
  session(secretHash: string): { readonly session: Session; readonly user: User } | undefined;
  sessions(user: string): readonly Session[];
  touchSession(id: string, at: Instant): void;
  endSession(user: string, id: string): boolean;
  endSessionsBefore(createdAt: Instant, lastSeenAt: Instant): number;
  audit(entry: AuditEntry): void;
  auditLog(shop: string, before: number | undefined, limit: number, filter?: AuditFilter): readonly AuditRow[];
  lastLogins(): ReadonlyMap<string, Instant>;
}

interface UserRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly shops: string;
  readonly created_at_ms: number;
  readonly disabled_at_ms: number | null;
}

interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly created_at_ms: number;
  readonly last_seen_at_ms: number;
  readonly device: string | null;
}

interface AuditLine {
  readonly seq: number;
  readonly shop: string;
  readonly at_ms: number;
  readonly actor: string;
  readonly action: AuditAction;
  readonly subject: string | null;
  readonly details: string | null;
}

const userColumns = 'id, login, name, role, shops, created_at_ms, disabled_at_ms';
const sessionColumns = 'id, user_id, created_at_ms, last_seen_at_ms, device';
const newest = Number.MAX_SAFE_INTEGER;

export function openPeople(sql: Sql): People {
  const addUser = sql.write(`insert into users (${userColumns}, password_hash) values (?, ?, ?, ?, ?, ?, ?, ?)`);
  const user = sql.one<UserRow>(`select ${userColumns} from users where id = ?`);
  const byLogin = sql.one<UserRow & { password_hash: string }>(`select ${userColumns}, password_hash from users where login = ?`);
  const users = sql.many<UserRow>(`select ${userColumns} from users order by created_at_ms, seq`);
  const changeUser = sql.write('update users set name = ?, role = ?, shops = ?, disabled_at_ms = ? where id = ?');
  const setPassword = sql.write('update users set password_hash = ? where id = ?');
  const addSession = sql.write(`insert into sessions (${sessionColumns}, secret_hash) values (?, ?, ?, ?, ?, ?)`);
  const session = sql.one<SessionRow>(`select ${sessionColumns} from sessions where secret_hash = ?`);
  const sessions = sql.many<SessionRow>(
    `select ${sessionColumns} from sessions where user_id = ? order by last_seen_at_ms desc, seq desc`,
  );
  const touchSession = sql.write('update sessions set last_seen_at_ms = max(last_seen_at_ms, ?) where id = ?');
  const endSession = sql.write('delete from sessions where user_id = ? and id = ?');
  const endOthers = sql.write('delete from sessions where user_id = ? and id <> ?');
  const endOld = sql.write('delete from sessions where created_at_ms < ? or last_seen_at_ms < ?');
  const audit = sql.write('insert into audit (shop, at_ms, actor, action, subject, details) values (?, ?, ?, ?, ?, ?)');
  const auditLog = sql.many<AuditLine>(`
    select seq, shop, at_ms, actor, action, subject, details from audit
    where shop in (?, ?) and seq < ? and action = coalesce(?, action)
      and (? is null or ? in (json_extract(actor, '$.id'), json_extract(actor, '$.name')))
    order by seq desc limit ?`);
  // Asked for by owners who look at their list, not on the way of any message: it may read the whole audit.
  const lastLogins = sql.many<{ readonly id: string; readonly at_ms: number }>(
    `select json_extract(actor, '$.id') as id, max(at_ms) as at_ms from audit where action = 'login' group by 1`,
  );

  const userOf = (id: string): User | undefined => {
    const row = user(id);
    return row && userFrom(row);
  };

  return {
    addUser({ id, login, name, role, shops, createdAt, disabledAt }, passwordHash) {
      addUser(id, login, plainText(name), role, JSON.stringify(shops), createdAt, disabledAt ?? null, passwordHash);
    },
    user: userOf,
    userByLogin(login) {
      const row = byLogin(login);
      return row && { user: userFrom(row), passwordHash: row.password_hash };
    },
    users: () => users().map(userFrom),
    changeUser(id, change) {
      const before = userOf(id);
      if (before === undefined) return undefined;
      const { disabledAt: disabled, ...rest } = change;
      const { disabledAt: _, ...kept } = before;
      const disabledAt = disabled === undefined ? before.disabledAt : (disabled ?? undefined);
      const after: User = { ...kept, ...rest, ...(disabledAt !== undefined && { disabledAt }) };
      const owners = users().map((row) => (row.id === id ? after : userFrom(row)));
      if (isFullOwner(before) && !owners.some(isFullOwner)) return 'last_owner';
      changeUser(plainText(after.name), after.role, JSON.stringify(after.shops), after.disabledAt ?? null, id);
      if (after.disabledAt !== undefined) endOthers(id, '');
      return after;
    },
    setPassword(id, passwordHash, keepSession = '') {
      if (setPassword(passwordHash, id) === 0) return false;
      endOthers(id, keepSession);
      return true;
    },
    addSession({ id, user: userId, createdAt, lastSeenAt, device }, secretHash) {
      addSession(id, userId, createdAt, lastSeenAt, device === undefined ? null : plainText(device), secretHash);
    },
    session(secretHash) {
      const row = session(secretHash);
      const owner = row && userOf(row.user_id);
      return owner === undefined || owner.disabledAt !== undefined ? undefined : { session: sessionFrom(row!), user: owner };
    },
    sessions: (userId) => sessions(userId).map(sessionFrom),
    touchSession(id, at) {
      touchSession(at, id);
    },
    endSession: (userId, id) => endSession(userId, id) === 1,
    endSessionsBefore: (createdAt, lastSeenAt) => endOld(createdAt, lastSeenAt),
    audit({ shop, at, by, action, subject, details }) {
      const actor: Actor = { kind: by.kind, id: by.id, name: by.name };
      const words = (value: unknown) => plainText(JSON.stringify(value));
      audit(shop, at, words(actor), action, subject ?? null, details === undefined ? null : words(details));
    },
    auditLog: (shop, before = newest, limit, { by, action } = {}) =>
      auditLog(shop, everyShop, before, action ?? null, by ?? null, by ?? null, limit).map(auditFrom),
    lastLogins: () => new Map(lastLogins().map(({ id, at_ms }) => [id, at_ms])),
  };
}

/** Somebody who can always let others in. */
function isFullOwner({ role, shops, disabledAt }: User): boolean {
  return role === 'owner' && shops.includes(everyShop) && disabledAt === undefined;
}

function userFrom(row: UserRow): User {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    role: row.role,
    shops: JSON.parse(row.shops) as string[],
    createdAt: row.created_at_ms,
    ...(row.disabled_at_ms !== null && { disabledAt: row.disabled_at_ms }),
  };
}

function sessionFrom(row: SessionRow): Session {
  return {
    id: row.id,
    user: row.user_id,
    createdAt: row.created_at_ms,
    lastSeenAt: row.last_seen_at_ms,
    ...(row.device !== null && { device: row.device }),
  };
}

function auditFrom(row: AuditLine): AuditRow {
  return {
    position: row.seq,
    shop: row.shop,
    at: row.at_ms,
    by: JSON.parse(row.actor) as Actor,
    action: row.action,
    ...(row.subject !== null && { subject: row.subject }),
    ...(row.details !== null && { details: JSON.parse(row.details) as Record<string, string | number | boolean | null> }),
  };
}
