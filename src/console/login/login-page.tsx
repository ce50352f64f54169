/** Logging in: then on to where one wanted to go. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError } from '../shared/api.js';
import { Field } from '../shared/field.js';
import { go, place, safeNext } from '../shared/router.js';
import { logIn } from '../shared/session.js';
import { words } from '../shared/words.js';
import { LanguageSwitch, ThemeSwitch } from '../shell/top-bar.js';
import './login.css';

export function Page() {
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
      go(safeNext(place.peek().query.get('next')), { replace: true });
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
    <main class="login" id="main">
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
      <p class="login-end">
        <LanguageSwitch />
        <ThemeSwitch />
      </p>
    </main>
  );
}

function sayings(
  w: { readonly wrong: string; readonly offline: string; readonly failed: (why: string) => string },
  error: ApiError,
): string {
  if (error.status === 401) return w.wrong;
  return error.code === 'offline' ? w.offline : w.failed(error.message);
}
