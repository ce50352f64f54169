import { describe, expect, it } from 'vitest';
import { answer } from '../../src/flow/answer.js';
import { calendarFaults } from '../../src/shop/calendar-faults.js';
import type { Hours } from '../../src/shop/parameters.js';
import { conversation, demo, demoWith, message } from '../flow/demo-shop.js';

const withHours = (hours: Partial<Hours>) => demoWith({}, { hours: { ...demo.parameters.hours, ...hours } });
const told = (shop: typeof demo, date: string) =>
  calendarFaults(new Map([['demo', shop]]), Date.parse(`${date}T12:00:00+08:00`)).map(({ problem, severity }) => [
    severity,
    problem,
  ]);
const holidays = demo.parameters.hours.holidays!;

describe('holidays that are not announced', () => {
  it('are told 45 days before the first day that they may move, as a warning', () => {
    expect(told(demo, '2026-11-05')).toEqual([]);
    expect(told(demo, '2026-11-06')).toEqual([
      ['warning', expect.stringMatching(/^the holidays of 2027 are not known.*from 2026-12-20 on/)],
    ]);
  });

  it('are no news to a shop without them, and to one that has written them down', () => {
    expect(told(withHours({ holidays: undefined }), '2026-12-20')).toEqual([]);
    const settled = withHours({ holidays: { ...holidays, settled: [2027] } });
    expect(told(settled, '2026-12-20')).toEqual([]);
    expect(told(settled, '2027-09-10')).toEqual([]);
    expect(told(settled, '2027-12-01')).toEqual([['warning', expect.stringContaining('holidays of 2028')]]);
  });

  it('are told in the because of an Answer whose hours rest on them', () => {
    const codes = (shop: typeof demo, moment: string) => {
      const now = Date.parse(moment);
      const messages = [message({ text: '可以开发票吗', sentAt: now, receivedAt: now })];
      return answer({ conversation: conversation(), messages }, shop, { now, away: undefined, id: 'an1' }).answer.because.map(
        ({ code }) => code,
      );
    };
    expect(codes(demo, '2027-01-03T12:30:00+08:00')).toEqual(expect.arrayContaining(['off_duty', 'calendar_provisional']));
    expect(codes(demo, '2027-01-03T11:30:00+08:00')).toEqual(expect.arrayContaining(['on_duty', 'calendar_provisional']));
    expect(codes(demo, '2027-01-01T23:30:00+08:00')).toContain('off_duty_holiday_provisional');
    expect(codes(demo, '2026-10-01T23:30:00+08:00')).not.toContain('calendar_provisional');
    const settled = withHours({ holidays: { ...holidays, settled: [2027] } });
    expect(codes(settled, '2027-01-03T12:30:00+08:00')).not.toContain('calendar_provisional');
    expect(codes(settled, '2027-01-01T23:30:00+08:00')).toContain('off_duty_holiday');
  });
});
