/**
 * POST /v1/shops/:shop/messages, the generic webhook. The hot path: the body stays bytes until its signature is found
 * right, and the answer is plain JSON.stringify.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import { openLimiter } from '../access/rate-limit.js';
import type { FieldFault, Refusal } from '../connectors/connector.js';
import { receiveGeneric } from '../connectors/generic.js';
import type { Answer, Instant, Message } from '../conversation.js';
import type { Accepted } from '../storage/storage.js';
import { answerOnTheWire } from './answer-wire.js';
import type { ServerDeps } from './deps.js';
import { messagesRoute } from './messages-route.js';
import { type ProblemCode, sendProblem, unknownShop } from './problem.js';

const mostShops = 1000;
/** Room is taken at once, some 60 bytes each; beyond it the buyers who wrote least lately are forgotten. */
const mostBuyers = 30_000;

export function openMessages(app: FastifyInstance, deps: ServerDeps): void {
  const { flow, metrics, now, config } = deps;
  const limited = limits(config.limits);

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
        const tooMany = limited(shop, messages, now());
        if (tooMany !== undefined) {
          metrics.messages('refused', messages.length);
          return tooManySent(reply, tooMany);
        }
        const isWaiting = request.query.wait !== undefined;
        const { accepted, answers: fresh } = await flow.accept(messages, isWaiting);
        count(metrics, accepted);
        const told = accepted.map(acceptedOnTheWire);
        if (!isWaiting) return { messages: told };
        const answers = await allAnswers(deps, shop, messages, fresh);
        return { messages: told, answers: answers.map((answer) => answerOnTheWire(answer, config.language)) };
      },
    });
  });
}

function acceptedOnTheWire({ id, duplicate, conflict }: Accepted) {
  return conflict ? { id, duplicate, conflict } : { id, duplicate };
}

function count(metrics: ServerDeps['metrics'], accepted: readonly Accepted[]): void {
  const conflicts = accepted.filter(({ conflict }) => conflict).length;
  const duplicates = accepted.filter(({ duplicate }) => duplicate).length - conflicts;
  metrics.messages('stored', accepted.length - duplicates - conflicts);
  if (duplicates > 0) metrics.messages('duplicate', duplicates);
  if (conflicts > 0) metrics.messages('conflict', conflicts);
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

interface TooMany {
  readonly waitSeconds: number;
  readonly detail: string;
  readonly faults: readonly FieldFault[];
}

/** Signed calls by shop, for it has one secret; then messages by buyer. What is refused takes nothing of a buyer's share. */
function limits(settings: ServerDeps['config']['limits']) {
  const { signedCallsPerSecond, buyerMessagesPerMinute } = settings;
  const calls = openLimiter({ perSecond: signedCallsPerSecond, burst: signedCallsPerSecond }, mostShops);
  const buyers = openLimiter({ perSecond: buyerMessagesPerMinute / 60, burst: buyerMessagesPerMinute }, mostBuyers);

  return (shop: string, messages: readonly Message[], now: Instant): TooMany | undefined => {
    const late = calls.take(new Map([[shop, 1]]), now);
    if (late !== undefined) {
      return { waitSeconds: late.waitSeconds, detail: `more than ${signedCallsPerSecond} signed calls a second`, faults: [] };
    }
    const amounts = new Map<string, number>();
    for (const { author, buyer } of messages) {
      if (author === 'buyer') amounts.set(`${shop}\n${buyer.id}`, (amounts.get(`${shop}\n${buyer.id}`) ?? 0) + 1);
    }
    const over = buyers.take(amounts, now);
    if (over === undefined) return undefined;
    const index = messages.findIndex(({ author, buyer }) => author === 'buyer' && `${shop}\n${buyer.id}` === over.key);
    const never = !Number.isFinite(over.waitSeconds);
    const waitSeconds = never ? 60 : over.waitSeconds;
    const mend = never ? `send at most ${buyerMessagesPerMinute} messages of one buyer a call` : 'send the call again later';
    return {
      waitSeconds,
      detail: `more than ${buyerMessagesPerMinute} messages a minute of one buyer; nothing of the call was taken`,
      faults: [{ field: messages.length > 1 ? `[${index}].buyer.id` : 'buyer.id', problem: 'has sent too many messages', mend }],
    };
  };
}

function tooManySent(reply: FastifyReply, { waitSeconds, detail, faults }: TooMany): FastifyReply {
  const seconds = String(Math.max(1, Math.ceil(waitSeconds)));
  return sendProblem(reply, { status: 429, code: 'too_many', detail, faults }, { 'retry-after': seconds });
}

const refusalCodes: Readonly<Record<Refusal['status'], ProblemCode>> = {
  400: 'not_json',
  401: 'signature',
  413: 'too_large',
  422: 'invalid',
};

function refuse(reply: FastifyReply, { status, because, faults }: Refusal): FastifyReply {
  return sendProblem(
    reply,
    { status, code: refusalCodes[status], detail: because, faults },
    status === 401 ? { 'www-authenticate': 'StandardWebhooks' } : {},
  );
}
