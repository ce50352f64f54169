/** Fields that are bound to a parameter: its name, its unit, an example, and beside it what is wrong with it. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { pathWords } from '../../path-words.js';
import type { Fault } from '../shared/api.js';
import { faultInWords } from '../shared/fault-in-words.js';
import { Icon } from '../shared/icon.js';
import { language, words } from '../shared/words.js';
import { isSame, type Path, stepsOf, valueAt } from './content.js';
import type { Option } from './field-kind.js';
import { Lacking } from './lacking.js';
import { type Known, nameOf, type ParameterSchema, parameterAt } from './parameter-words.js';
import { useSettings } from './settings-context.js';
import { isStock, listOf, listWords, numberOf, numbersOf, numberWords, stockOf, stockWords } from './typed.js';

/** The first fault at or below a path. */
export function faultAt(faults: readonly Fault[], path: Path): Fault | undefined {
  const field = pathWords(path);
  return faults.find((one) => one.field === field || one.field.startsWith(`${field}.`) || one.field.startsWith(`${field}[`));
}

/** The entry of a list in one line that a fault is about: its number would have to be counted off. */
function entryOf({ field }: Fault, path: Path, content: unknown): string | undefined {
  const entry = field === pathWords(path) ? undefined : valueAt(content, stepsOf(field));
  return typeof entry === 'string' || typeof entry === 'number' ? String(entry) : undefined;
}

/** @param of the thing that it is about, where the field holds several */
export function FaultLine({
  id,
  fault,
  of,
}: {
  readonly id?: string | undefined;
  readonly fault: Fault | undefined;
  readonly of?: string | undefined;
}) {
  if (fault === undefined) return null;
  return (
    <p class="field-err" {...(id !== undefined && { id })}>
      <Icon name="warn" />
      <span>
        {of !== undefined && <b>{of} </b>}
        {faultInWords(fault, language.value)}
      </span>
    </p>
  );
}

/** What may be saved as it is, yet is warned of. */
function HintLine({ id, hint }: { readonly id: string; readonly hint: Fault | undefined }) {
  if (hint === undefined) return null;
  return (
    <p class="field-hint word-hint" id={id}>
      <Icon name="warn" />
      <span>{faultInWords(hint, language.value)}</span>
    </p>
  );
}

/** Of an amount finer than a cent: nobody can pay it. An earlier version let it stand, and it is said as whole cents. */
function Rounding({ path, known }: { readonly path: Path; readonly known: Known | undefined }) {
  const { state } = useSettings();
  const value = valueAt(state.draft.value, path);
  if (known?.multipleOf !== 0.01 || typeof value !== 'number') return null;
  const rounded = Math.round(value * 100) / 100;
  if (Math.abs(rounded - value) < 1e-8) return null;
  const w = words.value.settings;
  const isStored = isSame(value, valueAt(state.base.value, path));
  return (
    <p class="field-hint word-hint rounding">
      {isStored && <span>{w.finer(rounded)}</span>}
      <button type="button" class="btn btn-sm" onClick={() => state.set(path, rounded)}>
        {w.round(rounded)}
      </button>
    </p>
  );
}

interface Control {
  readonly id: string;
  readonly 'data-path': string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
  readonly disabled: boolean;
}

export interface BoundProps {
  readonly path: Path;
  /** In place of the parameter's name. */
  readonly label?: string;
  /** The label is read out, not shown: in tables. */
  readonly isBare?: boolean;
  readonly children?: ComponentChildren;
}

/** A figure that holds where nothing is set. */
function standardOf(own: ParameterSchema | undefined): number | undefined {
  return typeof own?.default === 'number' ? own.default : undefined;
}

