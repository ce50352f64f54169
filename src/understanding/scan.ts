/** What one pass of the patterns over a text gives. */
import type { Folded } from './normalise.js';
import type { Phrases } from './phrases.js';

/** The `value` of a number written in digits: read it from the text. */
export const digitsValue = -1;

export interface SlotHit {
  readonly slot: string;
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** A pattern found: `rule` as given to compileMatcher, spans of its literal elements (pairs start, end) if it finds or tells a side. */
export interface Match {
  readonly rule: number;
  readonly clause: number;
  readonly start: number;
  readonly end: number;
  readonly spans: readonly number[];
}

/**
 * Finds that only take others away, where any that they may take stands in their phrases: nobody asks which of their words they rest on. Arrays of equal
 * length, of which the first `count` hold; reused by the next scan.
 */
export interface Cancels {
  readonly count: number;
  readonly rules: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** What was found, by what the rules do. */
export interface Scan {
  readonly finds: readonly Match[];
  /** Of intents that were found in the same clause, if no more. */
  readonly facets: readonly Match[];
  readonly asks: readonly Match[];
  readonly continues: readonly Match[];
  readonly questions: readonly Match[];
  /** Of all finds, as bits: for a matcher that runs beside this one. */
  readonly families: number;
  /** Of each matcher that ran. */
  readonly cancels: readonly Cancels[];
  readonly slots: readonly SlotHit[];
  readonly phrases: Phrases;
  /** Per unit 1 where it is a pause, a closing particle or part of a polite opening. Reused by the next scan. */
  readonly plain: Uint8Array;
}

export interface Matcher {
  /** @param families of finds that another matcher made, whose sides this one tells */
  readonly scan: (text: Folded, families?: number) => Scan;
}
