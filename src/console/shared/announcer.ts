/** What screen readers are told (politely), and notes that everybody sees for a while. */
import { signal } from '@preact/signals';
import { words } from './words.js';

export const announced = signal('');

/** Said once, after what is being said now. The same words said again are heard again. */
export function announce(text: string): void {
  announced.value = announced.peek() === text ? `${text}\u00a0` : text;
}

export interface Toast {
  readonly id: number;
  readonly kind: 'note' | 'error';
  readonly text: string;
  readonly action?: ToastAction;
  /** Beside it, before it. */
  readonly also?: ToastAction;
}

interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export const toasts = signal<readonly Toast[]>([]);
let counter = 0;
const shownMs = 6000;
const errorMs = 15_000;

/** Never takes the focus, and goes by itself: an error later than a note. @returns closes it */
export function toast(
  text: string,
  more: Partial<Pick<Toast, 'kind' | 'action' | 'also'>> & { readonly ms?: number } = {},
): () => void {
  const { ms, ...rest } = more;
  const made: Toast = { id: ++counter, kind: 'note', text, ...rest };
  const close = () => {
    toasts.value = toasts.peek().filter(({ id }) => id !== made.id);
  };
  toasts.value = [...toasts.peek().slice(-2), made];
  announce(text);
  setTimeout(close, ms ?? (made.kind === 'error' ? errorMs : shownMs));
  return close;
}

/** Why the service refused, by its code in the reader's language; what has no words of its own says what the service said. */
export function problemWords(
  error: Error & { readonly code?: string; readonly frame?: { readonly holder?: { readonly name: string } | undefined } },
): string {
  const { shell, desk } = words.peek();
  if (error.frame?.holder !== undefined) return desk.heldBy(error.frame.holder.name);
  return (shell.problems as Readonly<Record<string, string>>)[error.code ?? ''] ?? error.message;
}

/** An error in a toast. @param error ApiError, CommandError, or a bug */
export function toastError(error: unknown, what: string): void {
  const why = error instanceof Error ? problemWords(error) : '';
  toast(why === '' ? what : `${what}${words.peek().shell.colon}${why}`, { kind: 'error' });
}
