/** `zaima ask`: what was asked of the whole story (flow/ask.ts), printed for people. */
import type { Answer } from '../conversation.js';
import { type Language, reasonWords } from '../reasons.js';
import type { Shop } from '../shop/shop.js';

const headings = {
  zh: {
    understood: '听懂',
    nothing: '没有听懂',
    slots: '要素',
    runnerUp: '其次',
    action: '决定',
    because: '因为',
    reply: '回复',
    none: '不发送任何内容',
    finding: '规则',
    open: '留给人工',
  },
  en: {
    understood: 'understood',
    nothing: 'not understood',
    slots: 'slots',
    runnerUp: 'runner-up',
    action: 'decision',
    because: 'because',
    reply: 'reply',
    none: 'nothing is sent',
    finding: 'rule',
    open: 'left to a person',
  },
};
const actions = {
  zh: { auto: '自动回复', draft: '给客服草稿', handoff: '转人工', silent: '不回复' },
  en: { auto: 'answered automatically', draft: 'draft for the agent', handoff: 'handed to a person', silent: 'silent' },
};

/** The Answer as lines for people: what was understood and on which words, the decision and why, each reply with its counter. */
export function answerLines(answered: Answer, shop: Shop, language: Language): readonly string[] {
  const words = headings[language];
  const { understanding } = answered;
  const lines: string[] = [];
  if (understanding.intents.length === 0) lines.push(`${words.nothing}`);
  for (const intent of understanding.intents) {
    const title = shop.intents.get(intent.id)?.title[language] ?? intent.id;
    const evidence = intent.evidence.map((one) => `“${one.words}” ← ${one.rule}`).join(', ');
    lines.push(
      `${words.understood}: ${title} (${intent.id}) ${intent.confidence.toFixed(2)} · ${intent.ask} · ${intent.by}${evidence === '' ? '' : ` · ${evidence}`}`,
    );
  }
  if (understanding.runnerUp !== undefined)
    lines.push(`${words.runnerUp}: ${understanding.runnerUp.id} ${understanding.runnerUp.confidence.toFixed(2)}`);
  if (Object.keys(understanding.slots).length > 0) lines.push(`${words.slots}: ${JSON.stringify(understanding.slots)}`);
  lines.push(`${words.action}: ${actions[language][answered.action]} (${answered.action})`);
  lines.push(
    `${words.because}: ${answered.because.map((one) => reasonWords(one, language)).join(language === 'zh' ? '；' : '; ')}`,
  );
  if (answered.open.length > 0) lines.push(`${words.open}: ${answered.open.join(', ')}`);
  if (answered.replies.length === 0) lines.push(words.none);
  for (const reply of answered.replies) {
    const limit = reply.delivery === 'send' ? shop.parameters.bot.replyCharacters : shop.parameters.bot.draftCharacters;
    lines.push(`${words.reply} [${reply.characters}/${limit}] ${reply.kind} · ${reply.template}`, `  ${reply.text}`);
    for (const finding of reply.findings)
      lines.push(
        `  ${words.finding} ${finding.rule} (${finding.severity} ${finding.points}): ${finding.words} → ${finding.wording}`,
      );
  }
  return lines;
}
