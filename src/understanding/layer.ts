/** A shop's own patterns and intents laid over the shared model: a small matcher beside the large one, which all shops share. */

import type { IntentModel, Model, Rule } from './model.js';
import { type Sample, withOwnExamples } from './own-examples.js';
import type { Match, Matcher } from './scan.js';

export interface Layer {
  /** Intents of this shop alone: they are numbered behind the shared ones. */
  readonly intents: readonly IntentModel[];
  /** Those of them that are small talk. */
  readonly talk: readonly string[];
  /** Numbered behind the shared ones. */
  readonly rules: readonly Rule[];
  /** Absent: no pattern of its own. */
  readonly matcher: Matcher | undefined;
  /** Examples, also of shared intents. */
  readonly samples: readonly Sample[];
  /** Numbers of the intents that it touches. */
  readonly touched: ReadonlySet<number>;
}

/** The shared model and the layer as one; the shared one stays as it is. */
export function layered(base: Model, layer: Layer): Model {
  const firm = base.intents.map((one, number) => (layer.touched.has(number) && !one.isFirm ? { ...one, isFirm: true } : one));
  const intents = [...firm, ...layer.intents];
  const isHeard = base.reader !== undefined && (layer.samples.length > 0 || layer.intents.length > 0);
  return {
    ...base,
    intents,
    talk: new Set([...base.talk, ...layer.talk]),
    // Shared where it can be: a list of thousands is more than all the rest of a shop.
    rules: layer.rules.length === 0 ? base.rules : [...base.rules, ...layer.rules],
    matcher: layer.matcher === undefined ? base.matcher : both(base.matcher, layer.matcher),
    ...(isHeard ? { reader: withOwnExamples(base.reader, layer.samples, intents.length) } : {}),
  };
}

/** Both number clauses alike, since both part a text by the same marks; the slots are the shared matcher's to tell. */
function both(base: Matcher, own: Matcher): Matcher {
  return {
    scan(text, families = 0) {
      const mine = own.scan(text, families);
      // Sides of what only the shop's own patterns find are the shared matcher's to tell.
      const shared = base.scan(text, families | mine.families);
      return {
        ...shared,
        finds: byClause([...shared.finds, ...mine.finds]),
        facets: [...shared.facets, ...mine.facets],
        asks: [...shared.asks, ...mine.asks],
        continues: [...shared.continues, ...mine.continues],
        questions: [...shared.questions, ...mine.questions],
        cancels: [...shared.cancels, ...mine.cancels],
        families: shared.families | mine.families,
      };
    },
  };
}

/** In the order of their clauses, as those of one matcher come. */
function byClause(finds: Match[]): readonly Match[] {
  return finds.sort((one, other) => one.clause - other.clause);
}
