/** The desk as it is told over HTTP and websocket. */
import { z } from 'zod';
import { shownStates } from '../desk/delivery-state.js';
import { urgencyLevels } from '../desk/urgency.js';
import { buyerGroups, draftOutcomes } from '../storage/desk.js';
import { findingSchema } from './answer-wire.js';

const utc = z.iso.datetime().meta({ description: 'UTC' });
const id = z.string().min(1).max(128);
const agent = z.object({ id: z.string(), name: z.string() });
const because = z.string().meta({ description: 'why, in the language of the service' });
const reasons = z.array(
  z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() }),
);

export const takeRequestSchema = z.strictObject({
  from: id.optional().meta({ description: 'id of the colleague from whom it is taken over; absent: nobody holds it' }),
});

export const handOverRequestSchema = z.strictObject({
  to: z.enum(['agent', 'queue', 'bot']).meta({ description: '`queue`: whoever takes it; `bot`: the bot may speak again' }),
  agent: id.optional().meta({ description: 'id of the user, with `to: agent`' }),
  note: z.string().trim().min(1).max(500).optional().meta({ description: 'for whoever goes on' }),
});

export const closeRequestSchema = z.strictObject({
  force: z
    .boolean()
    .default(false)
    .meta({ description: 'close it although the buyer waits for an answer, or a reply did not reach him' }),
});

export const sendRequestSchema = z.strictObject({
  text: z.string().trim().min(1).max(2000),
  id: z
    .string()
    .regex(/^[\w-]{8,64}$/, 'write 8 to 64 letters, digits, _ or -')
    .optional()
    .meta({ description: 'your own: sent again with the same id (a cut line) it goes out once' }),
  draft: id.optional().meta({ description: 'id of the draft it was made from: whether it was changed is kept' }),
  override: z.boolean().default(false).meta({ description: 'send it in spite of its findings; this is audited' }),
});

export const retryRequestSchema = z.strictObject({ reply: id });

export const seenRequestSchema = z.strictObject({
  position: z
    .number()
    .int()
    .min(0)
    .meta({ description: 'of the last message that was seen; one beyond the last there is stands for that one' }),
});

export const feedbackRequestSchema = z.strictObject({
  draft: id.meta({ description: 'id of a draft; with `wrong` and `withdrawn` also of what the bot said by itself' }),
  outcome: z.enum(draftOutcomes).meta({
    description: '`withdrawn` takes back a `wrong` of before; `wrong` said again, with a note, stands in its place',
  }),
  text: z.string().min(1).max(2000).optional().meta({ description: 'what was sent instead, with `edited`' }),
  note: z.string().trim().min(1).max(500).optional(),
});

const group = z.enum(buyerGroups);
const nickname = z.string().trim().max(60);
const note = z.string().trim().max(500);

