/** What differs between two settings, path by path: for a history that can be read, and for whoever must settle a conflict. */
import { isDeepStrictEqual } from 'node:util';
import { pathWords } from '../zod-faults.js';

/** Without `before` it was not set, without `after` it is no longer. */
export interface SettingsChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * The changes that lead from one to the other, in the order of the file; none when both say the same.
 * List entries with an id are followed by it (`products[scarf-01].priceYuan`), others by their place.
 */
export function changesBetween(before: unknown, after: unknown): readonly SettingsChange[] {
  const changes: SettingsChange[] = [];
  compare([], before, after, changes);
  return changes;
}

/** One change a line: `~ bot.mode: "auto" → "shadow"`, `+` set, `-` taken out. */
export function changeLines(changes: readonly SettingsChange[]): readonly string[] {
  return changes.map(({ path, before, after }) => {
    if (before === undefined) return `+ ${path}: ${JSON.stringify(after)}`;
    if (after === undefined) return `- ${path}: ${JSON.stringify(before)}`;
    return `~ ${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
  });
}

type Path = readonly PropertyKey[];

function compare(path: Path, before: unknown, after: unknown, changes: SettingsChange[]): void {
  if (isRecord(before) && isRecord(after)) compareRecords(path, before, after, changes);
  else if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].every(isRecord))
    compareLists(path, before as Entry[], after as Entry[], changes);
  else if (!isDeepStrictEqual(before, after)) change(path, before, after, changes);
}

function change(path: Path, before: unknown, after: unknown, changes: SettingsChange[]): void {
  changes.push({
    path: pathWords(path),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}

function compareRecords(path: Path, before: Entry, after: Entry, changes: SettingsChange[]): void {
  const found = changes.length;
  const keys = Object.keys(before);
  for (const key of keys) compare([...path, key], before[key], own(after, key), changes);
  for (const key of Object.keys(after)) if (!Object.hasOwn(before, key)) compare([...path, key], undefined, after[key], changes);
  // Kept settings are in the schema's order: only where keys are the owner's own words can they stand otherwise.
  if (changes.length === found && keys.join('\n') !== Object.keys(after).join('\n')) change(path, before, after, changes);
}

type Entry = Record<string, unknown>;

function compareLists(path: Path, before: readonly Entry[], after: readonly Entry[], changes: SettingsChange[]): void {
  if (haveIds(before) && haveIds(after)) {
    const byId = (list: readonly Entry[]) => Object.fromEntries(list.map((entry) => [`[${entry.id}]`, entry]));
    const inside: SettingsChange[] = [];
    compareRecords([], byId(before), byId(after), inside);
    for (const { path: rest, ...values } of inside) changes.push({ path: `${pathWords(path)}${rest}`, ...values });
    return;
  }
  let from = 0;
  while (from < before.length && from < after.length && isDeepStrictEqual(before[from], after[from])) from++;
  let same = 0;
  while (
    same < Math.min(before.length, after.length) - from &&
    isDeepStrictEqual(before[before.length - 1 - same], after[after.length - 1 - same])
  )
    same++;
  const beforeTo = before.length - same;
  const afterTo = after.length - same;
  for (let at = from; at < Math.max(beforeTo, afterTo); at++)
    compare([...path, at], at < beforeTo ? before[at] : undefined, at < afterTo ? after[at] : undefined, changes);
}

function haveIds(list: readonly Entry[]): boolean {
  const ids = list.map((entry) => entry.id);
  return ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
}

function own(record: Entry, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
