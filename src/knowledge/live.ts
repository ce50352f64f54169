/**
 * Knowledge as it is in force while the process runs. A changed file or setting is checked and swapped in whole: a turn is handed
 * one frozen Shop and never sees half a change. What is faulty is refused and told, and what was in force before stays.
 */

import type { Instant } from '../conversation.js';
import { type Fault, FaultyFiles } from '../errors.js';
import { calendarFaults } from '../shop/calendar-faults.js';
import type { KnowledgeFiles, KnowledgeReader, SharedFiles, ShopFile } from '../shop/knowledge-files.js';
import type { OwnIntent } from '../shop/overrides.js';
import type { OwnKnowledge, SharedKnowledge } from '../shop/own-knowledge.js';
import type { ShopParameters } from '../shop/parameters.js';
import { offReplies } from '../shop/replies.js';
import type { ReplyWordsFile } from '../shop/reply-words.js';
import { checkKeptSettings, type JudgeCallback, type SettingsFault } from '../shop/settings-content.js';
import type { SettingsChange } from '../shop/settings-diff.js';
import { repliesOfSettingsFaults, withSettingsReplies } from '../shop/settings-replies.js';
import { type CompiledShared, type KnowledgeCompiler, shopOf } from '../shop/shared-knowledge.js';
import type { Shop } from '../shop/shop.js';
import { shopWordFaults } from '../shop/shop-word-faults.js';
import { inSlices } from '../shop/slices.js';
import { conflictFault, errorsOf, keptFaults, revisionFaults } from './refusals.js';
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
  /** Replies that are off because a parameter is not set, words that could be better, holidays that nobody has announced. */
  readonly warnings: readonly Fault[];
}

/** What live knowledge tells of itself; nothing of it is a buyer's. */
export interface LiveEvents {
  readonly swapped: (shops: readonly string[], cause: string, milliseconds: number) => void;
  readonly removed: (shop: string) => void;
  readonly refused: (faults: readonly Fault[]) => void;
  /** Of settings that are taken all the same. */
  readonly warned: (faults: readonly Fault[]) => void;
}

export interface LiveOptions {
  readonly reader: KnowledgeReader;
  /** As the reader has just read them, where that was done. */
  readonly files?: KnowledgeFiles;
  readonly compiler: KnowledgeCompiler;
  readonly rules: Shop['rules'];
  readonly storage: SettingsStorage;
  readonly now: () => Instant;
  /** Why a shop cannot be served whatever its file says: it has no secret. */
  readonly secretFaults: (shop: string) => readonly Fault[];
  /** Of settings that somebody wants; those of files the reader judges. */
  readonly judgeCallback?: JudgeCallback | undefined;
  /** Before shops are served for the first time, and when they come back. */
  readonly joined?: (shops: readonly string[]) => Promise<void>;
  readonly events: LiveEvents;
}

export interface LiveKnowledge {
  shop(id: string): Shop | undefined;
  ids(): readonly string[];
  status(id: string): KnowledgeStatus | undefined;
  /** As the language's file has them: what shops say around answers where their settings do not say otherwise. */
  words(): ReplyWordsFile;
  readonly settings: Pick<Settings, 'current' | 'revision' | 'history' | 'fileRevision' | 'check'>;
  /** Reads all files anew. Resolves when what could be taken is in force; faults are told, not thrown. */
  reload(cause: string): Promise<void>;
  /** In force when it resolves to `done`. */
  change(request: ChangeRequest): Promise<ChangeOutcome>;
  /**
   * The shop as it would be with other settings, or what is wrong with them; undefined for a shop that is not served. Keeps
   * nothing. Words of products are understood as they are now.
   */
  trial(id: string, wanted: (current: unknown) => unknown): Promise<Trial | undefined>;
}

export type Trial = { readonly shop: Shop } | { readonly faults: readonly SettingsFault[] };

interface InForce {
  readonly shop: Shop;
  readonly since: Instant;
  readonly shared: SharedKnowledge;
  readonly own: Own;
}

/** A shop's own files at work. */
interface Own {
  /** As they were read. */
  readonly read: readonly OwnIntent[];
  /** With the replies of the settings over them. */
  readonly files: readonly OwnIntent[];
  readonly made: OwnKnowledge;
}

interface Effective {
  readonly file: ShopFile;
  readonly parameters: ShopParameters;
  readonly settings: number;
  readonly standing: KnowledgeStatus['standing'];
  /** What an earlier version kept and this one would refuse. */
  readonly odd: readonly Fault[];
}

const shopFolder = 'config/shops';

function ownFolder(shop: string): string {
  return `${shopFolder}/${shop}/intents`;
}

