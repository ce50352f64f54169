/**
 * What an agent has sent: held back three seconds, in which it can be taken back, then sent under an id of its own, so that
 * after a cut or a reload it goes out once. Each tab keeps its own, so that no second tab sends what this one still holds.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
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
  readonly state: 'held' | 'sending';
}

export interface Outbox {
  readonly waiting: ReadonlySignal<readonly Outgoing[]>;
  /** What of this conversation is held back goes first, at once. */
  put(made: Pick<Outgoing, 'conversation' | 'text' | 'draft' | 'override'>): void;
  /** The one that is still held back comes back. */
  takeBack(id: string): Outgoing | undefined;
  close(): void;
}

export interface OutboxOptions {
  readonly live: Pick<Live, 'ask'>;
  readonly key: string;
  readonly onSent: (sent: Outgoing, result: DeskFrameOf<'result'>) => void;
  /** It did not go out: the words belong back into the composer. */
  readonly onRefused: (refused: Outgoing, error: CommandError) => void;
  readonly holdMs?: number;
  readonly storage?: Pick<Storage, 'getItem' | 'setItem'>;
}

export const undoMs = 3000;
/** What was written longer ago may no longer be right: it comes back into the composer. */
const staleMs = 5 * 60_000;

export function openOutbox({ live, key, onSent, onRefused, holdMs = undoMs, storage = sessionStorage }: OutboxOptions): Outbox {
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
  const without = (id: string) => waiting.peek().filter((one) => one.id !== id);

  function send(made: Outgoing): void {
    clearTimeout(timers.get(made.id));
    timers.delete(made.id);
    const sending: Outgoing = { ...made, state: 'sending' };
    set(waiting.peek().map((one) => (one.id === made.id ? sending : one)));
    const { id, conversation, text, draft, override } = made;
    live.ask({ type: 'send', id, conversation, text, override, ...(draft !== undefined && { draft }) }).then(
      (result) => {
        set(without(id));
        onSent(sending, result);
      },
      (error: unknown) => {
        if (!(error instanceof CommandError)) throw error;
        // The page is left: the next one goes on with it.
        if (error.code === 'closed') return;
        set(without(id));
        onRefused(sending, error);
      },
    );
  }

  function flush(): void {
    for (const one of waiting.peek()) if (one.state === 'held') send(one);
  }
  globalThis.addEventListener?.('pagehide', flush);

  for (const left of readLeft(storage, key)) {
    if (Date.now() - left.at > staleMs) onRefused(left, new CommandError('stale', 'it was written a while ago'));
    else {
      set([...waiting.peek(), left]);
      send(left);
    }
  }

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
      const held = waiting.peek().find((one) => one.id === id && one.state === 'held');
      if (held === undefined) return undefined;
      clearTimeout(timers.get(id));
      timers.delete(id);
      set(without(id));
      return held;
    },
    close() {
      globalThis.removeEventListener?.('pagehide', flush);
      flush();
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
