/** All that the shop can say, as it was last heard, and what its intents are called. */
import { signal } from '@preact/signals';
import type { IntentListed, IntentsListed } from '../shared/wire.js';
import type { Language } from '../shared/words.js';

/** Of the shop that is worked in. */
export const catalogue = signal<{ readonly shop: string; readonly revision: number; readonly listed: IntentsListed } | undefined>(
  undefined,
);

/** Undefined: not heard of. */
export function intentNamed(id: string): IntentListed | undefined {
  return catalogue.value?.listed.intents.find((one) => one.id === id);
}

/** What an intent is called; one that was not heard of by its id. */
export function intentTitle(id: string, language: Language): string {
  return intentNamed(id)?.title[language] ?? id;
}
