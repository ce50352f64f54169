/** The desk's parts find its state here. */

import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Composer } from './composer-state.js';
import type { Desk } from './desk-state.js';
import type { OpenTranscript } from './open-transcript.js';
import type { DeskQueue } from './queue-state.js';

/** What is shown where only one pane has room. */
export type Pane = 'queue' | 'talk' | 'buyer';

export interface DeskParts {
  readonly desk: Desk;
  /** Absent beside a chat client: there stands whom the client shows. */
  readonly queue?: DeskQueue;
  readonly transcript: OpenTranscript;
  readonly composer: Composer;
  readonly pane: Signal<Pane>;
  /** Which box stands open. */
  readonly box: Signal<'handOver' | 'keys' | 'acts' | 'duty' | 'emoji' | undefined>;
  /** When a key was last pressed, by `performance.now()`. */
  readonly keyAt: { at: number };
}

/** For a box's `onFocusOut`: who goes on elsewhere is done with it, and has the keys again. */
export function leavesBox(box: DeskParts['box']): (event: FocusEvent) => void {
  return ({ currentTarget, relatedTarget }) => {
    if (relatedTarget !== null && !(currentTarget as Node).contains(relatedTarget as Node)) box.value = undefined;
  };
}

export const DeskContext = createContext<DeskParts | undefined>(undefined);

export function useDesk(): DeskParts {
  const parts = useContext(DeskContext);
  if (parts === undefined) throw new Error('this stands only at the desk');
  return parts;
}
