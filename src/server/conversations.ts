/** A conversation with everything that was understood, decided and said in it. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Instant, Message } from '../conversation.js';
import type { Transcript } from '../storage/storage.js';
import { type AnswerOnTheWire, answerOnTheWire } from './answer-wire.js';
import { actorOf, bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import type { DeskLook } from './desk-look.js';
import { sendProblem } from './problem.js';
import { bearerProblems, invalidProblem, type RouteDescription, shopParams } from './route-description.js';
import { wholeConversation } from './talk-examples.js';
import type { conversationSchema } from './wire-schemas.js';

export const conversationRoute = {
  method: 'GET',
  url: '/v1/shops/:shop/conversations/:conversation',
  schema: {
    params: shopParams.extend({
      conversation: z
        .string()
        .min(1)
        .max(128)
        .meta({ examples: ['c-1'] }),
    }),
    querystring: z.object({
      limit: z.coerce.number().int().min(1).max(1000).default(200).meta({ description: 'the newest so many messages' }),
      after: z.coerce.number().int().min(0).optional().meta({ description: 'only messages behind this position' }),
      before: z.coerce.number().int().min(1).optional().meta({
        description: 'only what was said before the message of this position: the first of the page before',
      }),
    }),
  },
  docs: {
    id: 'getConversation',
    tag: 'chat',
    summary: 'Read a conversation',
    description: 'Its messages in order, the Answers to them with every reason, and what became of the replies.',
    security: 'bearer',
    answers: { 200: { description: 'the conversation', schema: 'Conversation', example: wholeConversation } },
    problems: {
      ...bearerProblems,
      404: { codes: ['not_found'], when: 'there is no such shop or conversation' },
      422: invalidProblem,
    },
  },
} as const satisfies RouteDescription;

type ConversationOnTheWire = Omit<z.output<typeof conversationSchema>, 'answers'> & { readonly answers: AnswerOnTheWire[] };

export function openConversations(app: FastifyInstance, deps: ServerDeps, look: DeskLook): void {
  const { method, url, schema } = conversationRoute;
  app.route<{ Params: z.output<typeof schema.params>; Querystring: z.output<typeof schema.querystring> }>({
    method,
    url,
    schema,
    onRequest: bearer(deps, 'read', 'connect'),
    async handler(request, reply) {
      const { shop, conversation } = request.params;
      const { limit, after, before } = request.query;
      const transcript = await deps.storage.transcript(shop, conversation, limit, { after, before });
      const desk = await look.one(shop, conversation, actorOf(request).id);
      if (transcript !== undefined) return { ...transcriptOnTheWire(transcript, deps.config.language), ...(desk && { desk }) };
      return sendProblem(reply, { status: 404, code: 'not_found', detail: 'the shop has no such conversation' });
    },
  });
}

function transcriptOnTheWire(transcript: Transcript, language: ServerDeps['config']['language']): ConversationOnTheWire {
  const { conversation, lines, answers, written, deliveries } = transcript;
  return {
    id: conversation.id,
    connector: conversation.connector,
    buyer: conversation.buyer,
    ...(conversation.dueAt !== undefined && { dueAt: iso(conversation.dueAt) }),
    messages: lines.map(({ message, position, answerId, echoOf }) => ({
      ...messageOnTheWire(message),
      position,
      ...(echoOf !== undefined && { echoOf }),
      ...(answerId !== undefined && { answerId }),
    })),
    answers: answers.map((answer) => answerOnTheWire(answer, language)),
    written: written.map(({ reply: { id, author, text, findings, retryOf }, at }) => ({
      id,
      ...(retryOf !== undefined && { retryOf }),
      author: { id: author.id, name: author.name },
      text,
      at: iso(at),
      findings: [...findings],
    })),
    deliveries: deliveries.map(({ replyId, state, because, retriedAs, receipts }) => ({
      replyId,
      state,
      ...(because !== undefined && { because }),
      ...(retriedAs !== undefined && { retriedAs }),
      receipts: receipts.map((receipt) => ({ ...receipt, at: iso(receipt.at) })),
    })),
  };
}

function messageOnTheWire({ id, author, type, text, sentAt, receivedAt, item, order }: Message) {
  return {
    id,
    author,
    type,
    text,
    sentAt: iso(sentAt),
    receivedAt: iso(receivedAt),
    ...(item !== undefined && { item }),
    ...(order !== undefined && { order }),
  };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
