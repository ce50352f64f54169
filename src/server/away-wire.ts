/** Away-now as it is told. */
import { z } from 'zod';
import type { Instant } from '../conversation.js';
import type { Away } from '../storage/storage.js';

const utc = z.iso.datetime().meta({ examples: ['2026-11-11T12:00:00.000Z'] });

export const awaySchema = z.object({
  away: z.boolean(),
  since: utc.optional(),
  until: utc.optional(),
  by: z
    .object({ id: z.string(), name: z.string() })
    .optional()
    .meta({ description: 'who said so; absent: before that was kept' }),
});

/** One that is over is none. */
export function awayOnTheWire(away: Away | undefined, now: Instant): z.output<typeof awaySchema> {
  if (away === undefined || (away.until !== undefined && away.until <= now)) return { away: false };
  const { since, until, by } = away;
  return {
    away: true,
    since: new Date(since).toISOString(),
    ...(until !== undefined && { until: new Date(until).toISOString() }),
    ...(by !== undefined && { by: { id: by.id, name: by.name } }),
  };
}
