/** Knowledge as understanding runs it: compiled once from the intent files (shop/model.ts), shared by all shops. */
import type { Ask } from '../conversation.js';
import type { Automaton } from './aho-corasick.js';
import type { ExampleModel } from './example-model.js';
import type { MessageReader } from './message-reader.js';
import type { Folding } from './normalise.js';
import type { Matcher } from './scan.js';
import type { SlotTables } from './slots.js';
import type { TroubleTold } from './trouble.js';
import type { Wordings } from './wordings.js';

/** What a compiled rule does when its pattern is found. */
export type Rule =
  | { readonly does: 'find'; readonly intent: number; readonly weight: number; readonly ask?: Ask; readonly pattern: string }
  /** Drops the finds of these rules in the clause; many of a file's patterns share one `unless`. */
  | { readonly does: 'cancel_rules'; readonly rules: number[] }
  /** Drops an intent in the clause. */
  | { readonly does: 'cancel_intent'; readonly intent: number }
  /** Tells which side of an intent is meant; the lower the order, the sooner it is taken. */
  | { readonly does: 'facet'; readonly intent: number; readonly facet: string; readonly order: number }
  | { readonly does: 'ask'; readonly ask: Ask }
  /** Means the intent only as the next thing said after one of these (none named: after itself). */
  | {
      readonly does: 'continue';
      readonly intent: number;
      readonly after: readonly string[];
      /** Slots without which it says nothing of it. */
      readonly with?: readonly string[];
      /** Sides of the last matter, one of which it must have been; `none`: no side. */
      readonly afterFacets?: readonly string[];
      readonly facet?: string;
      readonly ask?: Ask;
    }
  /** Shows that something is asked. */
  | { readonly does: 'question' };

export interface IntentModel {
  readonly id: string;
  readonly ask: Ask;
  readonly yields: readonly string[];
  readonly beside: readonly string[];
  /** It may be about the buyer's own order: an order named anywhere in the turn is what it asks about. */
  readonly aboutOrder: boolean;
  /** Below it the intent is not reported. */
  readonly threshold: number;
  /** How many characters that nobody understood may stand beside it for it to be what was said. */
  readonly mostBeside: number;
  /** Goods named beside it, whatever they are, leave it the same. */
  readonly anyGoods: boolean;
  /** Words of a price that is offered with the postage in it ask nothing of it. */
  readonly apartFromOffers: boolean;
  /** Where the second reader drops a find; unset: as second-reading.ts says. */
  readonly droppedBelow?: number;
  /**
   * The second reader has no say: of what always goes to a person (caution is not argued away), and of what a shop says
   * otherwise than the house, which the reader never learnt.
   */
  readonly isFirm: boolean;
  /** Slots by which the same question is asked again: 那新疆呢. */
  readonly goesOnWith: ReadonlySet<string>;
  /** Sides at which the colour and size asked before still hold. */
  readonly keepsVariant: ReadonlySet<string>;
  /** Sides that are asked of as many pieces as were said right before. */
  readonly keepsQuantity: ReadonlySet<string>;
  /** When it tells of trouble with an own order; the first that fits counts. */
  readonly troubles: readonly TroubleTold[];
}

/** Knowledge as compiled for understanding: frozen, shared by all shops that use the same intents. */
export interface Model {
  readonly intents: readonly IntentModel[];
  /** Ids of greetings and thanks: dropped beside a real matter. */
  readonly talk: ReadonlySet<string>;
  readonly rules: readonly Rule[];
  readonly matcher: Matcher;
  readonly folding: Folding;
  /** What mistyped words are mended by; absent where the language has no table of syllables. */
  readonly wordings?: Wordings;
  /** Seconds finds; doubts them and hears more where the house wrote messages for it to learn from. */
  readonly reader?: MessageReader;
  /** Units that end a question. */
  readonly askingParticles: ReadonlySet<number>;
  /** Words that say nothing of any matter. */
  readonly fillers: Automaton;
  /** Goods that people buy. */
  readonly goods: Automaton;
  readonly tables: SlotTables;
  /** There where no intent has a pattern: then it is the whole knowledge and gives exactly the best intent or none. */
  readonly examples?: ExampleModel;
}
