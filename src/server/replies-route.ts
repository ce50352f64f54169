import { z } from 'zod';
import { bearerProblems, invalidProblem, type RouteDescription, shopParams } from './route-description.js';
import { receiptSchema } from './wire-schemas.js';

export const getRepliesRoute = {
  method: 'GET',
  url: '/v1/shops/:shop/replies',
  schema: {
    params: shopParams,
    querystring: z.object({
      after: z.string().max(300).optional().meta({ description: '`cursor` of the last answer; empty or absent: from the start' }),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      wait: z.coerce.number().min(0).max(60).default(0).meta({
        description:
          'seconds to wait for something new, at most `feed.longPollSeconds` (30); the answer comes as soon as there is',
      }),
    }),
  },
  docs: {
    id: 'getReplies',
    tag: 'chat',
    summary: 'Read the replies that go to buyers',
    description: [
      'An append-only feed in the order of commit: the same cursor gives the same replies, and every reader sees everything.',
      'Store the `cursor` after you have dealt with the replies, and expect a reply again after a fault of yours: its id is stable.',
    ].join('\n'),
    security: 'bearer',
    answers: {
      200: {
        description: 'the next replies, oldest first; an empty list when there is nothing new',
        schema: 'FeedPage',
        example: {
          replies: [
            {
              id: 'r_01',
              conversation: 'c-1',
              inReplyTo: ['m-1'],
              author: 'bot',
              kind: 'answer',
              text: '亲，新疆首重20元，发中通快递哦~',
              createdAt: '2026-11-11T12:00:01.000Z',
            },
          ],
          cursor: 'NDIuNWYz',
        },
      },
    },
    problems: {
      ...bearerProblems,
      404: { codes: ['not_found'], when: 'there is no such shop' },
      410: { codes: ['cursor_gone'], when: 'the cursor is of another database; go on from the `cursor` of the problem' },
      422: invalidProblem,
    },
  },
} as const satisfies RouteDescription;

export const postReceiptRoute = {
  method: 'POST',
  url: '/v1/shops/:shop/replies/:id/receipt',
  schema: {
    params: shopParams.extend({ id: z.string().min(1).max(128).meta({ description: 'id of the reply' }) }),
    body: receiptSchema,
  },
  docs: {
    id: 'postReceipt',
    tag: 'chat',
    summary: 'Tell what became of a reply',
    description:
      'Optional. Once per state; the first stands. `platformMessageId` lets Zaima tell its own reply from a human when the platform sends it back.',
    security: 'bearer',
    body: { schema: 'Receipt', examples: { sent: { state: 'sent', platformMessageId: 'p-77' } } },
    answers: { 204: { description: 'noted' } },
    problems: {
      ...bearerProblems,
      400: { codes: ['not_json'], when: 'the body is not JSON' },
      404: { codes: ['not_found'], when: 'the shop has sent no such reply' },
      415: { codes: ['media_type'], when: 'the body is not application/json' },
      422: invalidProblem,
    },
  },
} as const satisfies RouteDescription;
