/** The quick phrases of all shops at work: read, changed, imported; and whoever keeps a copy is told after each commit. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../conversation.js';
import type { Phrase, PhraseChanges, PhraseDecision, PhraseSet, PhraseStorage } from '../storage/phrases.js';
import { assessAhead, type PhraseShop } from './assess.js';
import { type Author, applyOperations, type Outcome, type PhraseOperation, reorder } from './change.js';
import type { FileRow } from './formats.js';
import { type Imported, type ImportOptions, importRows } from './import.js';
import { loadReadings } from './pinyin.js';
import { type FoundPhrase, searchPhrases } from './search.js';
import { startingSet } from './starting-set.js';

/**
 * Told after a change is committed.
 * @param revision of the set from then on
 * @param agents whose own phrases alone are touched; undefined: the shop's are
 */
export type PhraseListener = (revision: number, agents?: ReadonlySet<string>) => void;

export interface Changed {
  /** Of the set, whether it moved or not. */
  readonly revision: number;
  readonly outcome: Outcome;
}

export interface PhraseBook {
  /** A shop that never had a phrase gets the starting set first. */
  set(shop: string): Promise<PhraseSet>;
  changes(shop: string, since: number): Promise<PhraseChanges>;
  phrase(shop: string, id: string): Promise<Phrase | undefined>;
  /** All or none, in one revision. Undefined: the shop is not served. */
  apply(shop: string, operations: readonly PhraseOperation[], author: Author): Promise<Changed | undefined>;
  reorder(shop: string, ids: readonly string[], author: Author): Promise<Changed | undefined>;
  /**
   * @param isTrial only says what would happen
   * @param base only where the set is at this revision; `stale` tells where it is
   */
  importRows(
    shop: string,
    rows: readonly FileRow[],
    options: Omit<ImportOptions, 'ids'>,
    author: Author,
    isTrial: boolean,
    base?: number,
  ): Promise<(Imported & { readonly revision: number }) | { readonly stale: number } | undefined>;
  /** @param isVisible which phrases are looked through. @param usableAt only those that may be used then */
  search(
    shop: string,
    typed: string,
    limit: number,
    isVisible: (phrase: Phrase) => boolean,
    usableAt?: Instant,
  ): Promise<readonly FoundPhrase[]>;
  /** Counts a use; undefined: there is no such phrase. */
  use(shop: string, id: string): Promise<Phrase | undefined>;
  /** Calls back after each committed change of the shop's set, until the returned function is called. */
  onPhrases(shop: string, listener: PhraseListener): () => void;
}

export interface PhraseBookOptions {
  readonly storage: PhraseStorage;
  /** Undefined: not served. */
  readonly shop: (id: string) => PhraseShop | undefined;
  readonly now: () => Instant;
}

const starter = '在吗';

