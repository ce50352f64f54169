/** Reads all files of knowledge. What has not changed since the last reading is not parsed again. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import type { CompiledRules } from '../compliance/check.js';
import type { Fault } from '../errors.js';
import { lineOfPath, loadYaml, rememberingYaml } from '../yaml-file.js';
import { fixedIntents } from './fixed-intents.js';
import type { IntentFile } from './intent-file.js';
import { type LanguageFile, languageSchema } from './language-file.js';
import { type IntentFiles, loadIntents, missingIntents } from './load-intents.js';
import { rememberingMessages, type WrittenMessage } from './message-files.js';
import { loadOwnIntents, type OwnIntents, ownIntentNames, strayFolders } from './overrides.js';
import type { ShopParameters } from './parameters.js';
import { type ReplyWordsFile, replyWordsSchema } from './reply-words.js';
import { checkSettings, type JudgeCallback, type SettingsFault } from './settings-content.js';

/** What all shops share. */
export interface SharedFiles {
  readonly intents: IntentFiles['files'];
  /** The very same as long as nothing of them has changed. */
  readonly messages: readonly WrittenMessage[];
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
  /** Ids of the shop's own intents, whether their files can be read or not. */
  readonly ownIds: readonly string[];
  /** What is to be kept of it, and its parameters; absent when it has faults. */
  readonly content?: unknown;
  readonly parameters?: ShopParameters;
  readonly faults: readonly Fault[];
  /** Of its words: what may stay, yet holds back replies that say it. */
  readonly hints: readonly Fault[];
}

export interface KnowledgeFiles {
  /** Absent when a file without which nothing goes cannot be read. */
  readonly shared?: SharedFiles;
  readonly sharedFaults: readonly Fault[];
  /** By id. */
  readonly shops: ReadonlyMap<string, ShopFile>;
  /** Faults of config/shops itself: no shop, folders of shops that there are not. */
  readonly shopFaults: readonly Fault[];
}

export interface KnowledgeReader {
  read(): KnowledgeFiles;
  /**
   * The files of one shop alone, laid over the shared intents. `files` are the very same as long as nothing of them and of
   * what they lie over has changed.
   */
  own(shop: string, shared: ReadonlyMap<string, IntentFile>): OwnIntents;
  /** Adds the line to faults that know their file and path alone. */
  located(faults: readonly Fault[]): readonly Fault[];
}

export const languageFile = 'intents/languages/zh.yaml';
const wordsFile = 'intents/languages/zh.replies.yaml';
const shopFolder = 'config/shops';

/** @param home the folder that holds intents/ and config/ */
export function openKnowledgeFiles(
  home: string,
  rules: CompiledRules,
  load = rememberingYaml(),
  judgeCallback?: JudgeCallback,
  readMessages = rememberingMessages(),
): KnowledgeReader {
  const owns = new Map<string, { readonly from: readonly unknown[]; readonly own: OwnIntents }>();

  function readShops(shared: ReadonlySet<string>): KnowledgeFiles['shops'] {
    const paths = namesIn(join(home, shopFolder)).map((name) => `${shopFolder}/${name}`);
    const files = paths.map((path) => readShopFile(home, path, shared, rules, load, judgeCallback));
    return new Map(files.map((file) => [file.id, file]));
  }

  function readOwn(shop: string, shared: ReadonlyMap<string, IntentFile>): OwnIntents {
    const from: unknown[] = [];
    const { files, faults } = loadOwnIntents(home, shop, shared, (file, schema, options) => {
      const loaded = load(file, schema, options);
      from.push(file, loaded, shared.get(idOf(file)));
      return loaded;
    });
    const before = owns.get(shop);
    if (before?.from.length === from.length && from.every((one, at) => one === before.from[at])) return before.own;
    const own = { files, faults: located(home, faults) };
    owns.set(shop, { from, own });
    return own;
  }

  return {
    own: readOwn,
    located: (faults) => located(home, faults),
    read() {
      const intents = loadIntents(join(home, 'intents'), home, load);
      const language = load(join(home, languageFile), languageSchema, { shownAs: languageFile, schema: 'language' });
      const words = load(join(home, wordsFile), replyWordsSchema, { shownAs: wordsFile, schema: 'replies' });
      const sharedFaults = [...intents.faults, ...language.faults, ...words.faults, ...missingIntents(intents)];
      // An intent whose file is faulty is there all the same.
      const ids = new Set([
        ...intents.files.map((file) => file.intent.id),
        ...intents.faults.flatMap((fault) => /^intents\/(\w+)\.ya?ml$/.exec(fault.file)?.[1] ?? []),
      ]);
      // A fixed intent whose file is missing is told once, not for each message.
      const messages = readMessages(home, (id) => ids.has(id) || fixedIntents.includes(id));
      const shops = readShops(ids);
      // A shop that is gone leaves nothing behind.
      for (const id of owns.keys()) if (!shops.has(id)) owns.delete(id);
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
              messages: messages.messages,
              language: language.value,
              languagePath: languageFile,
              words: words.value,
              wordsPath: wordsFile,
            },
          }),
        sharedFaults: located(home, [...sharedFaults, ...messages.faults]),
        shops,
        shopFaults: [...(shops.size === 0 ? [noShop] : []), ...strayFolders(home, new Set(shops.keys()))],
      };
    },
  };
}

/** The settings of a shop are checked in their own way (settings-content.ts): to the reader it is any YAML. */
const anything = z.unknown();

/**
 * One file of settings.
 * @param path as it is shown; relative to `home`, or absolute
 * @param shared ids of the intents that all shops share
 */
export function readShopFile(
  home: string,
  path: string,
  shared: ReadonlySet<string>,
  rules: CompiledRules,
  load = loadYaml,
  judgeCallback?: JudgeCallback,
): ShopFile {
  const id = idOf(path);
  const ownIds = ownIntentNames(home, id);
  const loaded = load(resolve(home, path), anything, { shownAs: path, schema: 'anything' });
  if (loaded.faults.length > 0) return { id, path, ownIds, faults: loaded.faults, hints: [] };
  const intents = new Set([...shared, ...ownIds]);
  const { content, parameters, faults, hints } = checkSettings(loaded.value, id, intents, rules, judgeCallback);
  const told = (some: readonly SettingsFault[], severity: Fault['severity']) =>
    located(
      home,
      some.map((fault) => ({ file: path, ...fault, severity })),
    );
  const all = { faults: told(faults, 'error'), hints: told(hints, 'warning') };
  return { id, path, ownIds, ...all, ...(parameters === undefined ? {} : { content, parameters }) };
}

/** The shops that have a file, by id, without reading them. */
export function shopFileNames(home: string): ReadonlyMap<string, string> {
  return new Map(namesIn(join(home, shopFolder)).map((name) => [idOf(name), `${shopFolder}/${name}`]));
}

/** Ids of all shared intents, without reading their files: each is named as its intent. */
export function intentNames(home: string): ReadonlySet<string> {
  return new Set(namesIn(join(home, 'intents')).map(idOf));
}

/** Ids of all intents that a shop has, those of its own among them. */
export function intentNamesOf(home: string, shop: string): ReadonlySet<string> {
  return new Set([...intentNames(home), ...ownIntentNames(home, shop)]);
}

/** A file is named as the shop or the intent that it holds. */
function idOf(path: string): string {
  return basename(path).replace(/\.ya?ml$/, '');
}

/** Adds the line to faults that know their file and path alone. */
export function located(home: string, faults: readonly Fault[]): readonly Fault[] {
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
