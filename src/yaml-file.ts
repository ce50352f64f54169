/** Reads one of the owner's YAML files against a schema: the value, or every fault with its line and the way to mend it. */
import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Fault } from './errors.js';
import { checkValue, pathWords } from './zod-faults.js';

/** `value` is there when `faults` holds no error. */
export interface LoadedYaml<T> {
  readonly value?: T;
  readonly faults: readonly Fault[];
}

/**
 * @param file read as UTF-8; relative to the working directory.
 * @param options.optional a file that is not there counts as empty (`{}`), so that all defaults hold.
 * @param options.shownAs the name used in faults; default: `file`.
 */
export function loadYaml<T>(
  file: string,
  schema: z.ZodType<T>,
  options: { readonly optional?: boolean; readonly shownAs?: string } = {},
): LoadedYaml<T> {
  const shownAs = options.shownAs ?? file;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && options.optional === true) text = '';
    else return { faults: [unreadable(shownAs, error)] };
  }
  return parseYaml(text, schema, shownAs);
}

/** The same for a text that is already in hand. An empty text is an empty object. */
export function parseYaml<T>(text: string, schema: z.ZodType<T>, shownAs: string): LoadedYaml<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    return {
      faults: broken.map((error) => ({
        file: shownAs,
        line: lines.linePos(error.pos[0]).line,
        path: '',
        problem: `is not valid YAML: ${error.message}`,
        mend: yamlMends[error.code] ?? 'correct the line; a value with : # or a leading * & ! needs quotes',
        severity: 'error',
      })),
    };
  }
  let plain: unknown;
  try {
    plain = document.toJS() ?? {};
  } catch (error) {
    // Aliases that grow without bound, or that name nothing.
    const problem = error instanceof Error ? error.message : 'cannot be read';
    return { faults: [{ file: shownAs, path: '', problem, mend: 'write the values out', severity: 'error' }] };
  }
  const checked = checkValue(schema, plain);
  if (checked.ok) return { value: checked.value, faults: [] };
  return {
    faults: checked.faults.map((fault) => ({
      file: shownAs,
      ...lineOf(document.contents, fault.path, lines),
      path: pathWords(fault.path),
      problem: fault.problem,
      mend: fault.mend,
      severity: 'error',
    })),
  };
}

const yamlMends: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'keep one of the two',
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'line the entry up with its neighbours',
};

/** The line of the deepest part of the path that is written in the file: a missing key is told at its parent. */
function lineOf(contents: unknown, path: readonly PropertyKey[], lines: LineCounter): { line?: number } {
  let node: unknown = contents;
  let start = startOf(node);
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) break;
      start = startOf(pair.key) ?? start;
      node = pair.value;
    } else {
      const items: unknown = (node as { items?: unknown } | null)?.items;
      if (!Array.isArray(items)) break;
      node = items[Number(step)];
      start = startOf(node) ?? start;
    }
  }
  return start === undefined ? {} : { line: lines.linePos(start).line };
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] } | null | undefined)?.range?.[0];
}

function unreadable(file: string, error: unknown): Fault {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return code === 'ENOENT'
    ? { file, path: '', problem: 'is not there', mend: 'create it, or correct its name', severity: 'error' }
    : {
        file,
        path: '',
        problem: `cannot be read (${code})`,
        mend: 'check that it is a file and its permissions',
        severity: 'error',
      };
}
