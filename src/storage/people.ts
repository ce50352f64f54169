/** The part of the Storage port that knows people: users, their sessions, and the audit of what was done. */
import type { Instant } from '../conversation.js';

/** owner 店主, lead 主管, agent 客服. */
export const roles = ['owner', 'lead', 'agent'] as const;
export type Role = (typeof roles)[number];

/** Somebody who logs in. The password is kept beside it, as its hash alone. */
export interface User {
  readonly id: string;
  /** What is typed to log in; lower case, unique. */
  readonly login: string;
  /** As others see it. */
  readonly name: string;
  readonly role: Role;
  /** Ids of the shops in which the role holds; `*`: in all, those to come too. */
  readonly shops: readonly string[];
  readonly createdAt: Instant;
  /** Since when the user may not log in; unset: may. */
  readonly disabledAt?: Instant;
}

export type UserChange = Partial<Pick<User, 'name' | 'role' | 'shops'>> & { readonly disabledAt?: Instant | null };

/** A login on one device. Its secret lies in a cookie there; here its hash. */
export interface Session {
  readonly id: string;
  readonly user: string;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  /** The browser as it calls itself. */
  readonly device?: string;
}

/** What a line of the audit speaks of. */
export const auditActions = [
  'login',
  'login_failed',
  'logout',
  'user_added',
  'user_changed',
  'user_password',
  'token_added',
  'token_revoked',
  'settings_changed',
  'away_switched',
  'bot_switched',
  'exported',
  'imported',
  'conversation_taken',
  'conversation_handed_over',
  'finding_overridden',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who did something: a person, a machine by its token, or the command line on the machine itself. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'cli';
  readonly id: string;
  readonly name: string;
}

export interface AuditEntry {
  /** `*`: what concerns all shops. */
  readonly shop: string;
  readonly at: Instant;
  readonly by: Actor;
  readonly action: AuditAction;
  /** Id of what it was done to: a user, a token, a revision, a conversation. */
  readonly subject?: string;
  /** No secret, and no word of a buyer. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface AuditRow extends AuditEntry {
  /** Grows from line to line. */
  readonly position: number;
}

/** What is asked for of the audit; absent: whatever it is. */
export interface AuditFilter {
  /** Id or name of who did it. */
  readonly by?: string | undefined;
  readonly action?: AuditAction | undefined;
}

export interface PeopleStorage {
  /** Rejects with `storage_conflict` when the id or the login exists. */
  addUser(user: User, passwordHash: string): Promise<void>;
  user(id: string): Promise<User | undefined>;
  userByLogin(login: string): Promise<{ readonly user: User; readonly passwordHash: string } | undefined>;
  /** Oldest first. */
  users(): Promise<readonly User[]>;
  /**
   * Changes a user as it stands; undefined when there is none. Refused (`last_owner`) when no owner of all shops would be
   * left who may log in. Ends all sessions of a user who is disabled.
   */
  changeUser(id: string, change: UserChange): Promise<User | 'last_owner' | undefined>;
  /** Sets the password and ends all sessions but the one named. False when there is no such user. */
  setPassword(id: string, passwordHash: string, keepSession?: string): Promise<boolean>;

  addSession(session: Session, secretHash: string): Promise<void>;
  /** With its user as it stands; undefined where the user is disabled. */
  session(secretHash: string): Promise<{ readonly session: Session; readonly user: User } | undefined>;
  /** Newest use first. */
  sessions(user: string): Promise<readonly Session[]>;
  /** An earlier time never replaces a later one. */
  touchSession(id: string, at: Instant): Promise<void>;
  endSession(user: string, id: string): Promise<boolean>;
  /** Takes away sessions that began or were last used before. */
  endSessionsBefore(createdAt: Instant, lastSeenAt: Instant): Promise<number>;

  audit(entry: AuditEntry): Promise<void>;
  /** Newest first, those of the shop and those of all shops; only positions below `before`. */
  auditLog(shop: string, before: number | undefined, limit: number, filter?: AuditFilter): Promise<readonly AuditRow[]>;
  /** When each user, by id, last logged in; who never did is not named. */
  lastLogins(): Promise<ReadonlyMap<string, Instant>>;
}
