/** Quick phrases: the shop's and one's own, by group; found, written, ordered, switched, taken in and out. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { announce, toast } from '../shared/announcer.js';
import { ApiError } from '../shared/api.js';
import { Icon } from '../shared/icon.js';
import { useLeaveWarning } from '../shared/leaving.js';
import { may, me, shop } from '../shared/session.js';
import type { Phrase, PhraseOperation, PhrasesFound } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { ZoneNote } from '../shared/zone-note.js';
import { OfflineStrip } from '../shell/notices.js';
import { TopBar } from '../shell/top-bar.js';
import { agentNames } from './agent-names.js';
import { BulkBar } from './bulk-bar.js';
import { newKey, openDrafts } from './drafts.js';
import { useDrag } from './drag.js';
import { ExportMenu } from './export-menu.js';
import { ImportPanel } from './import-panel.js';
import { openPhraseBook } from './phrase-book.js';
import { changedFields, draftOf, emptyFields, type PhraseDraft } from './phrase-edit.js';
import { PhraseEditor } from './phrase-editor.js';
import { PhraseList } from './phrase-list.js';
import { grouped } from './phrase-order.js';
import { SourceText } from './phrase-pieces.js';
import { PhraseRow } from './phrase-row.js';
import { Preview } from './preview.js';
import { refusal } from './refusal.js';
import { useChanges } from './use-changes.js';
import { useSearch } from './use-search.js';
import '../shared/variable.css';
import './phrases.css';

type Whose = 'all' | 'shop' | 'mine';
/** More than this are shown a group at a time. */
const mostAtOnce = 300;

export function Page() {
  return (
    <>
      <TopBar />
      {shop.value !== undefined && me.value !== undefined && (
        <Phrases key={shop.value.id} shopId={shop.value.id} userId={me.value.id} />
      )}
    </>
  );
}

