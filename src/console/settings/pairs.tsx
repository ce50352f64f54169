/** Words of the owner's own, each with its value: details of a product, surcharges, free variables. */
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { Icon } from '../shared/icon.js';
import { language, words } from '../shared/words.js';
import { isRecord, type Path, valueAt } from './content.js';
import { type BoundProps, FaultLine, faultAt } from './fields.js';
import { nameOf } from './parameter-words.js';
import { useSettings } from './settings-context.js';

/** @param Field draws the field of a parameter */
export function Pairs({ path, Field }: { readonly path: Path; readonly Field: ComponentType<BoundProps> }) {
  const { state, isReadOnly } = useSettings();
  const added = useSignal('');
  const w = words.value.settings;
  const value = valueAt(state.draft.value, path);
  const keys = isRecord(value) ? Object.keys(value) : [];
  const title = nameOf(path, language.value);
  const fault = faultAt(state.faults.value, path);
  const isShown = keys.some((key) => faultAt(state.faults.value, [...path, key]) !== undefined);
  const add = () => {
    const key = added.peek().trim();
    if (key === '' || keys.includes(key)) return;
    state.set([...path, key], '');
    added.value = '';
  };
  return (
    <fieldset class="rows">
      <legend>
        {title}
        {keys.length === 0 && <span class="chip chip-line unset">{w.unset}</span>}
      </legend>
      <div class="pairs">
        {keys.map((key) => (
          <div class="pair" key={key}>
            <Field path={[...path, key]} label={key} />
            {!isReadOnly && (
              <button
                type="button"
                class="btn btn-quiet btn-sm"
                aria-label={`${w.remove} ${key}`}
                onClick={() => state.set([...path, key], undefined)}
              >
                <Icon name="close" />
              </button>
            )}
          </div>
        ))}
      </div>
      {!isShown && <FaultLine fault={fault} />}
      {!isReadOnly && (
        <div class="rows-foot">
          <input
            class="input input-key"
            aria-label={w.newKey(title)}
            placeholder={w.newKey(title)}
            value={added.value}
            onInput={(event) => {
              added.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.isComposing) add();
            }}
          />
          <button type="button" class="btn btn-sm" disabled={added.value.trim() === ''} onClick={add}>
            <Icon name="plus" />
            {w.add}
          </button>
        </div>
      )}
    </fieldset>
  );
}
