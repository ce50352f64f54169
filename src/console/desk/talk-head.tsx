/** The head of the conversation: clock, buyer, whose it is, and what can be done with it. */
import { useEffect, useRef } from 'preact/hooks';
import { toastError } from '../shared/announcer.js';
import { now } from '../shared/clock.js';
import { freshId } from '../shared/fresh-id.js';
import { Icon } from '../shared/icon.js';
import { CommandError } from '../shared/live.js';
import type { DeskConversation } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { ClockFace } from './clock-face.js';
import { type DeskParts, leavesBox, useDesk } from './desk-context.js';
import { buyerName } from './names.js';

/** Takes it: from nobody, or from the colleague who is named on the screen. */
export function take({ desk }: Pick<DeskParts, 'desk'>): void {
  const conversation = desk.selected.peek();
  const me = desk.welcome.peek()?.me.id;
  if (conversation === undefined || conversation.holder?.id === me) return;
  const from = conversation.holder?.id;
  desk.live
    .ask({ type: 'take', id: freshId(), conversation: conversation.id, ...(from !== undefined && { from }) })
    .catch((error: unknown) => toastError(error, words.peek().desk.head.notTaken));
}

/** @param force although the buyer waits */
export function closeConversation({ desk }: Pick<DeskParts, 'desk'>, force = false): void {
  const conversation = desk.selected.peek();
  if (conversation === undefined || conversation.state === 'closed') return;
  const w = words.peek().desk.head;
  desk.live.ask({ type: 'close', id: freshId(), conversation: conversation.id, force }).catch((error: unknown) => {
    if (error instanceof CommandError && error.code === 'conflict' && !force && conversation.clocks !== undefined) {
      if (confirm(w.closeAnyway(buyerName(conversation)))) closeConversation({ desk }, true);
    } else toastError(error, w.notClosed);
  });
}

interface TalkHeadProps {
  readonly conversation: DeskConversation;
  /** There is neither a queue to go back to nor a pane beside it. */
  readonly isAlone?: boolean;
}

