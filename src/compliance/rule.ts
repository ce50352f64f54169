/**
 * The contract of a compliance rule: one file in rules/ that exports `rule`. Points are the figures of the platform's
 * penalty table (domain.md §4); where sources disagree the note says so.
 */
import type { Finding, Severity } from '../conversation.js';
import type { GoodsKnown } from './goods.js';

/** What the shop and the conversation allow; what is unset is not known, and a rule then keeps to what never is allowed. */
export interface CheckContext {
  /** Cash on delivery is offered for the item in question. */
  readonly codEnabled?: boolean;
  /** Credit cards are accepted (the platform's default). */
  readonly cardAccepted?: boolean;
  /** The shipping template: where free shipping does not hold, and from which sum or number of items on it does. */
  readonly freeShipping?: {
    readonly excludes: readonly string[];
    readonly fromYuan?: number;
    readonly fromItems?: number;
  };
  /** The account that is written to is the one that ordered. */
  readonly orderOwner?: boolean;
  /** What a buyer gets for a fake: 3 of 假一赔三; `none`: the shop speaks of genuine goods and has set nothing. */
  readonly compensation?: number | 'none';
  /** Goods that an agent's words may be about. */
  readonly goods?: GoodsKnown;
}

/** In the two languages of the pages. */
export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

/** Lines that break a rule in words that no pattern need know. */
export interface Learned {
  readonly lines: readonly string[];
  /** What such lines do, for the agent: goes on after 读起来像 and "It reads like a line that". */
  readonly because: Sentence;
  /** A wording that keeps all rules. It is shown, not put anywhere: a likeness knows no words that it could replace. */
  readonly wording: string;
  /** The lines break the rule only where shop and conversation are like this. */
  readonly when?: (context: CheckContext) => boolean;
  /** Sums and places decide as much as the words: where one is named, the reader does not overrule a pattern. */
  readonly isByTerms?: true;
}

export interface Rule {
  /** The file's name. */
  readonly id: string;
  readonly severity: Severity;
  /** Penalty points of one breach; 0 where the platform only warns. */
  readonly points: number;
  readonly note?: Sentence;
  readonly title: Sentence;
  /** What the line reader (line-reader.ts) learns of it, beside the examples. */
  readonly learned?: Learned;
  /** All breaches in the text, in order; offsets are UTF-16 units of this text. */
  check(text: string, context: CheckContext): Finding[];
  /** Texts that keep and that break the rule: its tests. */
  readonly examples: {
    /** In which the examples hold; else nothing is known. */
    readonly context?: CheckContext;
    readonly pass: readonly string[];
    readonly fail: readonly string[];
  };
}
