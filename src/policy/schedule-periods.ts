/**
 * A shop's hours on the time line: is it open at a moment, since when closed, when open next. What was worked out holds
 * for a stretch of time (at most until midnight) and is kept with the hours object, so that the next message in the same
 * stretch costs a comparison.
 */
import type { Instant, Reason } from '../conversation.js';
import { reason } from '../reasons.js';
import { type CalendarDayInMinutes, calendarOf, type DutyHours } from './schedule-calendar.js';
import { type DayNumber, dateOf, dayAt, readingAt, wallClockOf } from './schedule-zone.js';

/** Whether agents answer at a moment. */
export interface Duty {
  readonly onDuty: boolean;
  /**
   * Off duty: the start of the present closed period, one value as long as it lasts, so that "one holding reply a closed
   * period" can be keyed on it. 0 where the shop was never open within the last 1000 days.
   */
  readonly closedSince?: Instant;
  /** Off duty: when a person answers next; undefined where nothing is known for the next 400 days. */
  readonly nextOpening?: Instant;
  /** A holiday arrangement that is not announced yet may change this. */
  readonly provisional: boolean;
  readonly because: Reason;
}

/** A `Duty` and the stretch [from, to) for which it holds. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
  readonly duty: Duty;
}

interface OpenRange {
  readonly from: Instant;
  readonly to: Instant;
}

interface DayPlan {
  readonly calendar: CalendarDayInMinutes;
  /** In order of their starts; may overlap. */
  readonly open: readonly OpenRange[];
}

const daysAhead = 400;
const daysBack = 1000;
const plansKept = 1500;
const periodsKept = 6;

/** The time line of one hours object in one zone. */
export class TimeLine {
  readonly #hours: DutyHours;
  readonly #timeZone: string;
  readonly #plans = new Map<DayNumber, DayPlan>();
  /** The stretches asked for last: now, and with the away switch its beginning and its end. */
  readonly #recent: Period[] = [];

  constructor(hours: DutyHours, timeZone: string) {
    this.#hours = hours;
    this.#timeZone = timeZone;
  }

