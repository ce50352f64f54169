/** The text of a phrase: Liquid, and the variables as chips that go in at the caret. */
import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { Fault } from '../shared/api.js';
import { Field } from '../shared/field.js';
import { insertAtCaret, LiquidArea } from '../shared/liquid-area.js';
import type { PhraseVariable } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import type { VariablesByName } from './phrase-pieces.js';

/** Those that most shops speak of; the others stand behind a button. */
const offered = [
  'buyer_name',
  'agent_name',
  'shop_name',
  'cut_off',
  'ship_within_hours',
  'hours_words',
  'free_from_yuan',
  'perks',
  'gift',
  'tracking_number',
];

export interface TextFieldProps {
  readonly text: string;
  readonly fault: Fault | undefined;
  readonly variables: VariablesByName;
  readonly onText: (text: string) => void;
}

export function TextField({ text, fault, variables, onText }: TextFieldProps) {
  const w = words.value.phrases;
  const box = useRef<HTMLDivElement>(null);
  const isAll = useSignal(false);
  const filter = useSignal('');
  const usual = useMemo(() => offered.flatMap((name) => variables.get(name) ?? []), [variables]);
  const wanted = filter.value.trim().toLowerCase();
  const shown = !isAll.value
    ? usual
    : [...variables.values()].filter(({ name, title }) => `${name} ${title.zh} ${title.en}`.toLowerCase().includes(wanted));

  function insert(variable: string): void {
    const area = box.current?.querySelector('textarea');
    if (area) insertAtCaret(area, variable);
  }
  // Titles come later than the text: till then nothing is wrong with it.
  const shownAs = (name: string) => {
    const variable = variables.get(name);
    if (variable === undefined) return variables.size === 0 ? { title: name, isGone: false } : undefined;
    return { title: variable.title[language.value], isGone: variable.source === 'gap' };
  };

  return (
    <div class="ph-text" ref={box}>
      <Field label={w.text} fault={fault}>
        {(control) => (
          <LiquidArea
            id={control.id}
            name="text"
            leastRows={4}
            text={text}
            onText={onText}
            variable={shownAs}
            isFaulty={control['aria-invalid']}
            describedBy={control['aria-describedby']}
          />
        )}
      </Field>
      <div class="ph-vars">
        <span class="sm muted">{w.insert}</span>
        {shown.map((variable) => (
          <VariableChip key={variable.name} variable={variable} onPick={() => insert(`{{ ${variable.name} }}`)} />
        ))}
        {isAll.value && shown.length === 0 && <span class="sm muted">{w.noVariable}</span>}
        <button
          type="button"
          class="link sm"
          aria-expanded={isAll.value}
          onClick={() => {
            isAll.value = !isAll.peek();
          }}
        >
          {isAll.value ? w.fewer : w.allVariables(variables.size)}
        </button>
        {isAll.value && (
          <input
            class="input ph-var-filter"
            type="search"
            aria-label={w.findVariable}
            placeholder={w.findVariable}
            value={filter.value}
            onInput={(event) => {
              filter.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
        )}
      </div>
    </div>
  );
}

function VariableChip({ variable, onPick }: { readonly variable: PhraseVariable; readonly onPick: () => void }) {
  const w = words.value.phrases;
  const { title, source, value } = variable;
  const now = source === 'shop' ? w.isNow(String(value)) : source === 'chat' ? w.fromChat : w.notSet;
  return (
    <button
      type="button"
      class={source === 'gap' ? 'var var-gone' : 'var'}
      title={now}
      // Else the caret would be lost to the button before it is pressed.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      {title[language.value]}
      <span class="sr">{now}</span>
    </button>
  );
}
