/** One phrase being written, where it stands in the list: fields, variables at the caret, beside it what it comes to. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { faultWords } from '../../fault-words.js';
import { toast } from '../shared/announcer.js';
import { ApiError, type Fault, faultOf } from '../shared/api.js';
import { fromLocalInput, momentWords, toLocalInput } from '../shared/dates.js';
import { Field } from '../shared/field.js';
import { insertAtCaret } from '../shared/liquid-area.js';
import { may, me } from '../shared/session.js';
import type { Finding, Phrase } from '../shared/wire.js';
import { language, words } from '../shared/words.js';
import { Conflict } from './conflict.js';
import { fieldProblem } from './faults.js';
import type { PhraseBook } from './phrase-book.js';
import { changedFields, type FieldName, onto, type PhraseDraft, type PhraseFields, problemsIn } from './phrase-edit.js';
import type { VariablesByName } from './phrase-pieces.js';
import type { Replacement } from './phrase-text.js';
import { Preview } from './preview.js';
import { TextField } from './text-field.js';

export interface PhraseEditorProps {
  readonly book: PhraseBook;
  /** Undefined: a new one, or one that somebody deleted meanwhile. */
  readonly phrase: Phrase | undefined;
  readonly isGone?: boolean;
  readonly draft: PhraseDraft;
  readonly setDraft: (draft: PhraseDraft | undefined) => void;
  readonly groups: readonly string[];
  readonly variables: VariablesByName;
  /** Whose own it may become, by id; empty: no choice. */
  readonly agents: ReadonlyMap<string, string>;
  /** Saved, or put aside: what is unsaved stays kept. */
  readonly onClose: () => void;
  readonly onRemove?: () => void;
}