export const buyerPatchSchema = z
  .strictObject({
    nickname: nickname.nullable().optional(),
    note: note.nullable().optional(),
    group: group.nullable().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'name what is to be changed: nickname, note or group');

const cardSchema = z.object({
  nickname: z.string().optional(),
  note: z.string().optional(),
  group: group.optional(),
  version: z.number().int().meta({ description: 'of what the shop noted; 0: nothing yet' }),
});

const orderSchema = z.object({ id: z.string(), status: z.string().optional() });

const lineSchema = z.object({
  from: z.enum(['buyer', 'agent', 'system', 'bot', 'desk']).meta({
    description: '`agent`: a person in another client; `desk`: a person at this desk',
  }),
  id: z.string(),
  position: z.number().int().optional().meta({ description: 'of a message that came in' }),
  type: z.enum(['text', 'image', 'voice', 'video', 'card', 'sticker', 'recall']),
  text: z.string(),
  at: utc,
  author: agent.optional(),
  kind: z.enum(['answer', 'holding', 'agent']).optional(),
  retryOf: z.string().optional().meta({ description: 'id of the failed line of which this is the second try' }),
  delivery: z
    .object({
      state: z.enum(shownStates).meta({
        description: '`handed`: a client has read it in the feed and gone on, and has told no more of it by a receipt',
      }),
      because: z.string().optional(),
      retriedAs: z.string().optional().meta({ description: 'id of the line as which it was sent again' }),
    })
    .optional()
    .meta({ description: 'of what goes out' }),
});

const clocksSchema = z
  .object({
    since: utc.meta({ description: 'when the first message without an answer came in' }),
    messages: z.number().int(),
    forPerson: z.boolean(),
    averageBy: utc,
    firstAnswerBy: utc.optional(),
    ruleBy: utc.optional(),
  })
  .meta({ description: 'moments: each screen counts down by itself' });

const draftSchema = z.object({
  id: z.string(),
  answerId: z.string(),
  text: z.string(),
  characters: z.number().int(),
  intents: z.array(z.string()),
  template: z.string(),
  findings: z.array(findingSchema),
  because,
  reasons: reasons.meta({ description: '`because` for programs' }),
  open: z.array(z.string()).meta({ description: 'intents that it does not answer' }),
  at: utc,
  provisional: z.literal(true).optional().meta({
    description: 'the buyer may write on: it is not kept under this id yet, so that `send` and feedback do not know it',
  }),
});

export const deskConversationSchema = z
  .object({
    id: z.string(),
    seq: z.number().int().meta({ description: 'of its latest change; the highest one wins' }),
    connector: z.string(),
    state: z.enum(['open', 'closed']),
    buyer: cardSchema.extend({ id: z.string(), name: z.string().optional() }),
    item: z
      .object({ id: z.string(), title: z.string(), priceYuan: z.number().optional(), url: z.string().optional() })
      .optional(),
    order: orderSchema
      .extend({ isOrderingAccount: z.boolean().optional().meta({ description: 'absent: not known' }) })
      .optional(),
    holder: agent.extend({ since: utc }).optional(),
    note: z.object({ text: z.string(), by: agent, at: utc }).optional().meta({ description: 'of the last hand-over' }),
    closed: z.object({ by: agent, at: utc }).optional(),
    clocks: clocksSchema.optional().meta({ description: 'absent: nobody waits' }),
    urgency: z
      .object({ level: z.enum(urgencyLevels), because, reasons })
      .meta({ description: 'as it was when this was told: it grows with time' }),
    unread: z.number().int().meta({
      description: 'messages of the buyer, of the lines shown, that you have not seen and after which nobody of the shop spoke',
    }),
    intents: z.array(z.string()).meta({ description: 'what the newest Answer understood' }),
    lines: z.array(lineSchema).meta({ description: 'the newest few, oldest first' }),
    hasEarlier: z.boolean(),
    drafts: z.array(draftSchema),
    draftsPending: z.boolean().meta({ description: 'the buyer wrote on: they are about to change' }),
    withdrawn: z.array(z.object({ id: z.string(), because, code: z.string() })),
  })
  .meta({ description: 'a conversation as it stands' });

export const conversationsSchema = z.object({
  conversations: z.array(deskConversationSchema),
  seq: z.number().int().meta({ description: 'the `since` of the next call, or of the socket' }),
  more: z.boolean().optional().meta({ description: 'with `since`: ask again at once' }),
  total: z.number().int().optional().meta({ description: 'with `show=open`: how many there are' }),
  before: z.number().int().optional().meta({ description: 'with `show=all`: of the next page; absent: there is none' }),
});

export const agentAtDeskSchema = agent.extend({
  login: z.string().optional().meta({ description: 'absent: a program by its token, to which nothing is handed over' }),
  online: z.boolean().meta({ description: 'sits at the desk of this shop' }),
  away: z.boolean().meta({ description: 'online, and gone for a moment' }),
  holds: z.number().int().meta({ description: 'conversations at this moment; `changed` tells from then on who holds what' }),
  open: z.array(z.string()).meta({ description: 'conversations that stand open on the screens of this agent' }),
});

export const agentsAtDeskSchema = z.object({ agents: z.array(agentAtDeskSchema) });

export const sentSchema = z.object({
  reply: z.string().meta({ description: 'id, as in the feed' }),
  duplicate: z.boolean().meta({ description: 'the id was sent before: it goes out once' }),
  conversation: deskConversationSchema,
});

export const buyerSchema = cardSchema.extend({
  id: z.string(),
  name: z.string().optional().meta({ description: 'as the platform tells it' }),
  conversations: z
    .array(
      z.object({
        id: z.string(),
        firstAt: utc,
        lastAt: utc,
        messages: z.number().int().meta({ description: 'of the buyer' }),
        lastText: z.string().meta({ description: 'what the buyer wrote last' }),
      }),
    )
    .meta({ description: 'newest first' }),
  orders: z.array(orderSchema.extend({ at: utc })).meta({ description: 'as the platform last told of each, newest first' }),
});

export const draftFeedbackSchema = z.object({
  rows: z.array(
    z.object({
      position: z.number().int(),
      draft: z.string(),
      conversation: z.string(),
      outcome: z.enum(draftOutcomes),
      text: z.string().optional(),
      note: z.string().optional(),
      at: utc,
      by: z.object({ kind: z.enum(['user', 'token', 'cli']), id: z.string(), name: z.string() }),
    }),
  ),
  after: z.number().int().meta({ description: 'of the next page' }),
});

export const deskRequests = {
  TakeRequest: takeRequestSchema,
  HandOverRequest: handOverRequestSchema,
  CloseRequest: closeRequestSchema,
  SendRequest: sendRequestSchema,
  RetryRequest: retryRequestSchema,
  SeenRequest: seenRequestSchema,
  FeedbackRequest: feedbackRequestSchema,
  BuyerPatch: buyerPatchSchema,
} as const;

export const deskAnswers = {
  DeskConversation: deskConversationSchema,
  Conversations: conversationsSchema,
  AgentsAtDesk: agentsAtDeskSchema,
  Sent: sentSchema,
  Buyer: buyerSchema,
  DraftFeedback: draftFeedbackSchema,
} as const;

export type DeskConversationOnTheWire = z.output<typeof deskConversationSchema>;
