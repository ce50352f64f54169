/** The head of the conversation: clock, buyer, whose it is, and what can be done with it. */
import { useEffect, useRef } from 'preact/hooks';
import { undelivered } from '../../desk/undelivered.js';
import { toastError } from '../shared/announcer.js';
import { askFirst } from '../shared/ask-first.js';
import { now } from '../shared/clock.js';
import { freshId } from '../shared/fresh-id.js';
import { Icon } from '../shared/icon.js';
import { CommandError } from '../shared/live.js';
import type { DeskCommand, DeskConversation } from '../shared/wire.js';
import { words } from '../shared/words.js';
import { ClockFace } from './clock-face.js';
import { type DeskParts, leavesBox, useDesk } from './desk-context.js';
import type { Desk } from './desk-state.js';
import { buyerName, timeOf } from './names.js';

/** To the composer, where one goes on, or to the queue: from where the focus was lost, or in any case. */
export function goOn({ composer }: Pick<DeskParts, 'composer'>, isWanted = false): void {
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (!lost && !isWanted) return;
  const field = composer.field.peek();
  if (field?.disabled === false && field.offsetParent !== null) field.focus();
  else document.querySelector<HTMLElement>('.queue-list [tabindex="0"], #queue')?.focus();
}

/** Asks the service to do it; the hands go back to the composer at once. */
function act(parts: Acting, command: DeskCommand, failed: string): void {
  goOn(parts, true);
  parts.desk.live.ask(command).catch((error: unknown) => toastError(error, failed));
}

type Acting = Pick<DeskParts, 'desk' | 'composer'>;

/** Takes it: from nobody, or, once that was asked, from the colleague who is named on the screen: she may be writing. */
export function take(parts: Acting): void {
  const { desk } = parts;
  const conversation = desk.selected.peek();
  const me = desk.welcome.peek()?.me.id;
  if (conversation === undefined || conversation.holder?.id === me) return;
  const { holder } = conversation;
  const from = holder?.id;
  const command = { type: 'take', id: freshId(), conversation: conversation.id, ...(from !== undefined && { from }) } as const;
  const { notTaken } = words.peek().desk.head;
  if (holder !== undefined) {
    const since = timeOf(holder.since, now.peek(), desk.welcome.peek()?.timeZone);
    void askFirst('takeFrom', holder.name, since).then((said) => said !== undefined && act(parts, command, notTaken));
  } else act(parts, command, notTaken);
}

export function reopen(parts: Acting): void {
  const conversation = parts.desk.selected.peek();
  if (conversation?.closed === undefined) return;
  act(parts, { type: 'reopen', id: freshId(), conversation: conversation.id }, words.peek().desk.head.notTaken);
}

/** A colleague's only a lead may give away. */
export function mayHandOver(desk: Desk): boolean {
  const me = desk.welcome.value?.me;
  const { holder } = desk.selected.value ?? {};
  return desk.selected.value !== undefined && (holder === undefined || holder.id === me?.id || me?.isLead === true);
}

/** @param force although the buyer waits */
export function closeConversation(parts: Acting, force = false): void {
  const { desk } = parts;
  const conversation = desk.selected.peek();
  if (conversation === undefined || conversation.state === 'closed') return;
  const w = words.peek().desk.head;
  goOn(parts, true);
  desk.live.ask({ type: 'close', id: freshId(), conversation: conversation.id, force }).catch((error: unknown) => {
    const isUnheard = undelivered(conversation.lines) !== undefined;
    const isForgotten = conversation.clocks !== undefined || isUnheard;
    if (error instanceof CommandError && error.code === 'conflict' && !force && isForgotten) {
      const name = buyerName(conversation);
      void askFirst(isUnheard ? 'closeUnheard' : 'closeAnyway', name).then((said) => {
        if (said !== undefined && desk.selectedId.peek() === conversation.id) closeConversation(parts, true);
      });
    } else toastError(error, w.notClosed);
  });
}

interface TalkHeadProps {
  readonly conversation: DeskConversation;
  /** There is neither a queue to go back to nor a pane beside it. */
  readonly isAlone?: boolean;
}

export function TalkHead({ conversation, isAlone = false }: TalkHeadProps) {
  const { desk, box, pane, composer } = useDesk();
  const w = words.value.desk.head;
  const targets = desk.welcome.value?.targets;
  const { holder, item, buyer, state } = conversation;
  const isMine = holder !== undefined && holder.id === desk.welcome.value?.me.id;
  const parts = { desk, composer };
  const name = buyerName(conversation);
  return (
    <div class="talk-head">
      {!isAlone && (
        <button
          type="button"
          class="btn btn-quiet narrow-only"
          aria-label={words.value.atDesk.toQueue}
          onClick={() => (pane.value = 'queue')}
        >
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
          {words.value.atDesk.buyerPane}
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
          <button type="button" class="btn btn-sm" aria-keyshortcuts="Alt+T" onClick={() => take(parts)}>
            <Icon name="person" />
            {holder === undefined ? w.take : w.takeOver} <AltKey of="T" />
          </button>
        )}
        <div class="box-anchor">
          <button
            type="button"
            class="btn btn-sm"
            aria-expanded={box.value === 'handOver'}
            aria-keyshortcuts="Alt+H"
            disabled={!mayHandOver(desk)}
            onPointerDown={(event) => box.peek() === 'handOver' && event.preventDefault()}
            onClick={() => {
              box.value = box.value === 'handOver' ? undefined : 'handOver';
            }}
          >
            <Icon name="swap" />
            {w.handOver} <AltKey of="H" />
          </button>
          {box.value === 'handOver' && <HandOver conversation={conversation} />}
        </div>
        {state === 'open' && (
          <button type="button" class="btn btn-sm" aria-keyshortcuts="Alt+E" onClick={() => closeConversation(parts)}>
            <Icon name="check" />
            {w.close} <AltKey of="E" />
          </button>
        )}
      </div>
    </div>
  );
}

/** What the key is; screen readers are told by `aria-keyshortcuts`. */
function AltKey({ of }: { readonly of: string }) {
  return <kbd class="alt-key">Alt {of}</kbd>;
}

function HandOver({ conversation }: { readonly conversation: DeskConversation }) {
  const { desk, box, composer } = useDesk();
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
    const ask = { type: 'handOver', id: freshId(), conversation: conversation.id, ...to } as const;
    act({ desk, composer }, said === '' ? ask : { ...ask, note: said }, w.notHandedOver);
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
  const { desk, composer } = useDesk();
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
        <button type="button" class="btn btn-sm" onClick={() => take({ desk, composer })}>
          {w.takeOver} <AltKey of="T" />
        </button>
      </div>
    );
  if (closed !== undefined)
    return (
      <div class="talk-strip" role="status">
        <Icon name="check" />
        <span class="grow">{w.closedBy(closed.by.name)}</span>
        <button type="button" class="btn btn-sm" aria-keyshortcuts="Alt+R" onClick={() => reopen({ desk, composer })}>
          {w.reopen} <AltKey of="R" />
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
