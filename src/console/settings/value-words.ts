/** A value of the settings in one line, as an owner reads it. */
import type { Language } from '../shared/words.js';
import { isRecord, type Path } from './content.js';
import { kindOf } from './field-kind.js';
import { type Known, nameOf, parameterAt } from './parameter-words.js';

interface Sayings {
  readonly nothing: string;
  readonly yes: string;
  readonly no: string;
  readonly emptyList: string;
  readonly hours: { readonly closed: string };
  readonly products: { readonly shelf: { readonly states: Readonly<Record<string, string>> } };
}

/** @param path to the parameter: what stands within it is called as its own fields are, and said with its unit */
export function valueWords(value: unknown, say: Sayings, path: Path, language: Language): string {
  if (value === undefined) return say.nothing;
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  const known = parameterAt(path);
  if (Array.isArray(value)) {
    if (value.length === 0) return isHours(known) ? say.hours.closed : say.emptyList;
    const meant = known?.choices;
    if (meant !== undefined) return value.map((one) => meant[String(one)]?.[language] ?? String(one)).join('、');
    return value.map((one, at) => valueWords(one, say, [...path, at], language)).join(value.some(isRecord) ? '; ' : '、');
  }
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, one]) => {
        const inner = [...path, key];
        return `${nameOf(inner, language)}${language === 'zh' ? '：' : ': '}${valueWords(one, say, inner, language)}`;
      })
      .join(language === 'zh' ? '，' : ', ');
  if (typeof value === 'number') return known?.unit === undefined ? String(value) : `${value} ${known.unit[language]}`;
  return wordMeant(String(value), known, say, language);
}

/** One of few words as its field offers it; a moment by its clock; else as it stands. */
function wordMeant(value: string, known: Known | undefined, say: Sayings, language: Language): string {
  if (known === undefined) return value;
  if (known.choices?.[value] !== undefined) return known.choices[value][language];
  if (kindOf(known) === 'stock') return say.products.shelf.states[value] ?? value;
  const [, day, time, zone] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::[\d.]+)?(Z|[+-]\d\d:\d\d)$/.exec(value) ?? [];
  return known.format === 'date-time' && day !== undefined ? `${day} ${time} (${zone === 'Z' ? 'UTC' : zone})` : value;
}

/** Ranges of a day: none is a day off. */
function isHours(known: Known | undefined): boolean {
  return (
    known?.name.startsWith('hours.weekly.') === true || (known?.name.startsWith('hours.') === true && /ranges$/.test(known.name))
  );
}
