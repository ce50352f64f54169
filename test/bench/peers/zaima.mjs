/** Zaima as built in dist/: with all of its intent files and messages, and with what the others learn from alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { languageSchema } from '../../../dist/shop/language-file.js';
import { loadExamples, loadIntents } from '../../../dist/shop/load-intents.js';
import { rememberingMessages } from '../../../dist/shop/message-files.js';
import { compileModel } from '../../../dist/shop/model.js';
import { understand } from '../../../dist/understanding/understand.js';
import { loadYaml } from '../../../dist/yaml-file.js';
import { root, taughtFiles } from './examples.mjs';

const languagePath = join(root, 'intents/languages/zh.yaml');

export function trainWhole() {
  const model = compiled(loadIntents(join(root, 'intents'), root).files, rememberingMessages(root)(() => true).messages);
  return (text) => understand(text, model).intents.map(({ id, confidence }) => ({ id, confidence }));
}

export function trainExamples() {
  const folder = mkdtempSync(join(tmpdir(), 'zaima-examples-'));
  try {
    for (const { id, examples } of taughtFiles()) writeFileSync(join(folder, `${id}.yaml`), JSON.stringify({ id, examples }));
    const model = compiled(loadExamples(folder).files);
    // Every score is told: the threshold is chosen as the others' is.
    const open = { ...model, intents: model.intents.map((intent) => ({ ...intent, threshold: 0 })) };
    return (text) => understand(text, open).intents.map(({ id, confidence }) => ({ id, confidence }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compiled(files, messages = []) {
  const language = loadYaml(languagePath, languageSchema, { shownAs: relative(root, languagePath) });
  const { model, faults } = compileModel(files, language.value, languagePath, undefined, messages);
  const errors = faults.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ file, path, problem }) => `${file} ${path}: ${problem}`).join('\n'));
  return model;
}
