/**
 * The shape of config/shops/<shop>/intents/<id>.yaml where the id is that of a shared intent: what this shop says and hears
 * otherwise. A file with an id of its own is a whole intent file (intent-file.ts).
 */
import { z } from 'zod';
import { intentSchema, replySchema } from './intent-file.js';

const whole = intentSchema.shape;

export const overrideSchema = z.strictObject({
  id: whole.id,
  title: whole.title.optional(),
  /** It may only be lowered: auto, draft, handoff. */
  most: z.enum(['auto', 'draft', 'handoff', 'silent']).optional(),
  priority: z.number().int().min(0).max(100).optional(),
  /** Added to those of the shared file. */
  patterns: whole.patterns,
  unless: whole.unless,
  examples: whole.examples,
  /**
   * With the id of a shared reply: what is written here takes the place of what stands there, the rest of it stays. With
   * another id: a reply of this shop alone, tried before the shared ones.
   */
  replies: z
    .array(replySchema.partial().required({ id: true }).extend({ when: replySchema.shape.when.unwrap().optional() }))
    .default([]),
  /** Ids of shared replies that this shop never gives. */
  removeReplies: z.array(z.string()).default([]),
  /** In place of the shared ones. */
  holding: z.array(z.string().min(1)).min(1).optional(),
  tests: whole.tests,
});

export type OverrideFile = z.infer<typeof overrideSchema>;
