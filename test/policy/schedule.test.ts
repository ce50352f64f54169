import { describe, expect, it } from 'vitest';
import { calendarDay, type DutyHours, dutyAt } from '../../src/policy/schedule.js';
import { becauseWords } from '../../src/reasons.js';
import { type Hours, hoursSchema } from '../../src/shop/parameters.js';

const zone = 'Asia/Shanghai';
/** A moment on the shop's clock: `2026-09-30 18:00`. */
const at = (moment: string) => Date.parse(`${moment.replace(' ', 'T')}:00+08:00`);
const same = (ranges: string[]) => ({
  mon: ranges,
  tue: ranges,
  wed: ranges,
  thu: ranges,
  fri: ranges,
  sat: ranges,
  sun: ranges,
});
const office: DutyHours = {
  weekly: { ...same(['09:00-12:00', '13:00-18:00']), sat: [], sun: [] },
  holidays: { calendar: 'mainland', ranges: [] },
};

describe('a day with a lunch gap', () => {
  it.each([
    ['2026-08-05 08:59', false, '2026-08-04 18:00', '2026-08-05 09:00'],
    ['2026-08-05 09:00', true, '', ''],
    ['2026-08-05 11:59', true, '', ''],
    ['2026-08-05 12:00', false, '2026-08-05 12:00', '2026-08-05 13:00'],
    ['2026-08-05 17:59', true, '', ''],
    ['2026-08-05 18:00', false, '2026-08-05 18:00', '2026-08-06 09:00'],
    ['2026-08-07 18:00', false, '2026-08-07 18:00', '2026-08-10 09:00'],
    ['2026-08-09 12:30', false, '2026-08-07 18:00', '2026-08-10 09:00'],
  ])('%s', (now, onDuty, since, next) => {
    const duty = dutyAt(office, zone, undefined, at(now));
    expect(duty.onDuty).toBe(onDuty);
    expect(duty.closedSince).toBe(since === '' ? undefined : at(since));
    expect(duty.nextOpening).toBe(next === '' ? undefined : at(next));
  });
});

describe('ranges', () => {
  const night: DutyHours = { weekly: { ...same([]), fri: ['18:00-02:00'] } };

  it('past midnight belong to the day they begin on', () => {
    expect(dutyAt(night, zone, undefined, at('2026-08-07 18:00')).onDuty).toBe(true);
    expect(dutyAt(night, zone, undefined, at('2026-08-08 01:59')).onDuty).toBe(true);
    expect(dutyAt(night, zone, undefined, at('2026-08-08 02:00')).closedSince).toBe(at('2026-08-08 02:00'));
    expect(dutyAt(night, zone, undefined, at('2026-08-07 01:00')).onDuty).toBe(false);
  });

  it('that meet or overlap are one', () => {
    const meeting: DutyHours = { weekly: same(['09:00-12:00', '12:00-15:00', '14:00-18:00']) };
    expect(dutyAt(meeting, zone, undefined, at('2026-08-05 12:00')).onDuty).toBe(true);
    const away = { since: at('2026-08-05 10:00') };
    expect(dutyAt(meeting, zone, away, at('2026-08-05 10:30')).nextOpening).toBe(at('2026-08-06 09:00'));
  });

  it('close at the latest end when a night runs longer than the short day after it', () => {
    const hours: DutyHours = { weekly: { ...same([]), tue: ['10:00-09:00'], wed: ['07:00-08:00'] } };
    expect(dutyAt(hours, zone, undefined, at('2026-08-05 12:00')).closedSince).toBe(at('2026-08-05 09:00'));
  });

  it('of 00:00-24:00 on every day never close', () => {
    const always: DutyHours = { weekly: same(['00:00-24:00']) };
    expect(dutyAt(always, zone, undefined, at('2026-08-05 00:00'))).toEqual({
      onDuty: true,
      provisional: false,
      because: { code: 'on_duty' },
    });
    expect(dutyAt(always, zone, { since: at('2026-08-05 10:00') }, at('2026-08-05 11:00')).nextOpening).toBeUndefined();
  });

  it('that are not written as HH:MM-HH:MM are a bug, not a guess', () => {
    const wrong: DutyHours = { weekly: same(['9-18']) };
    expect(() => dutyAt(wrong, zone, undefined, 0)).toThrow('not a range of hours: 9-18');
  });
});

