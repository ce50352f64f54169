/** `zaima shop status|export|import|revisions|diff|rollback`: what each prints. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { decoded } from '../csv.js';
import { type Fault, FaultyFiles, faultLine } from '../errors.js';
import { intentNamesOf } from '../shop/knowledge-files.js';
import { checkSettings, type JudgeCallback, settingsYaml } from '../shop/settings-content.js';
import { changeLines } from '../shop/settings-diff.js';
import { lineOfPath, parseYaml } from '../yaml-file.js';
import { CommandError } from './command-error.js';
import { keptRules } from './kept-rules.js';
import type { Changed, SettingsDesk, ShownRevision } from './settings-desk.js';

export async function statusLines(desk: SettingsDesk, shop: string): Promise<readonly string[]> {
  const { settings, file, knowledge, since, refused, warnings } = await desk.status(shop);
  return [
    `in force   ${revisionLine(settings)}`,
    ...(knowledge === undefined ? ['server     none runs'] : [`knowledge  ${knowledge} since ${since}`]),
    // Of the settings alone: which replies are off is `check`'s to say.
    ...warnings
      .filter((fault) => fault.file.startsWith('settings of '))
      .map((fault) => `warning    ${faultLine({ ...fault, severity: 'warning' })}`),
    `file       ${file.path}: ${standingWords[file.standing] ?? file.standing}`,
    ...refused.flatMap(({ at, faults, changes = [] }) => [
      `refused    at ${at}`,
      ...faults.map((fault) => `  ${faultLine({ ...fault, severity: 'error' })}`),
      ...(changes.length === 0 ? [] : ['  the file would change:']),
      ...changeLines(changes).map((line) => `  ${line}`),
    ]),
  ];
}

const standingWords: Readonly<Record<string, string>> = {
  imported: 'in force',
  in_line: 'in force',
  overruled: 'unchanged; a newer revision is in force',
  refused: 'not taken: it was changed, and so was the shop; `zaima shop import FILE --force` takes it',
  faulty: 'not taken: it has faults',
};

export async function exportLines(desk: SettingsDesk, shop: string, number: number | undefined): Promise<readonly string[]> {
  const { revision, settings } = await desk.revision(shop, number);
  return [settingsYaml(settings, `Settings of ${shop}, revision ${revision}`).trimEnd()];
}

/** The revision that an exported file was made from. */
const exportedFrom = /^# Settings of \w+, revision (\d+)\b/;

const settingsFileSchema = z.looseObject({ id: z.string() });

/**
 * @param file its `id` says which shop
 * @param judgeCallback by the same rule as the server's
 * @throws FaultyFiles with lines when it is faulty
 */
export async function importLines(
  desk: SettingsDesk,
  home: string,
  file: string,
  isForced: boolean,
  note: string | undefined,
  judgeCallback: JudgeCallback | undefined,
): Promise<readonly string[]> {
  const text = await decoded(readFileSync(resolve(file)));
  const { value, faults } = parseYaml(text, settingsFileSchema, file);
  if (value === undefined) throw new FaultyFiles(faults);
  const intents = intentNamesOf(home, value.id);
  const rules = await keptRules();
  const found = checkSettings(value, value.id, intents, rules, judgeCallback).faults;
  if (found.length > 0) {
    throw new FaultyFiles(
      found.map((fault): Fault => {
        const line = lineOfPath(text, fault.path);
        return { file, ...fault, ...(line === undefined ? {} : { line }), severity: 'error' };
      }),
    );
  }
  const exported = exportedFrom.exec(text)?.[1];
  const base = isForced ? 'any' : exported === undefined ? undefined : Number(exported);
  try {
    return changedLines(value.id, await desk.put(value.id, value, base, note));
  } catch (error) {
    if (!(error instanceof CommandError) || isForced) throw error;
    const mend = `\`zaima shop export ${value.id}\` gives what is in force; --force takes the file whatever it undoes`;
    throw new CommandError(`${error.message}\n${mend}`);
  }
}

export async function revisionLines(desk: SettingsDesk, shop: string, limit: number): Promise<readonly string[]> {
  return (await desk.revisions(shop, limit)).map(revisionLine);
}

export async function diffLines(desk: SettingsDesk, shop: string, from?: number, to?: number): Promise<readonly string[]> {
  const diff = await desk.diff(shop, from, to);
  return [`${shop} revision ${diff.from} → ${diff.to}`, diff.text === '' ? 'they say the same' : diff.text];
}

export async function rollbackLines(
  desk: SettingsDesk,
  shop: string,
  revision: number,
  note: string | undefined,
): Promise<readonly string[]> {
  return changedLines(shop, await desk.rollback(shop, revision, note));
}

function changedLines(shop: string, { revision, changes }: Changed): readonly string[] {
  if (changes.length === 0) return [`${shop} says so already: revision ${revision} is in force`];
  return [...changeLines(changes), `${shop} revision ${revision} is in force`];
}

function revisionLine({ revision, at, source, author, note }: ShownRevision): string {
  return `${revision}  ${at}  ${source}  ${author}${note === undefined ? '' : `  ${note}`}`;
}
