/** The server's time: clocks on the screen run by it, whatever the computer's clock says. */
import { signal } from '@preact/signals';

let offsetMs = 0;

/** @param told the server's clock as it was just told */
export function setServerTime(told: string): void {
  offsetMs = Date.parse(told) - Date.now();
  now.value = serverNow();
}

export function serverNow(): number {
  return Date.now() + offsetMs;
}

/** The server's time, stepped once a second by one timer for all clocks; `serverNow` is exact. */
export const now = signal(serverNow());

let second = 0;
function tick(): void {
  const at = serverNow();
  // All clocks change in the same frame, on the full second.
  if (Math.floor(at / 1000) !== second) {
    second = Math.floor(at / 1000);
    now.value = at;
  }
  requestAnimationFrame(tick);
}
if (typeof requestAnimationFrame === 'function') {
  requestAnimationFrame(tick);
  // Frames stop in a tab that is not looked at; its badge and sound must not.
  setInterval(() => {
    if (document.hidden) now.value = serverNow();
  }, 1000);
}
