/**
 * What an agent has sent: held back three seconds, in which it can be taken back, then sent under an id of its own, so that
 * after a cut it goes out once. While there is no line it waits and can still be taken back; what has waited long, over a
 * reload or while somebody else answered asks before it goes. Each tab keeps its own, so that no second tab sends what this one still holds.
 */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { freshId } from '../shared/fresh-id.js';
import { CommandError, type Live } from '../shared/live.js';
import type { DeskFrameOf } from '../shared/wire.js';

export interface Outgoing {
  readonly id: string;
  readonly conversation: string;
  readonly text: string;
  /** Id of the draft that it was made from. */
  readonly draft?: string;
  readonly override: boolean;
  /** When it was let go, by this computer's clock. */
  readonly at: number;
  /** `waiting`: for the line. `kept`: for whoever wrote it to say whether it still goes. */
  readonly state: 'held' | 'sending' | 'waiting' | 'kept';
  /** The line broke before the service had answered: it may have arrived. */
  readonly isUnsure?: true;
}

export interface Outbox {
  readonly waiting: ReadonlySignal<readonly Outgoing[]>;
  /** What of this conversation is held back goes first, at once. */
  put(made: Pick<Outgoing, 'conversation' | 'text' | 'draft' | 'override'>): void;
  /** One that is not on its way comes back. */
  takeBack(id: string): Outgoing | undefined;
  /** One that was kept goes out after all. */
  letGo(id: string): void;
  close(): void;
}

export interface OutboxOptions {
  readonly live: Pick<Live, 'ask' | 'forget' | 'state'>;
  readonly key: string;
  readonly onSent: (sent: Outgoing, result: DeskFrameOf<'result'>) => void;
  /** It did not go out: the words belong back into the composer. */
  readonly onRefused: (refused: Outgoing, error: CommandError) => void;
  /** It stands in the conversation: it had arrived before the line broke. */
  readonly hasArrived?: (sent: Outgoing) => boolean;
  /** Somebody else has answered there since: it does not go out unasked. */
  readonly isOvertaken?: (waiting: Outgoing) => boolean;
  readonly holdMs?: number;
  readonly storage?: Pick<Storage, 'getItem' | 'setItem'>;
}

export const undoMs = 3000;
/** What was written longer ago may no longer be right: it does not go out unasked. */
const staleMs = 2 * 60_000;

/** Not on its way: it can be taken back. */
export const canTakeBack = ({ state, isUnsure }: Outgoing): boolean =>
  state === 'held' || state === 'kept' || (state === 'waiting' && isUnsure !== true);

export function openOutbox({
  live,
  key,
  onSent,
  onRefused,
  hasArrived = () => false,
  isOvertaken = () => false,
  holdMs = undoMs,
  storage = sessionStorage,
}: OutboxOptions): Outbox {
  const waiting = signal<readonly Outgoing[]>([]);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  function set(next: readonly Outgoing[]): void {
    waiting.value = next;
    try {
      storage.setItem(key, JSON.stringify(next));
    } catch {
      // Full or shut: it is then forgotten with the page.
    }
  }
  const find = (id: string) => waiting.peek().find((one) => one.id === id);
  const without = (id: string) => waiting.peek().filter((one) => one.id !== id);
  const change = (changed: Outgoing) => set(waiting.peek().map((one) => (one.id === changed.id ? changed : one)));

  function send(made: Outgoing): void {
    clearTimeout(timers.get(made.id));
    timers.delete(made.id);
    if (live.state.peek() !== 'open') {
      change({ ...made, state: 'waiting' });
      return;
    }
    const sending: Outgoing = { ...made, state: 'sending' };
    change(sending);
    const { id, conversation, text, draft, override } = made;
    live.ask({ type: 'send', id, conversation, text, override, ...(draft !== undefined && { draft }) }).then(
      (result) => {
        set(without(id));
        onSent(sending, result);
      },
      (error: unknown) => {
        if (!(error instanceof CommandError)) throw error;
        // The page is left: the next one goes on with it. Or the line broke: it waits.
        if (error.code === 'closed' || error.code === 'forgotten') return;
        set(without(id));
        onRefused(sending, error);
      },
    );
  }

  function flush(): void {
    for (const one of waiting.peek()) if (one.state === 'held') send(one);
  }
  globalThis.addEventListener?.('pagehide', flush);

  const left = readLeft(storage, key);
  // What was on its way when the page was left goes on under its id; what waited then is asked about.
  set(
    left.map((one) => ({
      ...one,
      state: one.state === 'sending' && Date.now() - one.at < staleMs ? ('waiting' as const) : ('kept' as const),
      ...(one.state === 'sending' && { isUnsure: true as const }),
    })),
  );

  const stopLine = effect(() => {
    const isOpen = live.state.value === 'open';
    for (const one of waiting.peek()) {
      if (!isOpen && one.state === 'sending') {
        change({ ...one, state: 'waiting', isUnsure: true });
        live.forget(one.id);
      } else if (isOpen && one.isUnsure === true && hasArrived(one)) set(without(one.id));
      else if (isOpen && one.state === 'waiting') {
        if (Date.now() - one.at < staleMs && !isOvertaken(one)) send(one);
        else change({ ...one, state: 'kept' });
      }
    }
  });

  return {
    waiting,
    put(made) {
      for (const one of waiting.peek()) if (one.conversation === made.conversation && one.state === 'held') send(one);
      const put: Outgoing = { ...made, id: freshId(), at: Date.now(), state: 'held' };
      set([...waiting.peek(), put]);
      timers.set(
        put.id,
        setTimeout(() => send(put), holdMs),
      );
    },
    takeBack(id) {
      const back = find(id);
      if (back === undefined || !canTakeBack(back)) return undefined;
      clearTimeout(timers.get(id));
      timers.delete(id);
      set(without(id));
      return back;
    },
    letGo(id) {
      const kept = find(id);
      if (kept?.state === 'kept') send({ ...kept, at: Date.now() });
    },
    close() {
      globalThis.removeEventListener?.('pagehide', flush);
      flush();
      stopLine();
    },
  };
}

function readLeft(storage: Pick<Storage, 'getItem'>, key: string): readonly Outgoing[] {
  try {
    const found = JSON.parse(storage.getItem(key) ?? '[]') as unknown;
    return Array.isArray(found)
      ? (found as Outgoing[]).filter((one) => typeof one?.id === 'string' && typeof one.text === 'string')
      : [];
  } catch {
    return [];
  }
}
