/** The conversation as it was spoken, with the words on which each understanding rests. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { toastError } from '../shared/announcer.js';
import { now } from '../shared/clock.js';
import { freshId } from '../shared/fresh-id.js';
import { Icon } from '../shared/icon.js';
import { words } from '../shared/words.js';
import { useDesk } from './desk-context.js';
import { Kind, Waiting, Why } from './line-parts.js';
import { isMarkedWrong, markWrong } from './mark-wrong.js';
import { timeOf } from './names.js';
import type { ShownLine } from './transcript-lines.js';

/** How near to the end counts as being there. */
const nearEndPixels = 40;

export function TranscriptView() {
  const { desk, transcript, composer } = useDesk();
  const w = words.value.desk.talk;
  const log = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const fresh = useSignal(0);
  const id = desk.selectedId.value;
  const lines = transcript.lines.value;
  const from = transcript.unansweredFrom.value;
  const waiting = composer.outbox.waiting.value.filter(
    (one) => one.conversation === id && !lines.some((line) => line.id === `ag_${one.id}`),
  );
  const lastId = lines.at(-1)?.id;
  const shownFor = useRef<string | undefined>(undefined);
  const heightBefore = useRef(0);
  const firstBefore = useRef<string | undefined>(undefined);

  // What is being read stays where it is: new lines at the end move nobody who reads further up, older ones push from above.
  useLayoutEffect(() => {
    const box = log.current;
    if (box === null) return;
    const isOther = shownFor.current !== id;
    shownFor.current = id;
    const firstId = lines[0]?.id;
    if (isOther || isAtEnd.current) {
      box.scrollTop = box.scrollHeight;
      isAtEnd.current = true;
      fresh.value = 0;
    } else if (firstBefore.current !== firstId) box.scrollTop += box.scrollHeight - heightBefore.current;
    heightBefore.current = box.scrollHeight;
    firstBefore.current = firstId;
  }, [id, lines.length, lastId, waiting.length]);
  const countBefore = useRef(lines.length);
  useEffect(() => {
    const added = lines.length - countBefore.current;
    countBefore.current = lines.length;
    if (!isAtEnd.current && added > 0 && lines.at(-1)?.from === 'buyer') fresh.value += 1;
  }, [lastId]);
  // The log may get another height (a strip, the window): who was at its end stays there.
  useEffect(() => {
    const box = log.current;
    if (box === null) return;
    const watch = new ResizeObserver(() => {
      if (isAtEnd.current) box.scrollTop = box.scrollHeight;
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, [id]);

  // Colleagues learn what was seen; a tab in the background sees nothing.
  const position = lines.reduce((most, line) => Math.max(most, line.position ?? 0), 0);
  const unread = desk.selected.value?.unread ?? 0;
  useEffect(() => {
    const tell = () => {
      if (id !== undefined && position > 0 && unread > 0 && document.visibilityState === 'visible')
        desk.live.say({ type: 'seen', conversation: id, position });
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [id, position, unread]);

  const waitingCount = lines.slice(from).filter((line) => line.from === 'buyer').length;
  return (
    <div class="log-box" aria-busy={transcript.isLoading.value}>
      <div
        class="log"
        ref={log}
        role="log"
        aria-label={w.log}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        onScroll={(event) => {
          const box = event.currentTarget;
          isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPixels;
          if (isAtEnd.current) fresh.value = 0;
        }}
      >
        <div class="log-in">
          {transcript.hasEarlier.value && (
            <p class="log-sys">
              <button type="button" class="link" disabled={transcript.isLoading.value} onClick={() => transcript.loadEarlier()}>
                {w.earlier}
              </button>
            </p>
          )}
          {transcript.failed.value !== undefined && (
            <p class="log-sys">
              {w.failed}{' '}
              <button type="button" class="link" onClick={() => transcript.reload()}>
                {words.value.shell.tryNow}
              </button>
            </p>
          )}
          {lines.slice(0, from).map((line) => (
            <Line key={line.id} line={line} />
          ))}
          {from < lines.length && (
            <div class="unanswered">
              <p class="unanswered-tag">
                <span>{w.unanswered(waitingCount)}</span>
              </p>
              {lines.slice(from).map((line) => (
                <Line key={line.id} line={line} />
              ))}
            </div>
          )}
          {waiting.map((one) => (
            <Waiting key={one.id} outgoing={one} />
          ))}
        </div>
      </div>
      {fresh.value > 0 && (
        <button
          type="button"
          class="btn btn-main btn-sm log-fresh"
          onClick={() => {
            log.current!.scrollTop = log.current!.scrollHeight;
          }}
        >
          <Icon name="down" />
          {w.fresh(fresh.value)}
        </button>
      )}
    </div>
  );
}

function Line({ line }: { readonly line: ShownLine }) {
  const { desk } = useDesk();
  const w = words.value.desk.talk;
  const time = timeOf(line.at, now.peek(), desk.welcome.value?.timeZone);
  if (line.from === 'system')
    return (
      <p class="log-sys">
        {time} {w.platform} {line.text}
      </p>
    );
  if (line.from === 'buyer')
    return (
      <div class="msg">
        <p class="bub bub-buyer" lang="zh-CN">
          <Kind line={line} />
          {line.pieces === undefined
            ? line.text
            : line.pieces.map((piece, at) =>
                piece.found === undefined ? piece.text : <Why key={at} text={piece.text} found={piece.found} />,
              )}
        </p>
        <time class="msg-at" dateTime={line.at}>
          {time}
        </time>
      </div>
    );
  const isBot = line.from === 'bot';
  const isMine = line.from === 'desk' && line.author?.id === desk.welcome.value?.me.id;
  return (
    <div class="msg msg-out">
      <span class="msg-at">
        {time} <b>{isBot ? w.bot : isMine ? w.me : (line.author?.name ?? w.colleague)}</b> <Delivery line={line} />
        {isBot && (
          <button
            type="button"
            class="btn btn-quiet btn-sm draft-wrong"
            aria-label={words.value.desk.drafts.wrong}
            title={words.value.desk.drafts.wrong}
            aria-pressed={isMarkedWrong(line.id)}
            onClick={() => markWrong(desk, line.id)}
          >
            <Icon name="flag" />
          </button>
        )}
      </span>
      <p class={`bub ${isBot ? 'bub-bot' : isMine ? 'bub-me' : 'bub-other'}`} lang="zh-CN">
        <Kind line={line} />
        {line.text}
      </p>
    </div>
  );
}

function Delivery({ line }: { readonly line: ShownLine }) {
  const { desk } = useDesk();
  const w = words.value.desk.talk;
  const { delivery } = line;
  if (delivery === undefined) return null;
  if (delivery.state !== 'failed')
    return (
      <span class={delivery.state === 'dropped' || delivery.state === 'unknown' ? 'msg-odd' : ''}>
        {w.states[delivery.state]}
      </span>
    );
  const conversation = desk.selectedId.peek();
  return (
    <span class="msg-fail">
      <Icon name="warn" />
      {w.failedBecause(delivery.because ?? '')}
      {delivery.retriedAs !== undefined && w.retried}
      {delivery.retriedAs === undefined && conversation !== undefined && (
        <button
          type="button"
          class="link"
          onClick={() =>
            desk.live
              .ask({ type: 'retry', id: freshId(), conversation, reply: line.id })
              .catch((error: unknown) => toastError(error, w.notRetried))
          }
        >
          {w.retry}
        </button>
      )}
    </span>
  );
}
