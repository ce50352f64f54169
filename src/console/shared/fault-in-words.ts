/** What the service finds wrong, in one line in the language of the page: by its code, not by its English. */
import { faultWords } from '../../fault-words.js';
import type { Fault } from './api.js';
import type { Language } from './words.js';

export type Told = Omit<Fault, 'field'>;

export function faultInWords(fault: Told, language: Language): string {
  const { problem, mend } = faultWords(fault, language);
  const both = [problem, mend]
    .filter((one) => one !== '')
    .map((one) => (language === 'zh' ? one : one.charAt(0).toUpperCase() + one.slice(1)));
  return both.join(language === 'zh' ? '。' : '. ').replace(/\.\.$/, '.');
}
