/**
 * What a call does to a shop's set: all of its operations or none. Pure, on the set as it stands, so that storage can run it
 * inside its own transaction. A refusal says which operation, and what to do about it.
 */
import type { Finding, Instant } from '../conversation.js';
import type { Phrase, PhraseDecision, PhraseDraft, PhraseSet, PhraseWords } from '../storage/phrases.js';
import type { PhraseShop } from './assess.js';
import { judgeWords, mostPhrases, scopedCode, tidy, type WordFault } from './words.js';

/** What is named is changed; `null` takes it out. */
export interface PhraseChange extends Partial<Omit<PhraseWords, 'agent' | 'validFrom' | 'validTo'>> {
  readonly agent?: string | null;
  readonly validFrom?: Instant | null;
  readonly validTo?: Instant | null;
  readonly position?: number;
}

/** The revision that a change builds on: of the phrase as its author saw it; `any`: whatever it is now. */
export type Base = number | 'any';

export type PhraseOperation =
  | { readonly op: 'create'; readonly id: string; readonly words: PhraseWords; readonly position?: number }
  | { readonly op: 'update'; readonly id: string; readonly base: Base; readonly change: PhraseChange }
  | { readonly op: 'delete'; readonly id: string; readonly base: Base };

export interface Author {
  /** For `changedBy`. */
  readonly name: string;
  /** @param agent whose phrase it is; undefined: the shop's */
  readonly mayChange: (agent: string | undefined) => boolean;
  /** Which phrases are seen: those of the shop, and those of this agent; `*`: all. */
  readonly sees: string;
  /** Takes findings upon itself: those that cost points, or also those that are never allowed. */
  readonly overrides: 'nothing' | 'points' | 'everything';
}

/** Why nothing was done. `at`: which operation. */
export type PhraseRefusal = { readonly at: number } & (
  | { readonly why: 'unknown' }
  | { readonly why: 'forbidden' }
  | { readonly why: 'stale'; readonly current: Phrase }
  | { readonly why: 'taken'; readonly holder: Phrase }
  | { readonly why: 'faulty'; readonly faults: readonly WordFault[] }
  | { readonly why: 'finding'; readonly findings: readonly Finding[] }
  | { readonly why: 'full' }
);

export interface Applied {
  /** Ids in the order of the operations. */
  readonly ids: readonly string[];
  /** Of phrases that are enabled though a finding speaks against it, because the author took it upon himself. */
  readonly overridden: readonly { readonly id: string; readonly findings: readonly Finding[] }[];
}

export type Outcome = { readonly done: Applied } | { readonly refused: PhraseRefusal };

/** A set in the course of being changed. */
export interface Changing {
  /** Undefined: it was applied. Refused: the set is as before. @param at for the refusal: which operation it is */
  apply(operation: PhraseOperation, at: number): PhraseRefusal | undefined;
  /** The phrase of that scope with that code, as the set is now. */
  holder(words: Pick<PhraseWords, 'code' | 'agent'>): Phrase | undefined;
  readonly put: ReadonlyMap<string, PhraseDraft>;
  readonly removed: ReadonlySet<string>;
  readonly overridden: readonly { readonly id: string; readonly findings: readonly Finding[] }[];
}

