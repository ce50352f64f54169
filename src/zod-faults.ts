/**
 * What a zod schema finds wrong, in words that an owner or a caller can act on: the problem and the way to mend it.
 * A message written into a schema (`z.string().regex(…, 'write a time as HH:MM')`) is taken as the mend, since its author
 * knows best; for everything else the sentence is made from the issue. Values are never repeated, only their kind: the
 * thing that is wrong may be a secret or a buyer's words. Enumerated words are the one exception.
 */
import type { z } from 'zod';
import { nearest } from './composing/nearest.js';
import {
  type CodedFault,
  codedFault,
  type FaultCode,
  type FaultTold,
  type FaultValues,
  mendCodeOf,
  problemCodeOf,
} from './fault-words.js';

export { pathWords } from './path-words.js';

export interface SchemaFault extends FaultTold {
  readonly path: readonly PropertyKey[];
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

/** Before the names of keys that an object needs, so that they are not taken for what the schema's author wrote. */
const needed = 'needs:';

/**
 * In the place of zod's message what an issue itself lacks: for a key that is not known the names of those that are, and for an
 * object that is not there those that it needs.
 */
function knownNames(issue: z.core.$ZodRawIssue): string {
  const shape = (issue.inst?._zod.def as { shape?: Readonly<Record<string, z.core.$ZodType>> } | undefined)?.shape;
  if (shape === undefined) return '';
  if (issue.code === 'unrecognized_keys') return Object.keys(shape).join(' ');
  if (issue.code !== 'invalid_type' || issue.input !== undefined) return '';
  const keys = Object.keys(shape).filter((key) => shape[key]!._zod.optin !== 'optional');
  return keys.length === 0 ? '' : `${needed}${keys.join(' ')}`;
}

function faultsOf(issue: Issue, above: readonly PropertyKey[]): readonly SchemaFault[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const near = nearest(key, issue.message === '' ? [] : issue.message.split(' '));
      const found = near === undefined ? codedFault('unknown_key') : codedFault('unknown_key', { near }, 'did_you_mean');
      return { path: [...path, key], ...found };
    });
  }
  if (issue.code === 'invalid_union') {
    // The branch that takes a value of this kind tells more than "fits none".
    const isOfAnother = (one: z.core.$ZodRawIssue | Issue) =>
      (one.code === 'invalid_type' || one.code === 'invalid_value') && one.path?.length === 0;
    const fitting = issue.errors.find((branch) => !branch.some(isOfAnother));
    if (fitting !== undefined) return fitting.flatMap((one) => faultsOf(one as Issue, path));
    const expected = [...new Set(issue.errors.flat().flatMap((one) => expectedBy(one as Issue)))];
    const isOneOf = issue.errors.flat().some((one) => one.code === 'invalid_value') && typeof issue.input === 'string';
    return [{ path, ...(isOneOf ? codedFault('unknown_choice', { expected }) : wrongKind(expected, issue.input)) }];
  }
  if (issue.message.startsWith(needed)) {
    const keys = issue.message.slice(needed.length).split(' ');
    return [{ path, ...codedFault('missing', { keys }, 'missing_keys') }];
  }
  return [{ path, ...authored(issue, foundBy(issue)) }];
}

/** What the author of the schema wrote is said in place of what is made from the issue. */
function authored(issue: Issue, found: FaultTold): FaultTold {
  const said = issue.code === 'custom' ? customOf(issue) : undefined;
  const code = said === undefined ? found.code : said.code;
  const mendCode = issue.message === '' ? (found.mendCode ?? found.code) : mendCodeOf(issue.message);
  return {
    problem: said?.problem ?? found.problem,
    mend: issue.message || found.mend,
    ...(code !== undefined && { code }),
    // A mend without a code is said as it is written, and not as that of the problem.
    ...(code !== undefined && mendCode !== code && { mendCode: mendCode ?? '' }),
    values: said?.values ?? found.values,
  };
}

