/**
 * Knowledge as it is in force while the process runs. A changed file or setting is checked and swapped in whole: a turn is handed
 * one frozen Shop and never sees half a change. What is faulty is refused and told, and what was in force before stays.
 */
import type { Instant } from '../conversation.js';
import { type Fault, FaultyFiles } from '../errors.js';
import type { KnowledgeFiles, KnowledgeReader, SharedFiles, ShopFile } from '../shop/knowledge-files.js';
import type { ShopParameters } from '../shop/parameters.js';
import { offReplies } from '../shop/replies.js';
import { checkSettings } from '../shop/settings-content.js';
import type { SettingsChange } from '../shop/settings-diff.js';
import { type CompiledShared, type KnowledgeCompiler, shopOf } from '../shop/shared-knowledge.js';
import type { Shop } from '../shop/shop.js';
import { inSlices } from '../shop/slices.js';
import { conflictFault, errorsOf, revisionFaults } from './refusals.js';
import {
  type ChangeOutcome,
  type ChangeRequest,
  type FileOutcome,
  openSettings,
  type Settings,
  type SettingsStorage,
} from './settings.js';

/** What was tried last and is not in force, and why. */
export interface Refused {
  readonly at: Instant;
  readonly faults: readonly Fault[];
  /** Of a file that was changed while the shop was changed otherwise: what the file would change. */
  readonly changes?: readonly SettingsChange[];
}

export interface KnowledgeStatus {
  readonly shop: Shop;
  /** Since when this very knowledge is in force. */
  readonly since: Instant;
  readonly file: string;
  readonly standing: FileOutcome['standing'] | 'faulty';
  readonly refused: readonly Refused[];
  /** Replies that are off because a parameter is not set. */
  readonly warnings: readonly Fault[];
}

/** What live knowledge tells of itself; nothing of it is a buyer's. */
export interface LiveEvents {
  readonly swapped: (shops: readonly string[], cause: string, milliseconds: number) => void;
  readonly removed: (shop: string) => void;
  readonly refused: (faults: readonly Fault[]) => void;
}

export interface LiveOptions {
  readonly reader: KnowledgeReader;
  readonly compiler: KnowledgeCompiler;
  readonly storage: SettingsStorage;
  readonly now: () => Instant;
  /** Why a shop cannot be served whatever its file says: it has no secret. */
  readonly secretFaults: (shop: string) => readonly Fault[];
  /** Before a shop is served for the first time. */
  readonly joined?: (shop: string) => Promise<void>;
  readonly events: LiveEvents;
}

export interface LiveKnowledge {
  shop(id: string): Shop | undefined;
  ids(): readonly string[];
  status(id: string): KnowledgeStatus | undefined;
  readonly settings: Pick<Settings, 'current' | 'revision' | 'history' | 'fileRevision'>;
  /** Reads all files anew. Resolves when what could be taken is in force; faults are told, not thrown. */
  reload(cause: string): Promise<void>;
  /** In force when it resolves to `done`. */
  change(request: ChangeRequest): Promise<ChangeOutcome>;
}

interface InForce {
  readonly shop: Shop;
  readonly since: Instant;
}

interface Effective {
  readonly file: ShopFile;
  readonly parameters: ShopParameters;
  readonly settings: number;
  readonly standing: KnowledgeStatus['standing'];
}

/**
 * Loads what is there and begins.
 * @throws FaultyFiles when a shop that has a file cannot be served
 */