export function changing(set: PhraseSet, author: Author, shop: PhraseShop, now: Instant): Changing {
  const phrases = new Map<string, Phrase>(set.phrases.map((one) => [one.id, one]));
  const holders = new Map<string, string>(set.phrases.map((one) => [scopedCode(one), one.id]));
  const put = new Map<string, PhraseDraft>();
  const removed = new Set<string>();
  const overridden: { readonly id: string; readonly findings: readonly Finding[] }[] = [];
  let last = set.phrases.at(-1)?.position ?? 0;
  const isSeen = ({ agent }: Phrase) => agent === undefined || author.sees === '*' || author.sees === agent;

  function apply(operation: PhraseOperation, at: number): PhraseRefusal | undefined {
    const { id } = operation;
    if (operation.op === 'create') {
      if (!author.mayChange(operation.words.agent)) return { at, why: 'forbidden' };
      if (phrases.size >= mostPhrases) return { at, why: 'full' };
      return keep(tidy(operation.words), { id, position: operation.position ?? last + 1 }, undefined, at);
    }
    const before = phrases.get(id);
    if (before === undefined || !isSeen(before)) return { at, why: 'unknown' };
    if (!author.mayChange(before.agent)) return { at, why: 'forbidden' };
    if (operation.base !== 'any' && operation.base !== before.revision) return { at, why: 'stale', current: before };
    if (operation.op === 'delete') {
      phrases.delete(id);
      holders.delete(scopedCode(before));
      put.delete(id);
      removed.add(id);
      return undefined;
    }
    const words = tidy(changed(before, operation.change));
    if (!author.mayChange(words.agent)) return { at, why: 'forbidden' };
    const position = operation.change.position ?? before.position;
    if (isSame(words, before) && position === before.position) return undefined;
    return keep(words, { id, position }, before, at);
  }

  function keep(
    words: PhraseWords,
    place: { readonly id: string; readonly position: number },
    before: Phrase | undefined,
    at: number,
  ): PhraseRefusal | undefined {
    const { assessed, faults } = judgeWords(words, shop, now);
    if (faults.length > 0 || assessed === undefined) return { at, why: 'faulty', faults };
    const holder = phrases.get(holders.get(scopedCode(words)) ?? '');
    if (holder !== undefined && holder.id !== place.id) return { at, why: 'taken', holder };
    // Who only renames what was let through before is not asked again.
    const isNew = words.enabled && (before?.enabled !== true || before.text !== words.text);
    if (isNew && assessed.verdict === 'stop') {
      const isBlocked = assessed.findings.some(({ severity }) => severity === 'block');
      const isTaken = author.overrides === 'everything' || (author.overrides === 'points' && !isBlocked);
      if (!isTaken) return { at, why: 'finding', findings: assessed.findings };
      overridden.push({ id: place.id, findings: assessed.findings });
    }
    if (before !== undefined) holders.delete(scopedCode(before));
    holders.set(scopedCode(words), place.id);
    last = Math.max(last, place.position);
    const draft: PhraseDraft = { ...words, ...place, changedBy: author.name };
    put.set(place.id, draft);
    const { revision = 0, createdAt = now, uses = 0 } = before ?? {};
    phrases.set(place.id, { ...draft, revision, createdAt, changedAt: now, uses });
    return undefined;
  }

  const holder: Changing['holder'] = (words) => phrases.get(holders.get(scopedCode(words)) ?? '');
  return { apply, holder, put, removed, overridden };
}

/** All operations or none. */
export function applyOperations(
  set: PhraseSet,
  operations: readonly PhraseOperation[],
  author: Author,
  shop: PhraseShop,
  now: Instant,
): PhraseDecision<Outcome> {
  const changes = changing(set, author, shop, now);
  for (const [at, operation] of operations.entries()) {
    const refused = changes.apply(operation, at);
    if (refused !== undefined) return { put: [], remove: [], result: { refused } };
  }
  const done = { ids: operations.map(({ id }) => id), overridden: changes.overridden };
  return { put: [...changes.put.values()], remove: [...changes.removed], result: { done } };
}

/**
 * The named phrases take, in the order given, the places that they have among themselves; all others keep theirs.
 * @returns unknown where one is named that is not there
 */
export function reorder(set: PhraseSet, ids: readonly string[], author: Author): PhraseDecision<Outcome> {
  const byId = new Map(set.phrases.map((one) => [one.id, one]));
  for (const [at, id] of ids.entries()) {
    const one = byId.get(id);
    if (one === undefined) return { put: [], remove: [], result: { refused: { at, why: 'unknown' } } };
    if (!author.mayChange(one.agent)) return { put: [], remove: [], result: { refused: { at, why: 'forbidden' } } };
  }
  const named = new Set(ids);
  const inTurn = ids[Symbol.iterator]();
  const order = set.phrases.map((one) => (named.has(one.id) ? byId.get(inTurn.next().value!)! : one));
  const put = order.flatMap((one, at) =>
    one.position === at + 1
      ? []
      : [{ ...draftOf(one), position: at + 1, changedBy: named.has(one.id) ? author.name : one.changedBy }],
  );
  return { put, remove: [], result: { done: { ids, overridden: [] } } };
}

/** Without what storage keeps. */
export function draftOf({
  revision: _,
  createdAt: __,
  changedAt: ___,
  uses: ____,
  lastUsedAt: _____,
  ...draft
}: Phrase): PhraseDraft {
  return draft;
}

function changed(before: Phrase, change: PhraseChange): PhraseWords {
  const { code, title, text, group, enabled, agent, validFrom, validTo } = { ...before, ...change };
  return {
    code,
    title,
    text,
    group,
    enabled,
    ...(agent != null && { agent }),
    ...(validFrom != null && { validFrom }),
    ...(validTo != null && { validTo }),
  };
}

/** Whether two say the same, whoever wrote them. */
export function isSame(one: PhraseWords, other: PhraseWords): boolean {
  const fields = ['code', 'title', 'text', 'group', 'agent', 'enabled', 'validFrom', 'validTo'] as const;
  return fields.every((field) => one[field] === other[field]);
}
