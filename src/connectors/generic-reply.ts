/** A reply as shops see it: a row of the feed, and the `data` of a callback. */
import { z } from 'zod';
import type { Instant, Outgoing } from '../conversation.js';

export const feedReplySchema = z
  .object({
    id: z.string().meta({ description: 'stable: the same reply carries it in the feed, the callback and `?wait=answer`' }),
    conversation: z.string(),
    inReplyTo: z.array(z.string()).meta({
      description:
        'ids of the messages that it answers; no message is answered twice. Empty where the bot stepped in, whose messages had drafts, and where an agent wrote',
    }),
    author: z.enum(['bot', 'agent']),
    name: z.string().optional().meta({ description: 'of the agent who wrote it' }),
    kind: z.enum(['answer', 'holding', 'agent']).meta({
      description:
        '`answer` answers; `holding` acknowledges the matter and names when a person answers; `agent`: a person wrote it at the desk',
    }),
    text: z.string(),
    retryOf: z.string().optional().meta({ description: 'id of the reply that failed: an agent sends the same words again' }),
    createdAt: z.iso.datetime(),
  })
  .meta({
    description: 'what goes to a buyer',
    examples: [
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
  });

export type FeedReply = z.output<typeof feedReplySchema>;

/** @param row a row of the feed or a delivery: both hold what is told. */
export function feedReply(row: {
  readonly conversation: string;
  readonly inReplyTo: readonly string[];
  readonly reply: Outgoing;
  readonly createdAt: Instant;
}): FeedReply {
  return {
    id: row.reply.id,
    conversation: row.conversation,
    inReplyTo: [...row.inReplyTo],
    ...(row.reply.kind === 'agent' ? { author: 'agent', name: row.reply.author.name } : { author: 'bot' }),
    kind: row.reply.kind,
    text: row.reply.text,
    ...(row.reply.kind === 'agent' && row.reply.retryOf !== undefined && { retryOf: row.reply.retryOf }),
    createdAt: new Date(row.createdAt).toISOString(),
  };
}
