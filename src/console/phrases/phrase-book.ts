/**
 * The phrases of a shop as the page holds them: read again while somebody looks, changed through the API. A deletion waits
 * some seconds, so that it can be undone without losing what is counted of the phrase.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { toast } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import type {
  Phrase,
  PhraseFilled,
  PhraseImport,
  PhraseOperation,
  PhraseSet,
  PhrasesFound,
  PhraseVariables,
} from '../shared/wire.js';
import { words } from '../shared/words.js';
import { changeOf, type PhraseDraft, requestOf } from './phrase-edit.js';
import { inOrder } from './phrase-order.js';

const undoMs = 8000;
/** Presses of an arrow key that follow each other become one change. */
const orderMs = 400;
/** As many as one call takes. */
const mostOperations = 500;

export interface PhraseBook {
  readonly shop: string;
  /** In order; undefined: not read yet. What waits to be deleted is not among them. */
  readonly phrases: ReadonlySignal<readonly Phrase[] | undefined>;
  readonly variables: ReadonlySignal<PhraseVariables | undefined>;
  /** @throws ApiError */
  load(): Promise<void>;
  /** @throws ApiError: `stale` with the phrase as it is, `finding`, `conflict`, `invalid` */
  save(id: string | undefined, draft: PhraseDraft, isOverride: boolean): Promise<Phrase>;
  /** All or nothing. @throws ApiError */
  bulk(operations: readonly PhraseOperation[]): Promise<void>;
  remove(phrases: readonly Phrase[]): void;
  /** @param ids of one group, in the order wanted */
  order(ids: readonly string[]): void;
  search(typed: string, abort: AbortSignal): Promise<PhrasesFound>;
  preview(text: string, abort: AbortSignal): Promise<PhraseFilled>;
  import(file: File, query: Readonly<Record<string, string>>, revision?: number): Promise<PhraseImport>;
  /** What waits is done at once: the page is left. */
  close(isLeaving?: boolean): void;
}

/** @param seesAll whether colleagues' own phrases are shown too */
export function openPhraseBook(shop: string, seesAll: boolean): PhraseBook {
  const url = at`/v1/shops/${shop}/phrases`;
  const told = signal<readonly Phrase[] | undefined>(undefined);
  const variables = signal<PhraseVariables | undefined>(undefined);
  const leaving = signal<ReadonlySet<string>>(new Set());
  const waiting = new Map<symbol, (isLeaving: boolean) => Promise<void>>();
  let etag: string | undefined;
  let wanted: readonly string[] | undefined;
  let orderTimer: ReturnType<typeof setTimeout> | undefined;

  const phrases = computed(() => told.value?.filter(({ id }) => !leaving.value.has(id)));

  async function load(): Promise<void> {
    const query = seesAll ? '?agent=*' : '';
    const [answer, known] = await Promise.all([
      call<PhraseSet>('GET', url + query, etag === undefined ? {} : { ifNoneMatch: etag }),
      variables.peek() === undefined ? call<PhraseVariables>('GET', `${url}/variables`) : undefined,
    ]);
    if (known !== undefined) variables.value = known.data;
    if (answer.status === 304) return;
    etag = answer.etag;
    // What is being moved stays where it was put.
    told.value = wanted === undefined ? answer.data.phrases : inOrder(answer.data.phrases, wanted);
  }

  function put(phrase: Phrase): void {
    const others = (told.peek() ?? []).filter(({ id }) => id !== phrase.id);
    told.value = [...others, phrase].sort((one, other) => one.position - other.position);
    etag = undefined;
  }

  const bulk = async (operations: readonly PhraseOperation[], keepalive = false): Promise<void> => {
    for (let from = 0; from < operations.length; from += mostOperations)
      await call('POST', `${url}/bulk`, { body: { operations: operations.slice(from, from + mostOperations) }, keepalive });
    if (!keepalive) await load();
  };

  async function sendOrder(isLeaving: boolean): Promise<void> {
    clearTimeout(orderTimer);
    const ids = wanted;
    if (ids === undefined) return;
    try {
      await call('POST', `${url}/reorder`, { body: { ids }, keepalive: isLeaving });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(words.peek().phrases.orderFailed(error.message), { kind: 'error' });
    }
    if (wanted === ids) wanted = undefined;
    etag = undefined;
    if (!isLeaving) await load().catch(onlyRefusals);
  }

  return {
    shop,
    phrases,
    variables,
    load,
    async save(id, draft, isOverride) {
      const query = isOverride ? '?override=true' : '';
      const { data } =
        id === undefined
          ? await call<Phrase>('POST', url + query, { body: requestOf(draft.fields) })
          : await call<Phrase>('PATCH', `${url}/${encodeURIComponent(id)}${query}`, {
              body: changeOf(draft),
              ifMatch: `"${draft.revision}"`,
            });
      put(data);
      return data;
    },
    bulk: (operations) => bulk(operations),
    remove(gone) {
      const w = words.peek().phrases;
      const key = Symbol();
      const ids = gone.map(({ id }) => id);
      const back = (): void => {
        leaving.value = new Set([...leaving.peek()].filter((id) => !ids.includes(id)));
      };
      leaving.value = new Set([...leaving.peek(), ...ids]);
      const commit = async (isLeaving: boolean): Promise<void> => {
        if (!waiting.delete(key)) return;
        close();
        try {
          await bulk(
            gone.map(({ id, revision }) => ({ op: 'delete', id, revision })),
            isLeaving,
          );
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          toast(error.code === 'stale' ? w.removeStale : w.removeFailed(error.message), { kind: 'error' });
          await load().catch(onlyRefusals);
        }
        back();
      };
      waiting.set(key, commit);
      const close = toast(gone.length === 1 ? w.removed(gone[0]!.title) : w.removedMany(gone.length), {
        ms: undoMs,
        action: {
          label: w.undo,
          run() {
            if (!waiting.delete(key)) return;
            close();
            back();
          },
        },
      });
      setTimeout(() => void commit(false), undoMs);
    },
    order(ids) {
      const before = told.peek();
      if (before === undefined) return;
      // Another group is moved before the last is told.
      if (wanted !== undefined && !wanted.some((id) => ids.includes(id))) void sendOrder(false);
      wanted = ids;
      told.value = inOrder(before, ids);
      clearTimeout(orderTimer);
      orderTimer = setTimeout(() => void sendOrder(false), orderMs);
    },
    async search(typed, abort) {
      const query = new URLSearchParams({ q: typed, all: 'true', limit: '100', ...(seesAll && { agent: '*' }) });
      return (await call<PhrasesFound>('GET', `${url}/search?${query}`, { signal: abort })).data;
    },
    async preview(text, abort) {
      return (await call<PhraseFilled>('POST', `${url}/preview`, { body: { text }, signal: abort })).data;
    },
    async import(file, query, revision) {
      const { data } = await call<PhraseImport>('POST', `${url}/import?${new URLSearchParams(query)}`, {
        body: file,
        contentType: 'application/octet-stream',
        ...(revision !== undefined && { ifMatch: `"${revision}"` }),
      });
      if (query.dryRun !== 'true') await load();
      return data;
    },
    close(isLeaving = false) {
      for (const commit of [...waiting.values()]) void commit(isLeaving);
      void sendOrder(isLeaving);
    },
  };
}

/** The next round of asking says that there is no line. */
function onlyRefusals(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}
