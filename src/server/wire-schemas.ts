/** Every named shape that comes in or goes out, under the name that it has in the OpenAPI document. */
import { z } from 'zod';
import { scopes } from '../access/scopes.js';
import { genericBodySchema, genericMessageSchema } from '../connectors/generic-body.js';
import { feedReplySchema } from '../connectors/generic-reply.js';
import { visitorMessagesSchema } from '../connectors/webchat.js';
import { shopSchema } from '../shop/parameters.js';
import { answerSchema, findingSchema, replySchema } from './answer-wire.js';
import { askRequestSchema } from './ask.js';
import { awaySchema } from './away-wire.js';
import { calendarRequestSchema, calendarSchema } from './calendar.js';
import { connectClientFrameSchema, connectServerFrameSchema, receiptStates } from './connect-frames.js';
import { deskClientFrameSchema, deskServerFrameSchema } from './desk-frames.js';
import { deskAnswers, deskConversationSchema, deskRequests } from './desk-schemas.js';
import { faultFields } from './fault-wire.js';
import { peopleAnswers, peopleRequests } from './people-schemas.js';
import { phraseAnswers, phraseRequests } from './phrases-schemas.js';
import { previewRequestSchema } from './preview.js';
import { previewSchema } from './preview-wire.js';
import { problemSchema, settingsChangeSchema } from './problem.js';
import { settingsFileSchema } from './settings-file.js';
import { shadowReportSchema } from './shadow-wire.js';
import { stockAnswers, stockRequests } from './stock-routes.js';
import { chatLinesSchema, receiptsRequestSchema, visitorTokenSchema, webChatSchema } from './webchat-routes.js';
import {
  factsSchema,
  holdingPreviewRequestSchema,
  holdingPreviewSchema,
  intentsSchema,
  replyPreviewRequestSchema,
  replyPreviewSchema,
} from './wording-schemas.js';

const moment = z.iso.datetime({ offset: true }).meta({ examples: ['2026-11-11T20:00:00+08:00'] });
const utc = z.iso.datetime().meta({ examples: ['2026-11-11T12:00:00.000Z'] });

export const messagesResultSchema = z.object({
  messages: z
    .array(
      z.object({
        id: z.string(),
        duplicate: z.boolean().meta({ description: 'it was taken before; nothing changed' }),
        conflict: z.literal(true).optional().meta({ description: 'the same id came with another body: the first one stands' }),
      }),
    )
    .meta({ description: 'in the order of the call' }),
  answers: z.array(answerSchema).optional().meta({
    description:
      'with `?wait=answer`: one per conversation whose buyer waited, and for duplicates the Answer that they got before',
  }),
});

export const feedPageSchema = z.object({
  replies: z.array(feedReplySchema),
  cursor: z.string().meta({ description: 'opaque; the `after` of the next call' }),
});

export const receiptSchema = z.object({
  state: z.enum(receiptStates),
  at: moment.optional().meta({ description: 'when; default: now' }),
  platformMessageId: z.string().min(1).max(128).optional().meta({
    description: "the platform's id of the sent message: when it comes back as an agent's message it is known for our own",
  }),
  error: z.string().max(500).optional(),
});

const conversationMessageSchema = z.object({
  id: z.string(),
  position: z.number().int().meta({ description: 'grows in the order in which messages come in: `after` of a later call' }),
  echoOf: z.string().optional().meta({ description: 'id of our own reply that came back as this message' }),
  author: z.enum(['buyer', 'agent', 'system']),
  type: genericMessageSchema.shape.type.unwrap(),
  text: z.string(),
  sentAt: utc,
  receivedAt: utc,
  item: z.object({ id: z.string(), title: z.string(), priceYuan: z.number().optional(), url: z.string().optional() }).optional(),
  order: z.object({ id: z.string(), status: z.string().optional() }).optional(),
  answerId: z.string().optional().meta({ description: 'the Answer that it got, in `answers`' }),
});

const deliverySchema = z.object({
  replyId: z.string(),
  state: z.enum(['queued', 'sending', 'sent', 'unknown', 'dropped', 'failed']),
  isTaken: z.literal(true).optional().meta({ description: 'a client has read it in the feed and gone on' }),
  because: z.string().optional(),
  retriedAs: z.string().optional().meta({ description: 'id of the reply as which a failed one was sent once more' }),
  receipts: z.array(
    z.object({
      state: receiptSchema.shape.state,
      at: utc,
      platformMessageId: z.string().optional(),
      error: z.string().optional(),
    }),
  ),
});

