import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bucket, openLimiter, take } from '../../src/access/rate-limit.js';

const minute = { perSecond: 1, burst: 60 };

describe('a rate limit', () => {
  it('gives sixty at once, then one a second', () => {
    let bucket: Bucket | undefined;
    for (let i = 0; i < 60; i += 1) {
      const taken = take(bucket, minute, 1000);
      expect(taken.waitSeconds).toBe(0);
      bucket = taken.bucket;
    }
    expect(take(bucket, minute, 1000).waitSeconds).toBe(1);
    expect(take(bucket, minute, 1250).waitSeconds).toBe(0.75);
    expect(take(bucket, minute, 2000).waitSeconds).toBe(0);
    expect(take(bucket, minute, 500).waitSeconds).toBe(1);
  });

  it('never gives more than the burst and the time passed allow', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3000), fc.integer({ min: 1, max: 5 }))), (steps) => {
        let bucket: Bucket | undefined;
        let now = 0;
        let given = 0;
        for (const [passed, amount] of steps) {
          now += passed;
          const taken = take(bucket, minute, now, amount);
          bucket = taken.bucket;
          if (taken.waitSeconds === 0) given += amount;
        }
        expect(given).toBeLessThanOrEqual(60 + now / 1000 + 1e-6);
      }),
    );
  });

  it('takes for all or for none, and says when more is asked than ever fits', () => {
    const limiter = openLimiter({ perSecond: 1, burst: 2 }, 10);
    const both = new Map([
      ['a', 1],
      ['b', 3],
    ]);
    expect(limiter.take(both, 0)).toEqual({ key: 'b', waitSeconds: Number.POSITIVE_INFINITY });
    expect(limiter.take(new Map([['a', 2]]), 0)).toBeUndefined();
    expect(limiter.take(new Map([['a', 1]]), 0)).toEqual({ key: 'a', waitSeconds: 1 });
  });
});
