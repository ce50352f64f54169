/** What is seen to be wrong without asking the service, told in the reader's language as soon as it is typed. */
import type { Fault } from '../shared/api.js';
import { type Content, valueAt } from './content.js';
import { dayKeys, partsOf, rangeFaults } from './week-form.js';

export interface HoursSayings {
  readonly badClock: string;
  readonly badEnd: string;
  readonly overlap: (mine: string, other: string) => string;
}

export function localFaults(draft: Content, say: HoursSayings): readonly Fault[] {
  const faults: Fault[] = [];
  const look = (path: string, ranges: unknown) => {
    if (!Array.isArray(ranges)) return;
    for (const fault of rangeFaults(ranges as string[])) {
      const problem =
        fault.kind === 'overlap'
          ? say.overlap(shown(ranges[fault.at] as string), shown(ranges[fault.with] as string))
          : fault.kind === 'start'
            ? say.badClock
            : say.badEnd;
      faults.push({ field: `${path}[${fault.at}]`, problem, mend: '' });
    }
  };
  for (const day of dayKeys) look(`hours.weekly.${day}`, valueAt(draft, ['hours', 'weekly', day]));
  look('hours.holidays.ranges', valueAt(draft, ['hours', 'holidays', 'ranges']));
  const exceptions = valueAt(draft, ['hours', 'exceptions']);
  if (Array.isArray(exceptions))
    for (const at of exceptions.keys()) look(`hours.exceptions[${at}].ranges`, valueAt(exceptions, [at, 'ranges']));
  return faults;
}

function shown(range: string): string {
  const { start, end } = partsOf(range);
  return `${start}–${end}`;
}
