import { expect, it } from 'vitest';
import { openingWords } from '../../src/policy/opening-words.js';

const zone = 'Asia/Shanghai';
const at = (moment: string) => Date.parse(`${moment.replace(' ', 'T')}:00+08:00`);

it.each([
  ['2026-10-01 09:00', '2026-10-01 00:30', '今天上午9点', 'today 09:00'],
  ['2026-10-01 08:30', '2026-10-01 00:01', '今天早上8点半', 'today 08:30'],
  ['2026-10-01 13:30', '2026-10-01 12:10', '今天下午1点半', 'today 13:30'],
  ['2026-10-01 12:05', '2026-10-01 11:10', '今天中午12点05分', 'today 12:05'],
  ['2026-10-01 19:00', '2026-10-01 17:10', '今晚7点', 'today 19:00'],
  ['2026-10-01 02:15', '2026-10-01 00:30', '今天凌晨2点15分', 'today 02:15'],
  ['2026-10-01 09:00', '2026-09-30 23:59', '明早9点', 'tomorrow 09:00'],
  ['2027-01-01 08:30', '2026-12-31 20:00', '明早8点半', 'tomorrow 08:30'],
  ['2026-10-02 10:00', '2026-10-01 23:10', '明天上午10点', 'tomorrow 10:00'],
  ['2026-10-02 18:00', '2026-10-01 23:10', '明晚6点', 'tomorrow 18:00'],
  ['2026-10-02 01:00', '2026-10-01 23:10', '明天凌晨1点', 'tomorrow 01:00'],
  ['2026-10-02 00:00', '2026-10-01 23:10', '今晚12点', 'tomorrow 00:00'],
  ['2026-10-03 00:00', '2026-10-01 23:10', '明晚12点', '3 Oct 00:00'],
  ['2026-10-02 09:00', '2026-09-30 23:59', '后天上午9点', '2 Oct 09:00'],
  // Thursday 1 October: Sunday is of this week, Monday of the next.
  ['2026-10-04 14:00', '2026-10-01 23:10', '本周日下午2点', '4 Oct 14:00'],
  ['2026-10-05 09:00', '2026-10-01 23:10', '下周一上午9点', '5 Oct 09:00'],
  ['2026-10-07 09:00', '2026-10-01 00:00', '下周三上午9点', '7 Oct 09:00'],
  ['2026-10-08 09:00', '2026-10-01 23:10', '10月8日上午9点', '8 Oct 09:00'],
  ['2027-01-08 08:00', '2026-12-31 20:00', '1月8日早上8点', '8 Jan 2027 08:00'],
  ['2027-12-08 08:00', '2026-12-31 20:00', '2027年12月8日早上8点', '8 Dec 2027 08:00'],
])('%s seen at %s is %s', (opening, now, zh, en) => {
  expect(openingWords(at(opening), at(now), zone, 'zh')).toBe(zh);
  expect(openingWords(at(opening), at(now), zone, 'en')).toBe(en);
});

it('says nothing where no opening is known', () => {
  expect(openingWords(undefined, 0, zone, 'zh')).toBe('');
});

it('never names a time before the true one', () => {
  expect(openingWords(at('2026-10-01 09:00') + 1, at('2026-10-01 08:00'), zone, 'zh')).toBe('今天上午9点01分');
});

it('reads the date on the shop’s own clock', () => {
  const now = Date.parse('2026-10-01T03:00:00Z');
  expect(openingWords(now + 8 * 36e5, now, 'America/New_York', 'en')).toBe('tomorrow 07:00');
  expect(openingWords(now + 8 * 36e5, now, zone, 'en')).toBe('today 19:00');
});
