/** Conversations as they stand now, ready to be told; and what somebody of the shop has seen of them, as long as the process lives. */
import { LRUCache } from 'lru-cache';
import type { Answer } from '../conversation.js';
import type { DeskRow, DeskView } from '../storage/desk.js';
import type { ServerDeps } from './deps.js';
import type { DeskConversationOnTheWire } from './desk-schemas.js';
import { deskOnTheWire } from './desk-wire.js';

export interface DeskLook {
  /** Undefined for an unknown conversation, or a shop that is no longer served. */
  one(shop: string, conversation: string): Promise<DeskConversationOnTheWire | undefined>;
  each(shop: string, rows: readonly DeskRow[]): Promise<DeskConversationOnTheWire[]>;
  told(shop: string, views: readonly DeskView[]): Promise<DeskConversationOnTheWire[]>;
  /** False: it was seen so far before. */
  seen(shop: string, conversation: string, position: number): boolean;
}

const mostMarks = 20_000;
/** Conversations in whose midst a buyer is still writing. */
const mostForeseen = 2000;

export function openDeskLook({ storage, flow, config, now }: Pick<ServerDeps, 'storage' | 'flow' | 'config' | 'now'>): DeskLook {
  const marks = new LRUCache<string, number>({ max: mostMarks });

  const foreseen = new LRUCache<
    string,
    { readonly version: number; readonly knowledge: string | undefined; readonly answer?: Answer }
  >({
    max: mostForeseen,
  });

  /** What would be answered if the buyer wrote no more: agents need not wait for the end of a burst. */
  async function foresee(
    shop: string,
    { conversation: { id, version, firstUnansweredAt } }: DeskView,
  ): Promise<Answer | undefined> {
    if (firstUnansweredAt === undefined || flow.foresee === undefined) return undefined;
    const knowledge = flow.shop(shop)?.knowledge;
    const key = `${shop} ${id}`;
    const known = foreseen.get(key);
    if (known?.version === version && known.knowledge === knowledge) return known.answer;
    const turn = await storage.turn(shop, id);
    const answer = turn && flow.foresee(turn);
    foreseen.set(key, { version, knowledge, ...(answer !== undefined && { answer }) });
    return answer;
  }

  async function told(shop: string, views: readonly DeskView[]): Promise<DeskConversationOnTheWire[]> {
    const answers = await Promise.all(views.map((view) => foresee(shop, view)));
    const atWork = flow.shop(shop);
    if (atWork === undefined) return [];
    const ground = { shop: atWork, haltedAt: flow.bots.haltedAt(shop), language: config.language, now: now() };
    return views.map((view, at) =>
      deskOnTheWire(view, { ...ground, seen: marks.get(`${shop} ${view.conversation.id}`) ?? 0, foreseen: answers[at] }),
    );
  }

  return {
    told,
    async one(shop, conversation) {
      const view = await storage.deskView(shop, conversation);
      return view && (await told(shop, [view]))[0];
    },
    async each(shop, rows) {
      const views = await Promise.all(rows.map((row) => storage.deskView(shop, row.conversation.id)));
      return told(
        shop,
        views.filter((view) => view !== undefined),
      );
    },
    seen(shop, conversation, position) {
      const key = `${shop} ${conversation}`;
      if (position <= (marks.get(key) ?? 0)) return false;
      marks.set(key, position);
      return true;
    },
  };
}
