/**
 * The chat on a shop's own site: visitors write over HTTP like any platform, and their browsers fetch what is answered, by a
 * stream of events or by long poll. Nothing is kept of a visitor but the conversation.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { visitorPlace, visitorToken } from '../connectors/web-visitor.js';
import { mostVisitorCharacters, pageMessageId, webChat } from '../connectors/webchat.js';
import type { Message } from '../conversation.js';
import { standingFacts } from '../shop/reply-samples.js';
import type { ServerDeps } from './deps.js';
import { openWaiting } from './long-poll.js';
import { refuse } from './messages.js';
import { sendProblem } from './problem.js';
import { routed, type shopParams } from './route-description.js';
import type { TakeMessages } from './take-messages.js';
import {
  addressOf,
  chatDoor,
  type KnownVisitor,
  knownVisitor,
  openChatLimits,
  openTally,
  preflight,
  visitorsOnly,
} from './webchat-doors.js';
import { type ChatCursor, type ChatLines, chatCursorOf, chatCursorText, chatLines, openChatNews } from './webchat-lines.js';
import { webChatRoutes as routes, type webChatSchema } from './webchat-routes.js';
import type { ChatStanding } from './webchat-standing.js';

type Params = z.output<typeof shopParams>;

const bodyBytes = 65_536;
const messagesPerCall = 20;
const signOfLifeMs = 20_000;
/** A browser that takes nothing is let go: it comes back with its cursor. */
const mostWaitingBytes = 262_144;
/** More than a visitor has on the screen. */
const mostReceipts = 200;

