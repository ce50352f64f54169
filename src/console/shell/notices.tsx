/** Toasts, what screen readers are told, and the strip that says that there is no line. */
import { announced, toasts } from '../shared/announcer.js';
import { Icon } from '../shared/icon.js';
import { isUpdated } from '../shared/updated.js';
import { words } from '../shared/words.js';

export function Notices() {
  return (
    <>
      <div class="sr" role="status" aria-live="polite">
        {announced.value}
      </div>
      {isUpdated.value && (
        <div class="strip" role="status">
          <span>{words.value.shell.updated}</span>
          <button type="button" class="btn btn-sm" onClick={() => location.reload()}>
            {words.value.shell.reload}
          </button>
        </div>
      )}
      <div class="toasts">
        {toasts.value.map(({ id, kind, text, action, also }) => (
          <div key={id} class={`toast toast-${kind}`}>
            <span>{text}</span>
            {[also, action].map(
              (one) =>
                one !== undefined && (
                  <button key={one.label} type="button" class="btn btn-sm" onClick={one.run}>
                    {one.label}
                  </button>
                ),
            )}
            {kind === 'error' && (
              <button
                type="button"
                class="btn btn-quiet btn-sm"
                aria-label={words.value.shell.dismiss}
                onClick={() => {
                  toasts.value = toasts.peek().filter((one) => one.id !== id);
                }}
              >
                <Icon name="close" />
              </button>
            )}
          </div>
        ))}
      </div>
    </>
  );
}

/** @param tryNow connects without waiting */
export function OfflineStrip({ isOffline, tryNow }: { readonly isOffline: boolean; readonly tryNow: () => void }) {
  if (!isOffline) return null;
  const w = words.value.shell;
  return (
    <div class="strip" role="status">
      <Icon name="unlink" />
      <span>{w.offline}</span>
      <button type="button" class="btn btn-sm" onClick={tryNow}>
        {w.tryNow}
      </button>
    </div>
  );
}
