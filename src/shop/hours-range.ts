/** A range of hours as a shop writes it. */
import { z } from 'zod';

/** `09:00-12:00`; an end not after the start runs past midnight (18:00-02:00); `00:00-24:00` is the whole day. */
export const hoursRange = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a range as HH:MM-HH:MM, e.g. 09:00-12:00');

/** Several of one day. Whether they overlap is no matter of their form: hours-faults.ts. */
export const hoursRanges = z.array(hoursRange).max(8);

export const dayMinutes = 1440;

/** From midnight on; one past midnight ends on the next day, beyond 1440. */
export function minutesOf(range: string): readonly [from: number, to: number] {
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = (range.match(/\d+/g) ?? []).map(Number);
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  return [from, to > from ? to : to + dayMinutes];
}
