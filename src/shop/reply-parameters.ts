/** What a shop's settings say otherwise than the files of its intents (parameters `replies`). */
import { z } from 'zod';

/** Liquid as in the files; a platform takes far less of it than this. */
const text = z.string().trim().min(1).max(1000);

/** What is left out is as the files have it. */
const replyOverrideSchema = z.strictObject({
  /** Never said in this shop. */
  off: z.boolean().optional(),
  /** In place of the file's wordings, first the fullest. */
  texts: z.array(text).min(1).max(8).optional(),
  /** In place of the file's short form. */
  short: text.optional(),
});

/** Of the holding words of an intent, or of all: in place of those of the files, which have some for each side of a matter. */
const holdingTexts = z.array(text).min(1).max(24);

/** What is said when a person must answer; what is left out is as the files have it. */
export const holdingOverrideSchema = z.strictObject({
  /** Off duty, where the time at which a person answers is known; each names {{ opening }}. {{ matter }}: what the buyer asked about. */
  withTime: holdingTexts.optional(),
  /** Off duty, where it is not known. */
  withoutTime: holdingTexts.optional(),
  /** On duty, when no agent is free. */
  busy: holdingTexts.optional(),
  /** By intent: its own words, in place of all those of its file. Best one that names {{ opening }} and one that does not. */
  intents: z.record(z.string(), holdingTexts).default({}),
});

export type SettingsHolding = z.output<typeof holdingOverrideSchema>;

/** By intent, then by the reply's id. */
export const repliesSchema = z.record(z.string(), z.record(z.string(), replyOverrideSchema));

export type SettingsReplies = z.output<typeof repliesSchema>;
