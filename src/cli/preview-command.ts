/** `zaima preview`: what the shop would do at any moment, printed for people. */
import type { Preview } from '../flow/preview.js';
import { type Language, reasonWords } from '../reasons.js';
import type { Shop } from '../shop/shop.js';
import { answerLines } from './ask-command.js';

const headings = {
  zh: {
    moment: '时刻',
    onDuty: '客服在线',
    offDuty: '非工作时间',
    because: '因为',
    rule: '依据',
    closed: '全天休息',
    away: '客服已设为离开，从',
    until: '到',
    opening: '下次上班',
    unknown: '未知',
    changes: '此后变化',
    comes: '上班',
    leaves: '下班',
    none: '无',
    stepIn: '无人回复时，机器人会发',
    provisional: '（放假安排未公布，暂定）',
  },
  en: {
    moment: 'moment',
    onDuty: 'agents are on duty',
    offDuty: 'off duty',
    because: 'because',
    rule: 'rule',
    closed: 'closed all day',
    away: 'the shop is switched to away since',
    until: 'until',
    opening: 'next opening',
    unknown: 'not known',
    changes: 'changes',
    comes: 'on duty',
    leaves: 'off duty',
    none: 'none',
    stepIn: 'when no agent answers, the bot sends',
    provisional: ' (holidays not announced: provisional)',
  },
};
const rules = {
  zh: { week: '每周时间', exception: '特别日期', holiday: '法定节假日', make_up: '调休上班', away: '暂离开关' },
  en: { week: 'weekly hours', exception: 'exception', holiday: 'holiday', make_up: 'make-up workday', away: 'away switch' },
};

/** The preview as lines; all moments on the shop's own clock. */
export function previewLines(preview: Preview, shop: Shop, language: Language): readonly string[] {
  const words = headings[language];
  const clock = clockOf(shop.parameters.timeZone, language);
  const { duty, rule, away, changes } = preview;
  const hours = rule.ranges.length === 0 ? words.closed : rule.ranges.join(', ');
  const lines = [
    `${words.moment}: ${clock(preview.at)} (${shop.parameters.timeZone})`,
    `${duty.onDuty ? words.onDuty : words.offDuty}${duty.provisional ? words.provisional : ''}`,
    `${words.because}: ${reasonWords(duty.because, language)}`,
    `${words.rule}: ${rules[language][rule.by]} (${rule.by}) ${rule.date}${rule.name === undefined ? '' : ` ${rule.name}`} ${hours}`,
  ];
  if (away !== undefined)
    lines.push(`${words.away} ${clock(away.since)}${away.until === undefined ? '' : ` ${words.until} ${clock(away.until)}`}`);
  if (!duty.onDuty)
    lines.push(
      `${words.opening}: ${duty.nextOpening === undefined ? words.unknown : `${clock(duty.nextOpening)} “${preview.openingWords}”`}`,
    );
  lines.push(`${words.changes}:${changes.length === 0 ? ` ${words.none}` : ''}`);
  for (const change of changes) lines.push(`  ${clock(change.at)} ${change.onDuty ? words.comes : words.leaves}`);
  if (preview.answer !== undefined) lines.push('', ...answerLines(preview.answer, shop, language));
  if (preview.stepIn !== undefined) {
    lines.push('', `${words.stepIn}:`);
    for (const reply of preview.stepIn.replies) lines.push(`  ${reply.text}`);
  }
  return lines;
}

/** `2026-10-01 周四 23:10`. */
function clockOf(timeZone: string, language: Language): (at: number) => string {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const weekday = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en', { timeZone, weekday: 'short' });
  const time = new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (at) => `${date.format(at)} ${weekday.format(at)} ${time.format(at)}`;
}
