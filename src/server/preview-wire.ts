/** A preview as it is served: moments as ISO text, every `because` in words. */
import { z } from 'zod';
import type { Preview } from '../flow/preview.js';
import { type Language, reasonWords } from '../reasons.js';
import { type AnswerOnTheWire, answerOnTheWire, answerSchema } from './answer-wire.js';

const utc = z.iso.datetime().meta({ examples: ['2026-11-11T12:00:00.000Z'] });

export const previewSchema = z.object({
  at: utc,
  onDuty: z.boolean().meta({ description: 'whether agents answer at that moment' }),
  because: z.string().meta({ description: 'why, in the language of the service' }),
  rule: z
    .object({
      by: z.enum(['week', 'exception', 'holiday', 'make_up', 'away']).meta({
        description:
          'weekly hours, a dated exception, a statutory holiday, a make-up workday, or the away switch over all of them',
      }),
      date: z.iso.date().meta({ description: 'the day whose hours hold: past midnight the day before, where its range goes on' }),
      ranges: z.array(z.string()).meta({ description: 'the hours of that day', examples: [['09:00-12:00', '13:30-23:00']] }),
      name: z.string().optional().meta({ description: 'of the holiday, or the reason of the exception' }),
    })
    .meta({ description: 'which rule of the calendar decides' }),
  provisional: z.boolean().meta({ description: 'holidays that are not announced yet may change this' }),
  away: z
    .object({ since: utc, until: utc.optional() })
    .optional()
    .meta({ description: 'the away switch, where it was taken into account' }),
  closedSince: utc.optional().meta({ description: 'off duty: since when' }),
  nextOpening: z
    .object({
      at: utc,
      words: z.string().meta({ description: 'as replies tell it, seen at that moment', examples: ['明早9点'] }),
    })
    .optional()
    .meta({ description: 'off duty: when a person answers; absent where it is not known' }),
  changes: z
    .array(z.object({ at: utc, onDuty: z.boolean() }))
    .meta({ description: 'when agents come and go in the `days` after it, in order' }),
  stepInSeconds: z
    .number()
    .optional()
    .meta({ description: 'on duty, where the shop lets the bot step in: after so long a wait for an agent' }),
  answer: answerSchema.optional().meta({ description: 'with `text`: what would be understood, decided and said' }),
  stepIn: answerSchema.optional().meta({
    description: 'with `text`, on duty, where the shop lets the bot step in: what goes out when no agent has answered in time',
  }),
});

export type PreviewOnTheWire = Omit<z.output<typeof previewSchema>, 'answer' | 'stepIn'> & {
  readonly answer?: AnswerOnTheWire;
  readonly stepIn?: AnswerOnTheWire;
};

export function previewOnTheWire(preview: Preview, language: Language): PreviewOnTheWire {
  const { at, duty, rule, changes, away, openingWords, stepInSeconds, answer, stepIn } = preview;
  const { provisional: _, ranges, ...decided } = rule;
  return {
    at: iso(at),
    onDuty: duty.onDuty,
    because: reasonWords(duty.because, language),
    rule: { ...decided, ranges: [...ranges] },
    provisional: duty.provisional,
    ...(away !== undefined && { away: { since: iso(away.since), ...(away.until !== undefined && { until: iso(away.until) }) } }),
    ...(duty.closedSince !== undefined && { closedSince: iso(duty.closedSince) }),
    ...(duty.nextOpening !== undefined && { nextOpening: { at: iso(duty.nextOpening), words: openingWords } }),
    changes: changes.map((change) => ({ at: iso(change.at), onDuty: change.onDuty })),
    ...(stepInSeconds !== undefined && { stepInSeconds }),
    ...(answer !== undefined && { answer: answerOnTheWire(answer, language) }),
    ...(stepIn !== undefined && { stepIn: answerOnTheWire(stepIn, language) }),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
