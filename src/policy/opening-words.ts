/** When a person answers, in the words that a shop would use: 今晚7点, 明早9点, 今天下午1点半, 10月8日上午9点. */
import type { Instant } from '../conversation.js';
import { type ClockReading, type DayNumber, dayAt, dayMs, readingAt } from './schedule-zone.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** A month and a day alone are read as the next such day, so long as that is not almost a year away. */
const yearFromDays = 300;

/**
 * Words for a coming opening as seen at `now` in the shop's zone. Chinese: 今天上午9点, 今晚7点, 明早9点, 明天下午1点半, 后天上午9点,
 * within the week 本周六上午9点 and 下周一上午9点 (weeks begin on Monday), further on 10月8日上午9点, almost a year away with the
 * year. English: `today 09:00`, `tomorrow 09:00`, `8 Oct 09:00`, `4 Jan 2027 09:00`. Empty where no opening is known.
 */
export function openingWords(opening: Instant | undefined, now: Instant, timeZone: string, language: 'zh' | 'en'): string {
  if (opening === undefined) return '';
  const at = readingAt(timeZone, opening);
  const today = dayAt(timeZone, now);
  return language === 'zh' ? chinese(at, today) : english(at, today);
}

function chinese(at: ClockReading, today: DayNumber): string {
  const [hour = 0, minute = 0] = at.clock.split(':').map(Number);
  // Midnight belongs to the evening before: 今晚12点, not 明天0点.
  if (hour === 0 && minute === 0 && at.day - today === 1) return '今晚12点';
  if (hour === 0 && minute === 0 && at.day - today === 2) return '明晚12点';
  const clock = `${hour > 12 ? hour - 12 : hour}点${minute === 0 ? '' : minute === 30 ? '半' : `${String(minute).padStart(2, '0')}分`}`;
  const part = partOfDay(hour);
  const ahead = at.day - today;
  // 今早 would sound like the morning that has passed, above all after midnight.
  if (ahead <= 0) return part === '晚上' ? `今晚${clock}` : `今天${part}${clock}`;
  if (ahead === 1 && part === '晚上') return `明晚${clock}`;
  if (ahead === 1 && hour >= 5 && hour < 10) return `明早${clock}`;
  return `${chineseDay(at, today)}${part}${clock}`;
}

/** Of 24 hours, as it is said of a shop's hours. */
function partOfDay(hour: number): string {
  if (hour < 5) return '凌晨';
  if (hour < 9) return '早上';
  if (hour < 12) return '上午';
  if (hour < 13) return '中午';
  return hour < 18 ? '下午' : '晚上';
}

function chineseDay(at: ClockReading, today: DayNumber): string {
  const ahead = at.day - today;
  if (ahead === 1) return '明天';
  if (ahead === 2) return '后天';
  if (ahead < 7) return `${mondayOf(at.day) === mondayOf(today) ? '本周' : '下周'}${'一二三四五六日'[weekdayOf(at.day)]}`;
  return `${ahead < yearFromDays ? '' : `${at.year}年`}${at.month}月${at.dayOfMonth}日`;
}

/** 0 is Monday; day 0, 1970-01-01, was a Thursday. */
function weekdayOf(day: DayNumber): number {
  return (((day + 3) % 7) + 7) % 7;
}

function mondayOf(day: DayNumber): DayNumber {
  return day - weekdayOf(day);
}

function english(at: ClockReading, today: DayNumber): string {
  if (at.day <= today) return `today ${at.clock}`;
  if (at.day - today === 1) return `tomorrow ${at.clock}`;
  const isThisYear = at.year === new Date(today * dayMs).getUTCFullYear();
  return `${at.dayOfMonth} ${months[at.month - 1]} ${isThisYear ? '' : `${at.year} `}${at.clock}`;
}
