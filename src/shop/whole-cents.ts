/**
 * Amounts finer than a cent. New ones are refused; those that an earlier version kept stay as they are, are worked with as
 * whole cents and told, so that nobody must first mend a price who changes the hours.
 */
import { type CodedFault, codedFault } from '../fault-words.js';
import { checkValue, pathWords } from '../zod-faults.js';
import { shopSchema } from './parameters.js';

export interface FineAmount {
  readonly path: readonly PropertyKey[];
  readonly amount: number;
  /** To the nearest cent: what is said. */
  readonly rounded: number;
}

/** All of them in settings, sound or not. */
export function fineAmounts(content: unknown): readonly FineAmount[] {
  const checked = checkValue(shopSchema, content);
  if (checked.ok) return [];
  return checked.faults
    .filter(({ code }) => code === 'finer_than_cent')
    .map(({ path }) => {
      const amount = path.reduce<unknown>((at, step) => (at as Readonly<Record<PropertyKey, unknown>>)[step], content) as number;
      return { path, amount, rounded: Math.round(amount * 100) / 100 };
    });
}

/** Those of settings that somebody wants which stand in the kept ones already, in whatever row of the same list. */
export function keptAmounts(given: unknown, kept: unknown): readonly FineAmount[] {
  const wanted = fineAmounts(given);
  if (wanted.length === 0) return wanted;
  const name = ({ path, amount }: FineAmount) =>
    `${path.map((step) => (typeof step === 'number' ? '[]' : String(step))).join('.')} ${amount}`;
  const known = new Set((given === kept ? wanted : fineAmounts(kept)).map(name));
  return wanted.filter((one) => known.has(name(one)));
}

/** A copy with the amounts in whole cents, or as they were. */
export function withAmounts(content: unknown, amounts: readonly FineAmount[], which: 'rounded' | 'amount'): unknown {
  if (amounts.length === 0) return content;
  const copy = structuredClone(content);
  for (const one of amounts) {
    const holder = one.path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown>)[step], copy);
    (holder as Record<PropertyKey, unknown>)[one.path.at(-1)!] = one[which];
  }
  return copy;
}

/** What is told of one that is kept. */
export function fineHint({ path, rounded }: FineAmount): CodedFault & { readonly path: string } {
  return { path: pathWords(path), ...codedFault('finer_kept', { rounded }) };
}
