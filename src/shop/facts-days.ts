/** How many days the buyer names, and how they stand to a term that the shop has set: 10天前买的, 一个月内能退吗. */
import type { Slots } from '../conversation.js';

/** What is named of days, against a term. */
export const termsAsked = ['none', 'in_term', 'past_term'] as const;

/** Days as they are named, or weeks and months as days. */
export function daysNamed({ days }: Slots, text: string): number | undefined {
  return days ?? weeksOf(text) ?? monthsOf(text);
}

/** @param term in days, as the shop has set it; where it has not, nobody knows on which side of it the days lie */
export function termAsked(term: number | undefined, days: number | undefined): (typeof termsAsked)[number] | undefined {
  if (days === undefined) return 'none';
  if (term === undefined) return undefined;
  return days > term ? 'past_term' : 'in_term';
}

const numbers: Readonly<Record<string, number>> = { 一: 1, 两: 2, 二: 2, 三: 3, 半: 0.5, '1': 1, '2': 2, '3': 3 };
const daysOfMonth = 30;

/** 一个星期 is seven days; 上周三 and 下一周 are none. */
function weeksOf(text: string): number | undefined {
  const weeks = /(?<![上下这本第周])([一两二三123])个?(?:星期|礼拜|周)(?![一二三四五六日天末年岁])/.exec(text);
  return weeks === null ? undefined : 7 * numbers[weeks[1]!]!;
}

/** 半个月, 一个月, 俩月; 三月 is a month of the year. */
function monthsOf(text: string): number | undefined {
  const months = /(?<![上下这本第\d十])([半一两二三123])个月/.exec(text);
  if (months !== null) return daysOfMonth * numbers[months[1]!]!;
  return /(?<![上下这本第])俩月/.test(text) ? 2 * daysOfMonth : undefined;
}
