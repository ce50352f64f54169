/**
 * Every `because` in words, Chinese and English. Stages name a code and its values (conversation.ts Reason); only this
 * table knows sentences, so that pages, CLI and API can say the same thing in the reader's language.
 */
import type { Reason } from './conversation.js';

export type Language = 'zh' | 'en';

export const sentences = {
  on_duty: { zh: '客服在线，给客服草稿', en: 'agents are on duty: drafts only' },
  off_duty: { zh: '非工作时间，{opening} 有人回复', en: 'off duty, a person answers {opening}' },
} satisfies Record<string, { zh: string; en: string }>;

export type ReasonCode = keyof typeof sentences;

/** A reason as a value. The code must stand in the table above. */
export function reason(code: ReasonCode, values?: Readonly<Record<string, string | number>>): Reason {
  return values === undefined ? { code } : { code, values };
}

/** One reason as a sentence; an unknown code (an Answer stored by a later version) is shown as it is. */
export function reasonWords(because: Reason, language: Language): string {
  const sentence: string = (sentences as Record<string, { zh: string; en: string }>)[because.code]?.[language] ?? because.code;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(because.values?.[name] ?? ''));
}

/** All reasons as one line. */
export function becauseWords(because: readonly Reason[], language: Language): string {
  return because.map((one) => reasonWords(one, language)).join(language === 'zh' ? '；' : '; ');
}
