/** A button that copies, and says so on itself for a while. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from './announcer.js';
import { copyText } from './clipboard.js';
import { Icon } from './icon.js';
import { words } from './words.js';

const shownMs = 2500;

export interface CopyButtonProps {
  readonly text: string;
  /** What screen readers hear: which of several texts it is. */
  readonly label?: string;
  /** The browser refused: the text is to be shown selected, so that it can be copied by hand. */
  readonly onRefused: (text: string) => void;
}

export function CopyButton({ text, label, onRefused }: CopyButtonProps) {
  const w = words.value.shell;
  const isCopied = useSignal(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  async function copy(): Promise<void> {
    if (!(await copyText(text))) return onRefused(text);
    announce(w.copied);
    isCopied.value = true;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      isCopied.value = false;
    }, shownMs);
  }
  return (
    <button
      type="button"
      class={`btn btn-sm copy${isCopied.value ? ' is-copied' : ''}`}
      aria-label={isCopied.value ? w.copied : label}
      disabled={text === ''}
      onClick={() => void copy()}
    >
      <Icon name={isCopied.value ? 'check' : 'copy'} />
      {isCopied.value ? w.copied : w.copy}
    </button>
  );
}

/** The text selected, for whoever must press the keys herself. */
export function CopyByHand({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const w = words.value.shell;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    field.current?.select();
    return () => before?.focus();
  }, []);
  return (
    <div class="by-hand card" role="dialog" aria-label={w.copyByHand}>
      <p class="sm">{w.copyByHand}</p>
      <textarea
        ref={field}
        class="input"
        readOnly
        rows={4}
        aria-label={w.copyByHand}
        value={text}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      />
      <button type="button" class="btn btn-sm" onClick={onClose}>
        {w.dismiss}
      </button>
    </div>
  );
}
