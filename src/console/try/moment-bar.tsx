/** Whether anybody is there, or when it is; and from where the buyer writes. */

import { serverNow } from '../shared/clock.js';
import { Icon } from '../shared/icon.js';
import { instantOf, wallOf } from '../shared/wall-time.js';
import { words } from '../shared/words.js';
import { orderStates } from './orders.js';
import { type Duty, dayAt, type ShopTried, type Trial } from './try-state.js';

const situations = ['off', 'on'] as const satisfies readonly Duty[];
const holidayTime = '23:10';
/** On a narrow screen the chat comes before what few people turn. */
const isWide = matchMedia('(min-width: 761px)').matches;

export function MomentBar({ trial, shop }: { readonly trial: Trial; readonly shop: ShopTried }) {
  const w = words.value.try;
  const { timeZone, holiday } = shop;
  const moment = trial.moment.value;
  const presets: readonly { readonly name: string; readonly at: number | undefined; readonly lang?: string }[] = [
    { name: w.presets.now, at: undefined },
    { name: w.presets.tonight, at: dayAt(serverNow(), 0, '23:30', timeZone) },
    { name: w.presets.tomorrow, at: dayAt(serverNow(), 1, '10:00', timeZone) },
    ...(holiday === undefined
      ? []
      : [
          {
            name: w.presets.holiday(`${holiday.name} ${holidayTime}`),
            at: instantOf(`${holiday.date}T${holidayTime}`, timeZone),
            // Holidays are called as replies call them.
            lang: 'zh-CN',
          },
        ]),
  ];
  return (
    <div class="try-bar">
      <div class="try-situations" role="group" aria-label={w.situation}>
        {situations.map((one) => (
          <button
            key={one}
            type="button"
            class="try-situation"
            aria-pressed={trial.duty.value === one}
            onClick={() => trial.change({ duty: one })}
          >
            <b>{w.situations[one]}</b>
            <span>{w.situationMore[one]}</span>
          </button>
        ))}
      </div>
      <details class="try-more" open={isWide}>
        <summary class="sm">{w.more}</summary>
        <div class="try-picks">
          <div class="seg" role="group" aria-label={w.when}>
            {presets.map(({ name, at, lang }) => (
              <button
                key={name}
                type="button"
                lang={lang}
                aria-pressed={trial.duty.value === 'hours' && moment === at}
                onClick={() => trial.change({ moment: at })}
              >
                {name}
              </button>
            ))}
          </div>
          <input
            class="input try-at"
            type="datetime-local"
            aria-label={w.at}
            min="1970-01-01T00:00"
            max="2199-12-31T23:59"
            value={wallOf(moment ?? serverNow(), timeZone)}
            onChange={(event) => {
              const at = instantOf(event.currentTarget.value, timeZone);
              if (!Number.isNaN(at) && event.currentTarget.validity.valid) trial.change({ moment: at });
            }}
          />
          <label class="try-pick">
            <span>{w.item}</span>
            <select
              class="input"
              value={trial.item.value}
              onChange={(event) => trial.change({ item: event.currentTarget.value })}
            >
              <option value="">{w.noItem}</option>
              {shop.settings.products?.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <label class="try-pick">
            <span>{w.order}</span>
            <select
              class="input"
              value={trial.order.value}
              onChange={(event) => trial.change({ order: orderStates[event.currentTarget.selectedIndex]! })}
            >
              {orderStates.map((one) => (
                <option key={one} value={one}>
                  {w.orders[one]}
                </option>
              ))}
            </select>
          </label>
        </div>
      </details>
      <button type="button" class="btn" onClick={() => trial.restart()}>
        <Icon name="undo" />
        {w.restart}
      </button>
    </div>
  );
}
