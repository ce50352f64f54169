/** Token buckets: so many at once, refilled evenly. Kept in memory: a restart forgives. */
import { LRUCache } from 'lru-cache';
import type { Instant } from '../conversation.js';

export interface Rate {
  readonly perSecond: number;
  /** How many at once after a rest. */
  readonly burst: number;
}

export interface Bucket {
  readonly left: number;
  readonly at: Instant;
}

export interface Taken {
  readonly bucket: Bucket;
  /** 0: taken. Else nothing was taken, and so many seconds must pass; Infinity: more than ever fits at once. */
  readonly waitSeconds: number;
}

/** Takes `amount` from a bucket (undefined: a full one). Pure; a clock that steps back refills nothing. */
export function take(bucket: Bucket | undefined, rate: Rate, now: Instant, amount = 1): Taken {
  const passedSeconds = bucket === undefined ? 0 : Math.max(0, now - bucket.at) / 1000;
  const left = bucket === undefined ? rate.burst : Math.min(rate.burst, bucket.left + passedSeconds * rate.perSecond);
  if (left >= amount) return { bucket: { left: left - amount, at: now }, waitSeconds: 0 };
  const waitSeconds = amount > rate.burst ? Number.POSITIVE_INFINITY : (amount - left) / rate.perSecond;
  return { bucket: { left, at: now }, waitSeconds };
}

export interface Limiter {
  /** Takes for all keys or for none: undefined, or the first key that has not enough left and how long it must wait. */
  take(amounts: ReadonlyMap<string, number>, now: Instant): { readonly key: string; readonly waitSeconds: number } | undefined;
}

/** @param mostKeys the least used keys are forgotten beyond it, which gives them a full bucket. */
export function openLimiter(rate: Rate, mostKeys: number): Limiter {
  // Room for all keys is made at once: where nobody is ever counted, none is needed.
  let made: LRUCache<string, Bucket> | undefined;
  return {
    take(amounts, now) {
      made ??= new LRUCache({ max: mostKeys });
      const buckets = made;
      const after: [string, Bucket][] = [];
      for (const [key, amount] of amounts) {
        const taken = take(buckets.get(key), rate, now, amount);
        if (taken.waitSeconds > 0) return { key, waitSeconds: taken.waitSeconds };
        after.push([key, taken.bucket]);
      }
      for (const [key, bucket] of after) buckets.set(key, bucket);
      return undefined;
    },
  };
}
