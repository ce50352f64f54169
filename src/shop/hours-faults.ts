/**
 * Hours that say two things of the same moment: two ranges of a day, or a night that runs into the next day's first range.
 * They can be worked with (whoever is there in either is there), so that settings kept by an earlier version still hold; new
 * ones are refused, since one of the two is a slip. Where a dated exception or a holiday meets the week nothing is a slip: the
 * same night may well run into a day that happens to open early.
 */
import { codedFault } from '../fault-words.js';
import { dayMinutes, minutesOf } from './hours-range.js';
import type { ShopParameters } from './parameters.js';
import type { SettingsFault } from './settings-content.js';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** @param shop of faulty settings the part that can be read */
export function hoursFaults({ hours, desk }: Partial<Pick<ShopParameters, 'hours' | 'desk'>>): readonly SettingsFault[] {
  const rows: Row[] = days.flatMap((day) => {
    const ranges = hours?.weekly[day];
    return ranges === undefined ? [] : [{ name: day, path: `hours.weekly.${day}`, ranges }];
  });
  const week = rows.flatMap((row, at) => intoNext(row, rows[(at + 1) % rows.length]!));
  const exceptions = (hours?.exceptions ?? []).map(({ from, to = from, ranges }, at) => ({
    name: 'the day before',
    path: `hours.exceptions[${at}].ranges`,
    ranges,
    isOfSeveralDays: to > from,
  }));
  // These repeat day after day.
  const holidays = hours?.holidays;
  const repeated: Row[] = [
    ...(holidays === undefined ? [] : [{ name: 'the day before', path: 'hours.holidays.ranges', ranges: holidays.ranges }]),
    ...(desk === undefined ? [] : [{ name: 'the day before', path: 'desk.rule.hours', ranges: desk.rule.hours }]),
  ];
  const lasting = [...exceptions.filter(({ isOfSeveralDays }) => isOfSeveralDays), ...repeated];
  return [...[...rows, ...exceptions, ...repeated].flatMap(withinDay), ...week, ...lasting.flatMap((row) => intoNext(row, row))];
}

interface Row {
  /** As a fault of the next day names it. */
  readonly name: string;
  readonly path: string;
  readonly ranges: readonly string[];
}

function withinDay({ path, ranges }: Row): readonly SettingsFault[] {
  return ranges.flatMap((range, at) => {
    const other = ranges.slice(0, at).find((one) => overlap(minutesOf(one), minutesOf(range)));
    if (other === undefined) return [];
    return [{ path: `${path}[${at}]`, ...codedFault('ranges_overlap', { one: range, other }) }];
  });
}

function overlap([from, to]: readonly [number, number], [otherFrom, otherTo]: readonly [number, number]): boolean {
  return from < otherTo && otherFrom < to;
}

/** The nights of a row that are not over when a range of the next day begins. */
function intoNext(night: Row, next: Row): readonly SettingsFault[] {
  return next.ranges.flatMap((range, at) => {
    const [from] = minutesOf(range);
    const late = night.ranges.find((one) => minutesOf(one)[1] - dayMinutes > from);
    if (late === undefined) return [];
    const [, lateEnd] = minutesOf(late);
    const [begin, end] = [range.slice(0, 5), late.slice(6)];
    const [, to] = minutesOf(range);
    const until = begin === '00:00' ? '24:00' : begin;
    const values = { range, late, day: night.name, end, until, first: late.slice(0, 6) + until, second: end + range.slice(5) };
    const fault = codedFault('night_overlaps', values, to <= lateEnd - dayMinutes ? 'leave_range_out' : 'night_overlaps');
    return [{ path: `${next.path}[${at}]`, ...fault }];
  });
}
