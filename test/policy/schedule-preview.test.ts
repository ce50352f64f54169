/** The calendar told ahead: single moments by hand, and against dutyAt() for whatever hours, zone, absence and moment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openingWords } from '../../src/policy/opening-words.js';
import { type Away, type DutyHours, dutyAt } from '../../src/policy/schedule.js';
import { previewDuty } from '../../src/policy/schedule-preview.js';

const shanghai = 'Asia/Shanghai';
const at = (moment: string) => Date.parse(`${moment.replace(' ', 'T')}:00+08:00`);
const clockOf = (moment: number) => new Date(moment + 8 * 36e5).toISOString().slice(0, 16).replace('T', ' ');
const day = ['09:00-12:00', '13:30-18:00'];
const shop: DutyHours = {
  weekly: { mon: day, tue: day, wed: day, thu: day, fri: ['18:00-02:00'], sat: [], sun: [] },
  exceptions: [{ from: '2026-12-31', ranges: ['09:00-10:00'], reason: '盘点' }],
  holidays: { calendar: 'mainland', ranges: ['10:00-16:00'] },
};

describe('the rule that decides', () => {
  it.each([
    ['the week', '2026-11-24 12:30', false, { by: 'week', date: '2026-11-24', ranges: day, provisional: false }],
    ['a holiday', '2026-10-01 15:00', true, { by: 'holiday', date: '2026-10-01', name: '国庆节', ranges: ['10:00-16:00'] }],
    ['a make-up workday', '2026-10-10 15:00', true, { by: 'make_up', date: '2026-10-10', name: '国庆节', ranges: day }],
    ['an exception', '2026-12-31 11:00', false, { by: 'exception', name: '盘点', ranges: ['09:00-10:00'], provisional: false }],
    ['the day before, past midnight', '2026-11-28 01:59', true, { by: 'week', date: '2026-11-27', ranges: ['18:00-02:00'] }],
    ['the day itself once that is over', '2026-11-28 02:00', false, { by: 'week', date: '2026-11-28', ranges: [] }],
    ['a statutory day of a year not announced', '2027-01-01 09:00', false, { by: 'holiday', name: '元旦', provisional: true }],
  ])('is %s', (_, moment, onDuty, rule) => {
    const preview = previewDuty(shop, shanghai, undefined, at(moment), 7);
    expect(preview.duty.onDuty).toBe(onDuty);
    expect(preview.rule).toMatchObject(rule);
  });

  it('is the switch while it is on, and changes come at its end or not at all', () => {
    const away = { since: at('2026-11-24 10:00'), until: at('2026-11-24 14:00') };
    const during = previewDuty(shop, shanghai, away, at('2026-11-24 11:00'), 1);
    expect([during.rule.by, during.duty.nextOpening]).toEqual(['away', away.until]);
    expect(during.changes.map((change) => [clockOf(change.at), change.onDuty])).toEqual([
      ['2026-11-24 14:00', true],
      ['2026-11-24 18:00', false],
      ['2026-11-25 09:00', true],
    ]);
    const before = previewDuty(shop, shanghai, away, at('2026-11-24 09:30'), 1).changes[0];
    expect(before).toEqual({ at: away.since, onDuty: false });
    expect(previewDuty(shop, shanghai, { since: away.since }, at('2026-11-24 11:00'), 60).changes).toEqual([]);
  });
});

it('lists lunch breaks, holidays, make-up days and nights as they come', () => {
  const { changes } = previewDuty(shop, shanghai, undefined, at('2026-10-07 17:00'), 4);
  expect(changes.map((change) => `${clockOf(change.at)} ${change.onDuty ? 'on' : 'off'}`)).toEqual([
    '2026-10-08 09:00 on',
    '2026-10-08 12:00 off',
    '2026-10-08 13:30 on',
    '2026-10-08 18:00 off',
    '2026-10-09 18:00 on',
    '2026-10-10 02:00 off',
    '2026-10-10 09:00 on',
    '2026-10-10 12:00 off',
    '2026-10-10 13:30 on',
    '2026-10-10 18:00 off',
  ]);
});

it('a night that runs into the hours of the next day is told the same whatever was asked before', () => {
  const hours: DutyHours = {
    weekly: { mon: [], tue: [], wed: [], thu: ['10:00-14:00'], fri: [], sat: [], sun: [] },
    exceptions: [{ from: '2026-12-30', ranges: ['18:00-12:00'] }],
    holidays: { calendar: 'mainland', ranges: [] },
  };
  // The afternoon of 31 December may still be moved by the next New Year; the night before is the owner's own word.
  const [morning, afternoon] = [at('2026-12-31 11:00'), at('2026-12-31 13:00')];
  const told = (...moments: number[]) => moments.map((one) => dutyAt(hours, shanghai, undefined, one).provisional);
  expect(told(afternoon, morning, afternoon)).toEqual([true, false, true]);
  expect(previewDuty(hours, shanghai, undefined, morning, 1).rule).toMatchObject({ by: 'exception', date: '2026-12-30' });
  expect(previewDuty(hours, shanghai, undefined, at('2026-12-31 09:00'), 1).changes[0]!.at).toBe(at('2026-12-31 14:00'));
});

it('never changes where it is always or never open', () => {
  const each = (ranges: readonly string[]): DutyHours => ({
    weekly: { mon: ranges, tue: ranges, wed: ranges, thu: ranges, fri: ranges, sat: ranges, sun: ranges },
  });
  for (const hours of [each(['00:00-24:00']), each([])]) {
    expect(previewDuty(hours, shanghai, undefined, at('2026-10-07 17:00'), 62).changes).toEqual([]);
  }
});

const zones = [shanghai, 'Asia/Kathmandu', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Pacific/Apia'];
const clock = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`);
const range = fc.oneof(
  fc.tuple(clock, clock).map(([from, to]) => `${from}-${to}`),
  fc.constant('00:00-24:00'),
);
const ranges = fc.array(range, { maxLength: 3 });
const hours: fc.Arbitrary<DutyHours> = fc.record({
  weekly: fc.record({ mon: ranges, tue: ranges, wed: ranges, thu: ranges, fri: ranges, sat: ranges, sun: ranges }),
  exceptions: fc.array(
    fc
      .tuple(fc.integer({ min: 20_500, max: 20_800 }), ranges)
      .map(([number, its]) => ({ from: new Date(number * 864e5).toISOString().slice(0, 10), ranges: its })),
    { maxLength: 3 },
  ),
  holidays: fc.option(fc.record({ calendar: fc.constant('mainland' as const), ranges }), { nil: undefined }),
});
/** Clocks forward and back, and the day that Samoa left out (30 December 2011). */
const turns = [
  '2026-03-08T07:00Z',
  '2026-11-01T06:00Z',
  '2026-10-25T01:00Z',
  '2026-04-04T15:00Z',
  '2026-10-03T15:30Z',
  '2011-12-30T10:00Z',
];
const moment = fc.oneof(
  fc.integer({ min: Date.parse('2026-02-01'), max: Date.parse('2027-02-01') }),
  fc
    .tuple(fc.constantFrom(...turns), fc.integer({ min: -72 * 36e5, max: 48 * 36e5 }))
    .map(([turn, shift]) => Date.parse(turn) + shift),
);
const scene = fc
  .tuple(
    hours,
    fc.constantFrom(...zones),
    moment,
    fc.option(fc.tuple(fc.integer({ min: -864e5, max: 864e5 }), fc.option(fc.integer({ min: 1, max: 2 * 864e5 })))),
  )
  .map(([open, zone, now, switched]) => {
    const since = now + (switched?.[0] ?? 0);
    const length = switched?.[1];
    const away: Away | undefined =
      switched === null ? undefined : { since, ...(length == null ? {} : { until: since + length }) };
    return { open, zone, now, away };
  });

