/** `zaima stock import|export`: through the running server, so that it is in force at once; else on the file. */
import { readFileSync } from 'node:fs';
import type { Config } from '../config.js';
import { type Encoding, encoded } from '../csv.js';
import { stockCsv } from '../stock/file.js';
import { openStockBook, type StockBook } from '../stock/stock-book.js';
import type { TakenRow } from '../stock/take.js';
import type { Storage } from '../storage/storage.js';
import { withStorage } from './admin-commands.js';
import { CommandError } from './command-error.js';
import { keptRules } from './kept-rules.js';
import { runningServer } from './server-address.js';
import { auditCli, bytesFrom, parametersAsSet } from './tables.js';

export interface StockOrder {
  readonly file: string;
  readonly dryRun: boolean;
  /** What becomes of variants that the file leaves out; undefined: they stay as they are. */
  readonly missing?: 'unknown' | 'out';
  /** ISO, or `now`. */
  readonly asOf?: string;
}

interface Told {
  readonly format: string;
  readonly rows: readonly TakenRow[];
  readonly rowsLeftOut: number;
  readonly unchanged: number;
  readonly stale: number;
  readonly added: number;
  readonly changed: number;
  readonly missing: number;
  readonly skipped: number;
}

/** @throws CommandError when the file cannot be read; rows that cannot be taken are told in the lines */
export async function importStockLines(config: Config, shop: string, order: StockOrder): Promise<readonly string[]> {
  const bytes = readFileSync(order.file);
  const server = await runningServer(config.dataDir);
  let told: Told;
  if (server === undefined) {
    told = await withStorage(config, (storage) => importOnFile(storage, shop, bytes, order));
  } else {
    const query = new URLSearchParams({ dryRun: String(order.dryRun) });
    if (order.asOf !== undefined) query.set('asOf', order.asOf);
    if (order.missing !== undefined) query.set('missing', order.missing);
    const method = order.missing === undefined ? 'PATCH' : 'PUT';
    told = JSON.parse((await bytesFrom(server, method, `/v1/shops/${shop}/stock?${query}`, bytes)).toString()) as Told;
  }
  const { added, changed, unchanged, missing, skipped, stale, rowsLeftOut } = told;
  return [
    ...told.rows.map(rowLine),
    ...(rowsLeftOut > 0 ? [`… and ${rowsLeftOut} more`] : []),
    `${order.dryRun ? 'would be: ' : ''}${added} added, ${changed} changed, ${unchanged} unchanged, ${missing} missing, ${skipped} skipped (${told.format})`,
    ...(stale > 0 ? [`${stale} of them were counted so long ago that buyers are not told`] : []),
  ];
}

function rowLine({ line, outcome, product = '', variant = '', before, stock, because }: TakenRow): string {
  const change = stock === undefined ? '' : `  ${before === undefined ? '' : `${before} → `}${stock}`;
  return `${line ?? '-'}  ${outcome}  ${`${product} ${variant}`.trim()}${change}${because === undefined ? '' : `  ${because}`}`;
}

async function importOnFile(storage: Storage, shop: string, bytes: Buffer, order: StockOrder): Promise<Told> {
  const { dryRun, missing, asOf } = order;
  const imported = await (await bookOn(storage, shop)).import(shop, bytes, {
    isTrial: dryRun,
    missing,
    asOf: asOf === undefined ? undefined : asOf === 'now' ? Date.now() : Date.parse(asOf),
  });
  if (imported === undefined) throw new CommandError(`there is no shop "${shop}"`);
  if ('problem' in imported) throw new CommandError(`${order.file} ${imported.problem}: ${imported.mend}`);
  const { rows, unchanged, stale, format } = imported;
  const count = (outcome: TakenRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const counts = { added: count('added'), changed: count('changed'), missing: count('missing'), skipped: count('skipped') };
  const details = { what: 'stock', format, whole: missing !== undefined, unchanged, ...counts };
  if (!dryRun) await auditCli(storage, shop, 'imported', details);
  return { format, rows, rowsLeftOut: 0, unchanged, stale, ...counts };
}

/** Bytes of the file. */
export async function exportedStock(
  config: Config,
  shop: string,
  { format, encoding }: { readonly format: 'json' | 'csv'; readonly encoding: Encoding },
): Promise<Buffer> {
  const server = await runningServer(config.dataDir);
  if (server !== undefined) {
    const query = new URLSearchParams({ format, encoding });
    const bytes = await bytesFrom(server, 'GET', `/v1/shops/${shop}/stock?${query}`);
    return format === 'csv' ? bytes : json(JSON.parse(bytes.toString()));
  }
  return withStorage(config, async (storage) => {
    const rows = (await (await bookOn(storage, shop)).rows(shop)) ?? [];
    if (format === 'csv') {
      await auditCli(storage, shop, 'exported', { what: 'stock', format, count: rows.length });
      return encoded(stockCsv(rows), encoding);
    }
    const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
    return json({ rows: rows.map((row) => ({ ...row, asOf: iso(row.asOf) })) });
  });
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

async function bookOn(storage: Storage, shop: string): Promise<StockBook> {
  const parameters = await parametersAsSet(storage, shop, await keptRules());
  return openStockBook({ storage, parameters: () => parameters, now: Date.now });
}
