/** Which field a parameter gets, from its schema. */
import type { ParameterSchema } from './parameter-words.js';

export interface Option {
  readonly value: string;
  readonly words: string;
}

export type FieldKind =
  | 'choice'
  | 'switch'
  | 'yes_no'
  | 'number'
  /** Pieces, or in a word what is known of them. */
  | 'stock'
  | 'date'
  | 'text'
  | 'ticks'
  | 'list'
  | 'numbers'
  | 'rows'
  | 'group'
  | 'pairs';

export function kindOf({ type, enum: own, items, format, properties, anyOf, default: standard }: ParameterSchema): FieldKind {
  if (anyOf?.some(isCount) === true && anyOf.some((one) => one.enum !== undefined)) return 'stock';
  if (own !== undefined) return 'choice';
  if (type === 'boolean') return standard === undefined ? 'yes_no' : 'switch';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'array') {
    if (items?.properties !== undefined) return 'rows';
    if (items?.enum !== undefined) return 'ticks';
    return items?.type === 'number' || items?.type === 'integer' ? 'numbers' : 'list';
  }
  if (type === 'object') return properties === undefined ? 'pairs' : 'group';
  return format === 'date' ? 'date' : 'text';
}

function isCount({ type }: ParameterSchema): boolean {
  return type === 'integer';
}

export function optionsOf({ choices, enum: own, items }: ParameterSchema, lang: 'zh' | 'en'): readonly Option[] {
  return (own ?? items?.enum ?? []).map((value) => ({ value, words: choices?.[value]?.[lang] ?? value }));
}
