/**
 * The part of the Storage port that knows quick phrases. Each shop has one set with a revision that grows by each change, so
 * that a client which was away asks for what changed since the revision it has.
 */
import type { Instant } from '../conversation.js';

/** What somebody wrote; the rest of a phrase is kept by the house. */
export interface PhraseWords {
  /** What is typed to find it: `fh1`. */
  readonly code: string;
  readonly title: string;
  /** Liquid, as replies are. */
  readonly text: string;
  /** Empty: in no group. */
  readonly group: string;
  /** Id of the user whose own it is; unset: the whole shop's. */
  readonly agent?: string;
  readonly enabled: boolean;
  /** From when on it may be used. */
  readonly validFrom?: Instant;
  /** From when on it may no longer be used. */
  readonly validTo?: Instant;
}

/** A phrase as it is to be stored. */
export interface PhraseDraft extends PhraseWords {
  readonly id: string;
  /** Orders the set; need not be gapless. */
  readonly position: number;
  /** Who wrote it so. */
  readonly changedBy: string;
}

export interface Phrase extends PhraseDraft {
  /** Of the set when this phrase was last changed. */
  readonly revision: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  /** How often it was put into a conversation. Counting is no change: it moves no revision. */
  readonly uses: number;
  readonly lastUsedAt?: Instant;
}

/** What is left of a phrase that was deleted. */
export interface PhraseTombstone {
  readonly id: string;
  readonly revision: number;
}

export interface PhraseSet {
  /** 0: the shop never had a phrase. */
  readonly revision: number;
  /** In order of position, then of age. */
  readonly phrases: readonly Phrase[];
}

export interface PhraseChanges extends PhraseSet {
  /** True: `phrases` is the whole set, because the revision asked for is older than what is kept, or not of this set. */
  readonly whole: boolean;
  /** Deleted since; empty where the whole set comes. */
  readonly gone: readonly PhraseTombstone[];
}

/** What becomes of a set. With nothing in `put` and `remove` there is no new revision. */
export interface PhraseDecision<Result> {
  /** New ones, or those of the same id anew. */
  readonly put: readonly PhraseDraft[];
  /** Ids; unknown ones count for nothing. */
  readonly remove: readonly string[];
  readonly result: Result;
}

export interface PhraseStorage {
  phraseSet(shop: string): Promise<PhraseSet>;
  phrase(shop: string, id: string): Promise<Phrase | undefined>;
  /** What is different from the set of that revision. */
  phraseChanges(shop: string, since: number): Promise<PhraseChanges>;
  /**
   * Changes the set as it stands, all in one revision. `decide` is pure and may be told twice (a transaction that is
   * repeated).
   */
  changePhrases<Result>(
    shop: string,
    at: Instant,
    decide: (set: PhraseSet) => PhraseDecision<Result>,
  ): Promise<{ readonly revision: number; readonly changed: boolean; readonly result: Result }>;
  /** Counts a use. The phrase as it stands after it; undefined when there is none. */
  usePhrase(shop: string, id: string, at: Instant): Promise<Phrase | undefined>;
}
