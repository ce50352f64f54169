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

/** By intent, then by the reply's id. */
export const repliesSchema = z.record(z.string(), z.record(z.string(), replyOverrideSchema));

export type SettingsReplies = z.output<typeof repliesSchema>;
