/** What is being written in phrases and not saved yet: kept in this browser over reloading, leaving and being offline. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { readStored, writeStored } from '../shared/remembered.js';
import { isDraft, type PhraseDraft } from './phrase-edit.js';

/** Under this key stands the phrase that does not exist yet. */
export const newKey = 'new';

export interface Drafts {
  /** By id of the phrase. */
  readonly all: ReadonlySignal<ReadonlyMap<string, PhraseDraft>>;
  set(id: string, draft: PhraseDraft | undefined): void;
}

/** @param owner user and shop: a colleague at the same computer does not find what another one wrote */
export function openDrafts(owner: string): Drafts {
  const key = `phrase-drafts.${owner}`;
  const stored = (): Record<string, unknown> => (readStored(key) ?? {}) as Record<string, unknown>;
  const kept = Object.entries(stored());
  const all = signal<ReadonlyMap<string, PhraseDraft>>(
    new Map(kept.flatMap(([id, draft]) => (isDraft(draft) ? [[id, draft] as const] : []))),
  );
  return {
    all,
    set(id, draft) {
      const next = new Map(all.peek());
      next.delete(id);
      // What was written last stands last.
      if (draft !== undefined) next.set(id, draft);
      all.value = next;
      // A second tab may write in another phrase: its own stay.
      const { [id]: _, ...others } = stored();
      const left = draft === undefined ? others : { ...others, [id]: draft };
      writeStored(key, Object.keys(left).length === 0 ? undefined : left);
    },
  };
}
