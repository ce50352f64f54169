/** All that the shop can say, as it was last heard, and what its intents and replies are called. */
import { signal } from '@preact/signals';
import type { IntentListed, IntentsListed, ReplyListed } from '../shared/wire.js';
import { type Language, words } from '../shared/words.js';

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

/** A reply is known by when it is said: it has no other name. */
export function replyTitle({ when }: Pick<ReplyListed, 'when'>, language: Language): string {
  if (when.length === 0) return words.value.settings.replies.always;
  return when.map((one) => one.words[language]).join(language === 'zh' ? '；' : '; ');
}
