/** Buyers as the shop knows them: a card that agents keep, earlier conversations, orders as the platform told of them. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { BuyerChange, BuyerHistory } from '../storage/desk.js';
import { bearer, callerOf } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { workerOf } from './desk-actions.js';
import { type buyerParams, deskRoutes } from './desk-routes.js';
import type { buyerSchema } from './desk-schemas.js';
import { cardOnTheWire, iso } from './desk-wire.js';
import { baseMissing, baseOf } from './if-match.js';
import { sendProblem } from './problem.js';
import { routed } from './route-description.js';

const mostVisits = 50;
/** What a version is of. */
const what = 'the buyer';

export function openBuyers(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, now } = deps;
  const { buyer: get, patchBuyer: patch } = deskRoutes;

  async function told(reply: FastifyReply, shop: string, id: string): Promise<FastifyReply> {
    const history = await storage.buyer(shop, id, mostVisits);
    if (history === undefined) return unknownBuyer(reply);
    return reply.header('etag', `"${history.card.version}"`).send(buyerOnTheWire(id, history));
  }

  app.route<{ Params: z.output<typeof buyerParams> }>({
    ...routed(get),
    onRequest: bearer(deps, 'desk', 'read'),
    handler: ({ params }, reply) => told(reply, params.shop, params.buyer),
  });
  app.route<{ Params: z.output<typeof buyerParams>; Body: z.output<typeof patch.schema.body> }>({
    ...routed(patch),
    onRequest: bearer(deps, 'desk'),
    async handler(request, reply) {
      const { shop, buyer } = request.params;
      const version = baseOf(request, what);
      if (version === undefined) return baseMissing(reply, what);
      const { agent } = workerOf(callerOf(request)!);
      const card = await storage.changeBuyer(shop, buyer, version, request.body as BuyerChange, agent, now());
      if (card === undefined) return unknownBuyer(reply);
      if (card !== 'stale') return told(reply, shop, buyer);
      const detail = 'somebody has noted something of this buyer meanwhile: look at `buyer`, then send your change on that one';
      const current = await storage.buyer(shop, buyer, mostVisits);
      if (current === undefined) return unknownBuyer(reply);
      const { version: revision } = current.card;
      const problem = { status: 412, code: 'stale', detail, revision, buyer: cardOnTheWire(current.card) } as const;
      return sendProblem(reply, problem, { etag: `"${revision}"` });
    },
  });
}

function buyerOnTheWire(id: string, { buyer, card, visits, orders }: BuyerHistory): z.output<typeof buyerSchema> {
  return {
    id,
    ...(buyer.name !== undefined && { name: buyer.name }),
    ...cardOnTheWire(card),
    conversations: visits.map(({ conversation, firstAt, lastAt, messages, lastText }) => ({
      id: conversation,
      firstAt: iso(firstAt),
      lastAt: iso(lastAt),
      messages,
      lastText,
    })),
    orders: orders.map(({ order, at }) => ({
      id: order.id,
      ...(order.status !== undefined && { status: order.status }),
      at: iso(at),
    })),
  };
}

function unknownBuyer(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, { status: 404, code: 'not_found', detail: 'no such buyer has written to the shop' });
}
