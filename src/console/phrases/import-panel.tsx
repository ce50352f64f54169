/** A file of phrases taken in: tried first, each row with what would become of it, then done on exactly what was shown. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { problemWords, toast } from '../shared/announcer.js';
import { ApiError } from '../shared/api.js';
import { faultInWords } from '../shared/fault-in-words.js';
import { Icon } from '../shared/icon.js';
import type { PhraseImport } from '../shared/wire.js';
import { findingWords, language, type Words, words } from '../shared/words.js';
import type { PhraseBook } from './phrase-book.js';

type Outcome = PhraseImport['rows'][number]['outcome'];
const outcomes: readonly Outcome[] = ['added', 'changed', 'skipped', 'unchanged'];
/** A longer table says how many more there are; the counts are of all. */
const mostShown = 300;

export function ImportPanel({ book, onClose }: { readonly book: PhraseBook; readonly onClose: () => void }) {
  const w = words.value.phrases;
  const file = useSignal<File | undefined>(undefined);
  const isSkipping = useSignal(false);
  const tried = useSignal<PhraseImport | undefined>(undefined);
  const shown = useSignal<Outcome | 'all'>('all');
  const error = useSignal<ApiError | undefined>(undefined);
  const isBusy = useSignal(false);
  const isStale = useSignal(false);
  const isOver = useSignal(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const query = (dryRun: boolean) => ({ dryRun: String(dryRun), onExisting: isSkipping.peek() ? 'skip' : 'update' });

  async function tryOut(): Promise<void> {
    const chosen = file.peek();
    if (chosen === undefined) return;
    isBusy.value = true;
    error.value = undefined;
    try {
      tried.value = await book.import(chosen, query(true));
      shown.value = 'all';
    } catch (refused) {
      tried.value = undefined;
      // A file that was changed on the disk since it was chosen cannot be read any more.
      error.value = refused instanceof ApiError ? refused : new ApiError(0, 'file', String(refused));
    } finally {
      isBusy.value = false;
    }
  }

  async function apply(): Promise<void> {
    const chosen = file.peek();
    const plan = tried.peek();
    if (chosen === undefined || plan === undefined || isBusy.peek()) return;
    isBusy.value = true;
    error.value = undefined;
    isStale.value = false;
    try {
      const done = await book.import(chosen, query(false), plan.revision);
      toast(w.imported(done.added, done.changed));
      onClose();
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      if (refused.code === 'stale') {
        isStale.value = true;
        await tryOut();
      } else error.value = refused;
    } finally {
      isBusy.value = false;
    }
  }

  function choose(chosen: File | undefined): void {
    if (chosen === undefined) return;
    file.value = chosen;
    isStale.value = false;
    void tryOut();
  }

  const plan = tried.value;
  const rows = plan?.rows.filter(({ outcome }) => shown.value === 'all' || outcome === shown.value) ?? [];
  const todo = plan === undefined ? 0 : plan.added + plan.changed;
  return (
    <section
      class={`card ph-import ${isOver.value ? 'is-over' : ''}`}
      aria-label={w.importTitle}
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => {
        isOver.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        choose(event.dataTransfer?.files[0]);
      }}
    >
      <div class="card-head">
        <h2>{w.importTitle}</h2>
        <button type="button" class="btn btn-quiet btn-sm end" onClick={onClose} aria-label={w.close}>
          <Icon name="close" />
        </button>
      </div>
      <div class="card-body">
        <p class="sm soft">{w.importWhat}</p>
        <p class="row wrap">
          <label class="btn ph-file">
            <input
              ref={first}
              type="file"
              class="sr"
              aria-label={w.file}
              onClick={(event) => {
                // The same file again, changed meanwhile, is a choice too.
                event.currentTarget.value = '';
              }}
              accept=".csv,.json,text/csv,application/json"
              onChange={(event) => choose(event.currentTarget.files?.[0])}
            />
            {w.file}
          </label>
          {file.value !== undefined && <b class="sm">{file.value.name}</b>}
          <label class="row sm">
            <input
              type="checkbox"
              class="tick"
              checked={isSkipping.value}
              onChange={(event) => {
                isSkipping.value = event.currentTarget.checked;
                void tryOut();
              }}
            />
            {w.skipExisting}
          </label>
        </p>
        {error.value !== undefined && (
          <p class="note note-err" role="alert">
            {error.value.code === 'offline' ? w.saveOffline : w.importFailed(refusedWords(error.value))}
          </p>
        )}
        {isStale.value && (
          <p class="note note-warn" role="status">
            {w.importStale}
          </p>
        )}
        <p class="sr" role="status">
          {isBusy.value ? w.reading : plan !== undefined ? w.planned(plan.added, plan.changed, plan.skipped) : ''}
        </p>
        {plan !== undefined && (
          <>
            <div class="row wrap ph-import-head">
              <fieldset class="seg" aria-label={w.outcome}>
                {(['all', ...outcomes] as const).map((outcome) => (
                  <button
                    key={outcome}
                    type="button"
                    aria-pressed={shown.value === outcome}
                    onClick={() => {
                      shown.value = outcome;
                    }}
                  >
                    {w.outcomes[outcome]} {outcome === 'all' ? plan.rows.length : plan[outcome]}
                  </button>
                ))}
              </fieldset>
              <button type="button" class="btn btn-main" disabled={isBusy.value || todo === 0} onClick={apply}>
                {todo === 0 ? w.nothingToImport : w.importNow(todo)}
              </button>
            </div>
            <div class="ph-table">
              <table aria-label={w.importTable}>
                <thead>
                  <tr>
                    <th scope="col">{w.lineNumber}</th>
                    <th scope="col">{w.code}</th>
                    <th scope="col">{w.outcome}</th>
                    <th scope="col">{w.why}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.slice(0, mostShown).map((row) => (
                    <tr key={row.line}>
                      <td>{row.line}</td>
                      <td class="ph-code">{row.code}</td>
                      <td>
                        <span
                          class={`chip ${row.outcome === 'skipped' ? 'chip-warn' : row.outcome === 'unchanged' ? 'chip-line' : 'chip-accent'}`}
                        >
                          {w.outcomes[row.outcome]}
                        </span>
                      </td>
                      <td>
                        {row.why !== undefined && w.whys[row.why]}
                        {row.findings.map((finding, at) => (
                          <span key={at}>
                            {' '}
                            <span lang="zh-CN">「{finding.words}」</span>
                            {findingWords(finding, language.value)}
                            {at < row.findings.length - 1 && '；'}
                          </span>
                        ))}
                        {(row.faults ?? []).map((fault, at) => (
                          <span key={at} class="soft">
                            {' '}
                            · {fieldTitle(fault.field, w)}
                            {faultInWords(fault, language.value)}
                          </span>
                        ))}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {rows.length > mostShown && <p class="sm muted">{w.more(rows.length - mostShown)}</p>}
          </>
        )}
      </div>
    </section>
  );
}

/** A column as the form calls it, before what is wrong with it; one that has no name in the form by its own. */
function fieldTitle(field: string, w: Words['phrases']): string {
  if (field === '') return '';
  return `${w.fieldNames[field as keyof typeof w.fieldNames] ?? field} `;
}

function refusedWords(error: ApiError): string {
  const [fault] = error.faults;
  return fault === undefined ? problemWords(error) : faultInWords(fault, language.value);
}
