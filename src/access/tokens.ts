/**
 * Bearer tokens: 32 random bytes, shown once; only their SHA-256 is kept. A plain hash is enough since there is nothing to
 * guess in 256 random bits. Checks are answered from memory; a revoked token is forgotten before revoke() resolves.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Instant } from '../conversation.js';
import { everyShop, type Scope, type Storage, type Token } from '../storage/storage.js';

export interface Access {
  /** The token behind a secret as it was presented, or undefined. Notes its use, at most once a minute. */
  check(secret: string): Promise<Token | undefined>;
  /** A new token; `secret` is never to be had again. */
  create(shop: string, scope: Scope, note?: string): Promise<{ readonly token: Token; readonly secret: string }>;
  list(shop: string): Promise<readonly Token[]>;
  /** False when the shop has no such token. */
  revoke(shop: string, id: string): Promise<boolean>;
  /** Told the id of each token that is revoked: sockets that live on it are closed. Returns how to stop listening. */
  onRevoke(listener: (token: string) => void): () => void;
}

export type TokenStorage = Pick<Storage, 'token' | 'tokens' | 'addToken' | 'revokeToken' | 'touchToken'>;

export interface AccessSettings {
  readonly storage: TokenStorage;
  readonly now: () => Instant;
  /** Secret of the control token, valid as long as this process lives: opens every shop as admin and is never stored. */
  readonly controlSecret?: string;
}

const touchEveryMs = 60_000;
/** A token revoked by a process that is not this one is taken no longer than this. */
const rememberMs = 60_000;

/** `zt_` and 32 random bytes. */
export function newTokenSecret(): string {
  return `zt_${randomBytes(32).toString('base64url')}`;
}

export function openAccess(settings: AccessSettings): Access {
  const { storage, now } = settings;
  const known = new LRUCache<string, Token>({ max: 1000, ttl: rememberMs });
  const touchedAt = new LRUCache<string, Instant>({ max: 1000 });
  const control = settings.controlSecret === undefined ? undefined : controlToken(settings.controlSecret, now());
  const listeners = new Set<(token: string) => void>();
  /** Grows with each revocation, so that a look-up which began before one does not remember what it found. */
  let revocations = 0;

  async function find(secret: string): Promise<Token | undefined> {
    const hash = hashOf(secret);
    if (control?.hash === hash) return control.token;
    const remembered = known.get(hash);
    if (remembered !== undefined) return remembered;
    const before = revocations;
    const token = await storage.token(hash);
    if (token !== undefined && before === revocations) known.set(hash, token);
    return token;
  }

  async function touch(token: Token): Promise<void> {
    const at = now();
    if (token === control?.token || at - (touchedAt.get(token.id) ?? token.lastUsedAt ?? 0) < touchEveryMs) return;
    touchedAt.set(token.id, at);
    // A note for the owner's eyes: a request does not fail for want of it.
    await storage.touchToken(token.id, at).catch(() => undefined);
  }

  return {
    async check(secret) {
      if (!/^zt_[\w-]{43}$/.test(secret)) return undefined;
      const token = await find(secret);
      if (token !== undefined) void touch(token);
      return token;
    },
    async create(shop, scope, note) {
      const secret = newTokenSecret();
      const token: Token = { id: randomUUID(), shop, scope, createdAt: now(), ...(note !== undefined && { note }) };
      await storage.addToken(token, hashOf(secret));
      return { token, secret };
    },
    list: (shop) => storage.tokens(shop),
    async revoke(shop, id) {
      const revoked = await storage.revokeToken(shop, id);
      revocations += 1;
      for (const [hash, token] of known.entries()) if (token.id === id) known.delete(hash);
      if (revoked) for (const listener of listeners) listener(id);
      return revoked;
    },
    onRevoke(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function controlToken(secret: string, createdAt: Instant): { readonly hash: string; readonly token: Token } {
  return { hash: hashOf(secret), token: { id: 'control', shop: everyShop, scope: 'admin', createdAt } };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
