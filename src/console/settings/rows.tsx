/** A list of entries: a line each, with the same fields, added and taken out. */
import type { ComponentChildren, ComponentType } from 'preact';
import { pathWords } from '../../path-words.js';
import { Icon } from '../shared/icon.js';
import { language, words } from '../shared/words.js';
import { type Path, valueAt } from './content.js';
import { kindOf } from './field-kind.js';
import { type BoundProps, FaultLine, faultAt } from './fields.js';
import { nameOf, type ParameterSchema, parameterAt } from './parameter-words.js';
import { useSettings } from './settings-context.js';

interface RowsProps {
  readonly path: Path;
  /** Draws the field of a parameter. */
  readonly Field: ComponentType<BoundProps>;
  /** Its name is shown, else only read out. */
  readonly isTitled?: boolean;
  /** Columns that stand elsewhere. */
  readonly without?: readonly string[];
  /** What an entry begins with. */
  readonly fresh?: Readonly<Record<string, unknown>>;
  /** What is to be seen of an entry at a glance. */
  readonly mark?: (entry: unknown, at: number) => ComponentChildren;
}

const nothing = {};

export function Rows({ path, Field, isTitled = true, without = [], fresh = nothing, mark }: RowsProps) {
  const { state, isReadOnly } = useSettings();
  const w = words.value.settings;
  const lang = language.value;
  const value = valueAt(state.draft.value, path);
  const rows = Array.isArray(value) ? (value as unknown[]) : [];
  const columns = Object.entries(parameterAt(path)?.items?.properties ?? {}).filter(([key]) => !without.includes(key));
  const template = { gridTemplateColumns: `${columns.map(([, column]) => widthOf(column)).join(' ')} 32px` };
  const title = nameOf(path, lang);
  const own = faultAt(state.faults.value, path);
  return (
    <fieldset class="rows">
      <legend class={isTitled ? undefined : 'sr'}>
        {title}
        {value === undefined && <span class="chip chip-line unset">{w.unset}</span>}
      </legend>
      {rows.length > 0 && (
        <div class="rows-head" style={template} aria-hidden="true">
          {columns.map(([key, column]) => (
            <span key={key}>
              {nameOf([...path, 0, key], lang)}
              {column.unit !== undefined && <span class="muted"> {column.unit[lang]}</span>}
            </span>
          ))}
        </div>
      )}
      <ol>
        {rows.map((entry, at) => {
          const mine = [...path, at];
          const fault = faultAt(state.faults.value, mine);
          return (
            <li
              key={at}
              class="rows-row"
              data-path={pathWords(mine)}
              onFocusOut={(event) => {
                if (!event.currentTarget.contains(event.relatedTarget as Node | null)) state.leave(mine);
              }}
            >
              <div class="rows-fields" style={template}>
                {columns.map(([key]) => (
                  <Field key={key} path={[...mine, key]} label={nameOf([...mine, key], lang)} isBare />
                ))}
                {!isReadOnly && (
                  <button
                    type="button"
                    class="btn btn-quiet btn-sm rows-x"
                    aria-label={`${w.remove} ${title} ${at + 1}`}
                    title={w.remove}
                    onClick={() =>
                      state.set(
                        path,
                        orNone(
                          rows.filter((__, other) => other !== at),
                          valueAt(state.base.peek(), path),
                        ),
                      )
                    }
                  >
                    <Icon name="close" />
                  </button>
                )}
              </div>
              {mark?.(entry, at)}
              {fault?.field === pathWords(mine) && <FaultLine fault={fault} />}
            </li>
          );
        })}
      </ol>
      {own?.field === pathWords(path) && <FaultLine fault={own} />}
      <div class="rows-foot">
        {!isReadOnly && (
          <button
            type="button"
            class="btn btn-sm"
            data-path={pathWords(path)}
            aria-label={`${w.add}: ${title}`}
            onClick={() => {
              if (fresh !== nothing) state.begun([...path, rows.length]);
              state.set(path, [...rows, fresh]);
            }}
          >
            <Icon name="plus" />
            {w.add}
          </button>
        )}
      </div>
    </fieldset>
  );
}

/** An empty list where there was none is no change. */
function orNone(rows: readonly unknown[], before: unknown): readonly unknown[] | undefined {
  return rows.length === 0 && before === undefined ? undefined : rows;
}

function widthOf(column: ParameterSchema): string {
  switch (kindOf(column)) {
    case 'number':
    case 'stock':
      return 'minmax(56px, 96px)';
    case 'date':
      return '132px';
    case 'yes_no':
    case 'choice':
    case 'switch':
      return 'minmax(72px, 120px)';
    default:
      return 'minmax(56px, 1fr)';
  }
}
