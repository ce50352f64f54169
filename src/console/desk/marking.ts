/** What a click on "this reply was wrong" does; loaded when the first is made. */
import type { ReadonlySignal } from '@preact/signals';
import { questions } from '../i18n/questions.js';
import { toast, toastError } from '../shared/announcer.js';
import { askFirst } from '../shared/ask-first.js';
import { freshId } from '../shared/fresh-id.js';
import type { CommandError } from '../shared/live.js';
import { language, words } from '../shared/words.js';
import type { Desk } from './desk-state.js';

/** Handed over: a part loaded later that imported its caller would split the caller off, too. */
interface Marks {
  readonly marked: ReadonlySignal<ReadonlySet<string>>;
  readonly mark: (reply: string, isWrong: boolean) => void;
  readonly pending: Map<string, () => void>;
}

const undoMs = 5000;

/** Marked already: offers again to say why, or to take it back. @param conversation in which the reply stands */
export function startMark(
  live: Desk['live'],
  conversation: string | undefined,
  reply: string,
  { marked, mark, pending }: Marks,
): void {
  // Its note is still up.
  if (conversation === undefined || pending.has(reply)) return;
  const w = questions[language.peek()].mark;
  const isKept = marked.peek().has(reply);
  const tell = (outcome: 'wrong' | 'withdrawn', note = '') => {
    const more = note === '' ? {} : { note };
    live.ask({ type: 'feedback', id: freshId(), conversation, draft: reply, outcome, ...more }).catch((error: unknown) => {
      // The desk was left: it had gone out.
      if ((error as Partial<CommandError>).code === 'closed') return;
      mark(reply, isKept);
      toastError(error, w.failed);
    });
  };
  const forget = () => {
    clearTimeout(timer);
    pending.delete(reply);
  };
  const send = (note?: string) => {
    forget();
    tell('wrong', note);
  };
  const timer = isKept ? undefined : setTimeout(send, undoMs);
  if (!isKept) pending.set(reply, send);
  mark(reply, true);
  const undo = () => {
    forget();
    mark(reply, false);
    close();
    if (isKept) tell('withdrawn');
  };
  // Whoever wants to say why takes the time; it is kept all the same where she then does not.
  const say = () => {
    clearTimeout(timer);
    close();
    void askFirst('wrongNote').then((note) => {
      if (note || !isKept) send(note);
    });
  };
  const close = toast(w.kept, {
    ms: undoMs,
    action: { label: words.peek().desk.talk.undo, run: undo },
    also: { label: w.sayWhy, run: say },
  });
}
