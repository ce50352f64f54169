/** The own password: changed with the old one, which ends all other sessions. */
import { useSignal } from '@preact/signals';
import { toast } from '../shared/announcer.js';
import { ApiError, call, type Fault, faultOf } from '../shared/api.js';
import { Field } from '../shared/field.js';
import { useLeaveWarning } from '../shared/leaving.js';
import { me } from '../shared/session.js';
import { words } from '../shared/words.js';

export function PasswordForm() {
  const w = words.value.account;
  const current = useSignal('');
  const next = useSignal('');
  const isShown = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const isBusy = useSignal(false);
  useLeaveWarning(next.value !== '');

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy.peek()) return;
    isBusy.value = true;
    error.value = undefined;
    try {
      await call('PUT', '/v1/me/password', { body: { current: current.peek(), next: next.peek() } });
      current.value = '';
      next.value = '';
      toast(w.passwordChanged);
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      error.value = refused;
    } finally {
      isBusy.value = false;
    }
  }

  const wrong: Fault | undefined = faultOf(error.value, 'current') && { field: 'current', problem: w.currentWrong, mend: '' };
  const told = faultOf(error.value, 'next');
  const weak: Fault | undefined = told && { field: 'next', problem: weakness(told.problem, w), mend: '' };
  const unplaced = error.value !== undefined && wrong === undefined && weak === undefined ? error.value : undefined;
  // The types of Preact know no field that is now the one, now the other.
  const kind = (isShown.value ? 'text' : 'password') as 'password';
  return (
    <section class="card" aria-label={w.password}>
      <div class="card-head">
        <h2>{w.password}</h2>
      </div>
      <form class="card-body ac-form" noValidate onSubmit={submit}>
        <input
          class="sr"
          type="text"
          name="username"
          autocomplete="username"
          value={me.value?.login}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <Field label={w.current} fault={wrong}>
          {(control) => (
            <input
              {...control}
              class="input"
              type={kind}
              autocomplete="current-password"
              value={current.value}
              onInput={(event) => {
                current.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <Field label={w.next} hint={w.nextHint} fault={weak}>
          {(control) => (
            <input
              {...control}
              class="input"
              type={kind}
              autocomplete="new-password"
              value={next.value}
              onInput={(event) => {
                next.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <label class="row sm">
          <input
            type="checkbox"
            class="tick"
            checked={isShown.value}
            onChange={(event) => {
              isShown.value = event.currentTarget.checked;
            }}
          />
          {w.show}
        </label>
        {unplaced !== undefined && (
          <p class="note note-err" role="alert">
            {unplaced.code === 'too_many'
              ? words.value.login.wait(unplaced.retryAfterSeconds ?? 1)
              : unplaced.code === 'offline'
                ? w.offline
                : w.failed(unplaced.message)}
          </p>
        )}
        <p>
          <button type="submit" class="btn btn-main" disabled={isBusy.value || current.value === '' || next.value === ''}>
            {w.change}
          </button>
        </p>
      </form>
    </section>
  );
}

function weakness(
  problem: string,
  w: { readonly weak: { readonly length: string; readonly login: string; readonly plain: string } },
): string {
  if (/characters/.test(problem)) return w.weak.length;
  return /login/.test(problem) ? w.weak.login : w.weak.plain;
}
