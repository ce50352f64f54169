/** A value of the settings in one line, as an owner reads it. */
import { isRecord } from './content.js';

interface Sayings {
  readonly nothing: string;
  readonly yes: string;
  readonly no: string;
}

export function valueWords(value: unknown, say: Sayings): string {
  if (value === undefined) return say.nothing;
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : value.map((one) => valueWords(one, say)).join(value.some(isRecord) ? '; ' : '、');
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, one]) => `${key}: ${valueWords(one, say)}`)
      .join(', ');
  return String(value);
}