/**
 * A refinement may say what is wrong beside how to mend it: `{ params: { problem: 'is missing' } }`; and where the sentence
 * holds values, by which code and values it is said in other languages: `{ params: { problem, code, values } }`.
 */
function customOf(
  issue: Extract<Issue, { code: 'custom' }>,
): { readonly problem: string; readonly code: FaultCode | undefined; readonly values: FaultValues } | undefined {
  const { problem, code, values = {} } = (issue.params ?? {}) as { problem?: unknown; code?: FaultCode; values?: FaultValues };
  return typeof problem === 'string' ? { problem, code: code ?? problemCodeOf(problem), values } : undefined;
}

function expectedBy(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_type') return [kindOfSchema(issue.expected)];
  if (issue.code === 'invalid_value') return [issue.values.map((value) => JSON.stringify(value)).join(', ')];
  return ['another_form'];
}

function foundBy(issue: Issue): FaultTold {
  switch (issue.code) {
    case 'invalid_type':
      return wrongKind([kindOfSchema(issue.expected)], issue.input);
    case 'too_small':
      return bound(issue.origin, issue.input, issue.minimum, issue.inclusive === false ? 'more_than' : 'at_least');
    case 'too_big':
      return bound(issue.origin, issue.input, issue.maximum, issue.inclusive === false ? 'less_than' : 'at_most');
    case 'invalid_value': {
      const known = issue.values.map((value) => JSON.stringify(value) ?? String(value));
      if (issue.input === undefined) return codedFault('missing', { known }, 'missing_word');
      return known.length > 1 ? codedFault('unknown_word', { known }) : codedFault('unknown_word', { known }, 'only_word');
    }
    case 'invalid_format': {
      const mend = mendsOfForms[issue.format];
      return mend === undefined ? codedFault('form', { format: issue.format }) : codedFault('form', {}, mend);
    }
    case 'invalid_key': {
      const inner = issue.issues[0]?.message ?? '';
      // What its author wrote of keys.
      return inner === '' ? codedFault('bad_key') : authored({ ...issue, message: inner }, codedFault('bad_key'));
    }
    default:
      return codedFault('not_allowed');
  }
}

function wrongKind(expected: readonly string[], input: unknown): CodedFault {
  if (input === undefined) return codedFault('missing', { expected });
  // What a query's text was turned into.
  if (Number.isNaN(input)) return codedFault('not_kind', { expected });
  const values = { is: kindOf(input), expected };
  const isText = expected.length === 1 && expected[0] === 'text' && typeof input !== 'object';
  return isText ? codedFault('wrong_kind', values, 'quoted_text') : codedFault('wrong_kind', values);
}

type Bound = 'at_least' | 'more_than' | 'at_most' | 'less_than';

function bound(origin: string, input: unknown, exact: number | bigint, kind: Bound): CodedFault {
  const limit = Number(exact);
  if (typeof input === 'string') {
    return input === ''
      ? codedFault('empty', { bound: kind, limit, unit: limit === 1 ? 'character' : 'characters' })
      : codedFault('length', { has: input.length, bound: kind, limit });
  }
  if (Array.isArray(input)) return codedFault('entries', { has: input.length, bound: kind, limit });
  if (typeof input === 'number') return codedFault('number', { is: input, bound: kind, limit });
  return codedFault('out_of_range', { origin, bound: kind, limit });
}

const mendsOfForms: Readonly<Record<string, 'moment' | 'date' | 'address' | 'form_documented'>> = {
  datetime: 'moment',
  date: 'date',
  url: 'address',
  regex: 'form_documented',
};

/** As `faultTerms` calls it; other kinds by their own names. */
function kindOfSchema(expected: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    number: 'number',
    int: 'whole_number',
    boolean: 'boolean',
    object: 'object',
    record: 'object',
    array: 'list',
  };
  return kinds[expected] ?? expected;
}

function kindOf(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'list';
  if (typeof input === 'string') return 'text';
  return typeof input;
}
