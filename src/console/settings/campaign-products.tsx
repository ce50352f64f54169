/** Which products a campaign holds for: the whole shop, or those that are ticked. */
import { useSignal } from '@preact/signals';
import { pathWords } from '../../path-words.js';
import { words } from '../shared/words.js';
import { isRecord, valueAt } from './content.js';
import { FaultLine, faultAt } from './fields.js';
import { useSettings } from './settings-context.js';

/** Beyond so many, a product is found by search. */
const mostShown = 40;
const seekFrom = 12;

/** @param at the place of the campaign in the list */
export function CampaignProducts({ at }: { readonly at: number }) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings.campaigns.products;
  const sought = useSignal('');
  const path = ['campaigns', at, 'products'];
  const value = valueAt(state.draft.value, path);
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const listed = valueAt(state.draft.value, ['products']);
  const products = (Array.isArray(listed) ? listed.filter(isRecord) : []).map(({ id, title }) => ({
    id: String(id ?? ''),
    title: String(title ?? ''),
  }));
  // What is chosen and no longer sold stays to be seen: only so can it be taken out.
  const gone = chosen.filter((id) => !products.some((one) => one.id === id)).map((id) => ({ id, title: '' }));
  const all = [...gone, ...products.filter(({ id }) => id !== '')];
  const typed = sought.value.trim().toLowerCase();
  const found = all.filter(({ id, title }) => chosen.includes(id) || `${id} ${title}`.toLowerCase().includes(typed));
  // In the order of the shop, so that nothing moves under the pointer; what is chosen is never left out.
  const shown = found.filter(({ id }, place) => place < mostShown || chosen.includes(id));
  const fault = faultAt(state.faults.value, path);
  const set = (id: string, has: boolean) => {
    const next = has ? [...chosen, id] : chosen.filter((other) => other !== id);
    state.set(path, next.length === 0 ? undefined : next);
  };
  return (
    <details class="campaign-products" open={fault !== undefined}>
      <summary data-path={pathWords(path)}>{chosen.length === 0 ? w.all : w.some(chosen.length)}</summary>
      {all.length > seekFrom && (
        <input
          class="input"
          type="search"
          aria-label={w.seek}
          placeholder={w.seek}
          value={sought.value}
          onInput={(event) => {
            sought.value = event.currentTarget.value;
          }}
        />
      )}
      <fieldset class="ticks">
        <legend class="sr">{w.legend}</legend>
        <div class="ticks-in">
          {shown.map(({ id, title }) => (
            <label key={id}>
              <input
                type="checkbox"
                class="tick"
                disabled={isReadOnly}
                checked={chosen.includes(id)}
                onChange={(event) => set(id, event.currentTarget.checked)}
              />
              <span lang={title === '' ? undefined : 'zh-CN'}>{title || id}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {found.length > shown.length && <p class="xs muted">{words.value.settings.products.more(found.length - shown.length)}</p>}
      <FaultLine fault={fault} />
    </details>
  );
}
