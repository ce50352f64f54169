/** What the owner should know of the calendar before it comes true: holidays that nobody has announced here yet. */
import type { Instant } from '../conversation.js';
import type { Fault } from '../errors.js';
import { calendarDay } from '../policy/schedule.js';
import type { Shop } from './shop.js';

/** Announcements come in November for the year to come, and an owner needs time to act on the warning. */
const daysAhead = 45;
const dayMs = 86_400_000;

/** A warning for each shop one of whose coming days is provisional: the arrangement of its year is not known. */
export function calendarFaults(shops: ReadonlyMap<string, Shop>, now: Instant): readonly Fault[] {
  const faults: Fault[] = [];
  for (const [id, shop] of shops) {
    const { hours } = shop.parameters;
    if (hours.holidays === undefined) continue;
    const dates = Array.from({ length: daysAhead }, (_, ahead) => shop.today(now + ahead * dayMs));
    const date = dates.find((one) => calendarDay(hours, one).provisional);
    if (date === undefined) continue;
    // The end of December is moved by the year after it.
    const year = Number(date.slice(0, 4)) + (date.slice(5, 7) === '12' ? 1 : 0);
    faults.push({
      file: `config/shops/${id}.yaml`,
      path: 'hours.holidays',
      problem: `the holidays of ${year} are not known to this version, so that from ${date} on statutory days are taken provisionally`,
      mend: `When they are announced, write them as hours.exceptions and add ${year} to hours.holidays.settled, or update Zaima.`,
      severity: 'warning',
    });
  }
  return faults;
}
