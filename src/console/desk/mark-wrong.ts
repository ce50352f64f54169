/** "This reply was wrong": one click, and a word on why for who has one; kept for whoever mends the shop's answers; another click takes it back, or says why later. */
import { signal } from '@preact/signals';
import { partMissing } from '../shared/updated.js';
import type { Desk } from './desk-state.js';

const marked = signal<ReadonlySet<string>>(new Set());

/** By reply: sends what could still be taken back untold. */
const pending = new Map<string, () => void>();

/** What could still be taken back goes out: the desk is left. */
export function flushMarks(): void {
  for (const send of pending.values()) send();
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
  void import('./marking.js').then(
    ({ startMark }) => startMark(desk.live, conversation, reply, { marked, mark, pending }),
    partMissing,
  );
}