/** Of entries of lists and own keys nobody asks whether they are set. */
function isWithin(own: Known | undefined): boolean {
  return own !== undefined && /[[*]/.test(own.name);
}

/** Clauses and lists take what room there is. */
function isLongOf(own: Known | undefined): boolean {
  return (own?.maxLength ?? 0) >= 30 || own?.format === 'uri' || (own?.type === 'array' && own.items?.enum === undefined);
}

/** The frame of a field. @param draw draws the control, which spreads what it is given */
export function Framed({
  path,
  label,
  isBare = false,
  children,
  draw,
  isSelfUnset = false,
}: BoundProps & { readonly draw: (control: Control) => ComponentChildren; readonly isSelfUnset?: boolean }) {
  const { state, isReadOnly } = useSettings();
  const id = useId();
  const own = parameterAt(path);
  const fault = faultAt(state.faults.value, path);
  // What is finer than a cent is told by `Rounding`, before anything is typed.
  const hints = state.hints.value.filter(({ code }) => code !== 'finer_kept');
  const hint = fault === undefined ? faultAt(hints, path) : undefined;
  const lang = language.value;
  const isUnset = valueAt(state.draft.value, path) === undefined;
  const said = label ?? nameOf(path, lang);
  const classes = !isLongOf(own) ? 'bound' : isBare ? 'bound bound-whole' : 'bound bound-long';
  const standard = standardOf(own);
  const described = [
    own?.help !== undefined && !isBare && `${id}-help`,
    fault !== undefined && `${id}-fault`,
    hint !== undefined && `${id}-hint`,
  ].filter(Boolean);
  const control: Control = {
    id,
    'data-path': pathWords(path),
    'aria-invalid': fault !== undefined,
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
    disabled: isReadOnly,
  };
  return (
    <div class={classes} onFocusOut={() => state.leave(path)}>
      <label for={id} class={isBare ? 'bare-label' : undefined}>
        {/* What the shop named itself: its couriers, its details. */}
        <span lang={label !== undefined && /[\u3400-\u9fff]/.test(label) ? 'zh-CN' : undefined}>{said}</span>
        {!isBare && isUnset && !isSelfUnset && !isWithin(own) && (
          <span class="chip chip-line unset">
            {standard === undefined ? words.value.settings.unset : words.value.settings.standard(standard)}
          </span>
        )}
      </label>
      <div class="bound-in">
        {draw(control)}
        {own?.unit !== undefined && <span class="unit">{own.unit[lang]}</span>}
      </div>
      {own?.help !== undefined && !isBare && (
        <p class="field-hint" id={`${id}-help`}>
          {own.help[lang]}
        </p>
      )}
      <FaultLine id={`${id}-fault`} fault={fault} {...(fault !== undefined && { of: entryOf(fault, path, state.draft.value) })} />
      <HintLine id={`${id}-hint`} hint={hint} />
      {!isReadOnly && <Rounding path={path} known={own} />}
      {isUnset && own !== undefined && <Lacking name={own.name} />}
      {children}
    </div>
  );
}

/** Something that is typed and read into a value; while it says the same it stays as it was typed (`1.`, `江苏、`). */
function Typed({
  control,
  path,
  read,
  write,
  mode,
  kind = 'text',
  isShort = false,
  isLong = false,
  hint,
}: {
  readonly control: Control;
  readonly path: Path;
  readonly read: (typed: string) => unknown;
  readonly write: (value: unknown) => string;
  readonly mode?: 'decimal' | 'numeric';
  readonly kind?: 'text' | 'date';
  readonly isShort?: boolean;
  /** As many lines as it needs. */
  readonly isLong?: boolean;
  /** What may be typed, for who points at it. */
  readonly hint?: string;
}) {
  const { state } = useSettings();
  const typed = useSignal('');
  const value = valueAt(state.draft.value, path);
  const shown = typed.value !== '' && isSame(read(typed.value), value) ? typed.value : write(value);
  const own = parameterAt(path);
  const standard = standardOf(own);
  const given = own?.examples?.[0];
  // In a list an example would look like what is set.
  const example =
    standard !== undefined
      ? String(standard)
      : given === undefined || isWithin(own)
        ? undefined
        : words.value.settings.example(listWords(given));
  if (isLong)
    return (
      <textarea
        {...control}
        class="input"
        rows={Math.min(6, Math.max(1, Math.ceil(shown.length / 22)))}
        value={shown}
        {...(example !== undefined && { placeholder: example })}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          state.set(path, read(event.currentTarget.value));
        }}
        onBlur={() => {
          typed.value = '';
        }}
      />
    );
  return (
    <input
      {...control}
      class={isShort ? 'input input-short' : 'input'}
      // Their attributes differ only where none is used here.
      type={kind as 'text'}
      value={shown}
      autocomplete="off"
      {...(mode && { inputMode: mode })}
      {...(hint !== undefined && { title: hint })}
      {...(example !== undefined && { placeholder: example })}
      onFocus={(event) => {
        // 未知 is a word for what is to be typed in its place.
        if (isWord(value, shown)) event.currentTarget.select();
      }}
      onInput={(event) => {
        typed.value = event.currentTarget.value;
        state.set(path, read(event.currentTarget.value));
      }}
      onBlur={() => {
        typed.value = '';
      }}
    />
  );
}

