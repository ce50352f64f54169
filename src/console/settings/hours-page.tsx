/** When agents answer: the week, dates, holidays, busy times, the away switch; beside it the month and what would be said. */
import { useSignal } from '@preact/signals';
import { Icon } from '../shared/icon.js';
import { words } from '../shared/words.js';
import { AwayCard } from './away-card.js';
import { valueAt } from './content.js';
import { DatesCard } from './dates-card.js';
import { ChoiceField, FaultLine, faultAt, NumberField } from './fields.js';
import { HoursPreview } from './hours-preview.js';
import { MonthCard } from './month-card.js';
import { Ranges } from './ranges.js';
import { useSettings } from './settings-context.js';
import { barsOf, dayKeys, minutesAWeek, rangeFaults, type Week } from './week-form.js';

const workdays = ['tue', 'wed', 'thu', 'fri'] as const;

export function HoursPage() {
  const { isReadOnly } = useSettings();
  const chosen = useSignal<string | undefined>(undefined);
  const today = useSignal<string | undefined>(undefined);
  const opened = useSignal<number | undefined>(undefined);
  return (
    <>
      {!isReadOnly && <AwayCard />}
      <div class="hours-grid">
        <div class="col">
          <WeekCard today={today.value} />
          <DatesCard opened={opened} day={chosen.value ?? today.value} />
          <HolidayCard />
          <BusyCard />
          <ZoneCard />
        </div>
        <div class="col">
          <MonthCard chosen={chosen} today={today} opened={opened} />
          <HoursPreview day={chosen.value} today={today.value} />
        </div>
      </div>
    </>
  );
}

function WeekCard({ today }: { readonly today: string | undefined }) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const week = valueAt(state.draft.value, ['hours', 'weekly']) as Week;
  const names = w.days;
  const sum = minutesAWeek(week) / 60;
  const hours = (value: number) => String(Math.round(value * 10) / 10);
  const dayOfToday = today === undefined ? undefined : dayKeys[(new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7];
  return (
    <section class="card" aria-label={w.hours.week}>
      <div class="card-head">
        <h2>{w.hours.week}</h2>
        <span class="xs muted">{w.hours.weekMore}</span>
        {!isReadOnly && (
          <button
            type="button"
            class="btn btn-sm btn-quiet end"
            onClick={() => {
              for (const day of workdays) state.set(['hours', 'weekly', day], week.mon);
            }}
          >
            <Icon name="copy" />
            {w.hours.copyMonday}
          </button>
        )}
      </div>
      <div class="wk-axis xs muted" aria-hidden="true">
        <span>6</span>
        <span>12</span>
        <span>18</span>
        <span>24</span>
        <span>6</span>
      </div>
      <ol class="wks">
        {dayKeys.map((day) => {
          const bad = new Set(rangeFaults(week[day]).map(({ at }) => at));
          return (
            <li class="wk" key={day}>
              <b>
                {names[day]}
                {day === dayOfToday && <small>{w.hours.today}</small>}
              </b>
              <Ranges path={['hours', 'weekly', day]} name={names[day]} />
              <span class="wk-bar" aria-hidden="true">
                {week[day].flatMap((range, at) =>
                  barsOf(range).map(({ left, width }) => (
                    <i
                      key={`${at} ${left}`}
                      class={bad.has(at) ? 'bad' : undefined}
                      style={{ left: `${left}%`, width: `${width}%` }}
                    />
                  )),
                )}
              </span>
            </li>
          );
        })}
      </ol>
      <p class="card-foot sm soft">{w.hours.sum(hours(sum), hours(168 - sum))}</p>
    </section>
  );
}

function HolidayCard() {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings.hours;
  const isOn = valueAt(state.draft.value, ['hours', 'holidays']) !== undefined;
  return (
    <section class="card" aria-label={w.holidays}>
      <div class="card-head">
        <h2>{w.holidays}</h2>
        <button
          type="button"
          class="switch end"
          role="switch"
          aria-checked={isOn}
          data-path="hours.holidays"
          disabled={isReadOnly}
          onClick={() =>
            state.set(
              ['hours', 'holidays'],
              isOn ? undefined : (valueAt(state.base.peek(), ['hours', 'holidays']) ?? { calendar: 'mainland', ranges: [] }),
            )
          }
        >
          {w.followHolidays}
        </button>
      </div>
      {isOn && (
        <div class="card-body">
          <div class="inline-ranges">
            <b class="sm">{w.holidayRanges}</b>
            <Ranges path={['hours', 'holidays', 'ranges']} name={w.holidayRanges} />
          </div>
          <p class="field-hint">{w.followMore}</p>
          <FaultLine fault={faultAt(state.faults.value, ['hours', 'holidays', 'settled'])} />
        </div>
      )}
    </section>
  );
}

function BusyCard() {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings.hours;
  const path = ['bot', 'stepIn'];
  const isOn = valueAt(state.draft.value, path) !== undefined;
  return (
    <section class="card" aria-label={w.busy}>
      <div class="card-head">
        <h2>{w.busy}</h2>
        <button
          type="button"
          class="switch end"
          role="switch"
          aria-checked={isOn}
          data-path="bot.stepIn"
          disabled={isReadOnly}
          onClick={() =>
            state.set(
              path,
              isOn
                ? undefined
                : (valueAt(state.base.peek(), path) ?? {
                    afterSeconds: 60,
                    afterMessages: 3,
                    notBeforeSeconds: 10,
                    with: 'answer',
                  }),
            )
          }
        >
          {w.stepIn}
        </button>
      </div>
      <div class="card-body">
        {isOn ? (
          <div class="bound-row">
            <NumberField path={[...path, 'afterSeconds']} />
            <NumberField path={[...path, 'afterMessages']} />
            <NumberField path={[...path, 'notBeforeSeconds']} />
            <ChoiceField
              path={[...path, 'with']}
              required
              by="busy"
              options={[
                { value: 'answer', words: w.withAnswer },
                { value: 'busy', words: w.withBusy },
              ]}
            />
          </div>
        ) : (
          <p class="field-hint">{w.busyMore}</p>
        )}
      </div>
    </section>
  );
}

const zones = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei', 'Asia/Urumqi', 'Asia/Singapore', 'Asia/Tokyo'];

function ZoneCard() {
  const { state } = useSettings();
  const own = valueAt(state.draft.value, ['timeZone']);
  const all = zones.includes(String(own)) ? zones : [String(own), ...zones];
  return (
    <section class="card card-body" aria-label={words.value.settings.hours.zone}>
      <ChoiceField path={['timeZone']} required options={all.map((zone) => ({ value: zone, words: zone }))} />
    </section>
  );
}