export function PhraseEditor(props: PhraseEditorProps) {
  const { book, phrase, draft, setDraft, groups, variables, agents, onClose, isGone = false } = props;
  const w = words.value.phrases;
  const error = useSignal<ApiError | undefined>(undefined);
  const isBusy = useSignal(false);
  const wasTried = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const isNew = phrase === undefined;
  const { fields } = draft;
  const problems = problemsIn(fields, isNew);
  const changed = changedFields(draft);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>(isNew ? '[name=code]' : '[name=text]')?.focus();
  }, []);
  function set(change: Partial<PhraseFields>): void {
    // What was refused was said of what stood there before.
    if (error.peek()?.code !== 'offline') error.value = undefined;
    setDraft({ ...draft, fields: { ...fields, ...change } });
  }

  const current = phrase !== undefined && phrase.revision > draft.revision ? phrase : undefined;
  const met = current === undefined ? undefined : onto(draft, current);
  // Put in another place, or changed where nothing is written: there is nothing to choose.
  const isQuiet = met !== undefined && met.contested.length === 0;
  useEffect(() => {
    if (!isQuiet) return;
    const isNews = changedFields({ base: draft.base, fields: met.draft.base }).length > 0;
    // One's own switch in the list is no news.
    if (isNews && current!.changedBy !== me.peek()?.name) toast(w.takenOver(current!.changedBy));
    setDraft(met.draft);
  }, [isQuiet, current?.revision]);

  async function save(isOverride = false, written = draft): Promise<void> {
    wasTried.value = true;
    if (isBusy.peek() || (met !== undefined && !isQuiet)) return;
    if (Object.keys(problems).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    if (!isNew && changed.length === 0) {
      setDraft(undefined);
      onClose();
      return;
    }
    isBusy.value = true;
    error.value = undefined;
    try {
      const saved = await book.save(phrase?.id, written, isOverride);
      setDraft(undefined);
      toast(w.saved(saved.title));
      onClose();
    } catch (refused) {
      if (!(refused instanceof ApiError)) throw refused;
      const theirs = refused.code === 'stale' ? (refused.problem?.phrase as unknown as Phrase | undefined) : undefined;
      const next = theirs && onto(written, theirs);
      if (next?.contested.length === 0 && next.draft.revision > written.revision) {
        isBusy.value = false;
        setDraft(next.draft);
        await save(isOverride, next.draft);
        return;
      }
      error.value = refused;
      // The list learns how it stands, and with it this form.
      if (refused.code === 'stale' || refused.code === 'not_found') await book.load().catch(() => undefined);
    } finally {
      isBusy.value = false;
    }
  }

  /** As if it were typed, so that Ctrl+Z takes it back. */
  function replace({ start, end, text }: Replacement): void {
    const area = form.current?.querySelector('textarea');
    if (area === null || area === undefined) return;
    area.setSelectionRange(start, end);
    insertAtCaret(area, text);
  }

  const faultAt = (name: FieldName): Fault | undefined => {
    const problem = wasTried.value || fields[name] !== draft.base[name] ? problems[name] : undefined;
    const isUntouched = !wasTried.value && fields[name] === '';
    if (problem !== undefined && !isUntouched) return { field: name, ...fieldProblem(problem, name, w) };
    if (name === 'code' && error.value?.code === 'conflict' && error.value.problem?.phrase !== undefined) {
      const { title, code } = error.value.problem.phrase as unknown as Phrase;
      return { field: name, problem: w.codeTaken(code, title), mend: '' };
    }
    const told = faultOf(error.value, name);
    return told && { ...told, ...faultWords(told, language.value) };
  };
  const blocked = error.value?.code === 'finding' ? (error.value.problem?.findings ?? []) : [];
  const isDirty = changed.length > 0;

  return (
    <form
      class="ph-edit"
      ref={form}
      aria-label={isNew ? w.addTitle : w.editTitle(phrase.title)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        // An input method takes both keys for itself.
        if (event.isComposing || event.keyCode === 229) return;
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        } else if (event.key === 'Escape') onClose();
      }}
    >
      <div class="ph-fields">
        {isGone && (
          <p class="note note-err" role="status">
            {w.goneMeanwhile}
          </p>
        )}
        {met !== undefined && !isQuiet && (
          <Conflict
            theirs={current!}
            draft={draft}
            contested={met.contested}
            agents={agents}
            onSettled={(chosen) => {
              error.value = undefined;
              setDraft({ ...met.draft, fields: { ...met.draft.fields, ...chosen } });
            }}
          />
        )}
        <div class="ph-line">
          <Field label={w.code} hint={w.codeHint} fault={faultAt('code')}>
            {(control) => (
              <input
                {...control}
                class="input"
                name="code"
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                value={fields.code}
                onInput={(event) => set({ code: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={w.title} {...(isNew && { hint: w.titleHint })} fault={faultAt('title')}>
            {(control) => (
              <input
                {...control}
                class="input"
                name="title"
                autocomplete="off"
                value={fields.title}
                onInput={(event) => set({ title: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={w.group} hint={w.groupHint} fault={faultAt('group')}>
            {(control) => (
              <>
                <input
                  {...control}
                  class="input"
                  name="group"
                  autocomplete="off"
                  list="ph-groups"
                  value={fields.group}
                  onInput={(event) => set({ group: event.currentTarget.value })}
                />
                <datalist id="ph-groups">
                  {groups.map((name) => (
                    <option key={name} value={name} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        </div>
        <TextField text={fields.text} fault={faultAt('text')} variables={variables} onText={(text) => set({ text })} />
        <div class="ph-line ph-when">
          {agents.size > 0 && (
            <Field label={w.scope} fault={faultAt('agent')}>
              {(control) => (
                <select
                  {...control}
                  class="input"
                  name="agent"
                  value={fields.agent}
                  onChange={(event) => set({ agent: event.currentTarget.value })}
                >
                  <option value="">{w.ofShop}</option>
                  {[...agents].map(([id, name]) => (
                    <option key={id} value={id}>
                      {w.ownOf(name)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <Moment name="validFrom" label={w.validFrom} fault={faultAt('validFrom')} fields={fields} set={set} />
          <Moment name="validTo" label={w.validTo} fault={faultAt('validTo')} fields={fields} set={set} />
          <div class="field ph-on">
            <button
              type="button"
              class="switch"
              role="switch"
              aria-checked={fields.enabled}
              onClick={() => set({ enabled: !fields.enabled })}
            >
              {fields.enabled ? w.on : w.off}
            </button>
          </div>
        </div>
        {blocked.length > 0 && (
          <Refused findings={blocked} isBusy={isBusy} onOverride={() => save(true)} onOff={() => set({ enabled: false })} />
        )}
        {error.value !== undefined && isUnplaced(error.value) && (
          <p class="note note-err" role="alert">
            {error.value.code === 'offline' ? w.saveOffline : w.saveFailed(error.value.message)}
          </p>
        )}
        <p class="ph-acts">
          <button type="submit" class="btn btn-main" disabled={isBusy.value}>
            {isBusy.value ? w.saving : isNew ? w.add : w.save}
          </button>
          <button type="button" class="btn" onClick={onClose}>
            {isDirty ? w.putAside : w.close}
          </button>
          {isDirty && (
            <button
              type="button"
              class="btn btn-quiet"
              onClick={() => {
                setDraft(undefined);
                onClose();
                const close = toast(w.discarded, {
                  action: {
                    label: w.undo,
                    run() {
                      close();
                      setDraft(draft);
                    },
                  },
                });
              }}
            >
              {w.discard}
            </button>
          )}
          {props.onRemove !== undefined && (
            <button type="button" class="btn btn-quiet ph-remove" onClick={props.onRemove}>
              {w.remove}
            </button>
          )}
        </p>
        {phrase !== undefined && (
          <p class="xs muted">
            {w.history(
              phrase.uses,
              momentWords(phrase.changedAt),
              phrase.changedBy,
              phrase.lastUsedAt && momentWords(phrase.lastUsedAt),
            )}
          </p>
        )}
      </div>
      <Preview book={book} variables={variables} text={fields.text} onReplace={replace} />
    </form>
  );
}

function Moment(props: {
  readonly name: 'validFrom' | 'validTo';
  readonly label: string;
  readonly fault: Fault | undefined;
  readonly fields: PhraseFields;
  readonly set: (change: Partial<PhraseFields>) => void;
}) {
  const { name, label, fault, fields, set } = props;
  return (
    <Field label={label} fault={fault}>
      {(control) => (
        <input
          {...control}
          class="input"
          type="datetime-local"
          name={name}
          value={toLocalInput(fields[name])}
          onChange={(event) => set({ [name]: fromLocalInput(event.currentTarget.value) })}
        />
      )}
    </Field>
  );
}

/** The service would not enable it: what remains to choose. */
function Refused(props: {
  readonly findings: readonly Finding[];
  readonly isBusy: Signal<boolean>;
  readonly onOverride: () => void;
  readonly onOff: () => void;
}) {
  const w = words.value.phrases;
  const isBlock = props.findings.some(({ severity }) => severity === 'block');
  return (
    <div class="note note-err ph-refused" role="alert">
      <p>{w.refused}</p>
      <p class="row wrap">
        <button type="button" class="btn btn-sm" onClick={props.onOff}>
          {w.saveOff}
        </button>
        {(!isBlock || may('phrases')) && (
          <button type="button" class="btn btn-sm" disabled={props.isBusy.value} onClick={props.onOverride}>
            {w.override}
          </button>
        )}
      </p>
    </div>
  );
}

function isUnplaced({ code, faults, problem }: ApiError): boolean {
  if (code === 'finding' || code === 'stale' || code === 'not_found') return false;
  if (code === 'conflict') return problem?.phrase === undefined;
  return !faults.some(({ field }) => ['code', 'title', 'text', 'group', 'agent', 'validFrom', 'validTo'].includes(field));
}
