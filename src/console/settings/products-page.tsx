/** What is sold: a list with stock and its age, one product to be changed, campaigns. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { serverNow } from '../shared/clock.js';
import { Icon } from '../shared/icon.js';
import { place } from '../shared/router.js';
import { language, words } from '../shared/words.js';
import { AutoField } from './auto-field.js';
import { isRecord, isSame, stepsOf, valueAt } from './content.js';
import { FaultLine, faultAt } from './fields.js';
import { nameOf, parameterAt } from './parameter-words.js';
import { useSettings } from './settings-context.js';
import { whenWords } from './when-words.js';

/** So many are drawn; more are found by search. */
const mostShown = 200;
const hourMs = 3_600_000;
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
  const staleHours = Number(
    valueAt(state.draft.value, ['bot', 'stockStaleHours']) ?? parameterAt(['bot', 'stockStaleHours'])?.default ?? 48,
  );
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
                  state.set(path, [...products, { id: '', title: '', variants: [{ stock: 0 }] }]);
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
              const stock = stockOf(product);
              const isStale = typeof product.asOf === 'string' && serverNow() - Date.parse(product.asOf) > staleHours * hourMs;
              return (
                <li key={at}>
                  <button
                    type="button"
                    class="prod"
                    aria-pressed={at === chosen.value}
                    onClick={() => {
                      chosen.value = at;
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
                    {isStale && <span class="chip chip-warn">{w.products.stale}</span>}
                    {stock === 0 && <span class="chip chip-line">{w.products.out}</span>}
                    <span class="prod-figures">
                      ¥{String(product.priceYuan ?? '–')}
                      <span class="xs muted">{w.products.stock(stock)}</span>
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
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
      <section class="card" aria-label={nameOf(['campaigns'], language.value)}>
        <div class="card-head">
          <h2>{nameOf(['campaigns'], language.value)}</h2>
          <span class="xs muted">{w.products.campaignsMore}</span>
        </div>
        <div class="card-body">
          <AutoField path={['campaigns']} isBare />
        </div>
      </section>
    </div>
  );
}

function stockOf(product: Readonly<Record<string, unknown>>): number {
  const { variants } = product;
  return Array.isArray(variants)
    ? variants.reduce((sum: number, one) => sum + (Number(isRecord(one) ? one.stock : 0) || 0), 0)
    : 0;
}

const lists = ['details', 'sizeChart'];
const stockKeys = ['variants', 'asOf'];

function Product({ at, remove }: { readonly at: number; readonly remove: () => void }) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const mine = [...path, at];
  const keys = Object.keys(parameterAt(mine)?.properties ?? {});
  const product = valueAt(state.draft.value, mine);
  const title = String(valueAt(product, ['title']) ?? '');
  const asOf = valueAt(product, ['asOf']);
  const zone = String(valueAt(state.base.value, ['timeZone']));
  const fault = faultAt(state.faults.value, mine);
  return (
    <section class="card" aria-label={title} data-path={`products[${at}]`}>
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
        <AutoField path={[...mine, 'variants']} />
        <div class="bound-row as-of">
          <AutoField path={[...mine, 'asOf']} />
          {!isReadOnly && (
            <button
              type="button"
              class="btn btn-sm"
              onClick={() => state.set([...mine, 'asOf'], new Date(serverNow()).toISOString())}
            >
              {w.products.asOfNow}
            </button>
          )}
          {typeof asOf === 'string' && !Number.isNaN(Date.parse(asOf)) && (
            <span class="sm soft">{whenWords(asOf, language.value, zone)}</span>
          )}
        </div>
        {lists.map((key) => (
          <AutoField key={key} path={[...mine, key]} />
        ))}
      </div>
    </section>
  );
}
