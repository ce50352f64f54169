/**
 * POST /v1/shops/:shop/messages, the generic webhook. The hot path: the body stays bytes until its signature is found
 * right, and the answer is plain JSON.stringify.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Refusal } from '../connectors/connector.js';
import { receiveGeneric } from '../connectors/generic.js';
import type { Answer, Message } from '../conversation.js';
import { answerOnTheWire } from './answer-wire.js';
import type { ServerDeps } from './deps.js';
import { messagesRoute } from './messages-route.js';
import { type ProblemCode, sendProblem, unknownShop } from './problem.js';
import type { TakeMessages, TooMany } from './take-messages.js';

export function openMessages(app: FastifyInstance, deps: ServerDeps, taking: TakeMessages): void {
  const { flow, metrics, now, config } = deps;

  app.register(async (scope) => {
    // Signatures are over bytes. Whatever the caller calls the body: JSON is what it is taken for.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: config.limits.bodyBytes }, (_request, body, done) =>
      done(null, body),
    );
    const { method, url, schema } = messagesRoute;
    scope.route<{ Params: z.output<typeof schema.params>; Querystring: z.output<typeof schema.querystring> }>({
      method,
      url,
      schema,
      async handler(request, reply) {
        const { shop } = request.params;
        const atWork = flow.shop(shop);
        if (atWork === undefined) return unknownShop(reply);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const received = receiveGeneric({ headers: request.headers, body, shop }, atWork.secrets, now());
        if (received.refused) {
          metrics.messages('refused', 1);
          return refuse(reply, received);
        }
        const { messages } = received;
        const isWaiting = request.query.wait !== undefined;
        const taken = await taking.take(shop, messages, isWaiting);
        if ('tooMany' in taken) return tooManySent(reply, taken.tooMany, messages.length);
        if (!isWaiting) return { messages: taken.messages };
        const answers = await allAnswers(deps, shop, messages, taken.answers);
        return { messages: taken.messages, answers: answers.map((answer) => answerOnTheWire(answer, config.language)) };
      },
    });
  });
}

/** What was answered now, and what was answered before to messages that came again; in the order of the call. */
async function allAnswers(
  { storage }: Pick<ServerDeps, 'storage'>,
  shop: string,
  messages: readonly Message[],
  fresh: readonly Answer[],
): Promise<readonly Answer[]> {
  const answered = new Set(fresh.flatMap(({ inReplyTo }) => inReplyTo));
  const earlier = messages.filter(({ author, id }) => author === 'buyer' && !answered.has(id)).map(({ id }) => id);
  if (earlier.length === 0) return fresh;
  const stored = await storage.answersTo(shop, 'generic', earlier);
  const byId = new Map([...stored, ...fresh].map((answer) => [answer.id, answer]));
  const order = [...new Set(messages.map(({ conversation }) => conversation))];
  return [...byId.values()].sort((a, b) => order.indexOf(a.conversation) - order.indexOf(b.conversation));
}

function tooManySent(reply: FastifyReply, { waitSeconds, detail, buyer }: TooMany, messages: number): FastifyReply {
  const field = messages > 1 ? `[${buyer?.index}].buyer.id` : 'buyer.id';
  const faults = buyer === undefined ? [] : [{ field, problem: 'has sent too many messages', mend: buyer.mend }];
  const seconds = String(Math.max(1, Math.ceil(waitSeconds)));
  return sendProblem(reply, { status: 429, code: 'too_many', detail, faults }, { 'retry-after': seconds });
}

const refusalCodes: Readonly<Record<Refusal['status'], ProblemCode>> = {
  400: 'not_json',
  401: 'signature',
  413: 'too_large',
  422: 'invalid',
};

export function refuse(reply: FastifyReply, { status, because, faults }: Refusal): FastifyReply {
  return sendProblem(
    reply,
    { status, code: refusalCodes[status], detail: because, faults },
    status === 401 ? { 'www-authenticate': 'StandardWebhooks' } : {},
  );
}
