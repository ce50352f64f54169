/**
 * Statutory holidays of the Chinese mainland with make-up workdays 调休. The State Council announces a year's arrangement
 * in the November before; `chinese-days` carries the announced years and calls every holiday of a later year an ordinary
 * workday. So the years it knows are found by looking into its data, and for the others the statutory days alone are
 * taken (放假办法, decree 795 of 2024: 13 days) and marked provisional, as is every day near them that an announcement
 * usually moves.
 */
import chineseDays from 'chinese-days';
import { type DayNumber, dateOf, dayMs, dayNumber } from './schedule-zone.js';

export interface MainlandDay {
  /** `make_up`: a Saturday or Sunday that is worked. */
  readonly kind: 'holiday' | 'make_up' | 'ordinary';
  /** 国庆节; absent on ordinary days. */
  readonly name?: string;
  readonly english?: string;
  /** The year's arrangement is not announced (or not known here) and may make this day another. */
  readonly provisional: boolean;
}

const ordinary: MainlandDay = { kind: 'ordinary', provisional: false };
const unsettled: MainlandDay = { kind: 'ordinary', provisional: true };

/**
 * How far announcements of 2004 to 2026 reached from the statutory days: bridge days lay from 2 before to 6 after them,
 * make-up weekends from 11 before to 9 after. One day more each.
 */
const bridgeReach = { before: 3, after: 7 };
const makeUpReach = { before: 12, after: 10 };
/** So many days of December may be moved by the next year's arrangement. */
export const newYearReach = makeUpReach.before;

/** What kind of day it is on the mainland. */
export function mainlandDay(day: DayNumber): MainlandDay {
  const year = new Date(day * dayMs).getUTCFullYear();
  return yearOf(year).get(day) ?? ordinary;
}

/** Whether the year's announced arrangement is in the data: its 1 October then has a holiday's name, not a weekday's. */
export function isAnnouncedYear(year: number): boolean {
  return announcedName(`${year}-10-01`) !== undefined;
}

/** Holidays are named `National Day,国庆节,3` in the data; other days carry a weekday's name without a comma. */
function announcedName(date: string): { english: string; name: string } | undefined {
  const [english = '', name] = chineseDays.getDayDetail(date).name.split(',');
  return name === undefined ? undefined : { english, name };
}

const years = new Map<number, ReadonlyMap<DayNumber, MainlandDay>>();

function yearOf(year: number): ReadonlyMap<DayNumber, MainlandDay> {
  let days = years.get(year);
  if (days === undefined) {
    // Only previews and simulations see more than three years; they may not fill the memory.
    if (years.size > 50) years.clear();
    days = isAnnouncedYear(year) ? announcedDays(year) : statutoryYear(year);
    years.set(year, days);
  }
  return days;
}

function announcedDays(year: number): ReadonlyMap<DayNumber, MainlandDay> {
  const days = new Map<DayNumber, MainlandDay>();
  const last = dayNumber(`${year}-12-31`);
  // The last days of December belong to the next New Year: its announcement moves them.
  if (!isAnnouncedYear(year + 1)) markReach(days, last + 1, year);
  for (let day = dayNumber(`${year}-01-01`); day <= last; day += 1) {
    const named = announcedName(dateOf(day));
    if (named === undefined) continue;
    days.set(day, { kind: chineseDays.isWorkday(dateOf(day)) ? 'make_up' : 'holiday', ...named, provisional: false });
  }
  return days;
}

function statutoryYear(year: number): ReadonlyMap<DayNumber, MainlandDay> {
  const days = new Map<DayNumber, MainlandDay>();
  const holidays = statutoryDays(year);
  for (const holiday of holidays) markReach(days, holiday.day, year);
  markReach(days, dayNumber(`${year + 1}-01-01`), year);
  for (const { day, name, english } of holidays) {
    // 中秋 may fall into 国庆: the day keeps the name under which it comes first.
    if (days.get(day)?.kind !== 'holiday') days.set(day, { kind: 'holiday', name, english, provisional: true });
  }
  return days;
}

/** Marks the days around a statutory day, within its year, that an announcement may still move. */
function markReach(days: Map<DayNumber, MainlandDay>, holiday: DayNumber, year: number): void {
  for (let day = holiday - makeUpReach.before; day <= holiday + makeUpReach.after; day += 1) {
    if (new Date(day * dayMs).getUTCFullYear() !== year) continue;
    const isWeekend = (day + 3) % 7 >= 5;
    if (isWeekend || (day >= holiday - bridgeReach.before && day <= holiday + bridgeReach.after)) days.set(day, unsettled);
  }
}

interface StatutoryDay {
  readonly day: DayNumber;
  readonly name: string;
  readonly english: string;
}

function statutoryDays(year: number): readonly StatutoryDay[] {
  const from = (date: string, name: string, english: string, count: number): StatutoryDay[] =>
    Array.from({ length: count }, (_, index) => ({ day: dayNumber(date) + index, name, english }));
  return [
    ...from(`${year}-01-01`, '元旦', "New Year's Day", 1),
    ...from(`${year}-05-01`, '劳动节', 'Labour Day', 2),
    ...from(`${year}-10-01`, '国庆节', 'National Day', 3),
    ...moonDays(year),
  ];
}

/** Lunar and solar-term holidays; the tables of `chinese-days` hold for 1901 to 2100, further years have the fixed days only. */
function moonDays(year: number): readonly StatutoryDay[] {
  if (year < 1901 || year > 2100) return [];
  const lunar = (date: string) => dayNumber(chineseDays.getSolarDateFromLunar(`${year}-${date}`).date);
  const newYear = lunar('01-01');
  const spring = [-1, 0, 1, 2].map((shift) => ({ day: newYear + shift, name: '春节', english: 'Spring Festival' }));
  return [
    ...spring,
    { day: dayNumber(chineseDays.getSolarTermDate(year, 4, 'pure_brightness')), name: '清明', english: 'Tomb-sweeping Day' },
    { day: lunar('05-05'), name: '端午', english: 'Dragon Boat Festival' },
    { day: lunar('08-15'), name: '中秋', english: 'Mid-autumn Festival' },
  ];
}
