/** `zaima eval`: figures on labelled messages, by the same measure as the published scores. */
import type { Shop } from '../shop/shop.js';
import { CommandError } from './command-error.js';
import { linesOf } from './lines.js';
import { type Labelled, type Predicted, type Score, scoreOf } from './score.js';
import { understoodLine } from './understand-command.js';

export interface Evaluation {
  readonly all: Score;
  readonly natural: Score;
  readonly wrong: readonly { readonly gold: Labelled; readonly predicted: Predicted }[];
}

/** @throws CommandError for a line that is not a labelled message. */
export async function evaluate(file: string, shop: Shop): Promise<Evaluation> {
  const rows: { gold: Labelled; predicted: Predicted }[] = [];
  for await (const { number, line } of linesOf(file)) {
    const gold = labelled(line, number);
    const understood = understoodLine({ text: gold.text, after: [], item: undefined }, shop.model, shop);
    rows.push({ gold, predicted: { intents: understood.intents.map((intent) => intent.id), auto: understood.auto } });
  }
  const wrong = rows.filter(({ gold, predicted }) => {
    const may = new Set([...gold.labels, ...gold.also]);
    const misses = gold.labels.some((id) => id !== 'none' && !predicted.intents.includes(id));
    return misses || predicted.intents.some((id) => !may.has(id));
  });
  return { all: scoreOf(rows), natural: scoreOf(rows.filter((row) => row.gold.natural)), wrong };
}

function labelled(line: string, number: number): Labelled {
  let value: Partial<Labelled>;
  try {
    value = JSON.parse(line) as Partial<Labelled>;
  } catch (error) {
    throw new CommandError(`line ${number} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value.text !== 'string' || !Array.isArray(value.labels))
    throw new CommandError(`line ${number}: a labelled message has "text" and "labels" (an array of intent ids)`);
  return {
    id: String(value.id ?? number),
    text: value.text,
    labels: value.labels,
    also: value.also ?? [],
    natural: value.natural ?? false,
  };
}

/** The figures as lines for people, the weakest intent first. */
export function evaluationLines(evaluation: Evaluation, errors: number): readonly string[] {
  const lines: string[] = [];
  for (const [name, score] of [
    ['all', evaluation.all],
    ['natural', evaluation.natural],
  ] as const) {
    if (score.messages === 0) continue;
    lines.push(
      `${name.padEnd(8)} messages ${score.messages}  F1 ${score.f1All.toFixed(3)}  F1(core) ${score.f1Core.toFixed(3)}  false alarm ${score.falseAlarm.toFixed(3)}  auto ${score.autoCoverage.toFixed(3)} (wrong in topic ${score.autoWrong.toFixed(3)})`,
    );
  }
  for (const [id, counts] of [...evaluation.all.perIntent].sort((a, b) => a[1].f1 - b[1].f1)) {
    lines.push(
      `  ${id.padEnd(16)} F1 ${counts.f1.toFixed(3)}  found ${counts.found}  wrong ${counts.wrong}  missed ${counts.missed}`,
    );
  }
  for (const { gold, predicted } of evaluation.wrong.slice(0, errors)) {
    lines.push(
      `${gold.text}\n    expected ${[...gold.labels, ...gold.also.map((id) => `(${id})`)].join(' ')}; understood ${predicted.intents.join(' ') || 'none'}`,
    );
  }
  return lines;
}
