/** What the service makes of words while they are written: asked after a pause, and what was told before stays until then. */
import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import { ApiError, call } from '../shared/api.js';

const pauseMs = 250;

/** @param body of the question, from signals; a new one is asked whenever they change */
export function usePreviewed<Told>(url: string, body: () => object): ReadonlySignal<Told | undefined> {
  const told = useSignal<Told | undefined>(undefined);
  useSignalEffect(() => {
    const question = body();
    const abort = new AbortController();
    const timer = setTimeout(
      async () => {
        try {
          told.value = (await call<Told>('POST', url, { body: question, signal: abort.signal })).data;
        } catch (error) {
          // What is empty or too long stands beside its field.
          if (!abort.signal.aborted && !(error instanceof ApiError)) throw error;
        }
      },
      told.peek() === undefined ? 0 : pauseMs,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
  return told;
}
