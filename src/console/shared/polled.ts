/** What a page shows, asked for again while somebody looks at it, so that a second tab and a colleague see the same. */
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { ApiError } from './api.js';

const retryMs = 3000;

export interface Polled {
  readonly isOffline: ReadonlySignal<boolean>;
  /** Why there is nothing to show; what was shown before stays, and is asked for again. */
  readonly failure: ReadonlySignal<ApiError | undefined>;
  /** At once: after a change, or because somebody presses the button. */
  readonly refresh: () => Promise<void>;
}

/**
 * @param load what is asked; ask with If-None-Match where that is possible
 * @param key another one: it is all about something else, and asked for at once
 */
export function usePolled(load: () => Promise<void>, key: string, everyMs = 10_000): Polled {
  const isOffline = useSignal(false);
  const failure = useSignal<ApiError | undefined>(undefined);
  const latest = useRef(load);
  latest.current = load;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const round = useRef(0);

  const refresh = useCallback(async () => {
    clearTimeout(timer.current);
    round.current += 1;
    const mine = round.current;
    try {
      await latest.current();
      isOffline.value = false;
      failure.value = undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      isOffline.value = error.status === 0 || error.status >= 502;
      failure.value = error;
    }
    if (mine !== round.current) return;
    timer.current = setTimeout(
      () => {
        // Who comes back to the tab is shown the newest at once (visibilitychange).
        if (!document.hidden) void refresh();
      },
      failure.peek() === undefined ? everyMs : retryMs,
    );
  }, [key]);

  useEffect(() => {
    const seen = (): void => {
      if (!document.hidden) void refresh();
    };
    const lost = (): void => {
      isOffline.value = true;
    };
    void refresh();
    document.addEventListener('visibilitychange', seen);
    addEventListener('online', seen);
    addEventListener('offline', lost);
    return () => {
      round.current += 1;
      clearTimeout(timer.current);
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('online', seen);
      removeEventListener('offline', lost);
    };
  }, [refresh]);
  return { isOffline, failure, refresh };
}
