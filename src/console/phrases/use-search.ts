/** The service's search as one types: code, title, text, pinyin. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../shared/api.js';
import type { PhrasesFound } from '../shared/wire.js';
import type { PhraseBook } from './phrase-book.js';

const pauseMs = 120;

export interface Search {
  readonly typed: Signal<string>;
  /** Undefined: nothing is searched for. */
  readonly found: Signal<PhrasesFound | undefined>;
}

export function useSearch(book: PhraseBook): Search {
  const typed = useSignal('');
  const found = useSignal<PhrasesFound | undefined>(undefined);
  const words = typed.value.trim();
  const set = book.phrases.value;
  useEffect(() => {
    if (words === '') {
      found.value = undefined;
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        found.value = await book.search(words.slice(0, 100), abort.signal);
      } catch (error) {
        // The strip says that there is no line; what was found before stays.
        if (!abort.signal.aborted && !(error instanceof ApiError)) throw error;
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
    // What was changed may be found by other words now.
  }, [words, book, set]);
  return { typed, found };
}
