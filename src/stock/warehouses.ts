/**
 * Stock by warehouse: ERPs write a row for each, and a buyer is told of all of them together. The rows of one table are added
 * up, so that a table names all warehouses of a variant that it names at all. Pure.
 */
import type { StockState } from '../storage/stock.js';
import type { StockRow } from './rows.js';

type Level = number | StockState;

/**
 * Rows of one variant in several warehouses become one, in the place of the first: as old as the oldest of them, and not taken
 * where one of them cannot be. Rows that name no warehouse stay as they are.
 * @param variantOf what two rows of the same variant have in common; undefined: it is none of the shop's
 */
export function summed(rows: readonly StockRow[], variantOf: (row: StockRow) => object | undefined): readonly StockRow[] {
  if (rows.every(({ warehouse }) => warehouse === undefined)) return rows;
  const sums = new Map<object, { at: number; readonly warehouses: Set<string> }>();
  const all: StockRow[] = [];
  for (const row of rows) {
    const variant = row.warehouse === undefined ? undefined : variantOf(row);
    const sum = variant && sums.get(variant);
    if (variant === undefined || sum?.warehouses.has(row.warehouse!) === true) {
      // Told twice of the same warehouse: one of the two is a slip, and stays to be skipped.
      all.push(row);
      continue;
    }
    if (sum === undefined) {
      sums.set(variant, { at: all.length, warehouses: new Set([row.warehouse!]) });
      all.push(row);
      continue;
    }
    sum.warehouses.add(row.warehouse!);
    all[sum.at] = added(all[sum.at]!, row);
  }
  return all;
}

function added(first: StockRow, row: StockRow): StockRow {
  const faulty = first.problem ?? (row.problem === undefined ? undefined : `line ${row.line}: ${row.problem}`);
  if (faulty !== undefined || first.stock === undefined || row.stock === undefined) {
    const { stock: _, ...rest } = first;
    return { ...rest, problem: faulty ?? 'tells no stock' };
  }
  // One row without a moment is as old as the table, which is not known here: then all are.
  const { asOf: ownAsOf, ...rest } = first;
  const asOf = ownAsOf === undefined || row.asOf === undefined ? undefined : Math.min(ownAsOf, row.asOf);
  return { ...rest, stock: together(first.stock, row.stock), ...(asOf !== undefined && { asOf }) };
}

/** Where one is not counted, what is there is there, and how many is not known: few are said only where all are counted. */
function together(one: Level, other: Level): Level {
  if (typeof one === 'number' && typeof other === 'number') return one + other;
  const levels = [one, other].map((level) => (level === 0 ? 'out' : level));
  const there = levels.filter((level) => level !== 'out' && level !== 'unknown');
  if (there.length === 0) return levels.includes('unknown') ? 'unknown' : 'out';
  // The other has none: it is what the first says.
  return there.length === 1 && levels.includes('out') ? there[0]! : 'in';
}
