/** Which size a buyer takes by the shop's own chart. Never outside the chart, never a guess between the rows. */
import type { Instant, Slots } from '../conversation.js';
import { inStock, type ProductIndex, toldVariants, type Variant } from './facts-product.js';
import { sizeWords } from './facts-words.js';
import type { Product } from './parameters.js';
import { sizeKey } from './size-names.js';

type Row = Product['sizeChart'][number];
type Advice = 'ask_both' | 'ask_height' | 'ask_weight' | 'one' | 'between' | 'outside';

/** Facts of the size for the height and weight that the turn gives; unset where the product has no chart. */
export function sizeFacts(index: ProductIndex, product: Product | undefined, slots: Slots, now: Instant) {
  const { heightCm, weightKg, weightFromKg } = slots;
  const chart = product?.sizeChart ?? [];
  const body = { height_cm: heightCm, body_weight: bodyWeight(weightKg, weightFromKg) };
  if (product === undefined || chart.length === 0) return body;
  const rows =
    heightCm === undefined || weightKg === undefined ? [] : rowsOfRange(chart, heightCm, weightFromKg ?? weightKg, weightKg);
  return {
    ...body,
    size_advice: adviceOf(heightCm, weightKg, rows),
    size_advised: rows[0] === undefined ? undefined : sizeWords(rows[0].size),
    size_advised_2: rows[1] === undefined ? undefined : sizeWords(rows[1].size),
    size_stock: stockOf(index, product, rows, now),
  } as const;
}

/** In 斤; of a range both ends. */
function bodyWeight(weightKg: number | undefined, weightFromKg: number | undefined): number | string | undefined {
  if (weightKg === undefined) return undefined;
  const inJin = (kg: number) => Math.round(kg * 20) / 10;
  return weightFromKg === undefined ? inJin(weightKg) : `${inJin(weightFromKg)}到${inJin(weightKg)}`;
}

/** The rows of both ends of a weight and all between them; an end outside the chart leaves none. */
function rowsOfRange(chart: readonly Row[], heightCm: number, fromKg: number, toKg: number): readonly Row[] {
  const heavier = rowsFor(chart, heightCm, toKg);
  if (fromKg === toKg) return heavier;
  const lighter = rowsFor(chart, heightCm, fromKg);
  if (heavier.length === 0 || lighter.length === 0) return [];
  const places = [...lighter, ...heavier].map((row) => chart.indexOf(row));
  return chart.slice(Math.min(...places), Math.max(...places) + 1);
}

function adviceOf(heightCm: number | undefined, weightKg: number | undefined, rows: readonly Row[]): Advice {
  if (heightCm === undefined) return weightKg === undefined ? 'ask_both' : 'ask_height';
  if (weightKg === undefined) return 'ask_weight';
  return rows.length === 1 ? 'one' : rows.length === 2 ? 'between' : 'outside';
}

/**
 * The rows that fit both measures; where none does and height and weight name two neighbours, both of them: the buyer
 * chooses by the fit he likes. More than two rows, or rows apart, are for a person.
 */
function rowsFor(chart: readonly Row[], heightCm: number, weightKg: number): readonly Row[] {
  const tall = chart.filter((row) => within(row.heightCm, heightCm));
  const heavy = chart.filter((row) => within(row.weightKg, weightKg));
  const both = tall.filter((row) => heavy.includes(row));
  if (both.length > 0) return both;
  const pairs = tall.flatMap((one) => heavy.filter((other) => Math.abs(chart.indexOf(one) - chart.indexOf(other)) === 1));
  if (tall.length !== 1 || heavy.length !== 1 || pairs.length !== 1) return [];
  return [...tall, ...heavy].sort((a, b) => chart.indexOf(a) - chart.indexOf(b));
}

function within({ from, to }: { readonly from: number; readonly to: number }, value: number): boolean {
  return value >= from && value <= to;
}

/** `out` where one of the advised sizes is gone in every colour: advice that cannot be bought is for a person. */
function stockOf(index: ProductIndex, product: Product, rows: readonly Row[], now: Instant): 'in' | 'out' | 'unknown' {
  const told = toldVariants(index, product, now);
  if (rows.length === 0 || told.length === 0) return 'unknown';
  const sizesOf = (variants: readonly Variant[]) => new Set(variants.map((variant) => sizeKey(variant.size)));
  const there = sizesOf(inStock(told));
  const missing = rows.filter((row) => !there.has(sizeKey(row.size)));
  if (missing.length === 0) return 'in';
  const open = sizesOf(product.variants.filter((variant) => !told.includes(variant)));
  return missing.some((row) => open.has(sizeKey(row.size))) ? 'unknown' : 'out';
}
