/** How a shop measures its agents (parameters `desk`). */
import { z } from 'zod';
import { hoursRanges } from './hours-range.js';

/** The clocks of the desk: by when a person answers. Defaults are the figures that teams are commonly measured by. */
export const deskSchema = z.strictObject({
  /** First answer of a person on a visit, and from how many seconds before its end the clock alarms. */
  firstAnswerSeconds: z.number().int().min(1).max(600).default(10),
  firstAnswerAlarmSeconds: z.number().int().min(0).max(600).default(5),
  /** Target of the mean time from a question to its answer. */
  averageSeconds: z.number().int().min(1).max(3600).default(32),
  /** So many messages in a row without an answer: the buyer is about to leave. */
  unansweredMessages: z.number().int().min(2).max(20).default(3),
  /** An agent's word so long ago belongs to an earlier visit. */
  newVisitHours: z.number().min(1).max(720).default(24),
  /** The platform's rule: a question that comes in within these hours is answered within so many seconds. No hours: no rule. */
  rule: z
    .strictObject({
      withinSeconds: z.number().int().min(10).max(3600).default(180),
      hours: hoursRanges.default(['08:00-23:00']),
      /** From how many seconds before its end the clock alarms. */
      alarmSeconds: z.number().int().min(0).max(3600).default(30),
    })
    .prefault({}),
});
