/** Moments that people set by a span. */
const minuteMs = 60_000;

/** The moment so many minutes ahead, on the full minute: buyers, agents and owners then read the same time of it. */
export function minutesAhead(nowMs: number, minutes: number): string {
  return new Date(Math.ceil((nowMs + minutes * minuteMs) / minuteMs) * minuteMs).toISOString();
}
