/** A month of the shop as the settings that are typed would have it: 休 holidays, 班 make-up days, 改 dates of its own. */
import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, at, call } from '../shared/api.js';
import { Icon } from '../shared/icon.js';
import { dayPlus, monthPlus, weekdayOf } from '../shared/wall-time.js';
import type { Calendar } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { dateWords, ownDates, rangeWords } from './dates-card.js';
import { useSettings } from './settings-context.js';
import { dayKeys, inShort } from './week-form.js';

/**
 * @param today is told to the page: by the clock of the service, in the zone of the shop
 * @param opened entry of the dates that is opened
 */
export function MonthCard({
  chosen,
  today,
  opened,
}: {
  readonly chosen: Signal<string | undefined>;
  readonly today: Signal<string | undefined>;
  readonly opened: Signal<number | undefined>;
}) {
  const { state, isReadOnly } = useSettings();
  const month = useSignal<string | undefined>(undefined);
  const told = useSignal<Calendar | undefined>(undefined);
  const grid = useRef<HTMLFieldSetElement>(null);
  /** The day of another month to which keys lead: it has the focus once that month is there. */
  const going = useRef<string | undefined>(undefined);
  const w = words.value.settings;

  useSignalEffect(() => {
    const wanted = month.value;
    const patch = state.patch.value;
    const isFirst = told.peek() === undefined || told.peek()?.month !== wanted;
    const abort = new AbortController();
    const timer = setTimeout(
      async () => {
        const url = at`/v1/shops/${state.shop}/calendar`;
        try {
          const { signal } = abort;
          const saved = (of?: string) => call<Calendar>('GET', of === undefined ? url : `${url}?month=${of}`, { signal });
          // Somebody may type before the first month has come: only the service knows which one it is.
          const { data } =
            patch === undefined
              ? await saved(wanted)
              : await call<Calendar>('POST', url, {
                  body: { month: wanted ?? told.peek()?.month ?? (await saved()).data.month, settings: patch },
                  signal,
                });
          told.value = data;
          today.value = data.today;
        } catch (error) {
          // While something is wrong the month stays as it was; what is wrong stands beside its field.
          if (!abort.signal.aborted && !(error instanceof ApiError)) throw error;
        }
      },
      isFirst ? 0 : 400,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });

  const shown = told.value;
  useEffect(() => {
    const date = going.current;
    if (date === undefined || shown?.month !== date.slice(0, 7)) return;
    going.current = undefined;
    grid.current?.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus();
  }, [shown?.month]);
  if (shown === undefined) return <section class="card cal-card" aria-busy="true" aria-label={w.hours.calendar} />;
  const lead = weekdayOf(shown.days[0]!.date);
  const title = new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(Date.parse(`${shown.month}-01T00:00:00Z`));
  const inMonth = (date: string | undefined) => (date?.startsWith(shown.month) ? date : undefined);
  const tabbed = inMonth(chosen.value) ?? inMonth(shown.today) ?? shown.days[0]!.date;
  const day = shown.days.find(({ date }) => date === chosen.value);

  const step = (by: number) => {
    month.value = monthPlus(shown.month, by);
  };
  function onKey(event: KeyboardEvent): void {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const date = (event.target as HTMLElement).dataset.date;
    if (move === undefined || date === undefined) return;
    event.preventDefault();
    const next = dayPlus(date, move);
    if (inMonth(next) === undefined) {
      going.current = next;
      chosen.value = next;
      step(Math.sign(move));
      return;
    }
    chosen.value = next;
    grid.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus();
  }
  function single(date: string): void {
    const dates = ownDates(state.draft.peek());
    const there = dates.findIndex(({ from, to }) => from <= date && date <= (to ?? from));
    if (there >= 0) opened.value = there;
    else {
      state.set(['hours', 'exceptions'], [...dates, { from: date, ranges: day?.ranges ?? [] }]);
      opened.value = dates.length;
    }
    requestAnimationFrame(() => document.querySelector('.date-form')?.scrollIntoView({ block: 'center' }));
  }

  return (
    <section class="card cal-card" aria-label={w.hours.calendar}>
      <div class="card-head">
        <button type="button" class="btn btn-quiet btn-sm" aria-label={w.hours.previous} onClick={() => step(-1)}>
          <Icon name="back" />
        </button>
        <h2 aria-live="polite">{title}</h2>
        <button type="button" class="btn btn-quiet btn-sm is-mirrored" aria-label={w.hours.next} onClick={() => step(1)}>
          <Icon name="back" />
        </button>
        <span class="legend end">
          {(['holiday', 'make_up', 'exception'] as const).map((by) => (
            <span key={by}>
              <b class={`cal-b cal-${by}`}>{w.hours.marks[by]}</b>
              {w.hours.legend[by]}
            </span>
          ))}
        </span>
      </div>
      <fieldset class="cal" ref={grid} aria-label={title} onKeyDown={onKey}>
        {dayKeys.map((key) => (
          <span class="cal-h" key={key} aria-hidden="true">
            {w.dayInitials[key]}
          </span>
        ))}
        {Array.from({ length: lead }, (_, gap) => (
          <span class="cal-gap" key={`gap ${gap}`} />
        ))}
        {shown.days.map(({ date, ranges, by, name }) => (
          <button
            type="button"
            key={date}
            data-date={date}
            class={`cal-d by-${by}${ranges.length === 0 ? ' is-closed' : ''}`}
            aria-pressed={chosen.value === date}
            tabIndex={date === tabbed ? 0 : -1}
            onClick={() => {
              chosen.value = date;
            }}
          >
            <span class="sr">{`${dateWords(date, language.value)}${date === shown.today ? ` ${w.hours.today}` : ''} ${name ?? ''} ${
              ranges.length === 0 ? w.hours.closed : ranges.map((range) => rangeWords(range, w.hours.nextDay)).join(' ')
            }`}</span>
            <span aria-hidden="true">
              {Number(date.slice(8))}
              {date === shown.today && <small>{w.hours.todayShort}</small>}
            </span>
            {by !== 'week' && (
              <b class={`cal-b cal-${by}`} aria-hidden="true">
                {w.hours.marks[by]}
              </b>
            )}
            <i aria-hidden="true">{ranges.length === 0 ? w.hours.closed : inShort(ranges)}</i>
          </button>
        ))}
        {Array.from({ length: (7 - ((lead + shown.days.length) % 7)) % 7 }, (_, gap) => (
          <span class="cal-gap" key={`end ${gap}`} />
        ))}
      </fieldset>
      {day !== undefined && (
        <p class="card-foot sm cal-day">
          <b>{dateWords(day.date, language.value)}</b>
          <span class="grow">
            {day.by === 'week' ? w.hours.week : `${w.hours.legend[day.by]} ${day.name ?? ''}`}
            {' · '}
            {day.ranges.length === 0 ? w.hours.closed : day.ranges.map((range) => rangeWords(range, w.hours.nextDay)).join(' ')}
          </span>
          {!isReadOnly && (
            <button type="button" class="btn btn-sm" onClick={() => single(day.date)}>
              {w.hours.thisDay(dateWords(day.date, language.value))}
            </button>
          )}
        </p>
      )}
      {shown.days.some(({ provisional }) => provisional) ? (
        <p class="card-foot xs soft">
          <Icon name="warn" /> {w.hours.provisional}
        </p>
      ) : (
        shown.announcedThrough !== undefined && <p class="card-foot xs soft">{w.hours.announced(shown.announcedThrough)}</p>
      )}
    </section>
  );
}
