/** The calendar told ahead: who is on duty at a moment, which rule says so, and when that changes in the days after it. */
import type { Instant } from '../conversation.js';
import { type Away, type DayWhy, type Duty, type DutyHours, dutyAt, timeLineOf } from './schedule.js';
import { dateOf, dayMs } from './schedule-zone.js';

/** What decides at a moment. */
export interface DecidingRule {
  /** The weekly hours, a dated exception, a statutory holiday, a make-up workday, or the away switch over all of them. */
  readonly by: DayWhy | 'away';
  /** The calendar day whose hours hold: past midnight the day before, where its range goes on. */
  readonly date: string;
  /** That day's hours. */
  readonly ranges: readonly string[];
  /** 国庆节, or the reason of an exception. */
  readonly name?: string;
  readonly provisional: boolean;
}

/** A moment at which agents come or go. */
export interface DutyChange {
  readonly at: Instant;
  readonly onDuty: boolean;
}

export interface DutyPreview {
  readonly at: Instant;
  readonly duty: Duty;
  readonly rule: DecidingRule;
  /** After `at`, in order; each the opposite of the one before. */
  readonly changes: readonly DutyChange[];
}

/**
 * What dutyAt() says at a moment, with the rule behind it and every change of the `days` after it. An open-ended absence has
 * no end that is known, so that it changes nothing.
 */
export function previewDuty(hours: DutyHours, timeZone: string, away: Away | undefined, at: Instant, days: number): DutyPreview {
  const duty = dutyAt(hours, timeZone, away, at);
  const { day, calendar } = timeLineOf(hours, timeZone).dayDeciding(at);
  const { ranges, why, name, provisional } = calendar;
  return {
    at,
    duty,
    rule: {
      by: isAwayAt(away, at) ? 'away' : why,
      date: dateOf(day),
      ranges,
      ...(name === undefined ? {} : { name }),
      provisional,
    },
    changes: changesBetween(hours, timeZone, away, at, at + days * dayMs),
  };
}

function isAwayAt(away: Away | undefined, at: Instant): boolean {
  return away !== undefined && away.since <= at && (away.until === undefined || away.until > at);
}

function changesBetween(
  hours: DutyHours,
  timeZone: string,
  away: Away | undefined,
  from: Instant,
  to: Instant,
): readonly DutyChange[] {
  const line = timeLineOf(hours, timeZone);
  const isOnAt = (at: Instant) => dutyAt(hours, timeZone, away, at).onDuty;
  /** The hours' own next change, or the moment at which the switch comes in, whichever is first. */
  const nextCandidate = (at: Instant): Instant | undefined => {
    // While the switch is on the hours change nothing.
    if (isAwayAt(away, at)) return away?.until;
    const { duty } = line.periodAt(at);
    const own = duty.onDuty ? line.closingAfter(at) : duty.nextOpening;
    const leaving = away !== undefined && away.since > at ? away.since : undefined;
    if (own === undefined || leaving === undefined) return own ?? leaving;
    return Math.min(own, leaving);
  };
  const changes: DutyChange[] = [];
  let isOn = isOnAt(from);
  let at: Instant | undefined = nextCandidate(from);
  while (at !== undefined && at <= to) {
    const after = isOnAt(at);
    if (after !== isOn) changes.push({ at, onDuty: after });
    isOn = after;
    at = nextCandidate(at);
  }
  return changes;
}
