/** A month of a shop as its owner plans it: the hours of each day, and which rule gives them. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isAnnouncedYear } from '../policy/holidays.js';
import { calendarDay } from '../policy/schedule.js';
import { type Hours, weekdays } from '../shop/parameters.js';
import { todayIn } from '../shop/shop.js';
import { bearer } from './bearer.js';
import type { ServerDeps } from './deps.js';
import { shopOnTrial } from './on-trial.js';
import { bearerProblems, bodyProblems, invalidProblem, type RouteDescription, routed, shopParams } from './route-description.js';

/** The years of the calendar's tables. */
const monthSchema = z
  .string()
  .regex(/^(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])$/, 'write a month as YYYY-MM, from 1970-01 to 2099-12')
  .meta({ description: 'in the zone of the shop', examples: ['2026-10'] });

export const calendarRequestSchema = z.strictObject({
  month: monthSchema,
  settings: z.record(z.string(), z.unknown()).meta({
    description: 'a merge patch on the settings in force: how it would be with these, which are not kept',
    examples: [{ hours: { weekly: { fri: ['10:00-01:30'] } } }],
  }),
});

export const calendarSchema = z.object({
  month: z.string(),
  timeZone: z.string(),
  today: z.iso.date().meta({ description: 'in the zone of the shop' }),
  days: z.array(
    z.object({
      date: z.iso.date(),
      weekday: z.enum(weekdays),
      ranges: z.array(z.string()).meta({
        description: 'when agents answer, as written; one past midnight belongs to the day on which it begins. None: closed',
        examples: [['09:00-12:00', '18:00-02:00']],
      }),
      by: z.enum(['week', 'exception', 'holiday', 'make_up']).meta({
        description: 'the weekly hours; a dated exception 改; a statutory holiday 休; a make-up workday 班',
      }),
      name: z
        .string()
        .optional()
        .meta({ description: 'of the holiday, or the reason of the exception', examples: ['国庆节'] }),
      provisional: z.boolean().meta({ description: 'holidays that are not announced yet may change this day' }),
    }),
  ),
  announcedThrough: z.number().int().optional().meta({
    description: 'the last year whose holidays this version knows as announced; absent where the shop follows no holidays',
  }),
});

const url = '/v1/shops/:shop/calendar';
const example = {
  month: '2026-10',
  timeZone: 'Asia/Shanghai',
  today: '2026-09-29',
  days: [
    { date: '2026-10-01', weekday: 'thu', ranges: ['10:00-22:00'], by: 'holiday', name: '国庆节', provisional: false },
    { date: '2026-10-10', weekday: 'sat', ranges: ['09:00-23:00'], by: 'make_up', name: '国庆节', provisional: false },
  ],
  announcedThrough: 2026,
};
const answers = { 200: { description: 'every day of the month', schema: 'Calendar', example } } as const;
const noShop = { codes: ['not_found'], when: 'there is no such shop' } as const;

export const getCalendarRoute = {
  method: 'GET',
  url,
  schema: { params: shopParams, querystring: z.object({ month: monthSchema.optional() }) },
  docs: {
    id: 'getCalendar',
    tag: 'shop',
    summary: 'Hours of a month',
    description: 'Each day with its hours and the rule that gives them, without the away switch. Default: this month.',
    security: 'bearer',
    answers,
    problems: { ...bearerProblems, 404: noShop, 422: invalidProblem },
  },
} as const satisfies RouteDescription;

export const postCalendarRoute = {
  method: 'POST',
  url,
  schema: { params: shopParams, body: calendarRequestSchema },
  docs: {
    id: 'postCalendar',
    tag: 'shop',
    summary: 'Hours of a month with settings that are not kept yet',
    description: 'As the other, for a page that shows what a change comes to before it is saved.',
    security: 'bearer',
    body: {
      schema: 'CalendarRequest',
      examples: { friday: { month: '2026-10', settings: { hours: { weekly: { fri: ['10:00-01:30'] } } } } },
    },
    answers,
    problems: { ...bearerProblems, ...bodyProblems, 404: noShop },
  },
} as const satisfies RouteDescription;

export function openCalendar(app: FastifyInstance, deps: ServerDeps): void {
  const onRequest = bearer(deps, 'read');
  app.route<{ Params: z.output<typeof shopParams>; Querystring: z.output<typeof getCalendarRoute.schema.querystring> }>({
    ...routed(getCalendarRoute),
    onRequest,
    handler({ params, query }) {
      const { hours, timeZone } = deps.flow.shop(params.shop)!.parameters;
      return calendarOf(hours, timeZone, query.month, deps.now());
    },
  });
  app.route<{ Params: z.output<typeof shopParams>; Body: z.output<typeof calendarRequestSchema> }>({
    ...routed(postCalendarRoute),
    onRequest,
    async handler({ params, body }, reply) {
      const shop = await shopOnTrial(deps, params.shop, body.settings, reply);
      return shop === undefined ? reply : calendarOf(shop.parameters.hours, shop.parameters.timeZone, body.month, deps.now());
    },
  });
}

function calendarOf(hours: Hours, timeZone: string, month: string | undefined, now: number): z.output<typeof calendarSchema> {
  const today = todayIn(timeZone)(now);
  const shown = month ?? today.slice(0, 7);
  const [year = 0, at = 0] = shown.split('-').map(Number);
  // Day 0 of the month after is the last of this one.
  const count = new Date(Date.UTC(year, at, 0)).getUTCDate();
  const days = Array.from({ length: count }, (_, index) => {
    const date = `${shown}-${String(index + 1).padStart(2, '0')}`;
    const { ranges, why, name, provisional } = calendarDay(hours, date);
    // Sunday is 0 there.
    const weekday = weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]!;
    return { date, weekday, ranges: [...ranges], by: why, ...(name !== undefined && { name }), provisional };
  });
  const known = hours.holidays === undefined ? undefined : announcedThrough(Number(today.slice(0, 4)));
  return { month: shown, timeZone, today, days, ...(known !== undefined && { announcedThrough: known }) };
}

function announcedThrough(thisYear: number): number | undefined {
  return [thisYear + 1, thisYear, thisYear - 1].find(isAnnouncedYear);
}
