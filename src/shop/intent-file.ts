/**
 * The shape of intents/<id>.yaml: what buyers say, what we answer, its own tests. Adding an intent costs this one file.
 * Pattern language: see understanding/pattern.ts.
 */
import { z } from 'zod';
import { nearest } from '../composing/nearest.js';
import { troubles } from '../understanding/trouble.js';

export const asks = ['rule', 'own_order', 'request', 'report', 'statement'] as const;
export const askSchema = z.enum(asks);

/** Slots that a question can be asked again with; `item` is a product named or opened. */
export const goesOnSlots = [
  'region',
  'courier',
  'quantity',
  'size',
  'colour',
  'date',
  'days',
  'instalments',
  'bank',
  'heightCm',
  'weightKg',
  'details',
  'weaknesses',
  'offeredPriceYuan',
  'discount',
  'item',
] as const;

const pattern = z.string().min(1).max(200);

export const patternSchema = z.union([
  pattern,
  z.strictObject({
    match: pattern,
    /** How sure the pattern is by itself, 0..1. Default 0.9; below 0.6 it needs a second witness (the second reader or another pattern). */
    weight: z.number().gt(0).max(1).optional(),
    /** The ask that this wording shows; default: told from the clause. */
    ask: askSchema.optional(),
    /** Does not count where one of these is found in the same clause. */
    unless: z.array(pattern).optional(),
  }),
]);

export const replySchema = z.strictObject({
  /** Unique in its file. */
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** Which asks it answers. */
  asks: z.array(askSchema).min(1),
  /** Conditions on facts (composing/facts.ts): a value, a list of values, or true/false for "is there". All must hold. */
  when: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]))
    .default({}),
  /** Several wordings in Liquid, first the fullest. */
  texts: z.array(z.string().min(1)).min(1),
  /** For replies that must share the limit with others, and for a repeated question. */
  short: z.string().min(1),
  /** `draft`: good enough for an agent, never sent by itself. */
  only: z.enum(['draft']).optional(),
  /** A counter-question: in whatever wording, a buyer hears it once. */
  once: z.boolean().optional(),
  /** It says that a person will do something without another word of the buyer's: the matter stays open until one has. */
  promises: z.boolean().optional(),
});

/** Holding words for one side of the matter: tried before the plain ones, in the order of the file. */
export const holdingSchema = z.union([
  z.string().min(1),
  z.strictObject({
    /** Said only to these asks; left out: to all. */
    asks: z.array(askSchema).min(1).optional(),
    when: replySchema.shape.when,
    texts: z.array(z.string().min(1)).min(1),
  }),
]);

