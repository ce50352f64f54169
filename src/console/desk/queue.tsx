/** The queue: who is to be answered next. Its order holds still while a hand, or the focus, is on it. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../shared/icon.js';
import { may } from '../shared/session.js';
import { words } from '../shared/words.js';
import { Alarm, ClockFace } from './clock-face.js';
import { useDesk } from './desk-context.js';
import { buyerName, intentTitle } from './names.js';
import { failedLine, filters, type Group, type Ranked, type Targets, waits } from './queue-order.js';
import { startSearch } from './search.js';
import { visibleRows } from './visible-rows.js';
import './queue.css';

/** As desk.css has them; the list is measured by them, not by what is drawn. */
const rowHeight: Readonly<Record<Group, number>> = { now: 104, mine: 60, rest: 40 };
const headHeight = 28;
/** A pointer that lies still no longer holds the order: nobody is about to click. */
const restsAfterMs = 6000;

type Item =
  | { readonly kind: 'head'; readonly group: Group; readonly count: number }
  | { readonly kind: 'row'; readonly row: Ranked };

export function Queue() {
  const { desk, composer, pane, queue: its } = useDesk();
  const queue = its!;
  const w = words.value.atDesk.queue;
  const list = useRef<HTMLDivElement>(null);
  const view = useSignal({ top: 0, height: 800 });
  const focusId = useSignal<string | undefined>(undefined);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const hasFocus = useRef(false);
  /** The row on which the mouse was last moved. */
  const meant = useRef<string | undefined>(undefined);
  const pointer = useRef<Pick<PointerEvent, 'clientX' | 'clientY'> | undefined>(undefined);

  const items = useComputed((): readonly Item[] => {
    const rows = queue.rows.value;
    const counts = new Map<Group, number>();
    for (const { group } of rows) counts.set(group, (counts.get(group) ?? 0) + 1);
    const headed = new Set<Group>();
    return rows.flatMap((row): Item[] => {
      const item: Item = { kind: 'row', row };
      // While the order is held a row may belong elsewhere: a head stands once.
      if (headed.has(row.group)) return [item];
      headed.add(row.group);
      return [{ kind: 'head', group: row.group, count: counts.get(row.group)! }, item];
    });
  });
  const heights = items.value.map((item) => (item.kind === 'head' ? headHeight : rowHeight[item.row.group]));
  const { from, to, before, behind } = visibleRows(heights, view.value.top, view.value.height);
  const targets = desk.welcome.value?.targets;
  const rows = queue.rows.value;
  const roving = rows.some((row) => row.conversation.id === focusId.value) ? focusId.value : rows[0]?.conversation.id;

  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    const measure = () => {
      view.value = { top: box.scrollTop, height: box.clientHeight };
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    return () => watch.disconnect();
  }, []);

  useEffect(() => startSearch(desk, queue), [desk, queue]);

  // J and K lead to rows that may not be drawn.
  const wanted = desk.selectedId.value;
  useLayoutEffect(() => {
    const box = list.current;
    if (box === null || wanted === undefined) return;
    const at = items.peek().findIndex((item) => item.kind === 'row' && item.row.conversation.id === wanted);
    if (at === -1) return;
    const top = heights.slice(0, at).reduce((sum, one) => sum + one, 0);
    if (top < box.scrollTop) box.scrollTop = top - headHeight;
    else if (top + heights[at]! > box.scrollTop + box.clientHeight) box.scrollTop = top + heights[at]! - box.clientHeight;
  }, [wanted]);

  function hold(): void {
    queue.hold();
    clearTimeout(rest.current);
    rest.current = setTimeout(() => {
      if (!hasFocus.current) queue.release();
    }, restsAfterMs);
  }
  function pointed(event: PointerEvent): void {
    const { clientX, clientY, pointerType } = event;
    // Browsers tell of a move also when the page moved under the mouse.
    if (clientX === pointer.current?.clientX && clientY === pointer.current.clientY) return;
    pointer.current = { clientX, clientY };
    meant.current = pointerType === 'mouse' ? rowOf(event.target) : undefined;
    hold();
  }
  /** A row that came under a mouse that lay still is not the one that is meant: the click holds the order, the next one opens. */
  function clicked(event: MouseEvent): void {
    const isMouse = (event as Partial<PointerEvent>).pointerType === 'mouse';
    if (!isMouse || meant.current === undefined || rowOf(event.target) === meant.current) return;
    event.stopPropagation();
    meant.current = undefined;
    hold();
  }
  function leave(): void {
    meant.current = undefined;
    pointer.current = undefined;
    clearTimeout(rest.current);
    if (!hasFocus.current) queue.release();
  }

  function open(id: string): void {
    desk.select(id);
    pane.value = 'talk';
    composer.field.peek()?.focus();
  }
  /** Who is found is opened, and the queue is whole again: nobody waits behind a search that is over. */
  function found(id: string): void {
    open(id);
    queue.search.value = '';
  }

  function keyed(event: KeyboardEvent): void {
    const at = rows.findIndex((row) => row.conversation.id === roving);
    const to =
      event.key === 'ArrowDown'
        ? at + 1
        : event.key === 'ArrowUp'
          ? at - 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? rows.length - 1
              : undefined;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (to !== undefined) {
      event.preventDefault();
      const next = rows[Math.max(0, Math.min(rows.length - 1, to))];
      if (next === undefined) return;
      focusId.value = next.conversation.id;
      reveal(next.conversation.id);
    } else if ((event.key === 'Enter' || event.key === ' ') && roving !== undefined) {
      event.preventDefault();
      found(roving);
    }
  }

  function reveal(id: string): void {
    const box = list.current!;
    const at = items.peek().findIndex((item) => item.kind === 'row' && item.row.conversation.id === id);
    const top = heights.slice(0, at).reduce((sum, one) => sum + one, 0);
    if (top < box.scrollTop) box.scrollTop = top - headHeight;
    else if (top + heights[at]! > box.scrollTop + box.clientHeight) box.scrollTop = top + heights[at]! - box.clientHeight;
    view.value = { top: box.scrollTop, height: box.clientHeight };
    requestAnimationFrame(() => box.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus());
  }

  const counts = queue.counts.value;
  const moved = queue.moved.value;
  const isSearching = queue.search.value.trim() !== '';
  return (
    <section
      class={`pane queue${pane.value === 'queue' ? ' is-shown' : ''}`}
      id="queue"
      aria-label={w.label}
      tabIndex={-1}
      data-pane="queue"
    >
      <div class="queue-head">
        <div class="seg" role="group" aria-label={w.filter}>
          {filters.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={queue.filter.value === one}
              onClick={() => {
                queue.filter.value = one;
              }}
            >
              {w.filters[one]} {counts[one]}
            </button>
          ))}
        </div>
        <div class="search">
          <Icon name="search" />
          <input
            id="desk-search"
            class="input"
            type="search"
            aria-label={w.search}
            placeholder={w.searchFor}
            value={queue.search.value}
            onInput={(event) => {
              queue.search.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              if (event.isComposing || event.keyCode === 229) return;
              if (event.key === 'Escape' && queue.search.peek() !== '') {
                event.stopPropagation();
                queue.search.value = '';
                composer.field.peek()?.focus();
              } else if (event.key === 'Enter' && rows[0] !== undefined) {
                event.preventDefault();
                found(rows[0].conversation.id);
              } else if (event.key === 'ArrowDown' && rows[0] !== undefined) {
                event.preventDefault();
                focusId.value = rows[0].conversation.id;
                reveal(rows[0].conversation.id);
              }
            }}
          />
          <kbd>Ctrl K</kbd>
        </div>
      </div>
      {/* The button is part of what the hand is on: reaching for it must not take it away. */}
      <div class="queue-body" onPointerEnter={hold} onPointerMove={pointed} onPointerLeave={leave} onClickCapture={clicked}>
        <div class="queue-moved" role="status">
          {moved > 0 && (
            <button type="button" class="btn btn-sm" onClick={() => queue.release()}>
              <Icon name="swap" />
              {w.moved(moved)}
            </button>
          )}
        </div>
        <div
          class="queue-list"
          role="listbox"
          aria-label={w.label}
          ref={list}
          onScroll={(event) => {
            view.value = { top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight };
            // Who scrolls sees what comes under the mouse.
            const { clientX, clientY } = pointer.current ?? {};
            if (clientX !== undefined && meant.current !== undefined)
              meant.current = rowOf(document.elementFromPoint(clientX, clientY!));
          }}
          onFocusIn={() => {
            hasFocus.current = true;
            queue.hold();
          }}
          onFocusOut={(event) => {
            if (event.currentTarget.contains(event.relatedTarget as Node | null)) return;
            hasFocus.current = false;
            queue.release();
          }}
          onKeyDown={keyed}
        >
          <div role="presentation" style={{ height: `${before}px` }} />
          {items.value.slice(from, to).map((item) =>
            item.kind === 'head' ? (
              <div key={item.group} class="q-group" role="presentation">
                <span>{w.groups[item.group]}</span>
                <span>{item.count}</span>
              </div>
            ) : (
              targets !== undefined && (
                <Row
                  key={item.row.conversation.id}
                  row={item.row}
                  targets={targets}
                  place={rows.indexOf(item.row) + 1}
                  all={rows.length}
                  isRoving={item.row.conversation.id === roving}
                  onOpen={open}
                />
              )
            ),
          )}
          <div role="presentation" style={{ height: `${behind}px` }} />
        </div>
      </div>
      {isSearching && queue.found.value.state !== 'done' && rows.length > 0 && (
        <p class="queue-more xs muted" role="status">
          {queue.found.value.state === 'looking' ? w.looking : w.notAll}
        </p>
      )}
      {rows.length === 0 && desk.isReady.value && (
        <p class="queue-none soft sm" role="status">
          {!isSearching ? w.none : { looking: w.looking, failed: w.notAll, done: w.notFound }[queue.found.value.state]}
          {desk.conversations.value.size === 0 && may('read') && (
            <>
              <br />
              <a href="/try">{words.value.atDesk.tryIt}</a>
            </>
          )}
        </p>
      )}
    </section>
  );
}

