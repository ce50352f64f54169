import { expect, it } from 'vitest';
import { openingWords } from '../../src/policy/opening-words.js';

const zone = 'Asia/Shanghai';
const at = (moment: string) => Date.parse(`${moment.replace(' ', 'T')}:00+08:00`);

it.each([
  ['2026-10-01 09:00', '2026-10-01 00:01', '今天09:00', 'today 09:00'],
  ['2026-10-01 09:00', '2026-09-30 23:59', '明天09:00', 'tomorrow 09:00'],
  ['2026-10-02 09:00', '2026-09-30 23:59', '后天09:00', '2 Oct 09:00'],
  ['2026-10-08 09:00', '2026-10-01 23:10', '10月8日09:00', '8 Oct 09:00'],
  ['2027-01-01 08:30', '2026-12-31 20:00', '明天08:30', 'tomorrow 08:30'],
  ['2027-01-04 08:30', '2026-12-31 20:00', '2027年1月4日08:30', '4 Jan 2027 08:30'],
  ['2026-10-02 00:00', '2026-10-01 23:10', '明天00:00', 'tomorrow 00:00'],
])('%s seen at %s is %s', (opening, now, zh, en) => {
  expect(openingWords(at(opening), at(now), zone, 'zh')).toBe(zh);
  expect(openingWords(at(opening), at(now), zone, 'en')).toBe(en);
});

it('says nothing where no opening is known', () => {
  expect(openingWords(undefined, 0, zone, 'zh')).toBe('');
});

it('never names a time before the true one', () => {
  expect(openingWords(at('2026-10-01 09:00') + 1, at('2026-10-01 08:00'), zone, 'zh')).toBe('今天09:01');
});

it('reads the date on the shop’s own clock', () => {
  const now = Date.parse('2026-10-01T03:00:00Z');
  expect(openingWords(now + 8 * 36e5, now, 'America/New_York', 'en')).toBe('tomorrow 07:00');
  expect(openingWords(now + 8 * 36e5, now, zone, 'en')).toBe('today 19:00');
});
