/** At the end of the head: the shop's time, who is on duty until when, the line, the sound. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { z } from 'zod';
import type { previewSchema } from '../../server/preview-wire.js';
import { ApiError, at, call } from '../shared/api.js';
import { now } from '../shared/clock.js';
import { Icon } from '../shared/icon.js';
import { hasSound } from '../shared/sound.js';
import { words } from '../shared/words.js';
import { ring } from './alerts.js';
import { useDesk } from './desk-context.js';
import { timeOf } from './names.js';

type Preview = z.output<typeof previewSchema>;
const againMs = 60_000;

export function Duty() {
  const { desk } = useDesk();
  const w = words.value.desk.duty;
  const preview = useSignal<Preview | undefined>(undefined);
  const state = desk.live.state.value;
  useEffect(() => {
    if (state !== 'open') return;
    const abort = new AbortController();
    const look = () =>
      call<Preview>('GET', `${at`/v1/shops/${desk.shop}/preview`}?days=2`, { signal: abort.signal }).then(
        ({ data }) => {
          preview.value = data;
        },
        (error: unknown) => {
          if (!abort.signal.aborted && !(error instanceof ApiError)) throw error;
        },
      );
    void look();
    const timer = setInterval(look, againMs);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [state, desk.shop]);
  const { timeZone } = desk.welcome.value ?? {};
  const change = preview.value?.changes[0];
  const until = change && timeOf(change.at, now.value, timeZone).replace(/(\d\d:\d\d):\d\d$/, '$1');
  const told =
    preview.value === undefined
      ? ''
      : preview.value.onDuty
        ? until === undefined
          ? w.on
          : w.onUntil(until)
        : preview.value.away !== undefined
          ? w.away
          : until === undefined
            ? w.off
            : w.offUntil(until);
  return (
    <>
      <span class="duty">
        <b>{timeOf(new Date(now.value).toISOString(), now.value, timeZone)}</b>{' '}
        <span>
          {told}
          {preview.value?.onDuty === true && until !== undefined && <span class="wide-only">{w.afterwards}</span>}
        </span>
      </span>
      <span class="link-state" title={state === 'open' ? w.connected : w.cut}>
        <Icon name={state === 'open' ? 'link' : 'unlink'} />
        <span class="wide-only">{state === 'open' ? w.connected : w.cut}</span>
      </span>
      <button
        type="button"
        class="btn btn-quiet btn-sm"
        aria-pressed={hasSound.value}
        aria-label={w.sound}
        title={hasSound.value ? w.soundOff : w.soundOn}
        onClick={() => {
          hasSound.value = !hasSound.value;
          if (hasSound.value) ring();
        }}
      >
        <Icon name={hasSound.value ? 'bell' : 'mute'} />
      </button>
    </>
  );
}
