/** A value of the settings in one line, as an owner reads it. */
import type { Language } from '../shared/words.js';
import { isRecord, type Path } from './content.js';
import { nameOf } from './parameter-words.js';

interface Sayings {
  readonly nothing: string;
  readonly yes: string;
  readonly no: string;
  readonly emptyList: string;
}

/** @param path to the parameter: what stands within it is called as its own fields are */
export function valueWords(value: unknown, say: Sayings, path: Path, language: Language): string {
  if (value === undefined) return say.nothing;
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  if (Array.isArray(value))
    return value.length === 0
      ? say.emptyList
      : value.map((one, at) => valueWords(one, say, [...path, at], language)).join(value.some(isRecord) ? '; ' : '、');
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, one]) => {
        const inner = [...path, key];
        return `${nameOf(inner, language)}${language === 'zh' ? '：' : ': '}${valueWords(one, say, inner, language)}`;
      })
      .join(language === 'zh' ? '，' : ', ');
  return String(value);
}
