/** `zaima check-text`: what an agent types, before it goes out. Findings for people, or as HTTP serves them. */
import { judge } from '../compliance/verdict.js';
import type { Finding, Instant } from '../conversation.js';
import { checkTyped } from '../shop/check-typed.js';
import type { Shop } from '../shop/shop.js';

export interface TypedText {
  readonly text: string;
  readonly orderOwner: boolean | undefined;
  /** Id of the product that it is about. */
  readonly item?: string | undefined;
  readonly now: Instant;
}

const verdictWords = { send: '可以发送', warn: '提醒', stop: '不能发送' } as const;
const severityWords = { hint: '提醒', points: '扣分', block: '禁止' } as const;

/** All findings of a text, as the shop's rules see it. */
export function checkText({ text, orderOwner, item, now }: TypedText, shop: Shop): readonly Finding[] {
  return checkTyped(text, shop, { orderOwner, item: item === undefined ? undefined : { id: item, title: item }, now });
}

/** Lines for people: the verdict, then each finding with its place, why, and a wording that keeps the rule. */
export function findingLines(findings: readonly Finding[], shop: Shop): string[] {
  const { verdict, points } = judge(findings);
  const lines = [`${verdictWords[verdict]} (${verdict})${points > 0 ? ` · 扣${points}分` : ''}`];
  for (const { rule, severity, points: own, note, words, start, end, because, wording } of findings) {
    const title = shop.rules.rules.find(({ id }) => id === rule)?.title.zh ?? rule;
    const cost = own > 0 ? `${own}分` : '';
    lines.push(
      `${severityWords[severity]}${cost} ${title} (${rule}) 第${start + 1}-${end}字 “${words}”${note === undefined ? '' : ` · ${note}`}`,
      `  为什么: ${because}`,
      `  可以说: ${wording}`,
    );
  }
  return lines;
}
