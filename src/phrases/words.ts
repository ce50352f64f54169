/** What a phrase must be like: code, title, text, group, time of validity; as typed by people and as files bring it. */
import type { Instant } from '../conversation.js';
import type { PhraseWords } from '../storage/phrases.js';
import { type Assessed, assess, type PhraseShop } from './assess.js';
import { longestCode, longestGroup, longestSource, longestTitle } from './lengths.js';

/** In one shop, those of all agents together. */
export const mostPhrases = 5000;

export interface WordFault {
  readonly field: string;
  readonly problem: string;
  readonly mend: string;
  /** For files: what kind of fault. */
  readonly code: 'code' | 'title' | 'group' | 'too_long' | 'text' | 'time';
}

const control = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** As it is stored: composed characters, no blanks around, line breaks of one kind. */
export function tidy<Words extends Partial<PhraseWords>>(words: Words): Words {
  const line = (text: string) => text.normalize('NFC').trim();
  return {
    ...words,
    ...(words.code !== undefined && { code: line(words.code) }),
    ...(words.title !== undefined && { title: line(words.title) }),
    ...(words.group !== undefined && { group: line(words.group) }),
    ...(words.text !== undefined && { text: line(words.text.replace(/\r\n?/g, '\n')) }),
  };
}

/**
 * What no two phrases share: the code within the shop's own, or within one agent's. Codes that are typed alike are alike:
 * FH1, fh1 and ｆｈ１.
 */
export function scopedCode({ code, agent = '' }: Pick<PhraseWords, 'code' | 'agent'>): string {
  return `${agent} ${code.normalize('NFKC').toLowerCase()}`;
}

/** Longest text as it goes out, in characters as the platform counts them: that of an agent's draft. */
export function longestText({ parameters }: PhraseShop): number {
  return parameters.bot.draftCharacters;
}

/** All faults of tidied words at once, or what the text comes to. */
export function judgeWords(
  words: PhraseWords,
  shop: PhraseShop,
  now: Instant,
): { readonly assessed?: Assessed; readonly faults: readonly WordFault[] } {
  // The text first: a title made from an empty one is no fault of its own.
  const { assessed, faults: ofText } = judgeText(words.text, shop, now);
  const faults: WordFault[] = [...ofText];
  if (words.code === '' || words.code.length > longestCode || /\s/.test(words.code) || control.test(words.code)) {
    const mend = `write 1 to ${longestCode} characters without blanks, e.g. fh1`;
    faults.push({ field: 'code', problem: 'is no code', mend, code: 'code' });
  }
  if (words.title === '' || words.title.length > longestTitle || control.test(words.title)) {
    const mend = `write 1 to ${longestTitle} characters on one line, e.g. 发货时间`;
    faults.push({ field: 'title', problem: 'is no title', mend, code: 'title' });
  }
  if (words.group.length > longestGroup || control.test(words.group)) {
    const mend = `write at most ${longestGroup} characters on one line, e.g. 物流`;
    faults.push({ field: 'group', problem: 'is no group', mend, code: 'group' });
  }
  if (words.validFrom !== undefined && words.validTo !== undefined && words.validTo <= words.validFrom) {
    faults.push({ field: 'validTo', problem: 'is not after validFrom', mend: 'give a later moment, or none', code: 'time' });
  }
  return { ...(assessed !== undefined && { assessed }), faults };
}

/** @param field what the caller calls the text */
export function judgeText(
  text: string,
  shop: PhraseShop,
  now: Instant,
  field = 'text',
): { readonly assessed?: Assessed; readonly faults: readonly WordFault[] } {
  const fault = (code: WordFault['code'], problem: string, mend: string) => ({ field, problem, mend, code });
  if (text === '') return { faults: [fault('text', 'is empty', 'write what the agent is to say')] };
  if (text.length > longestSource) {
    const mend = `write at most ${longestSource} characters, or make several phrases of it`;
    return { faults: [fault('too_long', `has ${text.length} characters`, mend)] };
  }
  // Line breaks are fine: agents send several lines.
  if (control.test(text.replaceAll('\n', ' '))) {
    return { faults: [fault('text', 'has control characters', 'take them out; line breaks may stay')] };
  }
  const assessed = assess(text, shop, now);
  if (!('verdict' in assessed)) {
    return { faults: assessed.map(({ problem, mend }) => fault('text', `cannot be read: ${problem}`, mend)) };
  }
  const most = longestText(shop);
  if (assessed.characters > most) {
    const mend = `say it in ${most} (bot.draftCharacters), or make several phrases of it`;
    return { faults: [fault('too_long', `comes to ${assessed.characters} characters`, mend)] };
  }
  return { assessed, faults: [] };
}

/** Whether an agent may put it into a conversation now. */
export function isUsable({ enabled, validFrom, validTo }: PhraseWords, now: Instant): boolean {
  return enabled && (validFrom === undefined || validFrom <= now) && (validTo === undefined || now < validTo);
}
