/**
 * From a shop's hours to what holds on one calendar day: a dated exception wins over a statutory holiday, that over the
 * week. Hours are read once and kept by their object: parameters are frozen values.
 */
import { type MainlandDay, mainlandDay, newYearReach } from './holidays.js';
import { type DayNumber, dateOf, dayNumber } from './schedule-zone.js';

type WeekdayName = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** The hours of a shop as its parameters give them (src/shop/parameters.ts `Hours` fits in). Ranges are `09:00-12:00`. */
export interface DutyHours {
  readonly weekly: Readonly<Record<WeekdayName, readonly string[]>>;
  /** `to` is inclusive. Where several hold, the shortest wins: one day inside a closed week may be open. */
  readonly exceptions?:
    | readonly {
        readonly from: string;
        readonly to?: string | undefined;
        readonly ranges: readonly string[];
        readonly reason?: string | undefined;
      }[]
    | undefined;
  readonly holidays?:
    | {
        readonly calendar: 'mainland';
        readonly ranges: readonly string[];
        /** Years whose arrangement the owner has written down as exceptions: nothing of them is provisional any more. */
        readonly settled?: readonly number[] | undefined;
      }
    | undefined;
}

/** Minutes since the day's midnight; `to` above 1440 runs into the next day. */
export interface MinuteRange {
  readonly from: number;
  readonly to: number;
}

/** Why a day has the hours it has. */
export type DayWhy = 'week' | 'exception' | 'holiday' | 'make_up';

export interface CalendarDay {
  /** As the owner wrote them. */
  readonly ranges: readonly string[];
  readonly why: DayWhy;
  /** 国庆节, or the reason of an exception. */
  readonly name?: string;
  /** The holidays of that year are not announced: the day may turn out another. */
  readonly provisional: boolean;
}

/** A calendar day with its ranges as minutes and, for holidays, the English name. */
export interface CalendarDayInMinutes extends CalendarDay {
  readonly minutes: readonly MinuteRange[];
  readonly english?: string;
}

/** The hours that hold on `date` (`YYYY-MM-DD`), with the reason; for previews. */
export function calendarDay(hours: DutyHours, date: string): CalendarDay {
  const { ranges, why, name, provisional } = calendarOf(hours).day(dayNumber(date));
  return name === undefined ? { ranges, why, provisional } : { ranges, why, name, provisional };
}

export interface Calendar {
  /** False where no day can ever have hours. */
  readonly isEverOpen: boolean;
  day(day: DayNumber): CalendarDayInMinutes;
}

const calendars = new WeakMap<DutyHours, Calendar>();

export function calendarOf(hours: DutyHours): Calendar {
  let calendar = calendars.get(hours);
  if (calendar === undefined) {
    calendar = readHours(hours);
    calendars.set(hours, calendar);
  }
  return calendar;
}

interface Row {
  readonly ranges: readonly string[];
  readonly minutes: readonly MinuteRange[];
}

function readHours(hours: DutyHours): Calendar {
  const { mon, tue, wed, thu, fri, sat, sun } = hours.weekly;
  const week = [mon, tue, wed, thu, fri, sat, sun].map(readRow);
  const monday = week[0] as Row;
  const holiday = hours.holidays === undefined ? undefined : readRow(hours.holidays.ranges);
  const isSettled = settledBy(hours.holidays?.settled ?? []);
  const exceptions = (hours.exceptions ?? []).map((exception) => {
    const from = dayNumber(exception.from);
    const to = exception.to === undefined ? from : dayNumber(exception.to);
    return { from, to, row: readRow(exception.ranges), reason: exception.reason };
  });
  exceptions.sort((one, other) => one.to - one.from - (other.to - other.from));

  const day = (at: DayNumber): CalendarDayInMinutes => {
    for (const { from, to, row, reason } of exceptions) {
      if (at < from || at > to) continue;
      return { ...row, why: 'exception', ...(reason === undefined ? {} : { name: reason }), provisional: false };
    }
    // Day 0, 1970-01-01, was a Thursday; Monday counts 0.
    const ofWeek = week[(((at + 3) % 7) + 7) % 7] as Row;
    if (holiday === undefined) return { ...ofWeek, why: 'week', provisional: false };
    const known = mainlandDay(at);
    const mainland = known.provisional && isSettled(at) ? { ...known, provisional: false } : known;
    if (mainland.kind === 'holiday') return { ...holiday, why: 'holiday', ...namesOf(mainland) };
    if (mainland.kind === 'make_up') return { ...monday, why: 'make_up', ...namesOf(mainland) };
    return { ...ofWeek, why: 'week', provisional: mainland.provisional };
  };

  const rows = [...week, ...exceptions.map((exception) => exception.row), ...(holiday === undefined ? [] : [holiday])];
  return { isEverOpen: rows.some((row) => row.minutes.length > 0), day };
}

/** The last days of December belong to the New Year after them (holidays.ts). */
function settledBy(years: readonly number[]): (day: DayNumber) => boolean {
  const yearOf = (day: DayNumber) => Number(dateOf(day).slice(0, 4));
  return (day) => years.includes(yearOf(day + newYearReach));
}

function namesOf({ name, english, provisional }: MainlandDay) {
  return { ...(name === undefined ? {} : { name }), ...(english === undefined ? {} : { english }), provisional };
}

function readRow(ranges: readonly string[]): Row {
  return { ranges, minutes: ranges.map(readRange) };
}

/** `18:00-02:00` → 1080 to 1560. The schema of the parameters has checked the form; anything else is a bug. */
function readRange(range: string): MinuteRange {
  const found = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(range);
  if (found === null) throw new Error(`not a range of hours: ${range}`);
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = found.slice(1).map(Number);
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  return { from, to: to > from ? to : to + 1440 };
}
