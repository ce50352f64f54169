/** Hours as owners type them, and moments on the shop's wall. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listOf, listWords, numberOf, numberWords } from '../../../src/console/settings/typed.js';
import {
  barsOf,
  dayKeys,
  inShort,
  isOvernight,
  longNight,
  minutesAWeek,
  nextRange,
  partsOf,
  rangeFaults,
  rangeOf,
  spanOf,
  tidyClock,
  type Week,
} from '../../../src/console/settings/week-form.js';
import { dayPlus, instantOf, monthPlus, wallOf, weekdayOf } from '../../../src/console/shared/wall-time.js';
import { hoursRange } from '../../../src/shop/hours-range.js';

const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
const end = fc.oneof(clock, fc.constant('24:00'));
const range = fc.tuple(clock, end).map(([from, to]) => `${from}-${to}`);

describe('hours in a form', () => {
  it('ask about a night that is longer than any, and about no other', () => {
    expect(longNight('23:30-23:00')).toBe(23 * 60 + 30);
    expect(longNight('18:00-09:00')).toBe(undefined);
    expect(longNight('09:00-24:00')).toBe(undefined);
    expect(longNight('09:00-09:00')).toBe(undefined);
    expect(longNight('9-')).toBe(undefined);
  });

  it('come back as they were written, and what is written passes the schema', () => {
    fc.assert(
      fc.property(range, (written) => {
        expect(hoursRange.safeParse(written).success).toBe(true);
        const parts = partsOf(written);
        expect(rangeOf(parts)).toBe(written);
        expect(rangeOf({ start: tidyClock(parts.start), end: tidyClock(parts.end) })).toBe(written);
        expect(rangeFaults([written])).toEqual([]);
        expect(isOvernight(written)).toBe(parts.end <= parts.start && parts.end !== '00:00');
        const bars = barsOf(written);
        const [from, to] = spanOf(written)!;
        expect(bars.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(((to - from) / 1440) * 100 + 1e-9);
        for (const { left, width } of bars) expect(left >= 0 && left + width <= 100 + 1e-9).toBe(true);
      }),
    );
    fc.assert(
      fc.property(
        fc.string().filter((one) => !one.includes('-')),
        fc.string(),
        (from, to) => {
          expect(partsOf(rangeOf({ start: from, end: to }))).toEqual({ start: from, end: to });
        },
      ),
    );
  });

  it('are faulty exactly where the schema refuses them, or where two of a day overlap', () => {
    fc.assert(
      fc.property(
        fc.oneof(range, fc.string({ maxLength: 12 }), fc.constantFrom('9:00-12:00', '24:00-02:00', '09:00-')),
        (typed) => {
          expect(rangeFaults([typed]).length > 0).toBe(!hoursRange.safeParse(typed).success);
        },
      ),
    );
    expect(rangeFaults(['10:00-12:00', '14:00-22:00', '21:00-23:00'])).toEqual([{ at: 2, kind: 'overlap', with: 1 }]);
    expect(rangeFaults(['09:00-12:00', '12:00-18:00'])).toEqual([]);
    expect(rangeFaults(['18:00-02:00', '23:00-23:30'])).toMatchObject([{ at: 1, kind: 'overlap' }]);
  });

  it('are understood however they are typed', () => {
    for (const [typed, meant] of [
      ['9', '09:00'],
      ['930', '09:30'],
      ['９：３０', '09:30'],
      ['9点', '09:00'],
      ['次日 1:30', '01:30'],
      ['25:30', '01:30'],
      ['24:00', '24:00'],
      ['9:75', '9:75'],
      ['-9x', '9x'],
    ] as const)
      expect([typed, tidyClock(typed)]).toEqual([typed, meant]);
    fc.assert(
      fc.property(fc.string(), (typed) => tidyClock(tidyClock(typed)) === tidyClock(typed) && !tidyClock(typed).includes('-')),
    );
  });

  it('are counted once, whatever runs past midnight', () => {
    const week = Object.fromEntries(dayKeys.map((key) => [key, [] as string[]])) as unknown as Record<string, string[]>;
    expect(minutesAWeek({ ...week, sun: ['22:00-02:00'], mon: ['00:00-03:00'] } as unknown as Week)).toBe(5 * 60);
    expect(inShort(['09:00-12:00', '13:30-23:00'])).toBe('09–23');
    expect(inShort(['10:00-01:30'])).toBe('10–01:30');
    expect(inShort([])).toBe('');
    fc.assert(
      fc.property(fc.array(range, { maxLength: 4 }), (ranges) => {
        const next = nextRange(ranges);
        const faults = rangeFaults([...ranges, next]).filter(({ at }) => at === ranges.length);
        expect(next === '-' || faults.length === 0).toBe(true);
      }),
    );
  });
});

describe('the clock on the wall of the shop', () => {
  it('leads to the moment and back, in any zone', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'UTC');
    const instants = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2090, 0) }).map((at) => Math.floor(at / 60_000) * 60_000);
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const wall = wallOf(instant, zone);
        // Of the hour that comes twice in autumn either is right.
        expect(wallOf(instantOf(wall, zone), zone)).toBe(wall);
      }),
    );
    expect(instantOf('2026-10-01T23:10', 'Asia/Shanghai')).toBe(Date.parse('2026-10-01T23:10:00+08:00'));
    expect(instantOf('', 'Asia/Shanghai')).toBeNaN();
  });

  it('counts days and months', () => {
    expect([dayPlus('2026-12-31', 1), dayPlus('2026-03-01', -1)]).toEqual(['2027-01-01', '2026-02-28']);
    expect([monthPlus('2026-12', 1), monthPlus('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
    expect(weekdayOf('2026-10-01')).toBe(3);
  });
});

describe('what is typed into a field', () => {
  it('stands for a number or a list, both ways', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }).filter((one) => !/e/.test(String(one))),
        (value) => numberOf(numberWords(value)) === value,
      ),
    );
    const entry = fc.stringMatching(/^[一-龥a-z0-9/]{1,6}$/);
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), (list) => {
        expect(listOf(listWords(list))).toEqual(list);
      }),
    );
    expect([numberOf('９５元'), numberOf(' 95 '), numberOf(''), numberOf('九十五'), numberOf('1.')]).toEqual([
      95,
      95,
      undefined,
      '九十五',
      1,
    ]);
    expect([listOf('江苏、浙江，上海, '), listOf(' ')]).toEqual([['江苏', '浙江', '上海'], undefined]);
  });
});