export function openWebChat(app: FastifyInstance, deps: ServerDeps, taking: TakeMessages, standing: ChatStanding): void {
  const { flow, storage, now, config, metrics } = deps;
  const door = chatDoor(deps);
  const inside = [door, visitorsOnly(deps)];
  const within = openChatLimits(deps);
  const news = openChatNews(deps);
  const ofAddress = openTally(config.webChat.streamsPerAddress);
  const ofShop = openTally(config.webChat.streamsPerShop);
  const stopping = new AbortController();
  // Those who wait would hold up the end of the process.
  app.addHook('preClose', async () => stopping.abort());

  for (const [url, methods] of [
    [routes.get.url, 'GET'],
    [routes.visitor.url, 'POST'],
    [routes.send.url, 'GET, POST'],
    [routes.stream.url, 'GET'],
    [routes.receipts.url, 'POST'],
  ] as const)
    app.route({ method: 'OPTIONS', url, onRequest: door, handler: preflight(methods) });

  app.route<{ Params: Params }>({
    ...routed(routes.get),
    onRequest: door,
    handler({ params }): z.output<typeof webChatSchema> {
      const { parameters } = flow.shop(params.shop)!;
      const { webChat: web, name } = parameters;
      const hours = standingFacts(parameters, now()).hours_words;
      return {
        shop: params.shop,
        title: web?.title ?? name,
        ...(web?.greeting !== undefined && { greeting: web.greeting }),
        ...(typeof hours === 'string' && { hours }),
        ...standing.of(params.shop)!,
        limits: { characters: mostVisitorCharacters, messages: messagesPerCall },
      };
    },
  });

  app.route<{ Params: Params }>({
    ...routed(routes.visitor),
    onRequest: door,
    async handler(request, reply) {
      const { shop } = request.params;
      if (!within('addressVisitors', addressOf(request), 1, reply)) return reply;
      return { token: visitorToken(shop, randomBytes(16).toString('base64url'), flow.shop(shop)!.secrets[0]!) };
    },
  });

  app.register(async (scope) => {
    // The connector reads bytes, whatever the page calls them.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyBytes }, (_request, body, done) => done(null, body));
    scope.route<{ Params: Params }>({
      ...routed(routes.send),
      onRequest: inside,
      async handler(request, reply) {
        const { shop } = request.params;
        const atWork = flow.shop(shop)!;
        const known = knownVisitor(request);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const received = webChat.receive({ headers: request.headers, body, shop }, atWork.secrets, now());
        if (received.refused) {
          metrics.messages('refused', 1);
          return refuse(reply, received);
        }
        const { length } = received.messages;
        if (!within('addressMessages', addressOf(request), length, reply)) return reply;
        if (!within('visitorMessages', `${shop} ${known.visitor}`, length, reply)) return reply;
        const taken = await taking.take(
          shop,
          received.messages.map((message) => onShelf(message, deps)),
          false,
        );
        if ('tooMany' in taken) {
          const { detail, waitSeconds } = taken.tooMany;
          const seconds = String(Math.max(1, Math.ceil(waitSeconds)));
          return sendProblem(reply, { status: 429, code: 'too_many', detail }, { 'retry-after': seconds });
        }
        // Another tab of the same visitor.
        news.tell(shop, visitorPlace(known.visitor));
        return { messages: taken.messages.map((one) => ({ ...one, id: pageMessageId(one.id) })) };
      },
    });
  });

  app.route<{ Params: Params; Querystring: z.output<typeof routes.look.schema.querystring> }>({
    ...routed(routes.look),
    onRequest: inside,
    async handler(request, reply) {
      const known = knownVisitor(request);
      if (!within('addressLooks', addressOf(request), 1, reply)) return reply;
      const { shop } = request.params;
      const { after, limit, wait } = request.query;
      const cursor = chatCursorOf(after);
      const look = () => chatLines(deps, shop, known.visitor, cursor, limit);
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const waitMs = Math.min(wait, config.feed.longPollSeconds) * 1000;
      const over = AbortSignal.any([gone.signal, stopping.signal]);
      const waiting = openWaiting((told) => news.listen(shop, visitorPlace(known.visitor), told), waitMs, over);
      try {
        let lines = await look();
        while (lines.messages.length === 0 && waitMs > 0 && !waiting.over) {
          await waiting.next();
          lines = await look();
        }
        return { ...onTheWire(lines, shop, known), standing: standing.of(shop) };
      } finally {
        waiting.end();
      }
    },
  });

  app.route<{ Params: Params; Querystring: z.output<typeof routes.stream.schema.querystring> }>({
    ...routed(routes.stream),
    config: { isStream: true },
    onRequest: inside,
    async handler(request, reply) {
      const known = knownVisitor(request);
      const address = addressOf(request);
      if (!within('addressLooks', address, 1, reply)) return reply;
      if (stopping.signal.aborted)
        return sendProblem(
          reply,
          { status: 503, code: 'unavailable', detail: 'the server is about to stop' },
          { 'retry-after': '5' },
        );
      const cursor = chatCursorOf(request.query.after);
      const { shop } = request.params;
      const isCounted = ofAddress.add(address);
      if (!isCounted || !ofShop.add(shop)) {
        if (isCounted) ofAddress.remove(address);
        return sendProblem(reply, { status: 429, code: 'too_many', detail: 'too many open streams' }, { 'retry-after': '30' });
      }
      try {
        await stream(request, reply, known, cursor);
      } finally {
        ofAddress.remove(address);
        ofShop.remove(shop);
      }
      return reply;
    },
  });

  async function stream(
    request: FastifyRequest<{ Params: Params; Querystring: z.output<typeof routes.stream.schema.querystring> }>,
    reply: FastifyReply,
    known: KnownVisitor,
    from: ChatCursor,
  ): Promise<void> {
    const { shop } = request.params;
    const { raw } = reply;
    const headers = reply.getHeaders() as Record<string, string>;
    reply.hijack();
    raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
    // Shows the page at once that its way to here streams.
    raw.write(':\n\n');
    const gone = new AbortController();
    raw.once('close', () => gone.abort());
    const over = AbortSignal.any([gone.signal, stopping.signal]);
    let look: () => void = () => undefined;
    let stood = '';
    const life = setInterval(() => {
      raw.write(':\n\n');
      // Hours pass, and who left is gone, without a word.
      if (JSON.stringify(standing.of(shop)) !== stood) look();
    }, signOfLifeMs).unref();
    const heard = (told: () => void): (() => void) => {
      look = told;
      const stops = [news.listen(shop, visitorPlace(known.visitor), told), standing.listen(shop, told)];
      return () => {
        for (const stop of stops) stop();
      };
    };
    // Longer than any page stands open.
    const waiting = openWaiting(heard, 2 ** 31 - 1, over);
    try {
      let cursor = from;
      while (!waiting.over) {
        const lines = await chatLines(deps, shop, known.visitor, cursor, request.query.limit);
        const stands = standing.of(shop);
        const isOther = JSON.stringify(stands) !== stood;
        // The first tells where an empty chat begins.
        if (isOther || lines.messages.length > 0)
          raw.write(`data: ${JSON.stringify({ ...onTheWire(lines, shop, known), ...(isOther && { standing: stands }) })}\n\n`);
        stood = JSON.stringify(stands);
        cursor = lines.cursor;
        if (raw.writableLength > mostWaitingBytes) break;
        await waiting.next();
      }
    } catch (error) {
      deps.log.error({ err: error, route: routes.stream.url }, 'a stream failed');
    } finally {
      clearInterval(life);
      waiting.end();
      raw.end();
    }
  }

  app.route<{ Params: Params; Body: z.output<typeof routes.receipts.schema.body> }>({
    ...routed(routes.receipts),
    onRequest: inside,
    async handler(request, reply) {
      const known = knownVisitor(request);
      if (!within('addressLooks', addressOf(request), 1, reply)) return reply;
      const { shop } = request.params;
      const { replies, state } = request.body;
      const lines = await storage.chat(shop, visitorPlace(known.visitor), 'webchat', {}, mostReceipts);
      const own = new Set(lines.flatMap((line) => (line.kind === 'reply' ? [line.reply.id] : [])));
      for (const id of new Set(replies)) if (own.has(id)) await storage.receipt(shop, id, { state, at: now() });
      return reply.code(204).send();
    },
  });

  function onTheWire(
    { messages, cursor }: Awaited<ReturnType<typeof chatLines>>,
    shop: string,
    { visitor, isFresh }: KnownVisitor,
  ): ChatLines {
    const token = isFresh ? undefined : visitorToken(shop, visitor, flow.shop(shop)!.secrets[0]!);
    return { messages, cursor: chatCursorText(cursor), ...(token !== undefined && { token }) };
  }
}

/** The product as the shop lists it; what a page says of one that it does not list is nobody's word. */
function onShelf(message: Message, { flow }: Pick<ServerDeps, 'flow'>): Message {
  const { item, ...rest } = message;
  const listed = flow.shop(message.shop)?.parameters.products.find(({ id }) => id === item?.id);
  return listed === undefined ? rest : { ...rest, item: { id: listed.id, title: listed.title, priceYuan: listed.priceYuan } };
}
