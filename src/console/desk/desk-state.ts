/** What the desk holds: conversations as they were last told, who is there, which one stands open, and what can be done to it. */
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { ApiError, at, call } from '../shared/api.js';
import { serverNow } from '../shared/clock.js';
import { type Live, openLive } from '../shared/live.js';
import { place } from '../shared/router.js';
import { loadMe, me } from '../shared/session.js';
import type { DeskConversation, DeskFrame, DeskFrameOf, Transcript } from '../shared/wire.js';
import { flushMarks } from './mark-wrong.js';

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
  readonly myId: ReadonlySignal<string>;
  /** Takes in what was fetched beside what is told. */
  add(conversations: readonly DeskConversation[]): void;
  /** Ids of those: they are shown where they are asked for, and not among those who wait. */
  readonly extra: ReadonlySet<string>;
  select(id: string | undefined): void;
  close(): void;
}

const typingMs = 4000;

export function openDesk(shop: string): Desk {
  const welcome = signal<Welcome | undefined>(undefined);
  const isReady = signal(false);
  const conversations = signal<ReadonlyMap<string, DeskConversation>>(new Map());
  const agents = signal<ReadonlyMap<string, Present>>(new Map());
  const typing = signal<ReadonlyMap<string, { readonly name: string; readonly until: number }>>(new Map());
  const selectedId = signal<string | undefined>(place.peek().query.get('conversation') ?? undefined);
  const myId = computed(() => welcome.value?.me.id ?? me.value?.id ?? '');

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
    myId,
    add,
    extra,
    select,
    close() {
      flushMarks();
      stopMissing();
      live.close();
    },
  };
}
