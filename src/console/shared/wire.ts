/** What goes over the wire, inferred from the schemas that the server checks by: types alone, so that neither side can drift. */
import type { z } from 'zod';
import type { answerSchema, findingSchema } from '../../server/answer-wire.js';
import type { askRequestSchema } from '../../server/ask.js';
import type { awaySchema } from '../../server/away-wire.js';
import type { calendarSchema } from '../../server/calendar.js';
import type { deskClientFrameSchema, deskServerFrameSchema } from '../../server/desk-frames.js';
import type { agentsAtDeskSchema, buyerSchema, deskConversationSchema } from '../../server/desk-schemas.js';
import type { auditRowSchema, listedUserSchema, meSchema, sessionSchema } from '../../server/people-schemas.js';
import type {
  phraseAnswers,
  phraseBulkSchema,
  phraseChangeSchema,
  phraseFilledSchema,
  phraseImportResultSchema,
  phraseSchema,
  phraseSetSchema,
  phrasesFoundSchema,
} from '../../server/phrases-schemas.js';
import type { previewSchema } from '../../server/preview-wire.js';
import type { problemSchema, settingsChangeSchema } from '../../server/problem.js';
import type { shadowReportSchema } from '../../server/shadow-wire.js';
import type { stockImportResultSchema, stockListSchema } from '../../server/stock-routes.js';
import type {
  botSchema,
  checkResultSchema,
  conversationSchema,
  settingsChangedSchema,
  settingsDiffSchema,
  settingsRevisionSchema,
  tokenSchema,
} from '../../server/wire-schemas.js';
import type { factsSchema, holdingPreviewSchema, intentsSchema, replyPreviewSchema } from '../../server/wording-schemas.js';
import type { shopSchema } from '../../shop/parameters.js';

export type Me = z.output<typeof meSchema>;
export type Problem = z.output<typeof problemSchema>;
export type Finding = z.output<typeof findingSchema>;
export type CheckResult = z.output<typeof checkResultSchema>;
export type DeskConversation = z.output<typeof deskConversationSchema>;
export type DeskDraft = DeskConversation['drafts'][number];
export type DeskLine = DeskConversation['lines'][number];
export type Transcript = z.output<typeof conversationSchema>;
export type Answer = Transcript['answers'][number];
export type Buyer = z.output<typeof buyerSchema>;
export type Phrase = z.output<typeof phraseSchema>;
export type PhrasesFound = z.output<typeof phrasesFoundSchema>;
export type PhraseFilled = z.output<typeof phraseFilledSchema>;
export type PhraseSet = z.output<typeof phraseSetSchema>;
export type PhraseChange = z.input<typeof phraseChangeSchema>;
export type PhraseOperation = z.input<typeof phraseBulkSchema>['operations'][number];
export type PhraseVariables = z.output<typeof phraseAnswers.PhraseVariables>;
export type PhraseVariable = PhraseVariables['variables'][number];
export type PhraseImport = z.output<typeof phraseImportResultSchema>;

export type AgentsAtDesk = z.output<typeof agentsAtDeskSchema>;
export type User = z.output<typeof listedUserSchema>;
export type Role = User['role'];
export type Session = z.output<typeof sessionSchema>;
export type AuditRow = z.output<typeof auditRowSchema>;
export type Token = z.output<typeof tokenSchema>;

export type DeskFrame = z.output<typeof deskServerFrameSchema>;
export type DeskFrameOf<Type extends DeskFrame['type']> = Extract<DeskFrame, { type: Type }>;
export type DeskWord = z.input<typeof deskClientFrameSchema>;
export type DeskCommand = Extract<DeskWord, { id: string; conversation: string }>;

export type AskRequest = z.input<typeof askRequestSchema>;
export type SettingsRevision = z.output<typeof settingsRevisionSchema>;
export type SettingsChange = z.output<typeof settingsChangeSchema>;
export type SettingsSaved = z.output<typeof settingsChangedSchema>;
export type SettingsDiff = z.output<typeof settingsDiffSchema>;
export type ShopParametersGiven = z.input<typeof shopSchema>;
export type Calendar = z.output<typeof calendarSchema>;
export type Away = z.output<typeof awaySchema>;
export type BotState = z.output<typeof botSchema>;
export type Preview = z.output<typeof previewSchema>;
export type AnswerTold = z.output<typeof answerSchema>;
export type IntentsListed = z.output<typeof intentsSchema>;
export type IntentListed = IntentsListed['intents'][number];
export type ReplyListed = IntentListed['replies'][number];
export type FactsListed = z.output<typeof factsSchema>;
export type HoldingPreview = z.output<typeof holdingPreviewSchema>;
export type ReplyPreview = z.output<typeof replyPreviewSchema>;
export type Shelf = z.output<typeof stockListSchema>;
export type ShelfListed = Shelf['rows'][number];
export type StockImported = z.output<typeof stockImportResultSchema>;
export type ShadowReport = z.output<typeof shadowReportSchema>;
