/** `zaima eval`: runs a shop, or a folder of intents without one, over labelled messages and measures it as the published scores do. */
import { z } from 'zod';
import type { Understanding } from '../conversation.js';
import { rejectingIds } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import type { Model } from '../understanding/model.js';
import { CommandError } from './command-error.js';
import { type Mistakes, mistakesOf, type Pair, pairsOf } from './confusion.js';
import { BadLines, jsonLine, linesOf, namedFile } from './lines.js';
import { type Labelled, type Predicted, type Score, scoreOf } from './score.js';
import { heardLine } from './understand-command.js';

/** A labelled message and what became of it. */
export interface EvaluatedMessage {
  readonly gold: Labelled;
  readonly predicted: Predicted;
  readonly understanding: Understanding;
  readonly mistakes: Mistakes;
  readonly pairs: readonly Pair[];
}

/** What the messages are understood with. */
export interface Evaluated {
  readonly model: Model;
  /** Undefined for a folder of intents, which answers nothing. */
  readonly shop: Shop | undefined;
  readonly folder?: string;
}

export interface Evaluation extends Evaluated {
  readonly messages: readonly EvaluatedMessage[];
  readonly all: Score;
  /** Of the messages drawn at random; undefined where none is marked so. */
  readonly natural: Score | undefined;
}

const labelledSchema = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  text: z.string(),
  labels: z.array(z.string(), 'write the ids of its intents in an array, ["none"] where nothing is asked'),
  also: z.array(z.string(), 'write the ids that may be found as well in an array').nullish(),
  natural: z.boolean().nullish(),
});

/**
 * @param file JSON lines `{id?, text, labels, also?, natural?}`; `-` is standard input
 * @throws CommandError for lines that are no labelled messages, all at once, and for a file without any
 */
export async function evaluate(file: string, evaluated: Evaluated): Promise<Evaluation> {
  const { model, shop } = evaluated;
  const labelsOf = shop === undefined ? withOneNone : (labels: readonly string[]) => labels;
  const labelled: Labelled[] = [];
  const bad = new BadLines(file);
  for await (const { number, line } of linesOf(file)) {
    const read = jsonLine(labelledSchema, line);
    if ('fault' in read) {
      bad.add(number, read.fault);
      continue;
    }
    const { id, text, labels, also, natural } = read.value;
    const isNatural = natural ?? false;
    labelled.push({ id: String(id ?? number), text, labels: labelsOf(labels), also: labelsOf(also ?? []), natural: isNatural });
  }
  bad.stop();
  const messages: EvaluatedMessage[] = [];
  for (const gold of labelled) {
    const { text } = gold;
    const { understanding, auto } = heardLine({ text, after: [], item: undefined }, model, shop);
    const predicted: Predicted = { intents: understanding.intents.map((intent) => intent.id), auto };
    const mistakes = mistakesOf(gold, predicted.intents);
    messages.push({ gold, predicted, understanding, mistakes, pairs: pairsOf(gold, mistakes) });
  }
  if (messages.length === 0) throw new CommandError(`${namedFile(file)} has no labelled message`);
  const natural = messages.filter((one) => one.gold.natural);
  return { ...evaluated, messages, all: scoreOf(messages), natural: natural.length === 0 ? undefined : scoreOf(natural) };
}

/** A folder may call what belongs to none of its intents by other names, and so may who labelled. */
function withOneNone(labels: readonly string[]): readonly string[] {
  return labels.map((id) => (rejectingIds.includes(id) ? 'none' : id));
}
