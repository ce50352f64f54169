/** Keeps what the page of phrases shows in line with the service. */
import { useEffect } from 'preact/hooks';
import { openLive } from '../shared/live.js';
import { type Polled, usePolled } from '../shared/polled.js';
import { may } from '../shared/session.js';

/** Whoever may sit at the desk hears of changes by its line, without sitting down there; what it did not tell is found too. */
const heardMs = 60_000;
const askedMs = 10_000;

export function useChanges(load: () => Promise<void>, shop: string): Polled {
  const hears = may('desk');
  const polled = usePolled(load, shop, hears ? heardMs : askedMs);
  const { refresh } = polled;
  useEffect(() => {
    if (!hears) return undefined;
    const line = openLive({
      shop,
      only: 'phrases',
      onFrame: ({ type }) => {
        // After a cut too: it may have been missed.
        if (type === 'phrases.changed' || type === 'ready') void refresh();
      },
    });
    return () => line.close();
  }, [shop, hears, refresh]);
  return polled;
}
