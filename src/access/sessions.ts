/**
 * Sessions: 32 random bytes in a cookie, their SHA-256 in the database. Looked up on every request from memory; an ended one,
 * or one whose user was disabled, is forgotten before the call that ended it resolves.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Instant } from '../conversation.js';
import type { PeopleStorage, Session, User } from '../storage/people.js';
import { openLoginLimit } from './login-limit.js';
import { verifyPassword } from './passwords.js';

export interface LoggedIn {
  readonly user: User;
  readonly session: Session;
}

export type LoginOutcome =
  | (LoggedIn & { readonly outcome: 'in' /** For the cookie; never to be had again. */; readonly secret: string })
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'wait'; readonly seconds: number };

export interface Sessions {
  logIn(login: string, password: string, from: { readonly address: string; readonly device?: string }): Promise<LoginOutcome>;
  /** Whose session it is; undefined: nobody's any more. */
  check(secret: string): Promise<LoggedIn | undefined>;
  /** Whether it is this user's password: 0 yes, `wrong`, or the seconds until it may be tried again. */
  confirm(user: User, password: string, address: string): Promise<number | 'wrong'>;
  list(user: string): Promise<readonly Session[]>;
  end(user: string, id: string): Promise<boolean>;
  /** What is remembered of this user is looked up anew: it was changed. */
  forget(user: string): void;
  /** Told when a session ends, or a user changes: sockets that live on it are closed. Returns how to stop listening. */
  onEnd(listener: (user: string, session: string | undefined) => void): () => void;
}

export type SessionStorage = Pick<
  PeopleStorage,
  'userByLogin' | 'addSession' | 'session' | 'sessions' | 'touchSession' | 'endSession' | 'endSessionsBefore'
>;

export interface SessionSettings {
  readonly storage: SessionStorage;
  readonly now: () => Instant;
  /** A session that was not used for so long is over. */
  readonly idleHours: number;
  /** And in any case after so many days. */
  readonly mostDays: number;
}

const touchEveryMs = 60_000;
const rememberMs = 60_000;
/** Each takes 32 MiB while it runs. */
const mostAtOnce = 4;

export function newSessionSecret(): string {
  return `zs_${randomBytes(32).toString('base64url')}`;
}

export function openSessions({ storage, now, idleHours, mostDays }: SessionSettings): Sessions {
  const known = new LRUCache<string, LoggedIn>({ max: 2000, ttl: rememberMs });
  const seenAt = new LRUCache<string, Instant>({ max: 2000 });
  const limit = openLoginLimit();
  const listeners = new Set<(user: string, session: string | undefined) => void>();
  const queue = turnstile(mostAtOnce);
  /** Grows with each end, so that a look-up which began before one does not remember what it found. */
  let ends = 0;

  function forget(user: string, session?: string): void {
    ends += 1;
    for (const [hash, one] of known.entries())
      if (one.user.id === user && (session === undefined || one.session.id === session)) known.delete(hash);
    for (const listener of listeners) listener(user, session);
  }

  function isOver({ createdAt, lastSeenAt, id }: Session, at: Instant): boolean {
    const seen = Math.max(lastSeenAt, seenAt.get(id) ?? 0);
    return at - createdAt > mostDays * 86_400_000 || at - seen > idleHours * 3_600_000;
  }

  return {
    async logIn(login, password, { address, device }) {
      const name = login.trim().toLowerCase();
      const seconds = limit.waitSeconds(name, address, now());
      if (seconds > 0) return { outcome: 'wait', seconds };
      // Counted before the answer is known, so that many guesses at once do not slip through together.
      limit.failed(name, address, now());
      const found = await storage.userByLogin(name);
      const isRight = await queue(() => verifyPassword(password, found?.passwordHash));
      if (!isRight || found === undefined || found.user.disabledAt !== undefined) return { outcome: 'refused' };
      limit.succeeded(name, address);
      const at = now();
      const secret = newSessionSecret();
      const session: Session = {
        id: randomUUID(),
        user: found.user.id,
        createdAt: at,
        lastSeenAt: at,
        ...(device !== undefined && { device: device.slice(0, 200) }),
      };
      await storage.endSessionsBefore(at - mostDays * 86_400_000, at - idleHours * 3_600_000);
      await storage.addSession(session, hashOf(secret));
      return { outcome: 'in', user: found.user, session, secret };
    },
    async check(secret) {
      if (!/^zs_[\w-]{43}$/.test(secret)) return undefined;
      const hash = hashOf(secret);
      const before = ends;
      const found = known.get(hash) ?? (await storage.session(hash));
      const at = now();
      if (found === undefined || isOver(found.session, at)) return undefined;
      if (before === ends) known.set(hash, found, { ttl: known.has(hash) ? known.getRemainingTTL(hash) : rememberMs });
      const { id, lastSeenAt } = found.session;
      if (at - (seenAt.get(id) ?? lastSeenAt) >= touchEveryMs) {
        seenAt.set(id, at);
        // A request does not fail for want of a note; it is noted again in a minute.
        await storage.touchSession(id, at).catch(() => undefined);
      }
      return found;
    },
    async confirm({ login }, password, address) {
      const seconds = limit.waitSeconds(login, address, now());
      if (seconds > 0) return seconds;
      limit.failed(login, address, now());
      const found = await storage.userByLogin(login);
      if (!(await queue(() => verifyPassword(password, found?.passwordHash)))) return 'wrong';
      limit.succeeded(login, address);
      return 0;
    },
    list: (user) => storage.sessions(user),
    async end(user, id) {
      const ended = await storage.endSession(user, id);
      forget(user, id);
      return ended;
    },
    forget: (user) => forget(user),
    onEnd(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Lets so many through at once; the others wait their turn. */
function turnstile(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (inside >= most) await new Promise<void>((enter) => waiting.push(enter));
    else inside += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) inside -= 1;
      else next();
    }
  };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