/** Own files without those whose shared intent is gone, or whose own intent has become a shared one. */
function stillFitting(files: readonly OwnIntent[], { intents }: SharedKnowledge): readonly OwnIntent[] {
  const fits = ({ intent, shared }: OwnIntent) => intents.has(intent.id) === (shared !== undefined);
  return files.every(fits) ? files : files.filter(fits);
}

/**
 * Loads what is there and begins.
 * @throws FaultyFiles when a shop that has a file cannot be served
 */
export async function openLiveKnowledge(options: LiveOptions): Promise<LiveKnowledge> {
  const { reader, compiler, rules, storage, now, events } = options;
  let files = options.files ?? reader.read();
  if (files.shared === undefined) throw new FaultyFiles(files.sharedFaults);
  let good: SharedFiles = files.shared;
  let compiled: CompiledShared | undefined;
  let effective: ReadonlyMap<string, Effective> = new Map();
  let inForce: ReadonlyMap<string, InForce> = new Map();
  /** By shop; by folder for what is a shop's own; '' for what all shops share. */
  const refusals = new Map<string, Refused>();
  const intentsOf = (file: ShopFile | undefined) =>
    new Set([...good.intents.map(({ intent }) => intent.id), ...(file?.ownIds ?? [])]);
  const intents = (shop: string) => intentsOf(effective.get(shop)?.file);
  const judgeReplies = (parameters: ShopParameters) => repliesOfSettingsFaults(parameters, reader, good, rules);
  const settings = openSettings({ storage, now, intents, rules, judgeReplies, judgeCallback: options.judgeCallback });

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
    const wrong = file.parameters === undefined ? [] : judgeReplies(file.parameters).faults;
    const inReplies = wrong.map((fault): Fault => ({ ...fault, file: file.path, severity: 'error' }));
    const faults = [...file.faults, ...secretFaults, ...reader.located(inReplies)];
    if (faults.length > 0 || file.parameters === undefined) {
      refuse(file.id, faults);
      return stays && { ...stays, standing: 'faulty' };
    }
    const { standing, current, changes } = await settings.syncFile(file.id, file.content, file.path);
    if (standing === 'refused') refuse(file.id, [conflictFault(file, current)], changes);
    else refusals.delete(file.id);
    if (stays?.settings === current.number) return { ...stays, standing };
    const checked = checkKeptSettings(current.content, file.id, intentsOf(file));
    if (checked.parameters !== undefined) {
      const { parameters } = checked;
      const odd = keptFaults(current, parameters);
      if (odd.length > 0) events.warned(odd);
      return { file, parameters, settings: current.number, standing, odd };
    }
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

  async function compileOwn({ file, parameters }: Effective, read: readonly OwnIntent[], shared: SharedKnowledge): Promise<Own> {
    const { id } = file;
    const before = inForce.get(id);
    const isSame = before?.own.read === read && before.shared === shared;
    const saidBy = ({ replies, holding }: ShopParameters) => JSON.stringify([replies, holding.intents]);
    if (isSame && saidBy(before.shop.parameters) === saidBy(parameters)) return before.own;
    const files = withSettingsReplies(read, shared.intents, parameters, file.path);
    return { read, files, made: await inSlices(compiler.compilingOwn(id, files, shared)) };
  }

  /** The own files of a shop as they are now, when all of them can be taken; those in force otherwise. */
  async function readOwn(one: Effective, shared: SharedKnowledge): Promise<Own | undefined> {
    const { id } = one.file;
    const { files: read, faults } = reader.own(id, shared.intents);
    const own = await compileOwn(one, read, shared);
    const errors = errorsOf([...faults, ...reader.located(own.made.faults)]);
    if (errors.length === 0) {
      refusals.delete(ownFolder(id));
      return own;
    }
    refuse(ownFolder(id), errors);
    const before = inForce.get(id);
    return before && compileOwn(one, stillFitting(before.own.read, shared), shared);
  }

  /** Puts a whole set of shops in force at once. @param isRead whether the shops' own files were read anew */
  async function swap(
    wanted: ReadonlyMap<string, Effective>,
    made: CompiledShared,
    isRead: boolean,
    cause: string,
    began: number,
  ): Promise<void> {
    const { shared } = made;
    const next = new Map<string, Effective>();
    const owns = new Map<string, Own>();
    for (const [id, one] of wanted) {
      const read = inForce.get(id)?.own.read;
      const own = isRead || read === undefined ? await readOwn(one, shared) : await compileOwn(one, read, shared);
      if (own === undefined) continue;
      next.set(id, one);
      owns.set(id, own);
    }
    const joining = [...next.keys()].filter((id) => !inForce.has(id));
    if (joining.length > 0) await options.joined?.(joining);
    // From here on without a pause.
    const shops = new Map<string, InForce>();
    const changed: string[] = [];
    for (const [id, { parameters, settings: number }] of next) {
      const own = owns.get(id)!;
      const before = inForce.get(id);
      const isSame = before?.shop.parameters === parameters && before.shop.settings === number;
      if (isSame && before.own === own && before.shared === shared) {
        shops.set(id, before);
        continue;
      }
      const shop = shopOf({ parameters, shared, files: own.files, own: own.made, settings: number });
      // Files that say the same in other words change nothing.
      const isNews = before?.shop.revision !== shop.revision || before.shop.settings !== number;
      if (isNews) changed.push(id);
      shops.set(id, { shop, shared, own, since: isNews ? now() : before.since });
    }
    const removed = [...inForce.keys()].filter((id) => !shops.has(id));
    compiler.forget([...inForce].filter(([id, before]) => shops.get(id) !== before).map(([id]) => id));
    effective = next;
    compiled = made;
    inForce = shops;
    for (const id of removed) {
      refusals.delete(id);
      refusals.delete(ownFolder(id));
      events.removed(id);
    }
    if (changed.length > 0) events.swapped(changed, cause, performance.now() - began);
  }

  /** What `files` says is to be in force. */
  async function load(cause: string, began: number): Promise<void> {
    const formerGood = good;
    let sharedFaults: readonly Fault[] = errorsOf(files.sharedFaults);
    if (files.shared !== undefined && sharedFaults.length === 0) good = files.shared;

    const next = new Map<string, Effective>();
    // A folder that is not there just now (a volume, a checkout under way) stops nobody.
    if (files.shopFaults.length > 0) refuse(shopFolder, files.shopFaults);
    else refusals.delete(shopFolder);
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
    const kept = new Set(['', shopFolder, ...[...files.shops.keys()].flatMap((id) => [id, ownFolder(id)])]);
    for (const key of refusals.keys()) if (!kept.has(key)) refusals.delete(key);
    await swap(next, made, files.shops.size > 0, cause, began);
  }

  await load('start', performance.now());
  const unserved = [...files.shops.keys()].filter((id) => !inForce.has(id));
  if (unserved.length > 0)
    throw new FaultyFiles(unserved.flatMap((id) => [id, ownFolder(id)].flatMap((key) => refusals.get(key)?.faults ?? [])));

  return {
    shop: (id) => inForce.get(id)?.shop,
    words: () => good.words,
    ids: () => [...inForce.keys()],
    settings,
    status(id) {
      const mine = inForce.get(id);
      const from = effective.get(id);
      if (mine === undefined || from === undefined || compiled === undefined) return undefined;
      const refused = ['', shopFolder, id, ownFolder(id)].map((key) => refusals.get(key)).filter((one) => one !== undefined);
      const { file, standing } = from;
      const warnings = [
        ...from.odd,
        ...[...compiled.faults, ...mine.own.made.faults].filter((fault) => fault.severity === 'warning'),
        ...offReplies(mine.shop.book, mine.shop.parameters, file.path),
        ...shopWordFaults(mine.shop.parameters, file.path, rules).map((fault): Fault => ({ ...fault, severity: 'warning' })),
        ...calendarFaults(new Map([[id, mine.shop]]), now()),
      ];
      return { shop: mine.shop, since: mine.since, file: file.path, standing, refused, warnings };
    },
    async trial(id, wanted) {
      const mine = inForce.get(id);
      const from = effective.get(id);
      if (mine === undefined || from === undefined) return undefined;
      const current = (await settings.current(id))?.content;
      const { parameters, faults } = settings.check(wanted(current), id, current);
      if (parameters === undefined) return { faults };
      const { own, shared } = mine;
      const files = withSettingsReplies(own.read, shared.intents, parameters, from.file.path);
      // Under a name of its own: the layer of the shop in force is kept.
      const made = await inSlices(compiler.compilingOwn(`${id} on trial`, files, shared));
      return { shop: shopOf({ parameters, shared, files, own: made }) };
    },
    reload: (cause) =>
      inTurn(() => {
        const began = performance.now();
        files = reader.read();
        return load(cause, began);
      }),
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
        const next = new Map(effective).set(request.shop, {
          file,
          parameters,
          settings: number,
          standing,
          odd: keptFaults(outcome.revision, parameters),
        });
        await swap(next, await compile(good, next), false, request.source, began);
        return outcome;
      }),
  };
}
