/** The address bar: links within the console change the page without loading it anew. */
import { signal } from '@preact/signals';

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

export const place = signal<Place>(here());

function here(): Place {
  return { path: location.pathname.replace(/(.)\/+$/, '$1'), query: new URLSearchParams(location.search) };
}

/** @param to path and query; `replace`: no step back leads to where one was */
export function go(to: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  place.value = here();
}

/** What a login may lead on to: addresses of this console alone. */
export function safeNext(next: string | null): string {
  if (next === null || !/^\/(?![/\\])/.test(next)) return '/';
  const target = new URL(next, location.origin);
  return target.origin === location.origin && target.pathname !== '/login' ? target.pathname + target.search : '/';
}

/** @param isPage whether an address is a page of this console; all others are left to the browser */
export function startRouter(isPage: (path: string) => boolean): void {
  addEventListener('popstate', () => {
    place.value = here();
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.('a');
    if (!link?.href || link.target !== '' || link.hasAttribute('download')) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || !isPage(to.pathname) || (to.hash !== '' && to.pathname === location.pathname)) return;
    event.preventDefault();
    if (to.pathname + to.search !== location.pathname + location.search) go(to.pathname + to.search);
    scrollTo(0, 0);
  });
}
