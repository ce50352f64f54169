/** The shop's own clock: what time and day it is there now. */
import type { Instant } from '../conversation.js';

export interface Clock {
  /** Minutes since midnight. */
  readonly minute: number;
  /** 0 is Monday. */
  readonly weekday: number;
  readonly year: number;
  /** YYYY-MM-DD. */
  readonly today: string;
}

const quarter = 15 * 60_000;

/**
 * A clock of the zone. Intl is slow and zones change only at quarter hours, so that the offset of the last quarter asked
 * is kept; it saves time and changes no result.
 */
export function shopClock(timeZone: string): (now: Instant) => Clock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  let known: number | undefined;
  let offset = 0;
  return (now) => {
    const start = Math.floor(now / quarter);
    if (start !== known) {
      offset = offsetAt(format, start * quarter);
      known = start;
    }
    const local = new Date(now + offset);
    return {
      minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
      weekday: (local.getUTCDay() + 6) % 7,
      year: local.getUTCFullYear(),
      today: local.toISOString().slice(0, 10),
    };
  };
}

function offsetAt(format: Intl.DateTimeFormat, now: Instant): number {
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute) - now;
}
