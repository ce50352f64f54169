/** Quick phrases: found by code, words or pinyin; what only the conversation knows is asked for before the text is put in. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { z } from 'zod';
import type { phraseAnswers } from '../../server/phrases-schemas.js';
import { toastError } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import { Icon } from '../shared/icon.js';
import type { DeskConversation, Phrase, PhraseFilled, PhrasesFound } from '../shared/wire.js';
import { findingWords, language, words } from '../shared/words.js';
import { useDesk } from './desk-context.js';
import { levelOf } from './findings.js';
import { buyerName } from './names.js';

type Found = PhrasesFound['found'][number];
type Variable = z.output<typeof phraseAnswers.PhraseVariables>['variables'][number];
const typedMs = 80;

export function Phrases({ conversation }: { readonly conversation: DeskConversation | undefined }) {
  const { desk, composer, pane } = useDesk();
  const w = words.value.desk.phrases;
  const typed = useSignal('');
  const found = useSignal<readonly Found[]>([]);
  const chosen = useSignal(0);
  const isSearched = useSignal(false);
  /** The phrase whose open places are being asked for. */
  const asking = useSignal<Phrase | undefined>(undefined);
  const field = useRef<HTMLInputElement>(null);
  const variables = useSignal<readonly Variable[]>([]);

  useEffect(() => {
    call<{ readonly variables: readonly Variable[] }>('GET', at`/v1/shops/${desk.shop}/phrases/variables`).then(
      ({ data }) => {
        variables.value = data.variables;
      },
      (error: unknown) => {
        // Previews then show the names of what is filled in; the text itself is filled in by the service.
        if (!(error instanceof ApiError)) throw error;
      },
    );
    // Their values are the shop's: it tells when it is set otherwise.
  }, [desk.shop, desk.welcome.value]);

  useEffect(() => {
    const query = typed.value.trim();
    asking.value = undefined;
    if (query === '') {
      found.value = [];
      isSearched.value = false;
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      call<PhrasesFound>('GET', `${at`/v1/shops/${desk.shop}/phrases/search`}?limit=8&q=${encodeURIComponent(query)}`, {
        signal: abort.signal,
      }).then(
        ({ data }) => {
          found.value = data.found;
          chosen.value = 0;
          isSearched.value = true;
        },
        (error: unknown) => {
          if (!abort.signal.aborted) toastError(error, w.failed);
        },
      );
    }, typedMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed.value]);
  // A phrase that is asked about belongs to the buyer for whom it was looked up.
  useEffect(() => {
    asking.value = undefined;
  }, [conversation?.id]);

  /** What the conversation tells of itself. */
  function known(): Record<string, string> {
    const me = desk.welcome.peek()?.me.name;
    return {
      ...(conversation !== undefined &&
        (conversation.buyer.nickname ?? conversation.buyer.name) !== undefined && { buyer_name: buyerName(conversation) }),
      ...(me !== undefined && { agent_name: me }),
    };
  }

  async function use(phrase: Phrase, given: Readonly<Record<string, string>> = {}): Promise<void> {
    if (conversation === undefined) return;
    const values: Record<string, string> = { ...known(), ...given };
    const open = phrase.open.filter(({ name }) => (values[name] ?? '') === '');
    if (open.length > 0 && asking.peek()?.id !== phrase.id) {
      asking.value = phrase;
      return;
    }
    const into = desk.selectedId.peek();
    try {
      const { data } = await call<PhraseFilled>('POST', at`/v1/shops/${desk.shop}/phrases/${phrase.id}/used`, {
        body: { values },
      });
      // Another buyer was opened meanwhile: what was filled in with this one's name is not for him.
      if (desk.selectedId.peek() !== into) return;
      asking.value = undefined;
      typed.value = '';
      pane.value = 'talk';
      composer.insert(data.text);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toastError(error, w.failed);
    }
  }

  return (
    <section class="sec sec-grow" aria-label={w.label} data-pane="phrases">
      <div class="row between">
        <h2>{w.label}</h2>
      </div>
      <div class="search">
        <Icon name="search" />
        <input
          id="desk-phrases"
          ref={field}
          class="input"
          type="text"
          list={undefined}
          // biome-ignore lint/a11y/noRedundantRoles: `list` is named for the types alone
          role="combobox"
          aria-label={w.search}
          aria-expanded={found.value.length > 0}
          aria-controls="desk-phrases-found"
          aria-autocomplete="list"
          aria-activedescendant={found.value[chosen.value] === undefined ? undefined : `phrase-${chosen.value}`}
          placeholder={w.placeholder}
          autocomplete="off"
          value={typed.value}
          // What was searched for before is written over.
          onFocus={(event) => event.currentTarget.select()}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.isComposing || event.keyCode === 229) return;
            const last = found.value.length - 1;
            if (event.key === 'ArrowDown') chosen.value = Math.min(last, chosen.value + 1);
            else if (event.key === 'ArrowUp') chosen.value = Math.max(0, chosen.value - 1);
            else if (event.key === 'Enter' && found.value[chosen.value] !== undefined)
              void use(found.value[chosen.value]!.phrase);
            else if (event.key === 'Escape') {
              event.stopPropagation();
              if (typed.value !== '') typed.value = '';
              else composer.field.peek()?.focus();
            } else return;
            event.preventDefault();
          }}
        />
        <kbd>/</kbd>
      </div>
      {asking.value !== undefined ? (
        <Gaps
          phrase={asking.value}
          known={known()}
          onDone={(values) => void use(asking.peek()!, values)}
          onCancel={() => (asking.value = undefined)}
        />
      ) : (
        <div class="phrases" role="listbox" id="desk-phrases-found" aria-label={w.found}>
          {found.value.map(({ phrase, matches }, place) => (
            <div
              key={phrase.id}
              id={`phrase-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === chosen.value}
              class={`phrase${place === chosen.value ? ' is-on' : ''}`}
              onPointerMove={() => {
                chosen.value = place;
              }}
              onClick={() => void use(phrase)}
            >
              <b>
                <Marked text={phrase.title} matches={matches.filter((one) => one.field === 'title')} />
              </b>
              <code>{phrase.code}</code>
              <span>
                {phrase.gaps.length > 0 ? (
                  <b class="warn">{w.gaps(phrase.gaps.map(({ title }) => title[language.value]).join(w.join))}</b>
                ) : (
                  preview(phrase.text, variables.value)
                )}
              </span>
              {levelOf(phrase.findings) !== 'none' && (
                <b class="xs danger">{w.finding(findingWords(phrase.findings[0]!, language.value))}</b>
              )}
            </div>
          ))}
        </div>
      )}
      {isSearched.value && found.value.length === 0 && <p class="xs muted">{w.none}</p>}
    </section>
  );
}

/** As it will read: what the shop has set filled in, what the conversation tells by its name. */
function preview(text: string, variables: readonly Variable[]): string {
  return text.replace(/\{%.*?%\}/g, '').replace(/\{\{-?\s*(\w+).*?\}\}/g, (_, name: string) => {
    const known = variables.find((one) => one.name === name);
    return String(known?.value ?? `{${known?.title[language.value] ?? name}}`);
  });
}

function Marked({
  text,
  matches,
}: {
  readonly text: string;
  readonly matches: readonly { readonly start: number; readonly end: number }[];
}) {
  const match = matches[0];
  if (match === undefined) return <>{text}</>;
  return (
    <>
      {text.slice(0, match.start)}
      <mark>{text.slice(match.start, match.end)}</mark>
      {text.slice(match.end)}
    </>
  );
}

interface GapsProps {
  readonly phrase: Phrase;
  readonly known: Readonly<Record<string, string>>;
  readonly onDone: (values: Readonly<Record<string, string>>) => void;
  readonly onCancel: () => void;
}

function Gaps({ phrase, known, onDone, onCancel }: GapsProps) {
  const w = words.value.desk.phrases;
  const form = useRef<HTMLFormElement>(null);
  const lacking = useSignal<ReadonlySet<string>>(new Set());
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const open = phrase.open.filter(({ name }) => known[name] === undefined);
  return (
    <form
      ref={form}
      noValidate
      class="gaps"
      aria-label={w.fill(phrase.title)}
      onSubmit={(event) => {
        event.preventDefault();
        const given = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()] as const);
        const empty = given.filter(([, value]) => value === '').map(([name]) => name);
        lacking.value = new Set(empty);
        if (empty[0] === undefined) onDone(Object.fromEntries(given));
        else form.current?.querySelector<HTMLInputElement>(`[name="${CSS.escape(empty[0])}"]`)?.focus();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <p class="sm">
        <b>{phrase.title}</b> {w.asks}
      </p>
      {open.map(({ name, title }) => (
        <label key={name}>
          <span>{title[language.value]}</span>
          <input
            class="input"
            name={name}
            aria-required
            aria-invalid={lacking.value.has(name)}
            aria-describedby={lacking.value.has(name) ? `gap-${name}` : undefined}
            maxLength={500}
            autocomplete="off"
          />
          {lacking.value.has(name) && (
            <small class="danger" id={`gap-${name}`} role="alert">
              {w.lacking}
            </small>
          )}
        </label>
      ))}
      <div class="row">
        <button type="submit" class="btn btn-main btn-sm">
          {w.putIn}
        </button>
        <button type="button" class="btn btn-sm" onClick={onCancel}>
          {w.cancel}
        </button>
      </div>
    </form>
  );
}
