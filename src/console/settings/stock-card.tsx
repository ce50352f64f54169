/** How much there is of a product, of when, and whether buyers are told: changed here at once, beside the settings. */
import { useSignal } from '@preact/signals';
import { toast } from '../shared/announcer.js';
import { ApiError } from '../shared/api.js';
import { Icon } from '../shared/icon.js';
import { may } from '../shared/session.js';
import type { ShelfListed } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { valueAt } from './content.js';
import { variantName } from './parameter-words.js';
import { useSettings } from './settings-context.js';
import { putFigures, shelfOf } from './shelf.js';
import { isStock, type StockFigure, stockOf, stockWords } from './typed.js';
import { whenWords } from './when-words.js';

/** @param product id as it is saved; its stock is not looked for by one that is being typed */
export function StockCard({ product }: { readonly product: string }) {
  const { state } = useSettings();
  const w = words.value.settings.products.shelf;
  const typed = useSignal<Readonly<Record<string, string>>>({});
  const refused = useSignal<readonly string[]>([]);
  const isBusy = useSignal(false);
  const rows = shelfOf(state.shop)?.filter((row) => row.product === product);
  if (rows === undefined || rows.length === 0) return null;
  const zone = String(valueAt(state.base.value, ['timeZone']));
  const isLocked = !may('stock');
  const figureOf = (row: ShelfListed) => {
    const own = typed.value[variantName(row)];
    return own === undefined ? row.stock : stockOf(own);
  };
  const changed = rows.filter((row) => figureOf(row) !== row.stock);
  const isFaulty = changed.some((row) => !isStock(figureOf(row)));

  async function put(which: readonly ShelfListed[]): Promise<void> {
    isBusy.value = true;
    refused.value = [];
    try {
      const told = await putFigures(
        state.shop,
        which.map((row) => ({ ...row, stock: figureOf(row) as StockFigure })),
      );
      refused.value = told.rows
        .filter(({ outcome }) => outcome === 'skipped')
        .map(({ variant = '', why }) => w.skipped(variant, why === undefined ? '' : w.whys[why]));
      if (refused.peek().length > 0) return;
      typed.value = {};
      toast(w.saved);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refused.value = [w.notSaved(error.code === 'offline' ? words.peek().shell.offline : error.message)];
    } finally {
      isBusy.value = false;
    }
  }

  return (
    <form
      class="shelf"
      aria-label={w.title}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed.length > 0 && !isFaulty && !isBusy.peek()) void put(changed);
      }}
    >
      <p class="row">
        <b>{w.title}</b>
        <span class="xs muted">{w.more}</span>
      </p>
      <table aria-label={w.title}>
        <thead>
          <tr>
            <th scope="col">{w.variant}</th>
            <th scope="col">{w.figure}</th>
            <th scope="col">{w.asOf}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const name = variantName(row);
            const shown = typed.value[name] ?? stockWords(row.stock, w.states);
            const isWrong = !isStock(figureOf(row));
            return (
              <tr key={name} class={figureOf(row) === row.stock ? undefined : 'is-changed'}>
                <th scope="row">
                  {name === '' ? w.only : <span lang="zh-CN">{name}</span>}
                  {row.sku !== undefined && <span class="xs muted"> {row.sku}</span>}
                </th>
                <td>
                  <input
                    class="input input-short"
                    inputMode="numeric"
                    autocomplete="off"
                    aria-label={w.figureOf(name || w.only)}
                    title={w.figureHint}
                    aria-invalid={isWrong}
                    disabled={isLocked}
                    value={shown}
                    onInput={(event) => {
                      typed.value = { ...typed.peek(), [name]: event.currentTarget.value };
                    }}
                  />
                  {isWrong && <p class="field-err">{w.notFigure}</p>}
                </td>
                <td class="sm">
                  {row.asOf === undefined ? w.noAsOf : whenWords(row.asOf, language.value, zone)}
                  {row.stale && (
                    <span class="chip chip-warn">
                      <Icon name="warn" />
                      {w.stale}
                    </span>
                  )}
                  <span class="xs muted"> {w.by[row.source]}</span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {refused.value.length > 0 && (
        <div class="note note-err" role="alert">
          <ul>
            {refused.value.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      {!isLocked && (
        <p class="row wrap">
          <button type="submit" class="btn btn-main btn-sm" disabled={changed.length === 0 || isFaulty || isBusy.value}>
            {w.save(changed.length)}
          </button>
          {changed.length > 0 ? (
            <button
              type="button"
              class="btn btn-sm"
              onClick={() => {
                typed.value = {};
                refused.value = [];
              }}
            >
              {w.undo}
            </button>
          ) : (
            <button type="button" class="btn btn-sm" disabled={isBusy.value} onClick={() => void put(rows)}>
              {w.recount}
            </button>
          )}
        </p>
      )}
    </form>
  );
}
