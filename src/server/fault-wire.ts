/** What is wrong and how to mend it, as it is told over HTTP: English sentences, and codes to say it in any language. */
import { z } from 'zod';

const values = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()])).readonly()]));

/** Of every fault, beside where it is. */
export const faultFields = {
  problem: z.string(),
  mend: z.string(),
  code: z
    .string()
    .optional()
    .meta({ description: 'stable; absent where the fault has none yet', examples: ['coupon_turned'] }),
  mendCode: z.string().optional().meta({ description: 'of the mend, where it differs; empty: it is as it is written' }),
  values: values.optional().meta({ description: 'what the sentences name' }),
};
