/**
 * Who is away, the kill switch, and the tokens by which machines come in.
 */
import type { Agent, Instant } from '../conversation.js';
import type { Sql } from './sqlite-statement.js';
import { plainText } from './sqlite-statement.js';
import type { Away, BotSwitch, BotSwitchState, Scope, Token } from './storage.js';

export interface Access {
  away(shop: string): Away | undefined;
  setAway(shop: string, away: Away | undefined): void;
  botSwitch(shop: string): BotSwitchState;
  turnBotSwitch(shop: string, turn: BotSwitch): void;
  botSwitches(shop: string, limit: number): readonly BotSwitch[];
  addToken(token: Token, secretHash: string): void;
  token(secretHash: string): Token | undefined;
  tokens(shop: string): readonly Token[];
  revokeToken(shop: string, id: string): boolean;
  touchToken(id: string, at: Instant): void;
}

interface TokenRow {
  readonly shop: string;
  readonly id: string;
  readonly scope: Scope;
  readonly created_at_ms: number;
  readonly last_used_at_ms: number | null;
  readonly note: string | null;
}

interface BotSwitchRow {
  readonly mode: BotSwitch['mode'];
  readonly by_whom: string;
  readonly at_ms: number;
}

const tokenColumns = 'shop, id, scope, created_at_ms, last_used_at_ms, note';

export function openAccess(sql: Sql): Access {
  const away = sql.one<{ since_at_ms: number; until_at_ms: number | null; by_whom: string | null }>(
    'select since_at_ms, until_at_ms, by_whom from away where shop = ?',
  );
  const leave = sql.write('insert or replace into away (shop, since_at_ms, until_at_ms, by_whom) values (?, ?, ?, ?)');
  const comeBack = sql.write('delete from away where shop = ?');
  const botSwitches = sql.many<BotSwitchRow>(
    'select mode, by_whom, at_ms from bot_switches where shop = ? order by seq desc limit ?',
  );
  const haltedAt = sql.one<{ at: number | null }>("select max(at_ms) as at from bot_switches where shop = ? and mode <> 'auto'");
  const turnBotSwitch = sql.write('insert into bot_switches (shop, mode, by_whom, at_ms) values (?, ?, ?, ?)');
  const addToken = sql.write(`insert into tokens (${tokenColumns}, secret_hash) values (?, ?, ?, ?, ?, ?, ?)`);
  const token = sql.one<TokenRow>(`select ${tokenColumns} from tokens where secret_hash = ?`);
  const tokens = sql.many<TokenRow>(`select ${tokenColumns} from tokens where shop = ? order by created_at_ms, seq`);
  const revokeToken = sql.write('delete from tokens where shop = ? and id = ?');
  const touchToken = sql.write('update tokens set last_used_at_ms = max(coalesce(last_used_at_ms, 0), ?) where id = ?');

  return {
    away(shop) {
      const row = away(shop);
      if (row === undefined) return undefined;
      return {
        since: row.since_at_ms,
        ...(row.until_at_ms !== null && { until: row.until_at_ms }),
        ...(row.by_whom !== null && { by: JSON.parse(row.by_whom) as Agent }),
      };
    },
    setAway(shop, state) {
      if (state === undefined) comeBack(shop);
      else leave(shop, state.since, state.until ?? null, state.by === undefined ? null : plainText(JSON.stringify(state.by)));
    },
    botSwitch(shop) {
      const [row] = botSwitches(shop, 1);
      const at = haltedAt(shop)?.at ?? undefined;
      return { ...(row !== undefined && { latest: botSwitchFrom(row) }), ...(at !== undefined && { haltedAt: at }) };
    },
    turnBotSwitch(shop, { mode, at, by }) {
      turnBotSwitch(shop, mode, plainText(by), at);
    },
    botSwitches: (shop, limit) => botSwitches(shop, limit).map(botSwitchFrom),
    addToken({ id, shop, scope, createdAt, lastUsedAt, note }, secretHash) {
      addToken(shop, id, scope, createdAt, lastUsedAt ?? null, note === undefined ? null : plainText(note), secretHash);
    },
    token(secretHash) {
      const row = token(secretHash);
      return row && tokenFrom(row);
    },
    tokens: (shop) => tokens(shop).map(tokenFrom),
    revokeToken: (shop, id) => revokeToken(shop, id) === 1,
    touchToken(id, at) {
      touchToken(at, id);
    },
  };
}

function botSwitchFrom({ mode, by_whom, at_ms }: BotSwitchRow): BotSwitch {
  return { mode, at: at_ms, by: by_whom };
}

function tokenFrom(row: TokenRow): Token {
  return {
    id: row.id,
    shop: row.shop,
    scope: row.scope,
    createdAt: row.created_at_ms,
    ...(row.last_used_at_ms !== null && { lastUsedAt: row.last_used_at_ms }),
    ...(row.note !== null && { note: row.note }),
  };
}
