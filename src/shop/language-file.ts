/** The shape of intents/languages/<tag>.yaml: what a language writes in many ways, and the words patterns are made of. */
import { z } from 'zod';

const word = z.string().min(1).max(40);
const pattern = z.string().min(1).max(200);
/** Letters for whole words: one for each character. */
const abbreviations = z.record(z.string().regex(/^[a-z]{2,6}$/), z.array(word)).superRefine((all, context) => {
  for (const [letters, words] of Object.entries(all))
    for (const [at, one] of words.entries())
      if ([...one].length !== letters.length)
        context.addIssue({
          code: 'custom',
          path: [letters, at],
          message: `"${letters}" has ${letters.length} letters: name words of as many characters`,
        });
});

export const languageSchema = z.strictObject({
  tag: z.string().regex(/^[a-z]{2}$/),
  /** Right spelling -> homophones, typos, pinyin that buyers write for it. */
  rewrites: z.record(z.string(), z.array(word)).default({}),
  /**
   * Letters -> the words that buyers write by them, one letter for each character: by for 包邮. They count beside characters alone, as a
   * guess: which word is meant is left to the words around.
   */
  abbreviations: abbreviations.default({}),
  /** Polite openings that do not count as the start of a clause. */
  leads: z.array(word).default([]),
  /** Closing particles, one character each. */
  tails: z.string().default(''),
  /** Particles with which a phrase ends even where no mark parts it from the next, one character each. */
  closings: z.string().default(''),
  /** Word lists for {name} in patterns; a list may use {lists} above it. */
  words: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.array(word)).default({}),
  /** What a clause shows of the buyer's wish, tried in this order. */
  asks: z
    .strictObject({
      own_order: z.array(pattern).default([]),
      request: z.array(pattern).default([]),
      report: z.array(pattern).default([]),
      rule: z.array(pattern).default([]),
      statement: z.array(pattern).default([]),
    })
    .prefault({}),
  /** Particles that end a question, one character each: what follows one is another thought, even without a mark between. */
  askingParticles: z.string().default(''),
  /** Words that say nothing of any matter: they may stand beside a question without making it another one. */
  fillers: z.array(word).default([]),
  /** Goods that people buy, whatever the shop: beside an intent that is `anyGoods` they say nothing of another matter. */
  goods: z.array(word).default([]),
  /** What shows that something is asked: a question that nothing was found in is left to a person. */
  questions: z.array(pattern).default([]),
  /** Official name -> what buyers call it. */
  couriers: z.record(z.string(), z.array(word)).default({}),
  banks: z.record(z.string(), z.array(word)).default({}),
  colours: z.array(word).default([]),
  /** What buyers ask of goods: label of `products[].details` -> how they say it. A shop's other labels are found as they are written. */
  details: z.record(z.string(), z.array(word)).default({}),
  /** What buyers fear of goods, as labels of `products[].details` too: they are told by quality, not by product_info. */
  weaknesses: z.record(z.string(), z.array(word)).default({}),
  /** Measure words after which a number is a quantity. */
  measures: z.array(word).default([]),
  /** Region nicknames: 魔都 -> 上海, 呼市 -> 内蒙古/呼和浩特. */
  regions: z.record(z.string(), z.string()).default({}),
  /** Short names of cities and districts that are everyday words and count only with 市 or 区: 东方, 和平. */
  plainWords: z.array(word).default([]),
  /** Words of two or three characters that run over the edge of a place's name, which is then none: 今天 in 今天津贴, 没开封. */
  notPlaces: z.array(word.min(2).max(3)).default([]),
  /** Syllable without tone -> the characters that are read so. */
  syllables: z.record(z.string().regex(/^[a-z]{1,6}$/), z.string()).default({}),
});

export type LanguageFile = z.infer<typeof languageSchema>;
