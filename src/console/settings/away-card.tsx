/** Away now: a switch that holds at once, not a setting that is saved. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { toastError } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import { minutesAhead } from '../shared/minutes-ahead.js';
import type { Away, Preview } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { valueAt } from './content.js';
import { useSettings } from './settings-context.js';
import { whenWords } from './when-words.js';

type Span = 15 | 30 | 60 | 'opening' | 'open';

export function AwayCard() {
  const { state } = useSettings();
  const w = words.value.settings;
  const away = useSignal<Away | undefined>(undefined);
  const opening = useSignal<string | undefined>(undefined);
  const span = useSignal<Span>(30);
  const isBusy = useSignal(false);
  const url = at`/v1/shops/${state.shop}/away`;
  const revision = state.head.value?.revision;

  useEffect(() => {
    const read = async () => {
      const [{ data }, { data: preview }] = await Promise.all([
        call<Away>('GET', url),
        call<Preview>('GET', `${at`/v1/shops/${state.shop}/preview`}?away=off&days=14`),
      ]);
      away.value = data;
      opening.value = preview.nextOpening?.at ?? preview.changes.find(({ onDuty }) => onDuty)?.at;
    };
    const again = () => {
      read().catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
      });
    };
    again();
    const timer = setInterval(again, 20_000);
    return () => clearInterval(timer);
  }, [url, revision]);

  async function turn(isAway: boolean): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    try {
      const minutes = span.peek();
      const until =
        minutes === 'open' ? undefined : minutes === 'opening' ? opening.peek() : minutesAhead(serverNowOf(), minutes);
      away.value = (
        await call<Away>('PUT', url, { body: { away: isAway, ...(isAway && until !== undefined && { until }) } })
      ).data;
    } catch (error) {
      toastError(error, words.peek().settings.hours.awayFailed);
    } finally {
      isBusy.value = false;
    }
  }
  /** By the service’s clock, where it told one. */
  function serverNowOf(): number {
    return Date.now() + skew.peek();
  }
  const skew = useSignal(0);
  useEffect(() => {
    call<Preview>('GET', `${at`/v1/shops/${state.shop}/preview`}?days=0`).then(
      ({ data }) => {
        skew.value = Date.parse(data.at) - Date.now();
      },
      () => undefined,
    );
  }, [state.shop]);

  const isAway = away.value?.away === true;
  const zone = String(valueAt(state.base.value, ['timeZone']));
  const lang = language.value;
  const choices: readonly (readonly [Span, string])[] = [
    ...([15, 30, 60] as const).map((minutes) => [minutes, w.hours.awayMinutes(minutes)] as const),
    ...(opening.value === undefined
      ? []
      : [['opening', w.hours.awayUntilOpening(whenWords(opening.value, lang, zone))] as const]),
    ['open', w.hours.awayOpen],
  ];
  return (
    <section class={isAway ? 'card away is-away' : 'card away'} aria-label={w.hours.away}>
      <div class="grow">
        <h2>{w.hours.away}</h2>
        <p class="sm soft" role="status">
          {isAway
            ? w.hours.awayNow(away.value?.until === undefined ? undefined : whenWords(away.value.until, lang, zone))
            : w.hours.awayMore}
        </p>
      </div>
      {!isAway && (
        <fieldset class="seg" aria-label={w.hours.awayFor}>
          {choices.map(([value, said]) => (
            <button
              type="button"
              key={value}
              aria-pressed={span.value === value}
              onClick={() => {
                span.value = value;
              }}
            >
              {said}
            </button>
          ))}
        </fieldset>
      )}
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={isAway}
        aria-label={w.hours.away}
        disabled={away.value === undefined || isBusy.value}
        onClick={() => void turn(!isAway)}
      >
        {isAway ? w.on : w.off}
      </button>
    </section>
  );
}
