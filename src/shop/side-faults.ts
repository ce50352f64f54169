/** What an intent file says of the sides (facets) of its matter, which must be among them: a side misspelt is one that never holds. */
import { nearest } from '../composing/nearest.js';
import type { Fault } from '../errors.js';
import { noSide } from '../understanding/trouble.js';
import type { IntentFile } from './intent-file.js';

type Conditions = IntentFile['replies'][number]['when'];

/** All at once, each with its path. */
export function sideFaults(intent: IntentFile, file: string): readonly Fault[] {
  const faults: Fault[] = [];
  const sides = Object.keys(intent.facets);
  const check = (path: string, names: readonly unknown[], others: readonly string[] = []) => {
    for (const name of names) {
      if (typeof name === 'string' && !sides.includes(name) && !others.includes(name))
        faults.push(unknownSide(file, path, name, sides));
    }
  };
  const checkWhen = (path: string, { facet }: Conditions) => check(`${path}.when.facet`, Array.isArray(facet) ? facet : [facet]);

  check('facetTitles', Object.keys(intent.facetTitles));
  check('keepsVariant', intent.keepsVariant, [noSide]);
  check('keepsQuantity', intent.keepsQuantity, [noSide]);
  for (const [at, one] of intent.goesOn.patterns.entries()) {
    // Sides of other matters stand in other files.
    if (typeof one !== 'string' && one.after === undefined)
      check(`goesOn.patterns[${at}].afterFacets`, one.afterFacets ?? [], [noSide]);
  }
  for (const [at, { facets = [], otherFacets = [] }] of intent.trouble.entries()) {
    check(`trouble[${at}].facets`, facets, [noSide]);
    check(`trouble[${at}].otherFacets`, otherFacets, [noSide]);
  }
  for (const [at, reply] of intent.replies.entries()) checkWhen(`replies[${at}]`, reply.when);
  for (const [at, words] of intent.holding.entries()) if (typeof words !== 'string') checkWhen(`holding[${at}]`, words.when);
  return faults;
}

function unknownSide(file: string, path: string, name: string, sides: readonly string[]): Fault {
  const near = nearest(name, sides);
  const mend = near === undefined ? 'Name one under facets.' : `Did you mean "${near}"?`;
  return { file, path, problem: `there is no facet "${name}"`, mend, severity: 'error' };
}
