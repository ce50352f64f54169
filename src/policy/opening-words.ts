/** When a person answers, in the words of a reply: 明天09:00. */
import type { Instant } from '../conversation.js';
import { dayAt, dayMs, readingAt } from './schedule-zone.js';

const days = { zh: ['今天', '明天', '后天'], en: ['today ', 'tomorrow '] } as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/**
 * Words for a coming opening as seen at `now` in the shop's zone: 今天09:00, 明天09:00, 后天09:00, 10月8日09:00,
 * 2027年1月4日09:00; `today 09:00`, `tomorrow 09:00`, `8 Oct 09:00`, `4 Jan 2027 09:00`. Empty where no opening is known.
 */
export function openingWords(opening: Instant | undefined, now: Instant, timeZone: string, language: 'zh' | 'en'): string {
  if (opening === undefined) return '';
  const at = readingAt(timeZone, opening);
  const today = dayAt(timeZone, now);
  const near = days[language][at.day - today];
  if (near !== undefined) return `${near}${at.clock}`;
  const isThisYear = at.year === new Date(today * dayMs).getUTCFullYear();
  if (language === 'zh') return `${isThisYear ? '' : `${at.year}年`}${at.month}月${at.dayOfMonth}日${at.clock}`;
  return `${at.dayOfMonth} ${months[at.month - 1]} ${isThisYear ? '' : `${at.year} `}${at.clock}`;
}
