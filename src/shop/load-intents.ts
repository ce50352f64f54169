/** Reads folders of intent files: the project's own strictly, those of others leniently. All faults at once. */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { ZodType } from 'zod';
import type { Fault } from '../errors.js';
import { soundPart } from '../sound-part.js';
import { loadYaml } from '../yaml-file.js';
import { fixedIntents } from './fixed-intents.js';
import { examplesSchema, type IntentFile, intentSchema } from './intent-file.js';

export interface IntentFiles {
  readonly files: readonly { readonly path: string; readonly intent: IntentFile }[];
  readonly faults: readonly Fault[];
}

/**
 * Reads one folder of intent files. Of a faulty file what buyers say is kept as far as it can be read, so that its patterns are
 * checked too: with the fault beside it nothing of it comes into force.
 */
export function loadIntents(folder: string, root: string, load = loadYaml): IntentFiles {
  const { files, faults } = readIntents(folder, root, 'intent', intentSchema, load, heardOf);
  for (const { path, name, value } of files) {
    if (value.id === name) continue;
    faults.push({
      file: path,
      path: 'id',
      problem: `the id "${value.id}" differs from the file's name`,
      mend: `Call it ${name} or rename the file.`,
      severity: 'error',
    });
  }
  // Under the name of its file: whatever is told of it names that.
  return {
    files: files.map(({ path, name, value }) => ({ path, intent: value.id === name ? value : { ...value, id: name } })),
    faults,
  };
}

/**
 * What buyers say, as far as a faulty file can be read.
 * @param id the file's name
 */
export function heardOf(plain: unknown, id: string): IntentFile | undefined {
  const heard = soundPart(intentSchema.partial(), plain)?.value;
  if (heard === undefined) return undefined;
  const { id: given = id, patterns = [], unless = [], examples = [], facets = {}, ask = 'rule' } = heard;
  const { goesOn = { slots: [], patterns: [] } } = heard;
  const whole = intentSchema.parse({ id: 'faulty', title: { zh: id, en: id }, most: 'handoff' });
  return { ...whole, id: given, patterns, unless, examples, facets, ask, goesOn };
}

/** Reads a folder of others, which may hold examples alone. */
export function loadExamples(folder: string): IntentFiles {
  const { files, faults } = readIntents(folder, folder, 'examples', examplesSchema, loadYaml);
  const intents = files.map(({ path, name, value }) => {
    const { id = name, ...rest } = value;
    const title = { zh: id, en: id };
    return { path, intent: { ...intentSchema.parse({ id: 'others', title }), ...rest, id } };
  });
  intents.forEach(({ path, intent }, at) => {
    const first = intents.findIndex((one) => one.intent.id === intent.id);
    if (first === at) return;
    faults.push({
      file: path,
      path: 'id',
      problem: `the id "${intent.id}" is that of ${intents[first]!.path} too`,
      mend: 'Give each intent one file.',
      severity: 'error',
    });
  });
  const empty = emptyFolder(intents, faults);
  const few = empty.length > 0 ? [] : [...withoutExamples(intents), ...onlyIntent(intents)];
  faults.push(...empty, ...few, ...sharedExamples(intents));
  return { files: intents, faults };
}

/** Nothing to learn from is a fault of the folder, not of a file: an intent may be named before it has examples. */
function emptyFolder(files: IntentFiles['files'], known: readonly Fault[]): readonly Fault[] {
  const knows = files.some(({ intent }) => intent.examples.length + intent.patterns.length > 0);
  if (knows || files.length === 0 || known.some(({ severity }) => severity === 'error')) return [];
  return [
    {
      file: files[0]!.path,
      path: 'examples',
      problem: 'no file of the folder has examples',
      mend: 'Write what people say under examples, one sentence a line.',
      severity: 'error',
    },
  ];
}

