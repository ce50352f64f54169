/** `zaima understand`: JSON lines in, what was understood out, one line each in the same order. */

import { z } from 'zod';
import { emptyMemory, type Item, type Memory, type Slots, type Understanding } from '../conversation.js';
import { answer } from '../flow/answer.js';
import { namedItem, namesOther } from '../shop/facts.js';
import type { Shop } from '../shop/shop.js';
import type { Model } from '../understanding/model.js';
import { threadAfter, threadAt } from '../understanding/thread.js';
import { understand } from '../understanding/understand.js';
import { CommandError } from './command-error.js';
import { isMoment, writeMoment } from './given.js';
import { BadLines, jsonLine, linesOf, type ReadLine, writeOut } from './lines.js';

const itemMend = 'write {"id":"wool-scarf","title":"羊毛素色围巾","price":89}; id alone is enough';

/** One line of input; unknown keys are ignored, and null is as good as nothing. */
const lineSchema = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  text: z.string(),
  /** Earlier messages: a string is the buyer's. */
  after: z
    .array(z.union([z.string(), z.object({ author: z.string().nullish(), text: z.string().nullish() })]))
    .nullish()
    .transform((after) => after ?? []),
  at: z
    .string(writeMoment)
    .refine(isMoment, { message: writeMoment, params: { problem: 'is no moment' } })
    .nullish(),
  /** The product page that the buyer writes from, as the webhook takes it. */
  item: z
    .object({ id: z.string(), title: z.string().nullish(), price: z.number().min(0).nullish() }, itemMend)
    .nullish()
    .transform((item): Item | undefined =>
      item ? { id: item.id, title: item.title ?? item.id, ...(item.price ? { priceYuan: item.price } : {}) } : undefined,
    ),
});

export type UnderstandLine = z.infer<typeof lineSchema>;

export function messageLine(line: string): ReadLine<UnderstandLine> {
  return jsonLine(lineSchema, line);
}

/** Texts that are processed before the output is flushed: keeps a pipe busy without holding everything. */
const linesAtOnce = 200;

/**
 * Runs over standard input. `shop` is undefined for `--intents DIR`: then nothing would be answered automatically. From a bad
 * line on, which is told at once, the rest is only checked: who reads the output by its lines would take one for another.
 * @throws CommandError at the end, where lines were bad
 */
export async function understandLines(model: Model, shop: Shop | undefined): Promise<void> {
  let pending = '';
  let count = 0;
  let firstBad = 0;
  const bad = new BadLines('-');
  try {
    for await (const { number, line } of linesOf('-')) {
      const read = messageLine(line);
      if ('fault' in read) {
        firstBad ||= number;
        // A bad line does not take those before it along.
        await writeOut(pending);
        pending = '';
        const told = bad.add(number, read.fault);
        if (told !== undefined) console.error(`zaima: ${told}`);
      }
      if ('fault' in read || bad.count > 0) continue;
      const { intents, slots, auto } = understoodLine(read.value, model, shop);
      pending += `${JSON.stringify({ id: read.value.id ?? number, intents, slots, auto })}\n`;
      if (++count % linesAtOnce > 0) continue;
      await writeOut(pending);
      pending = '';
    }
  } finally {
    await writeOut(pending);
  }
  // As a filter it has done its work, and whoever gave it the wrong thing is to see it.
  if (count === 0 && bad.count === 0) console.error('zaima: standard input held no message, so nothing was told');
  if (bad.count === 0) return;
  const more = bad.more === undefined ? '' : `${bad.more}; `;
  throw new CommandError(`${more}nothing was told of any message from line ${firstBad} on: mend what is named and run it again`);
}

export interface UnderstoodLine {
  readonly intents: readonly { readonly id: string; readonly confidence: number }[];
  readonly slots: Slots;
  readonly auto: boolean;
}

export function understoodLine(line: UnderstandLine, model: Model, shop: Shop | undefined): UnderstoodLine {
  const { understanding, auto } = heardLine(line, model, shop);
  return {
    intents: understanding.intents.map(({ id, confidence }) => ({ id, confidence })),
    slots: understanding.slots,
    auto,
  };
}

/** The whole Understanding of a line, and whether it would be answered by itself off hours; never without a shop. */
export function heardLine(
  line: UnderstandLine,
  model: Model,
  shop: Shop | undefined,
): { readonly understanding: Understanding; readonly auto: boolean } {
  const now = line.at == null ? Date.now() : Date.parse(line.at);
  const memory = memoryAfter(line, model, shop, now);
  if (shop === undefined) {
    const { lastIntents, lastSlots } = memory;
    return { understanding: understand(line.text, model, { lastIntents, lastSlots }), auto: false };
  }
  const { answer: whole } = answer(
    {
      conversation: { shop: shop.id, id: 'understand', connector: 'cli', buyer: { id: 'buyer' }, version: 1, memory },
      messages: [
        {
          shop: shop.id,
          connector: 'cli',
          id: '1',
          conversation: 'understand',
          buyer: { id: 'buyer' },
          author: 'buyer',
          type: 'text',
          text: line.text,
          sentAt: now,
          receivedAt: now,
        },
      ],
    },
    shop,
    { now, away: { since: now }, id: 'understand' },
  );
  return { understanding: whole.understanding, auto: whole.action === 'auto' };
}

/** What the buyer's earlier lines leave to the next one; an agent's lines are the thread's other side and ask nothing. */
function memoryAfter(line: UnderstandLine, model: Model, shop: Shop | undefined, now: number): Memory {
  let memory: Memory = line.item === undefined ? emptyMemory : { ...emptyMemory, item: line.item };
  for (const earlier of line.after) {
    const { author, text } = typeof earlier === 'string' ? { author: 'buyer', text: earlier } : earlier;
    if (!text || (author ?? 'buyer') !== 'buyer') continue;
    const thread = threadAt(memory, now);
    const said = shop === undefined ? undefined : namedItem(shop.parameters, text);
    const isOtherItem = said !== undefined && namesOther(said, memory.named ?? memory.item);
    const today = shop === undefined ? {} : { today: shop.today(now) };
    const understood = understand(text, model, { ...thread, isOtherItem, ...today });
    memory = {
      ...memory,
      ...threadAfter(thread, understood, model, now, isOtherItem),
      ...(said?.item === undefined ? {} : { named: said.item }),
    };
  }
  return memory;
}
