/**
 * What a zod schema finds wrong, in words that an owner or a caller can act on: the problem and the way to mend it.
 * A message written into a schema (`z.string().regex(…, 'write a time as HH:MM')`) is taken as the mend, since its author
 * knows best; for everything else the sentence is made from the issue. Values are never repeated, only their kind: the
 * thing that is wrong may be a secret or a buyer's words. Enumerated words are the one exception.
 */
import type { z } from 'zod';
import { nearest } from './composing/nearest.js';

export { pathWords } from './path-words.js';

export interface SchemaFault {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
  readonly mend: string;
}

/** Checks a value: it comes back typed, or all its faults do, in the order of the schema. */
export function checkValue<T>(
  schema: z.ZodType<T>,
  value: unknown,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly SchemaFault[] } {
  const first = schema.safeParse(value);
  if (first.success) return { ok: true, value: first.data };
  // Again with the inputs and without zod's own messages: only the unhappy path pays for good words.
  const told = schema.safeParse(value, { error: knownNames, reportInput: true });
  return { ok: false, faults: told.success ? [] : told.error.issues.flatMap((issue) => faultsOf(issue, [])) };
}

type Issue = z.core.$ZodIssue;

/** In the place of zod's message for a key that is not known: the names of those that are, which an issue itself lacks. */
function knownNames(issue: z.core.$ZodRawIssue): string {
  const shape = issue.code === 'unrecognized_keys' ? (issue.inst?._zod.def as { shape?: object } | undefined)?.shape : undefined;
  return shape === undefined ? '' : Object.keys(shape).join(' ');
}

function faultsOf(issue: Issue, above: readonly PropertyKey[]): readonly SchemaFault[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const meant = nearest(key, issue.message === '' ? [] : issue.message.split(' '));
      return {
        path: [...path, key],
        problem: 'is not a known key',
        mend: meant === undefined ? 'check its spelling and place, or remove it' : `Did you mean ${meant}?`,
      };
    });
  }
  if (issue.code === 'invalid_union') {
    // The branch that takes a value of this kind tells more than "fits none".
    const isOfAnother = (one: z.core.$ZodRawIssue | Issue) =>
      (one.code === 'invalid_type' || one.code === 'invalid_value') && one.path?.length === 0;
    const fitting = issue.errors.find((branch) => !branch.some(isOfAnother));
    if (fitting !== undefined) return fitting.flatMap((one) => faultsOf(one as Issue, path));
    const expected = [...new Set(issue.errors.flat().map((one) => expectedWords(one as Issue)))].join(' or ');
    const isOneOf = issue.errors.flat().some((one) => one.code === 'invalid_value') && typeof issue.input === 'string';
    return [
      {
        path,
        ...(isOneOf
          ? { problem: 'is none of what may stand here', mend: `write ${expected}` }
          : wrongKind(expected, issue.input)),
      },
    ];
  }
  const words = wordsOf(issue);
  return [{ path, problem: words.problem, mend: issue.message === '' ? words.mend : issue.message }];
}

function expectedWords(issue: Issue): string {
  if (issue.code === 'invalid_type') return kindWords(issue.expected);
  return issue.code === 'invalid_value' ? issue.values.map((value) => JSON.stringify(value)).join(', ') : 'another form';
}

function wordsOf(issue: Issue): { readonly problem: string; readonly mend: string } {
  switch (issue.code) {
    case 'invalid_type':
      return wrongKind(kindWords(issue.expected), issue.input);
    case 'too_small':
      return bound(issue.origin, issue.input, issue.minimum, issue.inclusive ?? true, 'at least', 'more than');
    case 'too_big':
      return bound(issue.origin, issue.input, issue.maximum, issue.inclusive ?? true, 'at most', 'less than');
    case 'invalid_value': {
      const known = issue.values.map((value) => JSON.stringify(value) ?? String(value)).join(', ');
      return issue.input === undefined
        ? { problem: 'is missing', mend: `add it: ${known}` }
        : { problem: 'is none of the known words', mend: `write ${issue.values.length > 1 ? 'one of ' : ''}${known}` };
    }
    case 'invalid_format':
      return { problem: 'has not the right form', mend: formWords[issue.format] ?? `write it as ${issue.format}` };
    case 'invalid_key':
      return { problem: 'has a key that is not allowed', mend: issue.issues[0]?.message || 'rename the key' };
    case 'custom':
      return { problem: customProblem(issue), mend: 'correct it' };
    default:
      return { problem: 'is not allowed', mend: 'correct it' };
  }
}

/** A refinement may say what is wrong beside how to mend it: `{ params: { problem: 'is missing' } }`. */
function customProblem(issue: Extract<Issue, { code: 'custom' }>): string {
  const problem: unknown = issue.params?.problem;
  return typeof problem === 'string' ? problem : 'is not allowed';
}

function wrongKind(expected: string, input: unknown): { problem: string; mend: string } {
  if (input === undefined) return { problem: 'is missing', mend: `add it: ${expected}` };
  // What a query's text was turned into.
  if (Number.isNaN(input)) return { problem: `is not ${expected}`, mend: `write ${expected}` };
  const quotes = expected === 'text' && typeof input !== 'object' ? ', in quotes' : '';
  return { problem: `is ${kindOf(input)}, not ${expected}`, mend: `write ${expected}${quotes}` };
}

function bound(origin: string, input: unknown, limit: number | bigint, inclusive: boolean, within: string, beyond: string) {
  const range = `${inclusive ? within : beyond} ${limit}`;
  if (typeof input === 'string') {
    return input === ''
      ? { problem: 'is empty', mend: `write ${range} character${limit === 1 ? '' : 's'}` }
      : { problem: `is ${input.length} characters long`, mend: `write ${range} characters` };
  }
  if (Array.isArray(input)) return { problem: `has ${input.length} entries`, mend: `give ${range}` };
  if (typeof input === 'number') return { problem: `is ${input}`, mend: `write ${range}` };
  return { problem: `is out of range (${origin})`, mend: `give ${range}` };
}

const formWords: Readonly<Record<string, string>> = {
  datetime: 'write a moment with its offset, e.g. 2026-11-11T20:00:00+08:00',
  date: 'write a date as YYYY-MM-DD',
  url: 'write a full address, e.g. https://shop.example/zaima',
  regex: 'see the documentation of the field',
};

function kindWords(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'an object',
    record: 'an object',
    array: 'a list',
  };
  return words[expected] ?? expected;
}

function kindOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'string') return 'text';
  if (typeof input === 'boolean') return 'true or false';
  return typeof input === 'object' ? 'an object' : `a ${typeof input}`;
}
