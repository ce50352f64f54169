/** What buyers ask of each side of a matter, in their own words: files name the sides by ids that tell an owner little. */
import type { Model } from '../understanding/model.js';
import { understand } from '../understanding/understand.js';
import type { IntentFile } from './intent-file.js';

/** Neither changes when a shop changes its settings. */
const known = new WeakMap<IntentFile, { readonly model: Model; readonly questions: ReadonlyMap<string, string> }>();

/** By the facet: the shortest of the file's own examples and tests that is understood as it. */
export function facetQuestions(intent: IntentFile, model: Model): ReadonlyMap<string, string> {
  const before = known.get(intent);
  if (before?.model === model) return before.questions;
  const found = new Map<string, string>();
  known.set(intent, { model, questions: found });
  if (Object.keys(intent.facets).length === 0) return found;
  const said = [...intent.examples, ...intent.tests.yes.map((test) => (typeof test === 'string' ? test : test.say))];
  for (const text of said.sort((one, other) => one.length - other.length)) {
    const facet = understand(text, model).intents.find(({ id }) => id === intent.id)?.facet;
    if (facet !== undefined && !found.has(facet)) found.set(facet, text);
  }
  return found;
}
