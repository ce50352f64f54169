/**
 * Replies on their way to connected clients. Each socket has its own place in the feed; those that stand at the same one share
 * a look into the storage and the frame that is made of it.
 */
import { type Cursor, cursorText, readCursor } from './cursor.js';
import type { ServerDeps } from './deps.js';
import type { ReadFeed } from './read-feed.js';
import { closeCodes, type LiveSocket, type Packed, pack } from './socket-live.js';

export interface ReplyStream {
  /** The client has dealt with everything up to here. False: no such cursor was sent, nor said in its hello. */
  seen(cursor: string): boolean;
  /** Looks whether there is something to send. */
  wake(): void;
  end(): void;
}

export interface ReplyStreams {
  /** Sends what lies behind `from`, and what comes, as far as the client keeps up. */
  open(shop: string, socket: LiveSocket, from: Cursor | undefined): ReplyStream;
}

interface Page {
  /** Undefined: there is nothing (yet). */
  readonly frame: Packed | undefined;
  readonly cursor: Cursor;
  readonly text: string;
  /** The kill switch as it stood when it was looked. */
  readonly haltedAt: number | undefined;
}

interface OfShop {
  readonly streams: Set<ReplyStream>;
  /** Looks under way, by the place that they look from. */
  readonly pages: Map<string, Promise<Page>>;
  readonly stop: () => void;
}

export interface StreamSettings {
  readonly repliesPerFrame: number;
  readonly unseenFrames: number;
}

export function openReplyStreams(
  { flow, storage, log }: Pick<ServerDeps, 'flow' | 'storage' | 'log'>,
  feed: ReadFeed,
  { repliesPerFrame, unseenFrames }: StreamSettings,
): ReplyStreams {
  const shops = new Map<string, OfShop>();

  function shopOf(shop: string): OfShop {
    const known = shops.get(shop);
    if (known !== undefined) return known;
    const pages = new Map<string, Promise<Page>>();
    const streams = new Set<ReplyStream>();
    const stop = flow.onFeed(shop, () => {
      // A look that began before this was committed may not have seen it.
      pages.clear();
      for (const stream of streams) stream.wake();
    });
    const made: OfShop = { streams, pages, stop };
    shops.set(shop, made);
    return made;
  }

  async function look(shop: string, from: Cursor | undefined): Promise<Page> {
    const haltedAt = flow.bots.haltedAt(shop);
    const { replies, cursor } = await feed.page(shop, from, repliesPerFrame);
    const text = cursorText(cursor);
    const frame = replies.length === 0 ? undefined : pack({ type: 'replies', cursor: text, replies });
    return { frame, cursor, text, haltedAt };
  }

  function pageOf(shop: string, { pages }: OfShop, from: Cursor | undefined): Promise<Page> {
    const key = from === undefined ? '' : `${from.position} ${from.lastReply}`;
    const underWay = pages.get(key);
    if (underWay !== undefined) return underWay;
    const page = look(shop, from).finally(() => {
      if (pages.get(key) === page) pages.delete(key);
    });
    pages.set(key, page);
    return page;
  }

  return {
    open(shop, socket, from) {
      const its = shopOf(shop);
      let cursor = from;
      /** Cursors of frames that were sent and not seen, oldest first; the last one seen stands before them. */
      let unseen: string[] = [];
      let lastSeen = from === undefined ? '' : cursorText(from);
      let hasNews = true;
      let isAtWork = false;
      let isOver = false;

      /** The client does not wait for it: what it has dealt with is told the desk, no more. */
      function taken(upTo: Cursor | undefined): void {
        if (upTo === undefined) return;
        storage
          .feedTaken(shop, upTo.position)
          .catch((error: unknown) => log.error({ err: error, shop }, 'what a client has taken could not be noted'));
      }
      taken(from);

      const mayGoOn = (): boolean => !isOver && hasNews && socket.isOpen && !socket.isSlow && unseen.length < unseenFrames;

      async function send(): Promise<void> {
        while (mayGoOn()) {
          hasNews = false;
          const page = await pageOf(shop, its, cursor);
          if (isOver) return;
          // Nothing lies between this look at the kill switch and the sending.
          if (page.haltedAt !== flow.bots.haltedAt(shop)) hasNews = true;
          else if (page.frame === undefined) cursor = page.cursor;
          else if (socket.send(page.frame)) {
            cursor = page.cursor;
            unseen.push(page.text);
            hasNews = true;
          }
        }
      }

      function run(): void {
        if (isAtWork || !mayGoOn()) return;
        isAtWork = true;
        send().then(
          () => {
            isAtWork = false;
            run();
          },
          (error: unknown) => {
            log.error({ err: error, shop }, 'the feed could not be read for a socket');
            socket.close(closeCodes.fault, 'the feed cannot be read');
          },
        );
      }

      const stream: ReplyStream = {
        seen(text) {
          const at = unseen.indexOf(text);
          if (at < 0) return text === lastSeen;
          lastSeen = text;
          unseen = unseen.slice(at + 1);
          taken(readCursor(text));
          run();
          return true;
        },
        wake() {
          hasNews = true;
          run();
        },
        end() {
          isOver = true;
          its.streams.delete(stream);
          if (its.streams.size > 0) return;
          its.stop();
          shops.delete(shop);
        },
      };
      its.streams.add(stream);
      socket.onTaken(run);
      run();
      return stream;
    },
  };
}
