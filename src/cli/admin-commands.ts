/** `zaima token` and `zaima shop`: through the running server, so that a change holds before the command returns; else on the file. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { openAccess } from '../access/tokens.js';
import type { Config } from '../config.js';
import { openBotSwitches } from '../flow/bot-switches.js';
import type { Switches } from '../flow/preview.js';
import type { BotMode } from '../policy/bot-mode.js';
import { changeLines, type SettingsChange } from '../shop/settings-diff.js';
import { openSqlite } from '../storage/sqlite.js';
import type { Away, Scope, Storage, Token } from '../storage/storage.js';
import { account, commandLine } from './account.js';
import { columnLines } from './columns.js';
import { CommandError } from './command-error.js';
import { runningServer, type ServerAddress } from './server-address.js';

export interface ShownToken {
  readonly id: string;
  readonly scope: string;
  readonly createdAt: string;
  readonly lastUsedAt?: string;
  readonly note?: string;
}

interface Refusal {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly faults?: readonly { readonly field: string; readonly problem: string; readonly mend: string }[];
  readonly changes?: readonly SettingsChange[];
}

/** A call to the running server. @throws CommandError with all that it says against it */
export async function call<T>(
  server: ServerAddress,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const answer = await request(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${server.token}`,
      'zaima-account': encodeURIComponent(account()),
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 400) throw refusal(answer.statusCode, text);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** All that a server says against a call. */
export function refusal(status: number, text: string): CommandError {
  const { code, title, detail, faults = [], changes = [] } = JSON.parse(text) as Refusal;
  return new CommandError(
    [
      `the server refused: ${code === 'invalid' ? title : (detail ?? title ?? status)}`,
      ...faults.map(({ field, problem, mend }) => `  ${field === '' ? '' : `${field}: `}${problem}. ${mend}`),
      ...changeLines(changes).map((line) => `  ${line}`),
    ].join('\n'),
  );
}

/** Work on the file itself, while no server runs. @throws CommandError where no service has ever run: a name is easily mistyped */
export async function withStorage<T>(config: Config, work: (storage: Storage) => Promise<T>): Promise<T> {
  const path = join(config.dataDir, 'zaima.db');
  if (!existsSync(path))
    throw new CommandError(
      `there is no database in ${config.dataDir} (DATA_DIR): set DATA_DIR to the data folder of the service; its first start makes one`,
    );
  const storage = openSqlite({ path });
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

/** @returns the token's secret; it is shown this once and only its hash is kept. */
export async function addToken(config: Config, shop: string, scope: Scope, note: string | undefined): Promise<string> {
  const server = await runningServer(config.dataDir);
  if (server !== undefined) {
    const made = await call<{ token: string }>(server, 'POST', `/v1/shops/${shop}/tokens`, {
      scope,
      ...(note === undefined ? {} : { note }),
    });
    return made.token;
  }
  return withStorage(config, async (storage) => {
    const { token, secret } = await openAccess({ storage, now: Date.now }).create(shop, scope, note);
    const details = { scope, note: note ?? null };
    await storage.audit({ shop, at: Date.now(), by: commandLine(), action: 'token_added', subject: token.id, details });
    return secret;
  });
}

export async function listTokens(config: Config, shop: string): Promise<readonly ShownToken[]> {
  const server = await runningServer(config.dataDir);
  if (server !== undefined) return (await call<{ tokens: ShownToken[] }>(server, 'GET', `/v1/shops/${shop}/tokens`)).tokens;
  return withStorage(config, async (storage) => (await storage.tokens(shop)).map(shownToken));
}

/** For people; no line where there is none. */
export function tokenLines(tokens: readonly ShownToken[]): readonly string[] {
  if (tokens.length === 0) return [];
  const rows = tokens.map(({ id, scope, createdAt, lastUsedAt = 'never', note = '' }) => [
    id,
    scope,
    createdAt,
    lastUsedAt,
    note,
  ]);
  return columnLines([['id', 'scope', 'made', 'last used', 'note'], ...rows]);
}

export async function revokeToken(config: Config, shop: string, id: string): Promise<void> {
  const server = await runningServer(config.dataDir);
  if (server !== undefined) return call(server, 'DELETE', `/v1/shops/${shop}/tokens/${id}`);
  const gone = await withStorage(config, async (storage) => {
    if (!(await storage.revokeToken(shop, id))) return false;
    await storage.audit({ shop, at: Date.now(), by: commandLine(), action: 'token_revoked', subject: id });
    return true;
  });
  if (!gone) throw new CommandError(`shop ${shop} has no token ${id}; \`zaima token list --shop ${shop}\` shows them`);
}

/** Switches a shop's away-now; `until` as an instant, undefined: until it is switched off. */
export async function setAway(config: Config, shop: string, isAway: boolean, until: number | undefined): Promise<void> {
  const server = await runningServer(config.dataDir);
  if (server !== undefined) {
    await call(server, 'PUT', `/v1/shops/${shop}/away`, {
      away: isAway,
      ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
    });
    return;
  }
  const { id, name } = commandLine();
  const by = { id, name };
  const away: Away | undefined = isAway ? { since: Date.now(), ...(until === undefined ? {} : { until }), by } : undefined;
  await withStorage(config, async (storage) => {
    await storage.setAway(shop, away);
    const details = { away: isAway, until: until === undefined ? null : new Date(until).toISOString() };
    await storage.audit({ shop, at: Date.now(), by: commandLine(), action: 'away_switched', details });
  });
}

/** The away and kill switches as they stand: of the running server, else of the file; none where there is neither. */
export async function currentSwitches(config: Config, shop: string): Promise<Switches> {
  const server = await runningServer(config.dataDir);
  if (server !== undefined) {
    const { since, until } = await call<{ since?: string; until?: string }>(server, 'GET', `/v1/shops/${shop}/away`);
    const { mode } = await call<{ mode: BotMode }>(server, 'GET', `/v1/shops/${shop}/bot`);
    return {
      away:
        since === undefined ? undefined : { since: Date.parse(since), ...(until !== undefined && { until: Date.parse(until) }) },
      lowered: mode,
    };
  }
  // A look makes no file.
  if (!existsSync(join(config.dataDir, 'zaima.db'))) return { away: undefined };
  return withStorage(config, async (storage) => {
    const switches = openBotSwitches(storage);
    await switches.load([shop]);
    return { away: await storage.away(shop), lowered: switches.lowered(shop) };
  });
}

function shownToken(token: Token): ShownToken {
  return {
    id: token.id,
    scope: token.scope,
    createdAt: new Date(token.createdAt).toISOString(),
    ...(token.lastUsedAt === undefined ? {} : { lastUsedAt: new Date(token.lastUsedAt).toISOString() }),
    ...(token.note === undefined ? {} : { note: token.note }),
  };
}
