/** The shapes of the shadow report. */
import { z } from 'zod';
import { reasonsSchema, replySchema } from './answer-wire.js';

const action = z.enum(['auto', 'draft', 'handoff', 'silent']);
const count = z.number().int();

const summarySchema = z.object({
  answers: count,
  byAction: z
    .object({ auto: count, draft: count, handoff: count, silent: count })
    .meta({ description: 'what mode `auto` would have done; `draft`: an agent was there' }),
  wouldSend: z.object({ answer: count, holding: count }).meta({ description: 'replies that would have gone out' }),
  autoShare: z.number().meta({ description: 'answered by itself, of the turns without an agent that need an answer' }),
  byIntent: z.array(z.object({ intent: z.string(), auto: count, handoff: count, draft: count })),
});

const shadowAnswerSchema = z.object({
  id: z.string(),
  conversation: z.string(),
  at: z.iso.datetime(),
  said: z.string().meta({ description: "the buyer's words" }),
  intents: z.array(z.object({ id: z.string(), confidence: z.number(), ask: z.string() })),
  action: action.meta({ description: 'what mode `auto` would have done' }),
  because: z.string(),
  reasons: reasonsSchema,
  replies: z
    .array(replySchema.pick({ kind: true, text: true, template: true, findings: true }))
    .meta({ description: 'what would have gone out; with `draft`: what an agent was offered' }),
  open: z.array(z.string()),
  agent: z
    .object({ text: z.string(), type: z.string(), at: z.iso.datetime() })
    .optional()
    .meta({ description: 'what a person of the shop wrote next in the conversation' }),
});

export const shadowReportSchema = z.object({
  summary: summarySchema.optional().meta({ description: 'over the whole time; on the first page' }),
  answers: z.array(shadowAnswerSchema),
  cursor: z.string().meta({ description: 'the `after` of the next page; an empty page: that was all' }),
});

type Read<T> = T extends readonly (infer E)[]
  ? readonly Read<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Read<T[K]> }
    : T;

export type ShadowReportOnTheWire = Read<z.output<typeof shadowReportSchema>>;
export type ShadowAnswerOnTheWire = ShadowReportOnTheWire['answers'][number];
