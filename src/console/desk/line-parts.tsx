/** Parts of a line that stand also where the whole conversation does not: what it is, why it was understood so, what waits. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../shared/icon.js';
import { words } from '../shared/words.js';
import { useDesk } from './desk-context.js';
import type { FoundWords } from './highlights.js';
import { intentTitle } from './names.js';
import { canTakeBack, type Outgoing, undoMs } from './outbox.js';
import type { ShownLine } from './transcript-lines.js';

/** What a line is beside words. Pictures and the like stay with the platform: that is said, or its address is opened. */
export function Kind({ line: { type, text } }: { readonly line: Pick<ShownLine, 'type' | 'text'> }) {
  const w = words.value.desk;
  if (type === 'text' || (type === 'sticker' && text !== '')) return null;
  return (
    <>
      <span class="chip">{w.types[type]}</span>{' '}
      {/^https?:\/\/\S+$/.test(text) && (
        <a href={text} target="_blank" rel="noopener noreferrer">
          {w.talk.open}
        </a>
      )}{' '}
      {text === '' && type !== 'recall' && <span class="xs muted">{w.talk.unseen}</span>}
    </>
  );
}

/** Sent, and not there yet: held back for the undo, on its way, waiting for the line, or asking whether it still goes. */
export function Waiting({ outgoing }: { readonly outgoing: Outgoing }) {
  const { composer } = useDesk();
  const w = words.value.desk.talk;
  const { id, state, isUnsure } = outgoing;
  return (
    <div class="msg msg-out">
      <span class="msg-at">
        {state === 'held' ? (
          w.goesOut(undoMs / 1000)
        ) : state === 'kept' ? (
          <b class="danger">{w.notYet}</b>
        ) : state === 'sending' ? (
          w.states.sending
        ) : isUnsure === true ? (
          w.isUnsure
        ) : (
          w.waitsForLine
        )}
        {state === 'kept' && (
          <button type="button" class="btn btn-sm" onClick={() => composer.outbox.letGo(id)}>
            {w.letGo}
          </button>
        )}
        {canTakeBack(outgoing) && (
          <button type="button" class="btn btn-sm" onClick={() => composer.takeBack(id)}>
            <Icon name="undo" />
            {w.takeBack} <kbd>{composer.text.value === '' ? 'Ctrl' : 'Alt'} Z</kbd>
          </button>
        )}
      </span>
      <p class="bub bub-me bub-waiting" lang="zh-CN">
        {outgoing.text}
      </p>
    </div>
  );
}

/** Words on which an intent rests; hover, focus or a tap tell why. */
export function Why({ text, found }: { readonly text: string; readonly found: FoundWords }) {
  const { desk } = useDesk();
  const w = words.value.desk.talk;
  const place = useSignal<{ left: number; top: number } | undefined>(undefined);
  const mark = useRef<HTMLElement>(null);
  const show = () => {
    const box = mark.current!.getBoundingClientRect();
    const width = Math.min(292, innerWidth - 16);
    place.value = {
      left: Math.max(8, Math.min(box.left, innerWidth - width - 8)),
      top: box.top > 160 ? box.top - 8 : box.bottom + 8,
    };
  };
  const hide = () => {
    place.value = undefined;
  };
  const isAbove = (mark.current?.getBoundingClientRect().top ?? 200) > 160;
  const id = `why-${found.answerId}-${found.intent}`;
  return (
    <>
      <mark
        ref={mark}
        class={`why${place.value === undefined ? '' : ' is-open'}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reached by keys
        tabIndex={0}
        aria-describedby={place.value === undefined ? undefined : id}
        onPointerEnter={show}
        onPointerLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
      >
        {text}
      </mark>
      {place.value !== undefined && (
        <span
          class={`pop${isAbove ? ' pop-above' : ''}`}
          role="tooltip"
          id={id}
          style={{ left: `${place.value.left}px`, top: `${place.value.top}px` }}
        >
          <b>{intentTitle(desk, found.intent)}</b> {w.sure(found.confidence.toFixed(2))}
          {found.runnerUp !== undefined &&
            ` · ${w.runnerUp(intentTitle(desk, found.runnerUp.id), found.runnerUp.confidence.toFixed(2))}`}
          <br />
          {w.because(found.words)}
        </span>
      )}
    </>
  );
}
