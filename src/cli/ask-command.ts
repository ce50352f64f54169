/** `zaima ask`: what was asked of the whole story (flow/ask.ts), printed for people. */
import type { Answer, Evidence, Understanding } from '../conversation.js';
import { type Language, reasonWords } from '../reasons.js';
import type { Shop } from '../shop/shop.js';

const headings = {
  zh: {
    understood: '听懂',
    nothing: '没有听懂',
    slots: '要素',
    runnerUp: '其次',
    nearest: '最接近',
    margin: '领先',
    examples: '例句里这样说（没有模式找到它）',
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
    nearest: 'nearest',
    margin: 'margin',
    examples: 'said so in the examples (no pattern found it)',
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

/** What stands in place of a pattern where examples speak. */
const exampleRule = 'n-grams';

/**
 * What was understood, on which words, and what came next to it.
 * @param titleOf an intent by its id; undefined: it has none
 */
export function understandingLines(
  { intents, runnerUp, margin, slots }: Understanding,
  titleOf: (id: string) => string | undefined,
  language: Language,
): readonly string[] {
  const words = headings[language];
  const lines: string[] = [];
  if (intents.length === 0) lines.push(words.nothing);
  for (const { id, confidence, ask, by, evidence } of intents) {
    const title = titleOf(id);
    const named = title === undefined ? id : `${title} (${id})`;
    const why = whyWords(evidence, language);
    lines.push(`${words.understood}: ${named} ${confidence.toFixed(2)} · ${ask} · ${by}${why === '' ? '' : ` · ${why}`}`);
  }
  if (runnerUp !== undefined) {
    const [told, lead] = intents.length === 0 ? [words.nearest, ''] : [words.runnerUp, ` · ${words.margin} ${margin.toFixed(2)}`];
    lines.push(`${told}: ${runnerUp.id} ${runnerUp.confidence.toFixed(2)}${lead}`);
  }
  if (Object.keys(slots).length > 0) lines.push(`${words.slots}: ${JSON.stringify(slots)}`);
  return lines;
}

/** The buyer's words and what found them: the pattern as it is written, or that the examples speak so. */
function whyWords(evidence: readonly Evidence[], language: Language): string {
  const patterns = evidence.filter(({ rule }) => rule !== exampleRule).map(({ words, rule }) => `“${words}” ← ${rule}`);
  const spoken = evidence.filter(({ rule }) => rule === exampleRule).map(({ words }) => `“${words}”`);
  return [...patterns, ...(spoken.length === 0 ? [] : [`${spoken.join(' ')} ← ${headings[language].examples}`])].join(', ');
}

/** The Answer as lines for people: what was understood and on which words, the decision and why, each reply with its counter. */
export function answerLines(answered: Answer, shop: Shop, language: Language): readonly string[] {
  const words = headings[language];
  const lines = [...understandingLines(answered.understanding, (id) => shop.intents.get(id)?.title[language], language)];
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