export function TalkHead({ conversation, isAlone = false }: TalkHeadProps) {
  const { desk, box, pane } = useDesk();
  const w = words.value.desk.head;
  const targets = desk.welcome.value?.targets;
  const me = desk.welcome.value?.me;
  const { holder, item, buyer, state } = conversation;
  const isMine = holder?.id === me?.id && holder !== undefined;
  const parts = { desk };
  const name = buyerName(conversation);
  return (
    <div class="talk-head">
      {!isAlone && (
        <button type="button" class="btn btn-quiet narrow-only" aria-label={w.toQueue} onClick={() => (pane.value = 'queue')}>
          <Icon name="back" />
        </button>
      )}
      {targets !== undefined && <ClockFace conversation={conversation} targets={targets} isWide />}
      <div class="grow">
        <h1 class="talk-name clip">
          <span lang="zh-CN">{name}</span>{' '}
          {buyer.group !== undefined && <span class="chip chip-line">{words.value.desk.buyer.groups[buyer.group]}</span>}
        </h1>
        <p class="xs muted clip">
          {[
            item !== undefined && w.looksAt(item.priceYuan === undefined ? item.title : `${item.title} ¥${item.priceYuan}`),
            holder === undefined ? (state === 'closed' ? w.closed : w.nobody) : isMine ? w.mine : w.of(holder.name),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {!isAlone && (
        <button
          type="button"
          class="btn btn-quiet btn-sm aside-open"
          aria-expanded={pane.value === 'buyer'}
          onClick={() => (pane.value = pane.value === 'buyer' ? 'talk' : 'buyer')}
        >
          {w.buyer}
        </button>
      )}
      <button
        type="button"
        class="btn btn-quiet narrow-only"
        aria-label={w.more}
        aria-expanded={box.value === 'acts'}
        onClick={() => (box.value = box.value === undefined ? 'acts' : undefined)}
      >
        <Icon name="more" />
      </button>
      <div class={`talk-acts${box.value === 'acts' || box.value === 'handOver' ? ' is-shown' : ''}`}>
        {!isMine && state === 'open' && (
          <button type="button" class="btn btn-sm" aria-keyshortcuts="T" onClick={() => take(parts)}>
            <Icon name="person" />
            {holder === undefined ? w.take : w.takeOver}
          </button>
        )}
        <div class="box-anchor">
          <button
            type="button"
            class="btn btn-sm"
            aria-expanded={box.value === 'handOver'}
            aria-keyshortcuts="H"
            disabled={!isMine && me?.isLead !== true && holder !== undefined}
            onPointerDown={(event) => box.peek() === 'handOver' && event.preventDefault()}
            onClick={() => {
              box.value = box.value === 'handOver' ? undefined : 'handOver';
            }}
          >
            <Icon name="swap" />
            {w.handOver}
          </button>
          {box.value === 'handOver' && <HandOver conversation={conversation} />}
        </div>
        {state === 'open' && (
          <button type="button" class="btn btn-sm" aria-keyshortcuts="E" onClick={() => closeConversation(parts)}>
            <Icon name="check" />
            {w.close}
          </button>
        )}
      </div>
    </div>
  );
}

function HandOver({ conversation }: { readonly conversation: DeskConversation }) {
  const { desk, box } = useDesk();
  const w = words.value.desk.head;
  const me = desk.welcome.value?.me.id;
  const note = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const others = [...desk.agents.value.values()].filter((agent) => agent.id !== me && agent.id !== conversation.holder?.id);
  // Whoever is there first; a conversation may wait for somebody who comes later.
  others.sort((a, b) => Number(b.online && !b.away) - Number(a.online && !a.away) || a.holds - b.holds);

  function give(to: { readonly to: 'queue' | 'bot' } | { readonly to: 'agent'; readonly agent: string }): void {
    const said = note.current?.value.trim() ?? '';
    box.value = undefined;
    desk.live
      .ask({ type: 'handOver', id: freshId(), conversation: conversation.id, ...to, ...(said !== '' && { note: said }) })
      .catch((error: unknown) => toastError(error, w.notHandedOver));
  }
  return (
    <div class="menu-box box" role="group" aria-label={w.handOver} onFocusOut={leavesBox(box)}>
      <input ref={note} class="input" maxLength={500} aria-label={w.note} placeholder={w.note} />
      <button ref={first} type="button" class="btn btn-quiet" onClick={() => give({ to: 'queue' })}>
        <Icon name="person" />
        {w.toWhoever}
      </button>
      <button type="button" class="btn btn-quiet" onClick={() => give({ to: 'bot' })}>
        <Icon name="bot" />
        {w.toBot}
      </button>
      {others.map((agent) => (
        <button key={agent.id} type="button" class="btn btn-quiet" onClick={() => give({ to: 'agent', agent: agent.id })}>
          <Icon name="swap" />
          {agent.name}
          {(!agent.online || agent.away) && <span class="xs muted">{agent.online ? w.away : w.offline}</span>}
        </button>
      ))}
      {others.length === 0 && <p class="xs muted">{w.nobodyElse}</p>}
    </div>
  );
}

/** Above the composer: that a colleague holds it, types, or left a note. Seen before anybody types. */
export function TalkStrip({ conversation }: { readonly conversation: DeskConversation }) {
  const { desk } = useDesk();
  const w = words.value.desk.head;
  const me = desk.welcome.value?.me.id;
  const { holder, note, id, closed } = conversation;
  const typing = desk.typing.value.get(id);
  const isTyping = typing !== undefined && typing.until > now.value;
  const viewers = [...desk.agents.value.values()].filter(
    (agent) => agent.id !== me && agent.id !== holder?.id && agent.open.includes(id),
  );
  if (holder !== undefined && holder.id !== me)
    return (
      <div class="talk-strip is-held" role="status">
        <Icon name="person" />
        <span class="grow">
          {w.heldBy(holder.name)}
          {isTyping && w.types}
          {note !== undefined && ` · ${w.noteOf(note.by.name, note.text)}`}
        </span>
        <button type="button" class="btn btn-sm" onClick={() => take({ desk })}>
          {w.takeOver} <kbd>T</kbd>
        </button>
      </div>
    );
  if (closed !== undefined)
    return (
      <div class="talk-strip" role="status">
        <Icon name="check" />
        <span class="grow">{w.closedBy(closed.by.name)}</span>
        <button
          type="button"
          class="btn btn-sm"
          onClick={() =>
            desk.live
              .ask({ type: 'reopen', id: freshId(), conversation: id })
              .catch((error: unknown) => toastError(error, w.notTaken))
          }
        >
          {w.reopen}
        </button>
      </div>
    );
  if (isTyping || note !== undefined || viewers.length > 0)
    return (
      <div class="talk-strip" role="status">
        <Icon name={isTyping ? 'edit' : 'person'} />
        <span class="grow">
          {[
            isTyping && w.typesNow(typing.name),
            note !== undefined && w.noteOf(note.by.name, note.text),
            !isTyping && viewers.length > 0 && w.alsoOpen(viewers.map((one) => one.name).join(w.join)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
    );
  return null;
}
