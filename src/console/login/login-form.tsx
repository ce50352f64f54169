/** Login and password, wherever somebody must say who she is. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../shared/api.js';
import { Field } from '../shared/field.js';
import { logIn } from '../shared/session.js';
import { words } from '../shared/words.js';
import './login.css';

/** @param onDone somebody is logged in */
export function LoginForm({ onDone }: { readonly onDone: () => void | Promise<void> }) {
  const w = words.value.login;
  const login = useSignal('');
  const password = useSignal('');
  const error = useSignal<ApiError | undefined>(undefined);
  const isBusy = useSignal(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy.peek()) return;
    isBusy.value = true;
    error.value = undefined;
    try {
      await logIn(login.value.trim(), password.value);
      await onDone();
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      error.value = refused;
      password.value = '';
    } finally {
      isBusy.value = false;
    }
  }

  const said =
    error.value && (error.value.code === 'too_many' ? w.wait(error.value.retryAfterSeconds ?? 1) : sayings(w, error.value));
  return (
    <form class="card login-card" onSubmit={submit} aria-describedby={said === undefined ? undefined : 'login-fault'}>
      <h1>{w.title}</h1>
      <p class="soft sm">{w.what}</p>
      <Field label={w.login}>
        {(control) => (
          <input
            {...control}
            ref={first}
            class="input"
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            value={login.value}
            onInput={(event) => {
              login.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      <Field label={w.password}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="password"
            name="password"
            autocomplete="current-password"
            required
            value={password.value}
            onInput={(event) => {
              password.value = event.currentTarget.value;
            }}
          />
        )}
      </Field>
      {said !== undefined && (
        <p class="note note-err" id="login-fault" role="alert">
          {said}
        </p>
      )}
      <button type="submit" class="btn btn-main login-go" disabled={isBusy.value}>
        {w.go}
      </button>
      <p class="xs muted">{w.forgotten}</p>
    </form>
  );
}

function sayings(
  w: { readonly wrong: string; readonly offline: string; readonly failed: (why: string) => string },
  error: ApiError,
): string {
  if (error.status === 401) return w.wrong;
  return error.code === 'offline' ? w.offline : w.failed(error.message);
}