describe('whatever the hours, the zone, the absence and the moment', () => {
  it('changes alternate, each is one, and between them nothing changes', () => {
    fc.assert(
      fc.property(scene, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), (its, shares) => {
        const { open, zone, now, away } = its;
        const isOn = (moment: number) => dutyAt(open, zone, away, moment).onDuty;
        const preview = previewDuty(open, zone, away, now, 4);
        expect(preview.duty).toEqual(dutyAt(open, zone, away, now));
        const edges = [now, ...preview.changes.map((change) => change.at), now + 4 * 864e5 + 1];
        edges.slice(0, -1).forEach((edge, index) => {
          const state = index === 0 ? preview.duty.onDuty : preview.changes[index - 1]!.onDuty;
          expect(state).toBe(index % 2 === 0 ? preview.duty.onDuty : !preview.duty.onDuty);
          const until = edges[index + 1]!;
          expect(until).toBeGreaterThan(edge);
          for (const moment of [edge, until - 1, ...shares.map((share) => Math.floor(edge + (until - 1 - edge) * share))])
            expect([moment, isOn(moment)]).toEqual([moment, state]);
        });
      }),
      { numRuns: 800 },
    );
  });

  it('the next opening is on duty, nobody is before it, and the closed period began when the last one left', () => {
    fc.assert(
      fc.property(scene, ({ open, zone, now, away }) => {
        // Only an end that is known, and a switch that is on already, can be told ahead.
        const known = away === undefined || away.since > now || away.until === undefined ? undefined : away;
        const { duty, changes } = previewDuty(open, zone, known, now, 10);
        if (duty.onDuty) {
          expect(changes.every((change, index) => change.onDuty === (index % 2 === 1))).toBe(true);
          return;
        }
        const first = changes[0];
        if (first !== undefined) expect([first.at, first.onDuty]).toEqual([duty.nextOpening, true]);
        else expect(duty.nextOpening ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now + 10 * 864e5);
        const { closedSince = Number.NaN } = duty;
        expect(closedSince).toBeLessThanOrEqual(now);
        if (closedSince > 0) expect(previewDuty(open, zone, known, closedSince - 1, 0).duty.onDuty).toBe(true);
      }),
      { numRuns: 800 },
    );
  });

  it('the words for it name its day and clock', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 500 * 1440 }), fc.constantFrom(...zones), (now, minutes, zone) => {
        const opening = Math.floor(now / 6e4) * 6e4 + minutes * 6e4;
        const words = openingWords(opening, now, zone, 'zh');
        expect(words).toMatch(
          /^((今天|明天|后天|[本下]周[一二三四五六日]|(\d{4}年)?\d{1,2}月\d{1,2}日)(凌晨|早上|上午|中午|下午|晚上)|今晚|明晚|明早)\d{1,2}点(半|\d\d分)?$/,
        );
        expect(words.length).toBeLessThanOrEqual(19);
        const english = openingWords(opening, now, zone, 'en');
        if (words.startsWith('今天')) expect(english).toMatch(/^today/);
        if (words.startsWith('明天') || words.startsWith('明早')) expect(english).toMatch(/^tomorrow/);
      }),
      { numRuns: 2000 },
    );
  });
});