function Phrases({ shopId, userId }: { readonly shopId: string; readonly userId: string }) {
  const w = words.value.phrases;
  const keepsAll = may('phrases');
  const book = useMemo(() => openPhraseBook(shopId, keepsAll), [shopId, keepsAll]);
  const drafts = useMemo(() => openDrafts(`${userId}.${shopId}`), [userId, shopId]);
  const { isOffline, failure, refresh } = useChanges(() => book.load(), shopId);
  const whose = useSignal<Whose>('all');
  const group = useSignal<string | undefined>(undefined);
  const opened = useSignal<string | undefined>(undefined);
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const isImporting = useSignal(false);
  const isBusy = useSignal(false);
  const agents = useSignal<ReadonlyMap<string, string>>(new Map());
  const search = useSearch(book);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    void agentNames(shopId).then((names) => {
      agents.value = names;
    });
  }, [shopId]);
  useEffect(() => {
    // What was being written before the page was loaded anew stands open again.
    const last = [...drafts.all.peek().keys()].at(-1);
    if (last !== undefined) opened.value = last;
    const leave = (): void => book.close(true);
    const slash = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.isComposing || (event.target as Element).closest('input,textarea,select'))
        return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('pagehide', leave);
    addEventListener('keydown', slash);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('keydown', slash);
      book.close();
      if (drafts.all.peek().size > 0) toast(words.peek().phrases.keptForLater(drafts.all.peek().size));
    };
  }, [book, drafts]);
  useLeaveWarning(drafts.all.value.size > 0);

  const variables = useComputed(() => new Map((book.variables.value?.variables ?? []).map((one) => [one.name, one])));
  const all = book.phrases.value;
  const mayChange = ({ agent }: Pick<Phrase, 'agent'>) => keepsAll || agent === userId;
  const fits = ({ agent }: Pick<Phrase, 'agent'>) =>
    whose.value === 'all' || (whose.value === 'shop' ? agent === undefined : agent === userId);
  const mine = (all ?? []).filter(fits);
  const groups = grouped(mine);
  const names = [...new Set((all ?? []).map((one) => one.group).filter((name) => name !== ''))];
  const onlyGroup = group.value ?? (mine.length > mostAtOnce ? groups[0]?.name : undefined);
  const drag = useDrag(
    (id) =>
      groups
        .find(({ phrases }) => phrases.some((one) => one.id === id))
        ?.phrases.filter(mayChange)
        .map((one) => one.id) ?? [],
    (ids) => book.order(ids),
  );

  const close = (id: string): void => {
    if (opened.peek() === id) opened.value = undefined;
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-phrase="${CSS.escape(id)}"] .ph-open`)?.focus());
  };
  const setDraft = (id: string, draft: PhraseDraft | undefined): void =>
    drafts.set(id, draft !== undefined && id !== newKey && changedFields(draft).length === 0 ? undefined : draft);

  async function change(operations: readonly PhraseOperation[], said: string): Promise<void> {
    isBusy.value = true;
    try {
      await book.bulk(operations);
      announce(said);
      chosen.value = new Set();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(refusal(error, operations, all ?? [], w), { kind: 'error' });
      await refresh();
    } finally {
      isBusy.value = false;
    }
  }
  const picked = (): readonly Phrase[] => (all ?? []).filter(({ id }) => chosen.value.has(id));
  const changeAll = (phrases: readonly Phrase[], what: { enabled?: boolean; group?: string }, said: string) =>
    change(
      phrases.map(({ id, revision }) => ({ op: 'update', id, revision, change: what })),
      said,
    );
  function choose(ids: readonly string[], isChosen: boolean): void {
    const next = new Set(chosen.peek());
    for (const id of ids)
      if (isChosen) next.add(id);
      else next.delete(id);
    chosen.value = next;
  }
  function remove(phrases: readonly Phrase[]): void {
    for (const { id } of phrases) drafts.set(id, undefined);
    choose(
      phrases.map(({ id }) => id),
      false,
    );
    opened.value = undefined;
    book.remove(phrases);
  }

  const row = (phrase: Phrase, matches?: PhrasesFound['found'][number]['matches']) => {
    const { id } = phrase;
    const kept = drafts.all.value.get(id);
    const isOpen = opened.value === id;
    const owner =
      phrase.agent === undefined
        ? undefined
        : phrase.agent === userId
          ? w.mineOnly
          : (agents.value.get(phrase.agent) ?? w.colleague);
    return (
      <PhraseRow
        key={id}
        phrase={phrase}
        variables={variables.value}
        matches={matches}
        owner={owner}
        mayChange={mayChange(phrase)}
        hasDraft={kept !== undefined}
        isOpen={isOpen}
        isChosen={chosen.value.has(id)}
        isBusy={isBusy.value}
        onChoose={(isChosen) => choose([id], isChosen)}
        onOpen={() => {
          opened.value = isOpen ? undefined : id;
        }}
        onSwitch={() =>
          changeAll([phrase], { enabled: !phrase.enabled }, phrase.enabled ? w.nowOff(phrase.title) : w.nowOn(phrase.title))
        }
        drag={matches === undefined ? drag : undefined}
      >
        {isOpen && !mayChange(phrase) && (
          <div class="ph-edit ph-read">
            <p class="ph-source" lang="zh-CN">
              <SourceText text={phrase.text} variables={variables.value} />
            </p>
            <Preview book={book} variables={variables.value} text={phrase.text} />
          </div>
        )}
        {isOpen && mayChange(phrase) && (
          <PhraseEditor
            book={book}
            phrase={phrase}
            draft={kept ?? draftOf(phrase)}
            setDraft={(draft) => setDraft(id, draft)}
            groups={names}
            variables={variables.value}
            agents={keepsAll ? agents.value : new Map()}
            onClose={() => close(id)}
            onRemove={() => remove([phrase])}
          />
        )}
      </PhraseRow>
    );
  };

  const fresh = drafts.all.value.get(newKey);
  const found = search.found.value?.found
    .filter(({ phrase }) => fits(phrase))
    .map((one) => ({
      ...one,
      // As it is now: it may have been switched since it was found.
      phrase: all?.find(({ id }) => id === one.phrase.id),
    }));
  const gone =
    all === undefined ? [] : [...drafts.all.value].filter(([id]) => id !== newKey && !all.some((one) => one.id === id));
  return (
    <>
      <OfflineStrip isOffline={isOffline.value} tryNow={() => void refresh()} />
      <main class="page ph-page" id="main">
        <div class="page-head">
          <div>
            <h1>{w.heading}</h1>
            <ZoneNote />
            <p>{keepsAll ? w.forAll : w.forAgents}</p>
          </div>
          <div class="acts">
            <ExportMenu shop={shopId} seesAll={keepsAll} />
            <button
              type="button"
              class="btn"
              aria-expanded={isImporting.value}
              onClick={() => {
                isImporting.value = !isImporting.peek();
              }}
            >
              {w.import}
            </button>
            <button
              type="button"
              class="btn btn-main"
              onClick={() => {
                opened.value = newKey;
              }}
            >
              <Icon name="plus" />
              {keepsAll ? w.addOne : w.addOwn}
            </button>
          </div>
        </div>
        {isImporting.value && (
          <ImportPanel
            book={book}
            onClose={() => {
              isImporting.value = false;
            }}
          />
        )}
        <div class="ph-tools">
          <span class="search grow">
            <Icon name="search" />
            <input
              ref={field}
              class="input"
              type="search"
              aria-label={w.search}
              placeholder={w.searchHint}
              value={search.typed.value}
              onInput={(event) => {
                search.typed.value = event.currentTarget.value;
              }}
            />
          </span>
          <fieldset class="seg" aria-label={w.whose}>
            {(['all', 'shop', 'mine'] as const).map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={whose.value === one}
                onClick={() => {
                  whose.value = one;
                  group.value = undefined;
                }}
              >
                {w.whoseWords[one]}
              </button>
            ))}
          </fieldset>
        </div>
        {(opened.value === newKey || fresh !== undefined) && (
          <section class="card ph-new">
            {opened.value === newKey ? (
              <PhraseEditor
                book={book}
                phrase={undefined}
                draft={
                  fresh ?? {
                    base: { ...emptyFields, agent: keepsAll ? '' : userId },
                    revision: 0,
                    fields: { ...emptyFields, agent: keepsAll ? '' : userId, group: onlyGroup ?? '' },
                  }
                }
                setDraft={(draft) => setDraft(newKey, draft)}
                groups={names}
                variables={variables.value}
                agents={keepsAll ? agents.value : new Map()}
                onClose={() => {
                  opened.value = undefined;
                }}
              />
            ) : (
              <button
                type="button"
                class="ph-open ph-resume"
                onClick={() => {
                  opened.value = newKey;
                }}
              >
                <span class="chip chip-accent">{w.unsaved}</span>{' '}
                {w.resume(fresh!.fields.title || fresh!.fields.code || fresh!.fields.text)}
              </button>
            )}
          </section>
        )}
        {gone.map(([id, draft]) => (
          <section key={id} class="card ph-new">
            <PhraseEditor
              book={book}
              phrase={undefined}
              isGone
              draft={draft}
              setDraft={(next) => setDraft(id, next)}
              groups={names}
              variables={variables.value}
              agents={keepsAll ? agents.value : new Map()}
              onClose={() => undefined}
            />
          </section>
        ))}
        {all === undefined ? (
          <p class="ph-empty muted" role="status">
            {failure.value === undefined ? w.loading : isOffline.value ? '' : w.loadFailed(failure.value.message)}
          </p>
        ) : found !== undefined ? (
          <section class="card" aria-label={w.foundTitle}>
            <div class="card-head">
              <h2>{w.foundCount(found.length)}</h2>
            </div>
            <ul>{found.map(({ phrase, matches }) => phrase !== undefined && row(phrase, matches))}</ul>
            {found.length === 0 && <p class="ph-empty muted">{w.foundNothing(search.typed.value)}</p>}
          </section>
        ) : (
          <PhraseList
            groups={groups}
            current={onlyGroup}
            mayShowAll={mine.length <= mostAtOnce}
            none={whose.value === 'mine' ? w.noneOwn : w.none}
            mayChange={mayChange}
            chosen={chosen.value}
            onChoose={choose}
            onGroup={(name) => {
              group.value = name;
            }}
            row={(phrase) => row(phrase)}
          />
        )}
        {chosen.value.size > 0 && (
          <BulkBar
            count={picked().length}
            isBusy={isBusy.value}
            groups={names}
            onEnable={(enabled) =>
              changeAll(picked(), { enabled }, enabled ? w.enabledMany(picked().length) : w.disabledMany(picked().length))
            }
            onGroup={(to) => changeAll(picked(), { group: to }, w.movedMany(picked().length, to || w.noGroup))}
            onRemove={() => remove(picked())}
            onClear={() => {
              chosen.value = new Set();
            }}
          />
        )}
      </main>
    </>
  );
}
