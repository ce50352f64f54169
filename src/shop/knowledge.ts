/**
 * Knowledge: intent files, language files, shop parameters and shops' own intents, joined into one checked frozen value per shop. A bad file
 * stops the start with all faults at once; what is merely off (a reply whose parameter is not set) is a warning.
 */
import { join, relative } from 'node:path';
import type { Rule } from '../compliance/rule.js';
import type { Fault } from '../errors.js';
import { ownParts } from '../kept-parts.js';
import type { Model } from '../understanding/model.js';
import { atOnce } from '../understanding/steps.js';
import { loadYaml, rememberingYaml } from '../yaml-file.js';
import { loadEveryday } from './everyday.js';
import { rulesWith } from './kept-rules.js';
import { type KnowledgeFiles, type KnowledgeReader, openKnowledgeFiles } from './knowledge-files.js';
import { languageSchema } from './language-file.js';
import { loadExamples } from './load-intents.js';
import { compileModel } from './model.js';
import { offReplies } from './replies.js';
import type { JudgeCallback } from './settings-content.js';
import { settingsReplyFaults, withSettingsReplies } from './settings-replies.js';
import { type KnowledgeCompiler, openCompiler, shopOf } from './shared-knowledge.js';
import type { Shop } from './shop.js';

export interface Knowledge {
  readonly shops: ReadonlyMap<string, Shop>;
  /** Errors stop the start; warnings are told. */
  readonly faults: readonly Fault[];
  /** What it was made from. */
  readonly files: KnowledgeFiles;
}

/**
 * Loads everything that shops know, from the files as they lie.
 * @param home the folder that holds intents/ and config/
 * @param parts where it is kept what takes long to make
 */
export function loadKnowledge(
  home: string,
  complianceRules: readonly Rule[],
  parts = ownParts(),
  judgeCallback?: JudgeCallback,
): Knowledge {
  const rules = rulesWith(complianceRules, parts);
  const reader = openKnowledgeFiles(home, rules, rememberingYaml(parts), judgeCallback);
  return checkedKnowledge(reader, openCompiler(rules, parts), rules);
}

/** The same with parts that remember what they read and made. */
export function checkedKnowledge(reader: KnowledgeReader, compiler: KnowledgeCompiler, rules: Shop['rules']): Knowledge {
  const files = reader.read();
  const found = [...files.shops.values()];
  const faults: Fault[] = [...files.sharedFaults, ...files.shopFaults, ...found.flatMap((file) => file.faults)];
  const shops = new Map<string, Shop>();
  if (files.shared === undefined) return { shops, faults, files };
  const { shared, faults: sharedFaults } = atOnce(
    compiler.compiling(
      files.shared,
      found.flatMap(({ parameters }) => parameters ?? []),
    ),
  );
  faults.push(...sharedFaults);
  for (const { id, path, parameters, hints } of found) {
    const { files: read, faults: ownFaults } = reader.own(id, shared.intents);
    const said = parameters ?? { replies: {} };
    const ownFiles = withSettingsReplies(read, shared.intents, said, path);
    const { faults: replyFaults } = settingsReplyFaults(said, read, shared.intents, rules, files.shared.words);
    faults.push(...replyFaults.map((fault) => ({ ...fault, file: path, severity: 'error' as const })));
    const own = atOnce(compiler.compilingOwn(id, ownFiles, shared));
    // What is wrong in the settings was told above.
    faults.push(...ownFaults, ...own.faults.filter((fault) => fault.severity !== 'error' || fault.file !== path));
    if (parameters === undefined) continue;
    faults.push(...offReplies(own.book, parameters, path), ...hints);
    shops.set(id, shopOf({ parameters, shared, files: ownFiles, own }));
  }
  return { shops, faults: reader.located(faults), files };
}

/** A model from a folder of intent files of others, for `zaima understand --intents`. */
export function loadModel(folder: string, home: string): { readonly model?: Model; readonly faults: readonly Fault[] } {
  const intents = loadExamples(folder);
  const languagePath = join(home, 'intents/languages/zh.yaml');
  const language = loadYaml(languagePath, languageSchema, { shownAs: relative(home, languagePath) });
  const everyday = loadEveryday(home);
  const faults = [...intents.faults, ...language.faults, ...everyday.faults];
  if (language.value === undefined || faults.some((fault) => fault.severity === 'error')) return { faults };
  const compiled = compileModel(intents.files, language.value, relative(home, languagePath), undefined, everyday.messages);
  return { model: compiled.model, faults: [...faults, ...compiled.faults] };
}
