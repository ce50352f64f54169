/**
 * Who answers now: the shop's hours, its dated exceptions, mainland holidays and the away switch as one answer. Pure: the
 * same hours, zone, switch and moment give the same answer.
 */
import type { Instant } from '../conversation.js';
import { reason } from '../reasons.js';
import type { DutyHours } from './schedule-calendar.js';
import { type Duty, type Period, TimeLine } from './schedule-periods.js';

export { type CalendarDay, calendarDay, type DayWhy, type DutyHours } from './schedule-calendar.js';
export type { Duty } from './schedule-periods.js';

/** The away-now switch: off duty whatever the hours, from `since` on, and before `until` where it is set. */
export interface Away {
  readonly since: Instant;
  readonly until?: Instant | undefined;
}

const timeLines = new WeakMap<DutyHours, Map<string, TimeLine>>();

/** The time line of an hours object in a zone; kept with the object. */
export function timeLineOf(hours: DutyHours, timeZone: string): TimeLine {
  let zones = timeLines.get(hours);
  if (zones === undefined) {
    zones = new Map();
    timeLines.set(hours, zones);
  }
  let line = zones.get(timeZone);
  if (line === undefined) {
    line = new TimeLine(hours, timeZone);
    zones.set(timeZone, line);
  }
  return line;
}

/**
 * Whether agents are on duty at `now`; off duty also since when and until when (design.md §6). A switch whose `since` is
 * still to come, or whose `until` is not after it, has no effect. Hours objects are taken as frozen: what was worked out
 * for one is kept with it.
 */
export function dutyAt(hours: DutyHours, timeZone: string, away: Away | undefined, now: Instant): Duty {
  const line = timeLineOf(hours, timeZone);
  const period = line.periodAt(now);
  if (away === undefined || away.since > now) return period.duty;
  const { since, until } = away;
  if (until === undefined) return awayDuty(line, period, since, until);
  if (until <= since) return period.duty;
  return until <= now ? afterAway(line, period.duty, since, until) : awayDuty(line, period, since, until);
}

const awayDuties = new WeakMap<Period, { since: Instant; until: Instant | undefined; duty: Duty }>();

/** Away now: one answer for the whole stretch of hours that `now` lies in, so it is worked out once for it. */
function awayDuty(line: TimeLine, period: Period, since: Instant, until: Instant | undefined): Duty {
  const known = awayDuties.get(period);
  if (known !== undefined && known.since === since && known.until === until) return known.duty;
  const nextOpening = until === undefined ? nextRange(line, period) : firstOpenFrom(line, until);
  const provisional = line.isProvisional(Math.max(period.from, since), nextOpening);
  const closed = { onDuty: false, closedSince: closedFrom(line, since), provisional };
  const duty: Duty =
    nextOpening === undefined
      ? { ...closed, because: reason('away_no_opening') }
      : { ...closed, nextOpening, because: reason('away', { opening: line.momentWords(nextOpening) }) };
  awayDuties.set(period, { since, until, duty });
  return duty;
}

/** An absence that ended inside a closed period is part of that period: nobody was there in between. */
function afterAway(line: TimeLine, duty: Duty, since: Instant, until: Instant): Duty {
  if (duty.onDuty || duty.closedSince === undefined || until < duty.closedSince) return duty;
  return { ...duty, closedSince: closedFrom(line, since) };
}

/** Where a closed period that contains `since` began: at `since` itself, or earlier if the shop was closed already. */
function closedFrom(line: TimeLine, since: Instant): Instant {
  const { duty } = line.periodAt(since - 1);
  return duty.onDuty ? since : (duty.closedSince ?? since);
}

function firstOpenFrom(line: TimeLine, at: Instant): Instant | undefined {
  const { duty } = line.periodAt(at);
  return duty.onDuty ? at : duty.nextOpening;
}

/** The start of the next open range, never inside the present one: an agent who left does not come back in it. */
function nextRange(line: TimeLine, { from, duty }: Period): Instant | undefined {
  if (!duty.onDuty) return duty.nextOpening;
  const closing = line.closingAfter(from);
  return closing === undefined ? undefined : line.periodAt(closing).duty.nextOpening;
}