describe('a shop', () => {
  it('without hours is closed as long as it lasts, and no opening is known', () => {
    const none: DutyHours = { weekly: same([]) };
    const duty = dutyAt(none, zone, undefined, at('2026-08-05 12:00'));
    expect(duty).toMatchObject({ onDuty: false, closedSince: 0, provisional: false });
    expect(duty.nextOpening).toBeUndefined();
    expect(dutyAt(none, zone, { since: 5 }, at('2026-08-05 12:00')).closedSince).toBe(0);
  });

  it('that is closed for two months tells the day after them', () => {
    const hours: DutyHours = {
      weekly: same(['09:00-18:00']),
      exceptions: [{ from: '2026-08-06', to: '2026-10-20', ranges: [], reason: '装修' }],
    };
    const duty = dutyAt(hours, zone, undefined, at('2026-08-08 12:00'));
    expect(duty).toMatchObject({ closedSince: at('2026-08-05 18:00'), nextOpening: at('2026-10-21 09:00') });
    expect(becauseWords([duty.because], 'zh')).toBe('装修，2026-10-21 09:00 有人回复');
  });

  it('that closes for good has no next opening, and one closed period until it is forgotten', () => {
    const hours: DutyHours = {
      weekly: same(['09:00-18:00']),
      exceptions: [{ from: '2026-08-06', to: '2036-08-06', ranges: [] }],
    };
    const duty = dutyAt(hours, zone, undefined, at('2028-08-08 12:00'));
    expect(duty).toMatchObject({ closedSince: at('2026-08-05 18:00'), because: { code: 'off_duty_no_opening' } });
    expect(dutyAt(hours, zone, undefined, at('2034-08-08 12:00')).closedSince).toBe(0);
  });
});

describe('holidays and exceptions', () => {
  it('a holiday closes, a make-up Saturday follows Monday', () => {
    expect(calendarDay(office, '2026-10-01')).toEqual({ ranges: [], why: 'holiday', name: '国庆节', provisional: false });
    expect(calendarDay(office, '2026-10-10')).toEqual({
      ranges: ['09:00-12:00', '13:00-18:00'],
      why: 'make_up',
      name: '国庆节',
      provisional: false,
    });
    expect(calendarDay(office, '2026-08-08')).toEqual({ ranges: [], why: 'week', provisional: false });
    const holiday = dutyAt(office, zone, undefined, at('2026-10-01 23:10'));
    expect(holiday).toMatchObject({ closedSince: at('2026-09-30 18:00'), nextOpening: at('2026-10-08 09:00') });
    expect(becauseWords([holiday.because], 'zh')).toBe('国庆节放假，2026-10-08 09:00 有人回复');
    expect(becauseWords([dutyAt(office, zone, undefined, at('2026-10-10 10:00')).because], 'en')).toContain('National Day');
  });

  it('the evening before a holiday is an ordinary evening', () => {
    expect(dutyAt(office, zone, undefined, at('2026-09-30 20:00')).because.code).toBe('off_duty');
  });

  it('a holiday may have shorter hours', () => {
    const hours: DutyHours = { ...office, holidays: { calendar: 'mainland', ranges: ['10:00-16:00'] } };
    expect(dutyAt(hours, zone, undefined, at('2026-10-01 10:00')).onDuty).toBe(true);
    expect(dutyAt(hours, zone, undefined, at('2026-10-01 16:00')).nextOpening).toBe(at('2026-10-02 10:00'));
  });

  it('an exception wins over the holiday, and of two exceptions the shorter', () => {
    const hours: DutyHours = {
      ...office,
      exceptions: [
        { from: '2026-10-03', ranges: ['08:00-10:00'] },
        { from: '2026-10-01', to: '2026-10-31', ranges: [], reason: '搬家' },
      ],
    };
    expect(calendarDay(hours, '2026-10-03')).toEqual({ ranges: ['08:00-10:00'], why: 'exception', provisional: false });
    expect(calendarDay(hours, '2026-10-10')).toEqual({ ranges: [], why: 'exception', name: '搬家', provisional: false });
    expect(dutyAt(hours, zone, undefined, at('2026-10-03 09:00')).onDuty).toBe(true);
  });

  it('without the holiday calendar the week holds', () => {
    expect(dutyAt({ weekly: office.weekly }, zone, undefined, at('2026-10-01 10:00')).onDuty).toBe(true);
  });

  it('a year that is not announced has its statutory days, marked provisional', () => {
    const duty = dutyAt(office, zone, undefined, at('2027-01-01 10:00'));
    expect(duty).toMatchObject({ onDuty: false, provisional: true, because: { code: 'off_duty_holiday_provisional' } });
    expect(dutyAt(office, zone, undefined, at('2027-03-10 10:00'))).toMatchObject({ onDuty: true, provisional: false });
    expect(dutyAt(office, zone, undefined, at('2027-10-05 10:00'))).toMatchObject({ onDuty: true, provisional: true });
  });
});

