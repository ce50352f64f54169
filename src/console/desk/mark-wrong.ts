/** "This reply was wrong": one click, and a word on why for who has one; kept for whoever mends the shop's answers; another click may take it back for a moment. */
import { signal } from '@preact/signals';
import { toast, toastError } from '../shared/announcer.js';
import { askFirst } from '../shared/ask-first.js';
import { freshId } from '../shared/fresh-id.js';
import type { CommandError } from '../shared/live.js';
import { words } from '../shared/words.js';
import type { Desk } from './desk-state.js';

const undoMs = 5000;
const marked = signal<ReadonlySet<string>>(new Set());

const pending = new Set<() => void>();

/** What could still be taken back goes out: the desk is left. */
export function flushMarks(): void {
  for (const send of pending) send();
}
globalThis.addEventListener?.('pagehide', flushMarks);

export const isMarkedWrong = (reply: string): boolean => marked.value.has(reply);

function mark(reply: string, isWrong: boolean): void {
  const next = new Set(marked.peek());
  if (isWrong) next.add(reply);
  else next.delete(reply);
  marked.value = next;
}

/** @param reply id of a draft, or of what the bot said by itself, in the conversation that stands open */
export function markWrong(desk: Pick<Desk, 'live' | 'selectedId'>, reply: string): void {
  const conversation = desk.selectedId.peek();
  if (conversation === undefined || marked.peek().has(reply)) return;
  const w = words.peek().desk;
  const forget = () => {
    clearTimeout(timer);
    pending.delete(send);
  };
  let note = '';
  const send = () => {
    forget();
    const more = note === '' ? {} : { note };
    desk.live
      .ask({ type: 'feedback', id: freshId(), conversation, draft: reply, outcome: 'wrong', ...more })
      .catch((error: unknown) => {
        // The desk was left: it had gone out.
        if ((error as Partial<CommandError>).code === 'closed') return;
        mark(reply, false);
        toastError(error, w.drafts.wrongFailed);
      });
  };
  const timer = setTimeout(send, undoMs);
  pending.add(send);
  mark(reply, true);
  const undo = () => {
    forget();
    mark(reply, false);
    close();
  };
  // Whoever wants to say why takes the time; it is kept all the same where she then does not.
  const say = () => {
    clearTimeout(timer);
    close();
    void askFirst('wrongNote').then((said = '') => {
      note = said;
      send();
    });
  };
  const close = toast(w.drafts.wrongKept, {
    ms: undoMs,
    action: { label: w.talk.undo, run: undo },
    also: { label: w.drafts.sayWhy, run: say },
  });
}
