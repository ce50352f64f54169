/**
 * Conversations as they stand now, ready to be told; and how far each agent has seen them, as long as the process lives. What is
 * unread is a matter of who looks: a colleague's glance leaves it unread for the others.
 */
import { LRUCache } from 'lru-cache';
import type { Answer } from '../conversation.js';
import type { DeskRow, DeskView } from '../storage/desk.js';
import type { ServerDeps } from './deps.js';
import type { DeskConversationOnTheWire } from './desk-schemas.js';
import { deskOnTheWire } from './desk-wire.js';

export interface DeskLook {
  /** Undefined for an unknown conversation, or a shop that is no longer served. */
  one(shop: string, conversation: string, viewer: string): Promise<DeskConversationOnTheWire | undefined>;
  each(shop: string, rows: readonly DeskRow[], viewer: string | undefined): Promise<DeskConversationOnTheWire[]>;
  told(shop: string, views: readonly DeskView[], viewer: string): Promise<DeskConversationOnTheWire[]>;
  /** How each is told of them. Viewer: id of the agent who looks; undefined: somebody who has looked at none of them. */
  toldTo(shop: string, views: readonly DeskView[]): Promise<(viewer: string | undefined) => DeskConversationOnTheWire[]>;
  /** Whether this agent has looked at one of them: is told of them otherwise than who has not. */
  hasLooked(shop: string, views: readonly DeskRow[], viewer: string): boolean;
  /** @param position of a message that there is. False: seen so far before */
  seen(shop: string, conversation: string, viewer: string, position: number): boolean;
}

const mostMarks = 50_000;
/** Conversations in whose midst a buyer is still writing. */
const mostForeseen = 2000;

export function openDeskLook({
  storage,
  flow,
  stock,
  config,
  now,
}: Pick<ServerDeps, 'storage' | 'flow' | 'stock' | 'config' | 'now'>): DeskLook {
  const marks = new LRUCache<string, number>({ max: mostMarks });
  const keyOf = (shop: string, conversation: string, viewer: string) => `${shop} ${viewer} ${conversation}`;

  const foreseen = new LRUCache<string, { readonly version: number; readonly knowledge: string; readonly answer?: Answer }>({
    max: mostForeseen,
  });

  /** What would be answered if the buyer wrote no more: agents need not wait for the end of a burst. */
  async function foresee(
    shop: string,
    { conversation: { id, version, firstUnansweredAt } }: DeskView,
  ): Promise<Answer | undefined> {
    if (firstUnansweredAt === undefined || flow.foresee === undefined) return undefined;
    const knowledge = `${flow.shop(shop)?.knowledge} ${stock.changedAt(shop)}`;
    const key = `${shop} ${id}`;
    const known = foreseen.get(key);
    if (known?.version === version && known.knowledge === knowledge) return known.answer;
    const turn = await storage.turn(shop, id);
    const answer = turn && flow.foresee(turn);
    foreseen.set(key, { version, knowledge, ...(answer !== undefined && { answer }) });
    return answer;
  }

  async function toldTo(
    shop: string,
    views: readonly DeskView[],
  ): Promise<(viewer: string | undefined) => DeskConversationOnTheWire[]> {
    const answers = await Promise.all(views.map((view) => foresee(shop, view)));
    const atWork = flow.shop(shop);
    if (atWork === undefined) return () => [];
    const stockChangedAt = (product?: string) => stock.changedAt(shop, product);
    const ground = { shop: atWork, stockChangedAt, haltedAt: flow.bots.haltedAt(shop), language: config.language, now: now() };
    return (viewer) =>
      views.map((view, at) => {
        const seen = viewer === undefined ? undefined : marks.get(keyOf(shop, view.conversation.id, viewer));
        return deskOnTheWire(view, { ...ground, seen: seen ?? 0, foreseen: answers[at] });
      });
  }

  async function told(
    shop: string,
    views: readonly DeskView[],
    viewer: string | undefined,
  ): Promise<DeskConversationOnTheWire[]> {
    return (await toldTo(shop, views))(viewer);
  }

  return {
    told,
    toldTo,
    async one(shop, conversation, viewer) {
      const view = await storage.deskView(shop, conversation);
      return view && (await told(shop, [view], viewer))[0];
    },
    async each(shop, rows, viewer) {
      const views = await Promise.all(rows.map((row) => storage.deskView(shop, row.conversation.id)));
      return told(
        shop,
        views.filter((view) => view !== undefined),
        viewer,
      );
    },
    hasLooked: (shop, views, viewer) => views.some(({ conversation }) => marks.has(keyOf(shop, conversation.id, viewer))),
    seen(shop, conversation, viewer, position) {
      const key = keyOf(shop, conversation, viewer);
      if (position <= (marks.get(key) ?? 0)) return false;
      marks.set(key, position);
      return true;
    },
  };
}
