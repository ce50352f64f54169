/** A range of hours as a shop writes it. */
import { z } from 'zod';

/** `09:00-12:00`; an end not after the start runs past midnight (18:00-02:00); `00:00-24:00` is the whole day. */
export const hoursRange = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a range as HH:MM-HH:MM, e.g. 09:00-12:00');

/** Several of one day. Two that overlap say two things of the same hour. */
export const hoursRanges = z
  .array(hoursRange)
  .max(8)
  .superRefine((ranges, context) => {
    for (const [at, range] of ranges.entries()) {
      const other = ranges.slice(0, at).find((one) => overlap(one, range));
      if (other === undefined) continue;
      context.addIssue({
        code: 'custom',
        path: [at],
        message: 'write one range from the earlier start to the later end, or let one end where the next begins',
        params: { problem: `${range} overlaps ${other}`, code: 'ranges_overlap', values: { one: range, other } },
      });
    }
  });

function overlap(one: string, other: string): boolean {
  const [from, to] = minutesOf(one);
  const [otherFrom, otherTo] = minutesOf(other);
  return from < otherTo && otherFrom < to;
}

/** From midnight on; one past midnight ends on the next day. */
function minutesOf(range: string): readonly [from: number, to: number] {
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = (range.match(/\d+/g) ?? []).map(Number);
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  return [from, to > from ? to : to + 1440];
}
