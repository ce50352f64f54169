/** Dates with hours of their own: a list, each opened to be changed. */
import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../shared/icon.js';
import { dayPlus } from '../shared/wall-time.js';
import { language, words } from '../shared/words.js';
import { touches, valueAt } from './content.js';
import { DateField, FaultLine, faultAt, TextField } from './fields.js';
import { Ranges } from './ranges.js';
import { useSettings } from './settings-context.js';
import { isOvernight, partsOf } from './week-form.js';

interface OwnDate {
  readonly from: string;
  readonly to?: string;
  readonly ranges: readonly string[];
  readonly reason?: string;
}

const path = ['hours', 'exceptions'] as const;

export function ownDates(draft: unknown): readonly OwnDate[] {
  const value = valueAt(draft, path);
  return Array.isArray(value) ? (value as OwnDate[]) : [];
}

/** 10月1日 周四 */
export function dateWords(date: string, lang: 'zh' | 'en'): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return date;
  return new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    month: lang === 'zh' ? 'long' : 'short',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'UTC',
  })
    .format(at)
    .replace('日周', '日 周');
}

/** @param day that a new entry begins with */
export function DatesCard({ opened, day }: { readonly opened: Signal<number | undefined>; readonly day: string | undefined }) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const dates = ownDates(state.draft.value);
  const lang = language.value;
  const wanted = useRef<string | undefined>(undefined);
  const add = () => {
    state.set(path, [...dates, { from: freeDay(day, dates), ranges: ['10:00-18:00'] }]);
    opened.value = dates.length;
    wanted.current = `hours.exceptions[${dates.length}].from`;
  };
  // Who added a day goes on with its date.
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    document.querySelector<HTMLElement>(`[data-path="${wanted.current}"]`)?.focus();
    wanted.current = undefined;
  });
  return (
    <section class="card" aria-label={w.hours.exceptions}>
      <div class="card-head">
        <h2>{w.hours.exceptions}</h2>
        <span class="xs muted">{w.hours.exceptionsMore}</span>
        {!isReadOnly && (
          <button type="button" class="btn btn-sm end" onClick={add}>
            <Icon name="plus" />
            {w.hours.addDay}
          </button>
        )}
      </div>
      {dates.length === 0 && <p class="card-body sm muted">{w.hours.noExceptions}</p>}
      <ul class="dates">
        {dates.map((one, at) => {
          const mine = [...path, at];
          const isOpen = opened.value === at;
          const isNew =
            state.changed.value.some((changed) => touches(changed, path)) && !hasSame(ownDates(state.base.value), one);
          const name = dateWords(one.from, lang);
          const fault = faultAt(state.faults.value, mine);
          return (
            <li key={at} class={isOpen ? 'date is-open' : 'date'}>
              <div class="date-head">
                <b>
                  {name}
                  {one.to !== undefined && one.to !== one.from && ` – ${dateWords(one.to, lang)}`}
                </b>
                <span>
                  <span class="chip chip-line">{one.ranges.length === 0 ? w.hours.marks.holiday : w.hours.marks.exception}</span>{' '}
                  <span lang="zh-CN">{one.reason}</span>
                </span>
                <span class="soft">
                  {one.ranges.length === 0
                    ? w.hours.dayOff
                    : one.ranges.map((range) => rangeWords(range, w.hours.nextDay)).join(' ')}{' '}
                  {isNew && <span class="chip chip-warn">{w.unsavedTag}</span>}
                </span>
                {!isReadOnly && (
                  <button
                    type="button"
                    class="btn btn-quiet btn-sm"
                    aria-expanded={isOpen}
                    aria-label={`${isOpen ? w.done : w.edit} ${name}`}
                    onClick={() => {
                      opened.value = isOpen ? undefined : at;
                    }}
                  >
                    {isOpen ? w.done : w.edit}
                  </button>
                )}
              </div>
              {!isOpen && <FaultLine fault={fault} />}
              {isOpen && (
                <div class="date-form" data-path={`hours.exceptions[${at}]`}>
                  <div class="bound-row">
                    <DateField path={[...mine, 'from']} />
                    <DateField path={[...mine, 'to']} />
                    <TextField path={[...mine, 'reason']} />
                  </div>
                  <Ranges path={[...mine, 'ranges']} name={name} />
                  {fault?.field === `hours.exceptions[${at}]` && <FaultLine fault={fault} />}
                  <button
                    type="button"
                    class="btn btn-sm"
                    onClick={() => {
                      opened.value = undefined;
                      state.set(
                        path,
                        dates.filter((_, other) => other !== at),
                      );
                    }}
                  >
                    {w.remove}
                  </button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The first day from `day` on that has no hours of its own yet. */
function freeDay(day: string | undefined, dates: readonly OwnDate[]): string {
  let free = day ?? '';
  while (free !== '' && dates.some(({ from, to = from }) => from <= free && free <= to)) free = dayPlus(free, 1);
  return free;
}

function hasSame(dates: readonly OwnDate[], one: OwnDate): boolean {
  return dates.some((other) => JSON.stringify(other) === JSON.stringify(one));
}

export function rangeWords(range: string, nextDay: string): string {
  const { start, end } = partsOf(range);
  return `${start}–${isOvernight(range) ? nextDay : ''}${end}`;
}