export const intentSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{1,31}$/, 'an intent id is lower case letters, digits and _'),
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  group: z.enum(['core', 'support', 'talk', 'own']).default('own'),
  /** The boldest thing that may be done: answered by itself, drafted, handed to a person, or passed in silence. */
  most: z.enum(['auto', 'draft', 'handoff', 'silent']).default('draft'),
  /** Which need is answered first when several share one reply, 0 (last) to 100. */
  priority: z.number().int().min(0).max(100).default(50),
  /** The ask when the clause shows none. */
  ask: askSchema.default('rule'),
  slots: z.array(z.string()).default([]),
  patterns: z.array(patternSchema).default([]),
  /** The intent is dropped where one of these is found in the same clause. */
  unless: z.array(pattern).default([]),
  /** The intent is dropped where one of these intents is found in the same clause with a longer or equal witness. */
  yields: z.array(z.string()).default([]),
  /** Intents that may rest on the same words as this one: neither takes them from the other. */
  beside: z.array(z.string()).default([]),
  /**
   * So many characters that nobody understood may stand beside it. With more, small talk is not what was said, and a matter is
   * left to a person. Default: 2; any number for talk.
   */
  mostBeside: z.number().int().min(0).optional(),
  /** What is answered is the same whatever goods are named: the `goods` of the language beside it are no matter that nobody understood. */
  anyGoods: z.boolean().default(false),
  /** What stands inside an offered price asks nothing of it: 包邮 in 150包邮卖吗 asks for no rule. */
  apartFromOffers: z.boolean().default(false),
  /** A find is dropped where the second reader is so far from it, -1 to 0. Default: by how many witnesses there are. What is `most: handoff` is never dropped. */
  droppedBelow: z.number().min(-1).max(0).optional(),
  /** What owners read of each of the `facets`; one without goes by what buyers ask of it. */
  facetTitles: z.record(z.string(), z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })).default({}),
  /** Sides of the matter that are answered differently, first named first tried: `postage: [(运|邮)费]`. Replies ask for them by `when: { facet: postage }`. */
  facets: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.array(pattern).min(1)).default({}),
  /** How the buyer goes on with the matter in the next few words. */
  goesOn: z
    .strictObject({
      /** The same question again with another of these slots, or another product (`item`): 那新疆呢, 蓝色的呢. */
      slots: z.array(z.enum(goesOnSlots)).default([]),
      /** What means this intent only right after it, or after the intents named: 手续费呢. */
      patterns: z
        .array(
          z.union([
            pattern,
            z.strictObject({
              match: pattern,
              after: z.array(z.string()).min(1).optional(),
              /** Only where these are known, from these words or those before. */
              with: z.array(z.enum(goesOnSlots)).min(1).optional(),
              /** Only where what it goes on from was at one of these sides; `none`: at no side. */
              afterFacets: z.array(z.string()).min(1).optional(),
              facet: z.string().optional(),
              ask: askSchema.optional(),
            }),
          ]),
        )
        .default([]),
    })
    .prefault({}),
  /** Sides that are asked of one colour and size: what was said of these before holds on for them, 有L码吗, 雾蓝有货吗. `none`: no side. */
  keepsVariant: z.array(z.string()).default([]),
  /** Sides that are asked of as many pieces as were said right before: 我要3件, 多少钱. `none`: no side. */
  keepsQuantity: z.array(z.string()).default([]),
  /**
   * When it tells of trouble with an own order, of which replies ask by `when: { trouble: fault }`. All that is given must hold,
   * and the first that fits counts.
   */
  trouble: z
    .array(
      z.strictObject({
        tells: z.enum(troubles),
        /** At these sides; `none`: where no side is told. */
        facets: z.array(z.string()).min(1).optional(),
        /** At all sides but these. */
        otherFacets: z.array(z.string()).min(1).optional(),
        asks: z.array(askSchema).min(1).optional(),
        /** Only with one of these words in the message. */
        words: z.array(z.string().min(1)).min(1).optional(),
        /** Only with none of these. */
        unless: z.array(z.string().min(1)).min(1).optional(),
      }),
    )
    .default([]),
  /** It may be about the buyer's own order: an order named anywhere in the turn is then what it asks about. */
  aboutOrder: z.boolean().default(false),
  /** Asks about the order of another account: nothing of any order is said. */
  othersOrder: z.boolean().default(false),
  examples: z.array(z.string().min(1)).default([]),
  replies: z.array(replySchema).default([]),
  /** Holding wordings of its own (a complaint is soothed, an order is looked up); default: intents/languages/<tag>.yaml. */
  holding: z.array(holdingSchema).default([]),
  tests: z
    .strictObject({
      yes: z
        .array(
          z.union([
            z.string(),
            z.strictObject({ say: z.string(), ask: askSchema.optional(), slots: z.record(z.string(), z.unknown()).optional() }),
          ]),
        )
        .default([]),
      no: z.array(z.string()).default([]),
    })
    .prefault({}),
});

const othersShape = z.object({
  ...intentSchema.pick({
    group: true,
    ask: true,
    patterns: true,
    unless: true,
    yields: true,
    beside: true,
    facets: true,
    aboutOrder: true,
    goesOn: true,
  }).shape,
  id: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^(?!\s)[^\p{C}]{1,100}(?<!\s)$/u, 'an intent id is up to 100 characters in one line'))
    .optional(),
  /** YAML takes `- 42` for a number and `- true` for a truth; a buyer wrote words. */
  examples: z.array(z.union([z.string().min(1), z.number(), z.boolean()]).transform(String)).default([]),
});

/** Nearly everything is near to `id` and `ask`. */
const shortestMisspelt = 6;
const readOfOthers = Object.keys(othersShape.shape).filter((key) => key.length >= shortestMisspelt);

/**
 * Intent files of others, for `zaima understand --intents`: only what understanding reads, and the id is the file's name unless
 * it is given. Other keys are ignored, but for those that are one of these misspelt: what they hold would be read by nobody.
 */
export const examplesSchema = z
  .looseObject({})
  .superRefine((file, context) => {
    const unread = Object.keys(file).filter((key) => !Object.hasOwn(intentSchema.shape, key));
    for (const key of unread) {
      const near = nearest(key, readOfOthers);
      if (near !== undefined && !Object.hasOwn(file, near))
        context.addIssue({ code: 'unrecognized_keys', keys: [key], input: file, message: near });
    }
  })
  .pipe(othersShape);

export type IntentFile = z.infer<typeof intentSchema>;
export type ReplyTemplate = z.infer<typeof replySchema>;
