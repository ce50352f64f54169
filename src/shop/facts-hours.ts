/** The hours of the week in words: 每天09:00-23:00, 周一至周五09:00-18:00，周六、周日休息. */
import { type Hours, weekdays } from './parameters.js';

const dayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;
/** More groups of days than these nobody reads in a chat. */
const mostGroups = 4;

/** Undefined where every day is closed, or where days differ too much to be told in one line. */
export function weekWords(weekly: Hours['weekly']): string | undefined {
  const groups: { words: string; days: number[] }[] = [];
  for (const [day, name] of weekdays.entries()) {
    const words = dayWords(weekly[name]);
    const group = groups.find((one) => one.words === words);
    if (group === undefined) groups.push({ words, days: [day] });
    else group.days.push(day);
  }
  if (groups.length > mostGroups || groups.every(({ words }) => words === closed)) return undefined;
  if (groups.length === 1) return `每天${groups[0]!.words}`;
  return groups.map(({ words, days }) => `${daysWords(days)}${words}`).join('，');
}

const closed = '休息';

function dayWords(ranges: readonly string[]): string {
  if (ranges.length === 0) return closed;
  return ranges.map(rangeWords).join('、');
}

/** 18:00-02:00 ends on the next day. */
function rangeWords(range: string): string {
  const [from = '', to = ''] = range.split('-');
  if (from === '00:00' && (to === '24:00' || to === '00:00')) return '全天';
  return to <= from ? `${from}-次日${to}` : range;
}

/** 周一至周四; 周六、周日; 周一、周三. */
function daysWords(days: readonly number[]): string {
  const first = days[0]!;
  const isRun = days.every((day, at) => day === first + at);
  if (isRun && days.length > 2) return `${dayNames[first]}至${dayNames[days.at(-1)!]}`;
  return days.map((day) => dayNames[day]).join('、');
}
