/** What the rules found, in the language of the page. Pure. */
import type { Language } from '../../reasons.js';
import type { Finding } from './wire.js';

/** Why, and what else is to be known, in the language of the page; a finding from before has Chinese alone. */
export function findingWords({ because, note, english }: Finding, language: Language): string {
  if (language === 'zh' || english === undefined) return note === undefined ? because : `${because}（${note}）`;
  return english.note === undefined ? english.because : `${english.because} (${english.note})`;
}
