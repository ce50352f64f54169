/** What is being written in a phrase: what of it is new, how it meets what somebody else made of it, what is wrong with it. Pure. */
import { longestCode, longestGroup, longestSource, longestTitle } from '../../phrases/lengths.js';
import type { Phrase, PhraseChange } from '../shared/wire.js';

/** The fields of a phrase as a form holds them. */
export interface PhraseFields {
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly group: string;
  /** Id of the user whose own it is; empty: the shop's. */
  readonly agent: string;
  readonly enabled: boolean;
  /** ISO; empty: no limit. */
  readonly validFrom: string;
  readonly validTo: string;
}

export const fieldNames = ['code', 'title', 'text', 'group', 'agent', 'enabled', 'validFrom', 'validTo'] as const;
export type FieldName = (typeof fieldNames)[number];

export const emptyFields: PhraseFields = {
  code: '',
  title: '',
  text: '',
  group: '',
  agent: '',
  enabled: true,
  validFrom: '',
  validTo: '',
};

/** What somebody writes, and what it began from. */
export interface PhraseDraft {
  readonly base: PhraseFields;
  /** Of the phrase that it began from; 0: a new one. */
  readonly revision: number;
  readonly fields: PhraseFields;
}

export function fieldsOf(phrase: Phrase): PhraseFields {
  const { code, title, text, group, agent = '', enabled, validFrom = '', validTo = '' } = phrase;
  return { code, title, text, group, agent, enabled, validFrom, validTo };
}

export function draftOf(phrase: Phrase): PhraseDraft {
  const fields = fieldsOf(phrase);
  return { base: fields, revision: phrase.revision, fields };
}

export function changedFields({ base, fields }: Pick<PhraseDraft, 'base' | 'fields'>): readonly FieldName[] {
  return fieldNames.filter((name) => fields[name] !== base[name]);
}

/** The body of the PATCH: what is new, and nothing else. */
export function changeOf(draft: PhraseDraft): PhraseChange {
  const { fields } = draft;
  const isNew = (name: FieldName) => fields[name] !== draft.base[name];
  return {
    ...(isNew('code') && { code: fields.code }),
    ...(isNew('title') && { title: fields.title }),
    ...(isNew('text') && { text: fields.text }),
    ...(isNew('group') && { group: fields.group }),
    ...(isNew('enabled') && { enabled: fields.enabled }),
    ...(isNew('agent') && ownerIn(fields)),
    ...(isNew('validFrom') && { validFrom: fields.validFrom || null }),
    ...(isNew('validTo') && { validTo: fields.validTo || null }),
  };
}

/** The body of the POST. A title that is left empty is made of the text. */
export function requestOf({ code, title, text, group, agent, enabled, validFrom, validTo }: PhraseFields) {
  return {
    code,
    ...(title.trim() !== '' && { title }),
    text,
    group,
    enabled,
    ...ownerIn({ agent }),
    ...(validFrom !== '' && { validFrom }),
    ...(validTo !== '' && { validTo }),
  };
}

function ownerIn({ agent }: Pick<PhraseFields, 'agent'>) {
  return agent === '' ? { scope: 'shop' as const } : { scope: 'agent' as const, agent };
}

/**
 * The draft on what somebody else made of the phrase meanwhile. What only they changed is taken over; what both changed is
 * for the writer to choose, and stays as it was written until then.
 */
export function onto(
  draft: PhraseDraft,
  theirs: Phrase,
): { readonly draft: PhraseDraft; readonly contested: readonly FieldName[] } {
  const after = fieldsOf(theirs);
  const mine = changedFields(draft);
  const written = Object.fromEntries(mine.map((name) => [name, draft.fields[name]]));
  const contested = mine.filter((name) => after[name] !== draft.base[name] && after[name] !== draft.fields[name]);
  return { draft: { base: after, revision: theirs.revision, fields: { ...after, ...written } }, contested };
}

/** What is wrong with a field, as far as the page knows without asking. */
export type FieldProblem =
  | { readonly kind: 'empty' | 'blanks' | 'order' }
  | { readonly kind: 'long'; readonly most: number; readonly has: number };

/** @param isNew a new one may go without a title */
export function problemsIn(fields: PhraseFields, isNew: boolean): Partial<Record<FieldName, FieldProblem>> {
  const { code, title, text, group, validFrom, validTo } = fields;
  const long = (typed: string, most: number): FieldProblem | undefined =>
    typed.trim().length > most ? { kind: 'long', most, has: typed.trim().length } : undefined;
  const found: Partial<Record<FieldName, FieldProblem | undefined>> = {
    code: code.trim() === '' ? { kind: 'empty' } : /\s/.test(code.trim()) ? { kind: 'blanks' } : long(code, longestCode),
    title: title.trim() === '' && !isNew ? { kind: 'empty' } : long(title, longestTitle),
    text: text.trim() === '' ? { kind: 'empty' } : long(text, longestSource),
    group: long(group, longestGroup),
    validTo: validFrom !== '' && validTo !== '' && Date.parse(validTo) <= Date.parse(validFrom) ? { kind: 'order' } : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
}

/** Whether what was kept in the browser is a draft: another version may have written it. */
export function isDraft(value: unknown): value is PhraseDraft {
  const isFields = (one: unknown): boolean =>
    typeof one === 'object' &&
    one !== null &&
    fieldNames.every((name) => typeof (one as Record<string, unknown>)[name] === typeof emptyFields[name]);
  const { base, fields, revision } = (value ?? {}) as Partial<PhraseDraft>;
  return isFields(base) && isFields(fields) && typeof revision === 'number';
}