export function openPhraseBook({ storage, shop: shopOf, now }: PhraseBookOptions): PhraseBook {
  const listeners = new Map<string, Set<PhraseListener>>();
  /** Shops that are known to have had phrases. */
  const begun = new Set<string>();

  function tell(shop: string, revision: number, agents?: ReadonlySet<string>): void {
    for (const listener of [...(listeners.get(shop) ?? [])]) listener(revision, agents);
  }

  /** Undefined: the shop is not served. */
  async function open(id: string): Promise<PhraseShop | undefined> {
    const shop = shopOf(id);
    if (shop === undefined || begun.has(id)) return shop;
    if ((await storage.phraseChanges(id, Number.MAX_SAFE_INTEGER)).revision === 0) await begin(id, shop);
    begun.add(id);
    return shop;
  }

  async function begin(id: string, shop: PhraseShop): Promise<void> {
    const ids = startingSet(shop.parameters.address).map(() => randomUUID());
    const { revision, changed } = await storage.changePhrases(id, now(), (set) => ({
      put:
        set.revision > 0
          ? []
          : startingSet(shop.parameters.address).map((words, at) => ({
              ...words,
              id: ids[at]!,
              position: at + 1,
              changedBy: starter,
            })),
      remove: [],
      result: undefined,
    }));
    if (changed) tell(id, revision);
  }

  async function change(
    id: string,
    decide: (set: PhraseSet, shop: PhraseShop) => ReturnType<typeof applyOperations>,
  ): Promise<Changed | undefined> {
    const shop = await open(id);
    if (shop === undefined) return undefined;
    let agents: ReadonlySet<string> | undefined;
    const { revision, changed, result } = await storage.changePhrases(id, now(), (set) => {
      const decided = decide(set, shop);
      agents = agentsTouched(set, decided);
      return decided;
    });
    if (changed) tell(id, revision, agents);
    return { revision, outcome: result };
  }

  /** What is told of phrases is made before it is told, while others are served. */
  async function judged<Set extends PhraseSet>(shop: PhraseShop | undefined, set: Set): Promise<Set> {
    if (shop !== undefined)
      await assessAhead(
        set.phrases.map(({ text }) => text),
        shop,
        now(),
      );
    return set;
  }

  async function set(id: string): Promise<PhraseSet> {
    const shop = await open(id);
    return judged(shop, await storage.phraseSet(id));
  }

  return {
    set,
    async changes(id, since) {
      const shop = await open(id);
      return judged(shop, await storage.phraseChanges(id, since));
    },
    async phrase(shop, id) {
      await open(shop);
      return storage.phrase(shop, id);
    },
    async apply(id, operations, author) {
      const shop = await open(id);
      if (shop !== undefined) await assessAhead(operations.flatMap(textOf), shop, now());
      return change(id, (all, inForce) => applyOperations(all, operations, author, inForce, now()));
    },
    reorder: (id, ids, author) => change(id, (all) => reorder(all, ids, author)),
    async importRows(id, rows, options, author, isTrial, base) {
      const shop = await open(id);
      if (shop === undefined) return undefined;
      const readings = await loadReadings();
      await set(id);
      await assessAhead(
        rows.flatMap(({ words }) => words.text ?? []),
        shop,
        now(),
      );
      const ids = rows.map(() => randomUUID());
      const decide = (all: PhraseSet) => {
        if (base !== undefined && base !== all.revision) return { put: [], remove: [], result: undefined };
        return importRows(all, rows, { ...options, ids }, author, shop, now(), readings);
      };
      if (isTrial) {
        const all = await storage.phraseSet(id);
        const { result } = decide(all);
        return result === undefined ? { stale: all.revision } : { ...result, revision: all.revision };
      }
      let agents: ReadonlySet<string> | undefined;
      const { revision, changed, result } = await storage.changePhrases<Imported | undefined>(id, now(), (all) => {
        const decided = decide(all);
        agents = agentsTouched(all, decided);
        return decided;
      });
      if (changed) tell(id, revision, agents);
      return result === undefined ? { stale: revision } : { ...result, revision };
    },
    async search(id, typed, limit, isVisible, usableAt) {
      await open(id);
      const readings = await loadReadings();
      const { phrases } = await storage.phraseSet(id);
      return searchPhrases(phrases.filter(isVisible), typed, readings, limit, usableAt);
    },
    async use(shop, id) {
      await open(shop);
      return storage.usePhrase(shop, id, now());
    },
    onPhrases(shop, listener) {
      const ofShop = listeners.get(shop) ?? new Set();
      listeners.set(shop, ofShop.add(listener));
      return () => {
        ofShop.delete(listener);
        if (ofShop.size === 0 && listeners.get(shop) === ofShop) listeners.delete(shop);
      };
    },
  };
}

/** Whose own phrases a change touches; undefined: the shop's too, which everybody sees. */
function agentsTouched(
  { phrases }: PhraseSet,
  { put, remove }: Pick<PhraseDecision<unknown>, 'put' | 'remove'>,
): ReadonlySet<string> | undefined {
  const ids = new Set([...put.map(({ id }) => id), ...remove]);
  const touched = [...put, ...phrases.filter(({ id }) => ids.has(id))].map(({ agent }) => agent);
  return touched.includes(undefined) ? undefined : new Set(touched as string[]);
}

function textOf(operation: PhraseOperation): string | readonly [] {
  if (operation.op === 'delete') return [];
  return (operation.op === 'create' ? operation.words.text : operation.change.text) ?? [];
}