describe('away now', () => {
  it('is off duty until the time set, or the first opening after it', () => {
    const since = at('2026-08-05 10:00');
    const inside = dutyAt(office, zone, { since, until: at('2026-08-05 15:30') }, at('2026-08-05 10:00'));
    expect(inside).toMatchObject({ onDuty: false, closedSince: since, nextOpening: at('2026-08-05 15:30') });
    expect(inside.because).toEqual({ code: 'away', values: { opening: '2026-08-05 15:30' } });
    const lunch = dutyAt(office, zone, { since, until: at('2026-08-05 12:30') }, at('2026-08-05 11:00'));
    expect(lunch.nextOpening).toBe(at('2026-08-05 13:00'));
  });

  it('without an end names the next range, never the present one', () => {
    const since = at('2026-08-05 10:00');
    expect(dutyAt(office, zone, { since }, at('2026-08-05 10:30')).nextOpening).toBe(at('2026-08-05 13:00'));
    expect(dutyAt(office, zone, { since }, at('2026-08-05 13:00')).nextOpening).toBe(at('2026-08-06 09:00'));
    expect(dutyAt(office, zone, { since }, at('2026-08-05 12:15')).nextOpening).toBe(at('2026-08-05 13:00'));
    expect(dutyAt(office, zone, { since }, at('2026-08-06 10:00')).closedSince).toBe(since);
  });

  it('and the closed hours around it are one closed period', () => {
    const evening = { since: at('2026-08-05 20:00'), until: at('2026-08-06 10:00') };
    for (const now of ['2026-08-05 19:00', '2026-08-05 20:00', '2026-08-06 09:30'])
      expect(dutyAt(office, zone, evening, at(now)).closedSince).toBe(at('2026-08-05 18:00'));
    const late = { since: at('2026-08-05 16:00'), until: at('2026-08-05 20:00') };
    for (const now of ['2026-08-05 16:00', '2026-08-05 19:59', '2026-08-05 20:00', '2026-08-06 08:59'])
      expect(dutyAt(office, zone, late, at(now))).toMatchObject({ closedSince: late.since, nextOpening: at('2026-08-06 09:00') });
    expect(dutyAt(office, zone, late, at('2026-08-06 12:00')).closedSince).toBe(at('2026-08-06 12:00'));
  });

  it('set at the very opening carries the night on', () => {
    const away = { since: at('2026-08-06 09:00'), until: at('2026-08-06 11:00') };
    expect(dutyAt(office, zone, away, at('2026-08-06 10:00')).closedSince).toBe(at('2026-08-05 18:00'));
  });

  it('that is still to come, is over, or ends before it begins changes nothing', () => {
    const now = at('2026-08-05 10:00');
    for (const away of [{ since: now + 1 }, { since: now - 5, until: now }, { since: now - 5, until: now - 9 }])
      expect(dutyAt(office, zone, away, now).onDuty).toBe(true);
  });

  it('in a shop without hours has no opening', () => {
    const duty = dutyAt({ weekly: same([]) }, zone, { since: 5 }, at('2026-08-05 12:00'));
    expect(duty.because.code).toBe('away_no_opening');
  });
});

it('takes the hours of the shop parameters as they are', () => {
  const hours: Hours = hoursSchema.parse({
    weekly: same(['09:00-18:00']),
    exceptions: [{ from: '2026-08-05', ranges: [] }],
    holidays: { calendar: 'mainland' },
  });
  const fits: DutyHours = hours;
  expect(dutyAt(fits, zone, undefined, at('2026-08-05 10:00')).onDuty).toBe(false);
});

it('works where the clock changes', () => {
  const hours: DutyHours = { weekly: same(['02:30-05:00', '09:00-17:00']) };
  // 8 March 2026: 02:00 becomes 03:00 in New York, so the clock shows 02:30 or more from 03:00 EDT on.
  const gap = Date.parse('2026-03-08T07:00:00Z');
  expect(dutyAt(hours, 'America/New_York', undefined, gap - 1).nextOpening).toBe(gap);
  expect(dutyAt(hours, 'America/New_York', undefined, gap).onDuty).toBe(true);
  expect(dutyAt(hours, 'America/New_York', undefined, Date.parse('2026-03-08T12:59:59Z')).nextOpening).toBe(
    Date.parse('2026-03-08T13:00:00Z'),
  );
  // 1 November 2026: the hour from 01:00 comes twice.
  const night: DutyHours = { weekly: same(['01:30-02:00']) };
  expect(dutyAt(night, 'America/New_York', undefined, Date.parse('2026-11-01T05:30:00Z')).onDuty).toBe(true);
  expect(dutyAt(night, 'America/New_York', undefined, Date.parse('2026-11-01T06:59:59Z')).onDuty).toBe(true);
  expect(dutyAt(night, 'America/New_York', undefined, Date.parse('2026-11-01T07:00:00Z')).onDuty).toBe(false);
});
