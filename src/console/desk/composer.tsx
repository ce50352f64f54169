/** Where an agent writes: a plain field, and under it the same text with what the rules find underlined. */
import { useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../shared/icon.js';
import { later } from '../shared/later.js';
import { findingWords, language, words } from '../shared/words.js';
import { useDesk } from './desk-context.js';
import { levelOf, underlined } from './findings.js';
import { buyerName } from './names.js';

const Emoji = later(() => import('./emoji.js').then((its) => its.Emoji));

interface ComposerProps {
  /** What Enter does, where it does not send. */
  readonly sendLabel?: string;
  readonly acts?: ComponentChildren;
}

export function ComposerView({ sendLabel, acts }: ComposerProps = {}) {
  const { desk, composer, pane, box } = useDesk();
  const w = words.value.desk.composer;
  const mirror = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const conversation = desk.selected.value;
  const findings = composer.findings.value;
  const level = composer.level.value;
  const first = findings.find(({ replacement }) => replacement);
  const pieces = useComputed(() => underlined(composer.text.value, composer.findings.value));
  const limit = desk.welcome.value?.draftCharacters ?? 0;
  const count = composer.count.value;
  const me = desk.welcome.value?.me;
  const isOthers = conversation?.holder !== undefined && conversation.holder.id !== me?.id;

  useLayoutEffect(() => {
    composer.field.value = field.current;
    if (field.current !== null) field.current.value = composer.text.peek();
    return () => {
      composer.field.value = null;
    };
  }, []);
  const scroll = () => {
    if (mirror.current !== null && field.current !== null) mirror.current.scrollTop = field.current.scrollTop;
  };
  useEffect(scroll);

  const isChoosing = box.value === 'emoji';
  const isOver = limit > 0 && count > limit;
  const hold = !composer.isStopped.value
    ? undefined
    : isOver
      ? w.tooLong(count - limit)
      : level === 'block'
        ? me?.isLead === true
          ? w.blockedLead
          : w.blocked
        : level === 'points'
          ? w.stopped
          : undefined;
  return (
    <div class={`composer composer-${level}`} data-pane="composer">
      <div class="editor">
        <div class="mirror" aria-hidden="true" ref={mirror}>
          {pieces.value.map((piece, at) =>
            piece.level === undefined ? (
              piece.text
            ) : (
              <span key={at} class={piece.level === 'hint' ? 'f-warn' : 'f-err'}>
                {piece.text}
              </span>
            ),
          )}
          {'\u200b'}
        </div>
        <textarea
          id="composer"
          ref={field}
          aria-label={conversation === undefined ? w.label : w.to(buyerName(conversation))}
          aria-describedby="composer-findings"
          aria-keyshortcuts="Enter"
          placeholder={conversation === undefined ? '' : w.placeholder}
          spellcheck={false}
          disabled={conversation === undefined}
          onInput={(event) => composer.typed(event.currentTarget.value)}
          onScroll={scroll}
        />
      </div>
      <ul class="findings" id="composer-findings">
        {findings.map((finding) => {
          const its = levelOf([finding]) as 'hint' | 'points' | 'block';
          return (
            <li key={`${finding.rule} ${finding.start}`} class="finding">
              <span class={`lvl lvl-${its === 'hint' ? 'warn' : 'err'}`}>
                {its === 'points' ? w.points(finding.points) : w.levels[its]}
              </span>
              <span class="say">
                {/* Most reasons quote the words themselves. */}
                {!finding.because.includes(finding.words) && `「${finding.words}」`}
                {findingWords(finding, language.value)}
                {finding.replacement && w.instead(finding.replacement.text || finding.wording)}
              </span>
              {finding.replacement && (
                <button
                  type="button"
                  class={`btn btn-sm${finding === first ? '' : ' btn-quiet'}`}
                  onClick={() => composer.adopt(finding)}
                >
                  {w.adopt} {finding === first && <kbd>Ctrl .</kbd>}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <div class="composer-foot">
        <button
          type="button"
          class="btn btn-quiet btn-sm"
          onClick={() => {
            pane.value = 'buyer';
            // Where one pane is seen at a time, this one is not drawn yet.
            setTimeout(() => document.getElementById('desk-phrases')?.focus());
          }}
        >
          {w.phrases} <kbd>/</kbd>
        </button>
        <button
          type="button"
          class="btn btn-quiet btn-sm"
          aria-label={w.emoji}
          title={`${w.emoji} (Ctrl ;)`}
          aria-expanded={isChoosing}
          aria-keyshortcuts="Control+;"
          disabled={conversation === undefined}
          // Else the picker would lose the focus first, close by that, and be opened anew.
          onPointerDown={(event) => isChoosing && event.preventDefault()}
          onClick={() => (box.value = isChoosing ? undefined : 'emoji')}
        >
          <Icon name="face" />
        </button>
        {isChoosing && (
          <Emoji
            label={w.emoji}
            onChoose={(sign) => {
              box.value = undefined;
              composer.insert(sign);
            }}
            onClose={(isByKey) => {
              if (box.peek() === 'emoji') box.value = undefined;
              if (isByKey) field.current?.focus();
            }}
          />
        )}
        {hold !== undefined && (
          <span class="xs hold" role="status">
            <Icon name="stop" />
            {hold}
          </span>
        )}
        <span class={`count${isOver ? ' is-over' : ''}`}>
          <span class="sr">{w.count(count, limit)}</span>
          <span aria-hidden="true">
            <b>{isOver ? `−${count - limit}` : count}</b>/{limit}
          </span>
        </span>
        {acts}
        <button
          type="button"
          class="btn btn-main"
          disabled={conversation === undefined || isOthers || composer.text.value.trim() === ''}
          onClick={() => {
            void composer.send(false);
            field.current?.focus();
          }}
        >
          {sendLabel ?? w.send} <kbd>Enter</kbd>
        </button>
      </div>
    </div>
  );
}
