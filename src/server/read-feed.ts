/** Pages of a shop's feed as they may be handed out now, for the long poll and for the websocket. */
import { type FeedReply, feedReply } from '../connectors/generic-reply.js';
import { isVisitorPlace } from '../connectors/web-visitor.js';
import { type Cursor, cursorText, readCursor, replyTail } from './cursor.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';

const start = 0;

export interface Page {
  readonly replies: readonly FeedReply[];
  /** Behind these replies, and behind what is not handed out. */
  readonly cursor: Cursor;
}

export interface ReadFeed {
  /** @param from undefined: from the start */
  page(shop: string, from: Cursor | undefined, limit: number): Promise<Page>;
  /**
   * The cursor to go on from when this one leads nowhere: of another database (a backup was brought back), or of a reply
   * that is not there. It leads to the start, since what was already read is not known here; replies keep their ids.
   */
  gone(shop: string, cursor: Cursor): Promise<string | undefined>;
}

export const cursorIsGone =
  'the cursor leads nowhere: the database is another one; go on from `cursor`, and leave out the ids you know';

export function openReadFeed({ storage, flow }: Pick<ServerDeps, 'storage' | 'flow'>): ReadFeed {
  return {
    async page(shop, from, limit) {
      let lastReply = from?.lastReply ?? '';
      let after = from?.position ?? start;
      for (;;) {
        const { rows, epoch, position } = await storage.feed(shop, after, limit);
        const last = rows.at(-1);
        if (last !== undefined) lastReply = replyTail(last.reply.id);
        // What the kill switch stopped of the bot's words is never handed out, and what visitors of the web chat fetch
        // themselves not here: no other platform knows their conversations. The cursor moves past both.
        const haltedAt = flow.bots.haltedAt(shop) ?? Number.NEGATIVE_INFINITY;
        const going = rows.filter(
          (row) => (row.createdAt > haltedAt || row.reply.kind === 'agent') && !isVisitorPlace(row.conversation),
        );
        if (going.length > 0 || last === undefined)
          return { replies: going.map(feedReply), cursor: { epoch, position, lastReply } };
        after = position;
      }
    },
    async gone(shop, { epoch, position, lastReply }) {
      const page = await storage.feed(shop, Math.max(position - 1, start), 1);
      const [row] = page.rows;
      const known = position === start || (row?.position === position && replyTail(row.reply.id) === lastReply);
      return page.epoch === epoch && known ? undefined : cursorText({ epoch: page.epoch, position: start, lastReply: '' });
    },
  };
}

/** @param field where it came from. @throws InvalidRequest for a text that is no cursor of ours */
export function cursorOf(text: string | undefined, field: string): Cursor | undefined {
  if (text === undefined || text === '') return undefined;
  const cursor = readCursor(text);
  if (cursor !== undefined) return cursor;
  const mend = 'send the `cursor` of an earlier answer as it was, or leave it out to begin at the start';
  throw new InvalidRequest([{ field, problem: 'is no cursor', mend }]);
}
