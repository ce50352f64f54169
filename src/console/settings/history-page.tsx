/** Who changed what and when; back to how it was; the settings as a file. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { toast, toastError } from '../shared/announcer.js';
import { ApiError, at, call } from '../shared/api.js';
import { Icon } from '../shared/icon.js';
import { go, place } from '../shared/router.js';
import type { SettingsDiff, SettingsRevision, SettingsSaved } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { Changes } from './changes.js';
import { type Content, valueAt } from './content.js';
import { FileCard } from './file-card.js';
import { useCatalogue } from './lacking.js';
import { useSettings } from './settings-context.js';
import { whenWords } from './when-words.js';

const pageSize = 30;

export function HistoryPage() {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const url = at`/v1/shops/${state.shop}/settings`;
  useCatalogue();
  const revisions = useSignal<readonly SettingsRevision[]>([]);
  const hasMore = useSignal(false);
  const chosen = Number(place.value.query.get('revision')) || state.head.value?.revision;
  const inForce = state.head.value?.revision;

  async function read(before?: number): Promise<void> {
    try {
      const { data } = await call<{ revisions: SettingsRevision[] }>(
        'GET',
        `${url}/revisions?limit=${pageSize}${before === undefined ? '' : `&before=${before}`}`,
      );
      revisions.value = before === undefined ? data.revisions : [...revisions.peek(), ...data.revisions];
      hasMore.value = data.revisions.length === pageSize;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toastError(error, w.history.failed);
    }
  }
  useEffect(() => {
    void read();
  }, [url, inForce]);

  const zone = String(valueAt(state.base.value, ['timeZone']));
  const shown = revisions.value.find(({ revision }) => revision === chosen);
  return (
    <div class="history-grid">
      <section class="card" aria-label={w.pages.history}>
        <ol class="revs">
          {revisions.value.map((one) => (
            <li key={one.revision}>
              <a
                class="rev"
                href={`/settings/history?revision=${one.revision}`}
                aria-current={one.revision === chosen ? 'true' : undefined}
              >
                <b>{one.revision}</b>
                <span class="rev-who">
                  {one.author} <span class="muted">{w.history.sources[one.source]}</span>
                  {one.note !== undefined && <span class="rev-note">{one.note}</span>}
                </span>
                <span class="rev-at muted">
                  {whenWords(one.at, language.value, zone)}
                  {one.revision === inForce && <span class="chip chip-accent">{w.history.inForce}</span>}
                </span>
              </a>
            </li>
          ))}
        </ol>
        {hasMore.value && (
          <p class="card-foot">
            <button type="button" class="btn btn-sm" onClick={() => void read(revisions.peek().at(-1)?.revision)}>
              {w.history.older}
            </button>
          </p>
        )}
      </section>
      <div class="col">
        {chosen !== undefined && inForce !== undefined && (
          <RevisionCard key={chosen} revision={chosen} told={shown} inForce={inForce} />
        )}
        <FileCard isReadOnly={isReadOnly} />
      </div>
    </div>
  );
}

function RevisionCard({
  revision,
  told,
  inForce,
}: {
  readonly revision: number;
  readonly told: SettingsRevision | undefined;
  readonly inForce: number;
}) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const url = at`/v1/shops/${state.shop}/settings`;
  const diff = useSignal<SettingsDiff | undefined>(undefined);
  const content = useSignal<Content | undefined>(undefined);
  const undone = useSignal<SettingsDiff | undefined>(undefined);
  const isBusy = useSignal(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    // With the settings of that revision: what they call a product is what it was called then.
    Promise.all([
      call<SettingsDiff>('GET', `${url}/diff?to=${revision}`),
      call<{ settings: Content }>('GET', `${url}/revisions/${revision}`),
    ]).then(
      ([{ data }, { data: at }]) => {
        content.value = at.settings;
        diff.value = data;
      },
      (error: unknown) => toastError(error, words.peek().settings.history.failed),
    );
  }, [url, revision]);

  async function ask(): Promise<void> {
    try {
      undone.value = (await call<SettingsDiff>('GET', `${url}/diff?from=${inForce}&to=${revision}`)).data;
      dialog.current?.showModal();
    } catch (error) {
      toastError(error, w.history.failed);
    }
  }
  async function rollBack(): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    try {
      const { data } = await call<SettingsSaved>('POST', `${url}/rollback`, {
        body: { revision, note: w.history.backTo(revision) },
        ifMatch: `"${inForce}"`,
      });
      dialog.current?.close();
      await state.load();
      go('/settings/history');
      toast(w.saved(data.revision));
    } catch (error) {
      dialog.current?.close();
      if (error instanceof ApiError && error.status === 412) await state.load();
      toastError(error, w.history.notBack);
    } finally {
      isBusy.value = false;
    }
  }
  const isFirst = diff.value !== undefined && diff.value.from === diff.value.to;
  return (
    <section class="card" aria-label={w.history.title(revision)}>
      <div class="card-head">
        <h2>{w.history.title(revision)}</h2>
        <span class="xs muted clip">{told?.note}</span>
        {!isReadOnly && revision !== inForce && (
          <button type="button" class="btn btn-sm end" onClick={() => void ask()}>
            <Icon name="undo" />
            {w.history.back}
          </button>
        )}
      </div>
      <div class="card-body">
        {isFirst ? (
          <p class="sm muted">{w.history.first}</p>
        ) : diff.value?.changes.length === 0 ? (
          <p class="sm muted">{w.history.same}</p>
        ) : (
          diff.value !== undefined && <Changes changes={diff.value.changes} content={content.value} isLinked />
        )}
      </div>
      <dialog class="dialog card" ref={dialog} aria-labelledby="back-title">
        <h2 id="back-title">{w.history.backSure(revision)}</h2>
        <p class="sm soft">{w.history.backMore}</p>
        {undone.value !== undefined && <Changes changes={undone.value.changes} content={content.value} />}
        {state.patch.value !== undefined && <p class="note">{w.history.backUnsaved}</p>}
        <p class="dialog-end">
          <button type="button" class="btn" onClick={() => dialog.current?.close()}>
            {w.cancel}
          </button>
          <button type="button" class="btn btn-main" disabled={isBusy.value} onClick={() => void rollBack()}>
            {w.history.back}
          </button>
        </p>
      </dialog>
    </section>
  );
}
