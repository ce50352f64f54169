/** A password or token that is told this once: shown whole, to be copied, gone when somebody says that it is kept. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { announce, toast } from './announcer.js';
import { Icon } from './icon.js';
import { words } from './words.js';
import './secret-once.css';

export interface SecretOnceProps {
  readonly title: string;
  /** What is to be handed on, a line each: login, password. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly onKept: () => void;
}

export function SecretOnce({ title, lines, onKept }: SecretOnceProps) {
  const w = words.value.manage;
  const isCopied = useSignal(false);
  const box = useRef<HTMLElement>(null);
  // It stands where one pressed the button, yet may lie outside of what is seen.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    announce(title);
  }, []);
  async function copy(): Promise<void> {
    const [first] = lines;
    const text = lines.length === 1 ? first!.value : lines.map(({ label, value }) => `${label} ${value}`).join('\n');
    if (await copied(text)) {
      isCopied.value = true;
      announce(w.copied);
    } else toast(w.copyByHand, { kind: 'error' });
  }
  return (
    <section class="card secret" ref={box} aria-label={title}>
      <p>
        <b>{title}</b> <span class="soft sm">{w.shownOnce}</span>
      </p>
      <dl>
        {lines.map(({ label, value }) => (
          <div key={label}>
            <dt class="xs muted">{label}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p class="row wrap">
        <button type="button" class="btn btn-main" onClick={copy}>
          <Icon name={isCopied.value ? 'check' : 'copy'} />
          {isCopied.value ? w.copied : w.copy}
        </button>
        <button type="button" class="btn" onClick={onKept}>
          {w.kept}
        </button>
      </p>
    </section>
  );
}

/** Whether it is in the clipboard now; on a page without https browsers have only the old way. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'sr';
    document.body.append(field);
    field.select();
    const isDone = document.execCommand('copy');
    field.remove();
    return isDone;
  }
}
