/** Hours as they are typed and as the parameters write them (`18:00-02:00`), both ways, and what owners do wrong with them. */

export interface Range {
  readonly start: string;
  readonly end: string;
}

export const dayKeys = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type DayKey = (typeof dayKeys)[number];
export type Week = Readonly<Record<DayKey, readonly string[]>>;

const dayMinutes = 1440;

/** Whatever stands there: half a range is kept as it is typed. */
export function partsOf(range: string): Range {
  const at = range.indexOf('-');
  return at < 0 ? { start: range, end: '' } : { start: range.slice(0, at), end: range.slice(at + 1) };
}

export function rangeOf({ start, end }: Range): string {
  return `${start}-${end}`;
}

/** `9`, `9:30`, `930`, `９：３０`, `次日1:30`, `25:30` as a clock; what is none stays as it was typed. A `-` cannot be in it. */
export function tidyClock(typed: string): string {
  const bare = typed.replace(/[-－]/g, '').trim();
  const plain = bare.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/\s|次日|[+]1/g, '');
  const [, hour, minute = '00'] =
    /^(\d{1,2})(?:[:.点时](\d{2})分?|[点时])?$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain) ?? [];
  if (hour === undefined || Number(minute) > 59 || Number(hour) > 29) return bare;
  if (Number(hour) === 24 && minute === '00') return '24:00';
  return `${String(Number(hour) % 24).padStart(2, '0')}:${minute}`;
}

/** Since midnight; undefined: no clock. */
export function minutesOf(clock: string): number | undefined {
  if (clock === '24:00') return dayMinutes;
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? [];
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
}

/** From and to in minutes since the midnight of its day; beyond 1440: the next day. Undefined: no range. */
export function spanOf(range: string): readonly [from: number, to: number] | undefined {
  const { start, end } = partsOf(range);
  const from = minutesOf(start);
  const to = minutesOf(end);
  if (from === undefined || to === undefined || from === dayMinutes) return undefined;
  return [from, to <= from ? to + dayMinutes : to];
}

export function isOvernight(range: string): boolean {
  const span = spanOf(range);
  return span !== undefined && span[1] > dayMinutes;
}

/** From so many minutes on a night is more likely one whose ends stand the wrong way round. */
const longNightMinutes = 16 * 60;

/** The minutes of a range over midnight that is longer than anybody's night; undefined: it is not. */
export function longNight(range: string): number | undefined {
  const span = spanOf(range);
  if (span === undefined || span[1] <= dayMinutes) return undefined;
  const minutes = span[1] - span[0];
  return minutes >= longNightMinutes && minutes < dayMinutes ? minutes : undefined;
}

/** What is wrong within the hours of one day. */
export type RangeFault =
  | { readonly at: number; readonly kind: 'start' | 'end' }
  | { readonly at: number; readonly kind: 'overlap'; readonly with: number };

export function rangeFaults(ranges: readonly string[]): readonly RangeFault[] {
  return ranges.flatMap((range, at): RangeFault[] => {
    const { start, end } = partsOf(range);
    const from = minutesOf(start);
    if (from === undefined || from === dayMinutes) return [{ at, kind: 'start' }];
    if (minutesOf(end) === undefined) return [{ at, kind: 'end' }];
    const span = spanOf(range)!;
    const other = ranges.findIndex((one, before) => {
      const its = before < at ? spanOf(one) : undefined;
      return its !== undefined && its[0] < span[1] && span[0] < its[1];
    });
    return other < 0 ? [] : [{ at, kind: 'overlap', with: other }];
  });
}

/** Minutes of a week in which somebody is there, each counted once. */
export function minutesAWeek(week: Week): number {
  const week7 = 7 * dayMinutes;
  const there = new Uint8Array(week7);
  for (const [day, key] of dayKeys.entries())
    for (const range of week[key]) {
      const span = spanOf(range);
      if (span === undefined) continue;
      for (let minute = span[0]; minute < span[1]; minute++) there[(day * dayMinutes + minute) % week7] = 1;
    }
  return there.reduce((sum, one) => sum + one, 0);
}

/** On an axis from 6 to 6 of the next morning: left and width of the bars of a range, in percent. */
export function barsOf(range: string): readonly { readonly left: number; readonly width: number }[] {
  const span = spanOf(range);
  if (span === undefined) return [];
  const axis = 360;
  // What is before six belongs to the end of the axis.
  return [0, dayMinutes].flatMap((shift) => {
    const left = Math.max(span[0] + shift, axis);
    const right = Math.min(span[1] + shift, axis + dayMinutes);
    return right <= left ? [] : [{ left: ((left - axis) / dayMinutes) * 100, width: ((right - left) / dayMinutes) * 100 }];
  });
}

/** `09:00-12:00, 13:30-23:00` as `9–23`: what a cell of a calendar has room for. */
export function inShort(ranges: readonly string[]): string {
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first === undefined || last === undefined) return '';
  const short = (clock: string) => clock.replace(/:00$/, '');
  return `${short(partsOf(first).start)}–${short(partsOf(last).end)}`;
}

/** A further range that does not touch the others: after the last one, or a morning. */
export function nextRange(ranges: readonly string[]): string {
  const end = Math.max(0, ...ranges.map((range) => spanOf(range)?.[1] ?? 0));
  if (end === 0) return '09:00-18:00';
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return end + 120 <= dayMinutes ? `${clock(end + 60)}-${clock(Math.min(end + 180, dayMinutes - 1))}` : '-';
}
