/** Texts that are being written: a field each, and the variables that go in where the caret was last. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { pathWords } from '../../path-words.js';
import { Icon } from '../shared/icon.js';
import { insertAtCaret, LiquidArea, type ShownVariable } from '../shared/liquid-area.js';
import { words } from '../shared/words.js';
import type { Path } from './content.js';
import { FaultLine, faultAt } from './fields.js';
import { MoreFacts } from './more-facts.js';
import { useSettings } from './settings-context.js';

export interface EditedText {
  readonly path: Path;
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Left out: it must stay. */
  readonly remove?: (() => void) | undefined;
}

export interface OfferedVariable extends ShownVariable {
  readonly name: string;
}

interface WordingEditorProps {
  readonly texts: readonly EditedText[];
  /** Undefined: there is no such variable. */
  readonly variable: (name: string) => ShownVariable | undefined;
  /** Those that stand ready; all others are sought. */
  readonly offered: readonly OfferedVariable[];
  readonly children: ComponentChildren;
}

export function WordingEditor({ texts, variable, offered, children }: WordingEditorProps) {
  const { state } = useSettings();
  const w = words.value.settings;
  const last = useRef<HTMLTextAreaElement | null>(null);
  const box = useRef<HTMLDivElement>(null);
  function insert(name: string): void {
    const field = last.current?.isConnected === true ? last.current : box.current?.querySelector('textarea');
    if (field) insertAtCaret(field, `{{ ${name} }}`);
  }
  return (
    <div class="tpl-editor" ref={box}>
      {texts.map(({ path, label, text, onText, remove }) => {
        const name = pathWords(path);
        const id = `tpl-${name}`;
        const fault = faultAt(state.faults.value, path);
        return (
          <div class="tpl-field" key={name}>
            <label for={id}>{label}</label>
            <LiquidArea
              id={id}
              path={name}
              text={text}
              onText={onText}
              variable={variable}
              isFaulty={fault !== undefined}
              describedBy={fault === undefined ? undefined : `${id}-fault`}
              onFocus={(field) => {
                last.current = field;
              }}
            />
            <FaultLine id={`${id}-fault`} fault={fault} />
            {remove !== undefined && (
              <button type="button" class="btn btn-quiet btn-sm" aria-label={`${w.remove} ${label}`} onClick={remove}>
                <Icon name="close" />
              </button>
            )}
          </div>
        );
      })}
      <div class="vars">
        <span class="muted">{w.replies.insert}</span>
        {offered.map(({ name, title, isGone }) => (
          <button
            key={name}
            type="button"
            class={isGone ? 'var var-gone' : 'var'}
            // Else the caret would be lost to the button before it is pressed.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => insert(name)}
          >
            {title}
          </button>
        ))}
        <MoreFacts shown={offered.map(({ name }) => name)} insert={insert} />
      </div>
      {children}
    </div>
  );
}
