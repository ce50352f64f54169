/** What is sold: a list with stock and its age, one product to be changed. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from '../shared/icon.js';
import { usePolled } from '../shared/polled.js';
import { go, place } from '../shared/router.js';
import { language, words } from '../shared/words.js';
import { AutoField } from './auto-field.js';
import { type Content, isRecord, isSame, stepsOf, valueAt } from './content.js';
import { FaultLine, faultAt } from './fields.js';
import { nameOf, parameterAt, variantName } from './parameter-words.js';
import { Rows } from './rows.js';
import { useSettings } from './settings-context.js';
import { addressOf } from './settings-places.js';
import { readShelf, shelfOf } from './shelf.js';
import { stockSaid, sumsOf } from './shelf-sums.js';
import { StockCard } from './stock-card.js';
import { StockFile } from './stock-file.js';

/** So many are drawn; more are found by search. */
const mostShown = 200;
/** What others count is heard of so often. */
const shelfPollMs = 20_000;
const path = ['products'] as const;

export function ProductsPage() {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const sought = useSignal('');
  const chosen = useSignal(0);
  const value = valueAt(state.draft.value, path);
  const products = Array.isArray(value) ? value.filter(isRecord) : [];
  const field = stepsOf(place.value.query.get('field') ?? '');
  useEffect(() => {
    const at = typeof field[1] === 'number' ? field[1] : products.findIndex(({ id }) => id === field[1]);
    if (field[0] === 'products' && field[1] !== undefined && at >= 0) chosen.value = at;
  }, [field.join('.')]);
  const before = valueAt(state.base.value, path);
  const known = Array.isArray(before) ? before : [];
  const line = usePolled(() => readShelf(state.shop), `${state.shop} ${state.head.value?.revision}`, shelfPollMs);
  const onShelf = sumsOf(shelfOf(state.shop) ?? []);
  const found = products
    .map((product, at) => ({ product, at }))
    .filter(({ product }) =>
      JSON.stringify([product.id, product.title, product.aliases]).toLowerCase().includes(sought.value.trim().toLowerCase()),
    );
  return (
    <div class="col">
      <div class="prod-grid">
        <section class="card" aria-label={nameOf(path, language.value)}>
          <div class="card-head">
            <h2>{nameOf(path, language.value)}</h2>
            <span class="xs muted">{products.length}</span>
            {!isReadOnly && (
              <button
                type="button"
                class="btn btn-sm end"
                onClick={() => {
                  chosen.value = products.length;
                  sought.value = '';
                  state.begun([...path, products.length]);
                  state.set(path, [...products, { id: '', title: '', variants: [uncounted] }]);
                  // Its fields may be below what is seen; the first is the next to be written.
                  go(addressOf([...path, products.length, 'id']), { replace: true });
                }}
              >
                <Icon name="plus" />
                {w.products.add}
              </button>
            )}
          </div>
          <div class="card-body">
            <input
              class="input"
              type="search"
              aria-label={w.products.seek}
              placeholder={w.products.seek}
              value={sought.value}
              onInput={(event) => {
                sought.value = event.currentTarget.value;
              }}
            />
          </div>
          <ul class="prods">
            {found.slice(0, mostShown).map(({ product, at }) => {
              const its = onShelf.get(String(product.id));
              return (
                <li key={at}>
                  <button
                    type="button"
                    class="prod"
                    aria-pressed={at === chosen.value}
                    onClick={() => {
                      chosen.value = at;
                      requestAnimationFrame(bringIntoView);
                    }}
                  >
                    <span class="grow" lang="zh-CN">
                      {String(product.title ?? '') || String(product.id ?? '')}
                      <span class="xs muted prod-id">{String(product.id ?? '')}</span>
                    </span>
                    {faultAt(state.faults.value, [...path, at]) !== undefined && (
                      <span class="chip chip-danger">{w.faulty(1)}</span>
                    )}
                    {!isSame(product, known[at]) && <span class="chip chip-warn">{w.unsavedTag}</span>}
                    {its?.isStale && <span class="chip chip-warn">{w.products.stale}</span>}
                    {its?.isOut && <span class="chip chip-line">{w.products.out}</span>}
                    <span class="prod-figures">
                      ¥{String(product.priceYuan ?? '–')}
                      {its !== undefined && <span class="xs muted">{stockSaid(its, w.products)}</span>}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
          {line.failure.value !== undefined && (
            <p class="card-foot xs" role="status">
              {w.products.shelf.unread(
                line.failure.value.code === 'offline' ? words.value.shell.offline : line.failure.value.message,
              )}
            </p>
          )}
          {found.length > mostShown && <p class="card-foot xs muted">{w.products.more(found.length - mostShown)}</p>}
        </section>
        {products[chosen.value] !== undefined && (
          <Product
            key={chosen.value}
            at={chosen.value}
            remove={() => {
              const at = chosen.value;
              chosen.value = Math.max(0, at - 1);
              state.set(
                path,
                products.filter((_, other) => other !== at),
              );
            }}
          />
        )}
      </div>
      <StockFile />
    </div>
  );
}

/** On a narrow screen the product stands below the list: whoever chooses one would see nothing happen. */
function bringIntoView(): void {
  const card = document.querySelector('[data-product]');
  if (card !== null && card.getBoundingClientRect().top > innerHeight / 2) card.scrollIntoView({ block: 'start' });
}

const lists = ['details', 'sizeChart'];
const stockKeys = ['variants', 'asOf'];
/** A product that is served has its stock on the shelf; with that of the settings there would be two that contradict. */
const onShelfAlone = ['stock', 'asOf'];
/** Nothing is said of a variant that is added until somebody has counted it. */
const uncounted = { stock: 'unknown' };

/** Comes in one way: neither colour nor size is asked for. */
function isOneAndNameless(product: unknown): boolean {
  const variants = valueAt(product, ['variants']);
  return Array.isArray(variants) && variants.length === 1 && variantName(variants[0] as Content) === '';
}

function Product({ at, remove }: { readonly at: number; readonly remove: () => void }) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const mine = [...path, at];
  const keys = Object.keys(parameterAt(mine)?.properties ?? {});
  const product = valueAt(state.draft.value, mine);
  const title = String(valueAt(product, ['title']) ?? '');
  const id = String(valueAt(product, ['id']) ?? '');
  const isServed = shelfOf(state.shop)?.some((row) => row.product === id) === true;
  const fault = faultAt(state.faults.value, mine);
  return (
    <section
      class="card"
      aria-label={title}
      data-path={`products[${at}]`}
      data-product
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) state.leave(mine);
      }}
    >
      <div class="card-head">
        <h2 class="clip" lang={title === '' ? undefined : 'zh-CN'}>
          {title || w.products.add}
        </h2>
        {!isReadOnly && (
          <button type="button" class="btn btn-sm end" onClick={remove}>
            {w.products.remove}
          </button>
        )}
      </div>
      <div class="card-body stack">
        {fault?.field === `products[${at}]` && <FaultLine fault={fault} />}
        <div class="bound-row">
          {keys
            .filter((key) => !lists.includes(key) && !stockKeys.includes(key))
            .map((key) => (
              <AutoField key={key} path={[...mine, key]} />
            ))}
        </div>
        <Rows path={[...mine, 'variants']} Field={AutoField} without={isServed ? onShelfAlone : ['asOf']} fresh={uncounted} />
        {isOneAndNameless(product) && <p class="field-hint">{w.products.oneVariant}</p>}
        {isServed ? <StockCard key={id} product={id} /> : <p class="field-hint">{w.products.shelf.afterSave}</p>}
        {lists.map((key) => (
          <AutoField key={key} path={[...mine, key]} />
        ))}
      </div>
    </section>
  );
}
