/**
 * What all screens of a shop are told at the same time: conversations that changed, who is there, who types and looks. Each
 * frame is made once for all of them. Changes within a moment go out together; the first after a quiet time at once.
 */
import type { Agent, Instant } from '../conversation.js';
import type { Switches } from '../flow/preview.js';
import { lowestMode } from '../policy/bot-mode.js';
import type { DeskView } from '../storage/desk.js';
import { awayOnTheWire } from './away-wire.js';
import type { ServerDeps } from './deps.js';
import { conversationsPerFrame } from './desk-frames.js';
import type { DeskLook } from './desk-look.js';
import type { ShopAtWork } from './flow-port.js';
import { broadcast, type LiveSocket, type Packed, pack } from './socket-live.js';

export interface Present extends Agent {
  readonly online: boolean;
  /** Says so of himself on every screen: gone for a moment. */
  readonly away: boolean;
  readonly open: readonly string[];
}

export interface DeskPage {
  /** One frame for all who have looked at none of these conversations, one each for the others. Undefined: nothing changed. */
  readonly frameOf: ((agent: string) => Packed) | undefined;
  readonly seq: number;
}

interface Start {
  readonly framesOf: (agent: string) => readonly Packed[];
  readonly seq: number;
}

export interface Seat {
  /** From now on the socket is told what changes; it knows all up to this number. */
  caughtUp(seq: number): void;
  /** Which conversation stands open on it. */
  open(conversation: string | undefined): void;
  away(isAway: boolean): void;
  leave(): void;
}

export interface DeskHub {
  sit(shop: string, socket: LiveSocket, agent: Agent): Seat;
  present(shop: string): readonly Present[];
  /** Calls back when somebody came, went, stepped away or opened another conversation, until the returned function is called. */
  onPresence(listener: (shop: string) => void): () => void;
  /** What changed after a number; screens that ask for the same share it. */
  page(shop: string, after: number): Promise<DeskPage>;
  /** Open and latest conversations, for a screen that holds nothing yet. */
  start(shop: string): Promise<Start>;
  typing(shop: string, conversation: string, agent: Agent): void;
  /** False for an unknown conversation. A position beyond its last message stands for that one. */
  seen(shop: string, conversation: string, position: number, agent: Agent): Promise<boolean>;
}

interface Place {
  readonly agent: Agent;
  isCaughtUp: boolean;
  open: string | undefined;
  isAway: boolean;
}

interface Room {
  readonly places: Map<LiveSocket, Place>;
  /** All up to here was told to those who are caught up. */
  seq: number;
  toldAt: number;
  timer: NodeJS.Timeout | undefined;
  readonly moved: Map<string, Agent>;
  presenceTimer: NodeJS.Timeout | undefined;
  /** Made since the last change. */
  readonly pages: Map<number, Promise<DeskPage>>;
  begun: Promise<Start> | undefined;
  /** How the shop was set when that was last told. */
  told: { readonly by: string | undefined; readonly frame?: Packed };
}

/** Changes are told this often at most. */
const togetherMs = 80;
const presenceMs = 200;
/** No screen is caught up: nothing is told. */
const nobodyTold = Number.MAX_SAFE_INTEGER;
const mostOpen = 1000;
const mostLatest = 50;

/** What every screen holds of how the shop is set: it is told again when it changes. */
export function asSet({ parameters, titles }: ShopAtWork, { away, lowered }: Switches, now: Instant) {
  const { desk, timeZone, bot } = parameters;
  return {
    targets: desk,
    timeZone,
    draftCharacters: bot.draftCharacters,
    intents: titles ?? {},
    bot: lowestMode(bot.mode, lowered),
    away: awayOnTheWire(away, now),
  };
}

type HubDeps = Pick<ServerDeps, 'storage' | 'log' | 'flow' | 'now'>;

