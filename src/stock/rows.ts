/** Stock as others write it: a JSON list, or a CSV as ERPs and spreadsheets save it, with headings in Chinese or English. */

import type { Instant } from '../conversation.js';
import { type CsvRow, csvRows, decoded } from '../csv.js';
import { dayNumber, hourMs, minuteMs, wallClockOf } from '../policy/schedule-zone.js';
import type { StockState } from '../storage/stock.js';
import type { Steps } from '../understanding/steps.js';

/** One variant as the table has it. */
export interface StockRow {
  /** 1-based line of a CSV, place in a JSON list. */
  readonly line: number;
  readonly product?: string;
  readonly colour?: string;
  readonly size?: string;
  /** Colour and size in one cell: 雾蓝;M. */
  readonly options?: string;
  readonly sku?: string;
  /** Where it lies; the rows of a variant in several are added up. */
  readonly warehouse?: string;
  readonly stock?: number | StockState;
  /** When it was counted; undefined: the table says it for all rows, or nobody does. */
  readonly asOf?: Instant;
  /** What is wrong with the row itself. */
  readonly problem?: string;
}

export type ReadTable =
  | { readonly format: 'json' | 'csv'; readonly rows: readonly StockRow[]; readonly asOf?: Instant }
  | { readonly field: string; readonly problem: string; readonly mend: string };

type Column = 'product' | 'colour' | 'size' | 'options' | 'sku' | 'warehouse' | 'count' | 'state' | 'asOf';

/** How the first line may call each column; case, blanks and _ do not count. */
const headings: Readonly<Record<Column, readonly string[]>> = {
  product: ['product', 'productid', 'item', 'itemid', '商品id', '商品编号', '商品编码', '宝贝id', '货品编号', '商品'],
  colour: ['colour', 'color', '颜色', '颜色分类'],
  size: ['size', '尺码', '尺寸', '码数'],
  options: ['options', 'variant', '规格', '规格名称', '商品规格', '销售属性'],
  sku: ['sku', 'skuid', 'skucode', '商家编码', '规格编码', 'sku编码', '货号'],
  warehouse: ['warehouse', 'location', '仓库', '仓库名称', '仓库编码', '发货仓', '仓'],
  count: ['count', 'stock', 'quantity', 'qty', '库存', '库存数量', '库存数', '可用库存', '可售库存', '数量'],
  state: ['state', 'status', '库存状态', '状态', '有无货'],
  asOf: ['asof', 'countedat', 'updatedat', '库存时间', '盘点时间', '更新时间', '统计时间', '截至时间'],
};

const states: Readonly<Record<StockState, readonly string[]>> = {
  in: ['in', 'instock', 'yes', '有货', '有', '现货', '充足', '在售'],
  low: ['low', 'lowstock', 'few', '少量', '紧张', '库存紧张'],
  out: ['out', 'outofstock', 'soldout', 'no', '无货', '无', '缺货', '售罄', '断货', '没货', '卖完', '下架'],
  unknown: ['unknown', '未知', '不详'],
};
const stateOf = new Map(Object.entries(states).flatMap(([state, words]) => words.map((word) => [word, state as StockState])));

/** Rows read between two looks at what else is to be done. */
export const rowsAStep = 200;

/**
 * Recognises what it is by what it begins with; in steps, for a server that answers meanwhile.
 * @param timeZone of moments that are written without an offset
 */
export async function readStockTable(bytes: Uint8Array, timeZone: string): Promise<Steps<ReadTable>> {
  const text = await decoded(bytes);
  if (/^\s*[[{]/.test(text)) return fromJson(text, timeZone);
  try {
    return fromCsv(await csvRows(text), timeZone);
  } catch (error) {
    const problem = `is no CSV: ${(error as Error).message}`;
    return only({ field: '', problem, mend: 'close all quotes, or save it again as CSV' });
  }
}

// biome-ignore lint/correctness/useYield: a table that cannot be read is one step
function* only(table: ReadTable): Steps<ReadTable> {
  return table;
}

function* fromJson(text: string, timeZone: string): Steps<ReadTable> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { field: '', problem: `is no JSON: ${(error as Error).message}`, mend: 'mend it' };
  }
  const { rows: list = value, asOf } = (Array.isArray(value) ? {} : value) as { rows?: unknown; asOf?: unknown };
  if (!Array.isArray(list)) return { field: 'rows', problem: 'is no list', mend: 'send {"asOf": "…", "rows": [...]}' };
  const at = asOf === undefined ? undefined : moment(asOf, timeZone);
  if (asOf !== undefined && at === undefined) return { field: 'asOf', problem: 'is no moment', mend: momentMend };
  const rows: StockRow[] = [];
  for (const [place, one] of list.entries()) {
    if (place % rowsAStep === rowsAStep - 1) yield;
    rows.push(rowOf(place + 1, typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : {}, timeZone));
  }
  return { format: 'json', rows, ...(at !== undefined && { asOf: at }) };
}