export const conversationSchema = z.object({
  id: z.string(),
  connector: z.string(),
  buyer: z.object({ id: z.string(), name: z.string().optional() }),
  dueAt: utc.optional().meta({ description: 'when the messages that wait are to be answered, or the bot is to step in' }),
  messages: z.array(conversationMessageSchema).meta({ description: 'in order of `sentAt`, the newest `limit` of them' }),
  answers: z.array(answerSchema).meta({ description: 'to these messages, and those that follow them, oldest first' }),
  written: z
    .array(
      z.object({
        id: z.string(),
        author: z.object({ id: z.string(), name: z.string() }),
        text: z.string(),
        at: utc,
        findings: z.array(findingSchema).meta({ description: 'in spite of which it was sent' }),
        retryOf: z.string().optional().meta({ description: 'id of the reply that failed, whose words these are' }),
      }),
    )
    .meta({ description: 'what agents wrote at the desk, oldest first' }),
  desk: deskConversationSchema.optional(),
  deliveries: z.array(deliverySchema).meta({ description: 'one per reply that goes to the buyer' }),
});

export const awayRequestSchema = z.strictObject({
  away: z.boolean().meta({ description: 'true: nobody is on duty from now on, whatever the hours say' }),
  until: moment.optional().meta({ description: 'when it ends by itself; default: when it is switched off' }),
});

export const checkRequestSchema = z.strictObject({
  text: z
    .string()
    .min(1)
    .max(4000)
    .meta({ description: 'what is about to go out', examples: ['亲，开发票要加6个点哦'] }),
  context: z
    .strictObject({
      conversation: z.string().min(1).max(128).optional().meta({
        description:
          'where it goes: facts of an order may be said where the platform sent the order with a message of this buyer',
      }),
      orderingAccount: z.boolean().optional().meta({
        description: 'whether it goes to the account that ordered; wins over what the conversation tells',
      }),
      item: z.string().min(1).max(64).optional().meta({
        description: 'id of the product that it is about, as `item.id` of messages; wins over what the conversation tells',
      }),
    })
    .optional(),
});

export const checkResultSchema = z.object({
  verdict: z.enum(['send', 'warn', 'stop']).meta({
    description: '`send`: nothing was found; `warn`: hints only; `stop`: it costs points or is never allowed',
  }),
  points: z.number().meta({ description: 'penalty points of the platform, each rule once' }),
  findings: z.array(findingSchema),
});

const botMode = z.enum(['off', 'shadow', 'auto']);

export const botRequestSchema = z.strictObject({
  mode: botMode.meta({
    description: '`off`: silent; `shadow`: records what it would have said and sends nothing; `auto`: as the file says',
  }),
  by: z.string().trim().min(1).max(60).optional().meta({ description: 'who does it, for the history' }),
});

export const botSwitchSchema = z.object({ mode: botMode, since: utc, by: z.string() });

export const botSchema = z.object({
  mode: botMode.meta({ description: 'in force: the most cautious of the file and the switches' }),
  file: botMode.meta({ description: "what the shop's file says" }),
  switch: botSwitchSchema.optional().meta({ description: "the latest turn of the shop's own switch" }),
  all: botSwitchSchema.optional().meta({ description: 'the latest turn of the switch of all shops' }),
  history: z.array(botSwitchSchema).meta({ description: "turns of the shop's own switch, newest first" }),
});

export const botsSchema = z.object({ mode: botMode, history: z.array(botSwitchSchema) });

export const settingsRevisionSchema = z
  .object({
    revision: z.number().int().meta({ description: '1, 2, 3 … of this shop' }),
    parent: z.number().int().optional().meta({ description: 'the one it replaced' }),
    at: utc,
    source: z.enum(['file', 'api', 'cli', 'rollback']),
    author: z.string().meta({ description: "the file's path, the token, or the account on the command line" }),
    note: z.string().optional(),
  })
  .meta({ description: "one revision of a shop's settings" });

export const settingsChangedSchema = settingsRevisionSchema.extend({
  changes: z.array(settingsChangeSchema).meta({ description: 'empty: it was so already, there is no new revision' }),
});

export const settingsAtSchema = settingsRevisionSchema.extend({ settings: z.record(z.string(), z.unknown()) });

export const settingsRevisionsSchema = z.object({
  revisions: z.array(settingsRevisionSchema).meta({ description: 'newest first' }),
});

export const settingsDiffSchema = z.object({
  from: z.number().int(),
  to: z.number().int(),
  changes: z.array(settingsChangeSchema),
  text: z.string().meta({ description: 'the same to read: `~` changed, `+` set, `-` taken out' }),
});

export const settingsCheckSchema = z.object({
  faults: z
    .array(z.object({ field: z.string(), ...faultFields }))
    .meta({ description: 'with the path of each field; empty: it would be taken' }),
  hints: z.array(z.object({ field: z.string(), ...faultFields })).meta({
    description: 'words that it may say, yet the rules warn of: a reply that says them does not go out by itself',
  }),
  changes: z.array(settingsChangeSchema),
});

export const mergePatchSchema = z.record(z.string(), z.unknown()).meta({
  description: 'RFC 7396: what is named is set, `null` takes it out, lists are replaced whole',
});

export const rollbackRequestSchema = z.strictObject({
  revision: z.number().int().min(1).meta({ description: 'whose settings are to be in force again' }),
  note: z.string().min(1).max(200).optional(),
});

