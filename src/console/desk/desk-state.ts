/** What the desk holds: conversations as they were last told, who is there, which one stands open, and what can be done to it. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { ApiError, at, call } from '../shared/api.js';
import { now, serverNow } from '../shared/clock.js';
import { type Live, openLive } from '../shared/live.js';
import { place } from '../shared/router.js';
import { loadMe, me } from '../shared/session.js';
import type { DeskConversation, DeskFrame, DeskFrameOf, Transcript } from '../shared/wire.js';
import { flushMarks } from './mark-wrong.js';
import { type Filter, heldOrder, type Pin, pinned, type Ranked, ranked, shown, waitsForMe } from './queue-order.js';

export type Welcome = DeskFrameOf<'welcome'>;
export type Present = Welcome['agents'][number];

export interface Desk {
  readonly shop: string;
  readonly live: Live;
  /** Undefined until the first line stands. */
  readonly welcome: ReadonlySignal<Welcome | undefined>;
  /** All that was missed has been told. */
  readonly isReady: ReadonlySignal<boolean>;
  readonly conversations: ReadonlySignal<ReadonlyMap<string, DeskConversation>>;
  readonly agents: ReadonlySignal<ReadonlyMap<string, Present>>;
  /** Who types where, by conversation; it lapses by itself. */
  readonly typing: ReadonlySignal<ReadonlyMap<string, { readonly name: string; readonly until: number }>>;
  readonly selectedId: ReadonlySignal<string | undefined>;
  readonly selected: ReadonlySignal<DeskConversation | undefined>;
  readonly filter: Signal<Filter>;
  readonly search: Signal<string>;
  /** What the service found, which looks further back than this screen. */
  readonly found: Signal<Found>;
  /** Takes in what was fetched beside what is told. */
  add(conversations: readonly DeskConversation[]): void;
  readonly queue: ReadonlySignal<readonly Ranked[]>;
  /** Rows that would stand elsewhere if nobody's hand were on the queue. */
  readonly moved: ReadonlySignal<number>;
  readonly counts: ReadonlySignal<Readonly<Record<Filter, number>>>;
  /** Keeps the order as it stands, until `release`. */
  hold(): void;
  release(): void;
  select(id: string | undefined): void;
  /** The next or previous row of the queue as it is shown. */
  step(by: 1 | -1): void;
  /** Opens the most urgent of the others who wait for me or for nobody. @returns false: nobody does */
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
const typingMs = 4000;

