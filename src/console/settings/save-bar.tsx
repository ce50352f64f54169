/** What is unsaved and what is wrong with it, at the foot of every settings page; and what another saved meanwhile. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { toast } from '../shared/announcer.js';
import { faultInWords } from '../shared/fault-in-words.js';
import { Icon } from '../shared/icon.js';
import { go } from '../shared/router.js';
import { language, words } from '../shared/words.js';
import { rowsOf, Value } from './changes.js';
import { stepsOf, touches, valueAt } from './content.js';
import { useCatalogue } from './lacking.js';
import { pathInWords } from './parameter-words.js';
import { useSettings } from './settings-context.js';
import { addressOf } from './settings-places.js';
import { valueWords } from './value-words.js';

export function SaveBar() {
  const { state, isReadOnly } = useSettings();
  const note = useSignal('');
  const shown = useSignal(0);
  const stepTo = useRef<(step: -1 | 0 | 1) => void>(() => undefined);
  const w = words.value.settings;
  const changed = state.changed.value;
  const faults = state.faults.value;
  // What is said of replies names them.
  useCatalogue(changed.some(([section]) => section === 'intents' || section === 'replies' || section === 'holding'));
  const canSave = changed.length > 0 && faults.length === 0 && !state.isSaving.value;

  async function save(): Promise<void> {
    // Told now, beside its field.
    if (state.tellAll()) return stepTo.current(0);
    const replies = state.changed.peek().filter(([section]) => section === 'replies');
    if (!(await state.save(note.peek()))) return;
    note.value = '';
    const { revision } = state.head.peek()!;
    const said = words.peek().settings;
    toast(replies.length > 0 && (await state.isWarnedOf(replies)) ? said.savedForAgents(revision) : said.saved(revision));
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 's' && !event.isComposing) {
        event.preventDefault();
        // Who saves right behind the last key does so before it is judged: the service judges what it keeps.
        if (state.patch.peek() !== undefined && state.faultsNow.peek().length === 0) void save();
      }
      if (event.key === 'F8' && state.faults.peek().length > 0) {
        event.preventDefault();
        stepTo.current(event.shiftKey ? -1 : 1);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [state]);
  if (isReadOnly || changed.length === 0) return null;
  const told = faults[shown.value % Math.max(1, faults.length)];
  /** @param step 0: to the one that is told */
  const goTo = (step: -1 | 0 | 1) => {
    const now = state.faults.peek();
    const fault = now[(shown.peek() + step + now.length) % now.length];
    if (fault === undefined) return;
    shown.value = now.indexOf(fault);
    // The same address again must lead there again.
    go(addressOf(stepsOf(fault.field)));
  };
  stepTo.current = goTo;
  return (
    <section class="save-bar" aria-label={w.unsaved(changed.length)}>
      <p class="save-what">
        <b>{w.unsaved(changed.length)}</b>
        {told !== undefined && (
          <a
            class="save-fault"
            href={addressOf(stepsOf(told.field))}
            onClick={(event) => {
              event.preventDefault();
              goTo(0);
            }}
          >
            <Icon name="warn" />
            {faults.length === 1 ? w.faulty(1) : w.faultOf(faults.indexOf(told) + 1, faults.length)}
            <span class="save-where">
              {pathInWords(stepsOf(told.field), language.value, state.draft.value)}
              {language.value === 'zh' ? '：' : ': '}
              {faultInWords(told, language.value)}
            </span>
          </a>
        )}
        {faults.length > 1 && (
          <span class="save-steps">
            <button type="button" class="btn btn-quiet btn-sm" title="Shift+F8" onClick={() => goTo(-1)}>
              {w.faultBefore}
            </button>
            <button type="button" class="btn btn-quiet btn-sm" title="F8" onClick={() => goTo(1)}>
              {w.faultNext}
            </button>
          </span>
        )}
      </p>
      <input
        class="input save-note"
        aria-label={w.note}
        placeholder={w.note}
        maxLength={200}
        value={note.value}
        onInput={(event) => {
          note.value = event.currentTarget.value;
        }}
      />
      <button
        type="button"
        class="btn"
        onClick={() => {
          const back = state.discard();
          toast(w.discarded, { action: { label: w.undo, run: back }, ms: 15_000 });
        }}
      >
        {w.discard}
      </button>
      <button type="button" class="btn btn-main" disabled={!canSave} title="Ctrl+S" onClick={() => void save()}>
        {state.isSaving.value ? w.saving : w.save((state.head.value?.revision ?? 0) + 1)}
      </button>
    </section>
  );
}

/** Another revision came between: what it changed, and where I changed the same. */
export function MeanwhileNote() {
  const { state } = useSettings();
  const found = state.meanwhile.value;
  if (found === undefined) return null;
  const w = words.value.settings;
  return (
    <section class="card meanwhile" role="status">
      <div class="card-head">
        <Icon name="warn" />
        <p class="grow">{w.meanwhile(found.author, found.revision)}</p>
        <button type="button" class="btn btn-sm" onClick={() => state.settled()}>
          {w.understood}
        </button>
      </div>
      <ul class="changes card-body">
        {rowsOf(found.changes).map(({ path, steps, before, after }) => {
          const mine = state.changed.value.find((one) => touches(one, steps));
          return (
            <li key={path}>
              <b>{pathInWords(steps, language.value, state.base.value)}</b>
              <div class="diff-values">
                <span class="soft">
                  <Value value={before} path={steps} />
                </span>
                <span aria-hidden="true">→</span>
                <span>
                  <Value value={after} path={steps} />
                </span>
              </div>
              {mine !== undefined && (
                <p class="note">
                  <span class="grow">
                    {w.meanwhileMine}（{valueWords(valueAt(state.draft.value, mine), w, mine, language.value)}）
                  </span>
                  <button type="button" class="btn btn-sm" onClick={() => state.revert(mine)}>
                    {w.takeTheirs}
                  </button>
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
