/**
 * Days that buyers name, relative to today: 明天, 下周三, 25号, 十一月三号, 月底, 元旦前. Days that are over (上周三, 周三买的) are no
 * dates to be ready by, and a feast is one only where something is to happen by it or on it.
 */
import { numberOf } from './numbers.js';
import { dayMark, house, writtenDate } from './written-dates.js';

const dayWords: readonly (readonly [RegExp, number])[] = [
  [/大后[天日儿]/, 3],
  [/(?<![然以今产])后(?:[天日]|儿(?![子童女歌]))/, 2],
  [/明[天日早晚]|(?<![透聪])明儿(?![子童女])/, 1],
  [/今[天日晚早]|今儿|当天/, 0],
];
const anyDayWord = /后[天日儿]|明[天日早晚儿]|今[天日早晚儿]|当天/;
const mayTell = /[0-9零〇一二三四五六七八九十][月号日]|周|星期|礼拜|月底|月末|元旦|国庆|五一|圣诞|情人节|双1|双十/;
const numerals = /(?<![零〇一二三四五六七八九十])[零〇一二三四五六七八九十]+(?=月|号|日)/g;
const weekday =
  /(?<![上每0-9到至])(下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天])(?![至、]|到(?:下个?)?(?:周|星期|礼拜|[一二三四五六日天])|.{0,2}(?:买|拍|下的?单|付|订|就该|说))/;
const dayOfWeek = '日一二三四五六';
const feasts: readonly (readonly [RegExp, number, number])[] = [
  [/元旦/, 1, 1],
  [/情人节/, 2, 14],
  [/五一/, 5, 1],
  [/国庆/, 10, 1],
  [/双(?:11|十一)/, 11, 11],
  [/双(?:12|十二)/, 12, 12],
  [/圣诞/, 12, 25],
];
const byThen = /^节?(?:当天|那天|之前|以前|前|能|可以|会|到|收到|发)/;

// 文三路1号, 1号院: a house has no day, nor has a size (37.5号).
const dayOfMonth = new RegExp(`(下个?月)?(?<!(?:${house})(?:\\d{1,4}[\\s—-])?\\d{0,4})(?<![\\d.])(\\d{1,2})${dayMark}`);

/** 今天拍25号能到吗: the day of paying is not the one that is asked for. */
const paidThen = /^(?:就|我|再|早上?|晚上?|上午|中午|下午){0,2}(?:拍|买|付|订|下的?单|发|寄)/;

/**
 * @param folded the folded text
 * @param today YYYY-MM-DD in the shop's zone
 * @param text as it was written
 * @returns YYYY-MM-DD, or undefined where no day is named
 */
export function dateOf(folded: string, today: string, text: string): string | undefined {
  if (!anyDayWord.test(folded)) return calendarDate(folded, today, text);
  for (const [word, days] of dayWords) {
    const found = word.exec(folded);
    if (found === null) continue;
    const after = folded.slice(found.index + found[0].length);
    return (paidThen.test(after) ? calendarDate(after, today, text) : undefined) ?? shifted(today, days);
  }
  return calendarDate(folded, today, text);
}

function calendarDate(folded: string, today: string, written: string): string | undefined {
  const figures = writtenDate(written);
  if (figures === 'none') return undefined;
  if (figures !== undefined) return dayOf(today, figures.year, figures.month, figures.day);
  if (!mayTell.test(folded)) return undefined;
  const text = folded.replace(numerals, (run) => String(numberOf(run) ?? run));
  const named = /(?:(?<!\d)(20\d\d)年 ?)?(?<!\d)(\d{1,2})月(\d{1,2})(?:号|日)?/.exec(text);
  if (named !== null)
    return dayOf(today, named[1] === undefined ? undefined : Number(named[1]), Number(named[2]), Number(named[3]));
  const day = dayOfMonth.exec(text);
  if (day !== null) return day[1] === undefined ? nextDate(today, undefined, Number(day[2])) : inMonth(today, 1, Number(day[2]));
  return weekdayOf(text, today) ?? monthEndOf(text, today) ?? feastOf(folded, today);
}

/** The next such day; of a year that is named that day, unless it is over. */
function dayOf(today: string, year: number | undefined, month: number, day: number): string | undefined {
  if (year === undefined || month < 1 || month > 12) return nextDate(today, month, day);
  const date = new Date(Date.UTC(year, month - 1, day));
  const text = date.toISOString().slice(0, 10);
  return date.getUTCDate() === day && text >= today ? text : undefined;
}

function weekdayOf(text: string, today: string): string | undefined {
  const found = weekday.exec(text);
  if (found === null) return undefined;
  const wanted = found[2] === '天' ? 0 : dayOfWeek.indexOf(found[2]!);
  const now = new Date(`${today}T00:00:00Z`).getUTCDay();
  // Weeks begin on Monday: 下周日 is the last day of the next week.
  const ahead = ((wanted + 6) % 7) - ((now + 6) % 7);
  if (found[1]?.startsWith('下') === true) return shifted(today, ahead + 7);
  return shifted(today, ahead < 0 ? ahead + 7 : ahead);
}

function monthEndOf(text: string, today: string): string | undefined {
  const found = /(下)?(?:个?月底|个?月末)/.exec(text);
  return found === null ? undefined : inMonth(today, found[1] === undefined ? 1 : 2, 0);
}

function feastOf(text: string, today: string): string | undefined {
  for (const [word, month, day] of feasts) {
    const found = word.exec(text);
    if (found !== null && byThen.test(text.slice(found.index + found[0].length))) return nextDate(today, month, day);
  }
  return undefined;
}

// The days from the last today on: to write one out costs more than to find it in the text.
const daysAhead: string[] = [];
let aheadOf = '';

function shifted(today: string, days: number): string {
  if (today !== aheadOf) {
    daysAhead.length = 0;
    aheadOf = today;
  }
  while (daysAhead.length <= days)
    daysAhead.push(new Date(Date.parse(`${today}T00:00:00Z`) + daysAhead.length * 86_400_000).toISOString().slice(0, 10));
  return daysAhead[days]!;
}

/** A day of a month ahead; day 0 is the last of the month before. Undefined where that month has no such day. */
function inMonth(today: string, months: number, day: number): string | undefined {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const date = new Date(Date.UTC(year, month - 1 + months, day));
  return day === 0 || date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}

// The next dates from the last today on, by month (0: any) and day: each is worked out once a day.
let nextDates: (string | undefined)[] = [];
let nextOf = '';

/** The next such date from today on; undefined where no month has it. */
function nextDate(today: string, month: number | undefined, day: number): string | undefined {
  if (day < 1 || day > 31 || (month !== undefined && (month < 1 || month > 12))) return undefined;
  if (today !== nextOf) {
    nextDates = [];
    nextOf = today;
  }
  const key = (month ?? 0) * 32 + day;
  if (!(key in nextDates)) nextDates[key] = nextDateAfter(today, month, day);
  return nextDates[key];
}

function nextDateAfter(today: string, month: number | undefined, day: number): string | undefined {
  const [year, thisMonth] = today.split('-').map(Number) as [number, number];
  for (let ahead = 0; ahead < 14; ahead++) {
    const at = new Date(Date.UTC(year, thisMonth - 1 + ahead, 1));
    if (month !== undefined && at.getUTCMonth() + 1 !== month) continue;
    const date = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), day));
    const text = date.toISOString().slice(0, 10);
    if (date.getUTCDate() === day && text >= today) return text;
  }
  return undefined;
}
