/** What stands in the composer of each conversation: kept in this browser, over switching, reloading and being offline. */
import { readStored, writeStored } from '../shared/remembered.js';

export interface KeptText {
  readonly text: string;
  /** The draft that it was begun with. */
  readonly draft?: string;
}

export interface KeptTexts {
  get(conversation: string): KeptText;
  set(conversation: string, kept: KeptText): void;
}

const nothing: KeptText = { text: '' };

/** @param owner shop and user: a colleague at the same computer does not find what another one wrote */
export function openKeptTexts(owner: string): KeptTexts {
  const inMemory = new Map<string, KeptText>();
  const key = (conversation: string) => `text.${owner}.${conversation}`;
  return {
    get(conversation) {
      const known = inMemory.get(conversation);
      if (known !== undefined) return known;
      const stored = readStored(key(conversation)) as Partial<KeptText> | null;
      if (typeof stored?.text !== 'string') return nothing;
      return { text: stored.text, ...(typeof stored.draft === 'string' && { draft: stored.draft }) };
    },
    set(conversation, kept) {
      if (kept.text === '') inMemory.delete(conversation);
      else inMemory.set(conversation, kept);
      writeStored(key(conversation), kept.text === '' ? undefined : kept);
    },
  };
}