export function openDesk(shop: string): Desk {
  const welcome = signal<Welcome | undefined>(undefined);
  const isReady = signal(false);
  const conversations = signal<ReadonlyMap<string, DeskConversation>>(new Map());
  const agents = signal<ReadonlyMap<string, Present>>(new Map());
  const typing = signal<ReadonlyMap<string, { readonly name: string; readonly until: number }>>(new Map());
  const selectedId = signal<string | undefined>(place.peek().query.get('conversation') ?? undefined);
  const filter = signal<Filter>('all');
  const search = signal('');
  const found = signal<Found>({ search: '', ids: none, state: 'done' });
  const held = signal<readonly string[] | undefined>(undefined);
  const myId = computed(() => welcome.value?.me.id ?? me.value?.id ?? '');

  /** Fetched beside what is told: shown where it is asked for, and not among those who wait. */
  const extra = new Set<string>();

  function add(those: readonly DeskConversation[]): void {
    const fresh = those.map(({ id }) => id).filter((id) => !conversations.peek().has(id) || extra.has(id));
    batch(() => {
      received({ type: 'changed', seq: 0, conversations: [...those] });
      for (const id of fresh) extra.add(id);
    });
  }

  function received(frame: DeskFrame): void {
    switch (frame.type) {
      case 'welcome':
        batch(() => {
          welcome.value = frame;
          agents.value = new Map(frame.agents.map((agent) => [agent.id, agent]));
          if (frame.reset) conversations.value = new Map();
        });
        return;
      case 'changed': {
        const next = new Map(conversations.peek());
        for (const told of frame.conversations) {
          const before = next.get(told.id);
          extra.delete(told.id);
          // A result may come before, or behind, what all screens are told of the same change.
          if (before === undefined || told.seq >= before.seq) next.set(told.id, told);
        }
        conversations.value = next;
        return;
      }
      case 'shop': {
        const { type: _, ...set } = frame;
        const standing = welcome.peek();
        if (standing !== undefined) welcome.value = { ...standing, ...set };
        return;
      }
      case 'ready':
        isReady.value = true;
        return;
      case 'presence': {
        const next = new Map(agents.peek());
        for (const agent of frame.agents) next.set(agent.id, { holds: 0, ...next.get(agent.id), ...agent });
        agents.value = next;
        return;
      }
      case 'typing': {
        if (frame.agent.id === myId.peek()) return;
        typing.value = new Map(typing.peek()).set(frame.conversation, { name: frame.agent.name, until: serverNow() + typingMs });
        return;
      }
      case 'seen': {
        const before = conversations.peek().get(frame.conversation);
        if (before === undefined || before.unread === 0) return;
        const unread = before.lines.filter((line) => line.from === 'buyer' && (line.position ?? 0) > frame.position).length;
        conversations.value = new Map(conversations.peek()).set(before.id, {
          ...before,
          unread: Math.min(before.unread, unread),
        });
        return;
      }
      default:
    }
  }

  const live = openLive({
    shop,
    onFrame: received,
    // A session that is over is told only here: the address then leads to the login.
    onCut: () => void loadMe().catch(() => undefined),
  });

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
  const counts = computed(() => {
    const open = [...conversations.value.values()].filter((one) => one.state === 'open' && !extra.has(one.id));
    return {
      all: open.length,
      mine: open.filter((one) => waitsForMe(one, myId.value)).length,
      free: open.filter((one) => one.clocks !== undefined && one.holder === undefined).length,
    };
  });

  function select(id: string | undefined): void {
    if (id === selectedId.peek()) return;
    selectedId.value = id;
    live.say({ type: 'open', ...(id !== undefined && { conversation: id }) });
    const address = new URL(location.href);
    if (id === undefined) address.searchParams.delete('conversation');
    else address.searchParams.set('conversation', id);
    history.replaceState(null, '', address);
  }
  // An older conversation, from an address or from the buyer's card, is not among those that are told.
  const stopMissing = effect(() => {
    const id = selectedId.value;
    if (id === undefined || !isReady.value || conversations.value.has(id)) return;
    call<Transcript>('GET', `${at`/v1/shops/${shop}/conversations/${id}`}?limit=1`).then(
      ({ data }) => {
        if (data.desk !== undefined) add([data.desk]);
      },
      (error: unknown) => {
        // There is none of this id: nothing stands open then.
        if (error instanceof ApiError && error.status === 404 && selectedId.peek() === id) select(undefined);
      },
    );
  });
  const first = selectedId.peek();
  if (first !== undefined) live.say({ type: 'open', conversation: first });

  return {
    shop,
    live,
    welcome,
    isReady,
    conversations,
    agents,
    typing,
    selectedId,
    selected: computed(() => (selectedId.value === undefined ? undefined : conversations.value.get(selectedId.value))),
    filter,
    search,
    found,
    add,
    queue: computed(() => ordered.value.rows),
    moved: computed(() => ordered.value.moved),
    counts,
    hold() {
      held.value ??= wanted.peek().map((row) => row.conversation.id);
    },
    release() {
      held.value = undefined;
    },
    select,
    step(by) {
      const rows = ordered.peek().rows;
      const here = rows.findIndex((row) => row.conversation.id === selectedId.peek());
      const next = rows[here === -1 ? 0 : here + by];
      if (next !== undefined) select(next.conversation.id);
    },
    nextWaiting() {
      const next = all
        .peek()
        .find(({ conversation }) => conversation.id !== selectedId.peek() && waitsForMe(conversation, myId.peek()));
      if (next !== undefined) select(next.conversation.id);
      return next !== undefined;
    },
    close() {
      flushMarks();
      stopMissing();
      stopPinning();
      live.close();
    },
  };
}
