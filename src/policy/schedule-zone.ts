/**
 * Clock time of a zone to instants and back, exact across clock changes. `Intl` knows the offsets; everything else is
 * arithmetic on "wall" milliseconds: the clock's reading taken as if it were UTC.
 */
import type { Instant } from '../conversation.js';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Days since 1970-01-01, as a number: calendar arithmetic without zones. */
export type DayNumber = number;

/** `2026-10-01` → days since 1970-01-01. */
export function dayNumber(date: string): DayNumber {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);
}

/** Days since 1970-01-01 → `2026-10-01`. */
export function dateOf(day: DayNumber): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** What the zone's clock reads at an instant, as wall milliseconds (whole seconds). */
function clockAt(timeZone: string, at: Instant): number {
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = (
    formatterOf(timeZone).format(at).match(/\d+/g) ?? []
  ).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far the zone's clock is ahead of UTC, in milliseconds. */
export function offsetAt(timeZone: string, at: Instant): number {
  return clockAt(timeZone, at) - Math.floor(at / 1000) * 1000;
}

/** The calendar day on the zone's clock. */
export function dayAt(timeZone: string, at: Instant): DayNumber {
  return Math.floor((at + offsetAt(timeZone, at)) / dayMs);
}

/** Turns minutes of one calendar day (0 to 2880: ranges may run into the next day) into instants. */
export type WallClock = (minutes: number) => Instant;

/**
 * The clock of one calendar day. A reading becomes the first instant at which the clock shows it or more: a reading inside
 * the hour that is skipped in spring is the moment of the change, one that comes twice in autumn is the first of the two.
 * So later readings never become earlier instants, and a range that ends where the next begins stays in one piece.
 */
export function wallClockOf(timeZone: string, day: DayNumber): WallClock {
  // Offsets lie between -12 h and +14 h, so both ends are outside whatever the readings can become.
  const low = day * dayMs - 15 * hourMs;
  const high = day * dayMs + 2 * dayMs + 15 * hourMs;
  const before = offsetAt(timeZone, low);
  const after = offsetAt(timeZone, high);
  if (before === after) return (minutes) => day * dayMs + minutes * minuteMs - before;
  const change = changeBetween(timeZone, low, high, before);
  return (minutes) => {
    const wall = day * dayMs + minutes * minuteMs;
    return wall - before < change ? wall - before : Math.max(change, wall - after);
  };
}

/** The first instant with another offset than `before`: by halving, 28 steps at most. */
function changeBetween(timeZone: string, low: Instant, high: Instant, before: number): Instant {
  let same = low;
  let other = high;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(timeZone, middle) === before) same = middle;
    else other = middle;
  }
  return other;
}

/** Date and clock as a person reads them. */
export interface ClockReading {
  readonly day: DayNumber;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly dayOfMonth: number;
  /** `09:00`. */
  readonly clock: string;
}

/** Rounded up to the minute: a time that is announced is never before the true one. */
export function readingAt(timeZone: string, at: Instant): ClockReading {
  const whole = Math.ceil(at / minuteMs) * minuteMs;
  const wall = whole + offsetAt(timeZone, whole);
  const iso = new Date(wall).toISOString();
  const date = new Date(wall);
  return {
    day: Math.floor(wall / dayMs),
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    dayOfMonth: date.getUTCDate(),
    clock: iso.slice(iso.indexOf('T') + 1, iso.indexOf('T') + 6),
  };
}
