import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Away, type DutyHours, dutyAt } from '../../src/policy/schedule.js';

const zones = ['Asia/Shanghai', 'Asia/Kathmandu', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Pacific/Apia'];
const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
});
const range = fc.oneof(
  fc.tuple(clock, clock).map(([from, to]) => `${from}-${to}`),
  fc.constant('00:00-24:00'),
);
const ranges = fc.array(range, { maxLength: 3 });
const date = fc.integer({ min: 20_300, max: 21_200 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const hours: fc.Arbitrary<DutyHours> = fc.record({
  weekly: fc.record({ mon: ranges, tue: ranges, wed: ranges, thu: ranges, fri: ranges, sat: ranges, sun: ranges }),
  exceptions: fc.array(fc.record({ from: date, ranges }), { maxLength: 3 }),
  holidays: fc.option(fc.record({ calendar: fc.constant('mainland' as const), ranges }), { nil: undefined }),
});
/** 2025-08 to 2028-01, a good share of it near the changes of the clock. */
const changes = ['2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-04-04T15:00Z'];
const moment = fc.oneof(
  fc.integer({ min: Date.parse('2025-08-01'), max: Date.parse('2028-01-15') }),
  fc
    .tuple(fc.constantFrom(...changes, '2026-10-03T15:30Z'), fc.integer({ min: -36e5 * 30, max: 36e5 * 30 }))
    .map(([change, shift]) => Date.parse(change) + shift),
);
const away: fc.Arbitrary<Away | undefined> = fc.option(
  fc.tuple(moment, fc.integer({ min: 1, max: 4 * 864e5 })).map(([since, length]) => ({ since, until: since + length })),
  { nil: undefined },
);
/** Moments near an absence, so that the two meet often. */
const scene = fc
  .tuple(hours, fc.constantFrom(...zones), away, moment, fc.integer({ min: -2 * 864e5, max: 6 * 864e5 }))
  .map(([open, zone, absence, now, shift]) => ({
    open,
    zone,
    absence,
    now: absence === undefined ? now : absence.since + shift,
  }));

describe('whatever the hours, the zone, the absence and the moment', () => {
  it('the next opening is the first moment on duty, and the closed period is one', () => {
    fc.assert(
      fc.property(scene, ({ open, zone, absence, now }) => {
        // A future absence is not looked at, so it is left out of what is promised here.
        const known = absence !== undefined && absence.since > now ? undefined : absence;
        const duty = dutyAt(open, zone, known, now);
        if (duty.onDuty) {
          expect(duty.closedSince).toBeUndefined();
          return;
        }
        const { closedSince = Number.NaN, nextOpening } = duty;
        expect(closedSince).toBeLessThanOrEqual(now);
        if (closedSince > 0) {
          expect(dutyAt(open, zone, known, closedSince - 1).onDuty).toBe(true);
          expect(dutyAt(open, zone, known, closedSince).onDuty).toBe(false);
        }
        if (nextOpening === undefined) return;
        expect(nextOpening).toBeGreaterThan(now);
        expect(dutyAt(open, zone, known, nextOpening).onDuty).toBe(true);
        expect(dutyAt(open, zone, known, nextOpening - 1).onDuty).toBe(false);
        for (const share of [0, 0.2, 0.5, 0.8, 0.999]) {
          const other = Math.floor(closedSince + (nextOpening - closedSince) * share);
          if (known !== undefined && other < known.since) continue;
          expect(dutyAt(open, zone, known, other)).toMatchObject({ onDuty: false, closedSince, nextOpening });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('an open-ended absence names a start of a range, after now', () => {
    fc.assert(
      fc.property(hours, fc.constantFrom(...zones), moment, fc.integer({ min: 0, max: 3 * 864e5 }), (open, zone, now, ago) => {
        const duty = dutyAt(open, zone, { since: now - ago }, now);
        expect(duty.onDuty).toBe(false);
        expect(duty.closedSince).toBeLessThanOrEqual(now - ago);
        if (duty.nextOpening === undefined) return;
        expect(duty.nextOpening).toBeGreaterThan(now);
        expect(dutyAt(open, zone, undefined, duty.nextOpening).onDuty).toBe(true);
        expect(dutyAt(open, zone, undefined, duty.nextOpening - 1).onDuty).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on what was asked before', () => {
    fc.assert(
      fc.property(hours, fc.constantFrom(...zones), fc.array(moment, { minLength: 2, maxLength: 8 }), (open, zone, moments) => {
        const fresh = moments.map((now) => dutyAt({ ...open }, zone, undefined, now));
        const again = [...moments].reverse().map((now) => dutyAt(open, zone, undefined, now));
        expect(again.reverse()).toEqual(fresh);
      }),
      { numRuns: 300 },
    );
  });
});
