/** "This reply was wrong": one click, kept for whoever mends the shop's answers. */
import { toast, toastError } from '../shared/announcer.js';
import { freshId } from '../shared/fresh-id.js';
import { words } from '../shared/words.js';
import type { Desk } from './desk-state.js';

/** @param reply id of a draft, or of what the bot said by itself, in the conversation that stands open */
export function markWrong(desk: Pick<Desk, 'live' | 'selectedId'>, reply: string): void {
  const conversation = desk.selectedId.peek();
  if (conversation === undefined) return;
  const w = words.peek().desk.drafts;
  desk.live
    .ask({ type: 'feedback', id: freshId(), conversation, draft: reply, outcome: 'wrong' })
    .then(() => toast(w.wrongKept))
    .catch((error: unknown) => toastError(error, w.wrongFailed));
}
