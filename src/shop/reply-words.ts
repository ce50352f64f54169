/** The shape of intents/languages/<tag>.replies.yaml: the words around the replies of every intent. */
import { z } from 'zod';

const template = z.string().trim().min(1).max(200);
const wordings = z.array(template).min(1);

export const replyWordsSchema = z.strictObject({
  /** Openings by how the buyer is called; short, because they take from the limit of every reply. */
  openings: z.strictObject({ 亲: z.array(template.max(20)).min(1), 您: z.array(template.max(20)).min(1) }),
  /** Closes a reply that could not hold everything; `withTime` names {{ opening }}. */
  leftOpen: z.strictObject({ withTime: wordings, withoutTime: wordings }),
  holding: z.strictObject({
    /** Acknowledge the matter ({{ matter }} is the title of its intent) and say when a person answers. */
    withTime: wordings,
    withoutTime: wordings,
    /** The last resort, which fits any limit: no variables. */
    shortest: template.max(30),
  }),
  /** On duty, drafted for an agent where no reply fits; each names {{ matter }}. */
  seen: wordings,
  /** On duty, when no agent is free to answer. */
  busy: wordings,
});

export type ReplyWordsFile = z.infer<typeof replyWordsSchema>;
