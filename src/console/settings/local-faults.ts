/** What is seen to be wrong without asking the service, told in the reader's language as soon as it is typed. */
import type { Fault } from '../shared/api.js';
import { type Content, isRecord, isSame, valueAt } from './content.js';
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

/** Rows that nobody filled in, beside others: each would be sold as the only variant. What is kept as it stands is no matter of now. */
export function emptyVariants(draft: Content, base: Content, problem: string): readonly Fault[] {
  const products = valueAt(draft, ['products']);
  const known = valueAt(base, ['products']);
  if (!Array.isArray(products)) return [];
  return products.flatMap((product: unknown, at) => {
    const variants = valueAt(product, ['variants']);
    if (!Array.isArray(variants) || variants.length < 2) return [];
    if (Array.isArray(known) && known.some((one) => isSame(valueAt(one, ['variants']), variants))) return [];
    return variants.flatMap((one: unknown, row) => {
      const isNamed = isRecord(one) && [one.colour, one.size, one.sku].some((name) => String(name ?? '').trim() !== '');
      return isNamed ? [] : [{ field: `products[${at}].variants[${row}]`, problem, mend: '' }];
    });
  });
}

function shown(range: string): string {
  const { start, end } = partsOf(range);
  return `${start}–${end}`;
}
