/** Where the commands on settings work: at the running server, or on its database when none runs. */
import type { CompiledRules } from '../compliance/check.js';
import type { Config } from '../config.js';
import { callbackJudge } from '../connectors/address-guard.js';
import { ownParts } from '../kept-parts.js';
import { keptFaults } from '../knowledge/refusals.js';
import { openSettings } from '../knowledge/settings.js';
import { intentNames, intentNamesOf, openKnowledgeFiles, readShopFile, shopFileNames } from '../shop/knowledge-files.js';
import { type ShopParameters, shopSchema } from '../shop/parameters.js';
import type { JudgeCallback } from '../shop/settings-content.js';
import { changeLines, changesBetween, type SettingsChange } from '../shop/settings-diff.js';
import { repliesOfSettingsFaults } from '../shop/settings-replies.js';
import type { SettingsRevision, SettingsSource, Storage } from '../storage/storage.js';
import { rememberingYaml } from '../yaml-file.js';
import { account } from './account.js';
import { call, withStorage } from './admin-commands.js';
import { CommandError } from './command-error.js';
import { keptRules } from './kept-rules.js';
import { runningServer, type ServerAddress } from './server-address.js';

export interface ShownRevision {
  readonly revision: number;
  readonly parent?: number;
  readonly at: string;
  readonly source: SettingsSource;
  readonly author: string;
  readonly note?: string;
}

export type Changed = ShownRevision & { readonly changes: readonly SettingsChange[] };

interface ShownFault {
  readonly file: string;
  readonly line?: number;
  readonly path: string;
  readonly problem: string;
  readonly mend: string;
}

export interface ShownStatus {
  readonly settings: ShownRevision;
  readonly file: { readonly path: string; readonly standing: string; readonly revision?: number };
  /** Known to a running server alone. */
  readonly knowledge?: string;
  readonly since?: string;
  readonly refused: readonly {
    readonly at: string;
    readonly faults: readonly ShownFault[];
    readonly changes?: readonly SettingsChange[];
  }[];
  readonly warnings: readonly ShownFault[];
}

export interface SettingsDesk {
  status(shop: string): Promise<ShownStatus>;
  /** @param number default: in force */
  revision(shop: string, number?: number): Promise<ShownRevision & { readonly settings: unknown }>;
  revisions(shop: string, limit: number): Promise<readonly ShownRevision[]>;
  diff(shop: string, from?: number, to?: number): Promise<{ readonly from: number; readonly to: number; readonly text: string }>;
  /** @param base undefined: the revision that the shop's file was last in line with */
  put(shop: string, settings: unknown, base: number | 'any' | undefined, note: string | undefined): Promise<Changed>;
  rollback(shop: string, revision: number, note: string | undefined): Promise<Changed>;
}

export async function withDesk<T>(config: Config, home: string, work: (desk: SettingsDesk) => Promise<T>): Promise<T> {
  const server = await runningServer(config.dataDir);
  if (server !== undefined) return work(atServer(server));
  const rules = await keptRules();
  return withStorage(config, (storage) => work(onStorage(storage, home, rules, callbackJudge(config))));
}

function atServer(server: ServerAddress): SettingsDesk {
  const at = (shop: string, rest: string) => `/v1/shops/${encodeURIComponent(shop)}/${rest}`;
  const query = (values: Readonly<Record<string, string | number | undefined>>) => {
    const given = new URLSearchParams();
    for (const [key, value] of Object.entries(values)) if (value !== undefined) given.append(key, String(value));
    return given.size === 0 ? '' : `?${given}`;
  };
  const status = (shop: string) => call<ShownStatus>(server, 'GET', at(shop, 'knowledge'));
  return {
    status,
    async revision(shop, number) {
      const wanted = number ?? (await status(shop)).settings.revision;
      return call(server, 'GET', at(shop, `settings/revisions/${wanted}`));
    },
    async revisions(shop, limit) {
      const path = at(shop, `settings/revisions${query({ limit: Math.min(limit, 200) })}`);
      return (await call<{ revisions: ShownRevision[] }>(server, 'GET', path)).revisions;
    },
    diff: (shop, from, to) => call(server, 'GET', at(shop, `settings/diff${query({ from, to })}`)),
    async put(shop, settings, base, note) {
      const on = base ?? (await status(shop)).file.revision ?? 'any';
      const headers = { 'if-match': on === 'any' ? '*' : `"${on}"` };
      return call(server, 'PUT', at(shop, `settings${query({ note, author: account() })}`), settings, headers);
    },
    rollback(shop, revision, note) {
      const path = at(shop, `settings/rollback${query({ author: account() })}`);
      return call(server, 'POST', path, { revision, ...(note === undefined ? {} : { note }) }, { 'if-match': '*' });
    },
  };
}

