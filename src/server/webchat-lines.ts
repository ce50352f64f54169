/** A visitor's chat as it is told: looked up, with a cursor that gives away nothing of the shop's other chats. */
import type { z } from 'zod';
import { visitorPlace } from '../connectors/web-visitor.js';
import { pageMessageId, visitorMessageId } from '../connectors/webchat.js';
import type { ChatLine } from '../storage/storage.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import type { chatLinesSchema } from './webchat-routes.js';

export type ChatLines = z.output<typeof chatLinesSchema>;

/** The last own message and the last reply that the page has. */
export interface ChatCursor {
  readonly message?: string;
  readonly reply?: string;
}

export function chatCursorText({ message = '', reply = '' }: ChatCursor): string {
  return Buffer.from(JSON.stringify([message, reply])).toString('base64url');
}

/** @throws InvalidRequest for a text that is no cursor of ours */
export function chatCursorOf(text: string | undefined): ChatCursor {
  if (text === undefined || text === '') return {};
  try {
    const [message, reply] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    if (typeof message === 'string' && typeof reply === 'string')
      return { ...(message !== '' && { message }), ...(reply !== '' && { reply }) };
  } catch {
    // As any other text that is none.
  }
  const mend = 'send the `cursor` of an earlier answer as it was, or leave it out';
  throw new InvalidRequest([{ field: 'query after', problem: 'is no cursor', mend }]);
}

/** Lines behind a cursor, and where to go on. */
export async function chatLines(
  { storage, flow }: Pick<ServerDeps, 'storage' | 'flow'>,
  shop: string,
  visitor: string,
  after: ChatCursor,
  limit: number,
): Promise<{ readonly messages: ChatLines['messages']; readonly cursor: ChatCursor }> {
  const message = after.message && visitorMessageId(visitor, after.message);
  const lines = await storage.chat(shop, visitorPlace(visitor), 'webchat', { message, reply: after.reply }, limit);
  // What the kill switch stopped before it reached the visitor never does.
  const haltedAt = flow.bots.haltedAt(shop) ?? Number.NEGATIVE_INFINITY;
  const shown = lines.filter(
    (line) => line.kind === 'message' || line.isReceived || line.at > haltedAt || line.reply.kind === 'agent',
  );
  const last = (kind: ChatLine['kind']) => shown.findLast((line) => line.kind === kind);
  const [own, sent] = [last('message'), last('reply')];
  return {
    messages: shown.map(onTheWire),
    cursor: {
      ...after,
      ...(own?.kind === 'message' && { message: pageMessageId(own.id) }),
      ...(sent?.kind === 'reply' && { reply: sent.reply.id }),
    },
  };
}

function onTheWire(line: ChatLine): ChatLines['messages'][number] {
  const at = new Date(line.at).toISOString();
  if (line.kind === 'message') return { id: pageMessageId(line.id), author: 'visitor', text: line.text, at };
  const { id, text, kind } = line.reply;
  return kind === 'agent' ? { id, author: 'agent', name: line.reply.author.name, text, at } : { id, author: 'bot', text, at };
}

/** Wakes those who look at one chat when something was said in it. */
export function openChatNews({ flow }: Pick<ServerDeps, 'flow'>) {
  const shops = new Map<string, { readonly chats: Map<string, Set<() => void>>; readonly stop: () => void }>();
  const tell = (shop: string, conversation: string): void => {
    for (const listener of shops.get(shop)?.chats.get(conversation) ?? []) listener();
  };
  return {
    tell,
    /** Returns how to stop that. */
    listen(shop: string, conversation: string, listener: () => void): () => void {
      let its = shops.get(shop);
      if (its === undefined) {
        its = { chats: new Map(), stop: flow.onFeed(shop, (where) => tell(shop, where)) };
        shops.set(shop, its);
      }
      const { chats, stop } = its;
      const mine = chats.get(conversation) ?? new Set();
      chats.set(conversation, mine.add(listener));
      return () => {
        mine.delete(listener);
        if (mine.size === 0 && chats.get(conversation) === mine) chats.delete(conversation);
        if (chats.size > 0 || shops.get(shop) !== its) return;
        shops.delete(shop);
        stop();
      };
    },
  };
}
