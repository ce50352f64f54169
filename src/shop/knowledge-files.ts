/** Reads all files of knowledge. What has not changed since the last reading is not parsed again. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../errors.js';
import { lineOfPath, loadYaml, rememberingYaml } from '../yaml-file.js';
import { type LanguageFile, languageSchema } from './language-file.js';
import { type IntentFiles, loadIntents, missingIntents } from './load-intents.js';
import type { ShopParameters } from './parameters.js';
import { type ReplyWordsFile, replyWordsSchema } from './reply-words.js';
import { checkSettings } from './settings-content.js';

/** What all shops share. */
export interface SharedFiles {
  readonly intents: IntentFiles['files'];
  readonly language: LanguageFile;
  /** As it is named in faults. */
  readonly languagePath: string;
  readonly words: ReplyWordsFile;
  readonly wordsPath: string;
}

export interface ShopFile {
  /** The file's name without its ending. */
  readonly id: string;
  /** As it is named in faults. */
  readonly path: string;
  /** What is to be kept of it, and its parameters; absent when it has faults. */
  readonly content?: unknown;
  readonly parameters?: ShopParameters;
  readonly faults: readonly Fault[];
}

export interface KnowledgeFiles {
  /** Absent when a file without which nothing goes cannot be read. */
  readonly shared?: SharedFiles;
  readonly sharedFaults: readonly Fault[];
  /** By id. */
  readonly shops: ReadonlyMap<string, ShopFile>;
  /** Faults of config/shops itself. */
  readonly shopFaults: readonly Fault[];
}

export interface KnowledgeReader {
  read(): KnowledgeFiles;
  /** Adds the line to faults that know their file and path alone. */
  located(faults: readonly Fault[]): readonly Fault[];
}

export const languageFile = 'intents/languages/zh.yaml';
const wordsFile = 'intents/languages/zh.replies.yaml';
const shopFolder = 'config/shops';

/** @param home the folder that holds intents/ and config/ */
export function openKnowledgeFiles(home: string): KnowledgeReader {
  const load = rememberingYaml();

  function readShops(isIntent: (id: string) => boolean): KnowledgeFiles['shops'] {
    const files = namesIn(join(home, shopFolder)).map((name) => readShopFile(home, `${shopFolder}/${name}`, isIntent, load));
    return new Map(files.map((file) => [file.id, file]));
  }

  return {
    located: (faults) => locatedIn(home, faults),
    read() {
      const intents = loadIntents(join(home, 'intents'), home, load);
      const language = load(join(home, languageFile), languageSchema, { shownAs: languageFile });
      const words = load(join(home, wordsFile), replyWordsSchema, { shownAs: wordsFile });
      const sharedFaults = [...intents.faults, ...language.faults, ...words.faults, ...missingIntents(intents)];
      // An intent whose file is faulty is there all the same.
      const ids = new Set([
        ...intents.files.map((file) => file.intent.id),
        ...intents.faults.map((fault) => /^intents\/(\w+)\.ya?ml$/.exec(fault.file)?.[1]),
      ]);
      const shops = readShops((id) => ids.has(id));
      const noShop: Fault = {
        file: shopFolder,
        path: '',
        problem: 'there is no shop',
        mend: 'Add config/shops/<shop>.yaml; demo.yaml shows how.',
        severity: 'error',
      };
      return {
        ...(language.value !== undefined &&
          words.value !== undefined && {
            shared: {
              intents: intents.files,
              language: language.value,
              languagePath: languageFile,
              words: words.value,
              wordsPath: wordsFile,
            },
          }),
        sharedFaults: locatedIn(home, sharedFaults),
        shops,
        shopFaults: shops.size === 0 ? [noShop] : [],
      };
    },
  };
}

/** The settings of a shop are checked in their own way (settings-content.ts): to the reader it is any YAML. */
const anything = z.unknown();

/**
 * One file of settings.
 * @param path as it is shown; relative to `home`, or absolute
 */
export function readShopFile(home: string, path: string, isIntent: (id: string) => boolean, load = loadYaml): ShopFile {
  const id = basename(path).replace(/\.ya?ml$/, '');
  const loaded = load(resolve(home, path), anything, { shownAs: path });
  if (loaded.faults.length > 0) return { id, path, faults: loaded.faults };
  const { content, parameters, faults } = checkSettings(loaded.value, id, isIntent);
  const told = locatedIn(
    home,
    faults.map((fault) => ({ file: path, ...fault, severity: 'error' })),
  );
  return { id, path, faults: told, ...(parameters === undefined ? {} : { content, parameters }) };
}

/** The shops that have a file, by id, without reading them. */
export function shopFileNames(home: string): ReadonlyMap<string, string> {
  return new Map(namesIn(join(home, shopFolder)).map((name) => [name.replace(/\.ya?ml$/, ''), `${shopFolder}/${name}`]));
}

/** Ids of all intents, without reading their files: each is named as its intent. */
export function intentNames(home: string): ReadonlySet<string> {
  return new Set(namesIn(join(home, 'intents')).map((name) => name.replace(/\.ya?ml$/, '')));
}

function locatedIn(home: string, faults: readonly Fault[]): readonly Fault[] {
  const texts = new Map<string, string>();
  return faults.map((fault) => {
    const file = resolve(home, fault.file);
    // Several paths in one fault: what is missing has no line.
    if (fault.line !== undefined || fault.path === '' || fault.path.includes(', ') || !existsSync(file)) return fault;
    const text = texts.get(file) ?? readFileSync(file, 'utf8');
    texts.set(file, text);
    const line = lineOfPath(text, fault.path);
    return line === undefined ? fault : { ...fault, line };
  });
}

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
}
