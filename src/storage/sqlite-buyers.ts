/** What the shop notes of its buyers, and what the platform told of them. */
import type { Agent, Buyer, Instant, Message, Order } from '../conversation.js';
import type { BuyerCard, BuyerChange, BuyerGroup, BuyerHistory } from './desk.js';
import { plainText, type Sql } from './sqlite-statement.js';

export interface Buyers {
  card(shop: string, id: string): BuyerCard;
  history(shop: string, id: string, visits: number): BuyerHistory | undefined;
  /** Ids of the buyer's conversations. */
  conversationsOf(shop: string, id: string): readonly string[];
  change(
    shop: string,
    id: string,
    version: number | 'any',
    change: BuyerChange,
    by: Agent,
    at: Instant,
  ): BuyerCard | 'stale' | undefined;
}

interface CardRow {
  readonly nickname: string | null;
  readonly note: string | null;
  readonly grp: string | null;
  readonly version: number;
}

interface VisitRow {
  readonly id: string;
  readonly buyer: string;
  readonly first_at: Instant;
  readonly last_at: Instant;
  readonly messages: number;
}

const mostOrders = 50;

export function openBuyers(sql: Sql): Buyers {
  const card = sql.one<CardRow>('select nickname, note, grp, version from buyers where shop = ? and id = ?');
  const put = sql.write(`
    insert into buyers (shop, id, nickname, note, grp, version, changed_at_ms, changed_by) values (?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (shop, id) do update set nickname = excluded.nickname, note = excluded.note, grp = excluded.grp,
      version = excluded.version, changed_at_ms = excluded.changed_at_ms, changed_by = excluded.changed_by`);
  const conversations = sql.many<{ id: string }>(
    "select id from conversations where shop = ? and json_extract(buyer, '$.id') = ? order by desk_seq desc",
  );
  const visits = sql.many<VisitRow>(`
    select c.id as id, c.buyer as buyer, min(m.sent_at_ms) as first_at, max(m.sent_at_ms) as last_at, count(*) as messages
    from conversations c join messages m on m.shop = c.shop and m.conversation = c.id and m.author = 'buyer'
    where c.shop = ? and json_extract(c.buyer, '$.id') = ? group by c.id order by last_at desc limit ?`);
  const lastOf = sql.one<{ body: string }>(`
    select body from messages where shop = ? and conversation = ? and author = 'buyer' order by sent_at_ms desc, seq desc limit 1`);
  const orders = sql.many<{ body: string; sent_at_ms: Instant }>(`
    select m.body as body, m.sent_at_ms as sent_at_ms
    from conversations c join messages m on m.shop = c.shop and m.conversation = c.id
    where c.shop = ? and json_extract(c.buyer, '$.id') = ? and json_extract(m.body, '$.order.id') is not null
    order by m.sent_at_ms desc, m.seq desc limit ?`);

  function cardOf(shop: string, id: string): BuyerCard {
    const row = card(shop, id);
    return {
      ...(row?.nickname != null && { nickname: row.nickname }),
      ...(row?.note != null && { note: row.note }),
      ...(row?.grp != null && { group: row.grp as BuyerGroup }),
      version: row?.version ?? 0,
    };
  }

  return {
    card: cardOf,
    conversationsOf: (shop, id) => conversations(shop, id).map((row) => row.id),
    history(shop, id, limit) {
      const rows = visits(shop, id, limit);
      const [latest] = rows;
      if (latest === undefined) return undefined;
      const told = new Map<string, { order: Order; at: Instant }>();
      for (const row of orders(shop, id, mostOrders)) {
        const { order } = JSON.parse(row.body) as Message;
        if (order !== undefined && !told.has(order.id)) told.set(order.id, { order, at: row.sent_at_ms });
      }
      return {
        buyer: JSON.parse(latest.buyer) as Buyer,
        card: cardOf(shop, id),
        visits: rows.map((row) => ({
          conversation: row.id,
          firstAt: row.first_at,
          lastAt: row.last_at,
          messages: row.messages,
          lastText: (JSON.parse(lastOf(shop, row.id)?.body ?? '{"text":""}') as Message).text,
        })),
        orders: [...told.values()],
      };
    },
    change(shop, id, version, change, by, at) {
      if (conversations(shop, id).length === 0) return undefined;
      const before = cardOf(shop, id);
      if (version !== 'any' && version !== before.version) return 'stale';
      const next = (key: keyof BuyerChange) => {
        const value = change[key] === undefined ? before[key] : change[key];
        return value == null || value === '' ? null : plainText(value);
      };
      put(shop, id, next('nickname'), next('note'), next('group'), before.version + 1, at, plainText(JSON.stringify(by)));
      return cardOf(shop, id);
    },
  };
}
