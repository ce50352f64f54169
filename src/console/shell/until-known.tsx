/** Whether somebody is logged in; a service that is just starting anew is asked again. */
import { render } from 'preact';
import { ApiError } from '../shared/api.js';
import { loadMe } from '../shared/session.js';
import { words } from '../shared/words.js';

const firstWaitMs = 500;
const mostWaitMs = 8000;

/** @param app where it is said that the service cannot be reached */
export async function untilKnown(app: HTMLElement): Promise<void> {
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, mostWaitMs)) {
    try {
      await loadMe();
      return;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      render(
        <main class="page">
          <p role="status">{words.peek().shell.unreachable}</p>
        </main>,
        app,
      );
      await new Promise((resume) => setTimeout(resume, waitMs));
      render(null, app);
    }
  }
}