export async function openLiveKnowledge(options: LiveOptions): Promise<LiveKnowledge> {
  const { reader, compiler, storage, now, events } = options;
  let files: KnowledgeFiles = reader.read();
  if (files.shared === undefined) throw new FaultyFiles(files.sharedFaults);
  let good: SharedFiles = files.shared;
  let compiled: CompiledShared | undefined;
  let effective: ReadonlyMap<string, Effective> = new Map();
  let inForce: ReadonlyMap<string, InForce> = new Map();
  /** By shop; '' for what all shops share. */
  const refusals = new Map<string, Refused>();
  const isIntent = (id: string) => good.intents.some((file) => file.intent.id === id);
  const settings = openSettings({ storage, now, isIntent });

  /** One change after the other: each sees what the one before it left. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  }

  function refuse(key: string, faults: readonly Fault[], changes?: readonly SettingsChange[]): void {
    const before = refusals.get(key);
    // Read again for another file's sake: told once is enough.
    if (before !== undefined && JSON.stringify(before.faults) === JSON.stringify(faults)) return;
    refusals.set(key, { at: now(), faults, ...(changes === undefined ? {} : { changes }) });
    events.refused(faults);
  }

  /** The parameters that a shop is to work with; undefined when it cannot be served with any. */
  async function parametersOf(file: ShopFile): Promise<Effective | undefined> {
    const before = effective.get(file.id);
    const stays = before && { ...before, file };
    const secretFaults = before === undefined ? options.secretFaults(file.id) : [];
    const faults = [...file.faults, ...secretFaults];
    if (faults.length > 0 || file.parameters === undefined) {
      refuse(file.id, faults);
      return stays && { ...stays, standing: 'faulty' };
    }
    const { standing, current, changes } = await settings.syncFile(file.id, file.content, file.path);
    if (standing === 'refused') refuse(file.id, [conflictFault(file, current)], changes);
    else refusals.delete(file.id);
    if (stays?.settings === current.number) return { ...stays, standing };
    const checked = checkSettings(current.content, file.id, isIntent);
    if (checked.parameters !== undefined) return { file, parameters: checked.parameters, settings: current.number, standing };
    refuse(file.id, revisionFaults(current, checked.faults));
    return stays && { ...stays, standing };
  }

  async function compile(from: SharedFiles, parameters: ReadonlyMap<string, Effective>): Promise<CompiledShared> {
    const compiling = compiler.compiling(
      from,
      [...parameters.values()].map((one) => one.parameters),
    );
    return inSlices(compiling);
  }

  /** Puts a whole set of shops in force at once. */
  async function swap(next: ReadonlyMap<string, Effective>, made: CompiledShared, cause: string, began: number): Promise<void> {
    const shops = new Map<string, InForce>();
    const changed: string[] = [];
    for (const [id, { parameters, settings: number }] of next) {
      const before = inForce.get(id);
      const isSame =
        before?.shop.parameters === parameters && before.shop.settings === number && compiled?.shared === made.shared;
      if (isSame) {
        shops.set(id, before);
        continue;
      }
      if (before === undefined) await options.joined?.(id);
      const shop = shopOf(parameters, made.shared, number);
      // Files that say the same in other words change nothing.
      const isNews = before?.shop.revision !== shop.revision || before.shop.settings !== number;
      if (isNews) changed.push(id);
      shops.set(id, { shop, since: isNews ? now() : before.since });
    }
    const removed = [...inForce.keys()].filter((id) => !shops.has(id));
    effective = next;
    compiled = made;
    inForce = shops;
    for (const id of removed) {
      refusals.delete(id);
      events.removed(id);
    }
    if (changed.length > 0) events.swapped(changed, cause, performance.now() - began);
  }

  async function load(cause: string): Promise<void> {
    const began = performance.now();
    files = reader.read();
    const formerGood = good;
    let sharedFaults: readonly Fault[] = errorsOf(files.sharedFaults);
    if (files.shared !== undefined && sharedFaults.length === 0) good = files.shared;

    const next = new Map<string, Effective>();
    // A folder that is not there just now (a volume, a checkout under way) stops nobody.
    if (files.shops.size === 0) refuse('config/shops', files.shopFaults);
    else refusals.delete('config/shops');
    const found = files.shops.size === 0 ? [...effective.values()].map(({ file }) => file) : [...files.shops.values()];
    for (const file of found) {
      const one = await parametersOf(file);
      if (one !== undefined) next.set(file.id, one);
    }

    let made = await compile(good, next);
    const compileFaults = errorsOf(made.faults);
    if (compileFaults.length > 0) {
      sharedFaults = [...sharedFaults, ...reader.located(compileFaults)];
      good = formerGood;
      made = await compile(good, next);
    }
    if (sharedFaults.length > 0) refuse('', sharedFaults);
    else refusals.delete('');
    // A file that was mended or taken away again leaves nothing to tell.
    for (const id of refusals.keys()) if (id !== '' && id !== 'config/shops' && !files.shops.has(id)) refusals.delete(id);
    await swap(next, made, cause, began);
  }

  await load('start');
  const unserved = [...files.shops.keys()].filter((id) => !inForce.has(id));
  if (unserved.length > 0) throw new FaultyFiles(unserved.flatMap((id) => refusals.get(id)?.faults ?? []));

  return {
    shop: (id) => inForce.get(id)?.shop,
    ids: () => [...inForce.keys()],
    settings,
    status(id) {
      const mine = inForce.get(id);
      const from = effective.get(id);
      if (mine === undefined || from === undefined || compiled === undefined) return undefined;
      const refused = ['', 'config/shops', id].map((key) => refusals.get(key)).filter((one) => one !== undefined);
      const { file, standing } = from;
      const warnings = [
        ...compiled.faults.filter((fault) => fault.severity === 'warning'),
        ...offReplies(compiled.shared.book, mine.shop.parameters, file.path),
      ];
      return { ...mine, file: file.path, standing, refused, warnings };
    },
    reload: (cause) => inTurn(() => load(cause)),
    change: (request) =>
      inTurn(async () => {
        const began = performance.now();
        const before = effective.get(request.shop);
        const outcome = await settings.change(request, before?.file.content);
        if (before === undefined || outcome.outcome === 'stale' || outcome.outcome === 'faulty') return outcome;
        const { number } = outcome.revision;
        const { file } = before;
        const isFile = (await settings.fileRevision(request.shop)) === number;
        if (isFile) refusals.delete(request.shop);
        const isRefused = before.standing === 'refused' || before.standing === 'faulty';
        const standing = isFile ? 'in_line' : isRefused ? before.standing : 'overruled';
        const parameters = outcome.outcome === 'done' ? outcome.parameters : before.parameters;
        const next = new Map(effective).set(request.shop, { file, parameters, settings: number, standing });
        await swap(next, await compile(good, next), request.source, began);
        return outcome;
      }),
  };
}
