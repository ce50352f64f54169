/** Reads one of the owner's YAML files against a schema: the value, or every fault with its line and the way to mend it. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import type { Fault } from './errors.js';
import { codedFault, type MendCode } from './fault-words.js';
import { noParts } from './kept-parts.js';
import { checkValue, pathWords } from './zod-faults.js';

/** `value` is there when `faults` holds no error. */
export interface LoadedYaml<T> {
  readonly value?: T;
  /** What is written in a file that the schema refused. */
  readonly plain?: unknown;
  readonly faults: readonly Fault[];
}

export interface LoadOptions {
  /** A file that is not there counts as empty (`{}`), so that all defaults hold. */
  readonly optional?: boolean;
  /** The name used in faults; default: the file. */
  readonly shownAs?: string;
  /** The schema's name, by which what was read may be kept. */
  readonly schema?: string;
}

/** @param file read as UTF-8; relative to the working directory. */
export function loadYaml<T>(file: string, schema: z.ZodType<T>, options: LoadOptions = {}): LoadedYaml<T> {
  const text = textOf(file, options);
  return typeof text === 'string' ? parseYaml(text, schema, options.shownAs ?? file) : { faults: [text] };
}

function textOf(file: string, { optional, shownAs }: LoadOptions): string | Fault {
  try {
    const bytes = readFileSync(file);
    return isUtf8(bytes) ? bytes.toString() : { file: shownAs ?? file, path: '', ...codedFault('not_utf8'), severity: 'error' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && optional === true) return '';
    return unreadable(shownAs ?? file, error);
  }
}

/** The same for a text that is already in hand. An empty text is an empty object. */
export function parseYaml<T>(text: string, schema: z.ZodType<T>, shownAs: string): LoadedYaml<T> {
  return inFile(readText(text, schema), shownAs);
}

/** A text as it is read, of whatever file. */
interface ReadText<T> {
  readonly value?: T;
  readonly plain?: unknown;
  readonly faults: readonly Omit<Fault, 'file'>[];
}

function inFile<T>({ faults, ...read }: ReadText<T>, file: string): LoadedYaml<T> {
  return { ...read, faults: faults.map((fault) => ({ file, ...fault })) };
}

function readText<T>(text: string, schema: z.ZodType<T>): ReadText<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    const unclosed = unclosedIn(text);
    // What stands behind it was read as a part of it.
    const told = broken.filter(({ pos: [at] }) => unclosed.every((one) => at < one.at));
    const found = [
      ...told.map(({ pos: [at], code, message }) => ({
        at,
        fault: codedFault('yaml', { why: message }, yamlMends[code] ?? 'yaml'),
      })),
      ...unclosed.map(({ at, open, close }) => ({ at, fault: codedFault('yaml_unclosed', { open, close }) })),
    ];
    return {
      faults: found.map(({ at, fault }) => ({ line: lines.linePos(at).line, path: '', ...fault, severity: 'error' })),
    };
  }
  let plain: unknown;
  try {
    plain = document.toJS() ?? {};
  } catch (error) {
    // Aliases that grow without bound, or that name nothing.
    const why = error instanceof Error ? error.message : 'cannot be read';
    return { faults: [{ path: '', ...codedFault('unreadable', { why }), severity: 'error' }] };
  }
  const checked = checkValue(schema, plain);
  if (checked.ok) return { value: checked.value, faults: [] };
  return {
    plain,
    faults: checked.faults.map((fault) => ({
      ...lineOf(document.contents, fault.path, lines),
      ...fault,
      path: pathWords(fault.path),
      severity: 'error',
    })),
  };
}

/** Shorter texts are read sooner than they are looked up. */
const worthKeeping = 2000;

/**
 * Reads a file like `loadYaml`, and again only when its text has changed: the same text gives the same value.
 * @param parts where what was read is kept for the next start
 */
export function rememberingYaml(parts = noParts): typeof loadYaml {
  const known = new Map<string, { readonly hash: string; readonly schema: unknown; readonly loaded: LoadedYaml<unknown> }>();
  return <T>(file: string, schema: z.ZodType<T>, options: LoadOptions = {}): LoadedYaml<T> => {
    const text = textOf(file, options);
    if (typeof text !== 'string') {
      known.delete(file);
      return { faults: [text] };
    }
    const before = known.get(file);
    const hash = createHash('sha256').update(text).digest('base64');
    if (before?.hash === hash && before.schema === schema) return before.loaded as LoadedYaml<T>;
    const loaded = inFile(
      text.length < worthKeeping || options.schema === undefined
        ? readText(text, schema)
        : parts.get('yaml', [options.schema, text], () => readText(text, schema)),
      options.shownAs ?? file,
    );
    known.set(file, { hash, schema, loaded });
    return loaded;
  };
}

/**
 * The line of a place in a text, for faults that are found after the schema was content.
 * @param path as faults name it: `replies[0].when.fee`
 */
export function lineOfPath(text: string, path: string): number | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const steps = [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, place, key]) => (place === undefined ? key! : Number(place)));
  return lineOf(document.contents, steps, lines).line;
}

const yamlMends: Readonly<Record<string, MendCode>> = {
  DUPLICATE_KEY: 'yaml_key_twice',
  TAB_AS_INDENT: 'yaml_tab',
  BAD_INDENT: 'yaml_indent',
};

const closing: Readonly<Record<string, string>> = { '[': ']', '{': '}', '"': '"', "'": "'" };

interface Unclosed {
  readonly at: number;
  readonly open: string;
  readonly close: string;
}

/** Brackets and quotes that nothing closes, the innermost alone: the parser tells where it gave up, which is lines below. */
function unclosedIn(text: string): readonly Unclosed[] {
  const found: (Unclosed & { readonly end: number })[] = [];
  visit(parseDocument(text, { keepSourceTokens: true, prettyErrors: false }), {
    Node(_, { srcToken: token, range }) {
      const at = range?.[0];
      const open = at === undefined ? undefined : text[at];
      const close = open === undefined ? undefined : closing[open];
      if (at === undefined || open === undefined || close === undefined) return;
      const isOpen =
        token?.type === 'flow-collection'
          ? token.end[0]?.source !== close
          : (token?.type === 'double-quoted-scalar' || token?.type === 'single-quoted-scalar') &&
            (token.source.length < 2 || !token.source.endsWith(close));
      if (isOpen) found.push({ at, open, close, end: range![2] });
    },
  });
  return found
    .filter((one) => !found.some(({ at }) => at > one.at && at < one.end))
    .map(({ at, open, close }) => ({ at, open, close }));
}

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
