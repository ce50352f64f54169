/**
 * Conversations as they stand now, ready to be told; and how far each agent has seen them, as long as the process lives. What is
 * unread is a matter of who looks: a colleague's glance leaves it unread for the others.
 */
import { LRUCache } from 'lru-cache';
import type { DeskRow, DeskView } from '../storage/desk.js';
import type { ServerDeps } from './deps.js';
import type { DeskConversationOnTheWire } from './desk-schemas.js';
import { deskOnTheWire } from './desk-wire.js';

export interface DeskLook {
  /** Undefined for an unknown conversation, or a shop that is no longer served. */
  one(shop: string, conversation: string, viewer: string): Promise<DeskConversationOnTheWire | undefined>;
  each(shop: string, rows: readonly DeskRow[], viewer: string | undefined): Promise<DeskConversationOnTheWire[]>;
  /** @param viewer id of the agent who looks; undefined: of somebody who has looked at none of them */
  told(shop: string, views: readonly DeskView[], viewer: string | undefined): DeskConversationOnTheWire[];
  /** Whether this agent has looked at one of them: is told of them otherwise than who has not. */
  hasLooked(shop: string, views: readonly DeskRow[], viewer: string): boolean;
  /** @param position of a message that there is. False: seen so far before */
  seen(shop: string, conversation: string, viewer: string, position: number): boolean;
}

const mostMarks = 50_000;

export function openDeskLook({ storage, flow, config, now }: Pick<ServerDeps, 'storage' | 'flow' | 'config' | 'now'>): DeskLook {
  const marks = new LRUCache<string, number>({ max: mostMarks });
  const keyOf = (shop: string, conversation: string, viewer: string) => `${shop} ${viewer} ${conversation}`;

  function told(shop: string, views: readonly DeskView[], viewer: string | undefined): DeskConversationOnTheWire[] {
    const atWork = flow.shop(shop);
    if (atWork === undefined) return [];
    const ground = { shop: atWork, haltedAt: flow.bots.haltedAt(shop), language: config.language, now: now() };
    return views.map((view) => {
      const seen = viewer === undefined ? undefined : marks.get(keyOf(shop, view.conversation.id, viewer));
      return deskOnTheWire(view, { ...ground, seen: seen ?? 0 });
    });
  }

  return {
    told,
    async one(shop, conversation, viewer) {
      const view = await storage.deskView(shop, conversation);
      return view && told(shop, [view], viewer)[0];
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
