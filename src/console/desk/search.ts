/** Asks the service for what is searched: it looks through all conversations, this screen through those that it was told. */
import { effect } from '@preact/signals';
import { ApiError, at, call } from '../shared/api.js';
import type { DeskConversation } from '../shared/wire.js';
import type { Desk } from './desk-state.js';
import type { DeskQueue } from './queue-state.js';

const typedMs = 250;
const mostFound = 50;
/** As the service takes it. */
const longest = 100;

/** @returns stops it */
export function startSearch(desk: Pick<Desk, 'live' | 'shop' | 'add'>, queue: Pick<DeskQueue, 'search' | 'found'>): () => void {
  return effect(() => {
    const search = queue.search.value.trim();
    const isThere = desk.live.state.value === 'open';
    if (search === '') return;
    if (!isThere) {
      queue.found.value = { search, ids: new Set(), state: 'failed' };
      return;
    }
    const abort = new AbortController();
    queue.found.value = { search, ids: new Set(), state: 'looking' };
    const query = `?show=all&limit=${mostFound}&search=${encodeURIComponent(search.slice(0, longest))}`;
    const timer = setTimeout(() => {
      call<{ readonly conversations: readonly DeskConversation[] }>('GET', at`/v1/shops/${desk.shop}/conversations` + query, {
        signal: abort.signal,
      }).then(
        ({ data }) => {
          desk.add(data.conversations);
          queue.found.value = { search, ids: new Set(data.conversations.map(({ id }) => id)), state: 'done' };
        },
        (error: unknown) => {
          if (abort.signal.aborted) return;
          queue.found.value = { search, ids: new Set(), state: 'failed' };
          if (!(error instanceof ApiError)) throw error;
        },
      );
    }, typedMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
}
