/**
 * Messages that the house wrote itself, as buyers would, each with the matters that it carries: what the second reader learns
 * from (understanding/message-reader.ts). `intents/messages/*.tsv`, one a line: ids of intents, a tab, the message; `none`
 * for a message that carries no matter. Lines that begin with # are remarks.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../errors.js';

export interface WrittenMessage {
  readonly text: string;
  /** Ids of intents; empty: none. */
  readonly intents: readonly string[];
}

export interface MessageFiles {
  readonly messages: readonly WrittenMessage[];
  readonly faults: readonly Fault[];
}

/** In place of ids: the message carries no matter. */
const noMatter = 'none';
export const messageFolder = 'intents/messages';

/** Of a home: the folder that holds intents/. */
export type MessageReading = (home: string, isIntent: (id: string) => boolean) => MessageFiles;

/** Reads what has changed since the last reading; the same messages are the very same value. */
export function rememberingMessages(): MessageReading {
  const known = new Map<string, { readonly text: string; readonly lines: readonly Line[] }>();
  let last: { readonly from: readonly (readonly Line[])[]; readonly messages: readonly WrittenMessage[] } | undefined;

  return (home, isIntent) => {
    const paths = pathsIn(home);
    for (const path of known.keys()) if (!paths.includes(path)) known.delete(path);
    const files = paths.map((path) => {
      const text = readFileSync(join(home, path), 'utf8');
      const before = known.get(path);
      const lines = before?.text === text ? before.lines : linesOf(text);
      known.set(path, { text, lines });
      return { path, lines };
    });
    const from = files.map(({ lines }) => lines);
    const isSame = last?.from.length === from.length && from.every((lines, at) => lines === last!.from[at]);
    const messages = isSame ? last!.messages : from.flat().map(({ text, intents }) => ({ text, intents }));
    last = { from, messages };
    return { messages, faults: files.flatMap(({ path, lines }) => faultsIn(path, lines, isIntent)) };
  };
}

interface Line extends WrittenMessage {
  readonly number: number;
  readonly hasTab: boolean;
}

function linesOf(text: string): readonly Line[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const tab = line.indexOf('\t');
    const ids = (tab < 0 ? '' : line.slice(0, tab)).split(' ').filter((id) => id !== '');
    const intents = ids.filter((id) => id !== noMatter);
    return [{ number: at + 1, hasTab: tab >= 0 && ids.length > 0, text: line.slice(tab + 1).trim(), intents }];
  });
}

function faultsIn(file: string, lines: readonly Line[], isIntent: (id: string) => boolean): readonly Fault[] {
  const faults: Fault[] = [];
  const add = (line: number, problem: string, mend: string) =>
    faults.push({ file, path: '', line, problem, mend, severity: 'error' });
  const seen = new Map<string, number>();
  for (const { number, hasTab, text, intents } of lines) {
    if (!hasTab || text === '') add(number, 'is no message', `Write ids of intents (or ${noMatter}), a tab, and the message.`);
    for (const id of intents) if (!isIntent(id)) add(number, `there is no intent "${id}"`, 'Use the id of a file in intents/.');
    const first = seen.get(text);
    if (first === undefined) seen.set(text, number);
    else add(number, `the message stands in line ${first} too`, 'Keep one of them, with all its intents.');
  }
  return faults;
}

function pathsIn(home: string): readonly string[] {
  const folder = join(home, messageFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .map((name) => `${messageFolder}/${name}`);
}
