/** A copy of the project's intents and config, to be broken. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';

export const root = resolve(import.meta.dirname, '../..');

export interface HomeCopy {
  readonly folder: string;
  /** Writes a file; the path is relative to the copy. */
  write(path: string, text: string): void;
  /** Changes a file's text; says so when there was nothing to change. */
  change(path: string, from: string | RegExp, to: string): void;
  /** Changes the demo shop as read from YAML. Its comments and line numbers are lost. */
  changeShop(change: (parameters: Record<string, any>) => void): void;
  remove(path: string): void;
  /** 1-based line of the first line that starts with these words, blanks aside. */
  lineOf(path: string, words: string): number;
  drop(): void;
}

const demo = 'config/shops/demo.yaml';

let slim: ReadonlyMap<string, string> | undefined;

/** Intent files with one pattern and one example each: they load ten times faster than the real ones. */
function slimIntents(): ReadonlyMap<string, string> {
  const names = readdirSync(join(root, 'intents')).filter((name) => name.endsWith('.yaml'));
  slim ??= new Map(
    names.map((name) => {
      const { patterns, examples, unless: _, tests: __, ...rest } = parse(readFileSync(join(root, 'intents', name), 'utf8'));
      return [name, stringify({ ...rest, patterns: patterns.slice(0, 1), examples: examples.slice(0, 1) })];
    }),
  );
  return slim;
}

/** @param isSlim with as little of each intent file as makes it whole */
export function homeCopy(isSlim = false): HomeCopy {
  const folder = mkdtempSync(join(tmpdir(), 'zaima-home-'));
  for (const part of ['intents', 'config']) cpSync(join(root, part), join(folder, part), { recursive: true });
  const at = (path: string) => join(folder, path);
  if (isSlim) for (const [name, text] of slimIntents()) writeFileSync(at(`intents/${name}`), text);
  const home: HomeCopy = {
    folder,
    write: (path, text) => writeFileSync(at(path), text),
    change(path, from, to) {
      const before = readFileSync(at(path), 'utf8');
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${path} has no ${from}`);
      home.write(path, after);
    },
    changeShop(change) {
      const parameters = parse(readFileSync(at(demo), 'utf8')) as Record<string, any>;
      change(parameters);
      home.write(demo, stringify(parameters));
    },
    remove: (path) => rmSync(at(path)),
    lineOf(path, words) {
      const lines = readFileSync(at(path), 'utf8').split('\n');
      const found = lines.findIndex((line) => line.trimStart().startsWith(words));
      if (found < 0) throw new Error(`${path} has no line ${words}`);
      return found + 1;
    },
    drop: () => rmSync(folder, { recursive: true, force: true }),
  };
  return home;
}
