/** All facts that texts of this shop may name: asked for once a revision, by whoever writes a text. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { toastError } from '../shared/announcer.js';
import { at, call } from '../shared/api.js';
import type { FactsListed } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { useSettings } from './settings-context.js';

export type KnownFact = FactsListed['facts'][number];

const known = signal<{ readonly key: string; readonly facts: readonly KnownFact[] } | undefined>(undefined);

/** Undefined: not heard yet. */
export function useFacts(): readonly KnownFact[] | undefined {
  const { state } = useSettings();
  const key = `${state.shop} ${state.head.value?.revision}`;
  useEffect(() => {
    if (known.peek()?.key === key) return;
    call<FactsListed>('GET', at`/v1/shops/${state.shop}/facts`).then(
      ({ data }) => {
        known.value = { key, facts: data.facts };
      },
      (error: unknown) => toastError(error, words.peek().settings.history.failed),
    );
  }, [key]);
  // Those of the revision before are titles all the same.
  return known.value?.key.startsWith(`${state.shop} `) ? known.value.facts : undefined;
}