function onStorage(storage: Storage, home: string, rules: CompiledRules, judgeCallback: JudgeCallback | undefined): SettingsDesk {
  const load = rememberingYaml(ownParts());
  const intents = (shop: string) => intentNamesOf(home, shop);
  const judgeReplies = (parameters: ShopParameters) => {
    const reader = openKnowledgeFiles(home, rules, load);
    const { shared } = reader.read();
    // Shared files that cannot be read are told by the start.
    return shared === undefined ? { faults: [], hints: [] } : repliesOfSettingsFaults(parameters, reader, shared, rules);
  };
  const settings = openSettings({ storage, now: Date.now, intents, rules, judgeReplies, judgeCallback });

  /** Takes a changed file over first, as a start would. */
  async function synced(shop: string) {
    const path = shopFileNames(home).get(shop);
    if (path === undefined) {
      throw new CommandError(`there is no shop "${shop}"; config/shops has: ${[...shopFileNames(home).keys()].join(', ')}`);
    }
    const file = readShopFile(home, path, intentNames(home), rules, load, judgeCallback);
    if (file.content === undefined) return { file, standing: 'faulty' as const };
    return { file, ...(await settings.syncFile(shop, file.content, path)) };
  }

  async function mustBe(shop: string, number?: number): Promise<SettingsRevision> {
    await synced(shop);
    const found = number === undefined ? await settings.current(shop) : await settings.revision(shop, number);
    if (found === undefined)
      throw new CommandError(`shop ${shop} has no such revision; \`zaima shop revisions ${shop}\` shows them`);
    return found;
  }

  async function change(
    shop: string,
    wanted: unknown,
    base: number | 'any' | undefined,
    source: SettingsSource,
    note: string | undefined,
  ): Promise<Changed> {
    const { file } = await synced(shop);
    const on = base ?? (await settings.fileRevision(shop)) ?? 'any';
    const outcome = await settings.change(
      { shop, base: on, settings: () => wanted, source, author: account(), note },
      file.content,
    );
    switch (outcome.outcome) {
      case 'done':
        return { ...shown(outcome.revision), changes: outcome.changes };
      case 'unchanged':
        return { ...shown(outcome.revision), changes: [] };
      case 'faulty':
        throw new CommandError(outcome.faults.map(({ path, problem, mend }) => `${path}: ${problem}. ${mend}`).join('\n'));
      case 'stale':
        throw new CommandError(
          [
            `the shop was changed meanwhile: revision ${outcome.current.number} is in force`,
            ...changeLines(outcome.changes).map((line) => `  ${line}`),
          ].join('\n'),
        );
    }
  }

  return {
    async status(shop) {
      const { file, standing, ...rest } = await synced(shop);
      const current = await mustBe(shop);
      const revision = await settings.fileRevision(shop);
      const at = new Date().toISOString();
      const changes = 'changes' in rest && standing === 'refused' ? { changes: rest.changes } : {};
      const isRefused = file.faults.length > 0 || standing === 'refused';
      return {
        settings: shown(current),
        file: { path: file.path, standing, ...(revision === undefined ? {} : { revision }) },
        warnings: keptHours(current),
        refused: isRefused ? [{ at, faults: file.faults, ...changes }] : [],
      };
    },
    async revision(shop, number) {
      const found = await mustBe(shop, number);
      return { ...shown(found), settings: found.content };
    },
    async revisions(shop, limit) {
      await synced(shop);
      return (await settings.history(shop, undefined, limit)).map(shown);
    },
    async diff(shop, from, to) {
      const after = await mustBe(shop, to);
      const before = await mustBe(shop, from ?? after.parent ?? after.number);
      const text = changeLines(changesBetween(before.content, after.content)).join('\n');
      return { from: before.number, to: after.number, text };
    },
    put: (shop, wanted, base, note) => change(shop, wanted, base, 'cli', note),
    async rollback(shop, number, note = `back to revision ${number}`) {
      return change(shop, (await mustBe(shop, number)).content, 'any', 'rollback', note);
    },
  };
}

/** What the start would warn of. */
function keptHours(revision: SettingsRevision): readonly ShownFault[] {
  const { success, data } = shopSchema.safeParse(revision.content);
  return success ? keptFaults(revision, data) : [];
}

function shown({ number, parent, at, source, author, note }: SettingsRevision): ShownRevision {
  return {
    revision: number,
    ...(parent === undefined ? {} : { parent }),
    at: new Date(at).toISOString(),
    source,
    author,
    ...(note === undefined ? {} : { note }),
  };
}