/** Shown by another word than it is kept as. */
function isWord(value: unknown, shown: string): boolean {
  return typeof value === 'string' && isStock(value) && value !== shown;
}

const textOf = (typed: string) => (typed === '' ? undefined : typed);

export function TextField(props: BoundProps) {
  return (
    <Framed {...props} draw={(control) => <Typed control={control} path={props.path} read={textOf} write={numberWords} />} />
  );
}

export function NumberField(props: BoundProps) {
  return (
    <Framed
      {...props}
      draw={(control) => <Typed control={control} path={props.path} read={numberOf} write={numberWords} mode="decimal" isShort />}
    />
  );
}

export function StockField(props: BoundProps) {
  const { states, figureHint } = words.value.settings.products.shelf;
  return (
    <Framed
      {...props}
      draw={(control) => (
        <Typed
          control={control}
          path={props.path}
          read={stockOf}
          write={(value) => stockWords(value, states)}
          hint={figureHint}
          isShort
        />
      )}
    />
  );
}

export function DateField(props: BoundProps) {
  return (
    <Framed
      {...props}
      draw={(control) => <Typed control={control} path={props.path} read={textOf} write={numberWords} kind="date" isShort />}
    />
  );
}

/** A list of words, or of numbers, in one line. */
export function ListField({ isNumbers = false, ...props }: BoundProps & { readonly isNumbers?: boolean }) {
  return (
    <Framed
      {...props}
      draw={(control) => (
        <Typed control={control} path={props.path} read={isNumbers ? numbersOf : listOf} write={listWords} isLong={!isNumbers} />
      )}
    />
  );
}

/** @param required there is no way to leave it unset; `by`: what stands there when nothing is set */
export function ChoiceField({
  options,
  required = false,
  by,
  ...props
}: BoundProps & { readonly options: readonly Option[]; readonly required?: boolean; readonly by?: string }) {
  const { state } = useSettings();
  const value = valueAt(state.draft.value, props.path) ?? by;
  return (
    <Framed
      {...props}
      isSelfUnset
      draw={(control) => (
        <select
          {...control}
          class="input"
          value={value === undefined ? '' : String(value)}
          onChange={(event) => state.set(props.path, event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
        >
          {!required && <option value="">{words.value.settings.unset}</option>}
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.words}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** Yes, no, or nobody said. */
export function YesNoField(props: BoundProps) {
  const { state } = useSettings();
  const value = valueAt(state.draft.value, props.path);
  const w = words.value.settings;
  return (
    <Framed
      {...props}
      isSelfUnset
      draw={(control) => (
        <select
          {...control}
          class="input"
          value={value === undefined ? '' : String(value)}
          onChange={({ currentTarget: { value: chosen } }) =>
            state.set(props.path, chosen === '' ? undefined : chosen === 'true')
          }
        >
          <option value="">{w.unset}</option>
          <option value="true">{w.yes}</option>
          <option value="false">{w.no}</option>
        </select>
      )}
    />
  );
}

/** @param by what holds where nothing is set */
export function SwitchField({ path, label, by = false }: BoundProps & { readonly by?: boolean }) {
  const { state, isReadOnly } = useSettings();
  const isOn = (valueAt(state.draft.value, path) ?? by) === true;
  const fault = faultAt(state.faults.value, path);
  return (
    <div class="bound bound-switch">
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={isOn}
        data-path={pathWords(path)}
        disabled={isReadOnly}
        onClick={() => state.set(path, !isOn === by && valueAt(state.base.peek(), path) === undefined ? undefined : !isOn)}
      >
        {label ?? nameOf(path, language.value)}
      </button>
      <FaultLine fault={fault} />
    </div>
  );
}
