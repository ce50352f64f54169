import { describe, expect, it } from 'vitest';
import { isAnnouncedYear, mainlandDay } from '../../src/policy/holidays.js';
import { dayNumber } from '../../src/policy/schedule-zone.js';

const on = (date: string) => mainlandDay(dayNumber(date));
const holidaysOf = (year: number) => {
  const dates: string[] = [];
  for (let day = dayNumber(`${year}-01-01`); day < dayNumber(`${year + 1}-01-01`); day += 1) {
    if (mainlandDay(day).kind === 'holiday') dates.push(new Date(day * 86_400_000).toISOString().slice(5, 10));
  }
  return dates;
};

describe('announced years', () => {
  it('are told from the data itself', () => {
    expect([2003, 2004, 2025, 2026].map(isAnnouncedYear)).toEqual([false, true, true, true]);
  });

  // When this fails, chinese-days has learnt a year: move the years of the tests below on.
  it('end with 2026 in the installed chinese-days', () => {
    expect(isAnnouncedYear(2027)).toBe(false);
  });

  it('carry holidays and make-up workdays by name', () => {
    expect(on('2026-10-07')).toEqual({ kind: 'holiday', name: '国庆节', english: 'National Day', provisional: false });
    expect(on('2026-09-20')).toMatchObject({ kind: 'make_up', provisional: false });
    expect(on('2026-02-14')).toMatchObject({ kind: 'make_up', name: '春节' });
    expect(on('2026-08-05')).toEqual({ kind: 'ordinary', provisional: false });
  });

  it('leave the last days of December open while the next year is not announced', () => {
    expect(on('2026-12-31')).toEqual({ kind: 'ordinary', provisional: true });
    expect(on('2026-12-16')).toEqual({ kind: 'ordinary', provisional: false });
    expect(on('2025-12-31')).toEqual({ kind: 'ordinary', provisional: false });
  });
});

describe('years that are not announced', () => {
  it('have the thirteen statutory days', () => {
    expect(holidaysOf(2027)).toEqual([
      '01-01',
      '02-05',
      '02-06',
      '02-07',
      '02-08',
      '04-05',
      '05-01',
      '05-02',
      '06-09',
      '09-15',
      '10-01',
      '10-02',
      '10-03',
    ]);
    expect(on('2027-01-01')).toEqual({ kind: 'holiday', name: '元旦', english: "New Year's Day", provisional: true });
  });

  it('count a day once where 中秋 falls into 国庆', () => {
    expect(on('2028-10-03')).toMatchObject({ kind: 'holiday', provisional: true });
    expect(holidaysOf(2028)).toHaveLength(12);
  });

  it('say of the days around a holiday that they may change, and of others not', () => {
    expect(on('2027-10-06')).toEqual({ kind: 'ordinary', provisional: true });
    expect(on('2027-09-26')).toEqual({ kind: 'ordinary', provisional: true });
    expect(on('2027-03-10')).toEqual({ kind: 'ordinary', provisional: false });
    expect(on('2027-12-31').provisional).toBe(true);
  });

  it('far away have the fixed dates only', () => {
    expect(holidaysOf(2150)).toEqual(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);
  });

  it('do not pile up in memory when many are asked for', () => {
    for (let year = 2030; year < 2100; year += 1) expect(on(`${year}-10-01`).kind).toBe('holiday');
    expect(on('2027-10-01').name).toBe('国庆节');
  });
});
