/** The stock as a table: out, and in again, tried before it is taken. */
import { useSignal } from '@preact/signals';
import { toast } from '../shared/announcer.js';
import { ApiError, at } from '../shared/api.js';
import { faultInWords } from '../shared/fault-in-words.js';
import { may } from '../shared/session.js';
import type { StockImported } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { useSettings } from './settings-context.js';
import { putTable, type TableOptions } from './shelf.js';
import { stockWords } from './typed.js';

const keeps = ['keep', 'unknown', 'out'] as const;

export function StockFile() {
  const { state } = useSettings();
  const { table: w, shelf } = words.value.settings.products;
  const file = useSignal<File | undefined>(undefined);
  const isNow = useSignal(true);
  const missing = useSignal<TableOptions['missing']>('keep');
  const tried = useSignal<StockImported | undefined>(undefined);
  const refusal = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  const url = at`/v1/shops/${state.shop}/stock`;

  async function take(dryRun: boolean): Promise<void> {
    const chosen = file.peek();
    if (chosen === undefined || isBusy.peek()) return;
    isBusy.value = true;
    refusal.value = undefined;
    try {
      const told = await putTable(state.shop, chosen, { dryRun, isNow: isNow.peek(), missing: missing.peek() });
      tried.value = dryRun ? told : undefined;
      if (dryRun) return;
      file.value = undefined;
      toast(w.done);
    } catch (error) {
      tried.value = undefined;
      // A file that was changed on the disk since it was chosen cannot be read any more.
      if (!(error instanceof ApiError)) refusal.value = String(error);
      else if (error.code === 'offline') refusal.value = words.peek().shell.offline;
      else refusal.value = error.faults.map((fault) => faultInWords(fault, language.peek())).join(' ') || error.message;
    } finally {
      isBusy.value = false;
    }
  }
  const plan = tried.value;
  // What is counted anew counts too: it is no longer stale.
  const todo = plan === undefined ? 0 : plan.added + plan.changed + plan.missing + plan.unchanged;
  return (
    <section class="card" aria-label={w.title}>
      <div class="card-head">
        <h2>{w.title}</h2>
        <span class="xs muted">{w.more}</span>
      </div>
      <div class="card-body stack">
        <p class="row wrap">
          <a class="btn btn-sm" href={`${url}?format=csv`} download>
            {w.download}
          </a>
          <a class="btn btn-sm" href={`${url}?format=csv&encoding=gb18030`} download>
            {w.forExcel}
          </a>
        </p>
        {may('stock') && (
          <>
            <p class="row wrap sm">
              <label class="row">
                {w.asOf}
                <select
                  class="input input-short"
                  value={isNow.value ? 'now' : 'none'}
                  onChange={(event) => {
                    isNow.value = event.currentTarget.value === 'now';
                    void take(true);
                  }}
                >
                  <option value="now">{w.asOfs.now}</option>
                  <option value="none">{w.asOfs.none}</option>
                </select>
              </label>
              <label class="row">
                {w.missing}
                <select
                  class="input input-short"
                  value={missing.value}
                  onChange={(event) => {
                    missing.value = event.currentTarget.value as TableOptions['missing'];
                    void take(true);
                  }}
                >
                  {keeps.map((one) => (
                    <option key={one} value={one}>
                      {w.missings[one]}
                    </option>
                  ))}
                </select>
              </label>
            </p>
            <p class="row wrap">
              <label class="btn btn-sm file-in">
                {w.choose}
                <input
                  class="sr"
                  type="file"
                  accept=".csv,.json,text/csv,application/json"
                  onClick={(event) => {
                    // The same file again, changed meanwhile, is a choice too.
                    event.currentTarget.value = '';
                  }}
                  onChange={(event) => {
                    file.value = event.currentTarget.files?.[0];
                    void take(true);
                  }}
                />
              </label>
              {file.value !== undefined && <b class="sm">{file.value.name}</b>}
            </p>
            <p class="field-hint">{w.what}</p>
          </>
        )}
        {refusal.value !== undefined && (
          <p class="note note-err" role="alert">
            {w.refused(refusal.value)}
          </p>
        )}
        {plan !== undefined && (
          <>
            <p class="row wrap">
              <span class="grow" role="status">
                {w.counts(plan.added, plan.changed, plan.unchanged, plan.missing, plan.skipped)}
                {plan.stale > 0 && <span class="chip chip-warn">{w.stale(plan.stale)}</span>}
              </span>
              <button type="button" class="btn btn-main" disabled={isBusy.value || todo === 0} onClick={() => void take(false)}>
                {todo === 0 ? w.nothing : w.take}
              </button>
            </p>
            {plan.rows.length > 0 && (
              <div class="shelf-rows">
                <table aria-label={w.rows}>
                  <thead>
                    <tr>
                      <th scope="col">{w.line}</th>
                      <th scope="col">{shelf.variant}</th>
                      <th scope="col">{w.outcome}</th>
                      <th scope="col">{shelf.figure}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {plan.rows.map(({ line, product = '', variant = '', outcome, before, stock, why }, place) => (
                      <tr key={place}>
                        <td>{line}</td>
                        <td>
                          {product} {variant}
                        </td>
                        <td>
                          <span class={outcome === 'skipped' ? 'chip chip-warn' : 'chip chip-line'}>{w.outcomes[outcome]}</span>
                        </td>
                        <td>
                          {why !== undefined
                            ? shelf.whys[why]
                            : `${before === undefined ? '' : `${stockWords(before, shelf.states)} → `}${stockWords(stock, shelf.states)}`}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            {plan.rowsLeftOut > 0 && <p class="xs muted">{w.left(plan.rowsLeftOut)}</p>}
          </>
        )}
      </div>
    </section>
  );
}