export function openDeskHub({ storage, log, flow, now }: HubDeps, look: DeskLook): DeskHub & { close(): void } {
  const rooms = new Map<string, Room>();
  const presenceListeners = new Set<(shop: string) => void>();

  const stop = storage.onDeskChange((shops) => {
    for (const shop of shops) {
      const room = rooms.get(shop);
      if (room === undefined) continue;
      room.pages.clear();
      room.begun = undefined;
      tellOfShop(shop, room);
      tellSoon(shop, room);
    }
  });

  /** Who sat down before it changed would go on by other targets, another limit, other names of intents. */
  function tellOfShop(shop: string, room: Room): void {
    if (room.told.by !== undefined && groundOf(shop) === room.told.by) return;
    const fresh = told(shop);
    const isNews = fresh.frame !== undefined && !fresh.frame.bytes.equals(room.told.frame?.bytes ?? Buffer.of());
    room.told = fresh;
    if (isNews) broadcast(room.places.keys(), fresh.frame!, 'shop');
  }

  /** What the frame is made of, in short: most changes at the desk are none of it. Undefined: not known. */
  function groundOf(shop: string): string | undefined {
    const knowledge = flow.shop(shop)?.knowledge;
    return knowledge === undefined ? undefined : `${knowledge} ${JSON.stringify(flow.switches(shop))}`;
  }

  function told(shop: string): Room['told'] {
    const atWork = flow.shop(shop);
    return {
      by: groundOf(shop),
      ...(atWork !== undefined && { frame: pack({ type: 'shop', ...asSet(atWork, flow.switches(shop), now()) }) }),
    };
  }

  function tellSoon(shop: string, room: Room): void {
    if (room.timer !== undefined) return;
    const wait = Math.max(0, room.toldAt + togetherMs - performance.now());
    room.timer = setTimeout(() => {
      tell(shop, room).catch((error: unknown) => {
        log.error({ err: error, shop }, 'the desk could not be told what changed; it is tried again');
        room.timer = undefined;
        room.toldAt = performance.now() + 1000;
        if (rooms.get(shop) === room) tellSoon(shop, room);
      });
    }, wait);
  }

  async function tell(shop: string, room: Room): Promise<void> {
    for (;;) {
      const { frameOf, seq } = await page(shop, room.seq);
      if (rooms.get(shop) !== room) return;
      if (frameOf === undefined) break;
      room.seq = seq;
      for (const [socket, place] of room.places) if (place.isCaughtUp) socket.send(frameOf(place.agent.id));
    }
    room.toldAt = performance.now();
    room.timer = undefined;
    // What came in while the last page was read.
    if ((await storage.deskSeq(shop)) > room.seq && rooms.get(shop) === room) tellSoon(shop, room);
  }

  function* caughtUp(room: Room): Iterable<LiveSocket> {
    for (const [socket, place] of room.places) if (place.isCaughtUp) yield socket;
  }

  function page(shop: string, after: number): Promise<DeskPage> {
    const pages = rooms.get(shop)?.pages;
    const known = pages?.get(after);
    if (known !== undefined) return known;
    const made = storage.deskChanges(shop, after, conversationsPerFrame).then(async ({ views, seq }) => ({
      frameOf: views.length === 0 ? undefined : await changedFrame(shop, views, seq),
      seq,
    }));
    pages?.set(after, made);
    // What failed is not kept.
    made.catch(() => pages?.delete(after));
    return made;
  }

  /** A colleague's glance leaves a message unread for the others: who has looked is told in a frame of his own. */
  async function changedFrame(shop: string, views: readonly DeskView[], seq: number): Promise<(agent: string) => Packed> {
    const toldTo = await look.toldTo(shop, views);
    const made = new Map<string | undefined, Packed>();
    return (agent) => {
      const viewer = look.hasLooked(shop, views, agent) ? agent : undefined;
      const frame = made.get(viewer) ?? pack({ type: 'changed', seq, conversations: toldTo(viewer) });
      made.set(viewer, frame);
      return frame;
    };
  }

  async function begin(shop: string): Promise<Start> {
    const seq = await storage.deskSeq(shop);
    const rows = await storage.deskOpen(shop, mostOpen);
    const known = new Set(rows.map((row) => row.conversation.id));
    const latest = await storage.deskLatest(shop, { limit: mostLatest });
    const all = [...rows, ...latest.filter((row) => !known.has(row.conversation.id))];
    const frames: ((agent: string) => Packed)[] = [];
    for (let at = 0; at < all.length; at += conversationsPerFrame) {
      const views = await Promise.all(
        all.slice(at, at + conversationsPerFrame).map((row) => storage.deskView(shop, row.conversation.id)),
      );
      frames.push(
        await changedFrame(
          shop,
          views.filter((view) => view !== undefined),
          seq,
        ),
      );
      // Others may speak between two frames.
      await new Promise<void>((resume) => setImmediate(resume));
    }
    return { framesOf: (agent) => frames.map((frameOf) => frameOf(agent)), seq };
  }

  function presentOf(room: Room, { id, name }: Agent): Present {
    const its = [...room.places.values()].filter((place) => place.agent.id === id);
    const open = [...new Set(its.map((place) => place.open).filter((one) => one !== undefined))];
    return { id, name, online: its.length > 0, away: its.length > 0 && its.every((place) => place.isAway), open };
  }

  function moved(shop: string, room: Room, agent: Agent): void {
    for (const listener of presenceListeners) listener(shop);
    room.moved.set(agent.id, agent);
    room.presenceTimer ??= setTimeout(() => {
      const agents = [...room.moved.values()].map((one) => presentOf(room, one));
      room.moved.clear();
      room.presenceTimer = undefined;
      broadcast(room.places.keys(), { type: 'presence', agents });
    }, presenceMs);
  }

  function roomOf(shop: string): Room {
    let room = rooms.get(shop);
    if (room === undefined) {
      room = {
        places: new Map(),
        seq: nobodyTold,
        toldAt: Number.NEGATIVE_INFINITY,
        timer: undefined,
        moved: new Map(),
        presenceTimer: undefined,
        pages: new Map(),
        begun: undefined,
        told: told(shop),
      };
      rooms.set(shop, room);
    }
    return room;
  }

  function tellAll(shop: string, key: string, frame: object): void {
    const room = rooms.get(shop);
    if (room !== undefined) broadcast(caughtUp(room), frame, key);
  }

  return {
    page,
    start(shop) {
      const room = roomOf(shop);
      room.begun ??= begin(shop);
      const { begun } = room;
      begun.catch(() => {
        if (room.begun === begun) room.begun = undefined;
      });
      return begun;
    },
    present(shop) {
      const room = rooms.get(shop);
      if (room === undefined) return [];
      const agents = new Map([...room.places.values()].map((place) => [place.agent.id, place.agent]));
      return [...agents.values()].map((agent) => presentOf(room, agent));
    },
    onPresence(listener) {
      presenceListeners.add(listener);
      return () => presenceListeners.delete(listener);
    },
    sit(shop, socket, agent) {
      const room = roomOf(shop);
      const place: Place = { agent, isCaughtUp: false, open: undefined, isAway: false };
      room.places.set(socket, place);
      moved(shop, room, agent);
      return {
        caughtUp(seq) {
          place.isCaughtUp = true;
          if (room.seq !== nobodyTold) return;
          room.seq = seq;
          tellSoon(shop, room);
        },
        open(conversation) {
          if (place.open === conversation) return;
          place.open = conversation;
          moved(shop, room, agent);
        },
        away(isAway) {
          if (place.isAway === isAway) return;
          place.isAway = isAway;
          moved(shop, room, agent);
        },
        leave() {
          if (!room.places.delete(socket)) return;
          moved(shop, room, agent);
          if (room.places.size > 0) return;
          clearTimeout(room.timer);
          clearTimeout(room.presenceTimer);
          rooms.delete(shop);
        },
      };
    },
    typing(shop, conversation, { id, name }) {
      tellAll(shop, `typing ${conversation} ${id}`, { type: 'typing', conversation, agent: { id, name } });
    },
    async seen(shop, conversation, position, { id, name }) {
      const last = await storage.lastPosition(shop, conversation);
      if (last === undefined) return false;
      const seen = Math.min(position, last);
      if (!look.seen(shop, conversation, id, seen)) return true;
      // What has been made was made before the glance.
      const room = rooms.get(shop);
      room?.pages.clear();
      if (room !== undefined) room.begun = undefined;
      tellAll(shop, `seen ${conversation} ${id}`, { type: 'seen', conversation, position: seen, agent: { id, name } });
      return true;
    },
    close() {
      stop();
      for (const room of rooms.values()) {
        clearTimeout(room.timer);
        clearTimeout(room.presenceTimer);
      }
      rooms.clear();
    },
  };
}
