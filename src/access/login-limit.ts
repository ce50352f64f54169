/**
 * Guessing slowed: the first few wrong passwords cost nothing, then each doubles the wait, for the login and for the address
 * that they came from. Kept in memory: a restart forgives, and costs a guesser more than it gives.
 */
import { LRUCache } from 'lru-cache';
import type { Instant } from '../conversation.js';

interface Failures {
  readonly count: number;
  readonly lastAt: Instant;
}

const freeFailures = 5;
const longestWaitSeconds = 900;
/** After so long without a wrong one all is forgotten. */
const forgetMilliseconds = 24 * 3_600_000;
/** An office shares one address. */
const addressAllowance = 4;

export interface LoginLimit {
  /** Seconds until this login may be tried again from this address; 0: now. */
  waitSeconds(login: string, address: string, now: Instant): number;
  failed(login: string, address: string, now: Instant): void;
  /** Whoever knows the password is let off; the address is forgiven this try alone: a guesser may have an account too. */
  succeeded(login: string, address: string): void;
}

export function openLoginLimit(): LoginLimit {
  const known = new LRUCache<string, Failures>({ max: 20_000 });
  const keys = (login: string, address: string) => [
    [`login ${login}`, 1] as const,
    [`address ${address}`, addressAllowance] as const,
  ];
  return {
    waitSeconds(login, address, now) {
      return Math.max(0, ...keys(login, address).map(([key, allowance]) => waitAfter(known.get(key), allowance, now)));
    },
    failed(login, address, now) {
      for (const [key] of keys(login, address)) {
        const before = known.get(key);
        const isOld = before === undefined || now - before.lastAt > forgetMilliseconds;
        known.set(key, { count: (isOld ? 0 : before.count) + 1, lastAt: now });
      }
    },
    succeeded(login, address) {
      known.delete(`login ${login}`);
      const key = `address ${address}`;
      const before = known.get(key);
      if (before !== undefined) known.set(key, { ...before, count: before.count - 1 });
    },
  };
}

/** Pure. @param allowance how many times the free failures */
function waitAfter(failures: Failures | undefined, allowance: number, now: Instant): number {
  if (failures === undefined || now - failures.lastAt > forgetMilliseconds) return 0;
  const beyond = failures.count - freeFailures * allowance;
  if (beyond < 0) return 0;
  const waitSeconds = Math.min(longestWaitSeconds, 2 ** Math.min(beyond, 30));
  return Math.max(0, Math.ceil(waitSeconds - Math.max(0, now - failures.lastAt) / 1000));
}
