/** The feed of replies, with long poll, and the receipts that tell what became of them. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import { feedReply } from '../connectors/generic-reply.js';
import { bearer } from './bearer.js';
import { type Cursor, cursorText, readCursor, replyTail } from './cursor.js';
import type { ServerDeps } from './deps.js';
import { InvalidRequest } from './errors-to-problems.js';
import { openWaiting } from './long-poll.js';
import { sendProblem } from './problem.js';
import { getRepliesRoute, postReceiptRoute } from './replies-route.js';

const start = 0;

export function openReplies(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, flow, config, now } = deps;
  const stopping = new AbortController();
  // Callers that wait would hold up the end of the process.
  app.addHook('preClose', async () => stopping.abort());

  async function look(shop: string, from: Cursor | undefined, limit: number) {
    let lastReply = from?.lastReply ?? '';
    let after = from?.position ?? start;
    for (;;) {
      const { rows, epoch, position } = await storage.feed(shop, after, limit);
      const last = rows.at(-1);
      if (last !== undefined) lastReply = replyTail(last.reply.id);
      // What the kill switch stopped of the bot's words is never handed out, and the cursor moves past it.
      const haltedAt = flow.bots.haltedAt(shop) ?? Number.NEGATIVE_INFINITY;
      const going = rows.filter((row) => row.createdAt > haltedAt || row.reply.kind === 'agent');
      if (going.length > 0 || last === undefined)
        return { replies: going.map(feedReply), cursor: cursorText({ epoch, position, lastReply }) };
      after = position;
    }
  }

  app.route<{
    Params: z.output<typeof getRepliesRoute.schema.params>;
    Querystring: z.output<typeof getRepliesRoute.schema.querystring>;
  }>({
    method: getRepliesRoute.method,
    url: getRepliesRoute.url,
    schema: getRepliesRoute.schema,
    onRequest: bearer(deps, 'connect', 'read'),
    async handler(request, reply) {
      const { shop } = request.params;
      const { limit, wait } = request.query;
      const cursor = cursorOf(request.query.after);
      const gone = cursor && (await cursorGone(deps, shop, cursor));
      if (gone !== undefined) return cursorIsGone(reply, gone);

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
    method: postReceiptRoute.method,
    url: postReceiptRoute.url,
    schema: postReceiptRoute.schema,
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

function cursorOf(after: string | undefined): Cursor | undefined {
  if (after === undefined || after === '') return undefined;
  const cursor = readCursor(after);
  if (cursor !== undefined) return cursor;
  const mend = 'send the `cursor` of an earlier answer as it was, or leave it out to begin at the start';
  throw new InvalidRequest([{ field: 'query after', problem: 'is no cursor', mend }]);
}

/**
 * The cursor to go on from when this one leads nowhere: of another database (a backup was brought back), or of a reply
 * that is not there. It leads to the start, since what was already read is not known here; replies keep their ids.
 */
async function cursorGone(
  { storage }: Pick<ServerDeps, 'storage'>,
  shop: string,
  { epoch, position, lastReply }: Cursor,
): Promise<string | undefined> {
  const page = await storage.feed(shop, Math.max(position - 1, start), 1);
  const [row] = page.rows;
  const known = position === start || (row?.position === position && replyTail(row.reply.id) === lastReply);
  return page.epoch === epoch && known ? undefined : cursorText({ epoch: page.epoch, position: start, lastReply: '' });
}

function cursorIsGone(reply: FastifyReply, cursor: string): FastifyReply {
  const detail = 'the cursor leads nowhere: the database is another one; go on from `cursor`, and leave out the ids you know';
  return sendProblem(reply, { status: 410, code: 'cursor_gone', detail, cursor });
}
