/** Logging in: then on to where one wanted to go. */
import { pageAt } from '../pages.js';
import { ApiError, at, call } from '../shared/api.js';
import { go, place, safeNext } from '../shared/router.js';
import { may, shop } from '../shared/session.js';
import { words } from '../shared/words.js';
import { LanguageSwitch, ThemeSwitch } from '../shell/switches.js';
import { LoginForm } from './login-form.js';

export function Page() {
  return (
    <main class="login" id="main">
      <LoginForm onDone={goOn} />
      <p class="xs muted">{words.value.entry.first}</p>
      <p class="login-end">
        <LanguageSwitch />
        <ThemeSwitch />
      </p>
    </main>
  );
}

async function goOn(): Promise<void> {
  const asked = place.peek().query.get('next');
  const next = safeNext(asked);
  // The sidebar is a document of its own.
  if (pageAt(next.split('?')[0]!) === undefined) location.assign(next);
  else go((asked === null || asked === '/') && (await isFresh()) ? '/try' : next, { replace: true });
}

/** Nobody has written to the shop yet: an empty desk tells a newcomer nothing. */
async function isFresh(): Promise<boolean> {
  const id = shop.peek()?.id;
  if (id === undefined || !may('read')) return false;
  try {
    const { data } = await call<{ readonly conversations: readonly unknown[] }>(
      'GET',
      `${at`/v1/shops/${id}/conversations`}?show=all&limit=1`,
    );
    return data.conversations.length === 0;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}
