/** What a phrase must be like: code, title, text, group, time of validity; as typed by people and as files bring it. */
import type { Instant } from '../conversation.js';
import { codedFault, type FaultTold } from '../fault-words.js';
import type { PhraseWords } from '../storage/phrases.js';
import { type Assessed, assess, type PhraseShop } from './assess.js';
import { longestCode, longestGroup, longestSource, longestTitle } from './lengths.js';

/** In one shop, those of all agents together. */
export const mostPhrases = 5000;

export interface WordFault extends FaultTold {
  readonly field: string;
  /** For files: what kind of fault. */
  readonly kind: 'code' | 'title' | 'group' | 'too_long' | 'text' | 'time';
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
    faults.push({ field: 'code', kind: 'code', ...codedFault('phrase_code', { most: longestCode }) });
  }
  if (words.title === '' || words.title.length > longestTitle || control.test(words.title)) {
    faults.push({ field: 'title', kind: 'title', ...codedFault('phrase_title', { most: longestTitle }) });
  }
  if (words.group.length > longestGroup || control.test(words.group)) {
    faults.push({ field: 'group', kind: 'group', ...codedFault('phrase_group', { most: longestGroup }) });
  }
  if (words.validFrom !== undefined && words.validTo !== undefined && words.validTo <= words.validFrom) {
    faults.push({ field: 'validTo', kind: 'time', ...codedFault('phrase_ends_first') });
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
  const fault = (kind: WordFault['kind'], told: FaultTold): WordFault => ({ field, kind, ...told });
  if (text === '') return { faults: [fault('text', codedFault('phrase_empty'))] };
  if (text.length > longestSource)
    return { faults: [fault('too_long', codedFault('phrase_source_long', { has: text.length, most: longestSource }))] };
  // Line breaks are fine: agents send several lines.
  if (control.test(text.replaceAll('\n', ' '))) {
    return { faults: [fault('text', codedFault('phrase_control'))] };
  }
  const assessed = assess(text, shop, now);
  if (!('verdict' in assessed)) {
    return { faults: assessed.map((told) => fault('text', { ...told, problem: `cannot be read: ${told.problem}` })) };
  }
  const most = longestText(shop);
  if (assessed.characters > most) {
    return { faults: [fault('too_long', codedFault('phrase_long', { has: assessed.characters, most }))] };
  }
  return { assessed, faults: [] };
}

/** Whether an agent may put it into a conversation now. */
export function isUsable({ enabled, validFrom, validTo }: PhraseWords, now: Instant): boolean {
  return enabled && (validFrom === undefined || validFrom <= now) && (validTo === undefined || now < validTo);
}