function rowOf(target: EventTarget | null): string | undefined {
  return (target as Element | null)?.closest<HTMLElement>('[data-id]')?.dataset.id;
}

interface RowProps {
  readonly row: Ranked;
  readonly targets: Targets;
  readonly place: number;
  readonly all: number;
  readonly isRoving: boolean;
  readonly onOpen: (id: string) => void;
}

function Row({ row: { conversation, group }, targets, place, all, isRoving, onOpen }: RowProps) {
  const { desk, composer } = useDesk();
  const { id, lines, intents, unread } = conversation;
  const isOpen = desk.selectedId.value === id;
  const last = [...lines].reverse().find((line) => line.from === 'buyer') ?? lines.at(-1);
  const said = last === undefined ? '' : last.type === 'text' ? last.text : words.value.desk.types[last.type];
  const name = buyerName(conversation);
  const failed = failedLine(conversation);
  const isUnsent = composer.outbox.waiting.value.some((one) => one.conversation === id && one.state === 'kept');
  return (
    <div
      role="option"
      data-id={id}
      class={`q-row q-row-${group}${isOpen ? ' is-current' : ''}`}
      aria-selected={isOpen}
      aria-posinset={place}
      aria-setsize={all}
      tabIndex={isRoving ? 0 : -1}
      onClick={() => onOpen(id)}
    >
      {failed !== undefined && conversation.clocks === undefined ? (
        <span class="q-unheard">
          <Icon name="warn" />
        </span>
      ) : (
        <ClockFace conversation={conversation} targets={targets} />
      )}
      <span class="q-main">
        <span class="q-line">
          <b class="q-name" lang="zh-CN">
            {name}
          </b>
          {unread > 0 && <span class="q-unread">{words.value.atDesk.queue.unread(unread)}</span>}
          {group === 'mine' && intents[0] !== undefined && <span class="chip clip">{intentTitle(desk, intents[0])}</span>}
          {group === 'rest' && (
            <span class="q-msg" lang="zh-CN">
              {said}
            </span>
          )}
          {isUnsent && <span class="chip chip-danger">{words.value.desk.talk.notYet}</span>}
          <Holder conversation={conversation} />
        </span>
        {group === 'now' && <Alarm conversation={conversation} targets={targets} />}
        {failed !== undefined && group === 'now' && (
          <span class="q-alarm q-failed">
            <Icon name="warn" />
            {words.value.desk.talk.failedBecause(failed.delivery?.because ?? '')}
          </span>
        )}
        {group !== 'rest' && (
          <span class="q-msg" lang="zh-CN">
            {said}
          </span>
        )}
        {group === 'now' && failed === undefined && (
          <span class="chips">
            {intents.slice(0, 3).map((intent) => (
              <span key={intent} class="chip">
                {intentTitle(desk, intent)}
              </span>
            ))}
          </span>
        )}
      </span>
    </div>
  );
}

/** Whose it is: mine, nobody's, a colleague's, the bot's. */
function Holder({ conversation }: { readonly conversation: Ranked['conversation'] }) {
  const { holder, lines, state } = conversation;
  const { desk } = useDesk();
  const w = words.value.atDesk.queue;
  if (state === 'closed') return <span class="chip chip-line">{w.closed}</span>;
  if (holder !== undefined) {
    const isMine = holder.id === desk.welcome.value?.me.id;
    return isMine ? <span class="muted xs">{w.mine}</span> : <span class="chip chip-line">{holder.name}</span>;
  }
  if (waits(conversation)) return <span class="chip chip-line q-free">{w.free}</span>;
  if (lines.at(-1)?.from === 'bot')
    return (
      <span class="chip chip-line">
        <Icon name="bot" />
        {w.answered}
      </span>
    );
  return <span class="muted xs">{w.idle}</span>;
}
