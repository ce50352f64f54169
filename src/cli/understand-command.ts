/** `zaima understand`: JSON lines in, what was understood out, one line each in the same order. */
import type { Item, Memory } from '../conversation.js';
import { emptyMemory } from '../conversation.js';
import { answer } from '../flow/answer.js';
import type { Shop } from '../shop/shop.js';
import type { Model } from '../understanding/model.js';
import { understand } from '../understanding/understand.js';
import { CommandError } from './command-error.js';
import { linesOf, writeOut } from './lines.js';

/** One line of input; unknown keys are ignored. */
export interface UnderstandLine {
  readonly id: string | number;
  readonly text: string;
  /** Earlier messages: a string is the buyer's. */
  readonly after?: readonly (string | { readonly author?: string; readonly text?: string })[];
  readonly at?: string;
  readonly item?: Item;
}

/** Texts that are processed before the output is flushed: keeps a pipe busy without holding everything. */
const linesAtOnce = 200;

/** Runs over standard input. `shop` is undefined for `--intents DIR`: then nothing would be answered automatically. */
export async function understandLines(model: Model, shop: Shop | undefined): Promise<void> {
  let pending = '';
  let count = 0;
  for await (const { number, line } of linesOf('-')) {
    let value: UnderstandLine;
    try {
      value = JSON.parse(line) as UnderstandLine;
    } catch (error) {
      throw new CommandError(`line ${number} is not JSON: ${(error as Error).message}`);
    }
    if (value === null || typeof value !== 'object' || typeof value.text !== 'string')
      throw new CommandError(`line ${number}: "text" must be a string`);
    pending += `${JSON.stringify(understoodLine(value, model, shop))}\n`;
    if (++count % linesAtOnce === 0) {
      await writeOut(pending);
      pending = '';
    }
  }
  await writeOut(pending);
}

export function understoodLine(line: UnderstandLine, model: Model, shop: Shop | undefined) {
  const now = line.at === undefined ? Date.now() : Date.parse(line.at);
  const memory = memoryAfter(line, model, shop, now);
  if (shop === undefined) {
    const plain = understand(line.text, model, { lastIntents: memory.lastIntents, lastSlots: memory.lastSlots });
    return {
      id: line.id,
      intents: plain.intents.map(({ id, confidence }) => ({ id, confidence })),
      slots: plain.slots,
      auto: false,
    };
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
  return {
    id: line.id,
    intents: whole.understanding.intents.map(({ id, confidence }) => ({ id, confidence })),
    slots: whole.understanding.slots,
    auto: whole.action === 'auto',
  };
}

/** What the buyer's earlier lines leave to the next one; an agent's lines are the thread's other side and ask nothing. */
function memoryAfter(line: UnderstandLine, model: Model, shop: Shop | undefined, now: number): Memory {
  let memory: Memory = line.item === undefined ? emptyMemory : { ...emptyMemory, item: line.item };
  for (const earlier of line.after ?? []) {
    const text =
      typeof earlier === 'string'
        ? earlier
        : earlier.author === undefined || earlier.author === 'buyer'
          ? (earlier.text ?? '')
          : '';
    if (text === '') continue;
    const understood = understand(text, model, {
      lastIntents: memory.lastIntents,
      lastSlots: memory.lastSlots,
      ...(shop === undefined ? {} : { today: shop.today(now) }),
    });
    if (understood.intents.length > 0) {
      memory = { ...memory, lastIntents: understood.intents.map((intent) => intent.id), lastSlots: understood.slots };
    }
  }
  return memory;
}
