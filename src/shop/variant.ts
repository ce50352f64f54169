/** What a product comes in, and how much there is of it. */
import { z } from 'zod';

const name = z.string().trim().min(1).max(20);

/** Where pieces are not counted; `unknown` is not told to buyers. */
const stockStates = ['in', 'low', 'out', 'unknown'] as const;

export const variantSchema = z.strictObject({
  colour: name.optional(),
  size: name.optional(),
  /** What the warehouse calls it: stock may come by it. */
  sku: z.string().trim().min(1).max(64).optional(),
  /** Pieces, or in words what is known of them. */
  stock: z.union([z.number().int().min(0), z.enum(stockStates)], 'write a count of pieces, or in, low, out or unknown'),
  /** As of the product, where this one was counted at another time. */
  asOf: z.iso.datetime({ offset: true }).optional(),
  restock: z.iso.date('write a date as YYYY-MM-DD').optional(),
});