function* fromCsv(table: readonly CsvRow[], timeZone: string): Steps<ReadTable> {
  const header = (table[0]?.cells ?? []).map((cell) => cell.toLowerCase().replace(/[\s_]/g, ''));
  const columns = Object.entries(headings).flatMap(([name, words]) => {
    const at = header.findIndex((cell) => words.includes(cell));
    return at < 0 ? [] : [[name, at] as const];
  });
  const has = (...names: Column[]) => columns.some(([name]) => names.includes(name as Column));
  if (!has('product', 'sku') || !has('count', 'state')) {
    const mend =
      'begin with a line such as product,colour,size,count,asOf or 商品ID,颜色,尺码,库存,库存时间; sku or 商家编码 may stand for the variant';
    return { field: '', problem: 'has no first line that names product or sku, and count or state', mend };
  }
  const rows: StockRow[] = [];
  for (const [place, { line, cells }] of table.slice(1).entries()) {
    if (place % rowsAStep === rowsAStep - 1) yield;
    const given: Record<string, unknown> = {};
    for (const [name, at] of columns) {
      const cell = (cells[at] ?? '').trim();
      if (cell !== '') given[name] = cell;
    }
    rows.push(rowOf(line, given, timeZone));
  }
  return { format: 'csv', rows };
}

function rowOf(line: number, given: Record<string, unknown>, timeZone: string): StockRow {
  const words: Record<string, string> = {};
  for (const name of ['product', 'colour', 'size', 'options', 'sku', 'warehouse'] as const) {
    const value = given[name];
    // Spreadsheets and ERPs write ids and sizes as numbers.
    if (typeof value === 'string' && value.trim() !== '') words[name] = value.trim();
    else if (typeof value === 'number') words[name] = String(value);
    else if (value !== undefined && value !== null && value !== '') return { line, ...words, problem: `${name} is no text` };
  }
  const row = { line, ...words };
  const count = given.count ?? given.stock ?? undefined;
  const state = given.state ?? undefined;
  const stock = levelOf(count, state);
  if (stock === undefined)
    return { ...row, problem: 'tells no stock: write count as a whole number, or state as in, low, out or unknown' };
  const { asOf } = given;
  if (asOf === undefined || asOf === null) return { ...row, stock };
  const at = moment(asOf, timeZone);
  return at === undefined ? { ...row, problem: `asOf is no moment: ${momentMend}` } : { ...row, stock, asOf: at };
}

/** What is out whatever is counted (taken off the shelf) is out; below zero is oversold: none is left. */
function levelOf(count: unknown, state: unknown): number | StockState | undefined {
  const said = state === undefined ? undefined : stateIn(state);
  if (said === 'out' || said === 'unknown') return said;
  if (state !== undefined && said === undefined) return undefined;
  if (count === undefined) return said;
  if (typeof count === 'string' && stateIn(count) !== undefined) return stateIn(count);
  const plain = typeof count === 'number' ? String(count) : typeof count === 'string' ? count.replaceAll(',', '').trim() : '';
  if (!/^-?\d{1,9}(?:\.0+)?$/.test(plain)) return undefined;
  return Math.max(0, Number(plain));
}

function stateIn(word: unknown): StockState | undefined {
  return typeof word === 'string' ? stateOf.get(word.toLowerCase().replace(/[\s_-]/g, '')) : undefined;
}

const momentMend = 'write it as 2026-11-22T21:30:00+08:00, or 2026-11-22 21:30 in the time of the shop';
const local = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

/** Undefined: it is none. */
export function moment(value: unknown, timeZone: string): Instant | undefined {
  if (typeof value !== 'string') return undefined;
  const words = value.trim();
  const parts = local.exec(words);
  if (parts === null) {
    const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(words) ? Date.parse(words) : Number.NaN;
    return Number.isNaN(at) ? undefined : at;
  }
  const [, year, month, day, hour, minute, second = '0'] = parts;
  const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
  if (Number.isNaN(Date.parse(date)) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const minutes = (Number(hour) * hourMs + Number(minute) * minuteMs) / minuteMs;
  return clockOf(timeZone, date)(minutes) + Number(second) * 1000;
}

/** All rows of a table were counted on the same day for the most part. */
let lastClock: { readonly key: string; readonly clock: (minutes: number) => Instant } | undefined;

function clockOf(timeZone: string, date: string): (minutes: number) => Instant {
  const key = `${timeZone} ${date}`;
  if (lastClock?.key !== key) lastClock = { key, clock: wallClockOf(timeZone, dayNumber(date)) };
  return lastClock.clock;
}
