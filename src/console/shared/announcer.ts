/** What screen readers are told (politely), and notes that everybody sees for a while. */
import { signal } from '@preact/signals';

export const announced = signal('');

/** Said once, after what is being said now. The same words said again are heard again. */
export function announce(text: string): void {
  announced.value = announced.peek() === text ? `${text}\u00a0` : text;
}

export interface Toast {
  readonly id: number;
  readonly kind: 'note' | 'error';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const toasts = signal<readonly Toast[]>([]);
let counter = 0;
const shownMs = 6000;

/** Never takes the focus. Errors stay until they are closed. @returns closes it */
export function toast(text: string, more: Partial<Pick<Toast, 'kind' | 'action'>> & { readonly ms?: number } = {}): () => void {
  const { ms, ...rest } = more;
  const made: Toast = { id: ++counter, kind: 'note', text, ...rest };
  const close = () => {
    toasts.value = toasts.peek().filter(({ id }) => id !== made.id);
  };
  toasts.value = [...toasts.peek().slice(-2), made];
  announce(text);
  if (made.kind === 'note') setTimeout(close, ms ?? shownMs);
  return close;
}

/** An error in a toast. @param error ApiError, CommandError, or a bug */
export function toastError(error: unknown, words: string): void {
  toast(error instanceof Error && error.message !== '' ? `${words}: ${error.message}` : words, { kind: 'error' });
}
