/** What an owner is shown of all that the shop can say, and of a wording that is being written. */
import { z } from 'zod';
import { asks } from '../shop/intent-file.js';
import { findingSchema } from './answer-wire.js';
import { faultFields } from './fault-wire.js';

const inWords = z.object({ zh: z.string(), en: z.string() });
const text = z.string().min(1).max(1000);

const usedFactSchema = z
  .object({
    name: z.string(),
    title: inWords,
    parameter: z.string().meta({
      description: 'path of the parameter in the settings that it rests on; `message.…`: the buyer’s words or page give it',
      examples: ['shipping.freeFromYuan'],
    }),
    isSet: z.boolean().meta({ description: 'whether it can have a value in this shop at all' }),
    choices: z
      .record(z.string(), inWords)
      .optional()
      .meta({ description: 'where it is one of few words: what each means, as conditions in texts name them' }),
  })
  .meta({ description: 'a fact that a text names as `{{ name }}`' });

const factValue = z.union([z.string(), z.number(), z.boolean()]);

const listedReplySchema = z.object({
  id: z.string().meta({ description: 'unique in its intent' }),
  source: z.enum(['shared', 'file', 'settings']).meta({
    description: 'whose words are said: those of all shops, of a file of the shop, of its settings (`replies`)',
  }),
  asks: z.array(z.enum(asks)).meta({ description: 'which kinds of question it answers' }),
  when: z
    .array(
      z.object({
        fact: z.string(),
        condition: z.union([factValue, z.array(z.union([z.string(), z.number()]))]),
        words: inWords,
      }),
    )
    .meta({ description: 'all must hold; the first reply of the list that fits is said' }),
  texts: z.array(z.string()).meta({ description: 'Liquid, as they are said now; first the fullest' }),
  short: z.string(),
  base: z
    .object({ texts: z.array(z.string()), short: z.string() })
    .optional()
    .meta({ description: 'with `source: settings`: what the files have, and what is said again once it is taken out' }),
  isDraftOnly: z.boolean().meta({ description: 'for agents; never sent by itself' }),
  isOnce: z.boolean().meta({ description: 'a counter-question: a buyer hears it once' }),
  isPromise: z.boolean().meta({ description: 'says what a person will do: the matter stays open' }),
  facts: z.array(usedFactSchema),
  off: z
    .object({
      because: z.enum(['switched_off', 'parameter_not_set', 'not_for_this_shop']).meta({
        description:
          '`switched_off` by the settings; a parameter that all its wordings need is not set; its condition asks for what the shop does not have',
      }),
      missing: z.array(usedFactSchema),
    })
    .optional()
    .meta({ description: 'it is never said here, and why' }),
  longestCharacters: z.number().int().optional().meta({
    description: 'of its wordings filled in with values of the shop and long ones of buyers; absent where it cannot be said',
  }),
});

export const intentsSchema = z.object({
  knowledge: z.string().meta({ description: 'content hash, as in Answers' }),
  settings: z.number().int().optional().meta({ description: 'the revision in force' }),
  limits: z.object({ reply: z.number().int(), draft: z.number().int() }).meta({ description: 'characters' }),
  holding: z.object({ withTime: z.array(z.string()), withoutTime: z.array(z.string()), busy: z.array(z.string()) }).meta({
    description: 'the general holding words as the files have them; those of the settings (`holding`) come in their place',
  }),
  intents: z.array(
    z.object({
      id: z.string(),
      title: inWords,
      group: z.enum(['core', 'support', 'talk', 'own']),
      isOwn: z.boolean().meta({ description: 'this shop alone has it' }),
      most: z.enum(['auto', 'draft', 'handoff', 'silent']).meta({ description: 'the boldest that its file allows' }),
      switch: z
        .enum(['off', 'draft', 'auto'])
        .optional()
        .meta({ description: 'of the settings (`intents`); absent: not turned' }),
      allowed: z.enum(['auto', 'draft', 'handoff', 'silent', 'off']).meta({ description: 'what comes of both' }),
      replies: z.array(listedReplySchema),
      holding: z.array(z.string()).meta({ description: 'holding words of its own; none: the general ones' }),
      holdingBase: z
        .array(z.string())
        .optional()
        .meta({ description: 'where the settings say them (`holding.intents`): what the files have' }),
    }),
  ),
});

export const factsSchema = z.object({
  facts: z.array(
    usedFactSchema.extend({
      values: z.array(factValue).optional().meta({ description: 'all that it can be, where they are few' }),
      sample: factValue.optional().meta({ description: 'how it may read' }),
      value: factValue.optional().meta({ description: 'what the shop has set, as it reads now; absent where the turn gives it' }),
    }),
  ),
});

export const replyPreviewRequestSchema = z.strictObject({
  intent: z.string().min(1).max(64),
  reply: z.string().min(1).max(64).meta({ description: 'whose conditions hold' }),
  texts: z
    .array(z.string().max(1000))
    .min(1)
    .max(8)
    .optional()
    .meta({ description: 'as they are being written; default: as they are' }),
  short: text.max(1000).optional(),
});

export const holdingPreviewRequestSchema = z.strictObject({
  intent: z.string().min(1).max(64).optional().meta({ description: 'whose words they are; left out: the general ones' }),
  texts: z.array(z.string().max(1000)).min(1).max(24).meta({ description: 'as they are being written' }),
});

const sampleSchema = z.object({
  text: z.string(),
  characters: z.number().int(),
  facts: z.record(z.string(), factValue).meta({ description: 'what it was filled in with' }),
});

const wordingSchema = z.object({
  faults: z
    .array(
      z.object({
        ...faultFields,
        start: z.number().int().optional().meta({ description: 'UTF-16 units into the text' }),
        end: z.number().int().optional(),
      }),
    )
    .meta({ description: 'why it could not be kept; nothing else is told then' }),
  facts: z.array(usedFactSchema),
  shortest: sampleSchema.optional().meta({ description: 'absent: it cannot be said in this shop' }),
  longest: sampleSchema.optional(),
  findings: z.array(
    findingSchema.extend({ sample: z.string().meta({ description: 'the text into which start and end point' }) }),
  ),
});

export const holdingPreviewSchema = z.object({
  limit: z.number().int().meta({ description: 'characters of an automatic reply' }),
  texts: z.array(wordingSchema),
});

export const replyPreviewSchema = z.object({
  limit: z.number().int().meta({ description: 'characters of an automatic reply' }),
  texts: z.array(wordingSchema),
  short: wordingSchema,
  combined: z
    .array(z.object({ intents: z.array(z.string()), text: z.string().optional(), characters: z.number().int().optional() }))
    .meta({
      description: 'in one reply with what buyers often ask beside it; without a text: does not fit even in its short form',
    }),
});
