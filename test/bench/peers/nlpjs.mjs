/** nlp.js with its own Chinese language package: dictionary words, a small neural network, its own settings. */
import { dockStart } from '@nlpjs/basic';
import { LangZh } from '@nlpjs/lang-zh';
import { plain, shuffledExamples } from './examples.mjs';

export const several = false;

export async function train() {
  const dock = await dockStart({
    settings: { nlp: { languages: ['zh'], autoSave: false, autoLoad: false, log: false } },
    use: ['Basic'],
  });
  dock.getContainer().use(LangZh);
  const nlp = dock.get('nlp');
  nlp.addLanguage('zh');
  for (const { text, id } of shuffledExamples()) nlp.addDocument('zh', plain(text), id);
  await nlp.train();
  // classify() alone: entities and sentiment are not what is measured.
  return async (text) => {
    const { classifications } = await nlp.classify('zh', plain(text));
    return classifications
      .filter(({ intent }) => intent !== 'None')
      .map(({ intent, score }) => ({ id: intent, confidence: score }));
  };
}
