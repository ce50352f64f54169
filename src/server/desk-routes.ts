/** The routes of the desk as data. */
import { z } from 'zod';
import { longestSearch } from '../storage/search-words.js';
import {
  buyerPatchSchema,
  closeRequestSchema,
  feedbackRequestSchema,
  handOverRequestSchema,
  retryRequestSchema,
  seenRequestSchema,
  sendRequestSchema,
  takeRequestSchema,
} from './desk-schemas.js';
import { bearerProblems, bodyProblems, invalidProblem, type RouteDescription, shopParams } from './route-description.js';
import { answeredConversation, deskConversation, draftFeedback } from './talk-examples.js';

const url = '/v1/shops/:shop/conversations';
const id = z
  .string()
  .min(1)
  .max(128)
  .meta({ examples: ['c-1'] });
export const conversationParams = shopParams.extend({ conversation: id });
export const buyerParams = shopParams.extend({ buyer: id });

const noConversation = { codes: ['not_found'], when: 'there is no such shop or conversation' } as const;
const held = { codes: ['conflict'], when: 'a colleague holds it: `holder`' } as const;
const problems = { ...bearerProblems, ...bodyProblems, 404: noConversation, 409: held } as const;
const asItIs = {
  200: { description: 'the conversation as it is now', schema: 'DeskConversation', example: deskConversation },
} as const;
const security = 'bearer';
const tag = 'desk';

const buyerExample = {
  id: 'b-1',
  nickname: '小王',
  note: '喜欢宽松一点的',
  group: 'has_bought',
  version: 2,
  conversations: [
    {
      id: 'c-1',
      firstAt: '2026-11-11T12:00:00.000Z',
      lastAt: '2026-11-11T12:03:00.000Z',
      messages: 3,
      lastText: '好的',
    },
  ],
  orders: [{ id: 'o-1', status: 'paid', at: '2026-11-11T12:00:00.000Z' }],
} as const;