  periodAt(at: Instant): Period {
    for (const period of this.#recent) if (at >= period.from && at < period.to) return period;
    const period = this.#findPeriod(at);
    this.#recent.unshift(period);
    if (this.#recent.length > periodsKept) this.#recent.pop();
    return period;
  }

  /** The calendar day whose hours decide at a moment: past midnight that of the day before, where its range goes on. */
  dayDeciding(at: Instant): { readonly day: DayNumber; readonly calendar: CalendarDayInMinutes } {
    const today = dayAt(this.#timeZone, at);
    for (let day = today - 1; day <= today + 1; day += 1) {
      const { calendar, open } = this.#plan(day);
      if (open.some((one) => one.from <= at && at < one.to)) return { day, calendar };
    }
    return { day: today, calendar: this.#plan(today).calendar };
  }

  /** The end of the open stretch that `at` lies in, ranges that meet or overlap taken as one; undefined: not within reach. */
  closingAfter(at: Instant): Instant | undefined {
    let end = at;
    const today = dayAt(this.#timeZone, at);
    for (let day = today - 1; day <= today + daysAhead; day += 1) {
      const before = end;
      for (const range of this.#plan(day).open) if (range.from <= end && range.to > end) end = range.to;
      // Nothing of yesterday, today or tomorrow carries on: a later day cannot either.
      if (end === before && day > dayAt(this.#timeZone, end)) return end;
    }
    return undefined;
  }

  /** Whether the arrangement of any day from `at` to `until` may still change. */
  isProvisional(at: Instant, until: Instant | undefined): boolean {
    if (this.#hours.holidays === undefined) return false;
    const last = dayAt(this.#timeZone, until ?? at);
    for (let day = dayAt(this.#timeZone, at); day <= last; day += 1) if (this.#plan(day).calendar.provisional) return true;
    return false;
  }

  /** `2026-10-08 09:00` on the shop's clock: the form in which a reason names a moment. */
  momentWords(at: Instant): string {
    const reading = readingAt(this.#timeZone, at);
    return `${dateOf(reading.day)} ${reading.clock}`;
  }

  #findPeriod(at: Instant): Period {
    if (!calendarOf(this.#hours).isEverOpen) return { from: -Infinity, to: Infinity, duty: neverOpen };
    const today = dayAt(this.#timeZone, at);
    for (let day = today - 1; day <= today + 1; day += 1) {
      const plan = this.#plan(day);
      const range = plan.open.find((one) => one.from <= at && at < one.to);
      if (range !== undefined) return { ...this.#ownPart(range, day, at), duty: onDuty(plan.calendar) };
    }
    return this.#closedPeriod(at, today);
  }

  /** Where the night of the day before runs into a day's range, that day decides: what is kept must not reach into it. */
  #ownPart(range: OpenRange, day: DayNumber, at: Instant): OpenRange {
    let { from, to } = range;
    for (const night of this.#plan(day - 1).open) {
      if (night.to <= at) from = Math.max(from, night.to);
      else to = Math.min(to, night.from);
    }
    return { from, to };
  }

  #closedPeriod(at: Instant, today: DayNumber): Period {
    const closedSince = this.#lastClosing(at, today);
    const nextOpening = this.#nextOpening(at, today);
    const midnight = wallClockOf(this.#timeZone, today);
    const calendar = this.#plan(today).calendar;
    const duty: Duty = {
      onDuty: false,
      closedSince,
      ...(nextOpening === undefined ? {} : { nextOpening }),
      provisional: this.isProvisional(at, nextOpening),
      because: this.#offDutyBecause(calendar, nextOpening),
    };
    // The reason names today's holiday, so it holds for today only.
    const from = Math.max(closedSince, midnight(0));
    const to = Math.min(nextOpening ?? Infinity, midnight(1440));
    // Where a clock goes back across midnight the same date comes twice: then it holds for this moment.
    return at >= from && at < to ? { from, to, duty } : { from: at, to: at + 1, duty };
  }

  #lastClosing(at: Instant, today: DayNumber): Instant {
    for (let day = today + 1; day >= today - daysBack; day -= 1) {
      const last = lastEnd(this.#plan(day).open, at);
      // A range past midnight of the day before may end later than a short one of this day.
      if (last !== undefined) return Math.max(last, lastEnd(this.#plan(day - 1).open, at) ?? 0);
    }
    return 0;
  }

  #nextOpening(at: Instant, today: DayNumber): Instant | undefined {
    for (let day = today; day <= today + daysAhead; day += 1) {
      const next = this.#plan(day).open.find((range) => range.from > at);
      if (next !== undefined) return next.from;
    }
    return undefined;
  }

  #offDutyBecause(calendar: CalendarDayInMinutes, nextOpening: Instant | undefined): Reason {
    if (nextOpening === undefined) return reason('off_duty_no_opening');
    const opening = this.momentWords(nextOpening);
    const { why, name = '', english = '', provisional } = calendar;
    if (why === 'holiday') {
      return reason(provisional ? 'off_duty_holiday_provisional' : 'off_duty_holiday', { name, english, opening });
    }
    if (why === 'exception' && name !== '') return reason('off_duty_exception', { name, opening });
    return reason('off_duty', { opening });
  }

  #plan(day: DayNumber): DayPlan {
    let plan = this.#plans.get(day);
    if (plan === undefined) {
      if (this.#plans.size >= plansKept) this.#plans.clear();
      plan = planOf(calendarOf(this.#hours).day(day), this.#timeZone, day);
      this.#plans.set(day, plan);
    }
    return plan;
  }
}

function lastEnd(open: readonly OpenRange[], at: Instant): Instant | undefined {
  const ends = open.filter((range) => range.to <= at).map((range) => range.to);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

const neverOpen: Duty = { onDuty: false, closedSince: 0, provisional: false, because: reason('off_duty_no_opening') };

function onDuty({ why, name = '', english = '', provisional }: CalendarDayInMinutes): Duty {
  const because = why === 'make_up' ? reason('on_duty_make_up', { name, english }) : reason('on_duty');
  return { onDuty: true, provisional, because };
}

function planOf(calendar: CalendarDayInMinutes, timeZone: string, day: DayNumber): DayPlan {
  if (calendar.minutes.length === 0) return { calendar, open: [] };
  const clock = wallClockOf(timeZone, day);
  const open = calendar.minutes
    .map(({ from, to }) => ({ from: clock(from), to: clock(to) }))
    // A range inside the hour that is skipped in spring is empty.
    .filter((range) => range.from < range.to)
    .sort((one, other) => one.from - other.from);
  return { calendar, open };
}
