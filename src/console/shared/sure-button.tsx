/** A button for what cannot be taken back: pressed once it asks, pressed again it does it. Leaving it takes the question back. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

export interface SureButtonProps {
  readonly children: ComponentChildren;
  /** What stands on it when it asks: what will happen. */
  readonly question: string;
  /** To whom or what it is done: heard by who does not see where it stands. */
  readonly of?: string;
  readonly disabled?: boolean;
  readonly onSure: () => void;
}

export function SureButton({ children, question, of, disabled = false, onSure }: SureButtonProps) {
  const isAsking = useSignal(false);
  return (
    <button
      type="button"
      class={`btn btn-sm ${isAsking.value ? 'btn-danger' : ''}`}
      disabled={disabled}
      onClick={() => {
        if (isAsking.peek()) onSure();
        isAsking.value = !isAsking.peek();
      }}
      onBlur={() => {
        isAsking.value = false;
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') isAsking.value = false;
      }}
    >
      <span aria-live="polite">{isAsking.value ? question : children}</span>
      {of !== undefined && <span class="sr">{of}</span>}
    </button>
  );
}
