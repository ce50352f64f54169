/** The desk's queue: which conversations it shows, in which order, and how one goes from one buyer to the next. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { now } from '../shared/clock.js';
import type { Desk } from './desk-state.js';
import { nextInRound, type Round } from './next-waiting.js';
import { type Filter, heldOrder, type Pin, pinned, type Ranked, ranked, shown, waits, waitsForMe } from './queue-order.js';

export interface DeskQueue {
  readonly filter: Signal<Filter>;
  readonly search: Signal<string>;
  /** What the service found, which looks further back than this screen. */
  readonly found: Signal<Found>;
  readonly rows: ReadonlySignal<readonly Ranked[]>;
  /** Rows that would stand elsewhere if nobody's hand were on the queue. */
  readonly moved: ReadonlySignal<number>;
  readonly counts: ReadonlySignal<Readonly<Record<Filter, number>>>;
  /** Keeps the order as it stands, until `release`. */
  hold(): void;
  release(): void;
  /** The next or previous row of the queue as it is shown. */
  step(by: 1 | -1): void;
  /** Opens the next of the others who wait for me or for nobody: who came up since first, then on down the round. @returns false: nobody does */
  nextWaiting(): boolean;
  close(): void;
}

export interface Found {
  /** What was searched for. */
  readonly search: string;
  readonly ids: ReadonlySet<string>;
  readonly state: 'looking' | 'done' | 'failed';
}

const none: ReadonlySet<string> = new Set();

type Its = Pick<Desk, 'conversations' | 'welcome' | 'myId' | 'extra' | 'selectedId' | 'select'>;

export function openQueue({ conversations, welcome, myId, extra, selectedId, select }: Its): DeskQueue {
  const filter = signal<Filter>('all');
  const search = signal('');
  const found = signal<Found>({ search: '', ids: none, state: 'done' });
  const held = signal<readonly string[] | undefined>(undefined);
  const all = computed(() => {
    const targets = welcome.value?.targets;
    return targets === undefined ? [] : ranked(conversations.value.values(), targets, myId.value, now.value);
  });
  const pin = signal<Pin | undefined>(undefined);
  const unpinned = computed(() =>
    shown(all.value, {
      filter: filter.value,
      search: search.value,
      found: found.value.search === search.value.trim() ? found.value.ids : none,
      extra,
      me: myId.value,
      selected: selectedId.value,
    }),
  );
  const wanted = computed(() => pinned(unpinned.value, pin.value));
  let stood: Pin | undefined;
  const stopPinning = effect(() => {
    const before = unpinned.value.findIndex(({ conversation }) => conversation.id === selectedId.value);
    const row = unpinned.value[before];
    if (row !== undefined && row.group !== 'rest') stood = { id: row.conversation.id, group: row.group, before };
    else if (stood?.id !== row?.conversation.id) stood = undefined;
    pin.value = row?.group === 'rest' ? stood : undefined;
  });
  const ordered = computed(() =>
    held.value === undefined ? { rows: wanted.value, moved: 0 } : heldOrder(wanted.value, held.value),
  );
  let round: Round = new Map();

  return {
    filter,
    search,
    found,
    rows: computed(() => ordered.value.rows),
    moved: computed(() => ordered.value.moved),
    counts: computed(() => {
      const open = [...conversations.value.values()].filter((one) => one.state === 'open' && !extra.has(one.id));
      return {
        all: open.length,
        mine: open.filter((one) => waitsForMe(one, myId.value)).length,
        free: open.filter((one) => one.holder === undefined && waits(one)).length,
      };
    }),
    hold() {
      held.value ??= wanted.peek().map((row) => row.conversation.id);
    },
    release() {
      held.value = undefined;
    },
    step(by) {
      const rows = ordered.peek().rows;
      const here = rows.findIndex((row) => row.conversation.id === selectedId.peek());
      const next = rows[here === -1 ? 0 : here + by];
      if (next !== undefined) select(next.conversation.id);
    },
    nextWaiting() {
      const waiting = all.peek().filter(({ conversation }) => waitsForMe(conversation, myId.peek()));
      const next = nextInRound(waiting, selectedId.peek(), round);
      round = next.round;
      if (next.id !== undefined) select(next.id);
      return next.id !== undefined;
    },
    close: stopPinning,
  };
}