/** Named before it has examples, or they stand under a key that nobody reads: it is told, since nothing will ever be taken for it. */
function withoutExamples(files: IntentFiles['files']): readonly Fault[] {
  return files.flatMap(({ path, intent }) =>
    intent.examples.length + intent.patterns.length > 0
      ? []
      : [
          {
            file: path,
            path: 'examples',
            problem: `${intent.id} has no examples, so nothing is ever taken for it`,
            mend: 'Write what people say under examples, one sentence a line.',
            severity: 'warning' as const,
          },
        ],
  );
}

/** Where nothing else is known, whatever is a little like the one intent is taken for it. */
function onlyIntent(files: IntentFiles['files']): readonly Fault[] {
  const heard = files.filter(({ intent }) => intent.examples.length > 0);
  const [one] = heard;
  if (one === undefined || heard.length > 1 || files.some(({ intent }) => intent.patterns.length > 0)) return [];
  return [
    {
      file: one.path,
      path: '',
      problem: `${one.intent.id} is the only intent of the folder, so nothing shows what is not meant by it, and much else is taken for it`,
      mend: 'Add files for what else people say, or a file none.yaml with examples of what belongs to no intent.',
      severity: 'warning',
    },
  ];
}

/** One text under two intents teaches neither: told once a file, and learnt as it stands. */
function sharedExamples(files: IntentFiles['files']): readonly Fault[] {
  const firstAt = new Map<string, { readonly path: string; readonly id: string }>();
  const faults: Fault[] = [];
  for (const { path, intent } of files) {
    const shared = intent.examples.flatMap((example, at) => {
      const key = example.trim().toLowerCase();
      const first = firstAt.get(key);
      if (first === undefined) firstAt.set(key, { path, id: intent.id });
      return first === undefined || first.id === intent.id ? [] : [{ example, at, in: first.path }];
    });
    const [one] = shared;
    if (one === undefined) continue;
    faults.push({
      file: path,
      path: `examples[${one.at}]`,
      problem: `"${one.example}" stands in ${one.in} too${shared.length > 1 ? `, as do ${shared.length - 1} more in other files` : ''}`,
      mend: 'Leave it under the intent that it belongs to.',
      severity: 'warning',
    });
  }
  return faults;
}

/** @param rest what is kept of a faulty file; left out: nothing */
function readIntents<T>(
  folder: string,
  root: string,
  kind: string,
  schema: ZodType<T>,
  load: typeof loadYaml,
  rest?: (plain: unknown, id: string) => T | undefined,
) {
  const files: { readonly path: string; readonly name: string; readonly value: T }[] = [];
  const faults: Fault[] = [];
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const found = isFolder
    ? readdirSync(folder)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort()
    : [];
  if (found.length === 0)
    faults.push({ file: relative(root, folder) || folder, path: '', ...nothingIn(folder), severity: 'error' });
  for (const name of found) {
    const path = relative(root, join(folder, name));
    const loaded = load(join(folder, name), schema, { shownAs: path, schema: kind });
    faults.push(...loaded.faults);
    const id = name.replace(/\.ya?ml$/, '');
    const value = loaded.value ?? (loaded.plain === undefined ? undefined : rest?.(loaded.plain, id));
    if (value !== undefined) files.push({ path, name: id, value });
  }
  return { files, faults };
}

function nothingIn(folder: string): { readonly problem: string; readonly mend: string } {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined)
    return { problem: 'is not there', mend: 'Check its name, or make the folder and put <id>.yaml files into it.' };
  if (!found.isDirectory())
    return { problem: 'is a file and no folder', mend: `Name the folder that holds it: ${dirname(folder)}` };
  return { problem: 'there are no intent files here', mend: 'Name a folder that holds <id>.yaml files.' };
}

/** Faults for fixed ids that have no file; what is wrong in a file is told as it is. */
export function missingIntents({ files, faults }: IntentFiles): readonly Fault[] {
  return fixedIntents
    .filter((id) => !files.some((file) => file.intent.id === id) && !faults.some((fault) => fault.file === `intents/${id}.yaml`))
    .map((id) => ({
      file: `intents/${id}.yaml`,
      path: '',
      problem: 'this intent has no file',
      mend: 'It is one of the fixed ids: restore its file.',
      severity: 'error',
    }));
}
