/** The feed of replies, with long poll, and the receipts that tell what became of them. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { bearer, callerOf } from './bearer.js';
import { type Cursor, cursorText } from './cursor.js';
import type { ServerDeps } from './deps.js';
import { openWaiting } from './long-poll.js';
import { sendProblem } from './problem.js';
import { cursorIsGone, cursorOf, openReadFeed } from './read-feed.js';
import { getRepliesRoute, postReceiptRoute } from './replies-route.js';
import { routed } from './route-description.js';

export function openReplies(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, flow, config, now } = deps;
  const feed = openReadFeed(deps);
  const stopping = new AbortController();
  // Callers that wait would hold up the end of the process.
  app.addHook('preClose', async () => stopping.abort());

  async function look(shop: string, from: Cursor | undefined, limit: number) {
    const { replies, cursor } = await feed.page(shop, from, limit);
    return { replies, cursor: cursorText(cursor) };
  }

  app.route<{
    Params: z.output<typeof getRepliesRoute.schema.params>;
    Querystring: z.output<typeof getRepliesRoute.schema.querystring>;
  }>({
    ...routed(getRepliesRoute),
    onRequest: bearer(deps, 'connect', 'read'),
    async handler(request, reply) {
      const { shop } = request.params;
      const { limit, wait } = request.query;
      const cursor = cursorOf(request.query.after, 'query after');
      const gone = cursor && (await feed.gone(shop, cursor));
      if (gone !== undefined) return sendProblem(reply, { status: 410, code: 'cursor_gone', detail: cursorIsGone, cursor: gone });

      // Who only looks (scope `read`, people) hands nothing to a buyer.
      const caller = callerOf(request);
      if (cursor !== undefined && caller?.kind === 'token' && caller.token.scope === 'connect')
        await storage.feedTaken(shop, cursor.position);
      const waitMs = Math.min(wait, config.feed.longPollSeconds) * 1000;
      if (waitMs === 0) return look(shop, cursor, limit);
      const closed = new AbortController();
      // The response's: a request closes as soon as it was read.
      reply.raw.once('close', () => closed.abort());
      const over = AbortSignal.any([closed.signal, stopping.signal]);
      const waiting = openWaiting((news) => flow.onFeed(shop, news), waitMs, over);
      try {
        let page = await look(shop, cursor, limit);
        while (page.replies.length === 0 && !waiting.over) {
          await waiting.next();
          page = await look(shop, cursor, limit);
        }
        return page;
      } finally {
        waiting.end();
      }
    },
  });

  app.route<{
    Params: z.output<typeof postReceiptRoute.schema.params>;
    Body: z.output<typeof postReceiptRoute.schema.body>;
  }>({
    ...routed(postReceiptRoute),
    onRequest: bearer(deps, 'connect'),
    async handler(request, reply) {
      const { shop, id } = request.params;
      const { state, at, platformMessageId, error } = request.body;
      const known = await storage.receipt(shop, id, {
        state,
        at: at === undefined ? now() : Date.parse(at),
        ...(platformMessageId !== undefined && { platformMessageId }),
        ...(error !== undefined && { error }),
      });
      if (known) return reply.code(204).send();
      return sendProblem(reply, { status: 404, code: 'not_found', detail: 'the shop has sent no reply with this id' });
    },
  });
}
