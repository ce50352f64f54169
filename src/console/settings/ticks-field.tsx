/** Some of a few, each with its box. */
import { pathWords } from '../../path-words.js';
import { language, words } from '../shared/words.js';
import { valueAt } from './content.js';
import type { Option } from './field-kind.js';
import { type BoundProps, FaultLine, faultAt } from './fields.js';
import { nameOf } from './parameter-words.js';
import { useSettings } from './settings-context.js';

export function TicksField({ options, ...props }: BoundProps & { readonly options: readonly Option[] }) {
  const { state, isReadOnly } = useSettings();
  const value = valueAt(state.draft.value, props.path);
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const fault = faultAt(state.faults.value, props.path);
  return (
    <fieldset class="bound ticks" data-path={pathWords(props.path)}>
      <legend>
        {props.label ?? nameOf(props.path, language.value)}
        {value === undefined && <span class="chip chip-line unset">{words.value.settings.unset}</span>}
      </legend>
      <div class="ticks-in">
        {options.map((one) => (
          <label key={one.value}>
            <input
              type="checkbox"
              class="tick"
              disabled={isReadOnly}
              checked={chosen.includes(one.value)}
              onChange={(event) => {
                const has = event.currentTarget.checked;
                const next = options
                  .map((other) => other.value)
                  .filter((other) => (other === one.value ? has : chosen.includes(other)));
                state.set(props.path, next.length === 0 ? undefined : next);
              }}
            />
            {one.words}
          </label>
        ))}
      </div>
      <FaultLine fault={fault} />
    </fieldset>
  );
}
