/** /v1/connect: a chat client's plug-in hands messages in and takes replies and changes of phrases, on one socket. */
import { mostMessages, readBody } from '../connectors/generic-body.js';
import { isAllowed } from './bearer.js';
import { clientFrames, connectRoute, helloSeconds, repliesPerFrame, unseenFrames } from './connect-frames.js';
import { openReplyStreams, type ReplyStream } from './connect-replies.js';
import { cursorText } from './cursor.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { openPhraseNews } from './phrase-news.js';
import { cursorIsGone, cursorOf, openReadFeed } from './read-feed.js';
import { frameBytes, type Sockets } from './socket.js';
import { closeCodes, type FrameOf, type LiveSocket } from './socket-live.js';
import type { TakeMessages, TooMany } from './take-messages.js';

type Frame<T extends keyof typeof clientFrames> = Extract<FrameOf<typeof clientFrames>, { type: T }>;

const limits = { messages: mostMessages, frameBytes, replies: repliesPerFrame, unseenFrames };

export function openConnect(deps: ServerDeps, sockets: Sockets, taking: TakeMessages): void {
  const { flow, storage, now, metrics } = deps;
  const feed = openReadFeed(deps);
  const streams = openReplyStreams(deps, feed, { repliesPerFrame, unseenFrames });
  const news = openPhraseNews(deps.phrases);

  sockets.route({
    url: connectRoute.url,
    permissions: ['connect'],
    frames: clientFrames,
    open(socket) {
      let shop: string | undefined;
      let stream: ReplyStream | undefined;
      let forgetPhrases: (() => void) | undefined;
      const deadline = setTimeout(() => socket.close(closeCodes.policy, 'no hello'), helloSeconds * 1000).unref();

      async function hello(frame: Frame<'hello'>): Promise<void> {
        if (shop !== undefined) throw wrongPlace('came a second time', 'open another socket for another shop');
        if (!mayEnter(socket, frame.shop)) return;
        const from = cursorOf(frame.cursor, 'cursor');
        const gone = from && (await feed.gone(frame.shop, from));
        if (gone !== undefined) {
          socket.tell({ code: 'cursor_gone', detail: cursorIsGone, cursor: gone });
          return;
        }
        // The first look of a stream tells where an empty feed begins.
        const cursor = from === undefined ? await startOf(frame.shop) : frame.cursor!;
        if (!socket.isOpen) return;
        clearTimeout(deadline);
        shop = frame.shop;
        socket.send({ type: 'welcome', shop, cursor, limits });
        stream = streams.open(shop, socket, cursorOf(cursor, 'cursor'));
        forgetPhrases = news.add(shop, socket);
        // After it listens: a change between the two is told twice rather than not at all.
        const revision = frame.phrasesRevision === undefined ? undefined : await news.revision(shop);
        if (revision !== undefined && frame.phrasesRevision !== revision)
          socket.offer('phrases', { type: 'phrases.changed', revision });
      }

      function mayEnter(its: LiveSocket, named: string): boolean {
        if (!isAllowed(its.caller, named, ['connect'])) {
          its.tell({ code: 'forbidden', detail: 'the caller is of another shop, or may not connect chat clients to this one' });
        } else if (flow.shop(named) === undefined) {
          its.tell({ code: 'not_found', detail: 'there is no such shop' });
        } else if (!its.join(named)) {
          its.tell({ code: 'too_many', detail: 'the shop has too many open sockets', retryAfterSeconds: 30 });
        } else {
          return true;
        }
        its.close(closeCodes.policy, 'refused');
        return false;
      }

      async function messages({ id, messages: given }: Frame<'messages'>, to: string): Promise<void> {
        if (flow.shop(to) === undefined) {
          socket.tell({ code: 'not_found', detail: 'the shop is no longer served', inReplyTo: id });
          return;
        }
        const { messages: read, faults } = readBody(given, to, now());
        if (faults.length > 0) {
          metrics.messages('refused', 1);
          throw new InvalidRequest(faults.map((fault) => ({ ...fault, field: `messages${fault.field}` })));
        }
        const taken = await taking.take(to, read, false);
        if ('tooMany' in taken) tooMany(socket, id, taken.tooMany);
        else socket.send({ type: 'ack', id, messages: taken.messages });
      }

      async function receipt(frame: Frame<'receipt'>, of: string): Promise<void> {
        const { id, reply, state, at, platformMessageId, error } = frame;
        const known = await storage.receipt(of, reply, {
          state,
          at: at === undefined ? now() : Date.parse(at),
          ...(platformMessageId !== undefined && { platformMessageId }),
          ...(error !== undefined && { error }),
        });
        if (known) socket.send({ type: 'ack', id });
        else socket.tell({ code: 'not_found', detail: 'the shop has sent no reply with this id', inReplyTo: id });
      }

      return {
        async frame(frame) {
          if (frame.type === 'hello') return hello(frame);
          if (shop === undefined) throw wrongPlace('came before hello', 'send {"type":"hello","shop":…} first');
          if (frame.type === 'messages') return messages(frame, shop);
          if (frame.type === 'receipt') return receipt(frame, shop);
          if (stream?.seen(frame.cursor) !== true) {
            const mend = 'send the `cursor` of a `replies` frame of this socket, each once';
            throw new InvalidRequest([{ field: 'cursor', problem: 'was not sent on this socket, or is seen', mend }]);
          }
        },
        closed() {
          clearTimeout(deadline);
          stream?.end();
          forgetPhrases?.();
        },
      };
    },
  });

  async function startOf(shop: string): Promise<string> {
    const { epoch } = await storage.feed(shop, 0, 1);
    return cursorText({ epoch, position: 0, lastReply: '' });
  }
}

function tooMany(socket: LiveSocket, inReplyTo: string, { detail, waitSeconds, buyer }: TooMany): void {
  const problem = 'has sent too many messages';
  const faults = buyer === undefined ? [] : [{ field: `messages[${buyer.index}].buyer.id`, problem, mend: buyer.mend }];
  socket.tell({ code: 'too_many', detail, faults, inReplyTo, retryAfterSeconds: Math.max(1, Math.ceil(waitSeconds)) });
}

function wrongPlace(problem: string, mend: string): InvalidRequest {
  return new InvalidRequest([{ field: 'type', problem, mend }]);
}
