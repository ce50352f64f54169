/** Moments as the clock on the shop's wall shows them, wherever the browser stands. */

/** `2026-10-01T23:10` on the wall of the zone. */
export function wallOf(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The moment of a wall clock; of the hour that a change of the clocks leaves out, one beside it. NaN: it is none. */
export function instantOf(wall: string, timeZone: string): number {
  // Date.parse makes something of almost anything.
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(wall)) return Number.NaN;
  const asUtc = Date.parse(`${wall.slice(0, 16)}:00Z`);
  let instant = asUtc;
  // The offset of the guess may be that of the other side of a change.
  for (let round = 0; round < 2; round++)
    instant = asUtc - (Date.parse(`${wallOf(instant, timeZone)}:00Z`) - Math.floor(instant / 60_000) * 60_000);
  return instant;
}

/** The day after, before: `2026-10-01` and a number of days. */
export function dayPlus(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `2026-10` and a number of months. */
export function monthPlus(month: string, months: number): string {
  const [year = 0, at = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, at - 1 + months, 1)).toISOString().slice(0, 7);
}

/** 0 is Monday. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}
