/** The desk over HTTP: who is to be answered next, and what agents do about it. */
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { clocksOf } from '../desk/clocks.js';
import { byUrgency, type Urgency, urgencyOf } from '../desk/urgency.js';
import type { DeskRow } from '../storage/desk.js';
import { bearer, callerOf } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { type DeskActions, type Done, unknownConversation, type Worker, workerOf } from './desk-actions.js';
import type { AgentAtDesk } from './desk-agents.js';
import type { DeskLook } from './desk-look.js';
import { type conversationParams, deskRoutes as routes } from './desk-routes.js';
import { iso } from './desk-wire.js';
import { InvalidRequest } from './errors-to-problems.js';
import { sendProblem } from './problem.js';
import { routed, type shopParams } from './route-description.js';

/** More than a team can hold; beyond them the longest untouched stand in the queue. */
const mostOpen = 2000;

export interface Desk {
  readonly look: DeskLook;
  readonly actions: DeskActions;
  readonly agents: (shop: string) => Promise<readonly AgentAtDesk[]>;
  /** Marks it for who has seen it and tells colleagues; false for an unknown conversation. */
  readonly seen: (shop: string, conversation: string, position: number, who: Worker) => Promise<boolean>;
}

type Place = z.output<typeof conversationParams>;

export function openDesk(app: FastifyInstance, deps: ServerDeps, { look, actions, agents, seen }: Desk): void {
  const { storage, flow, now } = deps;
  const atDesk = bearer(deps, 'desk');
  const reading = bearer(deps, 'desk', 'read');

  app.route<{ Params: z.output<typeof shopParams>; Querystring: z.output<typeof routes.list.schema.querystring> }>({
    ...routed(routes.list),
    onRequest: reading,
    async handler(request) {
      const { shop } = request.params;
      const { show, holder, buyer, before, since, limit, search } = request.query;
      const me = workerOf(callerOf(request)!).agent.id;
      const seq = await storage.deskSeq(shop);
      if (since !== undefined) {
        const changes = await storage.deskChanges(shop, since, limit);
        const more = changes.views.length === limit;
        const conversations = await look.told(shop, changes.views, me);
        return { conversations, seq: more ? changes.seq : Math.max(seq, since), more };
      }
      if (show === 'all') {
        refuse(holder, 'holder', 'show=open');
        if (search !== undefined) {
          refuseBeside(buyer, 'buyer', 'search');
          refuseBeside(before, 'before', 'search');
          return { conversations: await look.each(shop, await storage.deskSearch(shop, search, limit), me), seq };
        }
        const rows = await storage.deskLatest(shop, {
          limit,
          ...(before !== undefined && { before }),
          ...(buyer !== undefined && { buyer }),
        });
        const last = rows.length === limit ? rows.at(-1)?.seq : undefined;
        return { conversations: await look.each(shop, rows, me), seq, ...(last !== undefined && { before: last }) };
      }
      refuse(buyer, 'buyer', 'show=all');
      refuse(before, 'before', 'show=all');
      refuse(search, 'search', 'show=all');
      const rows = (await storage.deskOpen(shop, mostOpen)).filter(({ desk }) =>
        holder === undefined
          ? true
          : holder === 'none'
            ? desk.holder === undefined
            : desk.holder?.id === (holder === 'me' ? me : holder),
      );
      return { conversations: await look.each(shop, ranked(shop, rows).slice(0, limit), me), seq, total: rows.length };
    },
  });

  app.route<{ Params: z.output<typeof shopParams> }>({
    ...routed(routes.agents),
    onRequest: atDesk,
    handler: async ({ params }) => ({ agents: await agents(params.shop) }),
  });

  function ranked(shop: string, rows: readonly DeskRow[]): readonly DeskRow[] {
    const parameters = flow.shop(shop)?.parameters;
    if (parameters === undefined) return rows;
    const { desk: targets, timeZone } = parameters;
    const at = now();
    return rows
      .map((row): { row: DeskRow; urgency: Urgency } => {
        const clocks = clocksOf(row.conversation.memory, targets, timeZone);
        const changedAt = row.conversation.memory.humanSpokeAt ?? 0;
        // What stands open though nobody waits and nobody holds it does so for a reply that did not get there.
        const failedAt = clocks === undefined && row.desk.holder === undefined ? changedAt : undefined;
        return { row, urgency: urgencyOf(clocks, targets, changedAt, at, failedAt) };
      })
      .sort((one, other) => byUrgency(one.urgency, other.urgency))
      .map(({ row }) => row);
  }

  type Doing<Body> = (place: Place, who: Worker, body: Body) => Promise<Done<unknown>>;
  function does<Body>(
    route: (typeof routes)['take' | 'handOver' | 'close' | 'reopen' | 'send' | 'retry' | 'seen' | 'feedback'],
    doing: Doing<Body>,
  ): void {
    app.route<{ Params: Place; Body: Body }>({
      ...routed(route),
      onRequest: atDesk,
      async handler(request, reply) {
        const outcome = await doing(request.params, workerOf(callerOf(request)!), request.body as Body);
        if ('problem' in outcome) return sendProblem(reply, outcome.problem);
        return 204 in route.docs.answers ? reply.code(204).send() : reply.send(outcome.done);
      },
    });
  }
  does<z.output<typeof routes.take.schema.body>>(routes.take, ({ shop, conversation }, who, body) =>
    actions.take(shop, conversation, who, body),
  );
  does<z.output<typeof routes.handOver.schema.body>>(routes.handOver, ({ shop, conversation }, who, body) =>
    actions.handOver(shop, conversation, who, body),
  );
  does<z.output<typeof routes.close.schema.body>>(routes.close, ({ shop, conversation }, who, body) =>
    actions.close(shop, conversation, who, body),
  );
  does(routes.reopen, ({ shop, conversation }, who) => actions.reopen(shop, conversation, who));
  does<z.output<typeof routes.send.schema.body>>(routes.send, ({ shop, conversation }, who, body) =>
    actions.send(shop, conversation, who, body),
  );
  does<z.output<typeof routes.retry.schema.body>>(routes.retry, ({ shop, conversation }, who, { reply }) =>
    actions.retry(shop, conversation, who, reply),
  );
  does<z.output<typeof routes.feedback.schema.body>>(routes.feedback, ({ shop, conversation }, who, body) =>
    actions.feedback(shop, conversation, who, body),
  );
  does<z.output<typeof routes.seen.schema.body>>(routes.seen, async ({ shop, conversation }, who, { position }) => {
    return (await seen(shop, conversation, position, who)) ? { done: true } : { problem: unknownConversation };
  });

  app.route<{ Params: z.output<typeof shopParams>; Querystring: z.output<typeof routes.feedbackList.schema.querystring> }>({
    ...routed(routes.feedbackList),
    onRequest: bearer(deps, 'read'),
    async handler({ params, query }) {
      const rows = await storage.draftFeedback(params.shop, query.after, query.limit);
      return { rows: rows.map((row) => ({ ...row, at: iso(row.at) })), after: rows.at(-1)?.position ?? query.after };
    },
  });
}

function refuse(given: unknown, name: string, where: string): void {
  if (given === undefined) return;
  throw new InvalidRequest([
    { field: `query ${name}`, problem: `holds only with ${where}`, mend: `leave it out, or send ${where}` },
  ]);
}

function refuseBeside(given: unknown, name: string, other: string): void {
  if (given === undefined) return;
  throw new InvalidRequest([{ field: `query ${name}`, problem: `does not go with ${other}`, mend: 'leave one of them out' }]);
}
