/** `zaima ask`: one question through the whole story, printed for people. */
import type { Answer, Conversation } from '../conversation.js';
import { emptyMemory } from '../conversation.js';
import { answer } from '../flow/answer.js';
import { type Language, reasonWords } from '../reasons.js';
import type { Shop } from '../shop/shop.js';
import type { Away } from '../storage/storage.js';

export interface Question {
  readonly text: string;
  /** Earlier messages of the same buyer, oldest first. */
  readonly after: readonly string[];
  readonly now: number;
  readonly away: Away | undefined;
  readonly itemId?: string;
}

/** Plays the earlier messages and the question one after the other; returns the last Answer. */
export function askShop(question: Question, shop: Shop): Answer {
  const product = shop.parameters.products.find((one) => one.id === question.itemId);
  const item = product === undefined ? undefined : { id: product.id, title: product.title, priceYuan: product.priceYuan };
  let conversation: Conversation = {
    shop: shop.id,
    id: 'ask',
    connector: 'cli',
    buyer: { id: 'buyer' },
    version: 0,
    memory: emptyMemory,
  };
  let last: Answer | undefined;
  [...question.after, question.text].forEach((text, index) => {
    const message = {
      shop: shop.id,
      connector: 'cli',
      id: String(index + 1),
      conversation: 'ask',
      buyer: { id: 'buyer' },
      author: 'buyer',
      type: 'text',
      text,
      sentAt: question.now,
      receivedAt: question.now,
      ...(item === undefined ? {} : { item }),
    } as const;
    const done = answer({ conversation, messages: [message] }, shop, {
      now: question.now,
      away: question.away,
      id: `ask_${index + 1}`,
    });
    conversation = { ...conversation, version: conversation.version + 1, memory: done.change.memory };
    last = done.answer;
  });
  return last!;
}

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
