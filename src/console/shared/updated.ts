/**
 * A page that is left open outlives an update of the service: parts of it that are loaded later are gone then. Whoever finds one
 * missing asks here whether another build is served by now.
 */
import { signal } from '@preact/signals';

/** Another build is served than this page is of, and it did not reload itself: something is not saved. */
export const isUpdated = signal(false);

const reloadedFor = 'zaima.reloadedFor';

/**
 * To be called where a part could not be loaded. Where the service was updated the page loads anew by itself, once for each
 * build and only when nothing would be lost; else `isUpdated` says so.
 */
export async function partMissing(): Promise<void> {
  const served = await servedEntry();
  const own = entryIn(document.documentElement.outerHTML);
  if (served === undefined || served === own) return;
  if (isSaved() && sessionStorage.getItem(reloadedFor) !== served) {
    sessionStorage.setItem(reloadedFor, served);
    location.reload();
    return;
  }
  isUpdated.value = true;
}

/** The script that a document begins with: it bears the hash of the build. */
export function entryIn(html: string): string | undefined {
  return /<script[^>]*\ssrc="([^"]+)"/.exec(html)?.[1];
}

/** Undefined: it cannot be asked just now. */
async function servedEntry(): Promise<string | undefined> {
  try {
    const response = await fetch(location.pathname, { cache: 'no-store' });
    return response.ok ? entryIn(await response.text()) : undefined;
  } catch (error) {
    // The line is cut: nothing is known of an update.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Nobody who guards what is not saved would keep the browser from leaving. */
function isSaved(): boolean {
  return dispatchEvent(new Event('beforeunload', { cancelable: true }));
}
