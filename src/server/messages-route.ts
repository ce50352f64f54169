import { z } from 'zod';
import { invalidProblem, type RouteDescription, shopParams } from './route-description.js';

const example = {
  id: 'm-1',
  conversation: 'c-1',
  buyer: { id: 'b-1', name: '小王' },
  text: '发什么快递，到新疆多少钱',
  sentAt: '2026-11-11T20:00:00+08:00',
};

export const messagesRoute = {
  method: 'POST',
  url: '/v1/shops/:shop/messages',
  schema: {
    params: shopParams,
    querystring: z.object({
      wait: z.enum(['answer']).optional().meta({
        description: 'answer in this call, without waiting for the burst to end; the replies appear in the feed as well',
      }),
    }),
  },
  docs: {
    id: 'postMessages',
    tag: 'chat',
    summary: 'Hand in messages',
    description: [
      'One message or up to 100, signed as [Standard Webhooks 1.0](https://www.standardwebhooks.com) says:',
      '`webhook-signature: v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}` with the',
      "shop's secret (`<SHOP>_WEBHOOK_SECRET`; the base64 after `whsec_`, decoded). `zaima sign` prints a call ready to paste.",
      '',
      'When the call is answered the messages are on disk. The id of a message decides whether it is new: the same id again',
      'is a duplicate and changes nothing, so repeat a call whose answer was lost (sign it anew). Everything or nothing of a',
      'call is taken. The largest body is `limits.bodyBytes`, 4 MiB by default.',
    ].join('\n'),
    security: 'signature',
    body: {
      schema: 'Messages',
      examples: {
        one: example,
        several: [
          { id: 'm-2', conversation: 'c-1', buyer: { id: 'b-1' }, type: 'image' },
          { id: 'm-3', conversation: 'c-1', buyer: { id: 'b-1' }, author: 'agent', text: '您好，我来看看' },
        ],
      },
    },
    answers: {
      200: {
        description: 'taken: the messages are stored',
        schema: 'MessagesResult',
        example: { messages: [{ id: 'm-1', duplicate: false }] },
      },
    },
    problems: {
      400: { codes: ['not_json'], when: 'the body is empty or not JSON; tells the position' },
      401: { codes: ['signature'], when: 'unsigned, wrongly signed, or more than five minutes old or ahead; tells which' },
      404: { codes: ['not_found'], when: 'there is no such shop' },
      413: { codes: ['too_large'], when: 'the body is too large' },
      422: invalidProblem,
      429: { codes: ['too_many'], when: 'too many calls by this secret, or messages of one buyer; nothing was taken' },
      503: { codes: ['unavailable'], when: 'cannot be stored just now; nothing was taken' },
    },
  },
} as const satisfies RouteDescription;