export const deskRoutes = {
  list: {
    method: 'GET',
    url,
    schema: {
      params: shopParams,
      querystring: z.object({
        show: z.enum(['open', 'all']).default('open').meta({
          description: '`open`: where a buyer waits or an agent holds it, the most urgent first; `all`: the latest change first',
        }),
        holder: z.string().min(1).max(128).optional().meta({ description: 'with `show=open`: `me`, `none`, or id of an agent' }),
        buyer: z.string().min(1).max(128).optional().meta({ description: 'with `show=all`: of this buyer alone' }),
        search: z
          .string()
          .trim()
          .min(1)
          .max(longestSearch)
          .optional()
          .meta({
            description:
              'with `show=all`: the latest in which this was said, or that go by it: words of either side, names, notes, ids, order numbers, products. Words apart by blanks stand in one line; two characters are found at once, one too',
            examples: ['新疆 运费'],
          }),
        before: z.coerce.number().int().min(1).optional().meta({ description: 'with `show=all`: `before` of the page before' }),
        since: z.coerce.number().int().min(0).optional().meta({
          description: 'what changed after this `seq`, oldest change first; the other filters do not hold then',
        }),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    },
    docs: {
      id: 'getConversations',
      tag,
      summary: 'List conversations',
      description: 'By urgency, by their latest change, or what changed since a number: the last is what the websocket tells.',
      security,
      answers: {
        200: {
          description: 'the conversations',
          schema: 'Conversations',
          example: { conversations: [deskConversation], seq: deskConversation.seq },
        },
      },
      problems: { ...bearerProblems, 404: { codes: ['not_found'], when: 'there is no such shop' }, 422: invalidProblem },
    },
  },
  agents: {
    method: 'GET',
    url: '/v1/shops/:shop/agents',
    schema: { params: shopParams },
    docs: {
      id: 'getAgents',
      tag: 'desk',
      summary: 'Who works at this desk',
      description:
        'To whom a conversation can be handed over: online first, whoever holds the fewest first. `welcome` tells the same.',
      security,
      answers: {
        200: {
          description: 'the agents',
          schema: 'AgentsAtDesk',
          example: {
            agents: [{ id: 'u_zhou', name: '小周', login: 'xiaozhou', online: true, away: false, holds: 2, open: ['c-1'] }],
          },
        },
      },
      problems: { ...bearerProblems, 404: { codes: ['not_found'], when: 'there is no such shop' } },
    },
  },
  take: {
    method: 'POST',
    url: `${url}/:conversation/take`,
    schema: { params: conversationParams, body: takeRequestSchema },
    docs: {
      id: 'postTake',
      tag,
      summary: 'Take a conversation',
      description: 'One agent holds it and answers. From a colleague it is taken over by naming her in `from`. Audited.',
      security,
      body: { schema: 'TakeRequest', examples: { free: {}, over: { from: '5f0a…' } } },
      answers: asItIs,
      problems,
    },
  },
  handOver: {
    method: 'POST',
    url: `${url}/:conversation/hand-over`,
    schema: { params: conversationParams, body: handOverRequestSchema },
    docs: {
      id: 'postHandOver',
      tag,
      summary: 'Hand a conversation over',
      description:
        'To a colleague, to whoever takes it, or to the bot; with a note. What a colleague holds only a lead hands over.',
      security,
      body: {
        schema: 'HandOverRequest',
        examples: { queue: { to: 'queue', note: '等仓库回话' }, colleague: { to: 'agent', agent: '5f0a…' }, bot: { to: 'bot' } },
      },
      answers: asItIs,
      problems,
    },
  },
  close: {
    method: 'POST',
    url: `${url}/:conversation/close`,
    schema: { params: conversationParams, body: closeRequestSchema },
    docs: {
      id: 'postClose',
      tag,
      summary: 'Close a conversation',
      description: 'A message of the buyer opens it again.',
      security,
      body: { schema: 'CloseRequest', examples: { done: {}, anyway: { force: true } } },
      answers: asItIs,
      problems: { ...problems, 409: { codes: ['conflict'], when: 'a colleague holds it, or the buyer waits for an answer' } },
    },
  },
  reopen: {
    method: 'POST',
    url: `${url}/:conversation/reopen`,
    schema: { params: conversationParams },
    docs: {
      id: 'postReopen',
      tag,
      summary: 'Open a closed conversation again',
      description: 'Whoever opens it holds it.',
      security,
      answers: asItIs,
      problems: { ...bearerProblems, 404: noConversation, 409: held, 422: invalidProblem },
    },
  },
  send: {
    method: 'POST',
    url: `${url}/:conversation/send`,
    schema: { params: conversationParams, body: sendRequestSchema },
    docs: {
      id: 'postSend',
      tag,
      summary: 'Write to the buyer',
      description: [
        'Goes out as the replies of the bot do, whatever the bot is switched to, and the bot keeps still afterwards. Takes a',
        'conversation that nobody holds. A text that costs points goes out with `override: true`, one that is never allowed',
        'only by a lead, an owner or an `admin` token; both are audited. More characters than `bot.draftCharacters` never go out.',
      ].join('\n'),
      security,
      body: {
        schema: 'SendRequest',
        examples: { plain: { text: '亲，我看一下库存~', id: 'b1f0c2d4' }, draft: { text: '亲，有货的~', draft: 'an_…_1' } },
      },
      answers: {
        200: {
          description: 'on its way',
          schema: 'Sent',
          example: { reply: 'b1f0c2d4', duplicate: false, conversation: answeredConversation },
        },
      },
      problems: {
        ...problems,
        403: { codes: ['forbidden'], when: 'not for this role, or a text that only a lead may send' },
        409: { codes: ['conflict'], when: 'a colleague holds it, or the id was used for another text' },
        422: { codes: ['invalid', 'finding'], when: 'a field is wrong, or the text breaks rules: `findings`' },
      },
    },
  },
  retry: {
    method: 'POST',
    url: `${url}/:conversation/retry`,
    schema: { params: conversationParams, body: retryRequestSchema },
    docs: {
      id: 'postRetry',
      tag,
      summary: 'Send a failed message again',
      description: [
        'The same words once more, after a callback that was not taken or a receipt that said `failed`. What the callback never',
        'took goes there under its id; what the platform refused goes out as a new reply of whoever asks, in feed and callback,',
        'with `retryOf`. Each once: of two agents the second gets 409. What may have arrived (`unknown`) is not sent again.',
      ].join('\n'),
      security,
      body: { schema: 'RetryRequest', examples: { again: { reply: 'ag_b1f0c2d4' } } },
      answers: asItIs,
      problems: {
        ...problems,
        409: { codes: ['conflict'], when: 'a colleague holds it, it did not fail, or it was sent again already' },
      },
    },
  },
  seen: {
    method: 'POST',
    url: `${url}/:conversation/seen`,
    schema: { params: conversationParams, body: seenRequestSchema },
    docs: {
      id: 'postSeen',
      tag,
      summary: 'Tell what was seen',
      description: 'Colleagues are told at once; it is kept as long as the process lives.',
      security,
      body: { schema: 'SeenRequest', examples: { seen: { position: 17 } } },
      answers: { 204: { description: 'told' } },
      problems: { ...bearerProblems, ...bodyProblems, 404: noConversation },
    },
  },
  feedback: {
    method: 'POST',
    url: `${url}/:conversation/feedback`,
    schema: { params: conversationParams, body: feedbackRequestSchema },
    docs: {
      id: 'postFeedback',
      tag,
      summary: 'Say what a draft was worth',
      description:
        '`accepted` and `edited` are kept by themselves where `send` names the draft; `wrong`: it should not have been said.',
      security,
      body: {
        schema: 'FeedbackRequest',
        examples: {
          wrong: { draft: 'an_…_1', outcome: 'wrong', note: '问的是L码' },
          rejected: { draft: 'an_…_1', outcome: 'rejected' },
        },
      },
      answers: { 204: { description: 'kept' } },
      problems: { ...bearerProblems, ...bodyProblems, 404: noConversation },
    },
  },
  feedbackList: {
    method: 'GET',
    url: '/v1/shops/:shop/draft-feedback',
    schema: {
      params: shopParams,
      querystring: z.object({
        after: z.coerce.number().int().min(0).default(0).meta({ description: '`after` of the page before' }),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    },
    docs: {
      id: 'getDraftFeedback',
      tag,
      summary: 'What agents made of drafts',
      description: 'Oldest first: what was sent as it was, what it was changed into, what was wrong.',
      security,
      answers: { 200: { description: 'the feedback', schema: 'DraftFeedback', example: draftFeedback } },
      problems: { ...bearerProblems, 404: { codes: ['not_found'], when: 'there is no such shop' }, 422: invalidProblem },
    },
  },
  buyer: {
    method: 'GET',
    url: '/v1/shops/:shop/buyers/:buyer',
    schema: { params: buyerParams },
    docs: {
      id: 'getBuyer',
      tag,
      summary: 'Read what is known of a buyer',
      description:
        'What the shop noted (`ETag` is its version), the earlier conversations, and orders as the platform told of them.',
      security,
      answers: { 200: { description: 'the buyer', schema: 'Buyer', example: buyerExample } },
      problems: { ...bearerProblems, 404: { codes: ['not_found'], when: 'there is no such shop or buyer' }, 422: invalidProblem },
    },
  },
  patchBuyer: {
    method: 'PATCH',
    url: '/v1/shops/:shop/buyers/:buyer',
    schema: { params: buyerParams, body: buyerPatchSchema },
    docs: {
      id: 'patchBuyer',
      tag,
      summary: 'Note something of a buyer',
      description: 'Nickname, note, one of ten groups; `null` takes it away. All conversations of the buyer show it at once.',
      security,
      ifMatch: 'required',
      body: { schema: 'BuyerPatch', examples: { note: { note: '怕扎，不要高领', group: 'interested' }, none: { group: null } } },
      answers: { 200: { description: 'the buyer as it is now', schema: 'Buyer', example: buyerExample } },
      problems: {
        ...bearerProblems,
        ...bodyProblems,
        404: { codes: ['not_found'], when: 'there is no such shop or buyer' },
        412: { codes: ['stale'], when: 'somebody has changed it since: `buyer` is how it is now' },
        428: { codes: ['precondition_required'], when: '`If-Match` is missing' },
      },
    },
  },
} as const satisfies Readonly<Record<string, RouteDescription>>;