const fileFaultSchema = z.object({
  file: z.string(),
  line: z.number().int().optional(),
  path: z.string().meta({ description: 'inside the file' }),
  problem: z.string(),
  mend: z.string(),
});

export const knowledgeStatusSchema = z.object({
  shop: z.string(),
  knowledge: z.string().meta({ description: 'content hash, as in Answers' }),
  since: utc.meta({ description: 'since when it is in force; at the latest since the start of the process' }),
  settings: settingsRevisionSchema,
  file: z.object({
    path: z.string(),
    standing: z.enum(['imported', 'in_line', 'overruled', 'refused', 'faulty']).meta({
      description:
        '`imported`, `in_line`: says what is in force; `overruled`: a newer revision is in force; `refused`: changed, and so was the shop; `faulty`',
    }),
    revision: z.number().int().optional().meta({ description: 'that it was last in line with' }),
  }),
  refused: z
    .array(z.object({ at: utc, faults: z.array(fileFaultSchema), changes: z.array(settingsChangeSchema).optional() }))
    .meta({ description: 'what was tried last and is not in force; empty once it is mended' }),
  warnings: z.array(fileFaultSchema).meta({
    description: 'replies that are off because a parameter is not set, words that could be better, holidays not known yet',
  }),
});

export const tokenRequestSchema = z.strictObject({
  scope: z.enum(scopes),
  note: z.string().min(1).max(200).optional().meta({ description: 'what it is for' }),
});

export const tokenSchema = z.object({
  id: z.string(),
  shop: z.string(),
  scope: z.enum(scopes),
  createdAt: utc,
  lastUsedAt: utc.optional().meta({ description: 'to the minute' }),
  note: z.string().optional(),
});

export const newTokenSchema = tokenSchema.extend({
  token: z.string().meta({ description: 'the token itself, told this once', examples: ['zt_…'] }),
});

/** Requests: what may be left out is optional. */
export const requestSchemas = {
  Message: genericMessageSchema,
  Messages: genericBodySchema,
  Receipt: receiptSchema,
  VisitorMessages: visitorMessagesSchema,
  VisitorReceipts: receiptsRequestSchema,
  ConnectClientFrame: connectClientFrameSchema,
  CheckRequest: checkRequestSchema,
  AskRequest: askRequestSchema,
  PreviewRequest: previewRequestSchema,
  CalendarRequest: calendarRequestSchema,
  HoldingPreviewRequest: holdingPreviewRequestSchema,
  ReplyPreviewRequest: replyPreviewRequestSchema,
  AwayRequest: awayRequestSchema,
  BotRequest: botRequestSchema,
  ShopSettings: shopSchema,
  SettingsPatch: mergePatchSchema,
  SettingsFileText: z.string().meta({ description: 'the YAML file' }),
  RollbackRequest: rollbackRequestSchema,
  TokenRequest: tokenRequestSchema,
  ...phraseRequests,
  ...stockRequests,
  DeskClientFrame: deskClientFrameSchema,
  ...deskRequests,
  ...peopleRequests,
} as const;

/** Answers. */
export const answerSchemas = {
  MessagesResult: messagesResultSchema,
  Answer: answerSchema,
  Reply: replySchema,
  FeedPage: feedPageSchema,
  FeedReply: feedReplySchema,
  ConnectServerFrame: connectServerFrameSchema,
  WebChat: webChatSchema,
  VisitorToken: visitorTokenSchema,
  ChatLines: chatLinesSchema,
  Conversation: conversationSchema,
  CheckResult: checkResultSchema,
  Away: awaySchema,
  Preview: previewSchema,
  Calendar: calendarSchema,
  Intents: intentsSchema,
  Facts: factsSchema,
  HoldingPreview: holdingPreviewSchema,
  ReplyPreview: replyPreviewSchema,
  Bot: botSchema,
  Bots: botsSchema,
  ShadowReport: shadowReportSchema,
  KnowledgeStatus: knowledgeStatusSchema,
  SettingsChanged: settingsChangedSchema,
  SettingsAt: settingsAtSchema,
  SettingsFile: settingsFileSchema,
  SettingsRevisions: settingsRevisionsSchema,
  SettingsDiff: settingsDiffSchema,
  SettingsCheck: settingsCheckSchema,
  SettingsSchema: z.record(z.string(), z.unknown()),
  Token: tokenSchema,
  NewToken: newTokenSchema,
  Tokens: z.object({ tokens: z.array(tokenSchema) }),
  ...phraseAnswers,
  ...stockAnswers,
  ...deskAnswers,
  DeskServerFrame: deskServerFrameSchema,
  ...peopleAnswers,
  Health: z.object({ status: z.literal('ok'), version: z.string() }),
  Ready: z.object({ ready: z.literal(true) }),
  Problem: problemSchema,
} as const;

export type SchemaName = keyof typeof requestSchemas | keyof typeof answerSchemas;
