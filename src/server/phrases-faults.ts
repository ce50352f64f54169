/** All that is wrong with phrases that somebody sends, at once: what the schema refuses, and beside it what their words come to. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FieldFault } from '../connectors/connector.js';
import type { Instant } from '../conversation.js';
import { codedFault } from '../fault-words.js';
import type { PhraseShop } from '../phrases/assess.js';
import { unknownValues } from '../phrases/variables.js';
import { judgeWords, tidy } from '../phrases/words.js';
import { InvalidRequest, invalidOf } from './errors-to-problems.js';

/** A phrase or a change of one as it was sent, right or wrong. */
export interface SentWords {
  readonly words: unknown;
  /** What its fields are called in the body: `operations[2].change.`; empty: the body is the phrase. */
  readonly at: string;
}

/** @throws InvalidRequest with the faults of the schema, `more`, and those of the words in fields that these leave alone */
export function mustBeSound(
  request: FastifyRequest,
  sent: readonly SentWords[],
  shop: PhraseShop,
  now: Instant,
  more: readonly FieldFault[] = [],
): void {
  const told = [...invalidOf(request), ...more];
  const isTold = (field: string) => told.some((one) => one.field === field);
  const ofWords = sent.flatMap(({ words, at }) =>
    faultsOfWords(words, shop, now).map((fault) => ({ ...fault, field: at + fault.field })),
  );
  const faults = [...told, ...ofWords.filter(({ field }) => !isTold(field))];
  if (faults.length > 0) throw new InvalidRequest(faults);
}

/** What was not sent, or is of another kind, is judged as if it were right: the schema tells of it. */
function faultsOfWords(sent: unknown, shop: PhraseShop, now: Instant): readonly FieldFault[] {
  if (typeof sent !== 'object' || sent === null) return [];
  const fields = sent as Readonly<Record<string, unknown>>;
  const isSent = (name: string) => typeof fields[name] === 'string';
  const words = (name: string, right: string) => (isSent(name) ? String(fields[name]) : right);
  const moment = (name: string) => (isSent(name) ? Date.parse(String(fields[name])) : Number.NaN);
  const [validFrom, validTo] = [moment('validFrom'), moment('validTo')];
  const { faults } = judgeWords(
    tidy({
      code: words('code', 'x'),
      title: words('title', 'x'),
      text: words('text', 'x'),
      group: words('group', ''),
      enabled: true,
      ...(!Number.isNaN(validFrom) && !Number.isNaN(validTo) && { validFrom, validTo }),
    }),
    shop,
    now,
  );
  return faults.filter(({ field }) => isSent(field)).map(({ kind: _, ...fault }) => fault);
}

/** @throws InvalidRequest for values under names that nobody knows: they would be lost without a word */
export function mustKnowValues(values: Readonly<Record<string, unknown>> | undefined, shop: PhraseShop): void {
  const unknown = unknownValues(Object.keys(values ?? {}), shop.parameters);
  if (unknown.length === 0) return;
  throw new InvalidRequest(
    unknown.map(({ name, meant }) => ({
      field: `values.${name}`,
      ...(meant === undefined ? codedFault('no_variable') : codedFault('no_variable', { near: meant }, 'did_you_mean')),
    })),
  );
}

/** Whose a phrase is to be; the rest of it may be anything. */
export const whoseSchema = z.looseObject({
  scope: z.enum(['shop', 'agent']).optional(),
  agent: z.string().min(1).max(128).optional(),
});

/** Of many at once, right or wrong. */
export function sentIn(body: unknown): readonly SentWords[] {
  const { operations } = (body ?? {}) as { readonly operations?: unknown };
  if (!Array.isArray(operations)) return [];
  return operations.flatMap((one: unknown, at): readonly SentWords[] => {
    const { phrase, change } = (one ?? {}) as { readonly phrase?: unknown; readonly change?: unknown };
    return [
      { words: phrase, at: `operations[${at}].phrase.` },
      { words: change, at: `operations[${at}].change.` },
    ].filter(({ words }) => words !== undefined);
  });
}

export function textOf({ words }: SentWords): readonly string[] {
  const { text } = (words ?? {}) as { readonly text?: unknown };
  return typeof text === 'string' ? [text] : [];
}
