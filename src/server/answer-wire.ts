/** An Answer as it is served: the same story, with every `because` in words and moments as ISO text. */
import { z } from 'zod';
import type { Answer, Reason, Understanding } from '../conversation.js';
import { becauseWords, type Language } from '../reasons.js';

const because = z.string().meta({ description: 'why, in the language of the service' });
export const reasonsSchema = z
  .array(z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() }))
  .meta({ description: '`because` for programs' });

export const findingSchema = z
  .object({
    rule: z.string().meta({ description: 'its id', examples: ['invoice'] }),
    severity: z.enum(['hint', 'points', 'block']).meta({
      description: '`hint`: look again; `points`: it costs points; `block`: never allowed',
    }),
    points: z.number().meta({ description: 'penalty points of the platform; 0 where the rule only warns' }),
    note: z.string().optional().meta({ description: 'where sources disagree on the points, or what it might cost' }),
    words: z.string().meta({ description: 'the words that break it, as they stand in the text' }),
    start: z.number().int().meta({ description: 'of the words, in UTF-16 units of the text' }),
    end: z.number().int().meta({ description: 'behind the words' }),
    because: z.string().meta({ description: 'what is wrong with them, in Chinese' }),
    wording: z.string().meta({ description: 'a wording that keeps the rule, to be shown' }),
    replacement: z
      .object({
        start: z.number().int().meta({ description: 'in UTF-16 units of the text' }),
        end: z.number().int().meta({ description: 'more than the words, mostly: their clause, or the rest of the sentence' }),
        text: z.string().meta({ description: 'the wording as it reads there; empty: the clause goes' }),
      })
      .optional()
      .meta({ description: 'the edit that takes the wording over; absent: none fits, a person writes it anew' }),
    english: z
      .object({
        because: z.string().meta({ description: 'what is wrong with them' }),
        note: z.string().optional().meta({ description: 'as `note`' }),
      })
      .optional()
      .meta({ description: '`because` and `note` in English; absent in findings kept from before' }),
  })
  .meta({ description: 'one breach of a compliance rule in a text' });

export const replySchema = z
  .object({
    id: z.string().meta({ description: 'stable: drop what you know' }),
    kind: z.enum(['answer', 'holding']).meta({
      description: '`holding`: takes note of the matter and says when a person answers',
    }),
    text: z.string().meta({ description: 'as it is to be sent' }),
    characters: z.number().int().meta({ description: 'as the platform counts them' }),
    intents: z.array(z.string()).meta({ description: 'ids of what it answers' }),
    template: z.string().meta({ description: 'which template(s) it was made from, joined by `+`' }),
    findings: z.array(findingSchema),
    delivery: z.enum(['send', 'suggest']).meta({
      description: '`send`: goes to the buyer; `suggest`: a draft for an agent, never sent by Zaima',
    }),
  })
  .meta({ description: 'a reply or a draft' });

const asks = ['rule', 'own_order', 'request', 'report', 'statement'] as const;

const foundIntentSchema = z.object({
  id: z.string().meta({ description: 'of the intent', examples: ['shipping_fee'] }),
  confidence: z.number().min(0).max(1).meta({ description: 'how sure it is' }),
  ask: z.enum(asks).meta({ description: 'what the buyer wants with the topic' }),
  facet: z.string().optional().meta({ description: 'which side of the topic is asked, as its intent file names it' }),
  by: z.enum(['rules', 'ngrams', 'both', 'context']),
  evidence: z.array(
    z.object({
      start: z.number().int().meta({ description: 'UTF-16 units into `understanding.text`' }),
      end: z.number().int(),
      words: z.string().meta({ description: 'what was said' }),
      rule: z.string().meta({ description: 'the pattern, or what else found it' }),
    }),
  ),
});

const understandingSchema = z.object({
  text: z.string().meta({ description: "the buyer's words; messages of a burst joined by a line break" }),
  intents: z.array(foundIntentSchema).meta({ description: 'best first; empty: nothing was understood' }),
  slots: z
    .object({
      region: z.object({ province: z.string(), city: z.string().optional(), county: z.string().optional() }).optional(),
      courier: z.string().optional(),
      quantity: z.number().optional(),
      offeredPriceYuan: z.number().optional(),
      discount: z.number().optional(),
      size: z.string().optional(),
      colour: z.string().optional(),
      date: z.string().optional(),
      days: z.number().optional(),
      orderId: z.string().optional(),
      instalments: z.number().optional(),
      bank: z.string().optional(),
      weightKg: z.number().optional().meta({ description: 'of a range (35~40斤) its heavier end' }),
      weightFromKg: z.number().optional().meta({ description: 'the lighter end, where a range is said' }),
      heightCm: z.number().optional(),
      details: z.array(z.string()).optional(),
      weaknesses: z.array(z.string()).optional(),
    })
    .meta({ description: 'what the words give beside the intents; only what is there' }),
  runnerUp: z.object({ id: z.string(), confidence: z.number() }).optional(),
  margin: z.number(),
  because,
});

export const answerSchema = z
  .object({
    id: z.string(),
    conversation: z.string(),
    action: z.enum(['auto', 'draft', 'handoff', 'silent']).meta({
      description: '`auto`: answered; `draft`: kept for an agent; `handoff`: a person must see to it; `silent`: nothing to say',
    }),
    because,
    reasons: reasonsSchema,
    understanding: understandingSchema,
    replies: z.array(replySchema),
    inReplyTo: z.array(z.string()).meta({
      description: 'ids of the messages that it answers; no message stands in two. Empty where it `follows` another',
    }),
    follows: z.string().optional().meta({
      description: 'the bot stepped in: id of the Answer with drafts to the same messages, of which no agent used one in time',
    }),
    open: z.array(z.string()).meta({ description: 'intents that a person still has to see to' }),
    at: z.iso.datetime(),
    knowledge: z.string().meta({ description: 'content hash of the intents and shop parameters it was made with' }),
    settings: z.number().int().optional().meta({ description: "the revision of the shop's settings among it" }),
    shadow: z.enum(['auto', 'draft', 'handoff', 'silent']).optional().meta({
      description: 'only in shadow mode: what would have been done in mode `auto`; nothing went out',
    }),
  })
  .meta({ description: 'what was understood, decided and said in one turn, with every reason' });

/** As `answerSchema`; read-only, since it shares its parts with the Answer. */
export interface AnswerOnTheWire extends Omit<Answer, 'because' | 'understanding' | 'at'> {
  readonly because: string;
  readonly reasons: readonly Reason[];
  readonly understanding: Omit<Understanding, 'because'> & { readonly because: string };
  readonly at: string;
}

export function answerOnTheWire(answer: Answer, language: Language): AnswerOnTheWire {
  const { id, conversation, action, replies, inReplyTo, follows, open, at, knowledge, settings, shadow } = answer;
  const { text, intents, slots, runnerUp, margin } = answer.understanding;
  const because = becauseWords(answer.understanding.because, language);
  return {
    id,
    conversation,
    action,
    because: becauseWords(answer.because, language),
    reasons: answer.because,
    understanding: { text, intents, slots, ...(runnerUp !== undefined && { runnerUp }), margin, because },
    replies,
    inReplyTo,
    ...(follows !== undefined && { follows }),
    open,
    at: new Date(at).toISOString(),
    knowledge,
    ...(settings !== undefined && { settings }),
    ...(shadow !== undefined && { shadow }),
  };
}
