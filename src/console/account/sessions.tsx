/** Where one is logged in, and how to end it from here. */
import { useSignal } from '@preact/signals';
import { toast } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import { momentWords } from '../shared/dates.js';
import { usePolled } from '../shared/polled.js';
import { SureButton } from '../shared/sure-button.js';
import type { Session } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { OfflineStrip } from '../shell/notices.js';
import { deviceWords } from './device-words.js';

export function Sessions() {
  const w = words.value.account;
  const sessions = useSignal<readonly Session[] | undefined>(undefined);
  const isBusy = useSignal(false);
  const { isOffline, failure, refresh } = usePolled(
    async () => {
      sessions.value = (await call<{ sessions: readonly Session[] }>('GET', '/v1/me/sessions')).data.sessions;
    },
    'sessions',
    30_000,
  );

  async function end(path: string, said: string): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    try {
      await call('DELETE', path);
      toast(said);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(w.failed(error.message), { kind: 'error' });
    } finally {
      isBusy.value = false;
    }
    await refresh();
  }

  const others = sessions.value?.filter(({ current }) => !current) ?? [];
  const own = sessions.value?.filter(({ current }) => current) ?? [];
  return (
    <section class="card ac-sessions" aria-label={w.sessions}>
      <OfflineStrip isOffline={isOffline.value} tryNow={() => void refresh()} />
      <div class="card-head">
        <h2>{w.sessions}</h2>
        {others.length > 0 && (
          <span class="end">
            <SureButton
              question={w.sureEndAll(others.length)}
              disabled={isBusy.value}
              onSure={() => void end('/v1/me/sessions', w.endedAll)}
            >
              {w.endAll}
            </SureButton>
          </span>
        )}
      </div>
      {sessions.value === undefined ? (
        <p class="ac-empty muted" role="status">
          {failure.value === undefined ? w.loading : w.failed(failure.value.message)}
        </p>
      ) : (
        <ul>
          {[...own, ...others].map(({ id, device, createdAt, lastSeenAt, current }) => {
            const name = deviceWords(device) ?? w.unknownDevice;
            return (
              <li key={id} class="ac-session">
                <span>
                  <b>{name}</b> {current && <span class="chip chip-accent">{w.thisOne}</span>}
                  <br />
                  <span class="xs muted">{w.since(momentWords(createdAt), momentWords(lastSeenAt))}</span>
                </span>
                {!current && (
                  <button
                    type="button"
                    class="btn btn-sm"
                    aria-label={w.endOf(name)}
                    disabled={isBusy.value}
                    onClick={() => void end(at`/v1/me/sessions/${id}`, w.ended)}
                  >
                    {w.end}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
