/**
 * A shop's settings as revisions: who changed what, when. The newest revision is in force. Whoever changes them says on which
 * revision he builds; when another came between, he is refused with what it changed.
 */
import type { Instant } from '../conversation.js';
import type { ShopParameters } from '../shop/parameters.js';
import { type CheckedSettings, checkSettings, type JudgeCallback, type SettingsFault } from '../shop/settings-content.js';
import { changesBetween, type SettingsChange } from '../shop/settings-diff.js';
import type { JudgedReplies } from '../shop/settings-replies.js';
import type { Shop } from '../shop/shop.js';
import type { SettingsRevision, SettingsSource, Storage } from '../storage/storage.js';

export type SettingsStorage = Pick<
  Storage,
  'settings' | 'settingsRevision' | 'settingsHistory' | 'addSettings' | 'settingsFile' | 'noteSettingsFile'
>;

export interface ChangeRequest {
  readonly shop: string;
  /** The revision it builds on; `any`: whatever is in force (force). */
  readonly base: number | 'any';
  /** The settings wanted, from those in force (undefined: there are none yet). Not yet checked. */
  readonly settings: (current: unknown) => unknown;
  readonly source: SettingsSource;
  readonly author: string;
  readonly note?: string | undefined;
}

export type ChangeOutcome =
  | {
      readonly outcome: 'done';
      readonly revision: SettingsRevision;
      readonly parameters: ShopParameters;
      readonly changes: readonly SettingsChange[];
    }
  /** It is so already: no new revision. */
  | { readonly outcome: 'unchanged'; readonly revision: SettingsRevision }
  /** Another revision came between: what has changed since `base`. */
  | { readonly outcome: 'stale'; readonly current: SettingsRevision; readonly changes: readonly SettingsChange[] }
  | { readonly outcome: 'faulty'; readonly faults: readonly SettingsFault[] };

export interface FileOutcome {
  /** `in_line`: says what is in force; `overruled`: unchanged, a newer revision is in force; `refused`: both changed. */
  readonly standing: 'imported' | 'in_line' | 'overruled' | 'refused';
  readonly current: SettingsRevision;
  /** imported: what the file changed; refused, overruled: what it would change. */
  readonly changes: readonly SettingsChange[];
}

export interface Settings {
  current(shop: string): Promise<SettingsRevision | undefined>;
  revision(shop: string, number: number): Promise<SettingsRevision | undefined>;
  history(shop: string, before: number | undefined, limit: number): Promise<readonly SettingsRevision[]>;
  /** Number of the revision that the shop's file was last in line with. */
  fileRevision(shop: string): Promise<number | undefined>;
  /**
   * What would be kept of settings, or what is wrong with them. Keeps nothing.
   * @param current what is in force: who changes something else need not first mend what stands there already
   */
  check(given: unknown, shop: string, current?: unknown): CheckedSettings;
  /** @param fileContent what the shop's file says now, as it is kept; undefined when it cannot be read */
  change(request: ChangeRequest, fileContent: unknown): Promise<ChangeOutcome>;
  /** Takes over what the file says when it changed since it was last in line and nobody else did. */
  syncFile(shop: string, content: unknown, path: string): Promise<FileOutcome>;
}

/**
 * @param options.intents ids of the intents that a shop has, shared or its own
 * @param options.judgeReplies what is wrong with replies that settings say otherwise, and what the rules warn of in them
 */
export function openSettings(options: {
  readonly storage: SettingsStorage;
  readonly now: () => Instant;
  readonly intents: (shop: string) => ReadonlySet<string>;
  readonly rules: Shop['rules'];
  readonly judgeReplies: (parameters: ShopParameters) => JudgedReplies;
  readonly judgeCallback?: JudgeCallback | undefined;
}): Settings {
  const { storage, now, intents, rules, judgeReplies, judgeCallback } = options;

  function check(given: unknown, shop: string, current?: unknown): CheckedSettings {
    const checked = checkSettings(given, shop, intents(shop), rules, judgeCallback, current);
    if (checked.parameters === undefined) return checked;
    const replies = judgeReplies(checked.parameters);
    const hints = [...checked.hints, ...replies.hints];
    return replies.faults.length > 0 ? { faults: replies.faults, hints } : { ...checked, hints };
  }

  async function change(request: ChangeRequest, fileContent: unknown): Promise<ChangeOutcome> {
    const { shop, base, source, author, note } = request;
    const current = await storage.settings(shop);
    if (current !== undefined && base !== 'any' && base !== current.number) {
      const before = await storage.settingsRevision(shop, base);
      return { outcome: 'stale', current, changes: changesBetween(before?.content, current.content) };
    }
    const checked = check(request.settings(current?.content), shop, current?.content);
    const { content, parameters } = checked;
    if (parameters === undefined) return { outcome: 'faulty', faults: checked.faults };
    const changes = changesBetween(current?.content, content);
    const isFile = fileContent !== undefined && changesBetween(fileContent, content).length === 0;
    if (current !== undefined && changes.length === 0) {
      if (isFile) await storage.noteSettingsFile(shop, current.number);
      return { outcome: 'unchanged', revision: current };
    }
    const revision = await storage.addSettings(
      {
        shop,
        ...(current !== undefined && { parent: current.number }),
        at: now(),
        source,
        author,
        ...(note !== undefined && note !== '' && { note }),
        content,
      },
      isFile,
    );
    // Another process was quicker: with its revision in force the question is another one.
    if (revision === undefined) return change(request, fileContent);
    return { outcome: 'done', revision, parameters, changes };
  }

  async function syncFile(shop: string, content: unknown, path: string): Promise<FileOutcome> {
    const current = await storage.settings(shop);
    const wouldChange = changesBetween(current?.content, content);
    if (current !== undefined) {
      const base = await storage.settingsFile(shop);
      if (wouldChange.length === 0) {
        if (base !== current.number) await storage.noteSettingsFile(shop, current.number);
        return { standing: 'in_line', current, changes: [] };
      }
      const before = base === undefined ? undefined : await storage.settingsRevision(shop, base);
      if (before !== undefined && changesBetween(before.content, content).length === 0)
        return { standing: 'overruled', current, changes: wouldChange };
      if (base !== current.number) return { standing: 'refused', current, changes: wouldChange };
    }
    const parent = current === undefined ? {} : { parent: current.number };
    const revision = await storage.addSettings({ shop, ...parent, at: now(), source: 'file', author: path, content }, true);
    if (revision === undefined) return syncFile(shop, content, path);
    return { standing: 'imported', current: revision, changes: wouldChange };
  }

  return {
    current: (shop) => storage.settings(shop),
    revision: (shop, number) => storage.settingsRevision(shop, number),
    history: (shop, before, limit) => storage.settingsHistory(shop, before, limit),
    fileRevision: (shop) => storage.settingsFile(shop),
    check,
    change,
    syncFile,
  };
}
