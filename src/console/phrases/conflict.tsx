/** Somebody else changed the phrase while it was written: both ways of saying it, field by field, to choose from. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { momentWords } from '../shared/dates.js';
import type { Phrase } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { type FieldName, fieldsOf, type PhraseDraft, type PhraseFields } from './phrase-edit.js';

export interface ConflictProps {
  readonly theirs: Phrase;
  readonly draft: PhraseDraft;
  readonly contested: readonly FieldName[];
  readonly agents: ReadonlyMap<string, string>;
  /** What was chosen of theirs; all else stays as it is written here. */
  readonly onSettled: (chosen: Partial<PhraseFields>) => void;
}

export function Conflict({ theirs, draft, contested, agents, onSettled }: ConflictProps) {
  const w = words.value.phrases;
  const taken = useSignal<ReadonlySet<FieldName>>(new Set());
  const box = useRef<HTMLElement>(null);
  const after = fieldsOf(theirs);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  const said = (name: FieldName, value: string | boolean): string => {
    if (typeof value === 'boolean') return value ? w.on : w.off;
    if (name === 'agent') return value === '' ? w.ofShop : w.ownOf(agents.get(value) ?? value);
    if (name === 'validFrom' || name === 'validTo') return value === '' ? w.noLimit : momentWords(value);
    return value === '' ? w.nothing : value;
  };
  return (
    <section class="note note-warn ph-conflict" role="alert" ref={box} aria-label={w.conflictTitle}>
      <p>
        <b>{w.conflict(theirs.changedBy, momentWords(theirs.changedAt))}</b>
      </p>
      {contested.map((name) => (
        <fieldset key={name}>
          <legend>{w.fieldNames[name]}</legend>
          {([false, true] as const).map((isTheirs) => (
            <label key={String(isTheirs)} class="ph-choice">
              <input
                type="radio"
                name={`conflict-${name}`}
                checked={taken.value.has(name) === isTheirs}
                onChange={() => {
                  const next = new Set(taken.peek());
                  if (isTheirs) next.add(name);
                  else next.delete(name);
                  taken.value = next;
                }}
              />
              <span>
                <b class="xs">{isTheirs ? w.theirs(theirs.changedBy) : w.mine}</b>
                <br />
                {said(name, isTheirs ? after[name] : draft.fields[name])}
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <p>
        <button
          type="button"
          class="btn btn-main btn-sm"
          onClick={() => onSettled(Object.fromEntries([...taken.peek()].map((name) => [name, after[name]])))}
        >
          {w.settle}
        </button>
      </p>
    </section>
  );
}
