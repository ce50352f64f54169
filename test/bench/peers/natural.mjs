/** The classifiers of `natural`, with character 1-3-grams as tokens: its own tokenisers drop or keep whole what is Chinese. */
import { createRequire } from 'node:module';
import { plain, shuffledExamples } from './examples.mjs';

const require = createRequire(import.meta.url);
const longest = 3;
/** Logistic regression trains on a dense matrix, all of it at every step: with each of the 30,000 grams it takes days. */
const logisticFrom = 60;
/** Chosen for it on labelled messages: with its own 1 the intent with the fewest examples nearly always wins. */
const smoothing = 0.03;

export const several = false;

export function trainBayes() {
  const Bayes = require('natural/lib/natural/classifiers/bayes_classifier.js');
  const classifier = trained(new Bayes(undefined, smoothing), 1);
  return (text) => {
    const ranked = classifier.getClassifications(gramsOf(plain(text)));
    const sum = ranked.reduce((total, { value }) => total + value, 0);
    // Its products of small numbers end at 0 for a long text: then it says nothing.
    return sum > 0 ? ranked.map(({ label, value }) => ({ id: label, confidence: value / sum })) : [];
  };
}

export function trainLogistic() {
  const Logistic = require('natural/lib/natural/classifiers/logistic_regression_classifier.js');
  const classifier = trained(new Logistic(), logisticFrom);
  return (text) =>
    classifier.getClassifications(gramsOf(plain(text))).map(({ label, value }) => ({ id: label, confidence: value }));
}

/** @param fewest examples that a gram must be in to count */
function trained(classifier, fewest) {
  const rows = shuffledExamples().map(({ text, id }) => ({ id, grams: gramsOf(plain(text)) }));
  const documents = new Map();
  for (const { grams } of rows) for (const gram of grams) documents.set(gram, (documents.get(gram) ?? 0) + 1);
  for (const { id, grams } of rows)
    classifier.addDocument(
      grams.filter((gram) => documents.get(gram) >= fewest),
      id,
    );
  classifier.train();
  return classifier;
}

function gramsOf(text) {
  const characters = [...text.replace(/\s+/g, '')];
  const grams = new Set();
  for (let n = 1; n <= longest; n++)
    for (let at = 0; at + n <= characters.length; at++) grams.add(characters.slice(at, at + n).join(''));
  return [...grams];
}
